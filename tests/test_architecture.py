"""Arrows point one way, and the subject is data."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "amk"
MODULES = sorted(SOURCE.rglob("*.py"))

PACKAGES = ("values", "language", "document", "model", "storage", "checks", "search", "cache")
"""From the bottom up: each imports only from those before it, and from itself."""
ABOVE = ("questions", "formats", "authoring")
"""These lean on all of the packages, and never on each other."""
BESIDE = ("site",)
"""These lean on all of those, and never on the commands."""


def package_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def allowed(package: str) -> set[str]:
    """The packages that one may import from."""
    if package in PACKAGES:
        return {*PACKAGES[: PACKAGES.index(package) + 1]}
    if package in ABOVE:
        return {*PACKAGES, package}
    return {*PACKAGES, *ABOVE, package} if package in BESIDE else {*PACKAGES, *ABOVE, *BESIDE, "cli"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_package_imports_only_from_those_below_it(path: Path) -> None:
    below = {name.split(".")[1] for name in imports(path) if name.startswith("amk.")}

    assert below <= allowed(package_of(path)) or path.parent == SOURCE


def test_these_packages_are_all_there_is() -> None:
    there = {path.name for path in SOURCE.iterdir() if path.name not in ("__pycache__", "shipped")}

    assert there == {*PACKAGES, *ABOVE, *BESIDE, "cli", "__init__.py", "__main__.py"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_file_is_longer_than_can_be_read_at_once(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 350


@pytest.mark.parametrize(
    ("library", "places"),
    [
        ("yaml", r"storage/yaml/\w+\.py"),
        ("rich", r"formats/terminal_layout\.py"),
        ("subprocess", r"storage/git\.py|cli/commands/edit\.py|cli/completion/installing\.py"),
        ("typer", r"cli/[\w/]+\.py"),
        ("jinja2", r"document/template\w*\.py|formats/html\.py"),
        ("markdown_it", r"document/markdown\.py"),
    ],
)
def test_a_library_is_known_in_its_own_places_only(library: str, places: str) -> None:
    knowing = {
        path.relative_to(SOURCE).as_posix()
        for path in MODULES
        if any(name.split(".")[0] == library for name in imports(path))
    }

    assert knowing
    assert all(re.fullmatch(places, path) for path in knowing)


def test_only_the_commands_print_or_exit() -> None:
    for path in MODULES:
        if package_of(path) in ("cli", "__main__"):
            continue
        calls = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
        assert not any(isinstance(c.func, ast.Name) and c.func.id in ("print", "exit") for c in calls), path


@pytest.mark.parametrize(
    "word", ["arbeidsmigrant", "migrant worker", "zuid-holland", "leerkring", "platform31"]
)
def test_no_module_knows_the_subject(word: str) -> None:
    knowing = [path.name for path in MODULES if word in path.read_text(encoding="utf-8").lower()]

    assert knowing == []
