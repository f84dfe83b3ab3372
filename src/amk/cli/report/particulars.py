"""What the sender of a document says of it: since when, to whom, from whom, on which question."""

from __future__ import annotations

from typing import Annotated

from amk.cli.options import option
from amk.values.frozen import frozen

Since = Annotated[
    str | None,
    option(
        "--since DATE|REVISION",
        "Changes since this day or revision: for changes, letter, meeting, own templates.",
    ),
]
To = Annotated[str | None, option("--to NAME", "For a letter: to whom.")]
Sender = Annotated[str | None, option("--from NAME", "For a letter: from whom.")]
Reference = Annotated[str | None, option("--reference NUMBER", "For a letter or an answer: your reference.")]
Question = Annotated[str | None, option("--question TEXT", "For an answer: the question.")]


@frozen
class Particulars:
    """What a template is told beside what the data say."""

    since: Since = None
    to: To = None
    sender: Sender = None
    reference: Reference = None
    question: Question = None


NONE = Particulars()
