"""What the repository promises those who come to it: that its guides, forms and hooks are true."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from amk.cli import COMMANDS
from amk.language import phrases_in
from amk.model.statuses import STATUSES, UNKNOWN

ROOT = Path(__file__).parents[2]
GUIDES = ("BIJDRAGEN.md", "CONTRIBUTING.md")
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))

TOP = {"name", "description", "title", "labels", "assignees", "projects", "type", "body"}
ATTRIBUTES = {
    "markdown": {"value"},
    "input": {"label", "description", "placeholder", "value"},
    "textarea": {"label", "description", "placeholder", "value", "render"},
    "dropdown": {"label", "description", "multiple", "options", "default"},
    "checkboxes": {"label", "description", "options"},
}
"""What GitHub's form schema takes, by the type of an element."""

SAID_IN_BOTH = (
    "`2020-36`",
    "`2020~`",
    "`../2021-07-05`",
    "`no_policy_found`",
    "`planned: true`",
    "`date_text`",
    "`access: on-request`",
    "`== the data`",
    "`all`",
    "Propose changes",
    "Keep my email",
)


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def form_of(path: Path) -> dict[str, Any]:
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("guide", GUIDES)
def test_every_command_in_a_guide_exists(guide: str) -> None:
    text = text_of(guide)
    targets = set(re.findall(r"^([\w-]+):", text_of("Makefile"), re.MULTILINE))
    windows = set(re.findall(r"^:(\w+)", text_of("make.cmd"), re.MULTILINE))

    assert set(re.findall(r"\bamk ([a-z]+)`", text)) <= {*COMMANDS}
    assert set(re.findall(r"`make ([\w-]+)`", text)) <= targets
    assert set(re.findall(r"`\.\\make ([\w-]+)`", text)) <= windows
    assert "amk validate`" in text


@pytest.mark.parametrize("guide", GUIDES)
def test_every_path_in_a_guide_exists(guide: str) -> None:
    paths = re.findall(r"`((?:data|docs|tests|\.ci)/[\w./-]*)`", text_of(guide))

    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_guides_say_the_same_about_dates_fields_and_checks() -> None:
    dutch, english = map(text_of, GUIDES)
    for said in SAID_IN_BOTH:
        assert " ".join(dutch.split()).count(said) == " ".join(english.split()).count(said) > 0, said


def test_the_heading_under_which_the_checks_tell_of_the_data_comes_first() -> None:
    assert re.findall(r'^heading "(.*)"', text_of(".ci/run"), re.MULTILINE)[0] == "the data"


def test_the_example_of_a_problem_is_what_amk_says(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    wrong = tmp_path / "data" / "collaborations" / "werkgroep-haaglanden.yaml"
    text = wrong.read_text(encoding="utf-8").replace("- haaglanden", "- haaglandn")
    wrong.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "amk", "validate", "--lang", "nl"],
        cwd=tmp_path, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip

    assert done.stdout.split("\n\n")[0] in text_of("BIJDRAGEN.md")


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_keeps_to_the_schema_of_github(path: Path) -> None:
    form = form_of(path)
    elements = form["body"]
    ids = [element["id"] for element in elements if "id" in element]

    assert form.keys() <= TOP
    assert form.keys() >= {"name", "description", "body"}
    assert len(ids) == len(set(ids))
    assert any(element["type"] != "markdown" for element in elements)
    for element in elements:
        assert element.keys() <= {"type", "id", "attributes", "validations"}
        assert element["attributes"].keys() <= ATTRIBUTES[element["type"]]
        assert ("value" if element["type"] == "markdown" else "label") in element["attributes"]
        assert re.fullmatch(r"[a-zA-Z0-9_-]+", element.get("id", "x"))
    labels = [element["attributes"].get("label") for element in elements]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_every_choice_of_a_form_is_text_and_told_once(path: Path) -> None:
    for element in form_of(path)["body"]:
        options = element["attributes"].get("options", ["-"])
        told = [option["label"] if isinstance(option, dict) else option for option in options]
        assert told
        assert all(isinstance(option, str) and option for option in told)
        assert len(set(told)) == len(told)


def test_the_forms_offer_the_statuses_as_amk_says_them() -> None:
    phrases = phrases_in("nl")
    wanted = [phrases.status(status) for status in (*STATUSES, UNKNOWN)]
    form = form_of(ROOT / ".github" / "ISSUE_TEMPLATE" / "nieuw-beleid.yml")
    [offered] = [e["attributes"]["options"] for e in form["body"] if e.get("id") == "status"]
    gitlab = " ".join(text_of(".gitlab/issue_templates/Nieuw beleid.md").split())

    assert offered == wanted
    assert ", ".join(wanted) in gitlab


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_gitlab_asks_what_github_asks(path: Path) -> None:
    form = form_of(path)
    gitlab = text_of(f".gitlab/issue_templates/{form['name']}.md")
    for element in form["body"]:
        if element["type"] in ("input", "textarea", "dropdown"):
            assert f"**{element['attributes']['label']}" in gitlab
        if element["type"] == "checkboxes":
            assert all(f"- [ ] {option['label']}" in gitlab for option in element["attributes"]["options"])


def test_a_proposal_is_asked_the_same_on_github_and_gitlab() -> None:
    assert text_of(".github/pull_request_template.md") == text_of(
        ".gitlab/merge_request_templates/Default.md"
    )


def test_what_is_offered_as_a_hook_exists() -> None:
    hooks = yaml.safe_load(text_of(".pre-commit-hooks.yaml"))

    assert "amk-validate" in [hook["id"] for hook in hooks]
    for hook in hooks:
        program, command = hook["entry"].split()[:2]
        assert (program, hook["id"]) == ("amk", f"amk-{command}")
        assert command in COMMANDS


