"""One resolver of names for every command: id, code, address and kind lead to the record."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from amk.cli import run
from amk.model.filters import find_by_name
from amk.model.knowledge_base import KnowledgeBase
from tests.conftest import ROOT


@pytest.mark.parametrize(
    "text",
    [
        "delft",
        "Delft",
        "municipality/delft",
        "GM0503",
        "gm0503",
        "https://identifier.overheid.nl/tooi/id/gemeente/gm0503",
        "gemeente Delft",
        "municipality Delft",
    ],
)
def test_a_municipality_goes_by_each_of_its_names(text: str, shipped: KnowledgeBase) -> None:
    assert [record.ref for record in find_by_name(shipped, text)] == ["municipality/delft"]


def test_a_name_with_its_kind_means_that_kind(shipped: KnowledgeBase) -> None:
    assert [record.ref for record in find_by_name(shipped, "regio Rotterdam")] == ["region/rotterdam"]


@pytest.mark.parametrize("text", ["GM9999", "gemeente Nergens", "gemeente", "https://example.org/x", " "])
def test_what_is_no_name_finds_nothing(text: str, shipped: KnowledgeBase) -> None:
    assert find_by_name(shipped, text) == []


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped data, with a second Rijswijk."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = Path(copytree(ROOT / "data", tmp_path / "data"))
    text = (folder / "municipalities" / "rijswijk.yaml").read_text(encoding="utf-8")
    evidence = text[text.index("\nevidence:") :]
    (folder / "municipalities" / "rijswijk-gld.yaml").write_text(
        f"name: Rijswijk{evidence}", encoding="utf-8"
    )
    return folder


def test_whose_id_it_is_comes_before_who_else_is_called_so(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["show", "Rijswijk", "-f", "ids", "--data", str(data)]) == 0
    assert capsys.readouterr().out == "municipality/rijswijk\n"


def test_what_a_region_and_a_municipality_share_means_the_municipality(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line of the README."""
    assert run(["set", "rotterdam", "tags+=haven", "--data", str(data)]) == 0
    assert "region/rotterdam" in capsys.readouterr().err
    assert "- haven" in (data / "municipalities" / "rotterdam.yaml").read_text(encoding="utf-8")
