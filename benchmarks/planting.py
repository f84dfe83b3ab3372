"""Known problems, planted in records of a generated knowledge base, each in a record of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from random import Random


@dataclass(frozen=True)
class Plant:
    """What makes a record of a folder wrong: where a pattern is, this stands; the problem lies there."""

    folder: str
    pattern: str
    becomes: str
    below: int = 0
    """How many lines below the first of these the problem is told."""
    renamed: str = ".yaml"
    """What the end of the file's name becomes, where the name is what is wrong."""


@dataclass(frozen=True, order=True)
class Planted:
    """A problem that is there for certain: its code, its file and its line."""

    path: str
    code: str
    line: int


DOUBLED = "municipalities/g00000.yaml"

PLANTS: Mapping[str, Plant] = {
    "BORD002": Plant("municipalities", r"(?<=\n  )(g\d+:\n    km: )[\d.]+(?=\n)", r"\g<1>99.5"),
    "CODE001": Plant("policies", r"\ntype: \S+", "\ntype: ukaze"),
    "DATE001": Plant("policies", r"\nexpires: \S+", "\nexpires: eind 2030"),
    "DATE002": Plant("policies", r"\nexpires: \S+", "\nexpires: 2030-02-31"),
    "DATE003": Plant("collaborations", r"\nperiod: \S+", "\nperiod: 2021/2019"),
    "DUP001": Plant("municipalities", r"\nuri: (\S+)/(?!0\n)\d+", r"\nuri: \1/0"),
    "EVID001": Plant(
        "policies", r"(?<=\nevidence:\n  - source: besluit\n)    lines: '\d+'", "    lines: '91'"
    ),
    "FILE005": Plant("policies", r"\A", "", renamed="_A.yaml"),
    "FILE006": Plant("policies", r"\A", "", renamed=".yml"),
    "FLD001": Plant("policies", r"\neffect: ", "\ncolour: rood\neffect: "),
    "FLD002": Plant("collaborations", r"\Aname: .*\n", ""),
    "FLD003": Plant("municipalities", r"(?<=\n)  lon: \S+", "  lon: ver"),
    "FLD004": Plant("policies", r"\neffect: \S+", "\neffect: odd"),
    "PRIV001": Plant("policies", r"(?<=\n)    method: Geschat\.", "    method: Bel 070 123 4567."),
    "PUB001": Plant("policies", r"(?<=\n)  - id: gmb-", "  - id: gmb "),
    "REF001": Plant("policies", r"(?<=\nmunicipalities:\n)  - g\d+", "  - nergenshuizen"),
    "REF002": Plant("collaborations", r"\ninitiator: \S+", "\ninitiator: kennisbond"),
    "WAIV001": Plant("policies", r"\Z", "waive:\n  - code: PUB001\n    reason: Voor de zekerheid.\n", 1),
    "YAML001": Plant("policies", r"\ntags:\n  - wonen", "\ntags: [wonen", 1),
    "YAML002": Plant("policies", r"\neffect: (\S+)", r"\neffect: \1\neffect: \1", 1),
}
"""A plant for each code, as `amk validate --explain` tells them."""


def plant(
    texts: Mapping[str, str], number: int, codes: Sequence[str], seed: int
) -> tuple[dict[str, str], list[Planted]]:
    """The texts with so many problems, of these codes in turn, and where each lies.

    Raises ValueError where the knowledge base has too few records to hold them.
    """
    beds = {plant.folder: _bed(texts, plant.folder, Random(seed)) for plant in PLANTS.values()}
    grown, planted = dict(texts), []
    for code in islice(cycle(codes), number):
        path = _place(PLANTS[code], texts, beds[PLANTS[code].folder])
        text, line = _spoilt(PLANTS[code], grown.pop(path))
        path = path.removesuffix(".yaml") + PLANTS[code].renamed
        grown[path] = text
        planted.append(Planted(path, code, line))
    return grown, sorted(planted)


def _bed(texts: Mapping[str, str], folder: str, random: Random) -> list[str]:
    """The records of a folder, shuffled; without the one whose URI doubles have."""
    paths = sorted(path for path in texts if path.startswith(f"{folder}/") and path != DOUBLED)
    random.shuffle(paths)
    return paths


def _place(plant: Plant, texts: Mapping[str, str], bed: list[str]) -> str:
    """A record where nothing is planted yet, taken from the bed with its neighbours.

    A border is told once for both sides: two plants beside each other would be one problem.
    """
    for path in bed:
        if re.search(plant.pattern, texts[path]):
            near = {f"{plant.folder}/{id}.yaml" for id in re.findall(r"\bg\d{5}\b", texts[path])}
            bed[:] = [other for other in bed if other != path and other not in near]
            return path
    raise ValueError(f"too few records in {plant.folder}")


def _spoilt(plant: Plant, text: str) -> tuple[str, int]:
    """The text made wrong, and the line where that shows."""
    found = re.search(plant.pattern, text)
    assert found is not None
    becomes = found.expand(plant.becomes)
    start = found.start() + len(becomes) - len(becomes.lstrip("\n"))
    spoilt = text[: found.start()] + becomes + text[found.end() :]
    return spoilt, spoilt.count("\n", 0, start) + 1 + plant.below
