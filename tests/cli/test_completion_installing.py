"""Putting completion in place: in the right shell, and in one sentence where that cannot be done."""

from __future__ import annotations

from pathlib import Path

import pytest

from amk.cli import run


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SHELL", "/bin/bash")
    monkeypatch.setenv("AMK_LANG", "nl")
    return tmp_path


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_that_is_named_gets_its_completion(
    home: Path, shell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--install-completion", shell]) == 0
    assert f"voor {shell}" in capsys.readouterr().out
    assert [path for path in home.rglob("*amk*") if path.is_file()]


@pytest.mark.parametrize(("shell", "place"), [("bash", ".bashrc"), ("zsh", ".zshrc"), ("fish", ".config")])
def test_what_cannot_be_written_is_one_sentence(
    home: Path, shell: str, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    # A folder in the place of a file, and the other way round: as good as read-only, for root too.
    (home / place).write_text("") if shell == "fish" else (home / place).mkdir()

    assert run(["--install-completion", shell]) == 2
    told = capsys.readouterr().err
    assert "kan niet worden geschreven" in told
    assert f"--show-completion {shell}" in told
    assert told.count("\n") == 1


def test_a_bashrc_that_is_no_utf_8_is_one_sentence(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / ".bashrc").write_bytes(b"# caf\xe9\n")

    assert run(["--install-completion", "bash"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert (home / ".bashrc").read_bytes() == b"# caf\xe9\n"


@pytest.mark.parametrize("shell", ["nu", "elvish", "xonsh", "tcsh"])
@pytest.mark.parametrize("option", ["--install-completion", "--show-completion"])
def test_a_shell_that_amk_does_not_know_is_one_sentence_and_nothing_is_written(
    home: Path, shell: str, option: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SHELL", f"/usr/bin/{shell}")

    for words in ([option], [option, shell]):
        assert run(words) == 2
        told = capsys.readouterr()
        assert f"de shell “{shell}” vult amk niet aan" in told.err
        assert told.err.count("\n") == 1
        assert told.out == ""
    assert list(home.iterdir()) == []


@pytest.mark.parametrize(
    ("shell", "word"),
    [("bash", "complete "), ("zsh", "#compdef amk"), ("fish", "complete --command amk")],
)
def test_what_is_shown_is_of_the_shell_that_was_named(
    home: Path, shell: str, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--show-completion", shell]) == 0
    assert word in capsys.readouterr().out
    assert list(home.iterdir()) == []
