"""Changing one record from the command line: what was asked, nothing else, and no new errors."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amk.authoring.change import changed, parse_change, with_item
from amk.cli import run
from amk.model.records import Policy
from amk.storage.yaml.canonical import canonical
from amk.storage.yaml.comments import pieces_of
from amk.storage.yaml.fast_parser import read_plainly
from amk.storage.yaml.parser import parse_yaml
from amk.values.errors import UserError

T = TypeVar("T")

EXAMPLE = Path(__file__).parents[2] / "docs" / "example" / "data"

POLICY = """\
# above the title
title: Beleidskader Oostbeek  # beside it
municipalities:
  - oostbeek
milestones:
  - status: concept  # was drawn up
    date: 2020-11
evidence:
  - source: krant
"""


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return Path(copytree(EXAMPLE, tmp_path / "data"))


def granted(*wishes: str, text: str = POLICY) -> str:
    return changed(text, Policy, [parse_change(wish) for wish in wishes])


def test_a_field_is_set_and_every_comment_stays() -> None:
    text = granted("type=policy-framework")

    assert "title: Beleidskader Oostbeek  # beside it\ntype: policy-framework\n" in text
    assert all(comment in text for comment in ("# above the title", "# was drawn up"))


def test_the_last_milestone_is_reached_by_its_place_from_the_end() -> None:
    assert parse_yaml(granted("milestones[-1].status=adopted")).data["milestones"] == [
        {"status": "adopted", "date": "2020-11"}
    ]


def test_nothing_after_the_sign_takes_a_field_or_an_item_away() -> None:
    assert "concept" not in granted("milestones=")
    assert "oostbeek" not in parse_yaml(granted("municipalities[0]=")).data["municipalities"]


def test_a_list_is_added_to_once_and_taken_from() -> None:
    text = granted("municipalities+=westbeek", "municipalities+=westbeek", "tags+=nieuw")

    assert parse_yaml(text).data["municipalities"] == ["oostbeek", "westbeek"]
    assert parse_yaml(granted("municipalities-=westbeek", text=text)).data["municipalities"] == ["oostbeek"]


@pytest.mark.parametrize(
    ("wish", "phrase"),
    [
        ("title", "stop.no-wish"),
        ("=x", "stop.no-wish"),
        ("milestones[3].status=adopted", "stop.no-place"),
        ("title.nl=x", "stop.no-place"),
        ("municipalities-=nergens", "stop.no-item"),
    ],
)
def test_what_cannot_be_granted_is_told(wish: str, phrase: str) -> None:
    with pytest.raises(UserError) as stop:
        granted(wish)

    assert stop.value.phrase == phrase


@given(st.text(max_size=40))
def test_any_value_is_written_so_that_it_is_read_back(value: str) -> None:
    try:
        text = changed(POLICY, Policy, [parse_change(f"owner={value}")])
    except UserError:
        return
    read = parse_yaml(text)
    assert read.faults or read.data.get("owner", "") == value.strip()


def test_an_item_comes_at_the_end_of_a_list_that_may_not_be_there_yet() -> None:
    text = with_item(POLICY, Policy, "documents", {"id": "CVDR123456", "title": "Tekst: no"})

    assert parse_yaml(text).data["documents"] == [{"id": "CVDR123456", "title": "Tekst: no"}]
    assert canonical(text, Policy) == text


def test_reached_records_the_milestone_with_its_source(data: Path) -> None:
    arguments = ["reached", "Beleidskader Oostbeek", "in werking", "2021-10-01", "--data", str(data)]
    source = next((data / "sources").glob("*.yaml")).stem

    assert run([*arguments, "--source", source, "--body", "raad", "--force"]) == 0

    milestone = parse_yaml((data / "policies/beleidskader-oostbeek.yaml").read_text()).data["milestones"][-1]
    assert milestone == {
        "status": "in-force",
        "date": "2021-10-01",
        "body": "raad",
        "evidence": [{"source": source}],
    }


def test_reached_without_a_source_writes_nothing(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (data / "policies/beleidskader-oostbeek.yaml").read_bytes()

    assert run(["reached", "beleidskader-oostbeek", "adopted", "2022", "--data", str(data)]) == 2

    assert "--source" in capsys.readouterr().err
    assert (data / "policies/beleidskader-oostbeek.yaml").read_bytes() == before


def test_a_change_that_makes_an_error_is_shown_and_not_written(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = data / "policies/beleidskader-oostbeek.yaml"
    before = path.read_bytes()

    assert run(["set", "beleidskader-oostbeek", "municipalities+=nergens", "--data", str(data)]) == 1

    told = capsys.readouterr()
    assert "+  - nergens" in told.out
    assert "REF001" in told.out
    assert "--force" in told.err
    assert path.read_bytes() == before


def test_a_dry_run_shows_and_writes_nothing(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = data / "policies/beleidskader-oostbeek.yaml"
    before = path.read_bytes()

    assert run(["set", "beleidskader-oostbeek", "tags+=nieuw", "--dry-run", "--data", str(data)]) == 0

    assert "+  - nieuw" in capsys.readouterr().out
    assert path.read_bytes() == before


def test_line_ends_of_windows_stay(data: Path) -> None:
    path = data / "policies/beleidskader-oostbeek.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert run(["set", "beleidskader-oostbeek", "tags+=nieuw", "--data", str(data)]) == 0

    raw = path.read_bytes()
    assert b"- nieuw\r\n" in raw
    assert raw.count(b"\n") == raw.count(b"\r\n")


def test_a_border_is_written_on_both_sides(data: Path) -> None:
    wishes = ("neighbours.noordbeek.km=1.5", "neighbours.noordbeek.kind=land")

    assert run(["set", "westbeek", *wishes, "--data", str(data)]) == 0

    for one, other in (("westbeek", "noordbeek"), ("noordbeek", "westbeek")):
        read = parse_yaml((data / f"municipalities/{one}.yaml").read_text(encoding="utf-8")).data
        assert read["neighbours"][other] == {"km": "1.5", "kind": "land"}
    assert run(["set", "westbeek", "neighbours.noordbeek=", "--data", str(data)]) == 0
    assert "westbeek" not in (data / "municipalities/noordbeek.yaml").read_text(encoding="utf-8")


def test_a_choice_goes_by_its_label_in_either_language(data: Path) -> None:
    wishes = ("milestones[-1].status=In werking", "effect=restricts", "milestones[0].status=consultation")
    assert run(["set", "beleidskader-oostbeek", *wishes, "--data", str(data)]) == 0
    assert run(["set", "beleidskader-oostbeek", "effect=biedt ruimte", "--data", str(data)]) == 0

    said = parse_yaml((data / "policies" / "beleidskader-oostbeek.yaml").read_text(encoding="utf-8")).data
    assert (said["effect"], said["milestones"][-1]["status"]) == ("allows", "in-force")


def test_a_file_is_parsed_once_before_it_is_changed_and_once_after(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(["list", "--data", str(data)])
    path = data / "policies" / "beleidskader-oostbeek.yaml"
    parsed: list[str] = []

    def counting(parser: Callable[[str], T]) -> Callable[[str], T]:
        def counted(text: str) -> T:
            parsed.append(f"{parser.__name__} {path.read_text(encoding='utf-8') == text}")
            return parser(text)

        return counted

    monkeypatch.setattr("amk.storage.yaml.parser.read_plainly", counting(read_plainly))
    monkeypatch.setattr("amk.storage.yaml.canonical.pieces_of", counting(pieces_of))

    assert run(["set", path.stem, "owner=Beleid", "--data", str(data), "--dry-run"]) == 0
    assert sorted(parsed) == ["pieces_of True", "read_plainly False", "read_plainly True"]
