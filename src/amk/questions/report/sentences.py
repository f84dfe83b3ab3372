"""Sentences that become a paragraph: what one source says of one thing is introduced once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby, zip_longest

from amk.document.blocks import Block, Footnote, Paragraph, Run, Text, runs
from amk.questions.attribution import introduced
from amk.values.frozen import frozen


@frozen
class Sentence:
    """Words about something, who says them, and the note on where that stands."""

    about: str
    teller: str
    words: str
    note: str

    def without_about(self) -> Sentence:
        """The same, where what it is about was named before."""
        return replace(self, about="")


def in_one_paragraph(texts: Iterable[Text]) -> Iterator[Block]:
    """Texts as a paragraph, where there are any."""
    if told := joined(texts):
        yield Paragraph(told)


def joined(texts: Iterable[Text]) -> Text:
    """Texts as one, with a space between them."""
    found: list[Run] = []
    for text in texts:
        found += [" ", *runs(text)] if found else runs(text)
    return tuple(found)


def together(sentences: Iterable[Sentence]) -> Iterator[Text]:
    """Sentences, with one introduction for those of one source on one thing, and one note for one place."""
    for (about, teller), some in groupby(sentences, key=lambda s: (s.about, s.teller)):
        first, *others = some
        said = (replace(first, words=introduced(first.words, about, teller)), *others)
        for sentence, after in zip_longest(said, others):
            is_noted = sentence.note and not (after and after.note == sentence.note)
            yield (sentence.words, Footnote(sentence.note)) if is_noted else sentence.words
