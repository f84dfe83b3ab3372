"""What records are called, and how names are matched and put in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from amk.model.records import AnyRecord, Municipality, Vocabulary
from amk.values.suggestions import nearest

_SHORT_ARTICLE = re.compile(r"^['’‘`][st][ -]", re.IGNORECASE)
_NO_WORD = re.compile(r"[\W_]+")


def names_of(record: AnyRecord) -> tuple[str, ...]:
    """Everything a record goes by."""
    official = (record.official_name,) if isinstance(record, Municipality) else ()
    aliases = () if isinstance(record, Vocabulary) else getattr(record, "aliases", ())
    return tuple(name for name in (record.id, record.name, *official, *aliases) if name)


def known_as(record: AnyRecord) -> tuple[str, ...]:
    """Everything that leads to a record: what it goes by, and the ids that it had before."""
    before = (name for id in record.former_ids for name in (id, f"{record.kind}/{id}"))
    return (*names_of(record), *before)


@lru_cache(maxsize=4_096)
def folded(text: str) -> str:
    """A text without case, accents, apostrophes and hyphens: how names are matched."""
    from unicodedata import combining, normalize

    bare = text.casefold()
    if not bare.isascii():
        bare = "".join(c for c in normalize("NFKD", bare) if not combining(c))
    return " ".join(_NO_WORD.sub(" ", bare.replace("'", "")).split())


def code_named(text: str, codes: Mapping[str, Iterable[str]]) -> tuple[str, str]:
    """The code that goes by a word, itself or a label; else nothing, and the code of the nearest word."""
    by_word = {folded(word): code for code, labels in codes.items() for word in (code, *labels)}
    found = by_word.get(folded(text), "")
    return found, "" if found else by_word.get(nearest(folded(text), by_word), "")


def sorting_name(name: str) -> str:
    """A name as a Dutch list sorts it: without accents, and `'s-Gravenhage` under the G."""
    return folded(_SHORT_ARTICLE.sub("", name))
