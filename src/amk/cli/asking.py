"""What questions that always need a day have in common: the base of that day, and whom they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from amk.cli.opening import Opened
from amk.holding import as_of
from amk.knowledge import KnowledgeBase
from amk.query import in_region, with_municipality
from amk.records import AnyRecord


def on_the_day(here: Opened, asked: bool) -> Opened:
    """A base narrowed to its day, for questions that always need one."""
    return replace(here, base=as_of(here.base, here.day), asked_day=asked)


def scopes(base: KnowledgeBase, region: str | None, municipality: str | None) -> Iterable[frozenset[str]]:
    """The municipalities that a region and a municipality stand for, if they were asked for."""
    if region:
        yield frozenset(m for part in base.parts_of(region) for m in base.members_of(part))
    if municipality:
        yield frozenset({municipality})


def names(base: KnowledgeBase, region: str | None, municipality: str | None) -> dict[str, str | None]:
    """What was asked for, by name, for the statement of coverage."""
    return {
        "region": base.name(f"region/{region}") if region else None,
        "municipality": base.name(f"municipality/{municipality}") if municipality else None,
    }


def label_of(here: Opened, vocabulary: str, code: str | None) -> str | None:
    """The word for a code that was asked for, if one was."""
    return here.base.label(vocabulary, code, here.say.language) if code else None


def wanted_of(here: Opened, region: str | None, municipality: str | None) -> Callable[[AnyRecord], bool]:
    """Whether a record concerns what was asked for, on the day or in its own time."""
    bases = (as_of(here.base, here.day), here.base)
    tests = [in_region(base, region) for base in bases if region]
    if municipality:
        tests = [with_municipality(base, municipality) for base in bases]

    def wanted(record: AnyRecord) -> bool:
        return not tests or any(test(record) for test in tests)

    return wanted
