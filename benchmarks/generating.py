"""Knowledge bases that look like ours, of any size, from a seed: the same seed gives the same texts.

Every kind and nearly every field is used; nothing in them is wrong. `python benchmarks/generating.py
FOLDER NUMBER [SEED]` writes one with so many municipalities.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

VOCABULARY = Path(__file__).parents[1] / "data" / "vocabulary"
SYLLABLES = (
    "aal",
    "berg",
    "dam",
    "eik",
    "gouw",
    "haven",
    "kerk",
    "land",
    "meer",
    "oord",
    "poel",
    "rijn",
    "veld",
)
DATES = ("2019", "2020-11", "2020-11-05", "2020-33", "2020-21", "2019~", "2020-06?", "2020-05/2020-11")
PERIODS = ("2019/..", "2020-11/..", "/..", "../..", "2018/2020", "2019-03~/..", "2020-05/2021-11-30")
STEPS = ("agenda", "preparation", "concept", "consultation", "adopted", "in-force", "evaluation")
TELLS = "De gemeenten spreken af hoe zij dit aanpakken: zij delen kennis, ’s avonds en op café Möhlmann."

Plain = dict[str, Any]


def generate(seed: int, municipalities: int) -> dict[str, str]:
    """The texts of a knowledge base by path: for five municipalities two policies and a collaboration."""
    random = Random(seed)
    kinds: list[tuple[str, Iterator[tuple[str, Plain]]]] = [
        ("sources", _sources()),
        ("organisations", _organisations()),
        ("municipalities", _municipalities(random, municipalities)),
        ("regions", _regions(random, municipalities)),
        ("collaborations", _collaborations(random, municipalities)),
        ("policies", _policies(random, municipalities)),
    ]
    texts = {"amk.yaml": _text(_manifest())}
    listed = sorted(VOCABULARY.glob("*.yaml"))
    texts |= {f"vocabulary/{path.name}": _text(_vocabulary(path)) for path in listed}
    for folder, records in kinds:
        texts |= {f"{folder}/{id}.yaml": _text(record) for id, record in records}
    return texts


def write(folder: Path, texts: Mapping[str, str]) -> None:
    """Write the texts below a folder."""
    for path, text in texts.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def _text(record: Plain) -> str:
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    said: str = yaml.dump(record, Dumper=dumper, allow_unicode=True, sort_keys=False, width=100)
    return said


def _manifest() -> Plain:
    return {
        "title": {"nl": "Gemaakte kennisbank", "en": "Generated knowledge base"},
        "subject": {"nl": "wonen", "en": "housing"},
        "home_region": "gouwland",
        "divided_by": "housing-market-region",
    }


@cache
def _vocabulary(path: Path) -> Plain:
    """A vocabulary without what it rests on: those sources are not here."""
    scheme = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {key: value for key, value in scheme.items() if key in ("labels", "concepts")}


def _sources() -> Iterator[tuple[str, Plain]]:
    yield "register", {"title": "Register", "type": "register", "date": "2026-01-01"}
    yield "besluit", {"title": "Besluitenlijst", "type": "decision", "date": "2026", "line_count": 90}
    yield "verslag", {
        "title": "Verslag", "short": "Verslag", "type": "report", "publisher": "Gouwland",
        "access": "on-request", "date": "2026-03", "number": "gmb-2026-1234",
        "url": "https://example.org/verslag", "follows": "besluit",
        "about": ["region/gouwland"], "sha256": "ab" * 32, "tags": ["wonen"], "owner": "team Wonen",
    }  # fmt: skip


def _organisations() -> Iterator[tuple[str, Plain]]:
    yield "kennisbond", {"name": "Kennisbond", "type": "knowledge-institute", "evidence": _evidence()}


def _evidence(lines: str = "12-14, 30") -> list[Plain]:
    return [
        {"source": "besluit", "lines": lines, "remark": {"nl": "Gelezen.", "en": "Read."}},
        {"source": "verslag", "pages": "3-4"},
    ]


def _name(number: int) -> str:
    """A name of its own for every number."""
    name, left = "", number + len(SYLLABLES)
    while left:
        left, syllable = divmod(left, len(SYLLABLES))
        name += SYLLABLES[syllable]
    return name.capitalize()


def _id(number: int) -> str:
    return f"g{number:05}"


def _neighbours(number: int, total: int) -> Plain:
    side = max(int(total**0.5), 2)
    beside = [number - 1] * (number % side != 0) + [number + 1] * ((number + 1) % side != 0)
    around = sorted({*beside, number - side, number + side})
    pairs = [(n, tuple(sorted((n, number)))) for n in around if 0 <= n < total and n != number]
    return {
        _id(n): {"km": round(0.5 + (sum(pair) * 37 % 900) / 100, 2), "kind": ("land", "river")[sum(pair) % 2]}
        for n, pair in pairs
    }


def _municipalities(random: Random, total: int) -> Iterator[tuple[str, Plain]]:
    side = max(int(total**0.5), 2)
    for number in range(total):
        record: Plain = {
            "name": _name(number),
            "code": f"GM{number:04}",
            "uri": f"https://example.org/id/{number}",
            "province": "gouwland",
            "period": "../..",
            "neighbours": _neighbours(number, total),
            "tile": {"column": number % side, "row": number // side},
            "location": {"lon": 4 + number % side / 100, "lat": 51 + number // side / 100},
            "evidence": [{"source": "register"}],
        }
        if random.random() < 0.2:
            record["aliases"] = [f"Oud-{_name(number)}"]
            record["official_name"] = f"Gemeente {_name(number)}"
        if random.random() < 0.1:
            record["no_policy_found"] = [{"date": "2025-02", "evidence": _evidence()}]
        yield _id(number), record


def _regions(random: Random, total: int) -> Iterator[tuple[str, Plain]]:
    yield "gouwland", {"name": "Gouwland", "type": "province", "period": "1814/..", "evidence": _evidence()}
    for number in range(0, total, 10):
        members: list[Plain] = [{"municipality": _id(n)} for n in range(number, min(number + 10, total))]
        members[0] |= {"period": "2012/..", "evidence": _evidence()}
        yield f"regio-{number:05}", {
            "name": f"Regio {_name(number)}", "type": "housing-market-region", "part_of": ["gouwland"],
            "members": members, "outside_province": [{"name": "Elders", "code": "GM9999"}],
            "summary": TELLS, "evidence": _evidence("1"),
        }  # fmt: skip


def _collaborations(random: Random, total: int) -> Iterator[tuple[str, Plain]]:
    for number in range(0, total, 5):
        members = random.sample(range(total), min(total, random.randint(2, 5)))
        yield (
            f"kring-{number:05}",
            {
                "name": f"Kring {_name(number)}",
                "form": random.choice(("network", "working-group", "official-working-group")),
                "level": random.choice(("civil-service", "unknown")),
                "initiator": "organisation/kennisbond",
                "participants": [{"municipality": _id(n), "period": "2020/.."} for n in members],
                "participants_complete": random.choice(("true", "false", "unknown")),
                "purposes": random.sample(("alignment", "research", "knowledge-exchange"), 2),
                "framework": {"nl": "Woonvisie", "en": "Housing vision"},
                "period": random.choice(PERIODS),
                "activities": [{"type": "meeting", "text": TELLS, "date": random.choice(DATES)}],
                "milestones": [{"text": "Gestart.", "date": "2020", "evidence": _evidence()}],
                "evidence": _evidence(str(random.randint(1, 90))),
            },
        )


def _policies(random: Random, total: int) -> Iterator[tuple[str, Plain]]:
    for number in range(total * 2 // 5):
        owner = random.randrange(total)
        yield (
            f"nota-{number:05}",
            {
                "title": f"Nota {_name(number)}",
                "type": random.choice(("policy-framework", "policy-memorandum", "housing-ordinance")),
                "municipalities": [_id(owner)],
                "milestones": list(_milestones(random)),
                "effect": random.choice(("restricts", "allows", "both", "unknown")),
                "expires": "2030-12-31",
                "documents": [{"id": f"gmb-2020-{1000 + number}", "title": "Bekendmaking"}],
                "conditions": {"max-per-dwelling": {"value": "4", "unit": "personen", "definition": TELLS}},
                "places": [{"number": 250, "year": "2025", "method": "Geschat."}],
                "summary": {"nl": TELLS, "en": "About housing."},
                "notes": [{"text": TELLS, "topic": "background", "date": "2021", "evidence": _evidence()}],
                "tags": ["wonen"],
                "reviewed": "2026-02-01",
                "evidence": _evidence(str(random.randint(1, 90))),
            },
        )


def _milestones(random: Random) -> Iterator[Plain]:
    first = random.randint(0, 4)
    for year, status in enumerate(STEPS[first : first + random.randint(1, 3)], start=2019):
        month = random.randint(1, 12)
        decided: Plain = {"body": "raad"} if status == "adopted" else {}
        yield {
            "status": status,
            "date": random.choice((f"{year}", f"{year}-{month:02}", f"{year}-{month:02}-05")),
            **decided,
            "evidence": _evidence(),
        }


if __name__ == "__main__":
    folder, number, *seed = sys.argv[1:]
    write(Path(folder), generate(int(seed[0]) if seed else 1, int(number)))
