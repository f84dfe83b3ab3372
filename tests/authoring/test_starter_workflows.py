"""The workflows that `amk init` writes: what they install, and each shell step of theirs in a clean clone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from amk.authoring.new_base import sentences_in
from amk.authoring.origin import parse_origin
from amk.cli import run
from amk.values.errors import UserError
from tests.authoring.test_new_base import begun, committing
from tests.conftest import ROOT

ADDRESS = "https://example.org/amk@v0.1.0"
STUB = '#!/bin/sh\nprintf "%s\\n" "$0 $*" >> "$CALLS"\n'

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the workflows run in a Unix shell")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clean clone of a new knowledge base, on a branch that proposes a change."""
    folder = begun(tmp_path / "eigen", "--amk", ADDRESS).parent
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "data: begin")
    git(tmp_path, "clone", "-q", str(folder), str(tmp_path / "kloon"))
    return tmp_path / "kloon"


def proposing(clone: Path, before: str = "Voorbeeldbeleid", after: str = "Laadvisie") -> Path:
    git(clone, "switch", "-qc", "voorstel")
    record = clone / "data" / "policies" / "voorbeeldbeleid.yaml"
    record.write_text(record.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    git(clone, "commit", "-qam", "data: een voorstel")
    return clone


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, env=committing(), check=True, capture_output=True)


