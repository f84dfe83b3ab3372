"""Showing an answer: on the terminal or in a file, in the format asked for."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from amk.cli.progress import at_work
from amk.document import Document
from amk.errors import Stop
from amk.nearest import nearest

PAPER = ("pdf", "docx", "odt")
"""Formats of documents that are handed over; they are bytes, and need the extra `documents`."""

DOCUMENTS = ("table", "md", "html", *PAPER)
DATA = ("json", "jsonl", "csv", "ids")
WORKBOOKS = ("xlsx", "xls", "xlsm", "ods", "excel")
"""What somebody asks for who wants a workbook."""

WIDEST = 1000
"""The widest a text is made, in columns, whatever COLUMNS says."""

SUFFIXES = {
    ".txt": "table", ".md": "md", ".html": "html", ".htm": "html",
    ".pdf": "pdf", ".docx": "docx", ".odt": "odt",
    ".json": "json", ".jsonl": "jsonl", ".csv": "csv", ".svg": "svg", ".ics": "ics",
    ".sarif": "sarif", ".xml": "junit", ".xlsx": "xlsx",
    ".sqlite": "sqlite", ".db": "sqlite", ".duckdb": "duckdb", ".parquet": "parquet",
    ".dot": "dot", ".gv": "dot", ".graphml": "graphml",
}  # fmt: skip


def chosen_format(
    wished: str | None,
    output: str | None,
    json: bool,
    known: Sequence[str] = (*DOCUMENTS, *DATA),
    style: Path | None = None,
) -> str:
    """The format asked for: by name, by `--json`, or by the suffix of the file.

    `style` is a document whose look only a docx or an odt takes over.
    Raises Stop for a format that there is not, and for a style that it takes no look from.
    """
    wish = wished or ("json" if json else "") or _by_suffix(output, known) or "table"
    wish = {"text": "table", "terminal": "table", "markdown": "md"}.get(wish, wish)
    if wish not in known:
        raise _no_format(wish, known)
    if style and wish not in ("docx", "odt"):
        raise Stop("stop.style-format", found=wish)
    return wish


def written(document: Document, format: str, output: str | None, style: Path | None = None) -> str | bytes:
    """A document in a format; on a terminal, as wide as it is and in colour if that is welcome.

    `style` is a document whose look a docx or an odt takes over.
    """
    with at_work("work.writing"):
        return _made(document, format, output, style)


def _made(document: Document, format: str, output: str | None, style: Path | None) -> str | bytes:
    match format:
        case "pdf":
            from amk.formats.pdf import write as write_pdf

            return write_pdf(document)
        case "docx" | "odt":
            from amk.formats.office import write as write_office

            return write_office(document, format, style)
        case "md":
            from amk.formats.markdown import write

            return write(document)
        case "html":
            from amk.formats.html import write as write_html

            return write_html(document)
        case "svg":
            from amk.formats.svg import write as write_svg

            return write_svg(document)
    from amk.formats.terminal import write as write_text

    screen = output in (None, "-") and sys.stdout.isatty()
    return write_text(document, _width(screen), screen and _colour_is_welcome())


def written_data(
    rows: Sequence[Mapping[str, Any]], format: str, keys: Sequence[str], columns: Sequence[str] = ()
) -> str:
    """Rows of facts in a data format.

    `keys` are those that rows of this sort have: the head of a CSV, also when it is empty.
    """
    from amk.formats import data

    if columns and format != "ids":
        keys = ("ref", *columns)
        rows = [{key: row.get(key) for key in keys} for row in rows]
    rows = [dict(row) for row in rows]
    match format:
        case "json":
            return data.write_json(rows)
        case "jsonl":
            return data.write_jsonl(rows)
        case "csv":
            return data.write_csv(rows, keys)
    return data.write_ids(rows)


def put(answer: str | bytes, output: str | None) -> None:
    """Print an answer, or write it to a file: whole or not at all.

    Raises Stop where the file cannot be written, and for bytes on a terminal.
    """
    if output in (None, "-"):
        _print(answer)
        return
    try:
        _write(answer, Path(str(output)))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Stop("stop.no-output", found=str(output), reason=reason) from error


def _print(answer: str | bytes) -> None:
    if isinstance(answer, str):
        sys.stdout.write(answer)
        return
    if sys.stdout.isatty():
        raise Stop("stop.bytes-on-screen")
    sys.stdout.flush()
    sys.stdout.buffer.write(answer)


def _write(answer: str | bytes, target: Path) -> None:
    told = answer.encode() if isinstance(answer, str) else answer
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    # Mode x: what somebody put there before, such as a link, is not followed and not removed.
    with beside.open("xb") as file:
        try:
            file.write(told)
            file.close()
            beside.replace(target)
        except BaseException:  # whatever stops it, Ctrl-C too, leaves nothing beside
            beside.unlink(missing_ok=True)
            raise


def _no_format(found: str, known: Sequence[str]) -> Stop:
    """Why there is no such format; where a workbook was meant, who makes one."""
    told = ", ".join(known)
    if found.lstrip(".").lower() in WORKBOOKS:
        return Stop("stop.no-format-sheet", found=found, known=told)
    return Stop("stop.no-format", found=found, nearest=nearest(found, known), known=told)


def _by_suffix(output: str | None, known: Sequence[str]) -> str:
    if output in (None, "-"):
        return ""
    suffix = Path(str(output)).suffix.lower()
    if SUFFIXES.get(suffix) not in known:
        raise _no_format(suffix or str(output), [s for s, format in SUFFIXES.items() if format in known])
    return SUFFIXES[suffix]


def _width(screen: bool) -> int:
    if not (screen or "COLUMNS" in os.environ):
        return 100
    return min(shutil.get_terminal_size((100, 24)).columns, WIDEST)


def _colour_is_welcome() -> bool:
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
