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
from amk.questions.sql.tables import TABLES

DOCS = Path(__file__).parents[1] / "docs"


def tables() -> str:
    """The tables for SQL, each with its columns."""
    told = [
        "# Tables for SQL",
        "`amk query` asks these tables, and `amk export -o x.sqlite`, `x.duckdb`, `x.parquet` and "
        "`--to postgresql://…` write them. How to use them is in [sql.md](sql.md). SQLite has `search` "
        "besides: `texts` as a full text index.",
    ]
    for table in TABLES:
        rows = [f"| `{column.name}` | {column.type} | {column.meaning} |" for column in table.columns]
        told.append(f"## {table.name}")
        told.append(f"A row is {table.row}.")
        told.append("\n".join(("| column | type | what it is |", "|---|---|---|", *rows)))
    return "\n\n".join(told) + "\n"


PAGES: Mapping[str, Callable[[], str]] = {
    "checks.md": rulebook,
    "tables.md": tables,
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
