"""What the number, the address or the file of a publication says of it as a source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

from amk.checks.content import is_publication_id
from amk.values.frozen import frozen

LONGEST = 5_000_000
"""How many bytes of a file are looked at."""

OFFICIAL = "official-publication"
_PLACE = "https://zoek.officielebekendmakingen.nl/{number}.html"
_CVDR = "https://lokaleregelgeving.overheid.nl/{number}"
_IN_ADDRESS = re.compile(r"\b((?:gmb|prb|stcrt|stb|wsb|bgr|kst)-[\w-]*\d|CVDR\d+)\b", re.IGNORECASE)
_YEAR = re.compile(r"[a-z]+-(\d{4})-\d+")

# Dublin Core as the site of official publications writes it in its pages.
_TITLE = ("dc.title", "dcterms.title", "og:title")
_DATE = ("dcterms.available", "dcterms.issued", "dcterms.modified")
_NUMBER = ("dc.identifier", "dcterms.identifier")
_MAKER = ("dc.creator", "dcterms.creator", "overheid.authority")


@frozen
class Citation:
    """A publication as far as it tells of itself; empty where it does not."""

    number: str = ""
    url: str = ""
    title: str = ""
    publisher: str = ""
    date: str = ""
    type: str = ""


def citation_of(text: str) -> Citation | None:
    """What a number, an address or the path of a page that was saved tells; None for anything else."""
    if is_publication_id(text):
        return _numbered(text)
    if text.startswith(("https://", "http://")):
        found = _IN_ADDRESS.search(text)
        known = _numbered(found[1]) if found and is_publication_id(found[1]) else Citation()
        return Citation(known.number, text, date=known.date, type=known.type)
    path = Path(text)
    return _page(path) if path.suffix.lower() in (".html", ".htm") and path.is_file() else None


def _numbered(number: str) -> Citation:
    year = _YEAR.fullmatch(number)
    place = _CVDR if number.startswith("CVDR") else _PLACE
    return Citation(number, place.format(number=number), date=year[1] if year else "", type=OFFICIAL)


def _page(path: Path) -> Citation:
    """What the head of a page that was saved says."""
    said = _Head()
    said.feed(path.read_bytes()[:LONGEST].decode("utf-8", errors="replace"))
    number = _first(said.said, _NUMBER)
    known = _numbered(number) if is_publication_id(number) else Citation()
    title = _first(said.said, _TITLE) or " ".join(said.title.split())
    date = _first(said.said, _DATE)[:10] or known.date
    return Citation(known.number, known.url, title, _first(said.said, _MAKER), date, known.type)


def _first(said: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((" ".join(said[name].split()) for name in names if said.get(name)), "")


class _Head(HTMLParser):
    """The title and the `meta` of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, str] = {}
        self.title = ""
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self.said.setdefault(
                (values.get("name") or values.get("property", "")).lower(), values.get("content", "")
            )
        self._in_title = tag == "title"

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
