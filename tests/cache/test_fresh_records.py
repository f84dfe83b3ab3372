"""Writing from what is kept: it says where to look, and never what is written."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from typing import Any
from zlib import crc32

import pytest

from amk.cache import data_folder as working
from amk.cache.data_folder import read_cached
from amk.cache.encoding import decode_record, encode_record
from amk.cache.location import cache_files
from amk.cli import run
from amk.cli.saving import as_on_disk
from amk.model.records import Concept, Vocabulary
from amk.storage.data_folder import Unreadable, raw_of, working_tree
from amk.storage.edits import Edit
from amk.storage.preview import tree_after
from amk.values.errors import UserError
from amk.values.multilingual import Multilingual
from tests.cache.sealed import seal_again

EXAMPLE = Path(__file__).parents[2] / "docs" / "example" / "data"
POLICY = "policies/beleidskader-oostbeek.yaml"
Patching = pytest.MonkeyPatch
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def data(tmp_path: Path, at_rest: None, monkeypatch: Patching) -> Path:
    """The example, at rest and kept."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = Path(copytree(EXAMPLE, tmp_path / "data"))
    for path in folder.rglob("*.yaml"):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    close(read_cached(folder))
    return folder


def close(read: working.CachedFolder) -> None:
    if read.store:
        read.store.close()


def texts(folder: Path) -> dict[str, str]:
    return dict(working_tree(folder).texts)


def poison(ref: str, change: Callable[[Any], Any], **columns: str) -> None:
    """Let what is kept say something else than the file, whole as it looks."""
    [store] = (path for path in cache_files() if path.suffix == ".kept")
    with closing(sqlite3.connect(store)) as connection, connection:
        [kept] = connection.execute("select kind, record, checksum from records where ref = ?", (ref,))
        raw = encode_record(change(decode_record(*kept)))
        values = {"record": raw, "checksum": crc32(raw), **columns}
        told = ", ".join(f"{name} = ?" for name in values)
        connection.execute(f"update records set {told} where ref = ?", (*values.values(), ref))
    seal_again(store)


def renamed_in_the_index(name: str, path: str) -> None:
    [store] = (found for found in cache_files() if found.suffix == ".kept")
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute(
            "update names set file = (select file from records where path = ?) where name = ?", (path, name)
        )
    seal_again(store)


def other_label(vocabulary: Vocabulary) -> Vocabulary:
    meant, *others = vocabulary.concepts
    label = Multilingual(by_language=meant.labels.by_language)
    wrong = replace(others[0], labels=label) if others else Concept(code="fout", labels=label)
    return replace(vocabulary, concepts=(wrong,))


POISONS: dict[str, Callable[[], None]] = {
    "the record itself": lambda: poison(
        "policy/beleidskader-oostbeek", lambda policy: replace(policy, title="Vergif", tags=("vergif",))
    ),
    "a record under another id": lambda: poison(
        "policy/beleidskader-oostbeek", lambda policy: replace(policy, id="vergif")
    ),
    "whom a name belongs to": lambda: poison(
        "municipality/westbeek", lambda municipality: replace(municipality, id="noordbeek")
    ),
    "the name in the index": lambda: renamed_in_the_index("westbeek", "municipalities/noordbeek.yaml"),
    "what a word stands for": lambda: poison("vocabulary/policy-types", other_label),
    "a source": lambda: poison("source/brief-2021", lambda source: replace(source, id="vergif")),
}

WRITING = (
    ("set", "beleidskader-oostbeek", "tags+=huisvesting", "municipalities+=WESTBEEK", "type=Beleidskader"),
    ("new", "policy", "title=Nota Westbeek", "municipalities=Westbeek", "type=beleidskader", "--source",
     "brief-2021:9", "--no-ask", "milestones[0].status=concept"),
    ("reached", "beleidskader-oostbeek", "in-force", "2021-04-01", "--source", "brief-2021", "--lines", "7"),
    ("set", "westbeek", "neighbours.noordbeek.km=1.5"),
    ("rename", "Westbeek", "westbeek-aan-zee"),
    ("rename", "brief-2021", "brief-uit-2021"),
)  # fmt: skip


@pytest.mark.parametrize("question", WRITING, ids=lambda question: " ".join(question[:2]))
@pytest.mark.parametrize("poisoned", POISONS)
def test_what_is_kept_never_reaches_the_data(
    data: Path, tmp_path: Path, poisoned: str, question: tuple[str, ...], monkeypatch: Patching
) -> None:
    clean = Path(copytree(EXAMPLE, tmp_path / "clean"))
    with monkeypatch.context() as without:
        without.setenv("AMK_NO_CACHE", "1")
        code = run([*question, "--data", str(clean)])
    POISONS[poisoned]()

    assert run([*question, "--data", str(data)]) == code
    assert texts(data) == texts(clean)


