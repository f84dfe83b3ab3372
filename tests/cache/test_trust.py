"""What is kept is believed only where nobody else can have written it, and only as it was written."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from zlib import crc32

import pytest

from amk.cache import sealing
from amk.cache.data_folder import read_cached
from amk.cache.encoding import decode_problems, decode_record, encode_problems, encode_record
from amk.cache.location import cache_files, cache_folder
from amk.cache.revisions import load_cached
from amk.cli import run
from amk.model.problems import Problem
from amk.storage.data_folder import working_tree
from amk.storage.loading import load
from tests.cache.corruption import EXAMPLE, QUESTIONS, answer, try_corruptions

SOURCES = Path(__file__).parents[2] / "src" / "amk"
OURS = SOURCES.parents[1] / "data"


@pytest.fixture
def data(tmp_path: Path, own_cache: Path, at_rest: None) -> Path:
    folder = Path(copytree(EXAMPLE, tmp_path / "data"))
    for path in folder.rglob("*.yaml"):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    return folder


def kept() -> Path:
    return next(path for path in cache_files() if path.suffix == ".kept")


def folder_of_all(data: Path) -> None:
    folder = cache_folder()
    assert folder is not None
    folder.chmod(0o777)


def group_may_write(data: Path) -> None:
    kept().chmod(0o664)


def a_link(data: Path) -> None:
    place, moved = kept(), data.parent / "elders"
    place.rename(moved)
    place.symlink_to(moved)


def beside(ending: str) -> Callable[[Path], None]:
    def plant(data: Path) -> None:
        planted = kept().with_name(kept().name + ending)
        planted.write_bytes(b"geplant")
        planted.chmod(0o666)

    return plant


@pytest.mark.skipif(os.name != "posix", reason="files have no such modes here")
@pytest.mark.parametrize(
    "plant", [folder_of_all, group_may_write, a_link, *map(beside, ("-journal", "-wal", "-shm", ".sum"))]
)
def test_what_another_may_have_written_is_not_believed(data: Path, plant: Callable[[Path], None]) -> None:
    right = answer(data, QUESTIONS[0])
    plant(data)

    assert read_cached(data).store is None
    assert answer(data, QUESTIONS[0]) == right


@pytest.mark.skipif(os.name != "posix", reason="files have no such modes here")
@pytest.mark.parametrize("question", QUESTIONS)
def test_in_a_folder_of_all_nothing_is_kept_and_all_is_answered(
    data: Path, own_cache: Path, question: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    right = answer(data, question)
    for path in list(cache_files()):
        path.unlink()
    folder_of_all(data)

    assert answer(data, question) == right
    assert not list(cache_files())
    assert run(["cache"]) == 0
    assert "mogen anderen schrijven" in capsys.readouterr().out


@pytest.mark.skipif(os.name != "posix", reason="files have no such modes here")
def test_what_is_kept_is_for_the_user_alone(data: Path) -> None:
    for question in QUESTIONS:
        answer(data, question)

    assert {path.stat().st_mode & 0o077 for path in cache_files()} == {0}


def test_nothing_is_kept_that_could_run() -> None:
    forbidden = re.compile(r"^\s*(import|from) (pickle|marshal|shelve|dill|cloudpickle)\b", re.MULTILINE)

    assert [p.name for p in SOURCES.rglob("*.py") if forbidden.search(p.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("folder", [EXAMPLE, OURS])
def test_a_record_comes_back_as_it_was(folder: Path) -> None:
    for record in load(working_tree(folder)).base.known.values():
        raw = encode_record(record)

        assert decode_record(record.kind, raw, crc32(raw)) == record


def test_a_problem_comes_back_as_it_was() -> None:
    problem = Problem(
        "REF001", "policies/a.yaml", ("milestones", 0, "date"), {"found": "\udcffé"}, "policy/a"
    )

    assert decode_problems(encode_problems([problem])) == (problem,)


def test_a_revision_comes_back_as_it_was(data: Path) -> None:
    (data / "policies" / "stuk.yaml").write_text("title: Stuk\nmunicipalities: [oostbeek]\nkleur: rood\n")
    tree = working_tree(data)
    first, second = load_cached(tree), load_cached(tree)

    assert first.problems == second.problems
    assert dict(first.base.known) == dict(second.base.known)
    assert (first.base.unread, first.base.incomplete) == (second.base.unread, second.base.incomplete)
    assert (first.base.paths, first.base.manifest) == (second.base.paths, second.base.manifest)


def test_no_corruption_of_what_is_kept_changes_an_answer(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "PATIENCE", 0.02)

    assert try_corruptions(data, 60, seed=18) == []
