"""How a template tells data: statuses, dates, labels, names and sources, in the language of the report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from amk.cli.opening import Opened
from amk.dates import NotADate, parse_date
from amk.lines import parse_lines
from amk.owntext import as_words
from amk.questions.telling import evidence_of_standing, evidence_of_status, evidence_told
from amk.records import Evidence, Municipality, Policy, Source
from amk.sandbox import Signs
from amk.standing import municipal_standing, policy_standing
from amk.words import Words


class Wording:
    """The filters of a template, and the footnotes that it asked for, in the order in which it did."""

    def __init__(self, here: Opened) -> None:
        self.here = here
        self.say = here.say
        self._notes: dict[str, str] = {}

    @property
    def filters(self) -> dict[str, Callable[..., Any]]:
        """Each filter by the name that a template has for it."""
        return {
            "date": self.date,
            "status": self.status,
            "label": self.label,
            "named": self.named,
            "words": self.words,
            "number": self.number,
            "listing": self.listing,
            "sources": self.sources,
        }

    def footnotes(self) -> str:
        """What the footnotes say, as Markdown to stand below the text that a template gives."""
        return "\n".join(f"[^{name}]: {as_words(told)}" for told, name in self._notes.items())

    def told(self, value: Any) -> str:
        """A value that a template prints: words, in which no character is a sign of Markdown."""
        match value:
            case None:
                return ""
            case Signs():
                return value
            case bool():
                return self.say("holds.yes" if value else "holds.no")
            case float():
                return self.number(value)
            case list() | tuple():
                return self.listing(value)
            case dict():
                return self._escaped(self.words(value))
        return self._escaped(str(value))

    def _escaped(self, text: str) -> str:
        return "\n".join(as_words(line) for line in text.split("\n")) if text.strip() else text

    def date(self, text: object) -> str:
        """A date in words: 5 juli 2021."""
        try:
            return self.say.milestone(parse_date(str(text))) if text else ""
        except NotADate:
            return str(text)

    def status(self, code: object) -> str:
        """The label of a status."""
        key = f"status.{code}"
        return self.say(key) if self.say.knows(key) else self.words(code)

    def label(self, code: object, vocabulary: str) -> str:
        """The label of a code in a vocabulary, or the labels of several."""
        if isinstance(code, list):
            return self.say.listing(self.label(each, vocabulary) for each in code)
        return self.here.base.label(vocabulary, str(code), self.say.language) if code else ""

    def named(self, id: object, kind: str = "") -> str:
        """The name of an id of a kind or of a reference, or the names of several."""
        if isinstance(id, list):
            return self.say.listing(self.named(each, kind) for each in id)
        return self.here.base.name(f"{kind}/{id}" if kind else str(id)) if id else ""

    def words(self, value: object) -> str:
        """A text in the language of the report, told once or per language."""
        if isinstance(value, dict):
            return str(value.get(self.say.language) or value.get("name") or next(iter(value.values()), ""))
        return str(value or "")

    def number(self, value: float, decimals: int | None = None) -> str:
        """A number in the notation of the language, with so many decimals, else as many as it has."""
        wanted = decimals if decimals is not None else len(f"{value:.15g}".partition(".")[2])
        return self.say.number(value, wanted)

    def listing(self, values: Iterable[Any]) -> str:
        """Values in a row: commas, and `en` before the last."""
        return self.say.listing(filter(None, map(self.told, values)))

    def sources(self, value: Any, of: str = "") -> Signs:
        """A footnote that says where a record or a part of one comes from; nothing where nothing does.

        `of="status"` is for what the status of a municipality or a policy rests on.
        """
        found = list(self._evidence(value, of))
        told = evidence_told(self.here.base, found, self.say)
        if not told:
            return Signs()
        return Signs(f"[^{self._notes.setdefault(told, f'amk{len(self._notes) + 1}')}]")

    def _evidence(self, value: Any, of: str) -> Iterator[Evidence]:
        if isinstance(value, list):
            for each in value:
                yield from self._evidence(each, of)
            return
        told = value if isinstance(value, Mapping) else {"ref": value}
        record = self.here.base.known.get(str(told.get("ref")))
        if of == "status" and isinstance(record, Municipality | Policy):
            yield from self._of_status(record)
        elif "evidence" in told:
            yield from map(_evidence, told["evidence"])
        elif "source" in told:
            yield _evidence(told)
        elif isinstance(record, Source):
            yield Evidence(source=record.id)
        else:
            yield from getattr(record, "evidence", ())

    def _of_status(self, record: Municipality | Policy) -> tuple[Evidence, ...]:
        base, day = self.here.base, self.here.day
        if isinstance(record, Policy):
            return evidence_of_standing(policy_standing(base, record, day))
        return evidence_of_status(municipal_standing(base, record, day))


def _evidence(told: Mapping[str, Any]) -> Evidence:
    """Evidence from its plain data."""
    lines, remark = told.get("lines"), told.get("remark")
    said = Words(by_language=tuple(remark.items())) if isinstance(remark, dict) else Words(plain=remark)
    return Evidence(
        source=str(told["source"]),
        lines=parse_lines(str(lines)) if lines else None,
        pages=told.get("pages"),
        remark=said if remark else None,
        says=told.get("says"),
    )
