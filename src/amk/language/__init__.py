"""Phrases in Dutch and English, and how dates and lists are said.

A language is a package: `de/` beside `nl/` and `en/`, with as many of their phrases as it has; a topic has a
file of its own in it (`de/gaps.py`). What a third language does not say yet is said in English.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules

from amk.values.dates import Date, Moment
from amk.values.errors import UserError

WHOLE = ("nl", "en")
"""The languages that say everything; a test keeps them so."""
LANGUAGES = (
    *WHOLE,
    *sorted({m.name for m in iter_modules(__path__) if m.ispkg} - {*WHOLE}),
)
"""The languages that amk speaks: those that have a package here."""

REPORTS = "reports"
REPORT_NAMES = ("letter", "answer", "meeting", "annex")
"""The documents for others: `reports/NAME.md` in a language is the template of each."""


@dataclass(frozen=True)
class Phrases:
    """Words in one language: `say("gaps.none")`, with values to fill in, and one or many."""

    language: str
    phrases: Mapping[str, str] = field(hash=False, compare=False)
    topics: tuple[str, ...] = ()

    def __call__(self, key: str, /, count: int | None = None, **values: object) -> str:
        """A phrase with its values filled in; with a count, the phrase for one or for many."""
        chosen = key if count is None else f"{key}.{'one' if count == 1 else 'many'}"
        # `{Count}` begins a sentence, where a number that has a word is no figure.
        return self.phrases[chosen].format(
            count=count, Count=self.beginning(count) if count else count, **values
        )

    def beginning(self, count: int) -> str:
        """A number as a sentence begins with it: Zeven, but 21."""
        words = self.phrases.get("number.words", "").split()
        return words[count - 2].capitalize() if 1 < count < len(words) + 2 else str(count)

    def fill(self, key: str, values: Mapping[str, str]) -> str:
        """A phrase with values that come from data."""
        return self.phrases[key].format(**values)

    def knows(self, key: str) -> bool:
        """Whether there is such a phrase."""
        return key in self.phrases

    def with_topic(self, topic: str) -> Phrases:
        """These words, and those of a topic that has a file of its own for each language."""
        return _with_topic(self, topic)

    def municipalities(self, count: int) -> str:
        """So many municipalities: 1 gemeente, 50 gemeenten."""
        return self("municipalities", count=count)

    def status(self, status: str) -> str:
        """The label of a status."""
        return self(f"status.{status}")

    def on(self, when: Date) -> str:
        """When something was, as a part of a sentence: op 5 juli 2021, in juli 2021, omstreeks 2025."""
        moment = when.start if when.start == when.end else None
        if moment is None or moment.approximate:
            return self.milestone(when)
        return self("date.on" if moment.precision == "day" else "date.in", date=self.milestone(when))

    def number(self, value: float, decimals: int = 0) -> str:
        """A number in the notation of the language: 13,6 in Dutch."""
        return f"{value:.{decimals}f}".replace(".", self("number.point"))

    def whole(self, value: int) -> str:
        """A whole number in the notation of the language: 4.500 in Dutch."""
        return f"{value:,}".replace(",", self("number.group"))

    def listing(self, words: Iterable[str]) -> str:
        """Words in a row: commas, and `en` before the last."""
        *most, last = tuple(words) or ("",)
        return self("list.and", most=", ".join(most), last=last) if most else last

    def day(self, day: date) -> str:
        """A day in words: 5 juli 2021."""
        return self("date.day", day=day.day, month=self.month(day.month), year=day.year)

    def month(self, number: int) -> str:
        """The name of a month, counted from 1."""
        return self(f"month.{number}")

    def moment(self, moment: Moment) -> str:
        """A moment in words, with its doubt: omstreeks december 2020."""
        said = self._moment(moment)
        if moment.approximate:
            said = self("date.approximate", date=said)
        return self("date.uncertain", date=said) if moment.uncertain else said

    def _moment(self, moment: Moment) -> str:
        first = moment.first
        match moment.precision:
            case "day":
                return self.day(first)
            case "month":
                return self("date.month", month=self.month(first.month), year=first.year)
            case "quarter":
                return self(f"date.quarter.{first.month // 3 + 1}", year=first.year)
            case "season":
                return self(f"date.season.{first.month // 3}", year=first.year)
            case "year":
                return str(first.year)
            case "years":
                return self("date.years", first=first.year, last=moment.last.year)

    def date(self, when: Date) -> str:
        """A date in words: sinds maart 2019, van mei 2020 tot en met november 2020, 2021."""
        if not when.is_interval:
            return self.moment(when.start) if when.start else ""
        if when.start and when.end:
            return self("date.between", start=self.moment(when.start), end=self.moment(when.end))
        if when.start:
            return self("date.since", start=self.moment(when.start))
        if when.end:
            return self("date.until", end=self.moment(when.end))
        return self("date.start-unknown") if when.starts_unknown else self("date.always")

    def milestone(self, when: Date) -> str:
        """The date of a moment in words; an interval bounds it: uiterlijk 5 juli 2021."""
        if when.is_interval and when.end and not when.start:
            return self("date.by", end=self.moment(when.end))
        if when.is_interval and when.start and when.end:
            return self("date.some-day", start=self.moment(when.start), end=self.moment(when.end))
        return self.date(when)


@cache
def phrases_in(language: str) -> Phrases:
    """The words of a language. Raises UserError for one that amk does not speak."""
    if language not in LANGUAGES:
        raise UserError("stop.language", found=language, known=", ".join(LANGUAGES))
    return Phrases(language, phrases_of("", language))


@cache
def reports_in(language: str) -> Mapping[str, Path]:
    """The documents for others by name, each a template in a language; in English where a third has none."""
    folders = [Path(__file__).parent / spoken / REPORTS for spoken in ("en", language)]
    return {path.stem: path for folder in folders for path in folder.glob("*.md")}


@cache
def _help(language: str) -> Mapping[str, Mapping[str, str]]:
    import json

    path = Path(__file__).parent / language / "help.json"
    found: Mapping[str, Mapping[str, str]] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found


def help_in(language: str) -> Mapping[str, str]:
    """What each English text of the help is in a language; nothing in English."""
    return _help(language).get("texts", {})


def table_meanings_in(language: str) -> Mapping[str, str]:
    """What each English meaning of a table or column for SQL is in a language; nothing in English."""
    return _help(language).get("tables", {})


def aliases(what: str) -> Mapping[str, str]:
    """What commands, or reports, are called in every language but English: `toon` is `show`."""
    return {name: meant for language in LANGUAGES for name, meant in _help(language).get(what, {}).items()}


def phrases_of(topic: str, language: str) -> Mapping[str, str]:
    """The phrases of a topic, or those of every topic; in English where a third language has none."""
    said = _file(topic, language)
    if language in WHOLE:
        return said
    whole, english = _file("", language), _file(topic, "en")
    return {**english, **{key: whole[key] for key in english.keys() & whole.keys()}, **said}


@cache
def _with_topic(phrases: Phrases, topic: str) -> Phrases:
    more = phrases_of(topic, phrases.language)
    return Phrases(phrases.language, {**phrases.phrases, **more}, (*phrases.topics, topic))


def _file(topic: str, language: str) -> Mapping[str, str]:
    """What a file of phrases holds; nothing where a third language has no such file."""
    name = f"amk.language.{language}.{topic}" if topic else f"amk.language.{language}"
    if language not in WHOLE and not find_spec(name):
        return {}
    found: Mapping[str, str] = import_module(name).PHRASES
    return found
