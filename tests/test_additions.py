"""What is added touches few files: a field, a kind, a question, a format, a command, each seen in a copy."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from amk.model.field_labels import field_meaning, name_called, words_for_fields
from amk.model.field_types import fields_of, parts_below
from amk.model.records import KINDS
from tests.conftest import ROOT

WORDS_OF_A_KIND = ("__init__", "labels", "fields")

Addition = Mapping[str, str | Mapping[str, str]]
"""Files of the package: the text of a new one, or what is put in the place of what in one that is there."""

FIELD: Addition = {
    "model/records/policies.py": {
        "    evaluate_by: Date | None = None\n": (
            "    evaluate_by: Date | None = None\n    motto: str | None = None\n"
        )
    }
}

QUESTION: Addition = {
    "questions/names/__init__.py": '"""How long the names of municipalities are."""\n',
    "questions/names/find.py": '''
"""The municipalities by the length of their names, the longest first."""

from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import Municipality


def find_names(base: KnowledgeBase) -> list[Municipality]:
    return sorted(base.municipalities, key=lambda m: (-len(m.name), m.name))
''',
    "questions/names/tell.py": '''
"""Names in words."""

from collections.abc import Sequence

from amk.document.blocks import Block, Bullets
from amk.language import Phrases
from amk.model.records import Municipality


def tell_names(found: Sequence[Municipality], phrases: Phrases) -> tuple[Block, ...]:
    return (Bullets(tuple(phrases("names.one", name=m.name, length=len(m.name)) for m in found)),)
''',
    "language/nl/names.py": """
PHRASES = {"names.title": "Namen", "names.one": "{name} telt {length} tekens"}
""",
    "language/en/names.py": """
