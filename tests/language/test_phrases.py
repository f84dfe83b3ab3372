from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from importlib import import_module
from pathlib import Path
from shutil import copytree, ignore_patterns
from string import Formatter
from typing import get_args

import pytest

import amk.language
from amk.language import WHOLE, phrases_in
from amk.model import records
from amk.model.names import sorting_name
from amk.model.problems import RULES
from amk.model.statuses import STATUSES
from amk.values.dates import parse_date

PACKAGE = Path(amk.language.__file__ or "").parent
TOPICS = sorted(path.stem for path in PACKAGE.glob("nl/*.py") if path.stem != "__init__")


def phrases(topic: str, language: str) -> dict[str, str]:
    """The phrases of a topic that has files of its own; of everything else for no topic."""
    name = f"{language}.{topic}" if topic else language
    found: dict[str, str] = import_module(f"amk.language.{name}").PHRASES
    return found


AS_IT_IS = {"start.template.text"}
"""Phrases in which no value is filled in: their braces are their own."""


def values_in(phrase: str) -> set[str]:
    """The names of the values that are filled in. Raises ValueError for a phrase that cannot be filled."""
    return {name for _, name, _, _ in Formatter().parse(phrase) if name is not None}


def lacking(topic: str, language: str) -> dict[str, str]:
    """What is wrong with the phrases of a language, compared with Dutch: the key, and what."""
    dutch, other = phrases(topic, "nl"), phrases(topic, language)
    found = dict.fromkeys(dutch.keys() - other.keys(), "is not said")
    found |= dict.fromkeys(other.keys() - dutch.keys(), "is not said in Dutch")
    for key in dutch.keys() & other.keys() - AS_IT_IS:
        if values_in(dutch[key]) != values_in(other[key]):
            found[key] = f"fills in {values_in(other[key])}, and in Dutch {values_in(dutch[key])}"
    return found


@pytest.mark.parametrize("language", WHOLE)
@pytest.mark.parametrize("topic", ["", *TOPICS])
def test_every_phrase_is_said_in_every_language_with_the_same_values(topic: str, language: str) -> None:
    assert lacking(topic, language) == {}
    assert all(phrase.strip() for phrase in phrases(topic, language).values())


def test_every_file_of_phrases_is_in_a_language_that_says_everything() -> None:
    topics = {path.parent.name: set[str]() for path in PACKAGE.glob("*/__init__.py")}
    for path in PACKAGE.glob("*/*.py"):
        topics[path.parent.name].add(path.stem)

    assert topics == {language: {"__init__", *TOPICS} for language in WHOLE}


def test_what_is_said_of_many_is_said_of_one() -> None:
    for topic in ("", *TOPICS):
        dutch = phrases(topic, "nl")
        counted = {key for key, phrase in dutch.items() if key.endswith(".many") and "{count}" in phrase}
        assert {key for key in counted if f"{key[:-5]}.one" not in dutch} == set()


def written_keys() -> tuple[set[str], list[re.Pattern[str]], set[str]]:
    """What the code writes that may name a phrase: texts, texts with holes, and what it certainly says."""
    texts, holed, said = set(), [], set()
    for path in PACKAGE.parent.rglob("*.py"):
        if path.parent.parent == PACKAGE:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Constant(value=str(text)):
                    texts.add(text)
                case ast.JoinedStr(values=parts):
                    # A text that begins with a hole names phrases only by their end.
                    whole = "".join(_pattern(part) for part in parts)
                    if not whole.startswith(".+") or re.fullmatch(r"\.\+\\\.[a-z]+", whole):
                        holed.append(re.compile(whole))
                case ast.Call(func=called, args=[ast.Constant(value=str(text)), *_]):
                    name = getattr(called, "id", getattr(called, "attr", ""))
                    if name in ("phrases", "words", "UserError", "at_work", "fill"):
                        said.add(text)
    return texts, holed, said


def _pattern(part: ast.expr) -> str:
    return re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+"


def test_every_phrase_that_is_used_is_there() -> None:
    known = {key for topic in ("", *TOPICS) for key in phrases(topic, "nl")}
    _, _, said = written_keys()

    assert len(said) > 300
    assert {key for key in said if key not in known and f"{key}.many" not in known} == set()


