"""Gaps: which borders there are, what they are told as, and what they come to."""

from __future__ import annotations

import json
import re
import shutil
import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amk.cli import run as run_here
from amk.language import phrases_in
from amk.model.knowledge_base import KnowledgeBase
from amk.model.validity import as_of
from amk.questions.gaps.find import Gap, Interest, find_gaps
from amk.questions.gaps.reasons import reasons_of
from amk.questions.gaps.weights import Weights
from amk.storage.data_folder import working_tree
from amk.storage.loading import load
from tests.conftest import ROOT, MakeBase

DAY = date(2021, 7, 5)
EVIDENCE = "evidence:\n  - source: s\n"
VOCABULARY = {
    "sources/s.yaml": "title: S\ntype: letter\ndate: 2021-07-05\n",
    "vocabulary/purposes.yaml": (
        "labels:\n  en: P\nconcepts:\n"
        "  - code: alignment\n    labels:\n      en: alignment\n"
        "  - code: prevent-waterbed\n    labels:\n      en: prevention\n    broader: alignment\n"
        "  - code: information-exchange\n    labels:\n      en: exchange\n"
    ),
}
ADOPTED = "  - status: adopted\n    date: 2020-01-01\n"
CAVEAT = "Signaal, geen oordeel; verplaatsing is niet onderzocht."


def municipality(name: str, *borders: tuple[str, float, str], more: str = "") -> str:
    neighbours = "".join(f"  {id}:\n    km: {km}\n    kind: {kind}\n" for id, km, kind in borders)
    return f"name: {name}\n" + (f"neighbours:\n{neighbours}" if borders else "") + more + EVIDENCE


def policy(owner: str, milestones: str = ADOPTED, effect: str = "restricts", more: str = "") -> str:
    return f"title: P\n{owner}milestones:\n{milestones}effect: {effect}\n{more}{EVIDENCE}"


def of(municipality: str) -> str:
    return f"municipalities:\n  - {municipality}\n"


def two(kind: str = "land", km: float = 10.0, more: str = "") -> dict[str, str]:
    """A and B share a border."""
    return {
        **VOCABULARY,
        "municipalities/a.yaml": municipality("A", ("b", km, kind)),
        "municipalities/b.yaml": municipality("B", ("a", km, kind), more=more),
    }


def meeting(purpose: str, period: str = "2020/2022", who: tuple[str, ...] = ("a", "b")) -> dict[str, str]:
    participants = "".join(f"  - municipality: {m}\n" for m in who)
    text = f"name: C\nparticipants:\n{participants}purposes:\n  - {purpose}\nperiod: {period}\n{EVIDENCE}"
    return {"collaborations/c.yaml": text}


FINDING = "no_policy_found:\n  - date: 2021-01-01\n    evidence:\n      - source: s\n"


def gaps_in(base: KnowledgeBase, day: date = DAY, **interest: Any) -> tuple[Gap, ...]:
    return find_gaps(as_of(base, day), day, Interest(**interest)).found


def pairs(gaps: tuple[Gap, ...]) -> set[tuple[str, str]]:
    return {(g.giving.municipality.id, g.receiving.municipality.id) for g in gaps}


def the_gap(base: KnowledgeBase, **interest: Any) -> Gap:
    [gap] = gaps_in(base, **interest)
    return gap


def test_policy_beside_nothing_known_is_a_possible_pressure_and_never_told_as_none(
    base_of: MakeBase,
) -> None:
    gap = the_gap(base_of({**two(), "policies/p.yaml": policy(of("a"))}))

    assert (gap.lack, gap.difference, gap.holds) == ("unknown", "pressure", "maybe")


def test_a_finding_of_none_makes_it_certain_and_counts_in_full(base_of: MakeBase) -> None:
    gap = the_gap(base_of({**two(more=FINDING), "policies/p.yaml": policy(of("a"))}))

    assert (gap.lack, gap.holds, gap.score) == ("none", "yes", 10.0)


def test_an_intention_is_a_gap_and_two_that_regulate_are_none(base_of: MakeBase) -> None:
    concept = "  - status: concept\n    date: 2020-01-01\n"
    both = {**two(), "policies/p.yaml": policy(of("a"))}

    assert the_gap(base_of({**both, "policies/q.yaml": policy(of("b"), concept)})).lack == "intention"
    assert gaps_in(base_of({**both, "policies/q.yaml": policy(of("b"))})) == ()
    assert gaps_in(base_of(two())) == ()


