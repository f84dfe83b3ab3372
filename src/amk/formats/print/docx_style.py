"""A house style completed: the styles that a document uses and a house lacks, under the names of the house.

Word gives its own styles an id in the language it was installed in (`Kop1`) and a name that is the
same everywhere (`heading 1`); so styles are found by name.
"""

from __future__ import annotations

import re

_STYLE = re.compile(r'<w:style\b[^>]*w:styleId="([^"]+)".*?</w:style>', re.DOTALL)
_NAME = re.compile(r'<w:name w:val="([^"]+)"')
_LED = re.compile(r'<w:(basedOn|next|link) w:val="([^"]+)" ?/>')
_USED = re.compile(r'(<w:(?:pStyle|rStyle|tblStyle) w:val=")([^"]+)"')
_BARE = re.compile(
    r'<w:style\b[^>]*w:styleId="ImageCaption"(?:(?!<w:pPr>|<w:rPr>|</w:style>).)*</w:style>', re.DOTALL
)
"""What pandoc adds for a style of which it knows only the name."""


def completed(styles: str, own: str, used: str) -> tuple[str, dict[str, str]]:
    """The styles of a house with what is used and not there; and the id in the house for ids of amk's own."""
    styles = _BARE.sub("", styles)
    in_house = {_name(found.group()): found.group(1) for found in _STYLE.finditer(styles)}
    ours = {found.group(1): found.group() for found in _STYLE.finditer(own)}
    ids = {id: in_house[_name(style)] for id, style in ours.items() if _name(style) in in_house}
    ids["Normal"] = in_house.get("normal", "Normal")
    ids["TableNormal"] = in_house.get("normal table", "TableNormal")
    known = set(in_house.values())
    missing = [
        id for id in _needed(ours, {id for _, id in _USED.findall(used)}) if ids.get(id, id) not in known
    ]
    more = "".join(_led(ours[id], ids, known | set(missing)).replace(' w:default="1"', "") for id in missing)
    return styles.replace("</w:styles>", f"{more}</w:styles>"), ids


def renamed(story: str, ids: dict[str, str]) -> str:
    """A part of a document with the ids of the house."""
    return _USED.sub(lambda found: f'{found.group(1)}{ids.get(found.group(2), found.group(2))}"', story)


def _name(style: str) -> str:
    found = _NAME.search(style)
    return found.group(1).casefold() if found else ""


def _needed(ours: dict[str, str], used: set[str]) -> list[str]:
    """Those of amk's own styles that are used, and those they are based on."""
    based = {id: {led for _, led in _LED.findall(style)} for id, style in ours.items()}
    wanted = used & set(ours)
    while more := {led for id in wanted for led in based[id] if led in ours} - wanted:
        wanted |= more
    return [id for id in ours if id in wanted]


def _led(style: str, ids: dict[str, str], known: set[str]) -> str:
    """A style that leads to styles of the house; a lead to one that is not there is left out."""

    def lead(found: re.Match[str]) -> str:
        id = ids.get(found.group(2), found.group(2))
        return f'<w:{found.group(1)} w:val="{id}"/>' if id in known else ""

    return _LED.sub(lead, style)
