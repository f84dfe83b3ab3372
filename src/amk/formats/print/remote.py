"""What a house style would bring from elsewhere, taken out: a document that is sent on fetches nothing.

An address that a reader may click stays. A style by which a document is opened from a share or a site
(an attached template, a linked picture, a field that includes a file) would call there at each reader's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

NOWHERE = b"about:blank"

_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_TARGET = re.compile(rb'(\bTarget=)("[^"]*"|\'[^\']*\')')
_ATTACHED = re.compile(rb"<w:attachedTemplate\b[^>]*?/>")
_FETCHING = re.compile(
    rb"\b(?:INCLUDEPICTURE|INCLUDETEXT|DDEAUTO|DDE|LINK|IMPORT|DATABASE|RD)\b", re.IGNORECASE
)
_FIELD = re.compile(rb"<w:instrText\b[^>]*>[^<]*</w:instrText>|\bw:instr=(?:\"[^\"]*\"|'[^']*')")

_ELEMENT = re.compile(rb"<(?!text:a\b)[a-z]+:[\w-]+\b[^>]*>")
_HREF = re.compile(rb"(\bxlink:href=)([\"'])(?!#|\.?/?(?:Pictures|Object|media)[^\"':]*\2)[^\"']*\2")
_RUNNING = re.compile(
    rb"<office:(scripts|event-listeners)\b[^>]*?(?:/>|>.*?</office:\1>)|<meta:(?:template|auto-reload)\b[^>]*?/>",
    re.DOTALL,
)
_LISTED = re.compile(rb"<manifest:file-entry\b[^>]*manifest:full-path=\"(?:Basic|Scripts)/[^>]*>")


def without_remote(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of a docx or odt, without what would be fetched or run when it is opened."""
    kept = {name: part for name, part in parts.items() if not name.startswith(("Basic/", "Scripts/"))}
    return {
        name: _near(name, part) if name.endswith((".xml", ".rels")) else part for name, part in kept.items()
    }


def _near(name: str, part: bytes) -> bytes:
    if name.endswith(".rels"):
        return _RELATION.sub(lambda found: _related(found.group()), part)
    if name.startswith("word/"):
        part = _ATTACHED.sub(b"", part)
        return _FIELD.sub(lambda found: _FETCHING.sub(b"QUOTE", found.group()), part)
    part = _LISTED.sub(b"", _RUNNING.sub(b"", part))
    return _ELEMENT.sub(lambda found: _HREF.sub(rb"\1\2" + NOWHERE + rb"\2", found.group()), part)


def _related(relation: bytes) -> bytes:
    """A relation to something elsewhere leads nowhere, or is gone; one that a reader may click stays."""
    if b"External" not in relation or b"/hyperlink" in relation:
        return relation
    if b"/attachedTemplate" in relation:
        return b""
    return _TARGET.sub(rb'\1"' + NOWHERE + b'"', relation)
