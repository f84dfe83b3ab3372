"""Where hostile input comes in: each target takes one text, and lets out only the exceptions it documents."""

from __future__ import annotations

import contextlib
import io
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from amk.authoring.workbook.importing import find_import
from amk.authoring.workbook.reading import grids_of
from amk.checks import check
from amk.checks.validation import Validation, data_validation, problem_words, tell_validation
from amk.cli import run
from amk.formats import html, markdown, terminal
from amk.formats.data import write_csv, write_json
from amk.language import phrases_in
from amk.model.conditions import meets, parse_condition
from amk.model.filters import Filters, find_by_name, narrowed, nearest_names
from amk.model.knowledge_base import KnowledgeBase, folded
from amk.model.problems import in_order
from amk.model.records import KIND_NAMED, KINDS
from amk.questions.records.card import tell_card
from amk.questions.records.facts import facts_of, field_names, values_at
from amk.questions.records.listing import ListOptions, document_of, find_listing, tell_listing
from amk.questions.report.find import find_briefing
from amk.questions.report.tell import tell_briefing
from amk.storage.data_folder import Tree
from amk.storage.loading import load, placed
from amk.storage.yaml.parser import find_positions, parse_yaml
from amk.values.control_characters import CONTROL_CHARACTERS
from amk.values.dates import Confirmed, Date, NotADate, parse_date
from amk.values.errors import UserError
from amk.values.line_ranges import NotLines, parse_lines
from tests.hostile import making
from tests.hostile.making import Choices

DAYS = (date(2021, 7, 5), date.min, date.max)
SECONDS = 0.3

AROUND = {
    "amk.yaml": "title: t\nsubject: s\nhome_region: r\ndivided_by: x\n",
    "municipalities/a.yaml": "name: A\nprovince: r\nneighbours: {b: {km: 1, kind: x}}\nevidence: []\n",
    "municipalities/b.yaml": "name: B\nsuccessors: [{municipality: a, date: 2020}]\nevidence: []\n",
    "regions/r.yaml": "name: R\ntype: x\nmembers: [{municipality: a}, {municipality: b}]\nevidence: []\n",
    "sources/s.yaml": "title: S\ntype: x\ndate: 2021-07-05\nline_count: 90\n",
    "policies/p.yaml": "title: P\nmunicipalities: [a, b]\nmilestones: [{status: adopted}]\nevidence: []\n",
    "collaborations/c.yaml": "name: C\nparticipants: [{municipality: a}]\nevidence: [{source: s}]\n",
    "vocabulary/forms.yaml": "labels: Forms\nconcepts: [{code: x, labels: {nl: X}}]\n",
}


def read_yaml(text: str) -> None:
    parsed = parse_yaml(text)
    positions = find_positions(text)
    assert len(parsed.faults) <= 100 + 4  # one place may have several
    assert all(fault.line >= 1 and fault.column >= 1 for fault in parsed.faults)
    assert len(positions) <= 20_001


def read_record(text: str) -> None:
    path, _, text = text.partition("\n")
    tree = Tree(Path("."), {**AROUND, path: text})
    loaded = load(tree)
    problems = placed((*loaded.problems, *check(loaded.base)), tree)
    validation = Validation(tuple(in_order(problems)), len(tree.texts))
    for language in ("nl", "en"):
        words = problem_words(language)
        told = tell_validation(validation, tree, words, str)
        assert not CONTROL_CHARACTERS.search(told)
    write_json(data_validation(validation, problem_words("nl"), str))
    record = next((r for r in loaded.base.records.values() if loaded.base.paths[r.ref] == path), None)
    if record:
        _tell(loaded.base, record.ref)


def _tell(base: KnowledgeBase, ref: str) -> None:
    """What the commands would tell of a base that holds a record."""
    phrases = phrases_in("nl")
    for day in DAYS[:1] if len(ref) % 2 else DAYS:
        rows = [dict(facts_of(base, base.records[ref], day))]
        write_json(rows)
        write_csv(rows)
        blocks = (*tell_card(base, base.records[ref], day, phrases),)
        listing = find_listing(base, KINDS, day, ListOptions(sort="date"))
        briefing = tell_briefing(find_briefing(base, day), phrases, "x", ())
        document = document_of("t", phrases, (*blocks, *tell_listing(listing, phrases), *briefing))
        for told in (markdown.write(document), html.write(document)):
            assert not CONTROL_CHARACTERS.search(told)
    if len(ref) % 5 == 0:
        terminal.write(document, 60)