@pytest.mark.parametrize("effect", ["allows", "both", "unknown"])
def test_only_a_known_restricting_effect_is_a_pressure(base_of: MakeBase, effect: str) -> None:
    texts = {**two(more=FINDING), "policies/p.yaml": policy(of("a"), effect=effect)}

    assert the_gap(base_of(texts)).difference == "difference"


def test_a_policy_that_restricts_beside_one_that_makes_room_is_no_pressure(base_of: MakeBase) -> None:
    texts = {
        **two(more=FINDING),
        "policies/p.yaml": policy(of("a")),
        "policies/q.yaml": policy(of("a"), effect="allows"),
    }

    assert the_gap(base_of(texts)).difference == "difference"


@pytest.mark.parametrize(
    ("kind", "km", "score"),
    [("land", 10.0, 10.0), ("river-mixed", 10.0, 7.5), ("river", 10.0, 5.0), ("dam-or-bridge", 0.0, 1.0)],
)
def test_a_river_counts_less_and_a_dam_counts_as_one_kilometre(
    base_of: MakeBase, kind: str, km: float, score: float
) -> None:
    texts = {**two(kind, km, FINDING), "policies/p.yaml": policy(of("a"))}

    assert the_gap(base_of(texts)).score == pytest.approx(score)


@pytest.mark.parametrize(
    ("purpose", "left"), [("information-exchange", 7.5), ("alignment", 5.0), ("prevent-waterbed", 5.0)]
)
def test_alignment_takes_off_more_than_exchange(base_of: MakeBase, purpose: str, left: float) -> None:
    texts = {**two(more=FINDING), "policies/p.yaml": policy(of("a")), **meeting(purpose)}

    assert the_gap(base_of(texts)).score == pytest.approx(left)


def test_a_collaboration_that_ended_or_only_may_run_takes_off_nothing_or_less(base_of: MakeBase) -> None:
    texts = {**two(more=FINDING), "policies/p.yaml": policy(of("a"))}
    ended = base_of({**texts, **meeting("alignment", "2019/2020")})
    doubtful = base_of({**texts, **meeting("alignment", "2021")})

    assert the_gap(ended).meetings == ()
    assert the_gap(doubtful).damping == pytest.approx(0.25)


REGION = {
    "regions/r.yaml": (f"name: R\ntype: x\nmembers:\n  - municipality: a\n  - municipality: b\n{EVIDENCE}"),
    "collaborations/c.yaml": (
        f"name: C\nregions:\n  - r\npurposes:\n  - alignment\nperiod: 2020/2022\n{EVIDENCE}"
    ),
}


def test_a_collaboration_of_a_region_is_told_as_such_and_takes_off_half_as_much(base_of: MakeBase) -> None:
    base = base_of({**two(more=FINDING), "policies/p.yaml": policy(of("a")), **REGION})
    gaps = find_gaps(as_of(base, DAY), DAY)
    [gap] = gaps.found
    told = reasons_of(gaps, gap, phrases_in("nl").with_topic("gaps"))

    assert gap.damping == pytest.approx(0.25)
    assert "Regio R heeft C (alignment); deelname niet vermeld." in told


def test_a_region_whose_list_of_participants_is_complete_reaches_nobody_else(base_of: MakeBase) -> None:
    complete = REGION["collaborations/c.yaml"] + "participants:\n  - municipality: a\n"
    texts = {**two(more=FINDING), "policies/p.yaml": policy(of("a")), **REGION}
    named = {**texts, "collaborations/c.yaml": complete}
    closed = {**texts, "collaborations/c.yaml": complete + "participants_complete: true\n"}

    assert the_gap(base_of(named)).meetings[0].named == {"a"}
    assert the_gap(base_of(closed)).meetings == ()


def test_a_collaboration_of_the_home_region_connects_nobody_in_particular(base_of: MakeBase) -> None:
    manifest = {"amk.yaml": "title: T\nsubject: S\nhome_region: r\n"}
    base = base_of({**two(more=FINDING), "policies/p.yaml": policy(of("a")), **REGION, **manifest})

    assert the_gap(base).meetings == ()


