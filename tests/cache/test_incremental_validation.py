"""After a change only what it can touch is checked again, and what is told is what reading anew tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest
from benchmarks.generating import generate, write

from amk.cache import refresh as taking
from amk.cache.data_folder import read_anew, read_cached
from amk.cache.validation import find_problems_cached
from amk.checks import check_between
from amk.checks.validation import find_problems
from amk.model.knowledge_base import KnowledgeBase
from amk.model.problems import Problem

DAY = date(2026, 1, 1)
Patching = pytest.MonkeyPatch
pytestmark = pytest.mark.usefixtures("at_rest")


@pytest.fixture
def checked(monkeypatch: Patching) -> list[int]:
    """How many records were checked against others, each time."""
    counts: list[int] = []
    really = check_between

    def counting(base: KnowledgeBase) -> tuple[Problem, ...]:
        counts.append(len(base.records))
        return really(base)

    monkeypatch.setattr("amk.cache.validation.check_between", counting)
    return counts


def base_of(folder: Path, records: int, seed: int) -> Path:
    write(folder, generate(seed, records))
    return folder


def files_of(data: Path, *kinds: str) -> list[Path]:
    return sorted(path for kind in kinds or ("*",) for path in data.glob(f"{kind}/*.yaml"))


VALUE = re.compile(r"^(?P<key>[ -]*[\w-]+: )(?P<value>\S.*)$", re.MULTILINE)


def said_elsewhere(data: Path, random: Random) -> None:
    """A value becomes what another record says under the same key."""
    one, other = (path.read_text(encoding="utf-8") for path in random.sample(files_of(data), 2))
    lent = {m["key"].strip(" -"): m["value"] for m in VALUE.finditer(other)}
    places = [m for m in VALUE.finditer(one) if lent.get(m["key"].strip(" -"), m["value"]) != m["value"]]
    if places:
        place = random.choice(places)
        text = one[: place.start("value")] + lent[place["key"].strip(" -")] + one[place.end("value") :]
        next(p for p in files_of(data) if p.read_text(encoding="utf-8") == one).write_text(
            text, encoding="utf-8"
        )


def renamed(data: Path, random: Random) -> None:
    path = random.choice(files_of(data))
    path.rename(path.with_stem(f"{path.stem}-{random.randrange(9)}"))


def removed(data: Path, random: Random) -> None:
    random.choice(files_of(data, "municipalities", "policies", "sources", "regions")).unlink()


def recorded_twice(data: Path, random: Random) -> None:
    path = random.choice(files_of(data))
    path.with_stem(f"a-{path.stem}").write_bytes(path.read_bytes())


def broken(data: Path, random: Random) -> None:
    random.choice(files_of(data)).write_text("title: [", encoding="utf-8")


def cut_short(data: Path, random: Random) -> None:
    path = random.choice(files_of(data))
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[: random.randrange(len(lines)) + 1]), encoding="utf-8")


def waived(data: Path, random: Random) -> None:
    path = random.choice(files_of(data))
    code = random.choice(["REF001", "BORD001", "EVID001", "DUP003", "STAT001"])
    with path.open("a", encoding="utf-8") as file:
        file.write(f"waive:\n  - code: {code}\n    reason: Zo besproken.\n")


CHANGES = (said_elsewhere,) * 8 + (renamed, removed, recorded_twice, broken, cut_short, waived)


def every_step(data: Path, seed: int, steps: int) -> Iterator[int]:
    random = Random(seed)
    for step in range(steps):
        for _ in range(random.choice((1, 1, 2))):
            random.choice(CHANGES)(data, random)
        yield step


def assert_told_as_anew(data: Path) -> None:
    assert find_problems_cached(read_cached(data), DAY) == find_problems(read_anew(data).tree, DAY)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_changes_the_same_is_told_as_by_reading_anew(tmp_path: Path, seed: int) -> None:
    data = base_of(tmp_path / "data", 60, seed)
    assert_told_as_anew(data)

    for _ in every_step(data, seed, 25):
        assert_told_as_anew(data)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 106))
def test_the_same_holds_for_many_more_changes(tmp_path: Path, seed: int) -> None:
    data = base_of(tmp_path / "data", 150, seed)

    for _ in every_step(data, seed, 40):
        assert_told_as_anew(data)


def test_of_a_few_changes_only_the_neighbours_are_checked_again(tmp_path: Path, checked: list[int]) -> None:
    data = base_of(tmp_path / "data", 400, 1)
    find_problems_cached(read_cached(data), DAY)
    everything = checked.pop()
    policy = next(path for path in files_of(data, "policies"))

    policy.write_text(policy.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    find_problems_cached(read_cached(data), DAY)

    assert checked[-1] < everything / 4
    assert_told_as_anew(data)


def test_another_day_checks_nothing_again(tmp_path: Path, checked: list[int]) -> None:
    data = base_of(tmp_path / "data", 60, 1)
    find_problems_cached(read_cached(data), DAY)
    checked.clear()

    find_problems_cached(read_cached(data), date(2026, 1, 2))

    assert checked == []


@pytest.mark.parametrize("kind", taking.FOR_ALL)
def test_what_all_may_depend_on_has_all_checked_again(tmp_path: Path, checked: list[int], kind: str) -> None:
    data = base_of(tmp_path / "data", 60, 1)
    find_problems_cached(read_cached(data), DAY)
    path = data / kind if kind.endswith(".yaml") else files_of(data, kind.strip("/"))[0]

    path.write_text(path.read_text(encoding="utf-8") + "\n# anders\n", encoding="utf-8")
    find_problems_cached(read_cached(data), DAY)

    assert checked[0] == checked[1]