def calls_of_phrases() -> Iterator[tuple[str, str, ast.Call]]:
    """Each place in the code that names a phrase in so many words: where, the phrase, and the call."""
    for path in PACKAGE.parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=called, args=[ast.Constant(value=str(key)), *_]):
                    if getattr(called, "id", getattr(called, "attr", "")) in (
                        "phrases",
                        "words",
                        "UserError",
                    ):
                        yield f"{path.relative_to(PACKAGE.parent)}:{node.lineno}", key, node


FILLED_ELSEWHERE = {"nearest", "count", "Count"}
"""What is filled in for a phrase by whoever tells it: the nearest name known, and how many there are."""


def unfilled(key: str, call: ast.Call) -> set[str]:
    """The values that a phrase needs and a call does not give; none where a call passes a mapping on."""
    every = {k: phrase for topic in ("", *TOPICS) for k, phrase in phrases(topic, "nl").items()}
    given = {keyword.arg for keyword in call.keywords}
    phrase = every.get(f"{key}.many" if "count" in given else key, "")
    return set() if None in given else values_in(phrase) - given - FILLED_ELSEWHERE


def test_every_phrase_gets_all_the_values_that_it_fills_in() -> None:
    calls = [call for call in calls_of_phrases() if call[1] not in AS_IT_IS]

    assert len(calls) > 300
    assert {where: missing for where, key, call in calls if (missing := unfilled(key, call))} == {}


def test_a_value_that_is_forgotten_is_found() -> None:
    call = ast.parse('UserError("stop.no-library", format="xlsx")', mode="eval").body

    assert isinstance(call, ast.Call)
    assert unfilled("stop.no-library", call) == {"command"}


def test_every_phrase_that_is_there_is_used() -> None:
    texts, holed, _ = written_keys()
    # Kinds, fields and choices are named after what they are in `records`, not in the code.
    named = {
        f"{kind}.{field}"
        for kind, part in vars(records).items()
        if is_dataclass(part)
        for field in vars(records)[kind].__dataclass_fields__
    }
    named |= set(vars(records)) | {
        "Evidenced.evidence",
        "Part.evidence",
        "Part.remark",
        "Part.date_text",
    }
    named |= {f"topic.{code}" for code in get_args(records.Topic)}
    named |= {f"confirms.{code}" for code in get_args(records.Confirms)}
    named |= {f"complete.{code}" for code in ("true", "false", "unknown")}

    def is_used(key: str) -> bool:
        base = re.sub(r"\.(one|many)$", "", key)
        return bool({key, base} & (texts | named)) or any(p.fullmatch(k) for p in holed for k in (key, base))

    keys = {key for topic in ("", *TOPICS) for key in phrases(topic, "nl")}
    assert {key for key in keys if not is_used(key)} == set()


FRISIAN = """
PHRASES = {
    "list.and": "{most} en {last}",
    "month.7": "july",
    "status.adopted": "fêststeld",
    "stop.no-record": "gjin record hjit “{found}”{nearest}",
    "kinds.municipality": "Gemeenten yn it Frysk",
    "gaps.title": "Sinjalen: {subject}",
    "REF001": "“{found}” bestiet net",
}
"""


@pytest.fixture(scope="module")
def frisian(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., tuple[str, str]]:
    """amk with one package more: what a command says on stdout and stderr in a third language."""
    folder = tmp_path_factory.mktemp("amk")
    copytree(PACKAGE.parent, folder / "amk", ignore=ignore_patterns("__pycache__"))
    (folder / "amk" / "language" / "fy").mkdir()
    (folder / "amk" / "language" / "fy" / "__init__.py").write_text(FRISIAN, encoding="utf-8")
    data = PACKAGE.parents[2] / "docs" / "example" / "data"

    def run(*arguments: str) -> tuple[str, str]:
        environment = {**os.environ, "PYTHONPATH": str(folder), "XDG_CACHE_HOME": str(folder / "kept")}
        command = [sys.executable, "-m", "amk", *arguments, "--lang", "fy", "--data", str(data)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, cwd=folder)
        assert "Traceback" not in done.stderr
        return done.stdout, done.stderr

    return run