def test_what_may_have_been_adopted_pushes_only_maybe_and_counts_half(base_of: MakeBase) -> None:
    perhaps = "  - status: adopted\n    date: 2021\n"
    gap = the_gap(base_of({**two(more=FINDING), "policies/p.yaml": policy(of("a"), perhaps)}))

    assert (gap.giving.regulates, gap.holds, gap.score) == ("maybe", "maybe", 5.0)


def test_the_policy_of_a_region_makes_its_members_a_maybe(base_of: MakeBase) -> None:
    region = f"name: R\ntype: x\nmembers:\n  - municipality: a\n{EVIDENCE}"
    texts = {**two(more=FINDING), "policies/p.yaml": policy("regions:\n  - r\n"), "regions/r.yaml": region}
    gap = the_gap(base_of(texts))

    assert (gap.giving.municipality.id, gap.giving.regulates, gap.holds) == ("a", "maybe", "maybe")


def condition(value: str, unit: str = "persons") -> str:
    return f"conditions:\n  max-per-dwelling:\n    value: '{value}'\n    unit: {unit}\n"


def test_of_two_limits_the_stricter_pushes(base_of: MakeBase) -> None:
    strict, loose = policy(of("a"), more=condition("4")), policy(of("b"), more=condition("6"))
    texts = {**two(), "policies/p.yaml": strict}
    code = "max-per-dwelling"

    found = gaps_in(base_of({**texts, "policies/q.yaml": loose}), condition=code)
    assert pairs(found) == {("a", "b")}
    assert found[0].lack == "looser"
    assert gaps_in(base_of({**texts, "policies/q.yaml": loose})) == ()
    assert (
        gaps_in(base_of({**texts, "policies/q.yaml": loose.replace("persons", "beds")}), condition=code) == ()
    )


def test_a_policy_without_the_condition_is_not_taken_to_lack_it(base_of: MakeBase) -> None:
    texts = {
        **two(),
        "policies/p.yaml": policy(of("a"), more=condition("4")),
        "policies/q.yaml": policy(of("b")),
    }
    gap = the_gap(base_of(texts), condition="max-per-dwelling")

    assert (gap.lack, gap.holds) == ("not-stated", "maybe")


def test_municipalities_are_those_of_the_day(shipped: KnowledgeBase) -> None:
    before, after = (pairs(gaps_in(shipped, day)) for day in (date(2022, 12, 31), date(2023, 1, 1)))
    old = {"brielle", "hellevoetsluis", "westvoorne"}

    assert ("rotterdam", "brielle") in before
    assert ("rotterdam", "voorne-aan-zee") in after
    assert not any("voorne-aan-zee" in pair for pair in before)
    assert not any(old & set(pair) for pair in after)


def test_an_inherited_policy_pushes_only_maybe(shipped: KnowledgeBase, tmp_path: Path) -> None:
    inherited = policy(of("brielle")).replace("source: s", "source: bijlage-1-2021")
    base = with_policy(tmp_path, inherited, without="nissewaard")
    found = gaps_in(base, date(2023, 6, 1))
    [gap] = [g for g in found if g.giving.municipality.id == "voorne-aan-zee"]

    assert gap.receiving.municipality.id == "nissewaard"
    assert (gap.giving.regulates, gap.holds) == ("maybe", "maybe")


def with_policy(folder: Path, text: str, without: str = "-") -> KnowledgeBase:
    """The shipped data, copied, and one policy more; without the policies of one municipality."""
    data = folder / "data"
    shutil.copytree(ROOT / "data", data)
    for path in (data / "policies").glob("*.yaml"):
        if f"  - {without}\n" in path.read_text(encoding="utf-8"):
            path.unlink()
    (data / "policies" / "extra.yaml").write_text(text, encoding="utf-8")
    loaded = load(working_tree(data))
    assert loaded.problems == ()
    return loaded.base


def test_one_adopted_policy_changes_exactly_the_borders_of_its_municipality(
    shipped: KnowledgeBase, tmp_path: Path
) -> None:
    base = with_policy(tmp_path, policy(of("delft")).replace("source: s", "source: bijlage-1-2021"))
    before, after = pairs(gaps_in(shipped)), pairs(gaps_in(base))

    assert before - after == {("rotterdam", "delft")}
    assert after - before == {
        ("delft", neighbour)
        for neighbour in ("den-haag", "midden-delfland", "pijnacker-nootdorp", "rijswijk")
    }


