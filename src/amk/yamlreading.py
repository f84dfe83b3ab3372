"""YAML text to plain data with positions.

Anchors, aliases, tags and endless nesting are refused, so that a file says what it shows. The parser
is imported where a text needs it: nearly all are written so plainly that they do not.
"""

from __future__ import annotations

import re

from amk.steering import STEERING
from amk.yamlplain import read_plainly
from amk.yamltext import Fault, Parsed, Path, Plain, Position

MAX_TAGS = 20
"""How often `%TAG` may occur: libyaml compares each with all before it."""

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def parse_yaml(text: str) -> Parsed:
    """Read one YAML document."""
    refused = _refused(text)
    if refused:
        return Parsed(None, (refused,))
    plain = _read_at_once(text)
    if plain is not None:
        return Parsed(plain, ())
    from amk.yamlfaults import read_with_care

    return read_with_care(text)


def find_positions(text: str) -> dict[Path, Position]:
    """Where each key and each value of a YAML text stands; as far as the text can be read."""
    if _refused(text):
        return {}
    from amk.yamlfaults import positions_in

    return positions_in(text)


def _read_at_once(text: str) -> dict[str, Plain] | None:
    """The plain data of a mapping in which nothing is out of the ordinary; None to look with care."""
    with_feeds = text.replace("\r\n", "\n")
    if STEERING.search(with_feeds):
        return None
    plain = read_plainly(with_feeds)
    if plain is not None:
        return plain
    from amk.yamlevents import read_at_once

    return read_at_once(text)


def _refused(text: str) -> Fault | None:
    """What keeps a text from the parser altogether."""
    bad = _UNPRINTABLE.search(text)
    if bad:
        return Fault("YAML008", *_place(text, bad.start()), (), f"U+{ord(bad.group()):04X}")
    if text.count("%TAG") > MAX_TAGS:
        return Fault("YAML003", *_place(text, text.index("%TAG")), (), "%TAG")
    return None


def _place(text: str, index: int) -> tuple[int, int]:
    before = text[:index]
    return before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1
