"""A graph for other programs: DOT for Graphviz, GraphML for Gephi and Cytoscape."""

from __future__ import annotations

from typing import Any

from amk.values.control_characters import one_line

SHAPES = {"municipality": "ellipse", "collaboration": "box", "organisation": "hexagon", "region": "folder"}


def write_dot(graph: Any) -> str:
    """A graph of networkx as DOT: those of a region together, what is only a maybe dashed."""
    regions: dict[str, list[str]] = {}
    for ref, node in graph.nodes(data=True):
        told = f"{_quoted(ref)} [label={_quoted(node['name'])}, shape={SHAPES[node['kind']]}];"
        regions.setdefault(node.get("region", ""), []).append(told)
    lines = ["graph amk {", '  graph [layout=fdp, overlap=false, splines=true, fontname="Arial"];']
    lines += (f"  {told}" for told in regions.pop("", []))
    for number, (region, nodes) in enumerate(sorted(regions.items())):
        lines += (f"  subgraph cluster_{number} {{", f"    graph [label={_quoted(region)}];")
        lines += (*(f"    {told}" for told in nodes), "  }")
    for one, other, edge in graph.edges(data=True):
        style = "dotted" if edge["relation"] == "about" else "solid" if edge["holds"] == "yes" else "dashed"
        lines.append(f"  {_quoted(one)} -- {_quoted(other)} [style={style}];")
    return "\n".join((*lines, "}")) + "\n"


def _quoted(text: str) -> str:
    escaped = one_line(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def write_graphml(graph: Any) -> str:
    """A graph of networkx as GraphML."""
    import networkx

    graph = graph.copy()
    for _, told in (*graph.nodes(data=True), *((one, held) for one, _, held in graph.edges(data=True))):
        told.update({key: one_line(value) for key, value in told.items() if isinstance(value, str)})
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return "\n".join((head, *networkx.generate_graphml(graph))) + "\n"
