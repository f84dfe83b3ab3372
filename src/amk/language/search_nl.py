"""Phrases for searching, in Dutch."""

PHRASES: dict[str, str] = {
    "search.title": "Gezocht: {query}",
    "search.none": "Niets gevonden voor {query}.",
    "search.found.one": "1 record gevonden.",
    "search.found.many": "{count} records gevonden.",
    "search.guessed": "“{word}” komt niet voor; gezocht is naar {guesses}.",
    "search.more": "Getoond zijn de eerste {number}; --limit toont er meer.",
    "search.head": " · {kind} · {ref}",
    "search.place": " ({path}:{line})",
}
