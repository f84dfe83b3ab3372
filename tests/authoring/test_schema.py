"""What amk reads, an editor accepts; what a schema can know to be wrong, it refuses."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from benchmarks.generating import generate
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from amk.authoring.schema import schema_of, schema_of_all
from amk.authoring.schema.scalars import as_edited
from amk.checks.rules import background, rule
from amk.cli import run
from amk.model.knowledge_base import KnowledgeBase
from amk.model.problems import RULES
from amk.model.records import KIND_IN, Manifest
from amk.storage.data_folder import Tree
from amk.storage.loading import load
from amk.storage.yaml.parser import parse_yaml
from amk.values.dates import NotADate, parse_date
from amk.values.line_ranges import NotLines, parse_lines
from tests.fixtures.faulty_pull_request import FAULTS, plant

Validators = dict[type[Any], Draft202012Validator]
DATA = Path(__file__).parents[2] / "data"
BY_PATH = sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("*.yaml"))

SEEN_BY_A_SCHEMA = (
    "FLD001", "FLD002", "FLD003", "FLD004", "FLD005", "DATE001", "DATE002", "DATE004",
    "REF001", "REF002", "CODE001",
)  # fmt: skip
"""The rules about one value in one file: all that a schema can know."""


def kind_of(path: str) -> type[Any]:
    return KIND_IN.get(path.split("/")[0], Manifest)


def validators(base: KnowledgeBase) -> Validators:
    kinds = (*KIND_IN.values(), Manifest)
    return {kind: Draft202012Validator(schema_of(base, kind)) for kind in kinds}


@pytest.fixture(scope="module")
def accepting(shipped: KnowledgeBase) -> Validators:
    return validators(shipped)


def typed(value: Any, number: int) -> Any:
    """Plain data as an editor has it: each scalar as the text, or as one of the things YAML makes of it."""
    if isinstance(value, dict):
        return {key: typed(inside, number) for key, inside in value.items()}
    if isinstance(value, list):
        return [typed(inside, number) for inside in value]
    choices = as_edited(value)
    return choices[min(number, len(choices) - 1)]


def complaints(validator: Draft202012Validator, data: Any) -> list[str]:
    return [f"{list(error.absolute_path)}: {error.message[:200]}" for error in validator.iter_errors(data)]


@pytest.mark.parametrize("path", BY_PATH)
def test_every_shipped_record_is_accepted(
    path: str, accepting: dict[type[Any], Draft202012Validator]
) -> None:
    data = parse_yaml((DATA / path).read_text(encoding="utf-8")).data

    for number in range(3):
        assert complaints(accepting[kind_of(path)], typed(data, number)) == []


@cache
def generated(seed: int) -> tuple[dict[str, str], Validators]:
    texts = generate(seed, 4)
    return texts, validators(load(Tree(Path("."), texts)).base)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 12), st.integers(0, 2), st.data())
def test_what_amk_accepts_the_schema_accepts(seed: int, number: int, data: st.DataObject) -> None:
    texts, accept = generated(seed)
    path = data.draw(st.sampled_from(sorted(texts)))

    assert complaints(accept[kind_of(path)], typed(parse_yaml(texts[path]).data, number)) == []
    # An editor that reads YAML 1.1 makes dates of some texts; JSON has none, so it hands on the text.
    as_json = json.loads(json.dumps(yaml.safe_load(texts[path]), default=str))
    assert complaints(accept[kind_of(path)], as_json) == []


@settings(max_examples=500, deadline=None)
@given(
    st.one_of(st.text("0123456789-/.X?~%", max_size=14), st.dates().map(str), st.integers(0, 99999).map(str))
)
def test_a_date_is_accepted_exactly_when_amk_reads_it(text: str) -> None:
    schema = Draft202012Validator(date_schema())
    try:
        parse_date(text)
        read = True
    except NotADate as error:
        read = error.reason == "reversed"

    assert schema.is_valid(text) == read


@cache
def date_schema() -> dict[str, Any]:
    base = load(Tree(Path("."), dict(background()))).base
    found: dict[str, Any] = schema_of(base, KIND_IN["policies"])["$defs"]["date"]
    return found


@given(st.text("0123456789-, ", max_size=12))
def test_lines_that_amk_reads_are_accepted(text: str) -> None:
    base = load(Tree(Path("."), dict(background()))).base
    lines = Draft202012Validator(schema_of(base, KIND_IN["policies"])["$defs"]["lines"])
    try:
        parse_lines(text)
    except NotLines:
        return

    assert lines.is_valid(text)


@pytest.mark.parametrize("code", RULES)
def test_the_schema_refuses_what_it_can_know_and_accepts_every_good_example(code: str) -> None:
    found = rule(code)
    shared = {path: file.text for path, file in found.both.items()}
    good = {path: file.text for path, file in found.good.items()}
    accept = validators(load(Tree(Path("."), {**background(), **shared, **good})).base)

    for path, text in {**shared, **good}.items():
        assert complaints(accept[kind_of(path)], parse_yaml(text).data) == []
    if code in SEEN_BY_A_SCHEMA:
        [(path, file)] = found.bad.items()
        assert complaints(accept[kind_of(path)], parse_yaml(file.text).data) != []


def test_of_twelve_planted_faults_an_editor_sees_those_that_a_schema_can_know(
    tmp_path: Path, shipped: KnowledgeBase
) -> None:
    data = plant(tmp_path)
    accept = validators(shipped)
    seen = set()
    for fault in FAULTS:
        plain = parse_yaml((data / fault.path).read_text(encoding="utf-8")).data
        if complaints(accept[kind_of(fault.path)], plain):
            seen.add(fault.code)

    assert seen == {fault.code for fault in FAULTS} & {*SEEN_BY_A_SCHEMA}
    assert len(seen) == 6


def test_every_field_is_explained_in_dutch_and_english(shipped: KnowledgeBase) -> None:
    for name, part in schema_of_all(shipped)["$defs"].items():
        for field, told in part.get("properties", {}).items():
            assert "\n\n" in told.get("description", "") or name == "words", f"{name}.{field}"


def test_schemas_themselves_are_valid(shipped: KnowledgeBase) -> None:
    Draft202012Validator.check_schema(schema_of_all(shipped))
    for kind in (*KIND_IN.values(), Manifest):
        Draft202012Validator.check_schema(schema_of(shipped, kind))


def test_the_codes_are_those_of_the_knowledge_base(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "collaborations"]) == 0
    schema = json.loads(capsys.readouterr().out)

    forms = schema["$defs"]["code-of-forms"]["oneOf"]
    assert {"const": "learning-circle", "title": "leerkring / learning circle"} in forms


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a knowledge base in its folder `data`."""
    for path, text in background().items():
        (tmp_path / "data" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "data" / path).write_text(text, encoding="utf-8")
    (tmp_path / ".vscode").mkdir()
    return tmp_path


