"""What was known then: the data folder at a commit, a tag or a date, in real repositories."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from amk.cli import run
from amk.storage.data_folder import working_tree
from amk.storage.revisions import find_commit, merge_base, renamed_since, tree_at
from amk.values.errors import UserError

MANIFEST = "title: Proef\nsubject: wonen\nlanguage: nl\nschema: '1'\n"

Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path) -> Git:
    """A repository with an empty knowledge base; `git(...)` runs git in it, on a day if one is given."""

    def ask(*arguments: str, day: str = "2020-01-01") -> str:
        made = {f"GIT_{who}_DATE": f"{day}T23:30:00+0200" for who in ("AUTHOR", "COMMITTER")}
        named = {f"GIT_{who}_{what}": "amk" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        command = ["git", "-C", str(tmp_path), *arguments]
        return subprocess.run(
            command, check=True, capture_output=True, text=True, env={**os.environ, **made, **named}
        ).stdout

    ask("init", "--quiet", "--initial-branch=main")
    (tmp_path / "data" / "organisations").mkdir(parents=True)
    (tmp_path / "data" / "amk.yaml").write_text(MANIFEST, encoding="utf-8")
    return ask


def commit(git: Git, folder: Path, name: str, day: str) -> None:
    """Record an organisation by this name, on this day."""
    path = folder / "data" / "organisations" / f"{name}.yaml"
    path.write_text(f"name: {name}\ntype: bond\nevidence: []\n", encoding="utf-8")
    git("add", "-A")
    git("commit", "--quiet", "-m", name, day=day)


def test_a_commit_holds_exactly_what_was_committed(git: Git, tmp_path: Path) -> None:
    (tmp_path / ".gitattributes").write_text("*.yaml export-ignore ident text eol=crlf\n")
    commit(git, tmp_path, "een", "2020-01-01")
    data = tmp_path / "data"
    texts = working_tree(data).texts
    (data / "organisations" / "een.yaml").write_text("name: anders\n")

    assert tree_at(data, find_commit(data, "HEAD")).texts == texts


def test_a_date_means_the_last_commit_before_that_day_ended(git: Git, tmp_path: Path) -> None:
    commit(git, tmp_path, "een", "2020-01-01")
    commit(git, tmp_path, "twee", "2021-07-05")
    data = tmp_path / "data"

    assert find_commit(data, "2021-07-04").day == date(2020, 1, 1)
    assert find_commit(data, "2021-07-05").day == date(2021, 7, 5)
    assert find_commit(data, "2021").day == date(2021, 7, 5)


def test_a_date_follows_first_parents_and_not_what_was_merged_later(git: Git, tmp_path: Path) -> None:
    commit(git, tmp_path, "een", "2020-01-01")
    git("checkout", "--quiet", "-b", "voorstel")
    commit(git, tmp_path, "twee", "2020-06-01")
    git("checkout", "--quiet", "main")
    commit(git, tmp_path, "drie", "2020-03-01")
    git("merge", "--quiet", "--no-ff", "-m", "samen", "voorstel", day="2021-01-01")
    data = tmp_path / "data"

    known = tree_at(data, find_commit(data, "2020-12-31")).texts

    assert "organisations/drie.yaml" in known
    assert "organisations/twee.yaml" not in known


def test_a_fresh_clone_answers_a_date_alike(git: Git, tmp_path: Path) -> None:
    commit(git, tmp_path, "een", "2020-01-01")
    commit(git, tmp_path, "twee", "2021-01-01")
    clone = tmp_path / "clone"
    git("clone", "--quiet", str(tmp_path), str(clone))

    assert find_commit(clone / "data", "2020-06-01") == find_commit(tmp_path / "data", "2020-06-01")


def test_a_renamed_file_is_known_by_its_earlier_path(git: Git, tmp_path: Path) -> None:
    commit(git, tmp_path, "een", "2020-01-01")
    data = tmp_path / "data"
    first = find_commit(data, "HEAD")
    git("mv", "data/organisations/een.yaml", "data/organisations/uno.yaml")

    assert renamed_since(data, first) == {"organisations/uno.yaml": "organisations/een.yaml"}


def test_branches_meet_where_they_parted(git: Git, tmp_path: Path) -> None:
    commit(git, tmp_path, "een", "2020-01-01")
    data = tmp_path / "data"
    parted = find_commit(data, "HEAD")
    git("checkout", "--quiet", "-b", "voorstel")
    commit(git, tmp_path, "twee", "2020-02-01")
    git("checkout", "--quiet", "main")
    commit(git, tmp_path, "drie", "2020-03-01")

    assert merge_base(data, find_commit(data, "voorstel")) == parted


def stopped(data: Path, revision: str) -> str:
    with pytest.raises(UserError) as stop:
        tree_at(data, find_commit(data, revision))
    return stop.value.phrase


def test_each_thing_in_the_way_has_a_sentence_of_its_own(git: Git, tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert stopped(data, "HEAD") == "stop.no-commits"
    (tmp_path / "leesmij").write_text("nog niets")
    git("add", "leesmij")
    git("commit", "--quiet", "-m", "begin", day="2019-01-01")
    git("tag", "brief-2019")
    assert stopped(data, "HEAD") == "stop.no-data-then"
    commit(git, tmp_path, "een", "2020-01-01")
    assert stopped(data, "brief-2020") == "stop.no-revision"
    assert stopped(data, "2018") == "stop.before-history"
    shallow = tmp_path / "ondiep"
    git("clone", "--quiet", "--depth=1", f"file://{tmp_path}", str(shallow))
    assert stopped(shallow / "data", "2019-06-01") == "stop.shallow"
    assert stopped(shallow / "data", "HEAD~1") == "stop.shallow-revision"


def test_an_unknown_revision_suggests_tags(
    git: Git, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(git, tmp_path, "een", "2020-01-01")
    git("tag", "brief-2021")

    assert run(["list", "--data", str(tmp_path / "data"), "--at", "brief-2012"]) == 2
    assert "brief-2021" in capsys.readouterr().err


def test_without_git_history_the_sentence_says_so(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()

    assert stopped(tmp_path / "data", "HEAD") == "stop.no-repository"


def test_an_older_schema_is_told(git: Git, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data" / "amk.yaml").write_text(MANIFEST.replace("'1'", "'0'"), encoding="utf-8")
    commit(git, tmp_path, "een", "2020-01-01")

    assert run(["list", "--data", str(tmp_path / "data"), "--at", "HEAD"]) == 2
    assert "ander schema" in capsys.readouterr().err


def test_day_and_revision_stand_in_the_heading(
    git: Git, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(git, tmp_path, "een", "2020-01-01")
    commit(git, tmp_path, "twee", "2021-01-01")
    (tmp_path / "data" / "organisations" / "drie.yaml").write_text("name: drie\n")
    asked = ["--at", "2020-12-31", "--as-of", "2020-02-02", "--lang", "en", "-f", "md"]

    assert run(["list", "organisations", "--data", str(tmp_path / "data"), *asked]) == 0
    told = capsys.readouterr()

    heading = told.out.split("\n")[0]
    assert heading.startswith("# Proef, on 2 February 2020, according to revision ")
    assert heading.endswith(" of 1 January 2020")
    assert "een" in told.out
    assert "twee" not in told.out
    assert "not committed" in told.err


def test_what_is_not_committed_yet_has_that_alone_for_a_history(
    git: Git, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(git, tmp_path, "een", "2020-01-01")
    new = tmp_path / "data" / "organisations" / "twee.yaml"
    new.write_text("name: twee\ntype: bond\nevidence: []\n", encoding="utf-8")

    assert run(["log", "twee", "--data", str(tmp_path)]) == 0

    assert "Nog niet vastgelegd\n- nieuw\n" in capsys.readouterr().out