QUESTIONS = (
    *WRITING,
    ("set", "beleidskader-oostbeek", "municipalities+=Nergenshuizen"),
    ("set", "beleidskader-oostbeek", "municipalities+=Nergenshuizen", "--force"),
    ("set", "beleidskader-oostbek", "tags+=a"),
    ("set", "beleidskader-oostbeek", "title=", "--dry-run"),
    ("set", "oostbeek", "province=", "name=Oostbeek aan Zee"),
    ("new", "policy", "title=Beleidskader Oost-Beek", "municipalities=Oostbeek", "--source", "brief-2021:6"),
    ("new", "source", "title=Krant", "type=onbekend", "--no-ask"),
    ("new", "region", "name=Beekstreek", "type=area", "--no-ask"),
    ("reached", "beleidskader-oostbeek", "in-force", "1999", "--source", "brief-2021"),
)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: " ".join(question)[:40])
def test_writing_from_what_is_kept_says_and_does_the_same(
    data: Path, question: tuple[str, ...], capsys: Captured, monkeypatch: Patching
) -> None:
    before = texts(data)
    with monkeypatch.context() as without:
        without.setenv("AMK_NO_CACHE", "1")
        code = run([*question, "--data", str(data)])
    told, changed = capsys.readouterr(), texts(data)
    for path in changed.keys() - before.keys():
        (data / path).unlink()
    for path, text in before.items():
        (data / path).write_bytes(text.encode())

    assert run([*question, "--data", str(data)]) == code
    assert capsys.readouterr() == told
    assert texts(data) == changed


def test_a_set_reads_the_files_that_it_needs(data: Path, monkeypatch: Patching) -> None:
    assert run(["validate", "--data", str(data)]) == 0
    read: list[str] = []

    def reading(path: str, root: Path) -> bytes | Unreadable:
        read.append(path)
        return raw_of(path, root)

    monkeypatch.setattr(working, "raw_of", reading)

    assert run(["set", "beleidskader-oostbeek", "tags+=nieuw", "--data", str(data)]) == 0

    assert read == [str(data / POLICY)]


def test_a_change_that_is_refused_leaves_what_is_kept_as_it_was(data: Path, capsys: Captured) -> None:
    assert run(["validate", "--data", str(data)]) == 0
    [store] = (path for path in cache_files() if path.suffix == ".kept")
    before = store.read_bytes()

    assert run(["set", "beleidskader-oostbeek", "municipalities+=nergens", "--data", str(data)]) == 1

    assert store.read_bytes() == before
    assert run(["validate", "--data", str(data)]) == 0


def test_a_file_that_changed_after_it_was_read_is_not_written_over(data: Path) -> None:
    tree = working_tree(data)
    (data / POLICY).write_text("title: Van een collega\n", encoding="utf-8")

    with pytest.raises(UserError) as stop:
        as_on_disk(tree, POLICY, "title: Van mij\n")

    assert stop.value.phrase == "stop.changed-meanwhile"


def test_what_will_be_is_told_before_it_is_written(data: Path) -> None:
    tree = working_tree(data)
    edits = [
        Edit("policies/b.yaml", None, b"title: B\n"),
        Edit(POLICY, tree.texts[POLICY].encode(), None),
        Edit("regions/beekstreek.yaml", b"", b"\xff"),
    ]
    after = tree_after(tree, edits)

    for edit in edits:
        path = data / edit.path
        path.unlink(missing_ok=True) if edit.after is None else path.write_bytes(edit.after)
    written = working_tree(data)
    assert dict(after.texts) == written.texts
    assert list(after.texts) == list(written.texts)
    assert after.unreadable == written.unreadable
    assert len(after.texts) == len(written.texts)
    assert POLICY not in after.texts


def test_where_what_is_kept_is_not_whole_a_change_is_checked_from_the_files(
    data: Path, capsys: Captured
) -> None:
    [store] = (path for path in cache_files() if path.suffix == ".kept")
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("update records set checksum = 0 where kind = 'region'")
    seal_again(store)

    assert run(["set", "beleidskader-oostbeek", "municipalities+=nergens", "--data", str(data)]) == 1
    told = capsys.readouterr().out
    assert run(["set", "beleidskader-oostbeek", "tags+=nieuw", "--data", str(data)]) == 0

    assert told.count("+  - nergens") == 1
    assert "REF001" in told


def test_while_another_amk_reads_a_change_is_checked_from_the_files(
    data: Path, monkeypatch: Patching, capsys: Captured
) -> None:
    monkeypatch.setattr("amk.cache.sealing.PATIENCE", 0.05)
    reading = read_cached(data)
    assert reading.loaded.base.policies
    (data / POLICY).write_bytes((data / POLICY).read_bytes() + b"tags: [nieuw]\n")

    assert run(["set", "beleidskader-oostbeek", "municipalities+=nergens", "--data", str(data)]) == 1
    assert "REF001" in capsys.readouterr().out
    assert run(["set", "beleidskader-oostbeek", "tags+=ook", "--data", str(data)]) == 0
    close(reading)


@pytest.mark.parametrize(
    "command",
    [
        ("set", "delft", "owner=x"), ("new", "beleid", "title=x"), ("edit", "delft"), ("fmt",), ("propose",),
        ("rename", "municipality/delft", "d"), ("import", "x.csv"),
        ("reached", "x", "vastgesteld", "2024", "--source", "y"),
    ],
)  # fmt: skip
def test_what_came_with_amk_is_kept_and_that_is_told_in_a_sentence(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: Patching, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run(list(command)) == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert "wordt niet gewijzigd" in told.err
