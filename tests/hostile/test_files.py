"""What may lie in a data folder that is no ordinary file: named as one problem, never followed."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from amk.checks.validation import find_problems, problem_words, tell_validation
from amk.cli import run
from amk.storage.data_folder import working_tree
from amk.values.control_characters import CONTROL_CHARACTERS

SECRET = "name: do not read this\n"
posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows has none of these")

DAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def no_waiting() -> Iterator[None]:
    """Reading a pipe would wait for ever: the test then ends amk instead of hanging itself."""
    if not hasattr(os, "mkfifo"):
        yield
        return
    import signal

    def too_long(*_: object) -> None:
        raise AssertionError("amk waits")

    signal.signal(signal.SIGALRM, too_long)
    signal.alarm(60)
    yield
    signal.alarm(0)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "policies").mkdir(parents=True)
    (folder / "amk.yaml").write_text("title: t\nsubject: s\n", encoding="utf-8")
    (tmp_path / "secret.yaml").write_text(SECRET, encoding="utf-8")
    return folder


def told(data: Path) -> list[tuple[str, str]]:
    return [(p.code, p.path) for p in find_problems(working_tree(data), DAY).problems]


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_socket(path: Path) -> None:
    os.chdir(path.parent)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)


def a_device(path: Path) -> None:
    try:
        os.mknod(path, 0o600 | 0o020000, os.makedev(1, 5))
    except (OSError, AttributeError):
        pytest.skip("only root makes devices")


def an_endless_device_by_link(path: Path) -> None:
    path.symlink_to("/dev/zero")


def a_link_outside(path: Path) -> None:
    path.symlink_to("../../secret.yaml")


def a_link_outside_through_a_link_inside(path: Path) -> None:
    (path.parent / "hop").symlink_to("../../secret.yaml")
    path.symlink_to("hop")


def a_link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def a_link_to_nothing(path: Path) -> None:
    path.symlink_to("gone.yaml")


def a_link_to_a_folder(path: Path) -> None:
    path.symlink_to("../../data")


def a_folder(path: Path) -> None:
    path.mkdir()


ODD: tuple[Callable[[Path], None], ...] = (
    a_pipe, a_socket, a_device, an_endless_device_by_link, a_link_outside, a_link_to_itself,
    a_link_outside_through_a_link_inside, a_link_to_nothing, a_link_to_a_folder, a_folder,
)  # fmt: skip


@posix_only
@pytest.mark.parametrize("make", ODD, ids=lambda make: make.__name__)
@pytest.mark.parametrize("name", ["policies/x.yaml", "amk.yaml"])
def test_what_is_no_ordinary_file_is_one_problem(
    data: Path, make: Callable[[Path], None], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(data)
    (data / name).unlink(missing_ok=True)
    make(data / name)

    assert told(data) == [("FILE001", name)]
    assert run(["validate", "--data", str(data)]) == 1
    assert run(["list", "--data", str(data), "--lang", "nl"]) == 0


@posix_only
@pytest.mark.parametrize("aim", ["..", ".", "/", "../..", "policies"])
def test_a_link_to_a_folder_is_named_and_not_followed(data: Path, aim: str) -> None:
    (data / "sources").symlink_to(aim)

    assert told(data) == [("FILE001", "sources")]


@posix_only
def test_two_folders_that_link_to_each_other_end(data: Path) -> None:
    (data / "sources").mkdir()
    (data / "sources" / "p").symlink_to("../policies")
    (data / "policies" / "s").symlink_to("../sources")

    assert told(data) == [("FILE001", "policies/s"), ("FILE001", "sources/p")]


@posix_only
def test_a_link_to_a_file_inside_is_read(data: Path) -> None:
    (data / "sources").mkdir()
    (data / "sources" / "a.yaml").write_text("title: a\ntype: x\n", encoding="utf-8")
    (data / "sources" / "b.yaml").symlink_to("a.yaml")

    assert set(working_tree(data).texts) == {"amk.yaml", "sources/a.yaml", "sources/b.yaml"}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads everything")
def test_a_file_and_a_folder_that_may_not_be_read_are_named(data: Path) -> None:
    (data / "policies" / "x.yaml").write_text("title: x\n", encoding="utf-8")
    (data / "policies" / "x.yaml").chmod(0)
    (data / "sources").mkdir(mode=0)

    assert told(data) == [("FILE001", "policies/x.yaml"), ("FILE001", "sources")]


def test_a_very_deep_folder_is_told_and_ends(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(data)
    for _ in range(60 if os.name == "nt" else 400):
        os.mkdir("d")
        os.chdir("d")
    Path("x.yaml").write_text("title: x\n", encoding="utf-8")
    os.chdir(data)

    assert [code for code, _ in told(data)] == ["FILE004"]


@posix_only
def test_a_path_longer_than_the_system_takes_is_told(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(data)
    for _ in range(30):
        os.mkdir("d" * 200)
        os.chdir("d" * 200)
    Path("x.yaml").write_text("title: x\n", encoding="utf-8")
    os.chdir(data)

    [(code, path)] = told(data)
    assert code == "FILE001"
    assert "/" in path


NAMES = (
    "x\x1b[31m.yaml", "x\ny.yaml", "x\r.yaml", "\u202elmay.x.yaml", "x\x7f.yaml", "x\u009b.yaml",
    "\udcff.yaml", ".yaml", ".yml", " .yaml", "X.yaml", "é.yaml", "x.yaml.yaml", "-rf.yaml",
    "x" * 240 + "-.yaml", "*.yaml", "\u2028.yaml", "CON_.yaml", "x\u200b.yaml", "{found}.yaml",
    "[bold].yaml",
)  # fmt: skip


@posix_only
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_an_odd_file_name_is_one_problem_told_on_a_plain_line(
    data: Path, name: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "policies" / name).write_text("title: x\nevidence: []\n", encoding="utf-8")

    validation = find_problems(working_tree(data), DAY)
    text = tell_validation(validation, working_tree(data), problem_words(language), str)

    [problem] = validation.problems
    assert problem.code in ("FILE005", "FILE006")
    assert not CONTROL_CHARACTERS.search(text)
    assert run(["list", "--data", str(data)]) == 0
    assert run(["validate", "--data", str(data), "--json"]) == 1
    assert not CONTROL_CHARACTERS.search(capsys.readouterr().out)


@posix_only
def test_names_that_differ_in_case_only_are_told(data: Path) -> None:
    text = "name: x\ntype: bond\nevidence: []\n"
    (data / "organisations").mkdir()
    listed = "labels: {nl: Soorten, en: Types}\nconcepts: [{code: bond, labels: {nl: bond, en: bond}}]\n"
    (data / "vocabulary").mkdir(exist_ok=True)
    (data / "vocabulary" / "organisation-types.yaml").write_text(listed, encoding="utf-8")
    for name in ("a.yaml", "A.yaml", "a.YAML"):
        (data / "organisations" / name).write_text(text, encoding="utf-8")

    assert told(data) == [("FILE005", "organisations/A.yaml"), ("FILE006", "organisations/a.YAML")]


def test_a_file_that_is_gone_when_it_is_read_is_told(data: Path) -> None:
    from amk.storage.data_folder import Unreadable, _read

    found = _read(str(data / "policies" / "gone.yaml"), data)

    assert isinstance(found, Unreadable)
    assert found.code == "FILE001"


@posix_only
def test_a_file_that_changes_into_something_else_meanwhile_is_never_followed(data: Path) -> None:
    """Somebody swaps a file for a pipe, a link to a secret and nothing, as fast as they can."""
    target, spare = data / "policies" / "x.yaml", data / "spare"
    stop = threading.Event()

    def swap() -> None:
        while not stop.is_set():
            for make in (a_pipe, a_link_outside, a_folder, Path.touch):
                if spare.is_dir() and not spare.is_symlink():
                    spare.rmdir()
                spare.unlink(missing_ok=True)
                try:
                    make(spare)
                    if target.is_dir() and not target.is_symlink():
                        target.rmdir()
                    spare.rename(target)
                except OSError:
                    continue

    swapping = threading.Thread(target=swap)
    swapping.start()
    try:
        for _ in range(300):
            tree = working_tree(data)
            assert SECRET not in tree.texts.values()
    finally:
        stop.set()
        swapping.join()


def test_a_hundred_thousand_characters_name_no_folder(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("x" * 100_000, "x/" * 50_000, "~" * 300, "\udcff"):
        assert run(["list", "--data", name]) == 2
        assert run(["validate", name]) in (0, 2)
        assert capsys.readouterr().err.startswith("amk: ")


@posix_only
def test_a_path_that_loops_names_nothing(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "loop").symlink_to("loop")

    assert run(["validate", "--data", str(data), str(data / "loop")]) == 2
    assert "loop" in capsys.readouterr().err


@posix_only
def test_an_answer_never_writes_through_a_link_somebody_laid_ready(data: Path) -> None:
    victim = data.parent / "victim"
    victim.write_text("mine", encoding="utf-8")
    (data.parent / f".out.md.{os.getpid()}").symlink_to(victim)

    assert run(["list", "--data", str(data), "-o", str(data.parent / "out.md")]) == 2
    assert victim.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("target", ["amk.yaml/out.md", "gone/out.md", "x" * 300 + ".md", "policies.md"])
def test_an_answer_that_cannot_be_written_is_told(
    data: Path, target: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "policies.md").mkdir()

    assert run(["list", "--data", str(data), "-o", str(data / target)]) == 2
    assert capsys.readouterr().err.startswith("amk: ")
    assert [path.name for path in data.glob(".*")] == []
