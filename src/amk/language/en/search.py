"""Phrases for searching, in English."""

PHRASES: dict[str, str] = {
    "search.title": "Searched for: {query}",
    "search.none": "Nothing found for {query}.",
    "search.found.one": "1 record found.",
    "search.found.many": "{count} records found.",
    "search.guessed": "“{word}” occurs nowhere; {guesses} was looked for instead.",
    "search.more": "Shown are the first {number}; --limit shows more.",
    "search.head": " · {kind} · {ref}",
    "search.place": " ({path}:{line})",
    "search.abbreviations": "eu = european union; ngo = non-governmental organisation",
}
