"""Completion, through the protocol by which shells ask for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amk.cli import COMMANDS, run

ROOT = Path(__file__).parents[2]

Tab = Callable[..., list[str]]
Ask = Callable[[str, dict[str, str]], tuple[str, str]]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ask:
    """What amk tells a shell that asks: stdout and stderr."""
    monkeypatch.chdir(ROOT)

    def answered(shell: str, question: dict[str, str]) -> tuple[str, str]:
        with monkeypatch.context() as patch:
            for name, value in {"_AMK_COMPLETE": f"complete_{shell}", **question}.items():
                patch.setenv(name, value)
            assert run([]) == 0
        out, err = capsys.readouterr()
        return out, err

    return answered


@pytest.fixture
def tab(ask: Ask) -> Tab:
    """What bash is offered for the last of these words, as its completion script asks."""

    def offered(*words: str) -> list[str]:
        line = ["amk", *words]
        out, err = ask("bash", {"COMP_WORDS": "\n".join(line), "COMP_CWORD": str(len(words))})
        assert err == ""
        return [offer for offer in out.split("\n") if offer]

    return offered


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["sh"], "show"),
        (["show", "gou"], "gouda"),
        (["show", "Gou"], "Gouda"),
        (["show", "gouda", "den-h"], "den-haag"),
        (["show", "region/midden"], "region/midden-holland"),
        (["list", "--region", "haag"], "haaglanden"),
        (["list", "--region", "=", "haag"], "haaglanden"),
        (["report", "--region", "Haag"], "Haaglanden"),
        (["list", "--municipality", "zuidp"], "zuidplas"),
        (["list", "--status", "in-"], "in-force"),
        (["list", "--form", "official"], "official-working-group"),
        (["list", "--purpose", "prevent"], "prevent-waterbed"),
        (["list", "pol"], "policies"),
        (["list", "policies", "col"], "collaborations"),
        (["list", "-f", "jsonl"], "jsonl"),
        (["show", "--lang", "e"], "en"),
        (["list", "--sort", "cod"], "code"),
        (["list", "--columns", "name,off"], "name,official_name"),
        (["list", "--where", "participants_c"], "participants_complete"),
        (["report", "br"], "briefing"),
        (["gaps", "--condition", "max-per-d"], "max-per-dwelling"),
        (["log", "gou"], "gouda"),
        (["log", "gouda", "neighbours_"], "neighbours_outside"),
        (["validate", "--explain", "BORD001"], "BORD001"),
        (["list", "--munic"], "--municipality"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_what_was_begun_is_completed(tab: Tab, words: list[str], offered: str) -> None:
    assert tab(*words) == [offered]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ('"Capelle a', "Capelle aan den IJssel"),
        ("Capelle\\ a", "Capelle\\ aan\\ den\\ IJssel"),
        ("capelle\\ a", "capelle\\ aan\\ den\\ IJssel"),
        ("Katw", "Katwijk"),
    ],
)
def test_a_name_of_several_words_is_completed_as_it_was_begun(tab: Tab, typed: str, offered: str) -> None:
    assert tab("show", typed) == [offered]


def test_a_name_that_a_shell_would_misread_is_not_offered(tab: Tab) -> None:
    assert tab("list", "--municipality", "\"'s-Grav") == []


def test_all_commands_are_offered_without_importing_any(tab: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("amk.cli.") and name.endswith("_command")]:
        monkeypatch.delitem(sys.modules, name)

    assert tab("") == list(COMMANDS)
    assert [name for name in sys.modules if name.endswith("_command") and name.startswith("amk.cli.")] == []


def test_every_id_is_offered_where_any_record_fits(tab: Tab) -> None:
    offered = tab("show", "")

    ids = {path.stem for path in (ROOT / "data").glob("*/*.yaml")}
    assert set(offered) == ids


def test_only_formats_that_the_command_knows_are_offered(tab: Tab) -> None:
    assert "json" in tab("list", "-f", "")
    assert tab("validate", "-f", "") == ["table", "json", "github", "gitlab", "sarif", "junit"]
    assert "json" not in tab("report", "-f", "")


def test_every_offer_for_formats_is_one_that_the_command_takes(
    tab: Tab, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("list", "report", "validate"):
        for format in tab(command, "-f", ""):
            assert run([command, "-f", format, "-o", str(tmp_path / f"{command}-{format}.txt")]) == 0
        capsys.readouterr()


def test_values_come_from_the_knowledge_base_that_is_named(tab: Tab, tmp_path: Path) -> None:
    (tmp_path / "regions").mkdir()
    (tmp_path / "amk.yaml").write_text("title: T\nsubject: s\n", encoding="utf-8")
    (tmp_path / "regions" / "twente.yaml").write_text(
        "name: Twente\ntype: area\nevidence:\n  - source: s\n", encoding="utf-8"
    )

    assert tab("list", "--data", str(tmp_path), "--region", "") == ["twente"]


@pytest.mark.parametrize(
    "words",
    [
        ["lst", ""],
        ["list", "--data", "/nergens", "--region", "h"],
        ["list", "--no-such", "--region", "x"],
        ["list", "--lang", "de", "--status", ""],
    ],
    ids=" ".join,
)
def test_what_is_wrong_on_the_line_gives_no_offer_and_no_error(tab: Tab, words: list[str]) -> None:
    assert tab(*words) == []


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)))
def test_no_line_gives_an_error(tab: Tab, words: list[str]) -> None:
    tab("list", "--region", *words)


@pytest.mark.parametrize(
    ("shell", "question", "answer"),
    [
        ("zsh", {"_TYPER_COMPLETE_ARGS": "amk show gou"}, """_arguments '*: :(("gouda":"Gouda"))'"""),
        (
            "zsh",
            {"_TYPER_COMPLETE_ARGS": 'amk show "Capelle a'},
            """_arguments '*: :(("Capelle aan den IJssel":"Capelle aan den IJssel"))'""",
        ),
        ("zsh", {"_TYPER_COMPLETE_ARGS": "amk lst "}, ""),
        (
            "fish",
            {"_TYPER_COMPLETE_ARGS": "amk list --region haag", "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
            "haaglanden\tHaaglanden",
        ),
        (
            "powershell",
            {"_TYPER_COMPLETE_ARGS": "amk list --region haag", "_TYPER_COMPLETE_WORD_TO_COMPLETE": "haag"},
            "haaglanden:::Haaglanden",
        ),
    ],
    ids=["zsh", "zsh quoted", "zsh wrong", "fish", "powershell"],
)
def test_each_shell_is_answered_in_its_own_way(
    ask: Ask, shell: str, question: dict[str, str], answer: str
) -> None:
    assert ask(shell, question) == (f"{answer}\n" if answer else "", "")


def test_no_shell_waits_for_rich_pydantic_or_yaml() -> None:
    asking = {"_AMK_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "amk "}
    program = (
        "import sys, atexit, amk.cli\n"
        "heavy = {'rich', 'pydantic', 'yaml', 'typer.rich_utils', 'amk.model.records'}\n"
        "atexit.register(lambda: print(heavy & set(sys.modules), file=sys.stderr))\n"
        "amk.cli.main([])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **asking},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stderr.strip() == "set()"
    assert '"list"' in done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_each_shell_can_be_given_its_script(shell: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "amk"],
        env={**os.environ, "_AMK_COMPLETE": f"source_{shell}"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert f"complete_{shell}" in done.stdout


@pytest.mark.skipif(sys.platform == "win32" or not shutil.which("bash"), reason="bash is asked itself")
def test_bash_itself_completes_a_region(tmp_path: Path) -> None:
    amk = tmp_path / "amk"
    amk.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m amk "$@"\n', encoding="utf-8")
    amk.chmod(0o755)
    script = f"""
        eval "$(_AMK_COMPLETE=source_bash '{amk}')"
        COMP_WORDS=(amk list --region haag) COMP_CWORD=3
        _amk_completion '{amk}'
        printf '%s' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)

    assert (done.stdout, done.stderr) == ("haaglanden", "")
