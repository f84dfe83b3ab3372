"""The goals of amk at scale, and whether a run met them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Seconds = Mapping[tuple[str, int], float]
"""Seconds by the name of a command and the number of records that were asked for."""

SMALL, LARGE = 10_000, 100_000


@dataclass(frozen=True)
class Ratio:
    """One command at most so many times as long as another, at a size."""

    command: str
    most: float
    than: str
    size: int = SMALL
    than_size: int = SMALL

    def of(self, seconds: Seconds) -> float | None:
        own, other = seconds.get((self.command, self.size)), seconds.get((self.than, self.than_size))
        return own / other if own is not None and other else None

    @property
    def told(self) -> str:
        other = self.than if self.size == self.than_size else f"itself at {self.than_size:,} records"
        return f"{self.command}, at {self.size:,} records, ≤ {self.most:g} × {other}"


def _growth(command: str, most: float) -> Ratio:
    return Ratio(command, most, command, LARGE, SMALL)


CPU = ", CPU"
"""What the name of a command ends with where the seconds of its processors are meant, not of the clock."""

UNCACHED = "amk --no-cache validate"
COLD, WARM, CHANGED = "amk validate, cold", "amk validate, warm", "amk validate, one file changed"
LISTED, SOUGHT = "amk list --region, warm", "amk search, warm"
YAMALE, RECSEL, GREP = "yamale", "recsel", "grep -r"

RATIOS: tuple[Ratio, ...] = (
    Ratio(UNCACHED + CPU, 0.3, YAMALE + CPU),
    Ratio(COLD + CPU, 0.5, YAMALE + CPU),
    Ratio(COLD, 0.5, YAMALE),
    Ratio(WARM, 0.15, YAMALE),
    Ratio(CHANGED, 0.2, YAMALE),
    Ratio(LISTED, 1.2, RECSEL),
    Ratio(SOUGHT, 0.5, GREP),
    *(_growth(command, 12) for command in (COLD, WARM, CHANGED)),
    *(_growth(command, 4) for command in (LISTED, SOUGHT)),
)

MOST_MEMORY = 150
"""MB, for every command of amk, at the size of the goals."""


def judged(seconds: Seconds) -> Iterator[tuple[str, str, str]]:
    """Each goal that a run can speak of: what it asks, what was found, and whether it is met."""
    for goal in RATIOS:
        found = goal.of(seconds)
        if found is not None:
            yield goal.told, f"{found:.2f} ×", verdict(found <= goal.most)


def judged_memory(memory: Sequence[tuple[str, float]]) -> tuple[str, str, str]:
    """The goal for memory, by the command of amk that took most."""
    name, most = max(memory, key=lambda pair: pair[1])
    told = f"peak memory at {SMALL:,} records ≤ {MOST_MEMORY} MB"
    return told, f"{most:.0f} MB ({name})", verdict(most <= MOST_MEMORY)


def verdict(met: bool) -> str:
    return "met" if met else "**not met**"