def test_a_third_language_is_a_package(frisian: Callable[..., tuple[str, str]]) -> None:
    out, err = frisian("list")
    assert "Gemeenten yn it Frysk" in out
    assert "Number: " in out, "what the package does not say is said in English"
    assert err == ""
    assert "gjin record hjit “nergens”" in frisian("show", "nergens")[1]
    assert frisian("gaps")[0].startswith("Sinjalen: ")
    assert "fêststeld" in frisian("report")[0] + frisian("list", "--status", "adopted")[0]


@pytest.mark.slow
def test_a_third_language_comes_into_every_format(
    frisian: Callable[..., tuple[str, str]], tmp_path: Path
) -> None:
    for suffix in ("html", "pdf", "docx", "odt", "md"):
        frisian("report", "-o", str(tmp_path / f"x.{suffix}"))
        assert (tmp_path / f"x.{suffix}").stat().st_size > 500
    assert '<html lang="fy">' in (tmp_path / "x.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_every_command_speaks_a_third_language(frisian: Callable[..., tuple[str, str]]) -> None:
    for command in ("validate", "timeline", "coverage", "stale", "network", "map"):
        assert frisian(command)[0], command
    assert frisian("search", "beleid")[0]
    assert frisian("validate", "--explain", "REF001")[0]


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_says_nothing_that_is_said_elsewhere(topic: str) -> None:
    others = {key for other in ("", *TOPICS) if other != topic for key in phrases(other, "nl")}

    assert phrases(topic, "nl").keys() & others == set()


def test_every_rule_and_every_status_has_words() -> None:
    assert {code for code in RULES if code not in phrases("problems", "nl")} == set()
    assert {code for code in RULES if f"{code}.hint" not in phrases("problems", "nl")} == set()
    assert {status for status in STATUSES if f"status.{status}" not in phrases("", "nl")} == set()


@pytest.mark.parametrize(
    ("edtf", "dutch", "english"),
    [
        ("2020-12-31~", "omstreeks 31 december 2020", "about 31 December 2020"),
        ("2020-24", "winter 2020", "winter 2020"),
        ("../2021", "tot en met 2021", "until 2021"),
        ("2020-11/..", "sinds november 2020", "since November 2020"),
        ("2020-05/2020-11", "mei 2020 tot en met november 2020", "May 2020 to November 2020"),
        ("2020-36", "4e kwartaal 2020", "4th quarter of 2020"),
        ("2020-12~", "omstreeks december 2020", "about December 2020"),
        ("2021-07-05", "5 juli 2021", "5 July 2021"),
        ("/..", "begin onbekend", "start unknown"),
    ],
)
def test_dates_read_as_people_write_them(edtf: str, dutch: str, english: str) -> None:
    assert phrases_in("nl").date(parse_date(edtf)) == dutch
    assert phrases_in("en").date(parse_date(edtf)) == english


def test_an_interval_bounds_a_milestone() -> None:
    assert phrases_in("nl").milestone(parse_date("../2021-07-05")) == "uiterlijk 5 juli 2021"


def test_lists_end_in_en() -> None:
    assert phrases_in("nl").listing(["a", "b", "c"]) == "a, b en c"
    assert phrases_in("nl").listing(["a"]) == "a"
    assert phrases_in("nl").listing([]) == ""


def test_names_stand_in_the_order_of_a_dutch_list() -> None:
    names = [
        "Goes",
        "’t Zand",
        "'s-Gravenhage",
        "Éibergen",
        "Eindhoven",
        "'S-Hertogenbosch",
        "Zaltbommel",
        "’s Heerenberg",
    ]

    assert sorted(names, key=sorting_name) == [
        "Éibergen",
        "Eindhoven",
        "Goes",
        "'s-Gravenhage",
        "’s Heerenberg",
        "'S-Hertogenbosch",
        "Zaltbommel",
        "’t Zand",
    ]


@pytest.mark.parametrize(
    ("language", "count", "told"),
    [
        ("nl", 2, "Twee"),
        ("nl", 7, "Zeven"),
        ("en", 20, "Twenty"),
        ("nl", 21, "21"),
        ("en", 0, "0"),
        ("nl", 1, "1"),
    ],
)
def test_a_sentence_does_not_begin_with_a_figure_that_has_a_word(
    language: str, count: int, told: str
) -> None:
    assert phrases_in(language).beginning(count) == told
