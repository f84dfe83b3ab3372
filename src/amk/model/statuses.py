"""The statuses a policy goes through, their order, and which of them have effect."""

from typing import Literal, get_args

Status = Literal[
    "agenda",
    "preparation",
    "concept",
    "consultation",
    "adopted",
    "in-force",
    "evaluation",
    "continued",
    "replaced",
    "withdrawn",
    "lapsed",
    "annulled",
    "rejected",
    "halted",
]
"""What a milestone says was reached. `continued` is no stage of its own: it confirms that a
predecessor's policy still holds after municipalities merged (Wet arhi, arts. 28-30)."""

STATUSES: tuple[Status, ...] = get_args(Status)

STAGES: tuple[Status, ...] = STATUSES[:7]
"""The stages in the order in which a policy goes through them, least advanced first."""

ENDINGS: frozenset[str] = frozenset(STATUSES[8:])
"""The ways in which a policy comes to an end."""

EFFECTIVE: frozenset[str] = frozenset({"adopted", "in-force", "evaluation"})
"""The stages in which a policy has been decided on and has not ended."""

EFFECTIVE_POLICY = "effective"
"""What asks for all of these: policy that was adopted, whatever stage it has reached since."""

NONE = "none"
"""Looked for and not found: what a dated finding says."""

UNKNOWN = "unknown"
"""Nobody has said anything about it: never to be read as none."""

UNREADABLE = "unreadable"
"""The file that says it cannot be read, or not that part of it: never to be read as unknown."""


def advancement(status: str) -> int:
    """How far a status is: the higher, the further; endings, none and unknown come before all stages."""
    return STAGES.index(status) if status in STAGES else {NONE: -1, UNKNOWN: -3}.get(status, -2)
