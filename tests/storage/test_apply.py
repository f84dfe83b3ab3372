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

import amk.storage.apply
from amk.cli import run
from amk.storage.apply import BESIDE, apply, resume
from amk.storage.edits import Edit, told_edits
from amk.storage.journal import find_interrupted, journal_of, written_journal
from amk.values.errors import UserError

SOURCE = Path(__file__).parents[2] / "src"


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

    with pytest.raises(UserError) as stop:
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
    monkeypatch.setattr(amk.storage.apply, "PATIENCE", 0.1)
    (tmp_path / "a.yaml").write_text("a\n")
    apply(tmp_path, [Edit("a.yaml", b"a\n", b"b\n")])
    [lock] = (state / "amk").glob("*.lock")

    with FileLock(lock), pytest.raises(UserError) as stop:
        apply(tmp_path, [Edit("a.yaml", b"b\n", b"c\n")])

    assert stop.value.phrase == "stop.locked"
    apply(tmp_path, [Edit("a.yaml", b"b\n", b"c\n")])


def test_a_disk_that_refuses_is_told_and_leaves_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a\n")
    (tmp_path / f"{BESIDE}a.yaml").mkdir()

    with pytest.raises(UserError) as stop:
        apply(tmp_path, [Edit("a.yaml", b"a\n", b"b\n")])

    assert stop.value.phrase == "stop.no-output"
    assert (tmp_path / "a.yaml").read_text() == "a\n"


