"""The documents that are made from the program: `python .ci/generate.py` writes them.

With `--check` it fails where one in the repository differs. The reference of commands has a maker
of its own, `reference.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from amk.guide import guide
from amk.questions.rulebook import rulebook

DOCS = Path(__file__).parents[1] / "docs"

PAGES: Mapping[str, Callable[[], str]] = {
    "checks.md": rulebook,
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