@pytest.mark.parametrize("inside", [None, "", "\ufeff\n"])
def test_installing_writes_settings_where_there_are_none(
    project: Path, capsys: pytest.CaptureFixture[str], inside: str | None
) -> None:
    settings = project / ".vscode" / "settings.json"
    if inside is not None:
        settings.write_text(inside, encoding="utf-8")
    asked = ["schema", "--install", "--data", str(project)]

    assert run(asked) == 0
    first = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    schemas = json.loads(settings.read_text(encoding="utf-8"))["yaml.schemas"]
    assert "data/policies/*.yaml" in schemas.values()
    assert all((project / name).exists() for name in schemas)
    assert run(asked) == 0
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == first
    assert "ongewijzigd: .vscode/settings.json" in capsys.readouterr().out


@pytest.mark.parametrize(
    "inside", [b'{"editor.rulers": [100]}', b"{ // kapot\n", b"\xff{}", b'{"yaml.schemas": {}}']
)
def test_settings_that_are_there_are_left_and_what_to_add_is_told(
    project: Path, capsys: pytest.CaptureFixture[str], inside: bytes
) -> None:
    settings = project / ".vscode" / "settings.json"
    settings.write_bytes(inside)
    asked = ["schema", "--install", "--data", str(project)]

    assert run(asked) == 1
    assert settings.read_bytes() == inside
    said = capsys.readouterr()
    assert ".vscode/settings.json is er al" in said.err
    told = said.out[said.out.index("{") :]
    assert "data/policies/*.yaml" in json.loads(told)["yaml.schemas"].values()

    settings.write_text(f"// van ons\n{told}", encoding="utf-8")
    assert run(asked) == 0, "what to add was added, with a comment"
    assert "yaml.schemas" not in capsys.readouterr().out
