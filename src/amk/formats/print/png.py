"""A drawing as a picture of dots, for formats that take no other."""

from __future__ import annotations

from amk.document.drawing import Drawing
from amk.formats.svg import picture_of

_SHEET = """
#set page(width: auto, height: auto, margin: 0pt)
#set text(font: "Libertinus Serif")
#image(bytes(sys.inputs.svg), format: "svg", width: {width}pt)
"""
_DOTS = 110
"""Dots an inch, where a unit of the drawing is a point: about 200 an inch on paper."""


def png_of(drawing: Drawing, language: str) -> bytes:
    """The drawing as PNG; the same drawing gives the same bytes."""
    import typst

    written = typst.compile(
        _SHEET.format(width=drawing.width).encode(),
        format="png",
        ppi=_DOTS,
        sys_inputs={"svg": picture_of(drawing, language, "drawing")},
        ignore_system_fonts=True,
    )
    assert isinstance(written, bytes)
    return written
