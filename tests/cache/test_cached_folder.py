"""A reading that is kept answers as reading anew does, whatever happens behind amk's back."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random
from shutil import copytree

import pytest
from benchmarks.generating import generate, write

from amk.cache import fingerprints as states
from amk.cache import reader as readings
from amk.cache.data_folder import CachedFolder, read_anew, read_cached
from amk.cache.encoding import encode_record
from amk.cache.fingerprints import Fingerprint, is_racy, look
from amk.cache.location import cache_files
from amk.cache.validation import find_problems_cached
from amk.checks.validation import Validation, find_problems
from amk.cli import run
from amk.model.filters import Filters, narrowed
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import KINDS, Municipality, Policy, Region
from amk.questions.records.facts import facts_of
from amk.values.errors import CacheCorrupt
from tests.cache.sealed import seal_again

EXAMPLE = Path(__file__).parents[2] / "docs" / "example" / "data"
POLICY = "policies/beleidskader-oostbeek.yaml"
Patching = pytest.MonkeyPatch
DAY = date(2021, 12, 31)


@pytest.fixture(autouse=True)
def cache(own_cache: Path) -> Path:
    return own_cache


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The example, at rest: as if it was written long ago."""
    folder = Path(copytree(EXAMPLE, tmp_path / "data"))
    for path in folder.rglob("*.yaml"):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    return folder


def told(working: CachedFolder) -> object:
    """All that a reading says: every record with its facts, the problems, and the texts."""
    base, tree = working.loaded.base, working.tree
    facts = [repr(facts_of(base, record, DAY)) for record in base.known.values()]
    rest = (base.manifest, sorted(base.unread), dict(base.paths), dict(tree.texts), tree.unreadable)
    return facts, sorted(map(repr, working.loaded.problems)), rest, find_problems_cached(working, DAY)


def assert_alike(data: Path) -> None:
    assert told(read_cached(data)) == told(read_anew(data))


def at_rest(monkeypatch: Patching) -> None:
    """As if no file changed just now: what is read at once counts as proved."""
    monkeypatch.setattr(states, "TICK", 0)


def longer(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\ntags: [nieuw]\n", encoding="utf-8")


def same_size_and_time(path: Path) -> None:
    was = path.stat()
    path.write_bytes(path.read_bytes().replace(b"Beleidskader", b"Beleidsplan "))
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))


def swapped_for_another(path: Path) -> None:
    other, was = path.with_name("ander.yaml"), path.stat()
    other.write_bytes(path.read_bytes().replace(b"Beleidskader", b"Beleidsplan "))
    os.utime(other, ns=(was.st_atime_ns, was.st_mtime_ns))
    os.replace(other, path)


def exchanged(path: Path) -> None:
    one, two = (path.parents[1] / "municipalities" / name for name in ("oostbeek.yaml", "westbeek.yaml"))
    aside = one.with_suffix(".aside")
    one.rename(aside)
    two.rename(one)
    aside.rename(two)


def renamed(path: Path) -> None:
    path.rename(path.with_name("nota-oostbeek.yaml"))


def removed(path: Path) -> None:
    path.unlink()


def broken(path: Path) -> None:
    path.write_text("title: [", encoding="utf-8")


def unreadable(path: Path) -> None:
    path.write_bytes(b"title: \xff")


def a_link(path: Path) -> None:
    aim = path.with_name("elders.txt")
    path.rename(aim)
    path.symlink_to(aim.name)


def added(path: Path) -> None:
    path.with_name("tweede.yaml").write_bytes(path.read_bytes())


def of_another_manifest(path: Path) -> None:
    longer(path.parents[1] / "amk.yaml")


def touched(path: Path) -> None:
    path.touch()


