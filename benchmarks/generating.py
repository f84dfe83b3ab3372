"""Knowledge bases that look like ours, of any size, from a seed: the same seed gives the same texts.

Every kind and nearly every field is used, in canonical form, and nothing is wrong but what is planted.

`python -m benchmarks.generating FOLDER --records 10000` writes one; `--municipalities`, `--policies` and
`--collaborations` set each on its own, `--planted 20` makes twenty records wrong and prints which.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

import yaml
from benchmarks.block_style import Plain, written
from benchmarks.inventing import (
    invent_collaborations,
    invent_municipalities,
    invent_organisations,
    invent_policies,
    invent_regions,
    invent_sources,
)
from benchmarks.planting import PLANTS, plant

VOCABULARY = Path(__file__).parents[1] / "data" / "vocabulary"


@dataclass(frozen=True)
class Size:
    """How many of each kind; regions follow from the municipalities, sources from the policies."""

    municipalities: int
    policies: int
    collaborations: int

    @staticmethod
    def of(records: int) -> Size:
        """About so many records in all, mixed so that their median is about 1 kB, as ours is."""
        return Size(max(1, records * 40 // 100), records * 34 // 100, records * 10 // 100)


def generate(seed: int, size: Size | int) -> dict[str, str]:
    """The texts of a knowledge base by path.

    A number is that of municipalities, with two fifths as many policies and a fifth as many collaborations.
    """
    if isinstance(size, int):
        size = Size(size, size * 2 // 5, -(-size // 5))
    random, towns = Random(seed), size.municipalities
    kinds = {
        "sources": invent_sources(random, size.policies),
        "organisations": invent_organisations(random),
        "municipalities": invent_municipalities(random, towns),
        "regions": invent_regions(random, towns),
        "collaborations": invent_collaborations(random, size.collaborations, towns),
        "policies": invent_policies(random, size.policies, towns),
    }
    texts = {"amk.yaml": written(_manifest())}
    texts |= {f"vocabulary/{path.name}": _vocabulary(path) for path in sorted(VOCABULARY.glob("*.yaml"))}
    for folder, records in kinds.items():
        texts |= {f"{folder}/{id}.yaml": written(record) for id, record in records}
    return texts


def write(folder: Path, texts: Mapping[str, str]) -> None:
    """Write the texts below a folder."""
    for path, text in texts.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")


def _manifest() -> Plain:
    return {
        "title": {"nl": "Gemaakte kennisbank", "en": "Generated knowledge base"},
        "subject": {"nl": "wonen", "en": "housing"},
        "home_region": "gouwland",
        "divided_by": "housing-market-region",
    }


@cache
def _vocabulary(path: Path) -> str:
    """A vocabulary without what it rests on: those sources are not here."""
    scheme = yaml.safe_load(path.read_text(encoding="utf-8"))
    return written({key: value for key, value in scheme.items() if key in ("labels", "concepts")})


def _asked() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--records", type=int, default=1000, help="about so many in all")
    for kind in ("municipalities", "policies", "collaborations"):
        asked.add_argument(f"--{kind}", type=int, help="so many of these")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--planted", type=int, default=0, help="so many records with a known problem")
    asked.add_argument("--kinds", nargs="*", choices=sorted(PLANTS), help="problems of these kinds only")
    return asked.parse_args()


def main() -> None:
    """Write a knowledge base, and tell what was planted in it: a line for each, as code and path."""
    asked = _asked()
    given = {kind: getattr(asked, kind) for kind in ("municipalities", "policies", "collaborations")}
    size = replace(Size.of(asked.records), **{k: n for k, n in given.items() if n is not None})
    texts, planted = plant(
        generate(asked.seed, size), asked.planted, asked.kinds or sorted(PLANTS), asked.seed
    )
    write(asked.folder, texts)
    for fault in planted:
        print(f"{fault.code}\t{fault.path}:{fault.line}")


if __name__ == "__main__":
    main()
