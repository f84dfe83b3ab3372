"""The parts of amk's own reports, which a template asks for by name: blocks in the place of a mark."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from amk.cli.report.since import found_since
from amk.cli.session import Session
from amk.document.blocks import Block, Heading, Paragraph
from amk.document.template_sandbox import Signs
from amk.language import Phrases
from amk.model.filters import Filters
from amk.questions.changes.developments import Developments
from amk.questions.report.accountability import sources_told
from amk.questions.report.figures_and_commitments import commitments_open, commitments_told, figures_told
from amk.questions.report.find import Briefing, find_briefing
from amk.questions.report.highlights import find_standing_out, tell_standing_out
from amk.questions.report.in_short import (
    answer_in_sentences,
    changes_in_short,
    collaboration_in_short,
    meetings_in_short,
    not_known_in_short,
    policy_in_short,
    state_in_short,
    state_together,
)
from amk.questions.report.running_text import (
    collaborations_in_text,
    organised_in_text,
    policies_in_text,
    trends_in_text,
)
from amk.questions.report.tell import per_municipality, tell_briefing
from amk.questions.report.to_ask import to_ask
from amk.values.durations import before, parse_duration
from amk.values.errors import UserError
from amk.values.suggestions import nearest

PartTeller = Callable[[Briefing, Phrases], Iterable[Block]]

OF_A_DAY: dict[str, PartTeller] = {
    "answer": answer_in_sentences,
    "collaboration": collaboration_in_short,
    "collaboration-text": collaborations_in_text,
    "commitments": commitments_told,
    "commitments-open": commitments_open,
    "figures": figures_told,
    "meetings": meetings_in_short,
    "municipalities": per_municipality,
    "not-known": not_known_in_short,
    "organised-text": organised_in_text,
    "policy": policy_in_short,
    "policy-text": policies_in_text,
    "sources": sources_told,
    "state": state_in_short,
    "state-together": state_together,
    "to-ask": to_ask,
    "trends": trends_in_text,
}
"""The parts that tell the state of affairs on a day."""

NAMES = (*OF_A_DAY, "briefing", "changes", "standing-out")


class Parts:
    """The parts that a template asked for: each has left a mark where its blocks belong."""

    def __init__(self, session: Session, filters: Filters, since: str | None) -> None:
        self.session, self.filters, self.since = session, filters, since
        self._asked: dict[str, tuple[str, str]] = {}

    def part(self, name: object, heading: object = "") -> Signs:
        """A mark for a part, under a heading if it tells anything. Raises UserError for one there is not."""
        if name not in NAMES:
            near = nearest(str(name), NAMES)
            raise UserError("stop.no-part", found=str(name), nearest=near, known=", ".join(NAMES))
        mark = f"\ue000{len(self._asked)}\ue000"
        self._asked[mark] = (str(name), str(heading or ""))
        return Signs(f"\n\n{mark}\n\n")

    def placed(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """Blocks with the parts in the place of their marks."""
        for block in blocks:
            asked = self._asked.get(str(block.text)) if isinstance(block, Paragraph) else None
            yield from self._told(*asked) if asked else (block,)

    def _told(self, name: str, heading: str) -> Iterator[Block]:
        blocks = [*self._blocks(name)]
        body = blocks[1:] if blocks and isinstance(blocks[0], Heading) else blocks
        if heading and body:
            yield Heading(heading)
        yield from body

    def _blocks(self, name: str) -> Iterable[Block]:
        phrases = self.session.phrases.with_topic("report")
        match name:
            case "changes":
                words = phrases.with_topic("changes").with_topic("developments")
                return changes_in_short(self._changes, words)
            case "standing-out":
                asked = (self.session.base, self.session.day, self.filters.regions, self.filters.municipality)
                return tell_standing_out(find_standing_out(*asked), phrases)
            case "briefing":
                return tell_briefing(self._briefing, phrases, self.session.area(self.filters), ())
        return OF_A_DAY[name](self._briefing, phrases)

    @cached_property
    def _briefing(self) -> Briefing:
        session, filters = self.session, self.filters
        return find_briefing(session.base, session.day, filters.regions, filters.municipality)

    @cached_property
    def _changes(self) -> Developments:
        """What changed since the day asked for, else in the last twelve months."""
        since = self.since or before(self.session.day, parse_duration("12m")).isoformat()
        return found_since(self.session, since, self.filters)

    @property
    def changes_since(self) -> str:
        """The day since when changes are told."""
        return self._changes.since.isoformat()