def test_scopes_hold_for_either_side(shipped: KnowledgeBase) -> None:
    whole = pairs(gaps_in(shipped))
    about = pairs(gaps_in(shipped, scopes=(frozenset({"delft"}),)))

    assert about == {pair for pair in whole if "delft" in pair} == {("rotterdam", "delft")}


@cache
def shipped_once() -> KnowledgeBase:
    """The shipped data for laws: hypothesis allows no fixture that is made anew."""
    return load(working_tree(ROOT / "data")).base


@given(st.sampled_from(sorted(Weights().by_name)), st.floats(0, 1))
def test_no_weight_changes_which_borders_are_found_and_none_makes_a_score_negative(
    name: str, value: float
) -> None:
    base = shipped_once()
    found = gaps_in(base, weights=Weights().changed({name: value}))

    assert pairs(found) == pairs(gaps_in(base))
    assert all(0 <= gap.score <= max(gap.border.km, 1) for gap in found)


@pytest.fixture
def example(base_of: MakeBase) -> KnowledgeBase:
    """The example of `docs/gaps-method.md`."""
    doubtful = "  - status: adopted\n    date: 2021\n"
    making = "  - status: preparation\n    date: 2021-03-01\n"
    area = f"name: R\ntype: x\nmembers:\n  - municipality: oever\n  - municipality: duin\n{EVIDENCE}"
    exchange = f"name: O\nregions:\n  - r\npurposes:\n  - information-exchange\nperiod: 2020/2022\n{EVIDENCE}"
    around = (("polder", 8, "land"), ("kade", 6, "river"), ("duin", 10, "river-mixed"))
    polder = (("oever", 8, "land"), ("eind", 4, "land"))
    return base_of(
        {
            **VOCABULARY,
            "municipalities/oever.yaml": municipality("Oever", *around),
            "municipalities/polder.yaml": municipality("Polder", *polder, more=FINDING),
            "municipalities/kade.yaml": municipality("Kade", ("oever", 6, "river")),
            "municipalities/duin.yaml": municipality("Duin", ("oever", 10, "river-mixed")),
            "municipalities/eind.yaml": municipality("Eind", ("polder", 4, "land")),
            "policies/p.yaml": policy(of("oever")),
            "policies/q.yaml": policy(of("duin"), making),
            "policies/e.yaml": policy(of("eind"), doubtful, "unknown"),
            "regions/r.yaml": area,
            "collaborations/o.yaml": exchange,
            **meeting("alignment", who=("oever", "polder")),
        }
    )


@pytest.mark.parametrize(("page", "language"), [("gaps-method.md", "en"), ("methode-waterbed.md", "nl")])
def test_the_example_in_the_manual_is_what_amk_counts(
    example: KnowledgeBase, page: str, language: str
) -> None:
    manual = (ROOT / "docs" / page).read_text(encoding="utf-8")
    phrases = phrases_in(language).with_topic("gaps")
    gaps = find_gaps(as_of(example, DAY), DAY)
    sums = [reasons_of(gaps, gap, phrases)[-1].partition(": ")[2].rstrip(".") for gap in gaps.found]
    shown = re.findall(r"^\| \w+ → \w+ \|.*\| ([^|]*=[^|]*) \|$", manual, re.MULTILINE)

    assert sums == shown
    assert [round(gap.score, 2) for gap in gaps.found] == [4.0, 3.28, 1.5, 2.0]


@pytest.mark.parametrize("page", ["gaps-method.md", "methode-waterbed.md"])
def test_every_weight_is_in_the_manual_with_its_default(page: str) -> None:
    manual = (ROOT / "docs" / page).read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `([\w-]+)` \| ([\d.]+) \|", manual, re.MULTILINE))

    assert {name: float(value) for name, value in told.items()} == dict(Weights().by_name)


