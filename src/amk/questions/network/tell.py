"""Telling the network: each collaboration with its participants, and what connects or stands alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from amk.document.blocks import Block, Bullets, Heading, Paragraph, Table
from amk.language import Phrases
from amk.model.records import Collaboration
from amk.questions.network.find import Network, Statistics


def tell_network(network: Network, phrases: Phrases) -> tuple[Block, ...]:
    """Each collaboration, who takes part, and whether that is all of them."""
    rows = tuple(_row(network, c, phrases) for c in network.collaborations)
    columns = (phrases("network.collaboration"), phrases("network.participants"), phrases("network.crossed"))
    if not rows:
        return (Paragraph(phrases("network.nobody")),)
    maybe = network.maybe
    told = phrases("network.maybe-of", count=len(maybe), all=len(rows)) if maybe else ""
    return (Table(columns, rows), *((Paragraph(told),) if told else ()))


def _row(network: Network, collaboration: Collaboration, phrases: Phrases) -> tuple[str, str, str]:
    named = [t.ref for t in network.ties if t.collaboration == collaboration.id and t.named]
    about = [t.ref for t in network.ties if t.collaboration == collaboration.id and not t.named]
    told = phrases.listing(network.base.name(ref) for ref in named) if named else phrases("network.not-named")
    if about:
        told += ". " + phrases(
            "network.about", regions=phrases.listing(network.base.name(ref) for ref in about)
        )
    if named and collaboration.participants_complete != "true":
        told += ". " + phrases(f"network.complete.{collaboration.participants_complete}")
    regions = network.regions_crossed(collaboration.id)
    name = collaboration.name
    if collaboration in network.maybe:
        name = phrases("network.maybe", name=name)
    return name, told, phrases.listing(r.name for r in regions) if regions else "–"


def tell_statistics(network: Network, found: Statistics, phrases: Phrases) -> tuple[Block, ...]:
    """What connects regions, who connects collaborations, who is alone, and what overlaps."""
    return (
        *_section(phrases("network.crossing"), phrases("network.crossing.none"), _crossing(found, phrases)),
        *_section(
            phrases("network.bridges"), phrases("network.bridges.none"), (c.name for c in found.bridges)
        ),
        *_section(
            phrases("network.connectors"), phrases("network.connectors.none"), _connectors(found, phrases)
        ),
        *_section(phrases("network.several"), phrases("network.several.none"), _several(found, phrases)),
        *_section(
            phrases("network.overlap"), phrases("network.overlap.none"), _overlap(network, found, phrases)
        ),
        *_section(phrases("network.isolated"), phrases("network.isolated.none"), _isolated(found, phrases)),
        *_section(phrases("network.groups"), phrases("network.nobody"), _groups(network, found, phrases)),
        Paragraph(phrases("network.caution"), quiet=True),
    )


def _section(title: str, none: str, lines: Iterable[str]) -> Iterator[Block]:
    items = tuple(lines)
    yield Heading(title)
    yield Bullets(items) if items else Paragraph(none)


def _crossing(found: Statistics, phrases: Phrases) -> Iterator[str]:
    for collaboration, regions in found.crossing:
        names = phrases.listing(region.name for region in regions)
        values = {"name": collaboration.name, "number": str(len(regions)), "regions": names}
        yield phrases.fill("network.crosses", values)


def _connectors(found: Statistics, phrases: Phrases) -> Iterator[str]:
    for municipality, between in found.connectors:
        yield phrases.fill(
            "network.connects", {"name": municipality.name, "share": phrases.number(between, 2)}
        )


def _several(found: Statistics, phrases: Phrases) -> Iterator[str]:
    for municipality, number in found.several:
        yield phrases.fill("network.in-several", {"name": municipality.name, "number": str(number)})


def _overlap(network: Network, found: Statistics, phrases: Phrases) -> Iterator[str]:
    for one, other, shared in found.overlapping:
        names = phrases.listing(network.base.name(f"municipality/{id}") for id in shared)
        yield phrases.fill("network.shares", {"one": one.name, "other": other.name, "names": names})


def _isolated(found: Statistics, phrases: Phrases) -> Iterator[str]:
    if found.isolated:
        yield phrases.listing(m.name for m in found.isolated)


def _groups(network: Network, found: Statistics, phrases: Phrases) -> Iterator[str]:
    for group in found.groups:
        yield phrases.listing(network.base.name(ref) for ref in group)


def data_network(network: Network) -> dict[str, Any]:
    """The network as data, under the keys of `network -f json`: nodes, and the edges between them."""
    refs = dict.fromkeys(
        (
            *(m.ref for m in network.municipalities),
            *(c.ref for c in network.collaborations),
            *(t.ref for t in network.ties),
        )
    )
    nodes = [
        {
            "ref": ref,
            "kind": ref.partition("/")[0],
            "name": network.base.name(ref),
            "regions": [r.id for r in network.region_of.get(ref.removeprefix("municipality/"), ())],
        }
        for ref in refs
    ]
    edges = [
        {
            "collaboration": f"collaboration/{t.collaboration}",
            "ref": t.ref,
            "relation": "participant" if t.named else "about",
            "holds": t.holds,
        }
        for t in network.ties
    ]
    return {"nodes": nodes, "edges": edges}


def data_statistics(found: Statistics) -> dict[str, Any]:
    """The statistics as data, under the keys of `network --statistics -f json`."""
    return {
        "crossing": [
            {"ref": c.ref, "name": c.name, "regions": [r.id for r in rs]} for c, rs in found.crossing
        ],
        "bridges": [c.ref for c in found.bridges],
        "connectors": [{"ref": m.ref, "betweenness": round(b, 6)} for m, b in found.connectors],
        "isolated": [m.ref for m in found.isolated],
        "several": [{"ref": m.ref, "collaborations": n} for m, n in found.several],
        "overlapping": [{"refs": [a.ref, b.ref], "municipalities": list(s)} for a, b, s in found.overlapping],
        "groups": [list(group) for group in found.groups],
    }