CHANGES: tuple[Callable[[Path], None], ...] = (
    longer, same_size_and_time, swapped_for_another, exchanged, renamed, removed, broken, unreadable, added,
    of_another_manifest, touched,
    *(() if os.name == "nt" else (a_link,)),
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_no_change_goes_unseen(data: Path, change: Callable[[Path], None], monkeypatch: Patching) -> None:
    at_rest(monkeypatch)
    assert_alike(data)
    assert_alike(data)

    change(data / POLICY)

    assert_alike(data)
    assert_alike(data)


def test_git_goes_to_and_fro(data: Path, monkeypatch: Patching) -> None:
    at_rest(monkeypatch)
    git = ("git", "-C", str(data), "-c", "user.name=t", "-c", "user.email=t@example.org")
    for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-qm", "een"]):
        subprocess.run([*git, *command], check=True)
    subprocess.run([*git, "switch", "-qc", "ander"], check=True)
    longer(data / POLICY)
    added(data / POLICY)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-qam", "twee"], check=True)

    for branch in ("main", "ander", "main", "ander"):
        subprocess.run([*git, "switch", "-q", branch], check=True)
        assert_alike(data)


def test_changes_one_after_the_other_are_all_seen(data: Path, monkeypatch: Patching) -> None:
    at_rest(monkeypatch)
    random, kept = Random(8), (data / POLICY).read_bytes()
    for _ in range(25):
        change = random.choice(CHANGES)
        if (data / POLICY).exists() and not (data / POLICY).is_symlink():
            change(data / POLICY)
        else:
            (data / POLICY).unlink(missing_ok=True)
            (data / POLICY).write_bytes(kept)
        assert_alike(data)


def test_a_file_that_changed_just_now_is_in_doubt() -> None:
    second = 1_000_000_000
    state = Fingerprint(10, 100 * second, 90 * second, 1)

    assert is_racy(state, 103 * second) is not states.TIMES_TELL
    assert is_racy(state, 101 * second)
    assert is_racy(state._replace(changed=102 * second), 103 * second)
    assert is_racy(None, 103 * second)


def test_what_is_in_doubt_is_compared_by_its_content(data: Path, monkeypatch: Patching) -> None:
    read_cached(data)
    same = dict(look(data))
    (data / POLICY).write_bytes((data / POLICY).read_bytes().replace(b"Beleidskader", b"Beleidsplan "))
    monkeypatch.setattr("amk.cache.data_folder.look", lambda root: same)

    [policy] = read_cached(data).loaded.base.policies

    assert policy.title.startswith("Beleidsplan")


def test_a_reading_that_is_proved_reads_no_record_again(data: Path, monkeypatch: Patching) -> None:
    at_rest(monkeypatch)
    read_cached(data)
    read = []
    monkeypatch.setattr(readings, "read_one", lambda *given: read.append(given))

    base = read_cached(data).loaded.base

    assert base.municipalities
    assert not read


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    write(folder, generate(3, 60))
    return folder


def of_both(folder: Path) -> Iterator[KnowledgeBase]:
    yield from (read(folder).loaded.base for read in (read_cached, read_anew))


def test_a_kept_register_answers_as_one_in_memory(many: Path) -> None:
    kept, held = of_both(many)

    assert list(kept.known) == list(held.known)
    assert len(kept.paths) == len(held.paths)
    for kind in KINDS:
        assert kept.all(kind) == held.all(kind)
    for ref, record in held.known.items():
        assert ref in kept.known
        assert kept.known[ref] == record
        assert kept.paths[ref] == held.paths[ref]
        assert kept.policies_of(ref) == held.policies_of(ref)
    for m in held.all(Municipality):
        assert kept.regions_of(m.id) == held.regions_of(m.id)
        assert kept.known.naming(m.ref, Municipality, "neighbours") == held.known.naming(
            m.ref, Municipality, "neighbours"
        )
    for region in held.all(Region):
        assert kept.members_of(region.id) == held.members_of(region.id)
        assert kept.parts_of(region.id) == held.parts_of(region.id)
    assert "policy/er-is-er-geen" not in kept.known
    assert kept.known.called("nota aal") == held.known.called("nota aal")


def test_what_passes_by_is_all_and_nothing_of_it_is_held(many: Path) -> None:
    kept, held = of_both(many)
    read: dict[str, object] = kept.known._read  # type: ignore[attr-defined] # what it read is its own affair

    assert list(kept.known.stream()) == list(held.known.values())
    assert not read


def test_who_names_what_is_not_there_is_found_without_reading_all(data: Path, monkeypatch: Patching) -> None:
    at_rest(monkeypatch)
    text = (data / POLICY).read_text(encoding="utf-8")
    (data / POLICY).write_text(text.replace("- oostbeek", "- nergens"), encoding="utf-8")
    base = read_cached(data).loaded.base

    assert [record.ref for record in base.known.naming_unknown()] == ["policy/beleidskader-oostbeek"]
    assert_alike(data)


def test_what_is_narrowed_to_a_region_is_alike(many: Path) -> None:
    kept, held = of_both(many)
    for region in held.all(Region):
        filters = Filters(regions=(region.id,))
        assert dict(narrowed(kept, filters).records) == dict(narrowed(held, filters).records)


def test_a_question_about_few_reads_few(many: Path) -> None:
    base = read_cached(many).loaded.base
    read: dict[str, object] = base.known._read  # type: ignore[attr-defined] # what it read is its own affair

    narrowed(base, Filters(regions=("regio-00010",)))

    assert 0 < len(read) < 60 < len(base.known)


def test_processes_read_what_one_process_reads(many: Path, monkeypatch: Patching) -> None:
    monkeypatch.setattr(readings, "PAYS", 10)
    monkeypatch.setattr(readings, "AT_ONCE", 50)

    assert told(read_cached(many, processes=2)) == told(read_anew(many))


def killed(root: Path, known: object, paths: object) -> list[object]:
    os.kill(os.getpid(), 9)
    return []


@pytest.mark.skipif(os.name == "nt", reason="no process can be killed like this here")
def test_when_a_process_that_reads_dies_all_is_read_anew(many: Path, monkeypatch: Patching) -> None:
    monkeypatch.setattr(readings, "PAYS", 10)
    monkeypatch.setattr(readings, "_read_some", killed)

    assert told(read_cached(many, processes=2)) == told(read_anew(many))


QUESTIONS = (
    ("list", "--json"), ("validate",), ("show", "oostbeek"), ("list", "--region", "beekstreek"),
    ("search", "oostbeek"), ("query", "select ref, status from records"),
)  # fmt: skip


@pytest.mark.parametrize("at", [0.0, 0.1, 0.3, 0.5, 0.7, 0.9])
@pytest.mark.parametrize("torn", ["cut", "garbled"])
def test_a_store_that_is_not_whole_is_never_believed(
    data: Path, at: float, torn: str, monkeypatch: Patching, capsys: pytest.CaptureFixture[str]
) -> None:
    def answer(*question: str) -> str:
        assert run([*question, "--data", str(data), "--today", "2021-12-31"]) == 0
        return capsys.readouterr().out

    at_rest(monkeypatch)
    before = [answer(*question) for question in QUESTIONS]
    [store] = (path for path in cache_files() if path.suffix == ".kept")
    raw = store.read_bytes()
    start = int(len(raw) * at)
    store.write_bytes(raw[:start] if torn == "cut" else raw[:start] + os.urandom(4096) + raw[start + 4096 :])

    assert [answer(*question) for question in QUESTIONS] == before


def test_a_kept_record_that_is_not_what_was_kept_is_lost(data: Path, monkeypatch: Patching) -> None:
    at_rest(monkeypatch)
    read_cached(data)
    [store] = (path for path in cache_files() if path.suffix == ".kept")
    with closing(sqlite3.connect(store)) as connection, connection:
        changed = encode_record(Policy(id="x", title="Verzonnen", type="other", evidence=()))
        connection.execute("update records set record = ? where kind = 'policy'", (changed,))
    seal_again(store)

    with pytest.raises(CacheCorrupt):
        _ = read_cached(data).loaded.base.policies


def test_another_version_of_amk_keeps_its_own(data: Path, monkeypatch: Patching) -> None:
    read_cached(data)
    monkeypatch.setattr("amk.cache.location.made_by", lambda: "amk 99")
    read_cached(data)

    assert len([path for path in cache_files() if path.suffix == ".kept"]) == 2


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="files have no owner here")
def test_what_somebody_else_left_there_is_not_believed(data: Path, monkeypatch: Patching) -> None:
    read_cached(data)
    monkeypatch.setattr("os.getuid", lambda: 12345)

    assert read_cached(data).store is None


