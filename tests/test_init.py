"""Reuse: a knowledge base for another region and another subject, made with amk's commands alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from amk.cli import run

SOURCE = Path(__file__).parents[1] / "src" / "amk"


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def begun(folder: Path, *more: str) -> Path:
    arguments = ["init", str(folder), "--title", "Laadpalen in Utrecht", "--region", "Utrecht", *more]
    assert run([*arguments, "--subject", "laadpalen"]) == 0
    return folder / "data"


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("examples", ["--examples", "--no-examples"])
def test_a_new_knowledge_base_is_right_and_in_canonical_form(
    tmp_path: Path, language: str, examples: str, capsys: pytest.CaptureFixture[str]
) -> None:
    data = begun(tmp_path / "eigen", "--lang", language, examples)
    capsys.readouterr()

    assert run(["validate", "--strict", "--data", str(data)]) == 0
    assert run(["fmt", "--check", "--data", str(data)]) == 0


@pytest.mark.parametrize(
    ("language", "name", "said"), [("nl", "voorbeeld", "Voorbeeldoverleg"), ("en", "example", "Example")]
)
def test_a_new_knowledge_base_has_a_template_that_can_be_told(
    tmp_path: Path, language: str, name: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    data = begun(tmp_path / "eigen", "--lang", language)
    capsys.readouterr()

    assert run(["report", name, "-f", "md", "--data", str(data)]) == 0
    page = capsys.readouterr().out
    assert page.startswith("# laadpalen in Utrecht")
    assert f"- {said}" in page
    assert "[^1]: " in page
    assert f"amk report {name}" in (tmp_path / "eigen" / "README.md").read_text(encoding="utf-8")


def test_nothing_is_written_where_something_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "brief.txt").write_text("van een ander")

    assert run(["init", str(tmp_path), "--title", "T", "--region", "R"]) == 2

    assert "nieuw of leeg" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir() if path.name != "state"] == ["brief.txt"]


def test_the_workflows_are_yaml_and_ask_commands_that_there_are(tmp_path: Path) -> None:
    from amk.cli import COMMANDS

    begun(tmp_path / "eigen")
    for path in (*(tmp_path / "eigen/.github/workflows").iterdir(), tmp_path / "eigen/.gitlab-ci.yml"):
        text = path.read_text(encoding="utf-8")
        assert yaml.safe_load(text)
        assert set(re.findall(r"^\s*(?:- run: |run: )?amk (\w+)", text, re.MULTILINE)) <= set(COMMANDS)


def test_no_room_knows_the_subject_of_the_data_that_amk_ships() -> None:
    words = re.compile(r"arbeidsmigrant(?!en-kennisbank)|zuid-holland|leerkring", re.IGNORECASE)
    texts = [*SOURCE.rglob("*.py"), *SOURCE.rglob("*.yml"), *SOURCE.rglob("*.md")]

    assert len(texts) > 100
    assert [path.name for path in texts if words.search(path.read_text(encoding="utf-8"))] == []


def test_another_subject_is_kept_with_commands_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = str(begun(tmp_path / "eigen", "--no-examples"))

    def amk(*arguments: str) -> str:
        assert run([*arguments, "--data", data, "--no-ask" if arguments[0] == "new" else "--lang=nl"]) == 0
        return capsys.readouterr().out

    amk("new", "source", "title=Raadsbrief laadpalen", "type=letter", "date=2024-03-01")
    for name, code in (("Amersfoort", "GM0307"), ("Soest", "GM0342")):
        amk(
            "new",
            "municipality",
            f"name={name}",
            f"code={code}",
            "province=Utrecht",
            "--source",
            "raadsbrief-laadpalen",
        )
    amk("set", "region/utrecht", "members+=Amersfoort", "members+=Soest")
    amk("set", "amersfoort", "neighbours.soest.km=6.5", "neighbours.soest.kind=land")
    amk("new", "policy", "title=Laadvisie", "municipalities=Amersfoort", "--source", "raadsbrief-laadpalen")
    amk(
        "reached",
        "laadvisie",
        "vastgesteld",
        "2024-02-01",
        "--body",
        "raad",
        "--source",
        "raadsbrief-laadpalen",
    )

    amk("validate", "--today", "2024-04-01")
    assert "vastgesteld" in amk("list", "--region", "Utrecht", "--today", "2024-04-01")
    assert "1 februari 2024" in amk("show", "laadvisie")
    assert "Raadsbrief laadpalen" in amk("report", "--today", "2024-04-01")
    assert "Soest" in amk("gaps", "--today", "2024-04-01")
