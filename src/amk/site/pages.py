"""What pages a site has, and what stands on each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import methodcaller
from typing import Any

from amk.document.blocks import Block, Bullets, Document, Heading, Link, Paragraph, Table, Text
from amk.document.drawing import Drawing
from amk.language import Phrases
from amk.model.collection import by_name, names_others
from amk.model.field_types import names_in
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import KIND_NAMED, AnyRecord
from amk.site.addresses import KINDS, Addresses, leading
from amk.values.frozen import frozen

QUESTIONS = ("map", "timeline", "gaps", "coverage", "network", "changes")
"""The pages that answer a question about all of it, by what they are asked as."""

LISTED = ("municipality", "policy", "collaboration")
"""The kinds of which a list says how far they are; of the others it gives the names."""

Ask = Callable[[str, Sequence[str]], Document]
"""The answer to a question, by its name and what it is about: `show`, `["municipality/delft"]`."""

At = Callable[[Addresses], str]
"""Where a page stands, in any language."""


@frozen
class Edition:
    """A knowledge base as a site tells it in one language.

    `essentials` is the state of affairs in a few lines, `statement` says of which day and revision all of
    it is, and `downloads` are the paths of the files to take along.
    """

    base: KnowledgeBase
    phrases: Phrases
    addresses: Addresses
    ask: Ask
    essentials: Sequence[Block]
    statement: str
    downloads: Sequence[str] = ()

    @property
    def title(self) -> str:
        """What the site is called."""
        return self.base.manifest.title.in_language(self.phrases.language)

    def called(self, kind: str) -> str:
        """What the records of a kind are called together; one of them where there is no word for several."""
        key = f"site.kind.{kind}"
        return self.phrases(key if self.phrases.knows(key) else f"kind.{kind}")


@frozen
class Page:
    """A page: where it stands, what it tells, and the file of the record that it is about, if it is."""

    at: At
    document: Document
    record_path: str = ""


def pages_of(edition: Edition) -> Iterator[Page]:
    """Every page of an edition."""
    yield _start(edition)
    yield from (_list(edition, kind) for kind in KINDS)
    yield from (Page(_question(name), edition.ask(name, ())) for name in QUESTIONS)
    if edition.downloads:
        yield _downloads(edition)
    yield from (_record(edition, record) for record in edition.base.known.values())


def former_addresses(edition: Edition) -> Mapping[str, str]:
    """The addresses that records had under another id, each with the one that they have now."""
    addresses = edition.addresses
    return {
        addresses.of_record(f"{record.kind}/{id}"): addresses.of_record(record.ref)
        for record in edition.base.known.renamed()
        for id in record.former_ids
        if f"{record.kind}/{id}" not in edition.base.known
    }


def _question(name: str) -> At:
    return methodcaller("of_question", name)


def _start(edition: Edition) -> Page:
    """The state of affairs in a few lines, the map, and where to go on."""
    phrases, addresses = edition.phrases, edition.addresses
    drawn = [block for block in edition.ask("map", ()).blocks if isinstance(block, Drawing)]
    kinds = [(addresses.of_kind(kind), edition.called(kind)) for kind in KINDS]
    asked = [(addresses.of_question(name), phrases(f"site.{name}")) for name in QUESTIONS]
    blocks = (
        *edition.essentials,
        *drawn[:1],
        Heading(phrases("site.look-up")),
        _links(addresses.start, kinds),
        Heading(phrases("site.questions")),
        _links(addresses.start, asked),
    )
    return Page(lambda addresses: addresses.start, _document(edition, edition.title, blocks))


def _downloads(edition: Edition) -> Page:
    """The files to take along."""
    at, phrases = _question("downloads"), edition.phrases
    files = [(path, phrases(f"site.download.{path.rpartition('/')[2]}")) for path in edition.downloads]
    links = _links(at(edition.addresses), files)
    return Page(at, _document(edition, phrases("site.downloads"), (links,)))


def _list(edition: Edition, kind: str) -> Page:
    """The records of a kind, each a link to its page."""
    at: At = methodcaller("of_kind", kind)
    title, address = edition.called(kind), at(edition.addresses)
    if kind in LISTED:
        asked = edition.ask("list", (KIND_NAMED[kind].folder,))
        blocks = (Heading(title, 1), *_linked(edition, asked, address))
        return Page(at, replace(asked, title=title, blocks=blocks))
    records = by_name(record for record in edition.base.known.values() if record.kind == kind)
    names = [(edition.addresses.of_record(record.ref), record.name) for record in records]
    return Page(at, _document(edition, title, (_links(address, names),)))


def _linked(edition: Edition, asked: Document, address: str) -> Iterator[Block]:
    """What a list tells, with the names in its first column leading to their pages."""
    refs = {record.name: record.ref for record in edition.base.known.values() if record.kind in LISTED}
    for block in asked.blocks:
        if isinstance(block, Table):
            rows = ((_to(edition, address, refs, first), *others) for first, *others in block.rows)
            yield replace(block, rows=tuple(rows))
        elif not (isinstance(block, Heading) and block.level < 3):
            yield block


def _to(edition: Edition, address: str, refs: Mapping[str, str], text: Text) -> Text:
    ref = refs.get(text) if isinstance(text, str) else None
    return (Link(text, leading(address, edition.addresses.of_record(ref))),) if ref else text


def _record(edition: Edition, record: AnyRecord) -> Page:
    """All that is known of a record, and the pages of what it names and of what names it."""
    at: At = methodcaller("of_record", record.ref)
    card = edition.ask("show", (record.ref,))
    related = _related(edition, record, at(edition.addresses))
    blocks = (*card.blocks[:-1], *related, *card.blocks[-1:])
    return Page(at, replace(card, blocks=blocks), edition.base.paths[record.ref])


def _related(edition: Edition, record: AnyRecord, address: str) -> Iterator[Block]:
    base = edition.base
    naming = (other.ref for other in _naming(base, record))
    refs = dict.fromkeys((*(ref for _, ref in names_others(record) if ref in base.known), *naming))
    refs.pop(record.ref, None)
    if refs:
        yield Heading(edition.phrases("site.related"))
    for kind in KINDS:
        found = by_name(base.known[ref] for ref in refs if ref.startswith(f"{kind}/"))
        if found:
            yield Heading(edition.called(kind), 3)
            yield _links(address, [(edition.addresses.of_record(each.ref), each.name) for each in found])


def _naming(base: KnowledgeBase, record: AnyRecord) -> Iterator[AnyRecord]:
    """What names a record, in any of its fields."""
    for kind in KINDS:
        named: Any = KIND_NAMED[kind]
        yield from base.known.naming(record.ref, named, *names_in(named))


def _links(page: str, links: Sequence[tuple[str, str]]) -> Bullets:
    return Bullets(tuple((Link(words, leading(page, to)),) for to, words in links))


def _document(edition: Edition, title: str, blocks: tuple[Block, ...]) -> Document:
    phrases, told = edition.phrases, Paragraph(edition.statement, quiet=True)
    whole = (Heading(title, 1), *blocks, told)
    return Document(title, phrases.language, whole, phrases("notes"), contents=False)