def test_a_home_in_which_nothing_can_be_written_takes_no_answer_away(
    data: Path, cache: Path, monkeypatch: Patching
) -> None:
    cache.write_text("hier past geen map", encoding="utf-8")

    assert_alike(data)


def test_while_one_reads_another_writes_and_both_are_right(data: Path, monkeypatch: Patching) -> None:
    at_rest(monkeypatch)
    monkeypatch.setattr("amk.cache.sealing.PATIENCE", 0.05)
    read_cached(data)
    reading = read_cached(data)
    same_size_and_time(data / POLICY)

    writing = read_cached(data)

    assert [p.title.split()[0] for p in writing.loaded.base.policies] == ["Beleidsplan"]
    assert [p.title.split()[0] for p in reading.loaded.base.policies] == ["Beleidskader"]
    assert_alike(data)


STORM = """
import sys
from amk.cli import run
from tests.cache.sealed import seal_again
for _ in range(4):
    run(["list", "--json", "--data", sys.argv[1], "--today", "2021-12-31"])
"""


def test_many_at_once_all_answer_alike(data: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    command = [sys.executable, "-c", STORM, str(data)]
    all_of_them = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, encoding="utf-8")
        for _ in range(6)
    ]
    time.sleep(0.3)
    (data / POLICY).touch()

    answers = [process.communicate() for process in all_of_them]

    assert {errors for _, errors in answers} == {""}
    assert len({out for out, _ in answers}) == 1


