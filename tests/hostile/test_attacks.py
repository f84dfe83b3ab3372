"""A hundred ways out of a template, and a hundred out of a question in SQL: none leads anywhere."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

from amk.cli import run
from amk.document.template import TemplateContext, filled
from amk.values.errors import UserError
from tests.conftest import ROOT

EXAMPLE = ROOT / "docs" / "example" / "data"

VALUES = (
    "''",
    "[]",
    "{}",
    "1",
    "none",
    "range",
    "self",
    "namespace(a=1)",
    "cycler(1)",
    "answer",
    "''.join",
    "loop",
)
WAYS = (
    "{{ %s.__class__ }}", "{{ %s|attr('__class__') }}", "{{ %s['__class__'] }}", "{{ %s['__cl' ~ 'ass__'] }}",
    "{{ [%s]|map(attribute='__class__')|list }}", "{{ %s.__init__.__globals__ }}", "{{ %s.mro() }}",
    "{{ '{0.__class__}'.format(%s) }}", "{{ %s.__reduce_ex__(2) }}",
    "{%% set x = %s %%}{%% do x.__setattr__('a', 1) %%}{{ x.__dict__ }}",
)  # fmt: skip
ESCAPES = [way % value for value, way in product(VALUES, WAYS)]

STATEMENTS = (
    "insert into records(ref) values ('x')", "update records set ref = 'x'", "delete from records",
    "drop table records", "create table x(a)", "create trigger t after insert on records begin select 1; end",
    "create virtual table x using fts5(a)", "alter table records rename to x",
    "replace into records(ref) values (1)",
    "attach database 'GEPLANT' as x", "attach 'file:GEPLANT?mode=rwc' as x", "detach main", "vacuum",
    "vacuum into 'GEPLANT'", "pragma writable_schema = 1", "pragma journal_mode = wal",
    "pragma database_list",
    "pragma temp_store_directory = '.'", "reindex", "analyze", "begin exclusive", "savepoint s", "rollback",
    "select load_extension('GEPLANT')", "select writefile('GEPLANT', 'x')", "select readfile('/etc/passwd')",
    "select edit('x')", "select fts3_tokenizer('simple')", "select * from pragma_database_list",
    "select * from fsdir('/')", "select * from sqlite_dbpage", "select * from dbstat",
    "explain delete from records",
)  # fmt: skip
FORMS = ("%s", "/* een vraag */ %s", "with x as (select 1) %s", "select 1; %s")
ATTACKS = [form % statement for statement, form in product(STATEMENTS, FORMS)]


def test_there_are_a_hundred_of_each() -> None:
    assert min(len(set(ESCAPES)), len(set(ATTACKS))) >= 100


@pytest.mark.parametrize("text", ESCAPES)
def test_no_template_reaches_what_python_is_made_of(tmp_path: Path, text: str) -> None:
    pytest.importorskip("jinja2")
    path = tmp_path / "t.md"
    path.write_text(text, encoding="utf-8")
    answers = {"answer": lambda: [{"name": "Oostbeek"}]}
    try:
        told = filled(path, TemplateContext(answers, {}, str))
    except UserError:
        return

    assert not re.search(r"<|0x|class|module|builtin|globals|jinja|amk", told)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("elders")


@pytest.mark.parametrize("statement", ATTACKS)
def test_no_question_in_sql_writes_or_leaves_its_tables(
    statement: str, elsewhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(elsewhere)
    monkeypatch.setenv("XDG_CACHE_HOME", str(elsewhere / "cache"))

    code = run(["query", statement, "--data", str(EXAMPLE)])
    said = capsys.readouterr()

    assert (code, said.out) == (2, "")
    assert said.err.startswith("amk: ")
    assert [path.name for path in elsewhere.iterdir()] in ([], ["cache"])
    assert run(["query", "select count(*) as n from records", "-f", "csv", "--data", str(EXAMPLE)]) == 0
    assert capsys.readouterr().out.split() == ["n", str(len(list(EXAMPLE.rglob("*.yaml"))) - 1)]
