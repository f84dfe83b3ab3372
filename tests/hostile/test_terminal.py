"""Nothing that a file, a name or an argument says steers the terminal: asserted on bytes."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amk.cli import COMMANDS
from amk.document.blocks import (
    Bullets,
    Document,
    Facts,
    Footnote,
    Heading,
    Link,
    Paragraph,
    Table,
    plain,
    texts_of,
)
from amk.formats import html, markdown, terminal
from amk.formats.data import write_csv, write_ids, write_json, write_jsonl
from tests.hostile.steered import ALL, ATTACKS, FORBIDDEN, steered

CALLS = (
    *map(
        str.split,
        (
            "list", "list sources vocabulary regions organisations", "show a r c p s o",
            "show forms t municipality/b", "report", "report --municipality a", "report --region r",
            "list --where tags~x", "list --columns name,tags,form,evidence,notes,owner,conditions",
            "list --as-of 2021",
        ),
    ),
    ["list", "--columns", "name.\x1b[31m,tags.\u202e"],
    ["list", "--sort", "name.\x1b"],
    ["list", "--tag", ALL.replace("\0", "")],
)  # fmt: skip
REFUSED = tuple(
    map(
        str.split,
        (
            "list {x}", "show {x}", "report {x}", "report --region {x}", "validate {x}", "list --where {x}",
            "list --where {x}=1", "list --sort {x}", "list --columns {x}", "list --status {x}",
            "list --form {x}", "list --as-of {x}", "list --since {x}", "list --limit {x}",
            "list -f {x}", "list -o {x}",
            "list -o /gone/{x}.md", "list --data {x}", "list --lang {x}", "{x}", "--{x}", "list --{x}",
            "list --today {x}", "list --municipality {x}", "list --purpose {x}", "report -f {x}",
            "validate -f {x}",
        ),
    )
)  # fmt: skip


def amk(
    *arguments: str, input_env: dict[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "AMK_NO_CACHE": "1", "PYTHONPATH": os.pathsep.join(sys.path), **(input_env or {})}
    command = [sys.executable, "-m", "amk", *arguments]
    return subprocess.run(command, capture_output=True, env=env, cwd=cwd, timeout=60, check=False)


def assert_plain(raw: bytes) -> None:
    text = raw.decode("utf-8").replace("\r\n", "\n")
    found = FORBIDDEN.search(text)
    assert not found, (ascii(found.group()), ascii(text[max(0, found.start() - 60) : found.end()]))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return steered(tmp_path_factory.mktemp("steered"), odd_names=os.name != "nt")


def run_inside(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> tuple[int, bytes]:
    from amk.cli import run

    code = run(arguments)
    out, err = capfd.readouterr()
    return code, (out + err).encode("utf-8")


@pytest.mark.parametrize("format", ["table", "md", "html", "json", "jsonl", "csv", "ids"])
@pytest.mark.parametrize(
    "call", CALLS, ids=lambda call: " ".join(call)[:30].encode("ascii", "replace").decode()
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_answer_steers(
    data: Path, call: list[str], format: str, language: str, capfd: pytest.CaptureFixture[str]
) -> None:
    if call[0] == "report" and format in ("json", "jsonl", "csv", "ids"):
        return
    code, said = run_inside([*call, "--data", str(data), "-f", format, "--lang", language], capfd)

    assert code == 0, said[:500]
    assert_plain(said)


@pytest.mark.parametrize("extra", [[], ["--json"], ["--lang", "en"]])
def test_validate_does_not_steer(data: Path, extra: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    code, said = run_inside(["validate", "--data", str(data), *extra], capfd)

    assert code == 1
    assert b"YAML008" in said
    assert_plain(said)


def test_what_is_written_to_a_file_does_not_steer_who_reads_it(data: Path, tmp_path: Path) -> None:
    for suffix in ("txt", "md", "html", "json", "jsonl", "csv"):
        target = tmp_path / f"out.{suffix}"
        assert amk("show", "a", "p", "--data", str(data), "-o", str(target)).returncode == 0
        assert_plain(target.read_bytes())


@pytest.mark.parametrize("call", REFUSED, ids=" ".join)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_sentence_about_what_was_typed_steers(
    data: Path, call: list[str], language: str, capfd: pytest.CaptureFixture[str]
) -> None:
    for attack in (ALL.replace("\0", ""), "\udc9b\udcff", "a\nb\tc"):
        arguments = [part.replace("{x}", attack) for part in call]
        where = [] if "--data" in arguments or arguments[0] not in COMMANDS else ["--data", str(data)]
        spoken = [] if "--lang" in arguments or arguments[0] not in COMMANDS else ["--lang", language]
        code, said = run_inside([*arguments, *where, *spoken], capfd)

        assert code == 2, said
        assert said.count(b"\n") == said.strip().count(b"\n") + 1
        assert_plain(said)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows takes no such names")
def test_the_environment_and_the_working_folder_do_not_steer(data: Path, tmp_path: Path) -> None:
    odd = tmp_path / "\x1b[31m\udc9b"
    odd.mkdir()
    for env in (
        {"AMK_LANG": "\x1b[31m"}, {"AMK_DATA": "\x1b]0;x\x07\udc9b"}, {"COLUMNS": "99999999999"},
        {"COLUMNS": "-1"},
        {"COLUMNS": "x\x1b"}, {"COLUMNS": "1"}, {"HOME": "\x1b"}, {"TERM": "\x1b[31m"}, {"LC_ALL": "C"},
        {"PYTHONIOENCODING": "ascii"},
    ):  # fmt: skip
        for call in (["list", "sources"], ["validate", str(data)]):
            done = amk(*call, *([] if "AMK_DATA" in env else ["--data", str(data)]), input_env=env, cwd=odd)
            assert b"Traceback" not in done.stderr
            assert_plain(done.stdout + done.stderr)


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal of its own")
@pytest.mark.parametrize("call", [["list"], ["show", "a", "p"], ["report"]], ids=" ".join)
def test_on_a_terminal_only_our_own_colours_come_out(data: Path, call: list[str]) -> None:
    import pty
    import re

    ours, theirs = pty.openpty()
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "TERM": "xterm-256color", "COLUMNS": "80"}
    env.pop("NO_COLOR", None)
    process = subprocess.Popen(
        [sys.executable, "-m", "amk", *call, "--data", str(data)], stdout=theirs, stderr=theirs, env=env
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        said += piece
    process.wait(60)
    os.close(ours)

    assert b"\x1b[" in said
    # On a slow machine amk says what it is doing, in a line that it takes away again.
    told = re.sub(rb"\r\x1b\[K(amk: [^\r\n]*(?=\r\x1b\[K))?", b"", said)
    assert_plain(re.sub(rb"\x1b\[[0-9;]*m", b"", told))


def test_json_keeps_what_was_there(data: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _, said = run_inside(["list", "organisations", "--data", str(data), "--json"], capfd)
    [organisation] = json.loads(said[said.index(b"[") :].rpartition(b"]")[0] + b"]")

    assert all(attack in organisation["name"] for attack in ATTACKS)


texts = st.text(st.characters(exclude_categories=()), max_size=30) | st.sampled_from(ATTACKS)


@given(texts, texts)
def test_no_format_lets_anything_through(one: str, other: str) -> None:
    row = (one, (other, Footnote(one), Link(one, f"https://x/{other}"), Link(other, other)))
    document = Document(
        one, "nl", (
            Heading(one), Paragraph(other, quiet=True), Bullets((one, other)),
            Table((one, other), (row,), one),
            Facts(((one, other),)), Facts(((other, (Footnote(other),)),)),
        ), other,
    )  # fmt: skip

    for write in (terminal.write, markdown.write, html.write):
        assert_plain(write(document).encode("utf-8"))
    rows = [{one: other, "ref": one, "many": [one, {other: one}]}]
    for write_rows in (write_json, write_jsonl, write_csv, write_ids):
        assert_plain(write_rows(rows).encode("utf-8"))
    assert json.loads(write_json(rows)) == rows


@given(texts)
def test_a_harmless_document_is_left_as_it_is(text: str) -> None:
    document = Document("t", "nl", (Paragraph((text, Link(text, text))), Table(("a",), ((text,),))))

    told = "".join(plain(part) for part in itertools.chain(*map(texts_of, document.blocks)))
    assert len(told) == 3 * len(text)
    if not FORBIDDEN.search(text):
        assert told == text * 3
