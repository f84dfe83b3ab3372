"""Telling the network: each collaboration with its participants, and what connects or stands alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from amk.document import Block, Bullets, Heading, Paragraph, Table
from amk.language import Say
from amk.questions.network import Network, Statistics
from amk.records import Collaboration


def tell_network(network: Network, say: Say) -> tuple[Block, ...]:
    """Each collaboration, who takes part, and whether that is all of them."""
    rows = tuple(_row(network, c, say) for c in network.collaborations)
    columns = (say("network.collaboration"), say("network.participants"), say("network.crossed"))
    return (Table(columns, rows),) if rows else (Paragraph(say("network.nobody")),)


def _row(network: Network, collaboration: Collaboration, say: Say) -> tuple[str, str, str]:
    named = [t.ref for t in network.ties if t.collaboration == collaboration.id and t.named]
    about = [t.ref for t in network.ties if t.collaboration == collaboration.id and not t.named]
    told = say.listing(network.base.name(ref) for ref in named) if named else say("network.not-named")
    if about:
        told += ". " + say("network.about", regions=say.listing(network.base.name(ref) for ref in about))
    if named and collaboration.participants_complete != "true":
        told += ". " + say(f"network.complete.{collaboration.participants_complete}")
    regions = network.regions_crossed(collaboration.id)
    return collaboration.name, told, say.listing(r.name for r in regions) if regions else "–"


def tell_statistics(network: Network, found: Statistics, say: Say) -> tuple[Block, ...]:
    """What connects regions, who connects collaborations, who is alone, and what overlaps."""
    return (
        *_section(say("network.crossing"), say("network.crossing.none"), _crossing(found, say)),
        *_section(say("network.bridges"), say("network.bridges.none"), (c.name for c in found.bridges)),
        *_section(say("network.connectors"), say("network.connectors.none"), _connectors(found, say)),
        *_section(say("network.several"), say("network.several.none"), _several(found, say)),
        *_section(say("network.overlap"), say("network.overlap.none"), _overlap(network, found, say)),
        *_section(say("network.isolated"), say("network.isolated.none"), _isolated(found, say)),
        *_section(say("network.groups"), say("network.nobody"), _groups(network, found, say)),
        Paragraph(say("network.caution"), quiet=True),
    )


def _section(title: str, none: str, lines: Iterable[str]) -> Iterator[Block]:
    items = tuple(lines)
    yield Heading(title)
    yield Bullets(items) if items else Paragraph(none)


def _crossing(found: Statistics, say: Say) -> Iterator[str]:
    for collaboration, regions in found.crossing:
        names = say.listing(region.name for region in regions)
        values = {"name": collaboration.name, "number": str(len(regions)), "regions": names}
        yield say.fill("network.crosses", values)


def _connectors(found: Statistics, say: Say) -> Iterator[str]:
    for municipality, between in found.connectors:
        yield say.fill("network.connects", {"name": municipality.name, "share": say.number(between, 2)})


def _several(found: Statistics, say: Say) -> Iterator[str]:
    for municipality, number in found.several:
        yield say.fill("network.in-several", {"name": municipality.name, "number": str(number)})


def _overlap(network: Network, found: Statistics, say: Say) -> Iterator[str]:
    for one, other, shared in found.overlapping:
        names = say.listing(network.base.name(f"municipality/{id}") for id in shared)
        yield say.fill("network.shares", {"one": one.name, "other": other.name, "names": names})


def _isolated(found: Statistics, say: Say) -> Iterator[str]:
    if found.isolated:
        yield say.listing(m.name for m in found.isolated)


def _groups(network: Network, found: Statistics, say: Say) -> Iterator[str]:
    for group in found.groups:
        yield say.listing(network.base.name(ref) for ref in group)


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
