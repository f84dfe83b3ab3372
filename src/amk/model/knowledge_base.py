"""Every record, found by id, kind and relation; narrowed by `where`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from functools import cached_property

from amk.model.collection import InMemory, RecordCollection, RecordKind
from amk.model.fields import evidence_in
from amk.model.names import folded as folded
from amk.model.names import sorting_name as sorting_name
from amk.model.records import (
    AnyRecord,
    Collaboration,
    Concept,
    Evidence,
    Manifest,
    Municipality,
    Policy,
    Region,
    Source,
    Vocabulary,
)
from amk.values.frozen import frozen
from amk.values.parsed import FieldPath


@frozen
class KnowledgeBase:
    """The records in view, and all that are known, by `kind/id`.

    A name or a source is looked up among all that are known; a question is asked of those in
    view. `day` is the day that the view was narrowed to, if it was. `unread` are the references
    of records whose file is there, and could not be read, with the ids that it lists; `incomplete`
    are those that were read without some of what their files say, with the paths to what was left out.
    """

    records: RecordCollection
    known: RecordCollection
    manifest: Manifest
    paths: Mapping[str, str] = field(default_factory=dict)
    day: date | None = None
    unread: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    incomplete: Mapping[str, tuple[FieldPath, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        records: Iterable[AnyRecord],
        manifest: Manifest,
        paths: Mapping[str, str] | None = None,
        unread: Mapping[str, tuple[str, ...]] | None = None,
        incomplete: Mapping[str, tuple[FieldPath, ...]] | None = None,
    ) -> KnowledgeBase:
        """A base with all of these records in view."""
        by_ref = InMemory({record.ref: record for record in records})
        return cls(by_ref, by_ref, manifest, paths or {}, unread=unread or {}, incomplete=incomplete or {})

    def lacks(self, ref: str, *fields: str) -> bool:
        """Whether a record was read without one of these fields, or without a part of it."""
        return any(path[0] in fields for path in self.incomplete.get(ref, ()) if path)

    def where(self, holds: Callable[[AnyRecord], bool]) -> KnowledgeBase:
        """The base with only the records in view for which this holds."""
        return replace(self, records=InMemory({ref: r for ref, r in self.records.items() if holds(r)}))

    def unnarrowed(self) -> KnowledgeBase:
        """The base with all that is known in view."""
        return replace(self, records=self.known, day=None)

    def all(self, kind: type[RecordKind]) -> tuple[RecordKind, ...]:
        """The records of a kind that are in view, by name."""
        return self.records.of_kind(kind)

    def known_of(self, kind: type[RecordKind]) -> tuple[RecordKind, ...]:
        """The records of a kind that are known, in view or not, by name."""
        return self.known.of_kind(kind)

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
        record = self.known.get(f"source/{id}")
        return record if isinstance(record, Source) else None

    def region(self, id: str) -> Region | None:
        """A region by its id."""
        record = self.known.get(f"region/{id}")
        return record if isinstance(record, Region) else None

    def municipality(self, id: str) -> Municipality | None:
        """A municipality by its id."""
        record = self.known.get(f"municipality/{id}")
        return record if isinstance(record, Municipality) else None

    @cached_property
    def concepts(self) -> Mapping[tuple[str, str], Concept]:
        """Each term of each vocabulary, by vocabulary and code."""
        return {(v.id, c.code): c for v in self.known_of(Vocabulary) for c in v.concepts}

    @cached_property
    def cited(self) -> Sequence[tuple[AnyRecord, FieldPath, Evidence]]:
        """Every piece of evidence of the records in view, and the path to it."""
        return [(record, *found) for record in self.records.values() for found in evidence_in(record)]

    def label(self, vocabulary: str, code: str, language: str) -> str:
        """The word for a code; the code itself when the vocabulary does not list it."""
        concept = self.concepts.get((vocabulary, code))
        return concept.labels.in_language(language) if concept else code

    def labels_of(self, vocabulary: str) -> Mapping[str, tuple[str, ...]]:
        """The labels of each code of a vocabulary, in every language that they are in."""
        known = (c for (name, _), c in self.concepts.items() if name == vocabulary)
        return {c.code: tuple(text for _, text in c.labels.by_language) for c in known}

    def narrower(self, vocabulary: str, code: str) -> frozenset[str]:
        """A code and all that fall under it: a search for the broader one finds these too (SKOS)."""
        found, waiting = {code}, [code]
        while waiting:
            above = waiting.pop()
            below = [c.code for (v, _), c in self.concepts.items() if v == vocabulary and c.broader == above]
            waiting += [each for each in below if each not in found]
            found.update(below)
        return frozenset(found)

    @property
    def home(self) -> Region | None:
        """The region that this knowledge base is about."""
        return self.region(self.manifest.home_region or "")

    def members_of(self, region: str) -> frozenset[str]:
        """The ids of the municipalities of a region; a province has those that name it."""
        if region not in self._members:
            self._members[region] = frozenset(self._find_members(region))
        return self._members[region]

    @cached_property
    def _members(self) -> dict[str, frozenset[str]]:
        """What was asked before: the same few regions are asked for again and again."""
        return {}

    def _find_members(self, region: str) -> Iterable[str]:
        ref = f"region/{region}"
        listed = self.records.get(ref)
        if isinstance(listed, Region):
            ids = (member.municipality for member in listed.members)
            yield from (id for id in ids if f"municipality/{id}" in self.records)
        yield from (inside.id for inside in self.records.naming(ref, Municipality, "province"))

    def regions_of(self, municipality: str) -> tuple[Region, ...]:
        """The regions in view that a municipality is a member of, the province left out."""
        return self.records.naming(f"municipality/{municipality}", Region, "members")

    def division_of(self, municipality: str) -> tuple[Region, ...]:
        """The regions that divide the home region and hold this municipality."""
        return tuple(r for r in self.regions_of(municipality) if r.type == self.manifest.divided_by)

    def policies_of(self, ref: str) -> tuple[Policy, ...]:
        """The policies in view of a municipality or a region, by title."""
        return self.records.naming(ref, Policy, "municipalities", "regions")

    def parts_of(self, region: str) -> frozenset[str]:
        """The ids of a region and of every region that is part of it."""
        regions = {region}
        waiting = [region]
        while waiting:
            whole = waiting.pop()
            inside = {r.id for r in self.known.naming(f"region/{whole}", Region, "part_of")} - regions
            regions |= inside
            waiting.extend(inside)
        return frozenset(regions)

    def predecessors_of(self, municipality: str) -> tuple[Municipality, ...]:
        """The municipalities whose place this one took."""
        return self.known.naming(f"municipality/{municipality}", Municipality, "successors")
