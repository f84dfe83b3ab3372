"""A record is read without what is wrong in it, and whatever is wrong is told in one run."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from amk.cache.data_folder import read_cached
from amk.cache.validation import find_problems_cached
from amk.checks.validation import find_problems
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import AnyRecord
from amk.storage.data_folder import Tree, working_tree
from amk.storage.loading import load
from amk.values.parsed import FieldPath
from tests.conftest import ROOT

DAY = date(2026, 11, 26)
TREE = working_tree(ROOT / "data")
RICH = (
    "policies/beleid-rotterdam.yaml",
    "policies/beleid-katwijk.yaml",
    "municipalities/voorne-aan-zee.yaml",
    "municipalities/brielle.yaml",
    "regions/haaglanden.yaml",
    "vocabulary/forms.yaml",
    "sources/bijlage-1-2021.yaml",
    "amk.yaml",
)
GARBAGE: tuple[Any, ...] = ([["x"]], [{"a": [{"b": "c"}]}], {"A": {"b": ["c"]}})


def texts_of(*paths: str) -> dict[str, Any]:
    return {path: yaml.load(TREE.texts[path], yaml.BaseLoader) for path in paths if path in TREE.texts}


RECORDS = texts_of(*RICH, *(p for p in TREE.texts if p.startswith("collaborations/")))


def ways_in(value: Any, here: FieldPath = ()) -> Iterator[FieldPath]:
    if here:
        yield here
    for step, inside in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(inside, (dict, list)):
            yield from ways_in(inside, (*here, step))
        else:
            yield (*here, step)


WAYS = [(path, way) for path, data in RECORDS.items() for way in ways_in(data)]


def spoilt(path: str, ways: list[FieldPath], garbage: Any) -> str:
    data = deepcopy(RECORDS[path])
    for way in ways:
        holder: Any = data
        for step in way[:-1]:
            holder = holder[step]
        holder[way[-1]] = deepcopy(garbage)
    return yaml.dump(data, sort_keys=False, allow_unicode=True)


def read(path: str, text: str) -> KnowledgeBase:
    return load(Tree(Path("."), {path: text})).base


def as_fields(base: KnowledgeBase) -> dict[str, Any]:
    said: list[AnyRecord] = list(base.records.values())
    record: Any = said[0] if said else base.manifest
    return {field.name: getattr(record, field.name) for field in fields(record)}


@given(st.sampled_from(WAYS), st.sampled_from(GARBAGE))
def test_what_is_wrong_in_one_field_leaves_all_others_as_they_are(
    where: tuple[str, FieldPath], garbage: Any
) -> None:
    path, way = where
    if "says" in way or way[0] in ("waive",):
        return  # holds anything at all
    whole = as_fields(read(path, yaml.dump(RECORDS[path], sort_keys=False)))
    base = read(path, spoilt(path, [way], garbage))
    left = as_fields(base)

    assert {k: v for k, v in left.items() if k != way[0]} == {k: v for k, v in whole.items() if k != way[0]}
    if path != "amk.yaml":
        [ref] = base.records
        assert base.lacks(ref, str(way[0]))
    if len(way) > 1 and isinstance(whole[str(way[0])], tuple) and isinstance(way[1], int):
        others = [item for index, item in enumerate(whole[str(way[0])]) if index != way[1]]
        kept = [item for item in left[str(way[0])] if item in others]
        assert kept == others


def faults(texts: dict[str, str]) -> set[tuple[str, str]]:
    tree = Tree(ROOT / "data", {**TREE.texts, **texts})
    return {(p.code, p.field_told) for p in find_problems(tree, DAY).problems if p.path in texts}


@given(st.data())
def test_problems_that_are_told_one_by_one_are_told_together(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(RECORDS)))
    ways = [way for at, way in WAYS if at == path and "says" not in way and way[0] != "waive"]
    chosen = data.draw(st.lists(st.sampled_from(ways), min_size=2, max_size=5, unique=True))
    apart = [w for w in chosen if not any(w != o and w[: len(o)] == o for o in chosen)]
    alone: set[tuple[str, str]] = set()
    for way in apart:
        alone |= {f for f in faults({path: spoilt(path, [way], [["x"]])}) if f[0].startswith("FLD")}

    assert alone <= faults({path: spoilt(path, apart, [["x"]])})


NOTA = """\
title: Nota
type: beleid
municipalities: [den-hagg]
milestones:
  - status: adoptd
    date: 2021-13
    evidence:
      - source: bijlage-9
  - status: adopted
    date: 2023-01-01
    evidence:
      - source: bijlage-1-2021
        lines: '38'
"""


def test_references_and_codes_are_checked_beside_what_cannot_be_read() -> None:
    assert faults({"policies/nota.yaml": NOTA}) == {
        ("FLD002", "evidence"),
        ("CODE001", "type"),
        ("REF001", "municipalities[0]"),
        ("FLD004", "milestones[0].status"),
        ("DATE002", "milestones[0].date"),
        ("REF001", "milestones[0].evidence[0].source"),
        ("DATE006", "milestones[1].date"),
    }


@pytest.mark.usefixtures("at_rest")
def test_what_is_kept_tells_the_same(tmp_path: Path) -> None:
    for path, text in {**TREE.texts, "policies/nota.yaml": NOTA}.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    anew = find_problems(working_tree(tmp_path), DAY)
    kept = [read_cached(tmp_path) for _ in range(2)]

    assert [find_problems_cached(folder, DAY) for folder in kept] == [anew, anew]
    assert {f.loaded.base.incomplete.keys() == {"policy/nota"} for f in kept} == {True}


@pytest.mark.parametrize(
    ("lacking", "text"),
    [
        ("milestones", "title: A\nmilestones: no\nevidence:\n  - source: bijlage-1-2021\n    lines: '3'\n"),
        ("evidence", "title: A\nevidence:\n  - source: bijlage-1-2021\n    lines: x\n"),
    ],
)
def test_nothing_is_said_to_lack_that_is_only_not_readable(lacking: str, text: str) -> None:
    found = faults({"policies/nota.yaml": text})

    assert {way.split("[")[0] for code, way in found if code == "FLD003"} == {lacking}
    assert not {"EVID002"} & {code for code, _ in found}
    assert ("STAT002" in {code for code, _ in found}) == (lacking != "milestones")


def test_only_what_tells_nothing_at_all_is_unreadable() -> None:
    assert read("policies/a.yaml", "x_own: 1\n").unread.keys() == {"policy/a"}
    assert read("policies/a.yaml", "title: A\nx: [\n").unread.keys() == {"policy/a"}
    assert read("policies/a.yaml", "municipalities: [delft]\n").records["policy/a"].name == "a"
