"""A document as docx or odt, to be worked on in an office, in a style of the house if there is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from amk.document import Document
from amk.errors import no_library
from amk.formats import docx, odt
from amk.formats.archive import archive_of, parts_of
from amk.formats.pages import is_long
from amk.formats.pandoc import Target, tree_of


def write(document: Document, target: Target, style: Path | None = None) -> bytes:
    """The document as docx or odt; the same document and style give the same bytes.

    Raises Stop when pandoc is not installed, and for a style that is no document of that kind.
    """
    try:
        from pypandoc import convert_text

        tree = tree_of(document, target)
    except ImportError as error:
        raise no_library(target, "documents") from error
    with TemporaryDirectory() as folder:
        written = Path(folder) / f"document.{target}"
        options = list(_options(document, style))
        convert_text(tree, target, "json", options, outputfile=written, verify_format=False)
        parts = parts_of(written.read_bytes())
    mended = {"docx": docx.mended, "odt": odt.mended}[target]
    return archive_of(mended(parts, document, style is not None))


def _options(document: Document, style: Path | None) -> Iterator[str]:
    if style:
        yield f"--reference-doc={style}"
    if is_long(document):
        yield from ("--toc", "--toc-depth=2")
