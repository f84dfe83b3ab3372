"""What somebody asks or hands over has an end: it is refused in one sentence, and takes no gigabytes."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from shutil import copytree
from xml.etree import ElementTree

import pytest

from amk.cli import run
from tests.conftest import ROOT

EXAMPLE = ROOT / "docs" / "example" / "data"
Captured = pytest.CaptureFixture[str]

ROOMY = 600
"""Megabytes in which amk can refuse anything; what is refused would take thousands."""

WITHIN = """\
import sys
from pathlib import Path
from amk.cli import run
code = run(sys.argv[1:])
# What `resource` says on Linux counts the process that started this one too.
status = Path("/proc/self/status").read_text() if sys.platform == "linux" else "VmHWM: 0"
print(int(status.split("VmHWM:")[1].split()[0]) // 1024, file=sys.stderr)
sys.exit(code)
"""


def refused(*words: str) -> str:
    """What amk says, having refused and taken little."""
    environment = {"PYTHONPATH": str(ROOT / "src"), "AMK_NO_CACHE": "1", "AMK_LANG": "en", "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", WITHIN, *words], env=environment, capture_output=True, text=True, timeout=60
    )
    *said, megabytes = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (2, "")
    assert len(said) == 1
    assert sys.platform != "linux" or int(megabytes) < ROOMY
    return said[0]


@pytest.mark.skipif(sys.platform == "win32", reason="what a process takes is told by Unix")
@pytest.mark.parametrize("words", ["a" * 96_000, " ".join(f"w{n}" for n in range(5_000)), "x " * 51])
def test_a_long_question_for_words_is_refused(words: str) -> None:
    assert "too long; search with at most" in refused("search", words, "--data", str(EXAMPLE))


BIG = (
    "zeroblob(1000000000)", "randomblob(900000000)", "hex(zeroblob(400000000))",
    "replace(hex(zeroblob(1000)), '0', hex(zeroblob(100000)))",
    "hex(zeroblob(600000))", "quote(zeroblob(900000))", "hex(randomblob(700000))",
    "group_concat(hex(zeroblob(400000)))",
)  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="what a process takes is told by Unix")
@pytest.mark.parametrize("value", BIG)
def test_a_value_in_sql_has_an_end(value: str) -> None:
    assert "too large" in refused("query", f"select {value} from records", "--data", str(EXAMPLE))


@pytest.mark.skipif(sys.platform == "win32", reason="what a process takes is told by Unix")
def test_an_answer_in_sql_has_an_end() -> None:
    question = "select hex(zeroblob(400000)) from records a, records b"

    assert "too large" in refused("query", question, "--data", str(EXAMPLE))


def test_sql_tells_no_place_in_memory(capsys: Captured) -> None:
    assert run(["query", "select fts3_tokenizer('simple')", "--data", str(EXAMPLE)]) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="what a process takes is told by Unix")
def test_a_workbook_with_an_endless_cell_is_refused(tmp_path: Path) -> None:
    import openpyxl

    small, large = tmp_path / "klein.xlsx", tmp_path / "groot.xlsx"
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Gemeenten", 0)
    sheet.append(["id", "Naam"])
    sheet.append(["oostbeek", "KORT"])
    book.save(small)
    with zipfile.ZipFile(small) as read, zipfile.ZipFile(large, "w", zipfile.ZIP_DEFLATED) as written:
        for name in read.namelist():
            written.writestr(name, read.read(name).replace(b"KORT", b"x" * 200_000_000))

    assert "a cell of more than" in refused("import", str(large), "--data", str(EXAMPLE))


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A base in which a name holds what steers a terminal, and what no XML can hold."""
    data = Path(copytree(EXAMPLE, tmp_path / "data"))
    path = data / "municipalities" / "oostbeek.yaml"
    name = r'name: "Oost\uFFFEbe\uFFFFek\e]52;c;x\a\u202e\"]; x [a=\"\n"'
    path.write_text(path.read_text(encoding="utf-8").replace("name: Oostbeek", name), encoding="utf-8")
    return data


@pytest.mark.parametrize("format", ["dot", "graphml"])
def test_a_graph_steers_no_terminal_and_can_be_read(odd: Path, format: str, capsys: Captured) -> None:
    assert run(["network", "-f", format, "--data", str(odd)]) == 0
    told = capsys.readouterr().out

    assert not set(told) & set("\ufffe\uffff\x1b\x07\u202e")
    assert "\\u202e" not in told
    if format == "graphml":
        assert ElementTree.fromstring(told).tag.endswith("graphml")
    else:
        assert 'label="Oost' in told
        assert '\\"]; x [a=\\"' in told


@pytest.mark.parametrize("name", ["x.docx", "x.odt", "x.xlsx"])
def test_what_no_xml_can_hold_is_in_no_document(odd: Path, tmp_path: Path, name: str) -> None:
    path = odd / "municipalities" / "oostbeek.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(r"\e]52;c;x\a\u202e", ""), encoding="utf-8")
    command = ["export"] if name.endswith("xlsx") else ["timeline"]

    assert run([*command, "-o", str(tmp_path / name), "--data", str(odd)]) == 0

    with zipfile.ZipFile(tmp_path / name) as packed:
        for part in packed.namelist():
            if part.endswith(".xml"):
                ElementTree.fromstring(packed.read(part))


def test_what_no_xml_can_hold_is_a_problem(odd: Path, capsys: Captured) -> None:
    path = odd / "municipalities" / "oostbeek.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(r"\e]52;c;x\a\u202e", ""), encoding="utf-8")

    assert run(["validate", "-f", "json", "--data", str(odd)]) == 1

    assert "U+FFFE" in json.loads(capsys.readouterr().out)[0]["message"]