WRITER = """\
import sys
from pathlib import Path
from amk.storage.apply import apply
from amk.storage.edits import Edit
root, turn = Path(sys.argv[1]), int(sys.argv[2])
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
        if find_interrupted(tmp_path):
            resume(tmp_path, undo=bool(turn % 2))
        assert len({path.read_bytes() for path in tmp_path.glob("[0-9].yaml")}) == 1
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


def half_done(root: Path) -> None:
    """A change of two files of which the first was written when the machine stopped."""
    (root / "amk.yaml").write_text("title: t\nsubject: s\n")
    (root / "a.yaml").write_text("old\n")
    edits = [
        Edit("amk.yaml", b"title: t\nsubject: s\n", b"title: u\nsubject: s\n"),
        Edit("a.yaml", b"old\n", b"new\n"),
    ]
    journal = journal_of(root)
    assert journal
    journal.parent.mkdir(parents=True, exist_ok=True)
    journal.write_bytes(written_journal(root, edits, "rename a → b", "2026-11-26T18:07:00"))
    journal.chmod(0o600)
    (root / "amk.yaml").write_text("title: u\nsubject: s\n")


def texts_of(root: Path) -> tuple[str, str]:
    return (root / "amk.yaml").read_text().split("\n")[0], (root / "a.yaml").read_text().strip()


@pytest.mark.parametrize("command", ["list", "validate", "report", "search t", "fmt --check"])
def test_who_reads_is_told_of_an_interrupted_change_and_writes_nothing(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    half_done(tmp_path)

    run([*command.split(), "--data", str(tmp_path)])

    told = capsys.readouterr().err
    assert "rename a → b; 1 van 2 bestanden, 2026-11-26 18:07:00" in told or "1 of 2 files" in told
    assert "amk resume --undo" in told
    assert texts_of(tmp_path) == ("title: u", "old")


def test_validate_is_not_green_while_a_change_is_half_done(tmp_path: Path) -> None:
    half_done(tmp_path)

    assert run(["validate", "--data", str(tmp_path)]) == 1


@pytest.mark.parametrize(
    ("flags", "left"),
    [([], ("title: u", "new")), (["--undo"], ("title: t", "old")), (["--drop"], ("title: u", "old"))],
)
def test_resume_finishes_undoes_or_forgets(flags: list[str], left: tuple[str, str], tmp_path: Path) -> None:
    half_done(tmp_path)

    assert run(["resume", *flags, "--data", str(tmp_path)]) == 0

    assert texts_of(tmp_path) == left
    assert find_interrupted(tmp_path) is None


@pytest.mark.parametrize("how", ["", "--undo", "--drop"])
def test_where_nothing_was_interrupted_that_is_said(
    how: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "amk.yaml").write_text("title: t\nsubject: s\n")

    assert run(["resume", *how.split(), "--data", str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert "geen wijziging onderbroken" in told or "no change was interrupted" in told


def test_what_was_put_back_by_hand_was_not_interrupted(tmp_path: Path) -> None:
    half_done(tmp_path)
    (tmp_path / "amk.yaml").write_text("title: t\nsubject: s\n")

    assert find_interrupted(tmp_path) is None
    apply(tmp_path, [Edit("a.yaml", b"old\n", b"other\n")])
    assert texts_of(tmp_path) == ("title: t", "other")


def test_nothing_is_written_over_a_change_that_is_half_done(tmp_path: Path) -> None:
    half_done(tmp_path)

    with pytest.raises(UserError) as stop:
        apply(tmp_path, [Edit("a.yaml", b"old\n", b"other\n")])

    assert stop.value.phrase == "stop.interrupted"


def test_a_file_that_somebody_changed_since_stops_the_resuming(tmp_path: Path) -> None:
    half_done(tmp_path)
    (tmp_path / "a.yaml").write_text("somebody else\n")

    with pytest.raises(UserError) as stop:
        resume(tmp_path)

    assert (stop.value.phrase, stop.value.values["found"]) == ("stop.changed-since", "a.yaml")
    assert texts_of(tmp_path) == ("title: u", "somebody else")


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(
        ("git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments),
        cwd=folder,
        check=True,
        capture_output=True,
    )


def test_the_journal_lies_with_the_repository_and_knows_where_it_stood(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    half_done(tmp_path)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "on")

    with pytest.raises(UserError) as stop:
        resume(tmp_path)

    assert stop.value.phrase == "stop.head-moved"
    assert list((tmp_path / ".git" / "amk").glob("*.journal")) == [journal_of(tmp_path)]


@pytest.mark.parametrize("path", ["../out.yaml", "/tmp/out.yaml", "a/../../b.yaml", "c:\\x.yaml", ""])
def test_a_journal_that_names_files_elsewhere_is_not_believed(path: str, tmp_path: Path) -> None:
    journal = journal_of(tmp_path)
    assert journal
    journal.parent.mkdir(parents=True, exist_ok=True)
    journal.write_bytes(written_journal(tmp_path, [Edit(path, None, b"x")], "x", "2026-11-26"))
    journal.chmod(0o600)

    with pytest.raises(UserError) as stop:
        find_interrupted(tmp_path)

    assert stop.value.phrase == "stop.journal-damaged"


def test_a_damaged_journal_is_told_and_can_be_dropped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    half_done(tmp_path)
    journal = journal_of(tmp_path)
    assert journal
    journal.write_bytes(journal.read_bytes().replace(b"rename a", b"rename x"))

    assert run(["list", "--data", str(tmp_path)]) == 0, "reading goes on"
    assert "amk resume --drop" in capsys.readouterr().err
    assert run(["resume", "--drop", "--data", str(tmp_path)]) == 0
    assert run(["list", "--data", str(tmp_path)]) == 0


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_a_journal_that_others_may_write_is_not_believed(tmp_path: Path) -> None:
    half_done(tmp_path)
    journal = journal_of(tmp_path)
    assert journal
    journal.chmod(0o666)

    with pytest.raises(UserError) as stop:
        find_interrupted(tmp_path)

    assert stop.value.phrase == "stop.journal-not-ours"


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("step", ["_stage", "_place"])
def test_what_fails_in_the_middle_is_taken_back(
    failure: BaseException, step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        (tmp_path / f"{name}.yaml").write_text("old\n")
    real, calls = getattr(amk.storage.apply, step), []

    def failing(root: Path, edit: Edit) -> None:
        # A journal is put in place by the same step; what fails is the second record.
        calls.append(edit.path)
        if edit.path == "b.yaml" and calls.count("b.yaml") == 1:
            raise failure
        real(root, edit)

    monkeypatch.setattr(amk.storage.apply, step, failing)

    with pytest.raises((UserError, KeyboardInterrupt)):
        apply(tmp_path, [Edit(f"{name}.yaml", b"old\n", b"new\n") for name in "abc"])

    assert {path.name: path.read_text() for path in tmp_path.glob("*")} == {
        f"{n}.yaml": "old\n" for n in "abc"
    }
    assert find_interrupted(tmp_path) is None
    journal = journal_of(tmp_path)
    assert journal
    assert not journal.exists()


def test_what_cannot_be_taken_back_is_named_and_can_be_undone_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        (tmp_path / f"{name}.yaml").write_text("old\n")
    real = amk.storage.apply._place

    def full_after_a(root: Path, edit: Edit) -> None:
        if root == tmp_path and (edit.path != "a.yaml" or edit.after == b"old\n"):
            raise OSError(28, "No space left on device")
        real(root, edit)

    monkeypatch.setattr(amk.storage.apply, "_place", full_after_a)
    with pytest.raises(UserError) as stop:
        apply(tmp_path, [Edit(f"{name}.yaml", b"old\n", b"new\n") for name in "abc"])
    monkeypatch.setattr(amk.storage.apply, "_place", real)

    assert (stop.value.phrase, stop.value.values["files"]) == ("stop.half-done", "a.yaml")
    resume(tmp_path, undo=True)
    assert {path.read_text() for path in tmp_path.glob("*.yaml")} == {"old\n"}


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