def test_no_page_or_record_holds_an_address_for_mail_or_a_phone_number() -> None:
    mail, phone = (
        re.compile(r"[\w.+-]+@(?![\w.-]*\.example\b)[\w-]+\.[a-z]{2,}"),
        re.compile(r"(?<![\w./-])(\+31|0[1-9]\d?)[ -]?\d{7,8}\b"),
    )
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("data/**/*.yaml")]

    assert len(pages) > 100
    assert mail.search("schrijf naar beleid@gouda.nl")
    assert phone.search("bel 06-12345678")
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert not mail.search(text), page
        assert not phone.search(text), page


@pytest.fixture
def reference(tmp_path: Path) -> Callable[[], subprocess.CompletedProcess[str]]:
    """Checks the reference of commands in a copy of the repository."""
    for name in (".ci", "src", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))

    def checked() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(tmp_path / ".ci" / "reference.py"), "--check"],
            env={**os.environ, "PYTHONPATH": str(tmp_path / "src")},
            capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip

    return checked


@pytest.mark.slow
def test_the_reference_of_commands_is_what_the_commands_say(
    reference: Callable[[], subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    assert reference().stderr == ""
    room = tmp_path / "src" / "amk" / "cli" / "commands" / "list.py"
    room.write_text(room.read_text(encoding="utf-8").replace("No more than N", "At most N"), encoding="utf-8")

    assert reference().returncode == 1
    assert ".ci/reference.py" in reference().stderr


@pytest.mark.slow
def test_a_new_command_is_told_by_itself(
    reference: Callable[[], subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    rooms = tmp_path / "src" / "amk" / "cli"
    (rooms / "commands" / "ages.py").write_text(
        'def run(years: int = 3) -> None:\n    """Ages."""\n', encoding="utf-8"
    )
    names = rooms / "__init__.py"
    listed = '{\n    "ages": "How old what is known is.",'
    text = names.read_text(encoding="utf-8").replace(
        "COMMANDS: dict[str, str] = {", f"COMMANDS: dict[str, str] = {listed}"
    )
    names.write_text(text, encoding="utf-8")
    assert reference().returncode == 1

    script = tmp_path / ".ci" / "reference.py"
    subprocess.run(
        [sys.executable, str(script)], env={**os.environ, "PYTHONPATH": str(tmp_path / "src")}, check=True
    )
    told = (tmp_path / "docs" / "commands.md").read_text(encoding="utf-8")

    assert "## amk ages\n\nHow old what is known is.\n" in told
    assert "`--years" in told
    assert reference().returncode == 0


Git = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def git(tmp_path: Path) -> Git:
    """Git, in a folder, with nobody's settings and with pre-commit's own things kept apart."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "AMK_"))},
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    for who in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{who}_NAME": "team", f"GIT_{who}_EMAIL": "team@example.invalid"}
    environment.pop("PYTHONPATH", None)

    def ran(folder: Path, *arguments: str, program: str = "git") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [program, *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return ran


@pytest.mark.slow
def test_the_hook_stops_a_fault_in_another_knowledge_base_and_lets_the_rest_through(
    git: Git, tmp_path: Path
) -> None:
    offering, using = tmp_path / "amk", tmp_path / "kennis"
    _copy(ROOT, offering, ("src", "data", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"))
    _copy(ROOT / "docs" / "example", using, ("data",))
    for folder in (offering, using):
        git(folder, "init", "--quiet")
        git(folder, "add", "--all")
        assert git(folder, "commit", "--quiet", "--message", "begin").returncode == 0
    revision = git(offering, "rev-parse", "HEAD").stdout.strip()
    (using / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {offering.as_uri()}\n  rev: {revision}\n  hooks:\n  - id: amk-validate\n",
        encoding="utf-8",
    )
    git(using, "add", "--all")
    assert git(using, "-m", "pre_commit", "install", program=sys.executable).returncode == 0

    region = using / "data" / "regions" / "beekstreek.yaml"
    right = region.read_text(encoding="utf-8")
    region.write_text(right.replace("westbeek", "westbeck"), encoding="utf-8")
    git(using, "add", "--all")
    stopped = git(using, "commit", "--message", "a fault")
    assert stopped.returncode == 1
    assert "data/regions/beekstreek.yaml:6:19: fout REF001" in stopped.stderr

    (using / "README.md").write_text("# Kennis\n", encoding="utf-8")
    region.write_text(right, encoding="utf-8")
    git(using, "add", "--all")
    passed_over = git(using, "commit", "--message", "no record changed")
    assert passed_over.returncode == 0
    assert "Skipped" in passed_over.stderr

    region.write_text(right + "tags:\n  - water\n", encoding="utf-8")
    git(using, "add", "--all")
    passed = git(using, "commit", "--message", "a record changed, and is right")
    assert passed.returncode == 0
    assert "Passed" in passed.stderr
    assert git(using, "log", "--format=%s").stdout.splitlines() == [
        "a record changed, and is right", "no record changed", "begin",
    ]  # fmt: skip


@pytest.mark.slow
def test_the_hooks_of_this_repository_are_understood_by_pre_commit(git: Git) -> None:
    for check, name in (
        ("validate-config", ".pre-commit-config.yaml"),
        ("validate-manifest", ".pre-commit-hooks.yaml"),
    ):
        assert git(ROOT, "-m", "pre_commit", check, name, program=sys.executable).returncode == 0


def _copy(whence: Path, to: Path, names: tuple[str, ...]) -> None:
    to.mkdir()
    for name in names:
        if (whence / name).is_dir():
            shutil.copytree(whence / name, to / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(whence / name, to / name)
