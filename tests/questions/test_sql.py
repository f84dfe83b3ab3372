"""SQL: the same tables in every engine, and nothing that anybody asks can change anything."""

from __future__ import annotations

import getpass
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amk.cli import run
from amk.model.knowledge_base import KnowledgeBase
from amk.questions.sql.databases import sqlite_of
from amk.questions.sql.select import ask
from amk.questions.sql.tables import TABLES
from amk.values.errors import UserError

DAY = date(2024, 1, 1)
DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def database(shipped: KnowledgeBase) -> Iterator[sqlite3.Connection]:
    with closing(sqlite_of(shipped, DAY)) as database:
        yield database


def rows(database: sqlite3.Connection, statement: str) -> list[tuple[Any, ...]]:
    return ask(database, statement)[1]


def test_every_table_has_the_columns_it_says(shipped: KnowledgeBase, database: sqlite3.Connection) -> None:
    for table in TABLES:
        columns, found = ask(database, f"select * from {table.name}")
        assert columns == tuple(column.name for column in table.columns)
        assert len(found) == len(list(table.rows(shipped, DAY))) > 0
        assert all(column.type in ("text", "integer", "real") for column in table.columns)


def test_sql_says_what_list_says(database: sqlite3.Connection, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run(
            [
                "list",
                "policies",
                "municipalities",
                "--ended",
                "--json",
                "--today",
                "2024-01-01",
                "--data",
                str(DATA),
            ]
        )
        == 0
    )
    listed = {row["ref"]: (row["status"], row["status_since"]) for row in json.loads(capsys.readouterr().out)}

    statement = "select ref, status, status_since from records where kind in ('policy', 'municipality')"
    assert {ref: (status, since) for ref, status, since in rows(database, statement)} == listed


def test_tables_join_by_codes(database: sqlite3.Connection) -> None:
    statement = """
        select r.name from participants p join records r on r.code = p.municipality_code
        where p.collaboration = 'overleg-greenport-oostland' order by 1
    """
    assert rows(database, statement)[0] == ("Bodegraven-Reeuwijk",)
    assert len(rows(database, statement)) == 6


def test_full_text_is_searched(database: sqlite3.Connection) -> None:
    found = rows(database, "select distinct ref from search where search match 'waterbedeffect'")

    assert ("collaboration/afstemming-duin-en-bollenstreek",) in found


