"""The documents that are made from the program: `python .ci/generate.py` writes them.

With `--check` it fails where one in the repository differs. The reference of commands has a maker
of its own, `reference.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from amk.authoring.schema.field_guide import guide
from amk.checks.rulebook import rulebook
from amk.language import table_meanings_in
from amk.questions.sql.tables import TABLES

DOCS = Path(__file__).parents[1] / "docs"


OPENING: Mapping[str, tuple[str, ...]] = {
    "en": (
        "# Tables for SQL",
        "`amk query` asks these tables, and `amk export -o x.sqlite`, `x.duckdb`, `x.parquet` and "
        "`--to postgresql://…` write them. How to use them is in [sql.md](sql.md). SQLite has `search` "
        "besides: `texts` as a full text index. The same page in Dutch: [tabellen](nl/tabellen.md).",
    ),
    "nl": (
        "# Tabellen voor SQL",
        "`amk vraag` bevraagt deze tabellen, en `amk exporteer -o x.sqlite`, `x.duckdb`, `x.parquet` en "
        "`--to postgresql://…` schrijven ze. Hoe u ze gebruikt, staat in [SQL](sql.md). SQLite heeft "
        "daarnaast `search`: `texts` als index op elk woord. De namen van tabellen en kolommen zijn Engels.",
    ),
}
WORDS: Mapping[str, tuple[str, str]] = {
    "en": ("A row is {row}.", "| column | type | what it is |"),
    "nl": ("Een rij is {row}.", "| kolom | type | wat het is |"),
}


def tables(language: str) -> str:
    """The tables for SQL, each with its columns, in a language."""
    said, (row_is, head) = table_meanings_in(language), WORDS[language]
    told = [*OPENING[language]]
    for table in TABLES:
        rows = [f"| `{c.name}` | {c.type} | {said.get(c.meaning, c.meaning)} |" for c in table.columns]
        told += [f"## {table.name}", row_is.format(row=said.get(table.row, table.row))]
        told.append("\n".join((head, "|---|---|---|", *rows)))
    return "\n\n".join(told) + "\n"


PAGES: Mapping[str, Callable[[], str]] = {
    "checks.md": rulebook,
    "tables.md": lambda: tables("en"),
    "nl/tabellen.md": lambda: tables("nl"),
    "data-guide.md": lambda: guide("en"),
    "gegevensgids.md": lambda: guide("nl"),
}


def main() -> None:
    """Write the pages, or tell which differ from what would be written."""
    differing = [name for name, made in PAGES.items() if _text(name) != made()]
    if "--check" not in sys.argv:
        for name in differing:
            (DOCS / name).write_text(PAGES[name](), encoding="utf-8", newline="\n")
    elif differing:
        sys.exit(f"out of date: {', '.join(differing)}; run python .ci/generate.py")
    print(f"{len(PAGES)} pages are as the program tells them")


def _text(name: str) -> str:
    page = DOCS / name
    return page.read_text(encoding="utf-8") if page.exists() else ""


main()
