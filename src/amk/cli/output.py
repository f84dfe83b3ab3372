"""Showing an answer: on the terminal or in a file, in the format asked for."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from amk.cli.messages import talk
from amk.cli.progress import at_work
from amk.document.blocks import Document
from amk.language import phrases_in
from amk.storage.data_folder import MANIFEST, is_record_name
from amk.storage.made_files import may_be_replaced, remember
from amk.values.errors import UserError
from amk.values.lookalikes import code_of
from amk.values.suggestions import nearest

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
    usual: str = "table",
) -> str:
    """The format asked for: by name, by `--json`, or by the suffix of the file; else the usual one.

    `style` is a document whose look only a docx or an odt takes over.
    Raises UserError for a format that there is not, and for a style that it takes no look from.
    """
    wish = wished or ("json" if json else "") or _by_suffix(output, known) or usual
    wish = {"text": "table", "terminal": "table", "markdown": "md"}.get(wish, wish)
    if wish not in known:
        raise _no_format(wish, known)
    if style and wish not in ("docx", "odt"):
        raise UserError("stop.style-format", found=wish)
    return wish


def for_excel(format: str, wished: str | None, output: str | None, known: Sequence[str]) -> str:
    """The format of a csv for people, where no other was asked for. Raises UserError where one was."""
    chosen = wished or output not in (None, "-")
    if "csv" not in known or (chosen and format != "csv"):
        raise UserError("stop.for-excel")
    return "csv"


def written(document: Document, format: str, output: str | None, style: Path | None = None) -> str | bytes:
    """A document in a format; on a terminal, as wide as it is and in colour if that is welcome.

    `style` is a document whose look a docx or an odt takes over.
    """
    with at_work("work.writing"):
        return _made(document, format, output, style)


def _made(document: Document, format: str, output: str | None, style: Path | None) -> str | bytes:
    match format:
        case "pdf":
            from amk.formats.print.pdf import write as write_pdf

            return write_pdf(document, lambda letters: _tell_lacking(document, letters))
        case "docx" | "odt":
            from amk.formats.print.office import write as write_office

            return write_office(document, format, style)
        case "csv":
            from amk.formats.spreadsheet import write as write_spreadsheet

            return write_spreadsheet(document)
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

    printed = output in (None, "-")
    screen = printed and sys.stdout.isatty()
    return write_text(document, _width(screen), printed and _colour_is_welcome(screen))


def _tell_lacking(document: Document, letters: Sequence[str]) -> None:
    """Tell which letters of a document no font of amk has."""
    named = [f"{letter} ({code_of(letter)})" for letter in letters[:20]]
    told = ", ".join([*named, "…"] if len(letters) > 20 else named)
    talk(phrases_in(document.language).fill("talk.no-glyph", {"found": told}))


def written_data(
    rows: Any,
    format: str,
    keys: Sequence[str],
    columns: Sequence[str] = (),
    unread: Sequence[Mapping[str, Any]] = (),
) -> str:
    """Rows of facts in a data format, or the one object that an answer is.

    `keys` are those that rows of this sort have: the head of a CSV, also when it is empty.
    `unread` are rows for what could not be read.
    """
    from amk.formats import data

    if isinstance(rows, Mapping):
        return data.write_object(rows)
    if columns and format != "ids":
        keys = ("ref", *columns)
        rows = [{key: row.get(key) for key in keys} for row in rows]
    rows = [dict(row) for row in (*rows, *(unread if format != "ids" else ()))]
    match format:
        case "json":
            return data.write_json(rows)
        case "jsonl":
            return data.write_jsonl(rows)
        case "csv":
            return data.write_csv(rows, keys)
    return data.write_ids(rows)


def put(answer: str | bytes, output: str | None, force: bool = False) -> None:
    """Print an answer, or write it to a file, whole or not at all.

    Raises UserError where the file cannot be written, or holds what somebody else made and `force` does not
    say to write over that, and for bytes on a terminal.
    """
    if output in (None, "-"):
        _print(answer)
        return
    try:
        _write(answer, Path(str(output)), force)
    except BrokenPipeError:
        return
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError("stop.no-output", found=str(output), reason=reason) from error


def _print(answer: str | bytes) -> None:
    if isinstance(answer, str):
        sys.stdout.write(answer)
        return
    if sys.stdout.isatty():
        raise UserError("stop.bytes-on-screen")
    sys.stdout.flush()
    sys.stdout.buffer.write(answer)


def _write(answer: str | bytes, target: Path, force: bool) -> None:
    told = answer.encode() if isinstance(answer, str) else answer
    if _is_of_a_base(target):
        raise UserError("stop.own-file", found=str(target))
    if target.exists() and not target.is_file():
        # A device or a pipe is written to: put in its place would be the end of it.
        with target.open("wb") as file:
            file.write(told)
        return
    # Who made a link wants its aim written to.
    force = force or target.is_symlink()
    target = target.resolve() if target.is_symlink() else target
    if not force and not may_be_replaced(target):
        raise UserError("stop.not-made", found=str(target))
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
    remember(target, told)


def _is_of_a_base(target: Path) -> bool:
    """Whether a file is a record or the manifest of a knowledge base."""
    place = target.resolve()
    if not is_record_name(place.name):
        return False
    return any((folder / MANIFEST).is_file() for folder in (place.parent, place.parent.parent))


def _no_format(found: str, known: Sequence[str]) -> UserError:
    """Why there is no such format; where a workbook was meant, who makes one."""
    told = ", ".join(known)
    if found.lstrip(".").lower() in WORKBOOKS:
        return UserError("stop.no-format-sheet", found=found, known=told)
    return UserError("stop.no-format", found=found, nearest=nearest(found, known), known=told)


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


def _colour_is_welcome(screen: bool) -> bool:
    """Whether what is printed has colour: never against NO_COLOR, into a pipe only by FORCE_COLOR."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (screen and os.environ.get("TERM") != "dumb")