def read_date(text: str) -> None:
    when = parse_date(text)
    assert when.earliest <= when.latest
    for day in (*DAYS, when.earliest, when.latest):
        assert when.reached_by(day) in ("yes", "maybe", "no")
        assert when.holds_on(day) in ("yes", "maybe", "no")
        assert when.holds_on(day, Confirmed(day, day)) in ("yes", "maybe", "no")
    _say(when)


def _say(when: Date) -> None:
    for language in ("nl", "en"):
        phrases_in(language).date(when)
        phrases_in(language).milestone(when)


def read_lines(text: str) -> None:
    found = parse_lines(text)
    assert found.last >= 1
    assert parse_lines(str(found)) == found


@cache
def _around() -> KnowledgeBase:
    return load(Tree(Path("."), AROUND)).base


def read_condition(text: str) -> None:
    condition = parse_condition(text, field_names())
    for record in _around().records.values():
        meets(values_at(facts_of(_around(), record, DAYS[0]), condition.field), condition)
    odd = ["nan", "inf", 10**400, float("nan"), None, {"a": [1]}, "2020", "2020-13", True, "", "\udcff"]
    meets(odd, condition)


def read_name(text: str) -> None:
    base = _around()
    find_by_name(base, text)
    assert len(nearest_names(base, text)) <= 3
    assert folded(folded(text)) == folded(text)
    narrowed(base, Filters(regions=(text,), municipality=text, tag=text, form=text, purpose=text))


def read_sheet(text: str) -> None:
    kind, _, table = text.partition("\n")
    grids = grids_of("x.csv", table.encode("utf-8", "surrogatepass"))
    found = find_import(_around(), grids, phrases_in("nl"), KIND_NAMED.get(kind))
    assert len(found.objections) <= 1 + sum(len(cells) for grid in grids for _, cells in grid.rows) * 3


@cache
def _folder() -> str:
    folder = Path(mkdtemp(prefix="amk-hostile-"))
    for path, text in AROUND.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return str(folder)


def read_call(text: str) -> None:
    command, *rest = json.loads(text)
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([command, "--data", _folder(), *rest])
    assert code in (0, 1, 2)
    assert "Traceback" not in err.getvalue()
    for said in (out.getvalue(), err.getvalue()):
        assert not CONTROL_CHARACTERS.search(said)
        said.encode("utf-8")


@dataclass(frozen=True)
class Target:
    """How a hostile text is made, what takes it in, what it may raise, and its share of all inputs."""

    make: Callable[[Choices], str]
    take: Callable[[str], None]
    documented: tuple[type[Exception], ...] = ()
    share: int = 0
    length: int = 64


TARGETS: dict[str, Target] = {
    "yaml": Target(making.yaml, read_yaml, (), 30_000),
    "record": Target(making.record, read_record, (), 12_000),
    "date": Target(making.short, read_date, (NotADate,), 70_000, 14),
    "lines": Target(making.lines, read_lines, (NotLines,), 30_000, 40),
    "condition": Target(making.condition, read_condition, (UserError,), 30_000, 14),
    "name": Target(making.short, read_name, (), 30_000, 14),
    "sheet": Target(making.sheet, read_sheet, (UserError,), 20_000, 90),
    "call": Target(making.call, read_call, (), 6_000, 20),
}


def take(name: str, text: str, slack: float = 1) -> None:
    """Give a target a text. Fails for an exception that is not documented, and when it takes long twice.

    `slack` is how many times as long it may take where something counts every step.
    """
    target = TARGETS[name]
    if _seconds(target, text) > SECONDS * slack:
        assert _seconds(target, text) <= SECONDS * slack, f"{name} takes long: {ascii(text)[:500]}"


def _seconds(target: Target, text: str) -> float:
    start = time.process_time()
    with contextlib.suppress(*target.documented):
        target.take(text)
    return time.process_time() - start
