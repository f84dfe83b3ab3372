"""Phrases for searching, in Dutch."""

PHRASES: dict[str, str] = {
    "search.title": "Gezocht: {query}",
    "search.none": "Niets gevonden voor {query}.",
    "search.found.one": "1 gevonden.",
    "search.found.many": "{count} gevonden.",
    "search.guessed": "“{word}” komt niet voor; gezocht is naar {guesses}.",
    "search.more": "Getoond zijn de eerste {number}; --limit toont er meer.",
    "search.head": " · {kind} · {ref}",
    "search.place": " ({path}:{line})",
    "search.abbreviations": "b&w = b en w = benw = burgemeester en wethouders; ps = provinciale staten; gs = gedeputeerde staten; ab = algemeen bestuur; db = dagelijks bestuur; apv = algemene plaatselijke verordening; gr = gemeenschappelijke regeling",
}
