"""Every record, found by id, kind and relation; narrowed by `where`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TypeVar

from amk.records import (
    AnyRecord,
    Collaboration,
    Concept,
    Manifest,
    Municipality,
    Policy,
    Region,
    Source,
    Vocabulary,
)

Kind = TypeVar("Kind", bound=AnyRecord)

_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class KnowledgeBase:
    """The records in view, and all that are known, by `kind/id`.

    A name or a source is looked up among all that are known; a question is asked of those in
    view. `day` is the day that the view was narrowed to, if it was. `unread` are the references
    of records whose file is there, and could not be read.
    """

    records: Mapping[str, AnyRecord]
    known: Mapping[str, AnyRecord]
    manifest: Manifest
    paths: Mapping[str, str] = field(default_factory=dict)
    day: date | None = None
    unread: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        records: Iterable[AnyRecord],
        manifest: Manifest,
        paths: Mapping[str, str] | None = None,
        unread: Iterable[str] = (),
    ) -> KnowledgeBase:
        """A base with all of these records in view."""
        by_ref = {record.ref: record for record in records}
        return cls(by_ref, by_ref, manifest, paths or {}, unread=frozenset(unread))

    def where(self, holds: Callable[[AnyRecord], bool]) -> KnowledgeBase:
        """The base with only the records in view for which this holds."""
        return replace(self, records={ref: r for ref, r in self.records.items() if holds(r)})

    def all(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """The records of a kind that are in view, by name."""
        return self._by_kind(self.records, kind)

    def known_of(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """The records of a kind that are known, in view or not, by name."""
        return self._by_kind(self.known, kind)

    @staticmethod
    def _by_kind(records: Mapping[str, AnyRecord], kind: type[Kind]) -> tuple[Kind, ...]:
        found = (record for record in records.values() if isinstance(record, kind))
        return tuple(sorted(found, key=lambda record: sorting_name(record.name)))

    @cached_property
    def municipalities(self) -> tuple[Municipality, ...]:
        """The municipalities in view, by name."""
        return self.all(Municipality)

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        """The regions in view, by name."""
        return self.all(Region)

    @cached_property
    def collaborations(self) -> tuple[Collaboration, ...]:
        """The collaborations in view, by name."""
        return self.all(Collaboration)

    @cached_property
    def policies(self) -> tuple[Policy, ...]:
        """The policies in view, by title."""
        return self.all(Policy)

    def name(self, ref: str) -> str:
        """What a record goes by; its reference when nobody knows it."""
        record = self.known.get(ref)
        return record.name if record else ref

    def source(self, id: str) -> Source | None:
        """A source by its id."""
        found = self.known.get(f"source/{id}")
        return found if isinstance(found, Source) else None

    def region(self, id: str) -> Region | None:
        """A region by its id."""
        found = self.known.get(f"region/{id}")
        return found if isinstance(found, Region) else None

    def municipality(self, id: str) -> Municipality | None:
        """A municipality by its id."""
        found = self.known.get(f"municipality/{id}")
        return found if isinstance(found, Municipality) else None

    @cached_property
    def concepts(self) -> Mapping[tuple[str, str], Concept]:
        """Each term of each vocabulary, by vocabulary and code."""
        return {(v.id, c.code): c for v in self.known_of(Vocabulary) for c in v.concepts}

    def label(self, vocabulary: str, code: str, language: str) -> str:
        """The word for a code; the code itself when the vocabulary does not list it."""
        concept = self.concepts.get((vocabulary, code))
        return concept.labels.in_language(language) if concept else code

    @property
    def home(self) -> Region | None:
        """The region that this knowledge base is about."""
        return self.region(self.manifest.home_region or "")

    def members_of(self, region: str) -> frozenset[str]:
        """The ids of the municipalities of a region; a province has those that name it."""
        return self._members.get(region, frozenset())

    def regions_of(self, municipality: str) -> tuple[Region, ...]:
        """The regions in view that a municipality is a member of, the province left out."""
        return self._regions_of.get(municipality, ())

    def division_of(self, municipality: str) -> tuple[Region, ...]:
        """The regions that divide the home region and hold this municipality."""
        return tuple(r for r in self.regions_of(municipality) if r.type == self.manifest.divided_by)

    def policies_of(self, ref: str) -> tuple[Policy, ...]:
        """The policies in view of a municipality or a region, by title."""
        return self._policies_of.get(ref, ())

    @cached_property
    def _parts(self) -> Mapping[str, tuple[Region, ...]]:
        return _grouped((whole, region) for region in self.known_of(Region) for whole in region.part_of)

    @cached_property
    def _regions_of(self) -> Mapping[str, tuple[Region, ...]]:
        return _grouped((m.municipality, region) for region in self.regions for m in region.members)

    @cached_property
    def _policies_of(self) -> Mapping[str, tuple[Policy, ...]]:
        owners = (
            *((f"municipality/{m}", p) for p in self.policies for m in p.municipalities),
            *((f"region/{r}", p) for p in self.policies for r in p.regions),
        )
        return _grouped(owners)

    @cached_property
    def _members(self) -> Mapping[str, frozenset[str]]:
        listed = {region.id: {m.municipality for m in region.members} for region in self.regions}
        for municipality in self.municipalities:
            if municipality.province:
                listed.setdefault(municipality.province, set()).add(municipality.id)
        here = {municipality.id for municipality in self.municipalities}
        return {region: frozenset(ids & here) for region, ids in listed.items()}

    def parts_of(self, region: str) -> frozenset[str]:
        """The ids of a region and of every region that is part of it."""
        found = {region}
        waiting = [region]
        while waiting:
            whole = waiting.pop()
            inside = {r.id for r in self._parts.get(whole, ())} - found
            found |= inside
            waiting.extend(inside)
        return frozenset(found)

    def predecessors_of(self, municipality: str) -> tuple[Municipality, ...]:
        """The municipalities whose place this one took."""
        return self._predecessors.get(municipality, ())

    @cached_property
    def _predecessors(self) -> Mapping[str, tuple[Municipality, ...]]:
        found: dict[str, tuple[Municipality, ...]] = {}
        for before in self.known_of(Municipality):
            for successor in before.successors:
                found[successor.municipality] = (*found.get(successor.municipality, ()), before)
        return found


def _grouped(pairs: Iterable[tuple[str, Kind]]) -> Mapping[str, tuple[Kind, ...]]:
    """What belongs to each key, in the order given, once."""
    found: dict[str, dict[str, Kind]] = {}
    for key, record in pairs:
        found.setdefault(key, {})[record.id] = record
    return {key: tuple(records.values()) for key, records in found.items()}


def folded(text: str) -> str:
    """A text without case, accents, apostrophes and hyphens: how names are matched."""
    from unicodedata import combining, normalize

    bare = text.casefold()
    if not bare.isascii():
        bare = "".join(c for c in normalize("NFKD", bare) if not combining(c))
    return " ".join(_NO_WORD.sub(" ", bare.replace("'", "")).split())


def sorting_name(name: str) -> str:
    """A name as a Dutch list sorts it: without accents, and `'s-Gravenhage` under the G."""
    bare = name.removeprefix("'s-").removeprefix("’s-").removeprefix("'t ")
    return folded(bare)
