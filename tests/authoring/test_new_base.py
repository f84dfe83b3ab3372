"""Reuse: a knowledge base for another region and another subject, made with amk's commands alone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import mkdtemp

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amk.authoring.new_base import subject_of
from amk.cli import run

SOURCE = Path(__file__).parents[2] / "src" / "amk"


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def committing() -> dict[str, str]:
    """The environment of somebody who has amk and may commit."""
    who = {
        f"GIT_{role}_{what}": "team@x.example"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, **who, "PATH": path}


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


NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)


@given(
    title=st.sampled_from(["Laadpalen", "mail@team.example", "a: b # c", "’s-Graven\u200bhage"]) | NAMES,
    region=st.sampled_from(["Groß-Berlin & Umland", "東京", "'s-Gravenhage", "con"]) | NAMES,
    region_type=st.sampled_from(["province", "area", "city"]),
    language=st.sampled_from(["nl", "en"]),
    examples=st.sampled_from(["--examples", "--no-examples"]),
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_asked_what_is_written_is_right_or_nothing_is(
    title: str, region: str, region_type: str, language: str, examples: str, tmp_path: Path
) -> None:
    folder = Path(mkdtemp(dir=tmp_path)) / "eigen"
    asked = [f"--title={title}", f"--region={region}", f"--region-type={region_type}", f"--lang={language}"]

    code = run(["init", str(folder), *asked, examples])

    if code == 0:
        assert run(["validate", "--strict", "--data", str(folder)]) == 0
    else:
        assert (code, folder.exists()) == (2, False)


def test_what_a_region_is_called_becomes_its_id(tmp_path: Path) -> None:
    assert run(["init", str(tmp_path / "b"), "--title", "T", "--region", "Groß-Berlin & Umland"]) == 0

    assert (tmp_path / "b/data/regions/gross-berlin-umland.yaml").is_file()


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Laadpalen in Utrecht", "laadpalen"),
        ("Warmtenetten", "warmtenetten"),
        ("EU-fondsen van Utrecht", "EU-fondsen"),
        ("Utrecht", "utrecht"),
    ],
)
def test_a_title_that_names_the_region_does_not_make_headings_name_it_twice(title: str, subject: str) -> None:
    assert subject_of(title, "Utrecht") == subject


@pytest.mark.skipif(sys.platform == "win32", reason="the lines are for a Unix shell")
@pytest.mark.parametrize("examples", ["--examples", "--no-examples"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_line_of_the_readme_works(
    language: str, examples: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMK_LANG", language)
    folder = begun(tmp_path / "eigen", examples).parent
    monkeypatch.delenv("AMK_LANG")
    readme = (folder / "README.md").read_text(encoding="utf-8")
    lines = "\n".join(re.findall(r"```sh\n(.*?)```", readme, re.DOTALL)).splitlines()

    assert f"language: {language}" in (folder / "data/amk.yaml").read_text(encoding="utf-8")
    assert any("import" in line for line in lines)
    assert any(" report e" in line or " report v" in line for line in lines) == (examples == "--examples")
    assert "tag" in readme or examples == "--no-examples"
    for line in lines:
        ran = subprocess.run(
            ["bash", "-c", line], cwd=folder, env=committing(), capture_output=True, text=True
        )
        assert ran.returncode == 0, f"{line}: {ran.stderr}"
    assert run(["validate", "--strict", "--data", str(folder)]) == 0


@pytest.mark.parametrize(
    ("arguments", "dutch", "english"),
    [
        (["show", "nope"], "geen record heet", "no record goes by"),
        (["show", "utrechtt"], "bedoelt u", "did you mean"),
        (["lst"], "bedoelt u", "did you mean"),
        (["list", "--regoin", "x"], "bedoelt u", "did you mean"),
        (["list", "--status", "nope"], "kies uit", "choose from"),
        (["list", "--as-of", "gisteren"], "datum", "date"),
        (["set", "nope", "tags+=x"], "geen record heet", "no record goes by"),
        (["report", "nope"], "er is geen verslag", "there is no report"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
@pytest.mark.parametrize("asked", ["", "nl", "en"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_refusal_speaks_the_language_of_the_answers_and_no_other(
    language: str,
    asked: str,
    arguments: list[str],
    dutch: str,
    english: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["amk"])
    monkeypatch.delenv("AMK_LANG", raising=False)
    monkeypatch.chdir(begun(tmp_path / "eigen", "--lang", language))
    if asked:
        monkeypatch.setenv("AMK_LANG", asked)
    capsys.readouterr()

    assert run(arguments) == 2

    said = capsys.readouterr().err
    spoken, other = (dutch, english) if (asked or language) == "nl" else (english, dutch)
    assert spoken in said
    assert other not in said


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


PUBLISHING = {
    SOURCE / "authoring" / "starter" / "publiceren.yml": ("maken", "publicatie"),
    SOURCE / "authoring" / "starter" / "gitlab-ci.yml": ("pages", "public"),
    SOURCE.parents[1] / ".github" / "workflows" / "publiceren.yml": ("maken", "publicatie"),
    SOURCE.parents[1] / ".gitlab-ci.yml": ("pages", "public"),
}
"""The files that publish: their job, and the folder that it fills."""


def publishing(path: Path) -> str:
    """What a workflow runs to publish, with one name for the folder."""
    job, folder = PUBLISHING[path]
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = read.get("jobs", read)[job]
    scripts = found.get("script") or [step.get("run", "") for step in found["steps"]]
    [script] = [each for each in scripts if f"amk site -o {folder}" in each]
    return re.sub(rf"-o {folder}$", "-o uit", script, flags=re.MULTILINE)


def test_every_workflow_publishes_the_same_and_at_every_merge() -> None:
    assert len({publishing(path) for path in PUBLISHING}) == 1
    for path in PUBLISHING:
        assert "paths:" not in path.read_text(encoding="utf-8").split("artifacts:")[0]


@pytest.mark.skipif(sys.platform == "win32", reason="the workflows run in a Unix shell")
def test_what_the_workflows_run_gives_pages_that_lead_to_all_of_it(tmp_path: Path) -> None:
    import html5lib

    folder = begun(tmp_path / "eigen").parent
    environment = committing()
    for arguments in (["git", "init", "-q"], ["git", "add", "."], ["git", "commit", "-qm", "data: begin"]):
        subprocess.run(arguments, cwd=folder, env=environment, check=True)

    script = publishing(SOURCE / "authoring" / "starter" / "publiceren.yml")
    subprocess.run(["bash", "-e", "-c", script], cwd=folder, env=environment, check=True)

    for page in ("index", "downloads/index"):
        text = (folder / "uit" / f"{page}.html").read_text(encoding="utf-8")
        html5lib.HTMLParser(strict=True).parse(text)
        assert "downloads/index.html" in text
    leads = set(re.findall(r'href="../(download/[^"]+)"', text))
    assert leads >= {"download/briefing.docx", "download/briefing.pdf", "download/records.xlsx"}
    assert all((folder / "uit" / name).stat().st_size > 1000 for name in leads)


def test_the_dutch_manual_says_where_the_briefing_is_before_anything_is_to_be_installed() -> None:
    manual = (SOURCE.parents[1] / "LEESMIJ.md").read_text(encoding="utf-8")
    first = manual.partition("```")[0]

    assert "niets te installeren" in first
    assert "*Deployments*" in first
    assert "*Deploy → Pages*" in first


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