def test_validation_is_kept_until_the_day_or_a_file_differs(data: Path, monkeypatch: Patching) -> None:
    at_rest(monkeypatch)
    first = find_problems_cached(read_cached(data), DAY)
    checked = []

    def checking(*given: object) -> Validation:
        checked.append(given)
        return first

    monkeypatch.setattr("amk.cache.validation.validation_of", checking)

    assert find_problems_cached(read_cached(data), DAY) == first
    assert not checked

    find_problems_cached(read_cached(data), date(2022, 1, 1))
    broken(data / POLICY)
    find_problems_cached(read_cached(data), DAY)
    assert len(checked) == 2
    assert find_problems(read_anew(data).tree, DAY).problems


@pytest.mark.parametrize("suffix", [".index", ".tables"])
@pytest.mark.parametrize("at", [0.2, 0.5, 0.8])
def test_a_database_that_is_cut_off_is_never_believed(
    data: Path, suffix: str, at: float, capsys: pytest.CaptureFixture[str]
) -> None:
    def answer(*question: str) -> str:
        assert run([*question, "--data", str(data), "--today", "2021-12-31"]) == 0
        return capsys.readouterr().out

    before = [answer(*question) for question in QUESTIONS]
    [database] = (path for path in cache_files() if path.suffix == suffix)
    raw = database.read_bytes()
    start = int(len(raw) * at)
    database.write_bytes(raw[:start])

    assert [answer(*question) for question in QUESTIONS] == before


def test_sql_is_answered_from_tables_of_the_day_and_of_the_texts(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def status(today: str) -> str:
        question = "select status from records where kind = 'policy'"
        assert run(["query", question, "-f", "csv", "--data", str(data), "--today", today]) == 0
        return capsys.readouterr().out

    first = status("2021-12-31")
    assert status("2021-12-31") == first
    assert status("2000-01-01") != first

    (data / POLICY).unlink()
    assert status("2021-12-31") == "status\n"


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="no Ctrl-C can be sent to a process here")
@pytest.mark.parametrize("after", [0.3, 0.5, 0.6, 0.7, 1.0])
def test_ctrl_c_ends_all_processes_that_read(tmp_path: Path, after: float) -> None:
    write(tmp_path / "data", generate(5, 6_000))
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    reading = subprocess.Popen(
        [sys.executable, "-m", "amk", "validate", "--data", str(tmp_path / "data")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, encoding="utf-8", start_new_session=True,
    )  # fmt: skip
    time.sleep(after)

    os.killpg(reading.pid, signal.SIGINT)
    out, err = reading.communicate(timeout=30)

    # Python itself ends by the signal where it came before Python listens.
    assert reading.returncode in (130, -signal.SIGINT)
    assert "Traceback" not in out + err
    assert is_gone(reading.pid, within=10)


def is_gone(group: int, within: float) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False
