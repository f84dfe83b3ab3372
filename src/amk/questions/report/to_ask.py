"""What to ask before or at a meeting, and whom: by the function, for no record names a person."""

from __future__ import annotations

from collections.abc import Iterator

from amk.document.blocks import Block, Bullets, Text
from amk.language import Phrases
from amk.model.confirmation import last_confirmed
from amk.model.validity import holds
from amk.questions.report.essentials import UNDER_WAY
from amk.questions.report.find import Briefing
from amk.questions.whom import whom_to_ask
from amk.questions.wording import milestone_told, named_some

MOST = 5
"""How many questions stand on a page for a meeting."""


def to_ask(briefing: Briefing, phrases: Phrases) -> Iterator[Block]:
    """The questions, those about policy first; of more than fit, how many."""
    asked = (*_of_unknown(briefing, phrases), *_of_coming(briefing, phrases), *_of_meeting(briefing, phrases))
    rest = [phrases("to-ask.more", count=len(asked) - MOST)] if asked[MOST:] else []
    if asked:
        yield Bullets((*asked[:MOST], *rest))


def _of_unknown(briefing: Briefing, phrases: Phrases) -> Iterator[Text]:
    """Whether there is policy where nothing is known of it: one question to all of them."""
    names = [place.municipality.name for place in briefing.unknown]
    if names:
        whom = phrases("whom.each-municipality")
        yield phrases("to-ask.unknown", names=named_some(names, phrases), whom=whom)


def _of_coming(briefing: Briefing, phrases: Phrases) -> Iterator[Text]:
    """What became of policy that was being made."""
    for status in briefing.policies:
        if status.status in UNDER_WAY and status.milestone:
            yield phrases(
                "to-ask.coming",
                title=status.policy.title,
                status=phrases.status(status.status),
                when=milestone_told(status.milestone, phrases),
                whom=whom_to_ask(briefing.base, status.policy, phrases),
            )


def _of_meeting(briefing: Briefing, phrases: Phrases) -> Iterator[Text]:
    """Whether a collaboration that only may run still does."""
    for collaboration in (*briefing.collaborations, *briefing.convened_now):
        if holds(briefing.base, collaboration, briefing.day) == "maybe":
            last = last_confirmed(briefing.base, collaboration, briefing.day)
            yield phrases(
                "to-ask.running",
                name=collaboration.name,
                last=phrases.on(last) if last else phrases("unknown"),
                whom=whom_to_ask(briefing.base, collaboration, phrases),
            )
