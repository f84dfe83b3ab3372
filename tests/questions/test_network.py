"""The network: who is connected by whom, and by nothing else; drawn with every name."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from datetime import date
from typing import Any

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amk.cli import run
from amk.document.drawing import Label
from amk.language import phrases_in
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import Collaboration, Evidence, Manifest, Municipality, Participant
from amk.model.validity import as_of
from amk.questions.network.draw import draw_network
from amk.questions.network.find import Statistics, find_network, find_statistics
from amk.questions.network.tell import tell_network
from amk.values.multilingual import Multilingual

DAY = date(2024, 1, 1)
SOURCE = (Evidence(source="s"),)


def base(**members: str) -> KnowledgeBase:
    """A base of collaborations, each with the municipalities of the letters given; `z` is in none."""
    letters = sorted({letter for named in members.values() for letter in named} | {"z"})
    records = [Municipality(id=letter, name=letter.upper(), evidence=SOURCE) for letter in letters]
    talks = [
        Collaboration(
            id=id, name=id, evidence=SOURCE, participants=tuple(Participant(municipality=m) for m in named)
        )
        for id, named in members.items()
    ]
    manifest = Manifest(title=Multilingual(plain="t"), subject=Multilingual(plain="s"))
    return KnowledgeBase.of([*records, *talks], manifest)


def statistics(**members: str) -> Statistics:
    return find_statistics(find_network(base(**members), DAY))


def test_a_collaboration_that_alone_connects_others_is_a_bridge() -> None:
    found = statistics(left="abc", right="def", between="cd")

    assert [c.id for c in found.bridges] == ["between"]
    assert [m.id for m, _ in found.connectors] == ["c", "d"]
    assert len(found.groups) == 1


def test_where_another_way_leads_round_nothing_is_a_bridge() -> None:
    found = statistics(left="abc", right="def", between="cd", round="af")

    assert found.bridges == ()
    assert found.connectors == ()


def test_who_is_in_nothing_is_alone_and_who_is_in_more_is_counted() -> None:
    found = statistics(one="ab", other="abc")

    assert [m.id for m in found.isolated] == ["z"]
    assert [(m.id, n) for m, n in found.several] == [("a", 2), ("b", 2)]
    assert [(x.id, y.id, shared) for x, y, shared in found.overlapping] == [("one", "other", ("a", "b"))]


@given(st.dictionaries(st.sampled_from("pqrstu"), st.text("abcdef", min_size=1, max_size=4), max_size=6))
def test_every_municipality_is_alone_or_in_one_group(members: dict[str, str]) -> None:
    known = base(**members)
    found = find_statistics(find_network(known, DAY))

    grouped = [ref for group in found.groups for ref in group]
    assert len(grouped) == len(set(grouped))
    assert {*grouped, *(m.ref for m in found.isolated)} == {m.ref for m in known.municipalities}


def test_greenport_oostland_crosses_three_regions(shipped: KnowledgeBase) -> None:
    found = find_statistics(find_network(as_of(shipped, date(2021, 7, 5)), date(2021, 7, 5)))

    (crossing, regions), *others = found.crossing
    assert crossing.name.endswith("Greenport Oostland")
    assert [region.name for region in regions] == ["Haaglanden", "Midden-Holland", "Rotterdam"]
    assert others == []


def test_a_collaboration_that_names_a_region_makes_nobody_a_participant(shipped: KnowledgeBase) -> None:
    network = find_network(shipped, DAY)
    about = [tie for tie in network.ties if not tie.named]

    assert about
    assert all(tie.ref.startswith("region/") for tie in about)
    assert not network.participants("werkgroep-haaglanden")


def test_the_drawing_names_everybody_inside_its_edges_and_says_who_is_alone(shipped: KnowledgeBase) -> None:
    network = find_network(as_of(shipped, DAY), DAY)
    drawing = draw_network(network, phrases_in("nl").with_topic("network"), "Netwerk")
    labels = [shape for shape in drawing.shapes if isinstance(shape, Label)]

    words = {label.words for label in labels}
    assert {m.name for m in network.municipalities} <= words
    assert all(0 < label.y < drawing.height for label in labels)
    assert "Delft" in drawing.alternative


def told(*arguments: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["network", *arguments, "--today", "2024-01-01", "--data", "data"]) == 0
    return capsys.readouterr().out


def test_other_programs_can_read_the_graph(capsys: pytest.CaptureFixture[str], tmp_path: Any) -> None:
    path = tmp_path / "net.graphml"
    path.write_text(told("-f", "graphml", capsys=capsys), encoding="utf-8")
    graph = networkx.read_graphml(path)
    dot = told("-f", "dot", capsys=capsys)
    data = json.loads(told("--json", capsys=capsys))

    assert graph.number_of_nodes() == len(data["nodes"]) == len(re.findall(r"\[label=.*shape=", dot))
    assert graph.number_of_edges() == len(data["edges"]) == dot.count(" -- ")
    [drechtsteden] = re.findall(
        r'subgraph cluster_\d+ {\n    graph \[label="Drechtsteden"\];(.*?)\n  }', dot, re.DOTALL
    )
    assert drechtsteden.count("municipality/") == 7
    assert '"municipality/dordrecht"' in drechtsteden


def test_the_svg_is_well_formed_and_the_same_every_time(capsys: pytest.CaptureFixture[str]) -> None:
    first = told("-f", "svg", capsys=capsys)

    assert ET.fromstring(first).tag.endswith("svg")
    assert first == told("-f", "svg", capsys=capsys)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_statistics_say_what_they_count(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = told("--statistics", "--lang", language, "-f", "md", capsys=capsys)

    assert "Greenport Oostland" in page
    assert {"nl": "opsommingen met ‘zoals’", "en": "lists that say ‘such as’"}[language] in page


def test_what_only_may_run_is_marked_and_counted(shipped: KnowledgeBase) -> None:
    network = find_network(as_of(shipped, date(2020, 11, 15)), date(2020, 11, 15))
    table, *beside = tell_network(network, phrases_in("nl").with_topic("network"))

    marked = [row[0] for row in table.rows if str(row[0]).endswith(" (mogelijk)")]  # type: ignore[union-attr]  # a table
    assert len(marked) == len(network.maybe) > 0
    assert f"Van {len(marked)} van de {len(network.collaborations)}" in str(beside)
