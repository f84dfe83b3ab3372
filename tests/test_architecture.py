"""Arrows point one way, and the subject is data."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "amk"
ROOMS = sorted(SOURCE.rglob("*.py"))

LAYERS = (
    ("values",),
    ("dates", "durations", "scalars", "lines", "words", "status", "errors", "git"),
    ("steering", "nearest", "analysis"),
    (
        "records",
        "yamlplain",
        "yamltext",
        "yamlevents",
        "yamlfaults",
        "yamlreading",
        "yamlpieces",
        "yamlcomments",
    ),
    ("names", "fields"),
    ("traits",),
    ("register",),
    ("knowledge", "shapes", "problems", "tree", "loaded", "revisions", "edits"),
    ("drawing", "events"),
    ("foreseen", "holding", "load", "query", "document", "owntext", "timechart", "timemarks"),
    (
        "standing",
        "canonical",
        "changing",
        "checks",
        "language",
        "waiving",
        "causing",
        "comparing",
        "renaming",
        "moving",
        "templates",
        "sandbox",
        "bordering",
        "proposing",
        "alike",
        "rules",
    ),
    ("meanings", "schema_values", "schema", "editors", "guide"),
    ("entering", "starting"),
    ("sheets", "said"),
    ("index", "indexing", "terms", "ranking"),
    ("tables",),
    ("databases", "selecting"),
    ("importing",),
    ("workbooks",),
    ("questions", "formats"),
    ("kept",),
    ("cli",),
)
"""Each layer may lean on the ones before it, and within itself."""


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def layer_of(room: str) -> int:
    return next(index for index, rooms in enumerate(LAYERS) if room in rooms)


@pytest.mark.parametrize("path", ROOMS, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_room_leans_only_on_what_lies_below_it(path: Path) -> None:
    if room_of(path) in ("__init__", "__main__"):
        return
    below = [name.split(".")[1] for name in imports(path) if name.startswith("amk.")]

    assert all(layer_of(room) <= layer_of(room_of(path)) for room in below)


def test_questions_and_formats_never_meet() -> None:
    for path in ROOMS:
        other = {"questions": "amk.formats", "formats": "amk.questions"}.get(room_of(path))
        assert not any(other and name.startswith(other) for name in imports(path)), path


@pytest.mark.parametrize(
    ("library", "rooms"),
    [
        ("yaml", r"yaml\w+\.py"),
        ("rich", r"formats/columns\.py"),
        ("subprocess", r"git\.py|cli/edit_command\.py"),
        ("typer", r"cli/\w+\.py"),
        ("jinja2", r"sandbox\.py|templates\.py"),
    ],
)
def test_a_library_is_known_in_its_own_rooms_only(library: str, rooms: str) -> None:
    knowing = {
        path.relative_to(SOURCE).as_posix()
        for path in ROOMS
        if any(name.split(".")[0] == library for name in imports(path))
    }

    assert knowing
    assert all(re.fullmatch(rooms, path) for path in knowing)


def test_only_the_commands_print_or_exit() -> None:
    for path in ROOMS:
        if room_of(path) in ("cli", "__main__"):
            continue
        calls = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
        assert not any(isinstance(c.func, ast.Name) and c.func.id in ("print", "exit") for c in calls), path


@pytest.mark.parametrize(
    "word", ["arbeidsmigrant", "migrant worker", "zuid-holland", "leerkring", "platform31"]
)
def test_no_room_knows_the_subject(word: str) -> None:
    knowing = [path.name for path in ROOMS if word in path.read_text(encoding="utf-8").lower()]

    assert knowing == []
