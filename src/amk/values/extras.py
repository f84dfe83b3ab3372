"""What each extra of amk brings, and the command that installs it as amk itself was installed."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

EXTRAS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "documents": ("pdf, docx, odt", {"typst": "typst", "pypandoc": "pypandoc_binary"}),
    "sheets": ("xlsx", {"openpyxl": "openpyxl"}),
    "duckdb": ("duckdb, parquet", {"duckdb": "duckdb"}),
    "postgresql": ("postgresql", {"psycopg": "psycopg[binary]"}),
    "network": ("graphml, dot, --statistics", {"networkx": "networkx"}),
    "ics": ("ics", {"icalendar": "icalendar"}),
}
"""What each extra brings, and by which module it is known which package has to be installed."""


def installing_extra(extra: str) -> str:
    """The command that installs an extra."""
    return installing(EXTRAS[extra][1].values())


def installing(packages: Iterable[str]) -> str:
    """The command that installs packages beside amk, as amk itself was installed: uv, pipx or pip.

    It names the packages and not amk: under that name an index may have nothing, or something else.
    """
    # Windows knows no single quotes.
    quote = '"' if sys.platform == "win32" else "'"
    named = " ".join(f"{quote}{package}{quote}" if "[" in package else package for package in packages)
    if "pipx" in Path(sys.prefix).parts:
        return f"pipx inject amk {named}"
    program = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    if _is_made_by_uv(Path(sys.prefix)):
        return f"uv pip install --python {program} {named}"
    return f"{program} -m pip install {named}"


def _is_made_by_uv(environment: Path) -> bool:
    try:
        lines = (environment / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return False
    return any(line.startswith("uv =") for line in lines)