@pytest.mark.parametrize(
    "statement",
    [
        "delete from records",
        "drop table records",
        "insert into about values ('a', 'b')",
        "attach database 'x.db' as x",
        "pragma journal_mode = wal",
        "create table mine (a)",
        "select load_extension('x')",
        "vacuum into 'x.db'",
        "select 1; select 2",
        "",
        "niets",
    ],
)
def test_nothing_but_a_question_is_answered(database: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(UserError):
        ask(database, statement)

    assert not Path("x.db").exists()
    assert rows(database, "select count(*) from about")[0][0] == 5


@given(st.text(max_size=80))
def test_any_statement_is_answered_or_told(database: sqlite3.Connection, statement: str) -> None:
    before = rows(database, "select count(*) from texts")
    with suppress(UserError):
        ask(database, statement)

    assert rows(database, "select count(*) from texts") == before


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("select nam from records", "er is geen kolom nam (bedoelt u “name”?)"),
        ("select r.statsu from records r", "(bedoelt u “status”?)"),
        ("select ref from record", "er is geen tabel record (bedoelt u “records”?)"),
        ("selct 1", 'bij "selct" klopt de schrijfwijze niet'),
        ("pragma table_info(records)", "amk query leest alleen: schrijf een SELECT"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence_with_the_nearest_name(
    statement: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["query", statement, "--data", str(DATA)]) == 2

    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1


ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"


def test_an_endless_question_ends_at_its_time(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", ENDLESS, "--timeout", "0.3", "--data", str(DATA)]) == 2

    assert "na 0.3 seconden afgebroken" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent otherwise there")
def test_an_endless_question_ends_with_ctrl_c() -> None:
    command = [sys.executable, "-m", "amk", "query", ENDLESS, "--data", str(DATA)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(3)
    process.send_signal(signal.SIGINT)

    _, error = process.communicate(timeout=20)
    assert (process.returncode, error) == (130, b"")


def test_an_answer_too_large_to_hold_is_refused(database: sqlite3.Connection) -> None:
    with pytest.raises(UserError, match="sql-rows"):
        ask(database, ENDLESS.replace("count(*)", "i"))


def test_every_value_of_an_answer_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    statement = "select x'00ff' as a, 1e999 as a, null as a, 1.5 as b"

    assert run(["query", statement, "--json", "--data", str(DATA)]) == 0

    assert json.loads(capsys.readouterr().out) == [{"a": "00ff", "a_2": "inf", "a_3": None, "b": 1.5}]


def test_every_municipality_carries_its_cbs_code_and_its_uri(database: sqlite3.Connection) -> None:
    statement = "select code, uri from records where kind = 'municipality'"
    for code, uri in rows(database, statement):
        assert uri == f"https://identifier.overheid.nl/tooi/id/gemeente/{code.lower()}"
    for table in ("memberships", "participants", "policy_areas", "borders"):
        # Everywhere a municipality stands, its code is one of the records'.
        lost = f"""select count(*) from {table} where municipality_code is not null
                   and municipality_code not in (select code from records where kind = 'municipality')"""
        assert rows(database, lost) == [(0,)]
        assert rows(database, f"select count(municipality_code) from {table}")[0][0] > 0


def exported(name: str, folder: Path) -> Path:
    path = folder / name
    assert run(["export", "-o", str(path), "--today", "2024-01-01", "--data", str(DATA)]) == 0
    return path


def test_a_file_of_sqlite_holds_the_same(database: sqlite3.Connection, tmp_path: Path) -> None:
    with closing(sqlite3.connect(exported("kb.sqlite", tmp_path))) as stored:
        for table in TABLES:
            statement = f"select * from {table.name}"
            assert stored.execute(statement).fetchall() == rows(database, statement)
    assert exported("kb.sqlite", tmp_path).read_bytes() == exported("again.sqlite", tmp_path).read_bytes()


def test_duckdb_and_parquet_hold_the_same(database: sqlite3.Connection, tmp_path: Path) -> None:
    stored = duckdb.connect(str(exported("kb.duckdb", tmp_path)), read_only=True)
    folder = exported("kb.parquet", tmp_path)

    for table in TABLES:
        wanted = sorted(map(repr, rows(database, f"select * from {table.name}")))
        if table.name != "borders":
            assert sorted(map(repr, stored.execute(f"select * from {table.name}").fetchall())) == wanted
        read = stored.execute(f"select count(*) from '{folder}/{table.name}.parquet'").fetchall()
        assert read == [(len(wanted),)]
    ((total,),) = stored.execute("select sum(km) from borders").fetchall()
    stored.close()
    assert abs(total - rows(database, "select sum(km) from borders")[0][0]) < 0.01


@pytest.fixture
def postgresql(tmp_path: Path) -> Iterator[str]:
    """The address of a real PostgreSQL of its own."""
    bins = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    folder = bins[-1] if bins else Path(shutil.which("initdb") or "initdb").parent
    as_other = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    user = "postgres" if as_other else getpass.getuser()

    def call(*command: object, check: bool = True) -> None:
        words = [*as_other, *map(str, command)]
        subprocess.run(words, check=check, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    place = Path("/tmp") / f"amk-pg-{os.getpid()}"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = f"-p {port} -k /tmp -c listen_addresses=127.0.0.1"
    try:
        call(folder / "initdb", "-D", place, "-A", "trust")
        call(folder / "pg_ctl", "-D", place, "-o", settings, "-w", "-l", f"{place}.log", "start")
        yield f"postgresql://{user}@127.0.0.1:{port}/postgres"
    finally:
        call(folder / "pg_ctl", "-D", place, "-m", "immediate", "stop", check=False)
        shutil.rmtree(place, ignore_errors=True)
        Path(f"{place}.log").unlink(missing_ok=True)


@pytest.mark.slow
def test_a_real_postgresql_holds_the_same_twice_over(database: sqlite3.Connection, postgresql: str) -> None:
    import psycopg

    arguments = ["export", "--to", postgresql, "--today", "2024-01-01", "--data", str(DATA)]
    assert run(arguments) == 0
    assert run(arguments) == 0

    with psycopg.connect(postgresql) as connection:
        for table in TABLES:
            found = connection.execute(f"select * from amk.{table.name}".encode()).fetchall()
            assert sorted(map(repr, found)) == sorted(
                map(repr, rows(database, f"select * from {table.name}"))
            )


def test_a_database_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "--to", "postgresql://nobody@127.0.0.1:1/x", "--data", str(DATA)]) == 2

    assert "PostgreSQL weigerde" in capsys.readouterr().err
