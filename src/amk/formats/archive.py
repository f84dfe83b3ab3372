"""The archive that a docx or an odt is: its parts, and back without a clock in it."""

from __future__ import annotations

import io
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo


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
