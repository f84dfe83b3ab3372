"""YAML text to plain data with positions.

Anchors, aliases, tags and endless nesting are refused, so that a file says what it shows. The parser
is imported where a text needs it: nearly all are written so plainly that they do not.
"""

from __future__ import annotations

import re
from functools import lru_cache

from amk.storage.yaml.fast_parser import read_plainly
from amk.values.control_characters import CONTROL_CHARACTERS
from amk.values.parsed import Fault, FieldPath, Parsed, Plain, Position

MAX_TAGS = 20
"""How often `%TAG` may occur: libyaml compares each with all before it."""

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@lru_cache(maxsize=2)
def parse_yaml(text: str) -> Parsed:
    """Read one YAML document. A text that is changed was just read as a record: it is not parsed again."""
    refused = _refused(text)
    if refused:
        return Parsed(None, (refused,))
    plain = _read_at_once(text)
    if plain is not None:
        return Parsed(plain, ())
    from amk.storage.yaml.careful_parser import read_with_care

    return read_with_care(text)


def find_positions(text: str) -> dict[FieldPath, Position]:
    """Where each key and each value of a YAML text stands; as far as the text can be read."""
    if _refused(text):
        return {}
    from amk.storage.yaml.careful_parser import positions_in

    return positions_in(text)


def _read_at_once(text: str) -> dict[str, Plain] | None:
    """The plain data of a mapping in which nothing is out of the ordinary; None to look with care."""
    with_feeds = text.replace("\r\n", "\n")
    if CONTROL_CHARACTERS.search(with_feeds):
        return None
    plain = read_plainly(with_feeds)
    if plain is not None:
        return plain
    from amk.storage.yaml.events import read_at_once

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
