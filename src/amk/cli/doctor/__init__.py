"""What is set up for amk and what is not, each with how it is and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from amk.language import Phrases
from amk.values.frozen import frozen

State = Literal["fine", "better", "needed"]
"""Nothing to do; something would help; something has to be done before amk can be relied on."""


@frozen
class Finding:
    """How one part of the surroundings is: which part, what was found there, how much that matters."""

    part: str
    found: str
    state: State = "fine"
    values: Mapping[str, str] = field(default_factory=dict)

    def how(self, phrases: Phrases) -> str:
        """How it is, in a sentence."""
        return phrases.fill(f"doctor.{self.part}.{self.found}", self.values)

    def to_do(self, phrases: Phrases) -> str:
        """What to do about it; nothing where all is well."""
        key = f"doctor.{self.part}.{self.found}.do"
        return phrases.fill(key, self.values) if self.state != "fine" else ""
