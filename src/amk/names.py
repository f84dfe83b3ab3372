"""What records are called, and how names are matched and put in order."""

from __future__ import annotations

import re
from functools import lru_cache

from amk.records import AnyRecord, Municipality, Vocabulary

_SHORT_ARTICLE = re.compile(r"^['’‘`][st][ -]", re.IGNORECASE)
_NO_WORD = re.compile(r"[\W_]+")


def names_of(record: AnyRecord) -> tuple[str, ...]:
    """Everything a record goes by."""
    official = (record.official_name,) if isinstance(record, Municipality) else ()
    aliases = () if isinstance(record, Vocabulary) else getattr(record, "aliases", ())
    return tuple(name for name in (record.id, record.name, *official, *aliases) if name)


@lru_cache(maxsize=4_096)
def folded(text: str) -> str:
    """A text without case, accents, apostrophes and hyphens: how names are matched."""
    from unicodedata import combining, normalize

    bare = text.casefold()
    if not bare.isascii():
        bare = "".join(c for c in normalize("NFKD", bare) if not combining(c))
    return " ".join(_NO_WORD.sub(" ", bare.replace("'", "")).split())


def sorting_name(name: str) -> str:
    """A name as a Dutch list sorts it: without accents, and `'s-Gravenhage` under the G."""
    return folded(_SHORT_ARTICLE.sub("", name))
