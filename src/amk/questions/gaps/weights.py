"""How much each reason counts in a gap: values with defaults, each to be set by its name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

BORDERS: Mapping[str, float] = {"land": 1.0, "river-mixed": 0.75, "river": 0.5, "dam-or-bridge": 1.0}
"""What a kilometre of border counts for, by its kind: water keeps people apart."""

STATES: Mapping[str, float] = {
    "none": 1.0,
    "intention": 0.5,
    "unknown": 0.5,
    "not-stated": 0.5,
    "looser": 0.5,
}
"""How open the difference is, by what is known of the neighbour: only a finding of none counts in full."""

PURPOSES: Mapping[str, float] = {
    "alignment": 0.5,
    "regional-policy": 0.5,
    "regional-agreements": 0.5,
    "knowledge-exchange": 0.25,
    "information-exchange": 0.25,
    "research": 0.25,
}
"""The share that a purpose takes off. A narrower purpose takes off what its broader one does."""

OTHERS: Mapping[str, float] = {"other-purpose": 0.1, "unnamed": 0.5, "maybe": 0.5, "crossing": 1.0}
"""A purpose not listed or not stated; a collaboration that names a region and not both municipalities;
what only may hold; and the least number of kilometres that a dam or a bridge counts for."""

CROSSING = "dam-or-bridge"
"""The kind of border whose length says nothing of how near people are."""


@dataclass(frozen=True)
class Weights:
    """Every weight by its name: shares from 0 to 1, and `crossing` in kilometres."""

    by_name: Mapping[str, float] = field(default_factory=lambda: {**BORDERS, **STATES, **PURPOSES, **OTHERS})

    def changed(self, changes: Mapping[str, float]) -> Weights:
        """These weights with some of them set to other values."""
        return Weights({**self.by_name, **changes})

    def of_border(self, kind: str) -> float:
        """What a kilometre of this kind of border counts for; in full for a kind not listed."""
        return self.by_name.get(kind, 1.0)

    def counted_km(self, km: float, kind: str) -> float:
        """The kilometres that a border counts for, before its kind is weighed."""
        return max(km, self.by_name["crossing"]) if kind == CROSSING else km

    def of_state(self, state: str) -> float:
        """How open the difference is with a neighbour in this state."""
        return self.by_name.get(state, self.by_name["unknown"])

    def of_purpose(self, broadening: Iterable[str]) -> float:
        """The share that a purpose takes off, given its own code and then the broader ones."""
        listed = (self.by_name[code] for code in broadening if code in self.by_name)
        return next(listed, self.by_name["other-purpose"])

    @property
    def unnamed(self) -> float:
        """What is left of a share where participation of both is not stated."""
        return self.by_name["unnamed"]

    @property
    def maybe(self) -> float:
        """What is left where something only may hold."""
        return self.by_name["maybe"]
