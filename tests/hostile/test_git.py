"""A data folder may come from anywhere: what its git configuration names is never run."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

import amk.storage.git
from amk.cli import run
from amk.storage.data_folder import revision_of

pytestmark = pytest.mark.skipif(os.name == "nt" or not shutil.which("git"), reason="needs git and a shell")


def git(folder: Path, *arguments: str, **more: str) -> str:
    who = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    command = ("git", "-C", str(folder), *who, *arguments)
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, **more}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=env).stdout.strip()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A knowledge base in a git repository of its own."""
    folder = tmp_path / "base" / "data"
    (folder / "policies").mkdir(parents=True)
    (folder / "amk.yaml").write_text("title: t\nsubject: s\n", encoding="utf-8")
    (folder / "policies" / "p.yaml").write_text("title: p\nevidence: []\n", encoding="utf-8")
    git(tmp_path / "base", "init", "-q")
    commit(folder)
    return folder


def commit(folder: Path) -> None:
    git(folder, "add", "-A", ".")
    git(folder, "commit", "-q", "-m", "records")


def planted(data: Path) -> tuple[str, Path]:
    """A program that leaves a trace when it is run, and where."""
    trace = data.parents[1] / "it-ran"
    program = data.parents[1] / "program"
    program.write_text(f"#!/bin/sh\necho run >> '{trace}'\ncat\n", encoding="utf-8")
    program.chmod(0o755)
    return str(program), trace


def touched(data: Path) -> None:
    """Files that look changed, so that git would want to compare them."""
    for path in data.rglob("*.yaml"):
        os.utime(path, (1, 1))


NAMING_A_PROGRAM = (
    ("core.fsmonitor", "{program}"),
    ("core.hooksPath", "{folder}"),
    ("core.pager", "{program}"),
    ("pager.log", "{program}"),
    ("diff.external", "{program}"),
    ("filter.run.clean", "{program}"),
    ("filter.run.smudge", "{program}"),
    ("filter.run.process", "{program}"),
    ("diff.run.textconv", "{program}"),
    ("core.sshCommand", "{program}"),
    ("credential.helper", "{program}"),
    ("core.editor", "{program}"),
    ("gpg.program", "{program}"),
)


def test_git_runs_no_program_that_the_folder_names(data: Path) -> None:
    program, trace = planted(data)
    for hook in ("post-index-change", "fsmonitor-watchman", "reference-transaction"):
        shutil.copy(program, data.parents[1] / hook)
    for key, value in NAMING_A_PROGRAM:
        git(data, "config", key, value.format(program=program, folder=data.parents[1]))
    git(data, "config", "log.showSignature", "true")
    (data.parent / ".git" / "info" / "attributes").write_text("* filter=run diff=run\n", encoding="utf-8")
    touched(data)

    for arguments in (["list"], ["report"], ["validate"], ["show", "p"]):
        assert run([*arguments, "--data", str(data)]) == 0

    assert not trace.exists()
    assert revision_of(data) is not None


def test_the_trap_does_run_when_git_itself_is_asked(data: Path) -> None:
    """Without this the claim above could hold for a trap that never works."""
    program, trace = planted(data)
    git(data, "config", "core.fsmonitor", program)
    touched(data)

    git(data, "status")

    assert trace.exists()


def test_a_signed_commit_is_not_verified_by_a_program_of_the_folder(data: Path) -> None:
    program, trace = planted(data)
    raw = git(data, "cat-file", "commit", "HEAD")
    head, _, message = raw.partition("\n\n")
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n x\n -----END PGP SIGNATURE-----"
    signed = data.parents[1] / "signed"
    signed.write_text(f"{head}\n{signature}\n\n{message}\n", encoding="utf-8")
    id = git(data, "hash-object", "-t", "commit", "-w", str(signed))
    git(data, "update-ref", "HEAD", id)
    git(data, "config", "log.showSignature", "true")
    git(data, "config", "gpg.program", program)

    found = revision_of(data)

    assert found is not None
    assert id.startswith(found.id)
    assert not trace.exists()


def test_a_folder_that_is_a_bare_repository_is_not_taken_for_one(tmp_path: Path) -> None:
    """A clone can carry a folder with HEAD, objects and a config of its own."""
    git(tmp_path, "init", "-q", "--bare", "bare")
    (tmp_path / "bare" / "amk.yaml").write_text("title: t\nsubject: s\n", encoding="utf-8")
    program, trace = planted(tmp_path / "bare" / "data")
    git(tmp_path / "bare", "config", "core.fsmonitor", program)

    assert revision_of(tmp_path / "bare") is None
    assert not trace.exists()


def test_a_missing_commit_is_not_fetched_by_a_program_of_the_folder(data: Path) -> None:
    program, trace = planted(data)
    head = git(data, "rev-parse", "HEAD")
    (data.parent / ".git" / "objects" / head[:2] / head[2:]).unlink()
    for key, value in (
        ("core.repositoryFormatVersion", "1"), ("extensions.partialClone", "origin"),
        ("remote.origin.url", str(data.parent)), ("remote.origin.promisor", "true"),
        ("remote.origin.uploadpack", program), ("protocol.file.allow", "always"),
    ):  # fmt: skip
        git(data, "config", key, value)

    assert revision_of(data) is None
    assert not trace.exists()


def test_the_environment_of_another_git_changes_nothing(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = revision_of(data)
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere")
    monkeypatch.setenv("GIT_WORK_TREE", "/")
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", "/nowhere")

    assert revision_of(data) == before
    assert before is not None


def test_git_that_does_not_answer_is_not_waited_for(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(amk.storage.git, "PATIENCE", 1)
    config = data.parent / ".git" / "config"
    config.unlink()
    os.mkfifo(config)

    assert revision_of(data) is None


@pytest.mark.parametrize("change", ["edit", "add", "remove", "add-in-folder"])
def test_what_differs_from_the_commit_is_dirty(data: Path, change: str) -> None:
    match change:
        case "edit":
            (data / "policies" / "p.yaml").write_text("title: q\nevidence: []\n", encoding="utf-8")
        case "add":
            (data / "new.yaml").write_text("title: q\n", encoding="utf-8")
        case "remove":
            (data / "policies" / "p.yaml").unlink()
        case "add-in-folder":
            (data / "sources").mkdir()
            (data / "sources" / "s.yaml").write_text("title: q\n", encoding="utf-8")

    found = revision_of(data)

    assert found is not None
    assert found.dirty


def test_what_does_not_differ_is_clean(data: Path) -> None:
    (data.parent / "elsewhere.yaml").write_text("a: b\n", encoding="utf-8")
    (data / "é x.yaml").write_text("title: q\n", encoding="utf-8")
    (data / ".hidden.yaml").write_text("title: q\n", encoding="utf-8")
    commit(data)
    (data / "remark.txt").write_text("not read", encoding="utf-8")
    crlf = (data / "policies" / "p.yaml").read_bytes().replace(b"\n", b"\r\n")
    (data / "policies" / "p.yaml").write_bytes(crlf)
    touched(data)

    found = revision_of(data)

    assert found is not None
    assert not found.dirty
