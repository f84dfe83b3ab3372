"""`amk network`: who works with whom, drawn or told, and what connects regions."""

from __future__ import annotations

from typing import Annotated

from amk.cli.answer import Answer, Coverage
from amk.cli.arguments import ANYWHERE, Area, filters_of, told_filters
from amk.cli.options import option
from amk.cli.output import DOCUMENTS
from amk.cli.reads import reads
from amk.cli.session import Session
from amk.model.filters import narrowed
from amk.questions.network.draw import draw_network
from amk.questions.network.find import Network, find_network, find_statistics, graph_of
from amk.questions.network.tell import data_network, data_statistics, tell_network, tell_statistics

WithStatistics = Annotated[
    bool, option("--statistics", "Bridges, who connects regions, who is alone, what overlaps.")
]


@reads("network", (*DOCUMENTS, "svg", "json", "dot", "graphml"))
def run(session: Session, statistics: WithStatistics = False, area: Area = ANYWHERE) -> Answer:
    """Who works with whom on a day: municipalities by region, collaborations, and what connects them."""
    session = session.on_the_day()
    phrases, filters = session.phrases, filters_of(session, area)
    network = find_network(narrowed(session.base, filters), session.day)
    title = session.titled(phrases("network.title", subject=session.subject, area=session.area(filters)))
    drawn = phrases("network.drawn", day=phrases.day(session.day))
    return Answer(
        title=title,
        tell=lambda: (
            tell_statistics(network, find_statistics(network), phrases)
            if statistics
            else tell_network(network, phrases)
        ),
        covers=Coverage(told_filters(session, filters), len(network.collaborations)),
        picture=lambda: (draw_network(network, phrases, drawn),),
        drawing=lambda: draw_network(network, phrases, title),
        rows=lambda: data_statistics(find_statistics(network)) if statistics else data_network(network),
        others={"dot": lambda: _dot(network), "graphml": lambda: _graphml(network)},
    )


def _dot(network: Network) -> str:
    from amk.formats.graph import write_dot

    return write_dot(graph_of(network))


def _graphml(network: Network) -> str:
    from amk.formats.graph import write_graphml

    return write_graphml(graph_of(network))
