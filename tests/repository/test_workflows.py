"""What a stranger's proposal makes a workflow say: on the right proposal, and calling nobody."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest
import yaml
from markdown_it import MarkdownIt

from tests.authoring.test_starter_workflows import ran, scripts
from tests.conftest import ROOT

POSTING = "wijzigingen-plaatsen.yml"
FOLDERS = (ROOT / ".github" / "workflows", ROOT / "src" / "amk" / "authoring" / "starter")
WORKFLOWS = [path for folder in FOLDERS for path in sorted(folder.glob("*.yml")) if "gitlab" not in path.name]

WORKFLOW = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: f"{path.parent.name}/{path.name}")

GH = """#!/bin/sh
printf '%s\\n' "$@" >> calls
case "$1" in api) cat numbers ;; esac
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32" or not which("iconv"), reason="runs a script of sh")


def posted(folder: Path, text: str, numbers: str = "7\n") -> tuple[str, str]:
    """What is posted of a text, and what is asked of GitHub, by the script of the workflow itself."""
    steps = yaml.safe_load((FOLDERS[0] / POSTING).read_text(encoding="utf-8"))["jobs"]["plaatsen"]["steps"]
    (folder / "wijzigingen.md").write_text(text, encoding="utf-8")
    (folder / "nummer").write_text("999\n")
    (folder / "numbers").write_text(numbers)
    (folder / "gh").write_text(GH)
    (folder / "gh").chmod(0o755)
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    told = {"GH_REPO": "a/b", "OWNER": "vreemde", "BRANCH": "x$(touch RAN)", "SHA": "abc", "PATH": path}
    script = next(step["run"] for step in steps if "gh pr comment" in step.get("run", ""))
    subprocess.run(["bash", "-e", "-c", script], cwd=folder, env=told, check=True)
    short = folder / "kort.md"
    return short.read_text(encoding="utf-8") if short.exists() else "", (folder / "calls").read_text()


@pytest.mark.parametrize("event", ["push", "pull_request"])
@pytest.mark.parametrize("name", ["ci.yml", "publiceren.yml"])
def test_each_shell_step_of_this_repository_works_in_a_clean_clone(
    name: str, event: str, tmp_path: Path
) -> None:
    subprocess.run(["git", "clone", "-q", str(ROOT), str(tmp_path / "clone")], check=True)
    here = ["git", "-C", str(tmp_path / "clone")]
    subprocess.run([*here, "update-ref", "refs/remotes/origin/main", "HEAD"], check=True)
    for script, environment in scripts(FOLDERS[0] / name, event):
        if not any(whole in script for whole in (".ci/run", "pytest", "--final")):
            base = {"BASE": ""} if event == "push" and script.startswith("amk validate") else {}
            done = ran(script, tmp_path / "clone", {**environment, **base})
            assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"


def test_both_workflows_post_alike() -> None:
    ours, starter = ((folder / POSTING).read_text(encoding="utf-8") for folder in FOLDERS)

    assert ours.replace("[ci]", "[valideren]").replace("ci.yml", "valideren.yml") == starter


def test_the_number_comes_from_the_event_and_never_from_the_proposal(tmp_path: Path) -> None:
    _, asked = posted(tmp_path, "# Gewijzigd\n")

    assert "head=vreemde:x$(touch RAN)" in asked
    assert "comment\n7\n" in asked
    assert "999" not in asked
    assert not (tmp_path / "RAN").exists()


def test_without_an_open_proposal_nothing_is_posted(tmp_path: Path) -> None:
    assert "comment" not in posted(tmp_path, "# Gewijzigd\n", numbers="")[1]


@pytest.mark.parametrize(
    "text",
    ["@octocat", "a@b.nl", "&#64;octocat", "#1", "x/y#12", "GH-1", "gh-2", "closes #2", "https://evil.example",
     "[klik](https://evil.example)", "<https://evil.example>", "www.evil.example", "![p](https://evil.example/p)",
     "<img src=x>", "<a href='//evil.example'>x</a>", "ftp://evil.example", "[k][1]\n\n[1]: http://evil.example",
     "&#35;1", "\\#1", "&commat;octocat"],
)  # fmt: skip
def test_a_stranger_mentions_refers_and_closes_nothing(tmp_path: Path, text: str) -> None:
    told, _ = posted(tmp_path, f"# Gewijzigd\n\n- Naam: {text}\n")
    page = MarkdownIt("gfm-like", {"linkify": False}).render(told)
    words = re.sub(r"<[^>]*>", "", page).replace("&amp;", "&").replace("&lt;", "<")

    assert not re.search(r"@\w|#\d|gh-\d|://|www\.", words, re.IGNORECASE)
    assert "<img" not in page
    assert not re.search(r'(?:href|src)="(?:\w+:)?//', page)
    assert "<h1>Gewijzigd</h1>" in page


@WORKFLOW
def test_nothing_of_an_event_is_put_into_a_script(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    scripts = [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]

    assert [script for script in scripts if "${{" in script] == []


@WORKFLOW
def test_a_job_that_may_write_installs_nothing(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    for job in workflow["jobs"].values():
        allowed = job.get("permissions", workflow["permissions"])
        installs = any("pip install" in step.get("run", "") for step in job["steps"])
        assert not (installs and "write" in allowed.values())


@WORKFLOW
def test_a_workflow_may_do_no_more_than_read_unless_a_job_asks_for_more(path: Path) -> None:
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["permissions"] in ({}, {"contents": "read"})


@WORKFLOW
def test_an_action_is_named_by_its_commit_with_the_version_beside_it(path: Path) -> None:
    named = re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))

    assert named
    assert [one for one in named if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one)] == []


def test_an_action_is_the_same_commit_wherever_it_is_named() -> None:
    named = {one for path in WORKFLOWS for one in re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))}

    assert len({one.partition("@")[0] for one in named}) == len(named)


@WORKFLOW
def test_a_job_that_fails_says_what_to_do(path: Path) -> None:
    for job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values():
        last = job["steps"][-1]
        assert (last["if"], "::error::" in last["run"]) == ("failure()", True)
