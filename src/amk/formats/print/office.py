"""A document as docx or odt, to be worked on in an office, in a style of the house if there is one."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from amk.document.blocks import Document
from amk.formats.print import docx, odt
from amk.formats.print.layout import is_long
from amk.formats.print.pandoc import Target, tree_of
from amk.formats.print.remote import without_remote
from amk.values.errors import UserError, no_library


def parts_of(archive: bytes) -> dict[str, bytes]:
    """Each part by its name, in the order of the archive."""
    with ZipFile(io.BytesIO(archive)) as found:
        return {name: found.read(name) for name in found.namelist()}


def archive_of(parts: dict[str, bytes]) -> bytes:
    """The parts as an archive; the same parts give the same bytes."""
    written = io.BytesIO()
    with ZipFile(written, "w") as archive:
        for name, part in parts.items():
            entry = ZipInfo(name)
            entry.create_system = 3
            # An odt says what it is in its first bytes, so that part is never packed.
            entry.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            archive.writestr(entry, part)
    return written.getvalue()


_TEXT = tuple(f"application/vnd.oasis.opendocument.text{kind}".encode() for kind in ("", "-template"))


def write(document: Document, target: Target, style: Path | None = None) -> bytes:
    """The document as docx or odt; the same document and style give the same bytes.

    Raises UserError when pandoc is not installed, and for a style that is no document of that kind.
    """
    try:
        from pypandoc import convert_text
    except ImportError as error:
        raise no_library(target, "documents") from error
    if style and not _is_a(target, style):
        raise UserError("stop.no-style", found=str(style))
    with TemporaryDirectory() as folder:
        written = Path(folder) / f"document.{target}"
        options = [f"--resource-path={folder}", *_options(document, style)]
        tree = _drawn(document, target, Path(folder))
        try:
            convert_text(tree, target, "json", options, outputfile=written, verify_format=False)
        except OSError as error:
            raise no_library(target, "documents") from error
        except RuntimeError as error:
            raise UserError("stop.no-style", found=str(style)) if style else error from error
        parts = parts_of(written.read_bytes())
    mended = {"docx": docx.mended, "odt": odt.mended}[target]
    told = mended(parts, document, style is not None)
    return archive_of(without_remote(told) if style else told)


def _drawn(document: Document, target: Target, folder: Path) -> str:
    try:
        return tree_of(document, target, folder)
    except ImportError as error:
        raise no_library(target, "documents") from error


def _is_a(target: Target, style: Path) -> bool:
    """Whether a file is a document of this kind, to take the look of."""
    try:
        parts = parts_of(style.read_bytes())
    except (OSError, ValueError, BadZipFile, NotImplementedError, RuntimeError, zlib.error):
        return False
    kind = parts.get("mimetype", b"").strip()
    return "word/document.xml" in parts if target == "docx" else kind in _TEXT


def _options(document: Document, style: Path | None) -> Iterator[str]:
    if style:
        yield f"--reference-doc={style}"
    if is_long(document):
        yield from ("--toc", "--toc-depth=2")
