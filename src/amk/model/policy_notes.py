"""Notes that speak of policy, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from amk.language import LANGUAGES, phrases_of
from amk.model.records import AnyRecord, Note

_SENTENCE = re.compile(r"(?<=[.;!?])\s+")


def speaks_of_policy(record: AnyRecord) -> bool:
    """Whether a note of a record speaks of policy."""
    return any(True for note in record.notes for _ in sentences_on_policy(note))


def sentences_on_policy(note: Note) -> Iterator[str]:
    """The sentences of a note that speak of policy, in each of its languages."""
    texts = (note.text.plain, *(text for _, text in note.text.by_language))
    for text in texts:
        if text and _policy().search(text):
            yield from filter(_policy().search, _SENTENCE.split(text))


@cache
def _policy() -> re.Pattern[str]:
    """The word for policy in each language, and longer ones that begin with it: beleid, beleidskader."""
    words = {phrases_of("", language)["kind.policy"] for language in LANGUAGES}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words)))})", re.IGNORECASE)
