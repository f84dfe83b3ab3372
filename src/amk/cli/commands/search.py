"""`amk search`: the records that words find, best first, with the passages and where they stand."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Annotated

from amk.cache.databases import whole
from amk.cache.search_index import open_index
from amk.cli.answer import Answer, Coverage
from amk.cli.arguments import UNFILTERED, RawFilters, conditions_of, filters_of, kinds_of, told_filters
from amk.cli.completion import values as completing
from amk.cli.options import Where, argument, option
from amk.cli.progress import at_work
from amk.cli.reads import reads
from amk.cli.session import Session
from amk.model.filters import Filters, narrowed
from amk.model.records import KINDS, AnyRecord
from amk.model.validity import holds
from amk.questions.left_out import marked
from amk.questions.records.facts import unreadable_rows
from amk.questions.search.find import LONGEST, MOST_WORDS, Hit, find_hits, parse_query
from amk.questions.search.tell import KEYS, Places, rows_of, tell_search
from amk.search.ranking import RefPredicate
from amk.storage.yaml.parser import find_positions
from amk.values.errors import UserError

SearchWords = Annotated[list[str], argument("WORDS...", 'Also "a phrase", begin* and field:word.')]
OfKind = Annotated[list[str] | None, option("--kind KIND", "Only records of this kind.", completing.kinds)]
Limit = Annotated[int, option("--limit N", "No more than N records.")]


# Making the index is told as such, so the whole is not.
@reads("search", work="")
def run(
    session: Session,
    words: SearchWords,
    kind: OfKind = None,
    typed: RawFilters = UNFILTERED,
    where: Where = None,
    limit: Limit = 10,
) -> Answer:
    """Search all records: whatever matches any word, best first; typing errors are forgiven."""
    if limit < 1:
        raise UserError("stop.no-limit")
    if sum(map(len, words)) > LONGEST or len(" ".join(words).split()) > MOST_WORDS:
        raise UserError("stop.many-words", words=str(MOST_WORDS), signs=str(LONGEST))
    session = session.as_asked()
    phrases, filters, query = session.phrases, filters_of(session, typed), " ".join(words)
    if not parse_query(query):
        raise UserError("stop.no-words")
    base = narrowed(session.base, filters)
    wanted = _holds(session, filters, where or (), kinds_of(kind, KINDS))
    with closing(_index(session)) as index, whole():
        found = find_hits(base, index, query, wanted, phrases.language, limit)
    places = _places(session, session.texts(), found.hits)
    told = {**told_filters(session, filters), "where": ", ".join(where or ()) or None}
    return Answer(
        title=session.titled(phrases.fill("search.title", {"query": query})),
        tell=lambda: tell_search(found, places, phrases, query, partial(_named, session)),
        covers=Coverage(told, len(found.hits)),
        rows=lambda: rows_of(found.hits, places),
        keys=KEYS,
        unread=unreadable_rows(session.base),
    )


def _index(session: Session) -> sqlite3.Connection:
    """The index of the files as they stand, or of the revision asked for."""
    with at_work("work.indexing"):
        if session.commit or not session.working:
            from amk.cache.databases import cached_database
            from amk.search.indexer import index_of

            return cached_database(session.content(), "index", partial(index_of, session.loaded.base))
        return open_index(session.working)


def _named(session: Session, record: AnyRecord) -> str:
    """The name of a record; what has ended by the day, or is yet to begin, is marked."""
    ended = holds(session.base, record, session.day) == "no"
    return marked(record.name, record, session.day, session.phrases) if ended else record.name


def _holds(
    session: Session, filters: Filters, where: Sequence[str], kinds: tuple[type[AnyRecord], ...]
) -> RefPredicate | None:
    """Whether a record is of the kinds asked for, and has the status and the values asked for."""
    if not (filters.status or where):
        names = {kind.kind for kind in kinds}
        return None if len(names) == len(KINDS) else lambda ref: ref.partition("/")[0] in names
    # Imported where they are used: most who search filter by nothing.
    from amk.questions.records.listing import ListOptions, find_listing

    conditions = conditions_of(session, where, kinds)
    wish = ListOptions(status=filters.status, where=conditions)
    listing = find_listing(narrowed(session.base, filters), kinds, session.day, wish)
    refs = {entry.facts["ref"] for entry in listing.entries}
    return lambda ref: ref in refs


def _places(session: Session, texts: Mapping[str, str], hits: Sequence[Hit]) -> Places:
    """The file and the line of each passage; positions are read only of the records that are shown."""
    found: dict[tuple[str, tuple[str | int, ...]], tuple[str, int]] = {}
    for hit in hits:
        path = session.base.paths.get(hit.record.ref, "")
        positions = find_positions(texts[path]) if path in texts else {}
        for passage in hit.passages:
            at = positions.get(passage.field_path)
            if at:
                found[hit.record.ref, passage.field_path] = _seen(session.tree.root / path), at.value[0]
    return found


def _seen(path: Path) -> str:
    """A path as it is seen from the working folder."""
    whole, session = path.absolute(), Path.cwd()
    return (whole.relative_to(session) if whole.is_relative_to(session) else whole).as_posix()
