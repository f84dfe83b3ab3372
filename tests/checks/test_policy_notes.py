"""Policy that only a note speaks of is told, also where only another record changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from amk.cache.data_folder import read_cached
from amk.cache.validation import find_problems_cached
from amk.checks import check_shared
from tests.conftest import MakeBase

MUNICIPALITY = "name: {name}\nevidence:\n  - source: brief\n"
NOTED = MUNICIPALITY + "notes:\n  - text: {text}\n"

TEXTS = {
    "sources/brief.yaml": "title: Brief\ntype: letter\ndate: 2021\n",
    "municipalities/dam.yaml": MUNICIPALITY.format(name="Dam"),
    "municipalities/veld.yaml": MUNICIPALITY.format(name="Veld"),
}
POLICY = (
    "title: Kader\nmunicipalities:\n  - {id}\nmilestones:\n  - status: concept\n    date: 2020\n"
    "evidence:\n  - source: brief\n"
)
FINDING = "no_policy_found:\n  - date: 2020\n    evidence:\n      - source: brief\n"
NEXT = "successors:\n  - municipality: veld\n    date: 2020\n"


def silent(base_of: MakeBase, *texts: dict[str, str]) -> list[str]:
    """Whose policy is spoken of and not recorded."""
    together = {path: text for each in (TEXTS, *texts) for path, text in each.items()}
    return [p.values["found"] for p in check_shared(base_of(together)) if p.code == "NOTE001"]


def noted(text: str, name: str = "Dam") -> dict[str, str]:
    return {f"municipalities/{name.lower()}.yaml": NOTED.format(name=name, text=text)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In 2019 gold er beleid voor logies.", ["Dam"]),
        ("In Veld gold een beleidskader.", ["Veld"]),
        ("Dam en Veld maakten beleid.", ["Dam", "Veld"]),
        ("Dam overlegde met Veld. Er was beleid.", ["Dam"]),
        ("In Veld en Dam is niets bekend.", []),
        ("In Veldhoven was er beleid.", ["Dam"]),
    ],
)
def test_a_note_speaks_of_whom_its_sentence_names_else_of_whom_it_stands_with(
    base_of: MakeBase, text: str, found: list[str]
) -> None:
    assert silent(base_of, noted(text)) == found


@pytest.mark.parametrize(
    "recorded",
    [
        {"policies/kader.yaml": POLICY.format(id="veld")},
        {"municipalities/veld.yaml": MUNICIPALITY.format(name="Veld") + FINDING},
        {
            "municipalities/voor.yaml": MUNICIPALITY.format(name="Voor") + NEXT,
            "policies/kader.yaml": POLICY.format(id="voor"),
        },
    ],
    ids=["policy", "finding", "policy of a predecessor"],
)
def test_what_is_recorded_is_not_told(base_of: MakeBase, recorded: dict[str, str]) -> None:
    speaking = noted("In Veld is er beleid.")

    assert silent(base_of, speaking) == ["Veld"]
    assert silent(base_of, speaking, recorded) == []


def test_when_the_policy_goes_its_note_is_told(tmp_path: Path) -> None:
    texts = {**TEXTS, **noted("In Veld is er beleid."), "policies/kader.yaml": POLICY.format(id="veld")}
    for path, text in {"amk.yaml": "title: X\nsubject: x\n", **texts}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    codes = []
    for _ in range(2):
        found = find_problems_cached(read_cached(tmp_path), date(2026, 1, 1))
        codes.append([problem.code for problem in found.problems])
        (tmp_path / "policies/kader.yaml").unlink(missing_ok=True)

    assert "NOTE001" not in codes[0]
    assert "NOTE001" in codes[1]
