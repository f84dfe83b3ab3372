"""The index of search that is brought up to date is the one that would be made anew, and answers alike."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from shutil import copytree
from typing import Any

import pytest
from benchmarks.generating import generate, write

from amk.cache.data_folder import CachedFolder, read_anew, read_cached
from amk.cache.location import cache_files
from amk.cache.search_index import follow, open_index
from amk.cli import run
from amk.questions.search.find import find_hits
from amk.search import indexer as indexing
from amk.search.record_texts import texts_of

EXAMPLE = Path(__file__).parents[2] / "docs" / "example" / "data"
Patching = pytest.MonkeyPatch
pytestmark = pytest.mark.usefixtures("at_rest")
Change = Callable[[Path], None]

QUERIES = (
    "oostbeek", "beleidskader", "kader", "beleid beek", '"beleidskader oostbeek"', "noord*", "name:beek",
    "vastgesteld", "beleidskadr", "wonen huisvesting", "nota gemeente", "keurmerk", "evidence:brief",
    "concept", "huisvestingsbeleid", "woonvisie", "adopted", "Zuid-Aal",
)  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(copytree(EXAMPLE, tmp_path / "data"))


@pytest.fixture
def many(tmp_path: Path) -> Path:
    write(tmp_path / "many", generate(5, 40))
    return tmp_path / "many"


def rows_of(index: sqlite3.Connection) -> dict[str, list[object]]:
    """All that an index says, but for the numbers by which its rows know one another."""
    index.execute("insert into found (found) values ('integrity-check')")
    index.execute("drop table if exists temp.terms")
    index.execute("create virtual table temp.terms using fts5vocab(main, found, row)")
    asked = {
        "records": "select ref, name, digest from records",
        "texts": "select key, plain, shown, length, places from texts",
        "places": "select ref, number, ways.way, field, key from places join records on records.id = record "
        "join texts on texts.id = text join ways on ways.id = places.way",
        "words": "select word, backwards, dutch, english, texts from words",
        "terms": "select term, doc from temp.terms",
        "about": "select name, value from about",
    }
    return {name: sorted(index.execute(statement)) for name, statement in asked.items()}


def answers_of(working: CachedFolder, index: sqlite3.Connection) -> list[object]:
    return [find_hits(working.loaded.base, index, query) for query in QUERIES]


def made_of_nothing(working: CachedFolder) -> sqlite3.Connection:
    index = sqlite3.connect(":memory:", isolation_level=None)
    assert working.store
    follow(index, working.loaded.base, working.store)
    return index


def assert_alike(folder: Path) -> None:
    working = read_cached(folder)
    with closing(open_index(working)) as kept, closing(made_of_nothing(working)) as fresh:
        assert answers_of(working, kept) == answers_of(working, fresh)
        assert rows_of(kept) == rows_of(fresh)


def assert_answers_alike(folder: Path) -> None:
    working = read_cached(folder)
    with closing(open_index(working)) as kept, closing(made_of_nothing(working)) as fresh:
        assert answers_of(working, kept) == answers_of(working, fresh)


def replaced(path: str, old: str, new: str) -> Change:
    def change(folder: Path) -> None:
        text = (folder / path).read_text(encoding="utf-8")
        assert old in text
        (folder / path).write_text(text.replace(old, new), encoding="utf-8")

    return change


def moved(path: str, to: str) -> Change:
    def change(folder: Path) -> None:
        (folder / path).rename(folder / to)

    return change


def removed(path: str) -> Change:
    def change(folder: Path) -> None:
        (folder / path).unlink()

    return change


def broken(folder: Path) -> None:
    (folder / POLICY).write_text("title: [", encoding="utf-8")


def touched(folder: Path) -> None:
    (folder / POLICY).touch()


def all_tagged(folder: Path) -> None:
    for path in folder.glob("[!v]*/*.yaml"):
        path.write_text(path.read_text(encoding="utf-8") + "\ntags: [nieuw]\n", encoding="utf-8")


def copied(path: str, to: str) -> Change:
    def change(folder: Path) -> None:
        (folder / to).write_bytes((folder / path).read_bytes())

    return change


def exchanged(one: str, other: str) -> Change:
    def change(folder: Path) -> None:
        (folder / one).rename(folder / "aside")
        (folder / other).rename(folder / one)
        (folder / "aside").rename(folder / other)

    return change


POLICY, TOWN = "policies/beleidskader-oostbeek.yaml", "municipalities/oostbeek.yaml"
FOLLOWED: dict[str, Change] = {
    "a word": replaced(POLICY, "Beleidskader", "Woonvisie"),
    "a name that others show": replaced(TOWN, "Oostbeek", "Zuid-Aal"),
    "a title that others show": replaced("sources/brief-2021.yaml", "title: ", "title: Nogmaals "),
    "a field that is no words": replaced(POLICY, "2020-11", "2020-10"),
    "who is named": replaced(POLICY, "- oostbeek", "- westbeek"),
    "who is named is not there": replaced(POLICY, "- oostbeek", "- nergens"),
    "gone": removed(POLICY),
    "gone while others name it": removed(TOWN),
    "renamed": moved(POLICY, "policies/nota.yaml"),
    "renamed while others name it": moved(TOWN, "municipalities/zuidbeek.yaml"),
    "added": copied(POLICY, "policies/tweede.yaml"),
    "added under a name that somebody names": copied(TOWN, "municipalities/nergens.yaml"),
    "exchanged": exchanged(TOWN, "municipalities/westbeek.yaml"),
    "broken": broken,
    "the manifest": replaced("amk.yaml", "title:", "licence: CC0-1.0\ntitle:"),
    "a compound whose halves are new": replaced(POLICY, "Beleidskader", "Kamerverhuurregels"),
    "touched": touched,
}  # fmt: skip
MADE_ANEW: dict[str, Change] = {
    "a label": replaced("vocabulary/policy-types.yaml", "nl: ", "nl: nieuw "),
    "no vocabulary": removed("vocabulary/purposes.yaml"),
    "everything": all_tagged,
}


@pytest.mark.parametrize("change", FOLLOWED.values(), ids=FOLLOWED)
def test_a_change_is_followed_by_itself(data: Path, change: Change, monkeypatch: Patching) -> None:
    assert_alike(data)
    made: list[object] = []

    change(data)
    with monkeypatch.context() as patched:
        patched.setattr(indexing, "make", lambda *given: made.append(given))
        open_index(read_cached(data)).close()

    assert not made
    assert_alike(data)


def test_who_names_another_by_mistake_follows_its_name_too(data: Path) -> None:
    path = "collaborations/werkgroep-beekstreek.yaml"
    replaced(path, "form:", "convenor: policy/beleidskader-oostbeek\nform:")(data)
    assert_alike(data)

    replaced(POLICY, "Beleidskader", "Woonvisie")(data)

    assert_alike(data)


@pytest.mark.parametrize("change", MADE_ANEW.values(), ids=MADE_ANEW)
def test_what_changes_all_is_made_anew(data: Path, change: Change) -> None:
    assert_alike(data)

    change(data)

    assert_alike(data)


def anything(folder: Path, random: Random) -> None:
    """One of the many things that can happen to a file."""
    files = sorted(folder.glob("*/*.yaml"))
    path, other = random.sample(files, 2)
    text = path.read_text(encoding="utf-8")
    match random.randrange(8):
        case 0:
            path.unlink()
        case 1:
            path.rename(path.with_name(f"anders-{random.randrange(5)}.yaml"))
        case 2:
            path.with_name(f"nieuw-{random.randrange(5)}.yaml").write_text(text, encoding="utf-8")
        case 3:
            path.write_text("title: [", encoding="utf-8")
        case 4 if path.parent == other.parent:
            path.write_bytes(other.read_bytes())
        case _:
            words = random.sample(("huisvesting", "keurmerk", "woonvisie", "beleid", "kamerverhuur"), 2)
            lines = text.splitlines()
            named = [n for n, line in enumerate(lines) if line.startswith(("name:", "title:"))]
            for n in named:
                lines[n] += f" {words[0]}s{words[1]}"
            path.write_text("\n".join([*lines, f"tags: [{words[1]}]"]) + "\n", encoding="utf-8")


@pytest.mark.parametrize("seed", range(4))
def test_changes_one_after_the_other_are_followed(many: Path, seed: int) -> None:
    random = Random(seed)
    texts = {path: path.read_bytes() for path in many.glob("*/*.yaml")}
    assert_alike(many)
    for step in range(12):
        for _ in range(random.randrange(1, 4)):
            anything(many, random)
        if step % 4 == 3:
            for path, text in random.sample(sorted(texts.items()), 60):
                path.write_bytes(text)
        assert_alike(many)


def test_the_order_of_changes_tells_nothing(many: Path, tmp_path: Path) -> None:
    other = Path(copytree(many, tmp_path / "other"))
    changed = sorted(many.glob("policies/*.yaml"))[:6]
    for folder, order in ((many, changed), (other, changed[::-1])):
        open_index(read_cached(folder)).close()
        for path in order:
            here = folder / path.relative_to(many)
            text = here.read_text(encoding="utf-8")
            here.write_text(text.replace("title: ", f"title: Keurmerk {path.stem} "), encoding="utf-8")
            open_index(read_cached(folder)).close()
    answers, rows = [], []
    for folder in (many, other):
        working = read_cached(folder)
        with closing(open_index(working)) as index:
            answers.append(answers_of(working, index))
            rows.append(rows_of(index))

    assert answers[0] == answers[1]
    assert {**rows[0], "about": []} == {**rows[1], "about": []}


def test_every_text_of_every_record_stands_in_the_index(many: Path) -> None:
    base = read_anew(many).loaded.base
    statement = (
        "select ways.way, shown from places join ways on ways.id = places.way "
        "join texts on texts.id = text join records on records.id = record where ref = ? order by number"
    )
    with closing(indexing.index_of(base)) as index:
        for ref, record in base.known.items():
            said = [(each.field_path, each.shown) for each in texts_of(base, record)]
            assert index.execute(statement, (ref,)).fetchall() == said


def in_use(data: Path) -> sqlite3.Connection:
    """The index as another amk has it open; a change waits for whoever reads it."""
    open_index(read_cached(data)).close()
    return open_index(read_cached(data))


@pytest.mark.parametrize("held", ["read", "written", "locked"])
def test_while_another_holds_the_index_both_are_right(data: Path, held: str, monkeypatch: Patching) -> None:
    monkeypatch.setattr("amk.cache.sealing.PATIENCE", 0.05)
    monkeypatch.setattr("amk.cache.sealing.PATIENCE", 0.05)
    with closing(in_use(data)) as other:
        if held != "read":
            other.execute("rollback")
            other.execute("begin immediate" if held == "written" else "begin exclusive")
        before = find_hits(read_cached(data).loaded.base, other, "beleidskader")
        replaced(POLICY, "Beleidskader", "Woonvisie")(data)

        assert_answers_alike(data)
        assert find_hits(read_cached(data).loaded.base, other, "beleidskader").count == before.count == 2

    assert_alike(data)


def test_an_amk_that_dies_while_it_writes_leaves_what_there_was(data: Path) -> None:
    assert_alike(data)
    replaced(POLICY, "Beleidskader", "Woonvisie")(data)
    dying = (
        "import os, sys\nfrom pathlib import Path\nfrom amk.cache import search_index\n"
        "from amk.cache.data_folder import read_cached\nfollow = search_index.follow\n"
        "def dies(index, *given):\n    index.execute('pragma cache_size = 1')\n    follow(index, *given)\n"
        "    os._exit(9)\n"
        "search_index.follow = dies\nsearch_index.open_index(read_cached(Path(sys.argv[1])))\n"
    )

    assert subprocess.run([sys.executable, "-c", dying, str(data)], check=False).returncode == 9

    assert_alike(data)


def test_where_nothing_may_be_written_a_change_is_followed_in_memory(
    data: Path, monkeypatch: Patching
) -> None:
    assert_alike(data)
    replaced(POLICY, "Beleidskader", "Woonvisie")(data)
    working = read_cached(data)
    [place] = (path for path in cache_files() if path.suffix == ".index")
    was, connect = place.read_bytes(), sqlite3.connect

    def only_reading(database: Any, **options: Any) -> sqlite3.Connection:
        # As SQLite itself opens a file that nobody may write to; root may write to any.
        read_only = f"{database.as_uri()}?mode=ro" if isinstance(database, Path) else database
        opened: sqlite3.Connection = connect(read_only, **options, uri=True)
        return opened

    monkeypatch.setattr(sqlite3, "connect", only_reading)
    with closing(open_index(working)) as kept, closing(made_of_nothing(working)) as fresh:
        assert rows_of(kept) == rows_of(fresh)
    assert place.read_bytes() == was


def test_a_full_disk_is_followed_in_memory(data: Path, monkeypatch: Patching) -> None:
    open_index(read_cached(data)).close()
    replaced(POLICY, "Beleidskader", "Woonvisie")(data)
    working = read_cached(data)
    full = sqlite3.OperationalError("database or disk is full")
    follows: list[str] = []

    def follow_full(index: sqlite3.Connection, *given: Any) -> None:
        [(_, _, file)] = index.execute("pragma database_list")
        follows.append(file)
        follow(index, *given)
        if file:
            raise full

    monkeypatch.setattr("amk.cache.search_index.follow", follow_full)
    with closing(open_index(working)) as kept, closing(made_of_nothing(working)) as fresh:
        assert rows_of(kept) == rows_of(fresh)
    assert [bool(file) for file in follows] == [True, False]


def test_other_stems_make_another_index(data: Path, monkeypatch: Patching) -> None:
    open_index(read_cached(data)).close()
    monkeypatch.setattr("amk.cache.search_index.stemmed_by", lambda: "99")
    made, making = [], indexing.make

    def noted(*given: Any) -> None:
        made.append(given)
        making(*given)

    monkeypatch.setattr(indexing, "make", noted)

    for _ in range(2):
        open_index(read_cached(data)).close()

    assert len(made) == 1


@pytest.mark.parametrize("seed", range(3))
def test_an_index_that_is_garbled_ends_in_no_traceback(
    data: Path, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    random = Random(seed)
    open_index(read_cached(data)).close()
    [place] = (path for path in cache_files() if path.suffix == ".index")
    whole = place.read_bytes()
    for _ in range(20):
        start, size = random.randrange(len(whole)), random.choice((1, 16, 512, 4096))
        place.write_bytes(whole[:start] + random.randbytes(size) + whole[start + size :])

        assert run(["search", "oostbeek", "beleid*", "--data", str(data)]) == 0
        assert capsys.readouterr().err == ""