def ask(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    sys.argv = ["amk"]
    code = run_here([*map(str, arguments), "--data", str(ROOT / "data")])
    return code, *capsys.readouterr()


@pytest.mark.parametrize("format", ["table", "md", "html"])
def test_every_telling_says_that_it_is_a_signal(capsys: pytest.CaptureFixture[str], format: str) -> None:
    code, told, _ = ask(capsys, "gaps", "--as-of", "2021-07-05", "-f", format)

    assert code == 0
    assert CAVEAT in told
    assert "onbekend betekent niet dat er geen beleid is" in " ".join(told.lower().split())


def test_json_has_both_sides_and_says_what_they_have(capsys: pytest.CaptureFixture[str]) -> None:
    _, told, _ = ask(capsys, "gaps", "--as-of", "2021-07-05", "--municipality", "Zuidplas", "--json")
    rows = json.loads(told)
    row = next(r for r in rows if r["from"]["ref"] == "municipality/lansingerland")

    assert row["to"]["ref"] == "municipality/zuidplas"
    assert (row["km"], row["kind"], row["kind_of_difference"]) == (10.25, "land", "difference")
    assert (row["from_status"], row["to_status"]) == ("adopted", "unknown")
    assert [c["ref"] for c in row["collaborations"]] == ["collaboration/overleg-greenport-oostland"]
    assert row["purposes"] == ["knowledge-exchange", "information-exchange"]
    assert row["score"] == pytest.approx(10.25 * 0.5 * 0.75, abs=1e-3)


def test_a_weight_that_was_set_counts_and_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("gaps", "--as-of", "2021-07-05")
    _, usual, _ = ask(capsys, *arguments, "--json")
    _, changed, _ = ask(capsys, *arguments, "--weight", "river=1", "--json")
    _, told, _ = ask(capsys, *arguments, "--weight", "river=1")

    before, after = (scores_of_rivers(json.loads(rows)) for rows in (usual, changed))
    assert before
    assert after == pytest.approx({pair: 2 * score for pair, score in before.items()}, abs=1e-3)
    assert "rivier 1 (ingesteld)" in " ".join(told.split())


def scores_of_rivers(rows: list[dict[str, Any]]) -> dict[tuple[str, str], float]:
    return {(r["from"]["ref"], r["to"]["ref"]): r["score"] for r in rows if r["kind"] == "river"}


@pytest.mark.parametrize(
    "wrong", ["rivr=1", "river", "river=2", "river=x", "river=nan", "crossing=-1", "crossing=inf"]
)
def test_a_wrong_weight_is_told_in_a_sentence(capsys: pytest.CaptureFixture[str], wrong: str) -> None:
    code, told, error = ask(capsys, "gaps", "--weight", wrong)

    assert (code, told) == (2, "")
    assert error.startswith("amk: ")
    assert error.count("\n") == 1


def test_neighbours_outside_the_province_are_named_and_not_judged(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, told, _ = ask(capsys, "gaps", "--today", "2026-06-01", "--municipality", "Goeree-Overflakkee")
    _, rows, _ = ask(capsys, "gaps", "--today", "2026-06-01", "--json")

    assert "Goeree-Overflakkee grenst aan Moerdijk en Schouwen-Duiveland." in told
    assert "Moerdijk" not in rows


def page_of(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert run_here(["gaps", "--region", "Haaglanden", "--lang", "nl", "-f", "md", *options]) == 0
    return capsys.readouterr().out


def test_how_a_border_was_counted_is_told_only_where_it_is_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    plain, explained = page_of(capsys), page_of(capsys, "--explain")

    assert not re.search(r"Telling:|Gewichten:|×", plain)
    assert re.search(r"Telling: [\d, ×]+ = [\d,]+\.", explained)
    assert "Gewichten: " in explained


def test_a_weight_that_was_set_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Gewichten: niets bekend 0,2 (ingesteld)." in page_of(capsys, "--weight", "unknown=0.2")


def test_what_a_collaboration_is_for_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert page_of(capsys).count("(regionale afspraken, verdeling); of dit nog loopt, is niet bekend") == 1


def test_a_border_under_a_kilometre_stands_above_no_other_of_its_group(shipped: KnowledgeBase) -> None:
    groups: dict[tuple[str, str], list[bool]] = {}
    for gap in gaps_in(shipped, date(2026, 11, 26)):
        groups.setdefault((gap.difference, gap.holds), []).append(gap.border.km < 1)

    assert any(any(short) for short in groups.values())
    assert all(short == sorted(short) for short in groups.values())