def scripts(workflow: Path, event: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The shell steps of a workflow on an event, in order, each with its environment."""
    read = yaml.safe_load(workflow.read_text(encoding="utf-8"))
    for job in read["jobs"].values():
        for step in job["steps"]:
            if "run" in step and holds(step.get("if", ""), event):
                yield step["run"], {**read.get("env", {}), **filled(step.get("env", {}))}


def holds(condition: str, event: str) -> bool:
    known = {"": True, "failure()": False, "github.event_name == 'pull_request'": event == "pull_request"}
    return {**known, "github.event_name != 'pull_request'": event != "pull_request"}[condition]


def filled(environment: dict[str, Any]) -> dict[str, str]:
    """An environment as GitHub fills it in for a proposal to main."""
    values = {"github.base_ref": "main", "github.token": "x", "github.repository": "a/b"}
    return {
        name: re.sub(r"\$\{\{ (.*?) \}\}", lambda found: values.get(found[1], "abc"), str(text))
        for name, text in environment.items()
    }


def ran(script: str, folder: Path, more: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """A step as GitHub runs it, with programs in the place of those that reach the network."""
    stubs = folder.parent / "stubs"
    stubs.mkdir(exist_ok=True)
    for name in ("pip", "gh", "curl"):
        (stubs / name).write_text(STUB)
        (stubs / name).chmod(0o755)
    told = committing()
    path = f"{stubs}{os.pathsep}{told['PATH']}"
    files = {"GITHUB_STEP_SUMMARY": str(folder.parent / "summary"), "CALLS": str(folder.parent / "calls")}
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script], cwd=folder, env={**told, **files, "PATH": path, **more},
        capture_output=True, text=True,
    )  # fmt: skip


@pytest.mark.parametrize("event", ["push", "pull_request"])
@pytest.mark.parametrize("name", ["valideren.yml", "publiceren.yml"])
def test_each_shell_step_works_in_a_clean_clone(clone: Path, name: str, event: str) -> None:
    if event == "pull_request":
        proposing(clone)
    steps = [*scripts(clone / ".github" / "workflows" / name, event)]

    assert len(steps) > 1
    for script, environment in steps:
        done = ran(script, clone, environment)
        assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"
    assert f"@ git+{ADDRESS}" in (clone.parent / "calls").read_text()
    if event == "pull_request" and name == "valideren.yml":
        assert "Laadvisie" in (clone.parent / "summary").read_text(encoding="utf-8")


@pytest.mark.parametrize("job", ["valideren", "pages"])
@pytest.mark.parametrize("proposed", [True, False])
def test_each_script_of_gitlab_works_in_a_clean_clone(clone: Path, job: str, proposed: bool) -> None:
    read = yaml.safe_load((clone / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    more = {**read["variables"], "CI_PROJECT_DIR": str(clone)}
    if proposed:
        proposing(clone)
        more |= {
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": "origin/main",
            "AMK_TOKEN": "x",
            "CI_API_V4_URL": "https://x",
        }
    done = ran("\n".join(read[job]["script"]), clone, more)

    assert done.returncode == 0, done.stdout + done.stderr
    assert f"@ git+{ADDRESS}" in (clone.parent / "calls").read_text()


@pytest.mark.parametrize("gitlab", [True, False])
def test_a_proposal_that_is_wrong_fails_and_says_why(clone: Path, gitlab: bool) -> None:
    proposing(clone, "  - voorbeeldgemeente", "  - nergens")
    if gitlab:
        read = yaml.safe_load((clone / ".gitlab-ci.yml").read_text(encoding="utf-8"))
        more = {**read["variables"], "CI_MERGE_REQUEST_DIFF_BASE_SHA": "origin/main"}
        failed = [ran("\n".join(read["valideren"]["script"]), clone, more)]
    else:
        steps = scripts(clone / ".github" / "workflows" / "valideren.yml", "pull_request")
        failed = [done for script, more in steps if (done := ran(script, clone, more)).returncode]

    assert [done.returncode for done in failed] == [1]
    assert "REF001" in failed[0].stdout


@pytest.mark.parametrize("name", ["valideren.yml", "publiceren.yml"])
def test_a_workflow_that_does_not_know_where_amk_is_says_so(clone: Path, name: str) -> None:
    script, environment = next(scripts(clone / ".github" / "workflows" / name, "push"))
    done = ran(script, clone, {**environment, "AMK": ""})

    assert done.returncode == 1
    assert "::error::Vul in dit bestand bij AMK in" in done.stdout
    assert not (clone.parent / "calls").exists()


def test_no_workflow_takes_amk_from_an_index(clone: Path) -> None:
    for path in (*(clone / ".github" / "workflows").iterdir(), clone / ".gitlab-ci.yml"):
        for line in re.findall(r"pip install.*", path.read_text(encoding="utf-8")):
            assert line.endswith(' @ $AMK"')


@pytest.mark.slow
def test_amk_is_installed_from_the_address_that_was_given(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(tmp_path / "v")], check=True)
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)
    # The pip of Python 3.11 takes no address of a file without a host.
    address = ROOT.as_uri().replace("file:///", "file://localhost/")
    folder = begun(tmp_path / "eigen", "--amk", f"{address}@{head.stdout.strip()}").parent
    script, environment = next(scripts(folder / ".github" / "workflows" / "valideren.yml", "push"))
    path = f"{tmp_path / 'v' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(["bash", "-e", "-c", script], env={**os.environ, **environment, "PATH": path}, check=True)

    subprocess.run([tmp_path / "v" / "bin" / "amk", "validate"], cwd=folder, check=True)


@pytest.mark.parametrize(
    "given",
    ["amk", "https://example.org/amk", "https://example.org/amk@main", 'https://x/"; rm -rf /@v1', "@v1"],
)
def test_an_address_without_a_fixed_version_is_refused(
    given: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UserError):
        parse_origin(given)

    assert run(["init", str(tmp_path / "x"), "--title", "T", "--region", "R", "--amk", given]) == 2
    assert "vaste versie" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_an_address_may_be_typed_as_pip_takes_it() -> None:
    assert parse_origin("git+https://x.nl/a/amk.git@0f3c") == "git+https://x.nl/a/amk.git@0f3c"
    assert parse_origin("ssh://git@x.nl/amk@v1.0") == "git+ssh://git@x.nl/amk@v1.0"


@pytest.mark.parametrize("label", ["provincie", "Province", "province", "PROVINCIE"])
def test_the_type_of_a_region_may_be_said_in_words(tmp_path: Path, label: str) -> None:
    data = begun(tmp_path / "eigen", "--region-type", label)

    assert "type: province\n" in (data / "regions" / "utrecht.yaml").read_text()


@pytest.mark.parametrize(
    ("language", "issue", "said"), [("nl", "Nieuw beleid", "Bijdragen"), ("en", "New policy", "Contributing")]
)
def test_what_people_fill_in_is_in_the_language_of_the_base(
    tmp_path: Path, language: str, issue: str, said: str
) -> None:
    folder = begun(tmp_path / "eigen", "--lang", language).parent
    github = (folder / ".github" / "ISSUE_TEMPLATE" / "new-policy.md").read_text(encoding="utf-8")
    gitlab = (folder / ".gitlab" / "issue_templates" / f"{issue}.md").read_text(encoding="utf-8")

    assert yaml.safe_load(github.split("---\n")[1])["name"] == issue
    assert github.endswith(gitlab)
    assert (folder / "CONTRIBUTING.md").read_text(encoding="utf-8").startswith(f"# {said}\n")
    merge = (folder / ".gitlab" / "merge_request_templates" / "Default.md").read_text(encoding="utf-8")
    assert merge == (folder / ".github" / "pull_request_template.md").read_text(encoding="utf-8")


def test_the_workflows_of_an_english_base_say_nothing_in_dutch(tmp_path: Path) -> None:
    dutch, english = (
        "\n".join(workflow_texts(begun(tmp_path / language, "--lang", language).parent))
        for language in ("nl", "en")
    )

    for sentence, said in sentences_in("en").items():
        assert (sentence in dutch, sentence in english, said in english) == (True, False, True)
    assert re.findall(r"\b(?:het|een|van|wordt|niet|naar|zegt|wat|uit)\b", english) == []
    same = [re.sub(r"(?m)^.*(?:#|echo|<|name:).*\n", "", text) for text in (dutch, english)]
    assert same[0] == same[1]


def workflow_texts(folder: Path) -> Iterator[str]:
    alone = (".gitlab-ci.yml", ".pre-commit-config.yaml", "CODEOWNERS")
    for path in (*sorted((folder / ".github" / "workflows").iterdir()), *(folder / name for name in alone)):
        yield path.read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("git"), reason="no git")
def test_the_hook_stops_what_is_wrong_before_it_is_committed(clone: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "pre_commit", "install"],
        cwd=clone,
        env=committing(),
        check=True,
        capture_output=True,
    )
    record = clone / "data" / "policies" / "voorbeeldbeleid.yaml"
    record.write_text(record.read_text(encoding="utf-8").replace("- voorbeeldgemeente", "- nergens"), "utf-8")
    git(clone, "add", ".")
    command = ["git", "commit", "-m", "een fout"]
    done = subprocess.run(command, cwd=clone, env=committing(), capture_output=True, text=True)

    assert done.returncode == 1
    assert "REF001" in done.stdout + done.stderr
