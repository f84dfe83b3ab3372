"""How a template tells data: statuses, dates, labels, names and sources, in the language of the report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from amk.cli.report.parts import Parts
from amk.cli.session import Session
from amk.document.markdown import as_words
from amk.document.template_sandbox import Signs
from amk.model.policy_status import municipality_status_on, policy_status_on
from amk.model.records import Evidence, Municipality, Policy, Source
from amk.questions.wording import evidence_of_standing, evidence_of_status, evidence_told
from amk.values.dates import NotADate, parse_date
from amk.values.line_ranges import parse_lines
from amk.values.multilingual import Multilingual


class TemplateFilters:
    """The filters of a template, and the footnotes that it asked for, in the order in which it did."""

    def __init__(self, session: Session, parts: Parts) -> None:
        self.session = session
        self.parts = parts
        self.phrases = session.phrases
        self._notes: dict[str, str] = {}

    @property
    def filters(self) -> dict[str, Callable[..., Any]]:
        """Each filter by the name that a template has for it."""
        return {
            "date": self.date,
            "part": self.parts.part,
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
                return self.phrases("holds.yes" if value else "holds.no")
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
            return self.phrases.milestone(parse_date(str(text))) if text else ""
        except NotADate:
            return str(text)

    def status(self, code: object) -> str:
        """The label of a status."""
        key = f"status.{code}"
        return self.phrases(key) if self.phrases.knows(key) else self.words(code)

    def label(self, code: object, vocabulary: str) -> str:
        """The label of a code in a vocabulary, or the labels of several."""
        if isinstance(code, list):
            return self.phrases.listing(self.label(each, vocabulary) for each in code)
        return self.session.base.label(vocabulary, str(code), self.phrases.language) if code else ""

    def named(self, id: object, kind: str = "") -> str:
        """The name of an id of a kind or of a reference, or the names of several."""
        if isinstance(id, list):
            return self.phrases.listing(self.named(each, kind) for each in id)
        return self.session.base.name(f"{kind}/{id}" if kind else str(id)) if id else ""

    def words(self, value: object) -> str:
        """A text in the language of the report, told once or per language."""
        if isinstance(value, dict):
            return str(
                value.get(self.phrases.language) or value.get("name") or next(iter(value.values()), "")
            )
        return str(value or "")

    def number(self, value: float, decimals: int | None = None) -> str:
        """A number in the notation of the language, with so many decimals, else as many as it has."""
        wanted = decimals if decimals is not None else len(f"{value:.15g}".partition(".")[2])
        return self.phrases.number(value, wanted)

    def listing(self, values: Iterable[Any]) -> str:
        """Values in a row: commas, and `en` before the last."""
        return self.phrases.listing(filter(None, map(self.told, values)))

    def sources(self, value: Any, of: str = "") -> Signs:
        """A footnote that says where a record or a part of one comes from; nothing where nothing does.

        `of="status"` is for what the status of a municipality or a policy rests on.
        """
        found = list(self._evidence(value, of))
        told = evidence_told(self.session.base, found, self.phrases)
        if not told:
            return Signs()
        return Signs(f"[^{self._notes.setdefault(told, f'amk{len(self._notes) + 1}')}]")

    def _evidence(self, value: Any, of: str) -> Iterator[Evidence]:
        if isinstance(value, list):
            for each in value:
                yield from self._evidence(each, of)
            return
        told = value if isinstance(value, Mapping) else {"ref": value}
        record = self.session.base.known.get(str(told.get("ref")))
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
        base, day = self.session.base, self.session.day
        if isinstance(record, Policy):
            return evidence_of_standing(policy_status_on(base, record, day))
        return evidence_of_status(municipality_status_on(base, record, day))


def _evidence(told: Mapping[str, Any]) -> Evidence:
    """Evidence from its plain data."""
    lines, remark = told.get("lines"), told.get("remark")
    said = (
        Multilingual(by_language=tuple(remark.items()))
        if isinstance(remark, dict)
        else Multilingual(plain=remark)
    )
    return Evidence(
        source=str(told["source"]),
        lines=parse_lines(str(lines)) if lines else None,
        pages=told.get("pages"),
        remark=said if remark else None,
        says=told.get("says"),
    )