PHRASES = {"names.title": "Names", "names.one": "{name} has {length} characters"}
""",
}

COMMAND: Addition = {
    "cli/commands/names.py": '''
"""`amk names`: how long the names are."""

from __future__ import annotations

from amk.cli.answer import Answer, Coverage
from amk.cli.arguments import ANYWHERE, Area, filters_of, told_filters
from amk.cli.reads import reads
from amk.cli.session import Session
from amk.model.filters import narrowed
from amk.questions.names.find import find_names
from amk.questions.names.tell import tell_names


@reads("names")
def run(session: Session, area: Area = ANYWHERE) -> Answer:
    """How long the names of municipalities are."""
    session = session.on_the_day()
    filters = filters_of(session, area)
    found = find_names(narrowed(session.base, filters))
    return Answer(
        title=session.titled(session.phrases("names.title")),
        tell=lambda: tell_names(found, session.phrases),
        covers=Coverage(told_filters(session, filters), len(found)),
        rows=lambda: [{"ref": m.ref, "length": len(m.name)} for m in found],
    )
'''
}

FORMAT: Addition = {
    "formats/outline.py": '''
"""A document as its headings."""

from amk.document.blocks import Document, Heading


def write(document: Document) -> str:
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    return "\\n".join(["* " * block.level + block.text for block in headings]) + "\\n"
''',
    "cli/output.py": {
        'DOCUMENTS = ("table", "md", ': 'DOCUMENTS = ("table", "outline", "md", ',
        '        case "md":\n': (
            '        case "outline":\n'
            "            from amk.formats.outline import write as write_outline\n\n"
            "            return write_outline(document)\n"
            '        case "md":\n'
        ),
    },
}


KIND: Addition = {
    "model/records/visits.py": '''
"""Who went to look."""

from __future__ import annotations

from typing import ClassVar

from amk.model.records.marks import MunicipalityId
from amk.model.records.record import Evidenced
from amk.values.dates import Date
from amk.values.frozen import frozen
from amk.values.multilingual import Multilingual


@frozen(kw_only=True)
class Visit(Evidenced):
    """Somebody went to look."""

    kind: ClassVar[str] = "visit"
    folder: ClassVar[str] = "visits"

    name: str
    municipality: MunicipalityId
    date: Date | None = None
    seen: Multilingual | None = None
''',
    "model/records/__init__.py": {
        "\n__all__ = [": "from amk.model.records.visits import Visit\n\n__all__ = [",
        " | Figure | Source | Vocabulary\n": " | Figure | Visit | Source | Vocabulary\n",
        "    Figure,\n    Source,\n": "    Figure,\n    Visit,\n    Source,\n",
    },
    **{
        f"language/{language}/{file}.py": {f'    "{before}": ': f'    "{key}": "{words}",\n    "{before}": '}
        for language, file, before, key, words in (
            ("nl", "labels", "called.Source", "called.Visit", "bezoek"),
            ("en", "labels", "called.Source", "called.Visit", "visit"),
            ("nl", "fields", "Source", "Visit", "Iemand ging kijken."),
            ("en", "fields", "Source", "Visit", "Somebody went to look."),
        )
    },
    **{
        f"language/{language}/__init__.py": {
            f'    "{key}.source": ': f'    "{key}.visit": "{words}",\n    "{key}.source": '
            for key, words in (("kind", one), ("kinds", many))
        }
        for language, one, many in (("nl", "bezoek", "Bezoeken"), ("en", "visit", "Visits"))
    },
}


class Copy:
    """A copy of the package and of the example, in which something is added."""

    def __init__(self, folder: Path) -> None:
        self.package, self.data = folder / "src" / "amk", folder / "data"
        skipped = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "src" / "amk", self.package, ignore=skipped)
        shutil.copytree(ROOT / "docs" / "example" / "data", self.data)

    def add(self, addition: Addition) -> None:
        for name, text in addition.items():
            path = self.package / name
            path.parent.mkdir(exist_ok=True)
            if isinstance(text, str):
                path.write_text(text.lstrip("\n"), encoding="utf-8")
                continue
            for before, after in text.items():
                there = path.read_text(encoding="utf-8")
                assert there.count(before) == 1, before
                path.write_text(there.replace(before, after), encoding="utf-8")

    def touched(self) -> set[str]:
        """The files that are new, or not what they are in the package."""
        files = {p.relative_to(self.package) for p in self.package.rglob("*") if p.suffix not in ("", ".pyc")}
        ours = ROOT / "src" / "amk"
        return {
            f.as_posix()
            for f in files
            if not (ours / f).exists() or (ours / f).read_bytes() != (self.package / f).read_bytes()
        }

    def amk(self, *arguments: str) -> str:
        environment = {**os.environ, "PYTHONPATH": str(self.package.parent), "AMK_NO_CACHE": "1"}
        done = subprocess.run(
            [sys.executable, "-m", "amk", *arguments],
            env={**environment, "AMK_DATA": str(self.data), "AMK_LANG": "en"},
            cwd=self.data,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


def test_a_field_is_one_file(copy: Copy) -> None:
    copy.add(FIELD)

    assert copy.touched() == {"model/records/policies.py"}
    copy.amk("set", "beleidskader-oostbeek", "motto=Samen verder")
    [row] = json.loads(copy.amk("list", "policies", "--where", "motto~verder", "-f", "json"))
    assert row["motto"] == "Samen verder"
    assert "Samen verder" in copy.amk("list", "policies", "--columns", "name,motto")
    assert "no problems" in copy.amk("validate")
    assert '"motto": {' in copy.amk("schema", "policy")
    assert "motto" in copy.amk("export", "policies", "-f", "csv", "-o", "-").splitlines()[0]


def test_a_question_is_a_folder_and_its_phrases_and_a_command_is_one_file(copy: Copy) -> None:
    copy.add(QUESTION)
    beside = {name for name in copy.touched() if not name.startswith("questions/names/")}
    assert beside == {"language/nl/names.py", "language/en/names.py"}
    copy.add(COMMAND)
    assert copy.touched() - QUESTION.keys() == {"cli/commands/names.py"}

    assert copy.amk("names", "--region", "Beekstreek", "-f", "md").startswith("# Names\n\n- Noordbeek has 9")
    assert "Noordbeek telt 9 tekens" in copy.amk("names", "--lang", "nl")
    assert json.loads(copy.amk("names", "--json"))[0] == {"ref": "municipality/noordbeek", "length": 9}
    assert "How long the names of municipalities are." in copy.amk("--help")
    assert "--as-of" in copy.amk("names", "--help")


def test_a_kind_of_record_is_a_class_and_its_words(copy: Copy) -> None:
    copy.add(KIND)
    words = {f"language/{language}/{file}.py" for language in ("nl", "en") for file in WORDS_OF_A_KIND}
    assert copy.touched() == {"model/records/__init__.py", "model/records/visits.py", *words}

    made = ("name=Kas", "municipality=Oostbeek", "date=3 mei 2021", "--source", "brief-2021:3")
    copy.amk("new", "visit", *made, "--no-ask")
    copy.amk("set", "kas", "seen.en=Two beds")
    assert "Oostbeek" in copy.amk("list", "visits")
    assert [row["ref"] for row in json.loads(copy.amk("search", "beds", "-f", "json"))] == ["visit/kas"]
    card = copy.amk("show", "visit/kas", "-f", "md")
    assert "3 May 2021" in card
    assert "Two beds" in card
    assert "Two beds" in copy.amk("export", "visits", "-f", "csv", "-o", "-")
    assert "visit/kas|visit" in copy.amk(
        "query", "select ref || '|' || kind as found from records", "-f", "csv"
    )
    assert '"seen": {' in copy.amk("schema", "visit")
    assert "no problems" in copy.amk("validate")


def test_a_format_is_two_files(copy: Copy) -> None:
    copy.add(FORMAT)

    assert copy.touched() == {"formats/outline.py", "cli/output.py"}
    assert "* * Policies (1)" in copy.amk("list", "-f", "outline")
    assert "* * Essentials" in copy.amk("report", "-f", "outline")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_field_has_a_name_and_a_meaning(language: str) -> None:
    phrases = words_for_fields(language)
    parts = dict.fromkeys(part for kind in KINDS for part in (kind, *parts_below(kind)))
    fields = [field for part in parts for field in fields_of(part)]

    assert [f.name for f in fields if not field_meaning(f, phrases)] == []
    assert [f.name for f in fields if name_called(f.name, phrases) == f.name and "_" in f.name] == []
