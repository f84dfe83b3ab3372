"""The network: who works with whom, and what connects regions that nothing else connects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import AnyRecord, Collaboration, Municipality, Organisation, Region
from amk.model.validity import holds
from amk.values.dates import Holds
from amk.values.errors import library


@dataclass(frozen=True, slots=True)
class Tie:
    """A collaboration and who or what it names: a participant, or a region that it is about.

    `named` when it takes part itself; a region that is only named makes nobody a participant.
    """

    collaboration: str
    ref: str
    named: bool
    holds: Holds


@dataclass(frozen=True)
class Network:
    """Who is in which collaboration on a day, and of which region each municipality is."""

    base: KnowledgeBase
    day: date
    municipalities: tuple[Municipality, ...]
    collaborations: tuple[Collaboration, ...]
    ties: tuple[Tie, ...]
    region_of: Mapping[str, tuple[Region, ...]]

    def record(self, ref: str) -> AnyRecord | None:
        """A record that a tie names."""
        return self.base.known.get(ref)

    @property
    def maybe(self) -> tuple[Collaboration, ...]:
        """The collaborations of which it is not certain that they ran on the day."""
        return tuple(c for c in self.collaborations if holds(self.base, c, self.day) == "maybe")

    def participants(self, collaboration: str) -> tuple[str, ...]:
        """The ids of the municipalities that take part in a collaboration."""
        own = (t for t in self.ties if t.collaboration == collaboration and t.named)
        return tuple(t.ref.partition("/")[2] for t in own if t.ref.startswith("municipality/"))

    def regions_crossed(self, collaboration: str) -> tuple[Region, ...]:
        """The regions of the participants of a collaboration, by name."""
        found = {r.id: r for m in self.participants(collaboration) for r in self.region_of.get(m, ())}
        return tuple(sorted(found.values(), key=lambda region: region.name))


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the network tells: who connects, who is alone, and what overlaps.

    `bridges` are collaborations without which their municipalities fall apart; `connectors`
    municipalities without which collaborations do, each with what it lies between (0 to 1).
    """

    groups: tuple[tuple[str, ...], ...]
    crossing: tuple[tuple[Collaboration, tuple[Region, ...]], ...]
    bridges: tuple[Collaboration, ...]
    connectors: tuple[tuple[Municipality, float], ...]
    isolated: tuple[Municipality, ...]
    several: tuple[tuple[Municipality, int], ...]
    overlapping: tuple[tuple[Collaboration, Collaboration, tuple[str, ...]], ...]


def find_network(base: KnowledgeBase, day: date) -> Network:
    """The network of the records in view on a day; what certainly ended is left out."""
    running = tuple(c for c in base.collaborations if holds(base, c, day) != "no")
    ties = tuple(tie for c in running for tie in _ties(base, c, day))
    regions = {m.id: base.division_of(m.id) or base.regions_of(m.id)[:1] for m in base.municipalities}
    return Network(base, day, base.municipalities, running, ties, regions)


def _ties(base: KnowledgeBase, collaboration: Collaboration, day: date) -> Iterator[Tie]:
    whole = holds(base, collaboration, day)
    for participant in collaboration.participants:
        answer = participant.period.holds_on(day) if participant.period else "yes"
        if answer != "no":
            yield Tie(
                collaboration.id,
                participant.ref,
                True,
                "yes" if (whole, answer) == ("yes", "yes") else "maybe",
            )
    taking_part = {participant.ref for participant in collaboration.participants}
    for region in collaboration.regions:
        if f"region/{region}" not in taking_part:
            yield Tie(collaboration.id, f"region/{region}", False, whole)


def graph_of(network: Network) -> Any:
    """The network as a graph of networkx: municipalities, organisations, regions and collaborations.

    Raises UserError where networkx is not installed.
    """
    graph = _networkx().Graph()
    for municipality in network.municipalities:
        regions = ", ".join(region.name for region in network.region_of.get(municipality.id, ()))
        graph.add_node(municipality.ref, kind="municipality", name=municipality.name, region=regions)
    for collaboration in network.collaborations:
        graph.add_node(collaboration.ref, kind="collaboration", name=collaboration.name, region="")
    for tie in network.ties:
        record = network.record(tie.ref)
        if tie.ref not in graph and isinstance(record, Organisation | Region | Municipality):
            graph.add_node(tie.ref, kind=record.kind, name=record.name, region="")
        relation = "participant" if tie.named else "about"
        graph.add_edge(tie.ref, f"collaboration/{tie.collaboration}", relation=relation, holds=tie.holds)
    return graph


def _networkx() -> Any:
    return library("networkx", "graphml, dot, --statistics", "network")


def find_statistics(network: Network) -> Statistics:
    """What connects, who is alone and what overlaps. Raises UserError where networkx is not installed."""
    networkx = _networkx()
    graph = _of_participants(network)
    cut = set(networkx.articulation_points(graph))
    between = networkx.betweenness_centrality(graph)
    pieces = [
        sorted(ref for ref in piece if ref.startswith("municipality/"))
        for piece in networkx.connected_components(graph)
    ]
    alone = [m for m in network.municipalities if m.ref not in graph]
    connectors = [(m, between[m.ref]) for m in network.municipalities if m.ref in cut]
    return Statistics(
        groups=tuple(sorted((tuple(p) for p in pieces if p), key=lambda piece: (-len(piece), piece))),
        crossing=tuple(_crossing(network)),
        bridges=tuple(c for c in network.collaborations if c.ref in cut and _parts(graph, c.ref) > 1),
        connectors=tuple(sorted(connectors, key=lambda pair: (-pair[1], pair[0].name))),
        isolated=tuple(alone),
        several=tuple(_several(network)),
        overlapping=tuple(_overlapping(network)),
    )


def _of_participants(network: Network) -> Any:
    """The graph of the municipalities that take part, and of what they take part in."""
    graph = graph_of(network)
    taking_part = [(t.ref, f"collaboration/{t.collaboration}") for t in network.ties if t.named]
    return graph.edge_subgraph([edge for edge in taking_part if edge[0].startswith("municipality/")]).copy()


def _parts(graph: Any, ref: str) -> int:
    """Into how many pieces of more than one node the neighbourhood of a node falls without it."""
    networkx = _networkx()
    piece = networkx.node_connected_component(graph, ref) - {ref}
    return sum(len(part) > 1 for part in networkx.connected_components(graph.subgraph(piece)))


def _crossing(network: Network) -> Iterator[tuple[Collaboration, tuple[Region, ...]]]:
    crossed = [(c, network.regions_crossed(c.id)) for c in network.collaborations]
    yield from sorted(
        ((c, r) for c, r in crossed if len(r) > 1), key=lambda pair: (-len(pair[1]), pair[0].name)
    )


def _several(network: Network) -> Iterable[tuple[Municipality, int]]:
    counts = [(m, sum(t.named and t.ref == m.ref for t in network.ties)) for m in network.municipalities]
    return sorted(((m, n) for m, n in counts if n > 1), key=lambda pair: (-pair[1], pair[0].name))


def _overlapping(network: Network) -> Iterator[tuple[Collaboration, Collaboration, tuple[str, ...]]]:
    members = {c.id: set(network.participants(c.id)) for c in network.collaborations}
    found = [
        (one, other, tuple(sorted(members[one.id] & members[other.id])))
        for one, other in combinations(network.collaborations, 2)
        if members[one.id] & members[other.id]
    ]
    yield from sorted(found, key=lambda row: (-len(row[2]), row[0].name, row[1].name))
