"""Seconds that `find_gaps`, `find_coverage` and `find_stale` take on a generated base, after loading.

A square of municipalities, each with four neighbours; a third have policy, every 25 form a region with
a collaboration. Run it with `python benchmarks/gaps.py [MUNICIPALITIES]`; the goal is 2 seconds for 10,000.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from datetime import date

from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import (
    AnyRecord,
    Border,
    Collaboration,
    Evidence,
    Manifest,
    Member,
    Milestone,
    Municipality,
    Participant,
    Policy,
    Region,
    Source,
)
from amk.model.validity import as_of
from amk.questions.coverage.find import find_coverage
from amk.questions.coverage.stale import find_stale
from amk.questions.gaps.find import find_gaps
from amk.values.dates import parse_date
from amk.values.multilingual import Multilingual

DAY = date(2021, 7, 5)
EVIDENCE = (Evidence(source="s"),)


def base_of(number: int) -> KnowledgeBase:
    manifest = Manifest(title=Multilingual(plain="t"), subject=Multilingual(plain="s"), divided_by="area")
    return KnowledgeBase.of(list(records(number)), manifest)


def records(number: int) -> Iterator[AnyRecord]:
    side = int(number**0.5)
    yield Source(id="s", title="S", type="letter", date=parse_date("2021-07-05"))
    for place in range(number):
        around = (place - 1, place + 1, place - side, place + side)
        borders = {f"m{n}": Border(km=5.0, kind="land") for n in around if 0 <= n < number}
        yield Municipality(id=f"m{place}", name=f"M {place}", neighbours=borders, evidence=EVIDENCE)
        if place % 3 == 0:
            reached = (Milestone(status="adopted", date=parse_date("2020-01-01")),)
            owner = (f"m{place}",)
            yield Policy(
                id=f"p{place}", title="P", municipalities=owner, milestones=reached, evidence=EVIDENCE
            )
        if place % 25 == 0:
            inside = tuple(f"m{n}" for n in range(place, min(place + 25, number)))
            yield Region(
                id=f"r{place}", name=f"R {place}", type="area", evidence=EVIDENCE,
                members=tuple(Member(municipality=m) for m in inside),
            )  # fmt: skip
            yield Collaboration(
                id=f"c{place}", name="C", regions=(f"r{place}",), purposes=("alignment",),
                participants=tuple(Participant(municipality=m) for m in inside[:5]), evidence=EVIDENCE,
            )  # fmt: skip


def timed(name: str, work: Callable[[], object]) -> None:
    begun = time.perf_counter()
    work()
    print(f"| {name} | {time.perf_counter() - begun:.2f} |")


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    base = base_of(number)
    print(f"{number} municipalities\n\n| what | seconds |\n|---|---|")
    timed("as_of and find_gaps", lambda: find_gaps(as_of(base, DAY), DAY))
    timed("find_coverage", lambda: find_coverage(base, DAY, base.regions))
    timed("find_stale", lambda: find_stale(base, DAY, date(2020, 7, 5)))


main()
