"""Writing without fear: whole or not at all, never over somebody's change, one writer at a time."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from filelock import FileLock

import amk.edits
from amk.cli import run
from amk.edits import BESIDE, Edit, apply, finish_interrupted, told_edits
from amk.errors import Stop

SOURCE = Path(__file__).parents[1] / "src"


@pytest.fixture(autouse=True)
def state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of its own."""
    folder = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    return folder


def test_what_was_planned_is_written_and_shown(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a\n")
    edits = [Edit("a.yaml", b"a\n", b"b\n"), Edit("nieuw/c.yaml", None, b"c\n"), Edit("weg.yaml", b"w", None)]
    (tmp_path / "weg.yaml").write_text("w")

    apply(tmp_path, edits)

    assert (tmp_path / "a.yaml").read_text() == "b\n"
    assert (tmp_path / "nieuw" / "c.yaml").read_text() == "c\n"
    assert not (tmp_path / "weg.yaml").exists()
    assert "-a\n+b\n" in told_edits(edits)


def test_a_file_that_changed_meanwhile_stops_all_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a\n")
    (tmp_path / "b.yaml").write_text("iemand anders\n")

    with pytest.raises(Stop) as stop:
        apply(tmp_path, [Edit("a.yaml", b"a\n", b"x\n"), Edit("b.yaml", b"b\n", b"x\n")])

    assert stop.value.phrase == "stop.changed-meanwhile"
    assert (tmp_path / "a.yaml").read_text() == "a\n"
    assert (tmp_path / "b.yaml").read_text() == "iemand anders\n"


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_the_mode_of_a_file_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a\n")
    (tmp_path / "a.yaml").chmod(0o640)

    apply(tmp_path, [Edit("a.yaml", b"a\n", b"b\n")])

    assert (tmp_path / "a.yaml").stat().st_mode & 0o777 == 0o640


def test_two_writers_do_not_meet(tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(amk.edits, "PATIENCE", 0.1)
    (tmp_path / "a.yaml").write_text("a\n")
    apply(tmp_path, [Edit("a.yaml", b"a\n", b"b\n")])
    [lock] = (state / "amk").glob("*.lock")

    with FileLock(lock), pytest.raises(Stop) as stop:
        apply(tmp_path, [Edit("a.yaml", b"b\n", b"c\n")])

    assert stop.value.phrase == "stop.locked"
    apply(tmp_path, [Edit("a.yaml", b"b\n", b"c\n")])


def test_a_disk_that_refuses_is_told_and_leaves_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a\n")
    (tmp_path / f"{BESIDE}a.yaml").mkdir()

    with pytest.raises(Stop) as stop:
        apply(tmp_path, [Edit("a.yaml", b"a\n", b"b\n")])

    assert stop.value.phrase == "stop.no-output"
    assert (tmp_path / "a.yaml").read_text() == "a\n"


WRITER = """\
import sys
from pathlib import Path
from amk.edits import Edit, apply, finish_interrupted
root, turn = Path(sys.argv[1]), int(sys.argv[2])
finish_interrupted(root)
names = [f"{number}.yaml" for number in range(6)]
while True:
    turn += 1
    new = f"{turn}\\n".encode() * 50
    apply(root, [Edit(name, (root / name).read_bytes(), new) for name in names])
    print(turn, flush=True)
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is of POSIX")
def test_killed_at_any_moment_each_file_is_old_or_new_and_the_set_is_finished(tmp_path: Path) -> None:
    """Two hundred kills, each at a moment of its own while six files are written as one set."""
    dice = random.Random(1)
    for number in range(6):
        (tmp_path / f"{number}.yaml").write_bytes(b"0\n" * 50)
    halves = turn = 0
    for _ in range(200):
        turn = killed(tmp_path, turn, dice.uniform(0, 0.03))
        texts = {path.read_bytes() for path in tmp_path.glob("[0-9].yaml")}
        assert all(len(set(text.split())) == 1 and len(text.split()) == 50 for text in texts)
        assert len(texts) <= 2
        halves += len(texts) == 2
        finish_interrupted(tmp_path)
        assert len({path.read_bytes() for path in tmp_path.glob("[0-9].yaml")}) == 1
        assert not list(tmp_path.glob(f"{BESIDE}*"))
    assert halves, "no kill came in the middle of a set: the test has shown nothing"


def killed(root: Path, turn: int, seconds: float) -> int:
    """Start a writer, kill it a moment after its first set, and say how far it had come."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    command = [sys.executable, "-c", WRITER, str(root), str(turn)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as writer:
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(seconds)
        writer.send_signal(signal.SIGKILL)
        told = [first, *writer.stdout.read().splitlines()]
    return max(int(line) for line in told if line.strip()) + 1


def test_the_next_question_finishes_what_was_interrupted(
    tmp_path: Path, state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "amk.yaml").write_text("title: t\nsubject: s\n")
    (tmp_path / "a.yaml").write_text("x")
    (state / "amk").mkdir()
    amk.edits._journal(tmp_path).write_bytes(
        amk.edits._written([Edit("amk.yaml", b"title: t\nsubject: s\n", b"title: u\nsubject: s\n"),
                            Edit("a.yaml", b"changed since", b"never")])
    )  # fmt: skip

    assert run(["list", "--data", str(tmp_path)]) == 0

    assert "onderbroken" in capsys.readouterr().err
    assert (tmp_path / "amk.yaml").read_text() == "title: u\nsubject: s\n"
    assert (tmp_path / "a.yaml").read_text() == "x"
    assert run(["list", "--data", str(tmp_path)]) == 0
    assert "onderbroken" not in capsys.readouterr().err


def test_fmt_checks_shows_and_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "amk.yaml").write_text("subject: s\ntitle: t  # titel\n")
    asked = ["--data", str(tmp_path)]

    assert run(["fmt", "--check", *asked]) == 1
    assert "amk.yaml" in capsys.readouterr().err
    assert run(["fmt", "--diff", *asked]) == 1
    assert "+title: t  # titel\n subject: s\n-title: t  # titel\n" in capsys.readouterr().out
    assert (tmp_path / "amk.yaml").read_text() == "subject: s\ntitle: t  # titel\n"
    assert run(["fmt", *asked]) == 0
    assert (tmp_path / "amk.yaml").read_text() == "title: t  # titel\nsubject: s\n"
    assert run(["fmt", "--check", *asked]) == 0


def test_fmt_leaves_alone_what_cannot_be_read_and_keeps_line_ends(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "organisations").mkdir()
    (tmp_path / "organisations" / "a.yaml").write_bytes(b"type: bond\r\nname: A\r\n")
    (tmp_path / "organisations" / "b.yaml").write_text("name: [\n")
    (tmp_path / "amk.yaml").write_text("title: t\nsubject: s\n")

    assert run(["fmt", "--data", str(tmp_path)]) == 0

    assert (tmp_path / "organisations" / "a.yaml").read_bytes() == b"name: A\r\ntype: bond\r\n"
    assert (tmp_path / "organisations" / "b.yaml").read_text() == "name: [\n"
    assert "b.yaml" in capsys.readouterr().err
