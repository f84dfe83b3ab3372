"""Records of every kind as ours have them, without a fault, with nearly every field used somewhere.

Each function gives ids with records; municipalities lie in a square and border on those beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from benchmarks.block_style import Bare, Plain
from benchmarks.wording import DATES, PERIODS, name_of, told, told_twice

STEPS = ("agenda", "preparation", "concept", "consultation", "adopted", "in-force", "evaluation")
MEMBERS = 10
"""Municipalities in a region."""

POLICIES_PER_SOURCE = 3

Records = Iterator[tuple[str, Plain]]


def invent_sources(random: Random, policies: int) -> Records:
    """A register, a decision and a report that all cite, and a letter for every three policies."""
    yield "register", {"title": "Register", "type": "register", "date": Bare("2026-01-01")}
    yield "besluit", {"title": "Besluitenlijst", "type": "decision", "date": Bare("2026"), "line_count": 90}
    yield "verslag", {
        "title": "Verslag", "short": "Verslag", "publisher": "Gouwland", "type": "report",
        "access": "on-request", "date": Bare("2026-03"), "number": "gmb-2026-1234",
        "url": "https://example.org/verslag", "follows": "besluit",
        "about": ["region/gouwland"], "sha256": "ab" * 32, "tags": ["wonen"], "owner": "team Wonen",
    }  # fmt: skip
    for number in range(0, policies, POLICIES_PER_SOURCE):
        yield _letter(number), {
            "title": f"Brief over de nota {name_of(number)}", "publisher": f"Gemeente {name_of(number)}",
            "type": "letter", "date": Bare("2026-02"), "url": f"https://example.org/brieven/{number}",
            "line_count": 60, "summary": told_twice(random, 2), "notes": [{"text": told(random)}],
        }  # fmt: skip


def invent_organisations(random: Random) -> Records:
    """One that convenes."""
    yield "kennisbond", {"name": "Kennisbond", "type": "knowledge-institute", "evidence": _evidence(random)}


def _letter(policy: int) -> str:
    return f"brief-{policy - policy % POLICIES_PER_SOURCE:05}"


def _evidence(random: Random, lines: str = "12-14, 30") -> list[Plain]:
    remark = {"nl": "Gelezen.", "en": "Read."}
    return [
        {"source": "besluit", "lines": lines, "remark": remark},
        {"source": "verslag", "pages": Bare("3-4")},
    ]


def _id(number: int) -> str:
    return f"g{number:05}"


def _side(total: int) -> int:
    return max(int(total**0.5), 2)


def _neighbours(number: int, total: int) -> Plain:
    side = _side(total)
    beside = [number - 1] * (number % side != 0) + [number + 1] * ((number + 1) % side != 0)
    around = sorted({*beside, number - side, number + side})
    pairs = [(n, tuple(sorted((n, number)))) for n in around if 0 <= n < total and n != number]
    return {
        _id(n): {"km": round(0.5 + (sum(pair) * 37 % 900) / 100, 2), "kind": ("land", "river")[sum(pair) % 2]}
        for n, pair in pairs
    }


def invent_municipalities(random: Random, total: int) -> Records:
    """Municipalities; one in ten where nothing was found."""
    for number in range(total):
        record: Plain = {"name": name_of(number)}
        if random.random() < 0.2:
            record["official_name"] = f"Gemeente {name_of(number)}"
            record["aliases"] = [f"Oud-{name_of(number)}"]
        record |= {
            "code": f"GM{number:04}",
            "uri": f"https://example.org/id/{number}",
            "province": "gouwland",
            "period": Bare("../.."),
            "neighbours": _neighbours(number, total),
            "tile": {"column": number % _side(total), "row": number // _side(total)},
            "location": {
                "lon": round(4 + number % _side(total) / 100, 2),
                "lat": round(51 + number // _side(total) / 100, 2),
            },
        }
        if not record["neighbours"]:
            del record["neighbours"]
        if random.random() < 0.1:
            record["no_policy_found"] = [{"date": Bare("2025-02"), "evidence": _evidence(random)}]
        record["evidence"] = [
            {"source": "register", "remark": {"nl": "Naam, code en bestaan.", "en": "Name, code, period."}},
            {"source": "verslag", "remark": told_twice(random, 2)},
            {"source": "verslag", "pages": "7", "remark": told_twice(random)},
        ]
        yield _id(number), record


def invent_regions(random: Random, total: int) -> Records:
    """The province, and a region for every ten municipalities."""
    yield (
        "gouwland",
        {
            "name": "Gouwland",
            "type": "province",
            "period": Bare("1814/.."),
            "evidence": _evidence(random),
        },
    )
    for number in range(0, total, MEMBERS):
        members: list[Plain] = [{"municipality": _id(n)} for n in range(number, min(number + MEMBERS, total))]
        members[0] |= {"period": Bare("2012/.."), "evidence": _evidence(random)}
        yield f"regio-{number:05}", {
            "name": f"Regio {name_of(number)}", "type": "housing-market-region", "part_of": ["gouwland"],
            "members": members, "outside_province": [{"code": "GM9999", "name": "Elders"}],
            "summary": told_twice(random, 2), "evidence": _evidence(random, "1"),
        }  # fmt: skip


def invent_collaborations(random: Random, total: int, municipalities: int) -> Records:
    """Collaborations of a few municipalities each, some of them of a region."""
    for number in range(total):
        members = random.sample(range(municipalities), min(municipalities, random.randint(2, 5)))
        yield (
            f"kring-{number:05}",
            {
                "name": f"Kring {name_of(number)}",
                "form": random.choice(("network", "working-group", "official-working-group")),
                "level": random.choice(("civil-service", "unknown")),
                "initiator": "organisation/kennisbond",
                "regions": [f"regio-{members[0] - members[0] % MEMBERS:05}"],
                "participants": [
                    {
                        "municipality": _id(n),
                        "period": Bare("2020/.."),
                        "evidence": [{"source": "besluit", "lines": "8"}],
                    }
                    for n in members
                ],
                "participants_complete": Bare(random.choice(("true", "false", "unknown"))),
                "purposes": random.sample(("alignment", "research", "knowledge-exchange"), 2),
                "framework": {"nl": "Woonvisie", "en": "Housing vision"},
                "period": Bare(random.choice(PERIODS)),
                "activities": [{"type": "meeting", "text": told(random), "date": Bare(random.choice(DATES))}],
                "milestones": [
                    {"text": "Gestart.", "date": Bare("2020"), "evidence": _evidence(random)},
                ],
                "summary": told_twice(random, 2),
                "notes": [{"text": told_twice(random), "topic": "not-known", "evidence": _evidence(random)}],
                "evidence": _evidence(random, str(random.randint(1, 90))),
            },
        )


def invent_policies(random: Random, total: int, municipalities: int) -> Records:
    """Policies of a municipality each, one to three steps on their way."""
    for number in range(total):
        cited = [{"source": _letter(number), "lines": str(random.randint(1, 60)), "remark": told(random)}]
        yield (
            f"nota-{number:05}",
            {
                "title": f"Nota {name_of(number)}",
                "type": random.choice(("policy-framework", "policy-memorandum", "housing-ordinance")),
                "municipalities": [_id(random.randrange(municipalities))],
                "milestones": list(_milestones(random)),
                "effect": random.choice(("restricts", "allows", "both", "unknown")),
                "expires": Bare("2030-12-31"),
                "documents": [{"id": f"gmb-2020-{1000 + number}", "title": "Bekendmaking"}],
                "conditions": {
                    "max-per-dwelling": {"value": "4", "unit": "personen", "definition": told(random)}
                },
                "places": [{"number": 250, "year": Bare("2025"), "method": "Geschat."}],
                "summary": told_twice(random),
                "notes": [{"text": told(random), "topic": "background", "date": Bare("2021")}],
                "tags": ["wonen"],
                "reviewed": Bare("2026-02-01"),
                "evidence": [*_evidence(random, str(random.randint(1, 90))), *cited],
            },
        )


def _milestones(random: Random) -> Iterator[Plain]:
    first = random.randint(0, 4)
    for year, status in enumerate(STEPS[first : first + random.randint(1, 3)], start=2019):
        month = random.randint(1, 12)
        decided: Plain = {"body": "raad"} if status == "adopted" else {}
        yield {
            "status": status,
            "date": Bare(random.choice((f"{year}", f"{year}-{month:02}", f"{year}-{month:02}-05"))),
            **decided,
            "evidence": _evidence(random),
        }
