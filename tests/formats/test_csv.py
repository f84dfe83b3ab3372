"""CSV of every command: the head stands there, whether anything was found or not."""

from __future__ import annotations

import csv
import io
from importlib import import_module
from inspect import signature
from pathlib import Path

import pytest

from amk.cli import COMMANDS, MODULES, run
from amk.cli.completion.values import formats_of

EXAMPLE = Path(__file__).parents[2] / "docs" / "example" / "data"

SOME = {
    "list": ["list", "policies"],
    "show": ["show", "oostbeek"],
    "search": ["search", "oostbeek"],
    "compare": ["compare", "oostbeek", "westbeek"],
    "gaps": ["gaps"],
    "coverage": ["coverage"],
    "stale": ["stale", "--older-than", "1m"],
    "map": ["map"],
    "timeline": ["timeline"],
    "query": ["query", "select ref, status from records"],
    "export": ["export", "policies"],
}
"""A question to each command that writes CSV, which has an answer in the example."""

NONE = {
    "list": ["list", "policies", "--where", "title=er-is-er-geen"],
    "show": ["show", "oostbeek"],
    "search": ["search", "erisergeen"],
    "compare": ["compare", "noordbeek", "oostbeek"],
    "gaps": ["gaps", "--municipality", "noordbeek"],
    "coverage": ["coverage", "--municipality", "noordbeek"],
    "stale": ["stale", "--older-than", "90y", "--municipality", "noordbeek"],
    "map": ["map", "--as-of", "1200-01-01"],
    "timeline": ["timeline", "--until", "1200"],
    "query": ["query", "select ref, status from records where 0"],
    "export": ["export", "policies", "--municipality", "noordbeek"],
}
"""The same, without an answer."""

FULL = ("show", "compare", "coverage", "map")
"""Commands that have an answer whatever is asked: they refuse what is not there."""


def rows(question: list[str], capsys: pytest.CaptureFixture[str], output: tuple[str, ...]) -> list[list[str]]:
    assert run([*question, "-f", "csv", "--data", str(EXAMPLE), "--today", "2021-12-31", *output]) == 0
    return list(csv.reader(io.StringIO(capsys.readouterr().out)))


def test_each_command_that_writes_csv_is_asked_here() -> None:
    telling = (
        c
        for c in COMMANDS
        if "format" in signature(import_module(f"amk.cli.commands.{MODULES.get(c, c)}").run).parameters
    )

    assert {command for command in telling if "csv" in formats_of(command)} == SOME.keys() == NONE.keys()


@pytest.mark.parametrize("command", SOME)
def test_an_answer_without_rows_has_the_head_of_one_with_rows(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    output = ("-o", "-") if command == "export" else ()
    head, *found = rows(SOME[command], capsys, output)
    bare, *nothing = rows(NONE[command], capsys, output)

    assert found
    assert bare == head
    assert command in FULL or not nothing


def test_the_columns_asked_for_are_the_head(capsys: pytest.CaptureFixture[str]) -> None:
    question = ["list", "policies", "--where", "title=er-is-er-geen", "--columns", "title,milestones.status"]

    assert rows(question, capsys, ()) == [["ref", "title", "milestones.status"]]


def test_what_several_kinds_say_is_told_in_the_same_columns(capsys: pytest.CaptureFixture[str]) -> None:
    head, *all_of_them = rows(["list", "municipalities", "policies"], capsys, ())
    same, *some = rows(["list", "municipalities", "policies", "--status", "unknown"], capsys, ())

    assert same == head
    assert 0 < len(some) < len(all_of_them)
