"""The rulebook: what each rule asks, with a good and a bad example."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from amk.checks.rules import HERE, ExampleFile, Files, Rule, all_rules, background, rule
from amk.checks.validation import find_problems, hint, message, problem_words
from amk.checks.waivers import is_protected
from amk.document.blocks import Block, Document, Paragraph, Table
from amk.language import Phrases, phrases_in
from amk.model.problems import RULES, Problem
from amk.storage.data_folder import Tree, Unreadable, text_of


def rule_told(code: str, phrases: Phrases) -> str:
    """What a rule asks, in one sentence."""
    return phrases.with_topic("rules")(f"{code}.rule")


def tell_rules(phrases: Phrases) -> Document:
    """Every rule in a table."""
    words = phrases.with_topic("rules")
    columns = (words("rules.code"), words("rules.severity"), words("rules.rule"))
    rows = tuple((r.code, words(f"severity.{r.severity}"), words(f"{r.code}.rule")) for r in all_rules())
    blocks: tuple[Block, ...] = (Table(columns, rows), Paragraph(words("rules.waivable")))
    return Document(words("rules.title"), phrases.language, blocks)


def explain(code: str, phrases: Phrases) -> str:
    """A rule in full, as text: what it asks, an example, what is said of that, and it put right."""
    words, found, problem = phrases.with_topic("rules"), rule(code), problem_shown(code)
    said = problem_words(phrases.language)
    lines = (
        f"{code} ({words(f'severity.{found.severity}')}): {words(f'{code}.rule')}",
        "",
        words("rule.bad"),
        *_example(found, found.bad, words, pointing=True),
        "",
        words("rule.said"),
        f"  {message(problem, said)}",
        f"  → {hint(problem, said)}",
        "",
        words("rule.good"),
        *_example(found, found.good, words),
        *(() if is_protected(code) else ("", words("rules.waivable"))),
    )
    return "\n".join(lines) + "\n"


def problem_shown(code: str) -> Problem:
    """The problem that validation finds in the example that breaks a rule."""
    found = rule(code)
    files = {path: file.raw for path, file in {**found.both, **found.bad}.items()}
    read = {
        path: Unreadable("FILE001", "folder") if raw is None else text_of(raw) for path, raw in files.items()
    }
    texts = {path: text for path, text in read.items() if isinstance(text, str)}
    unreadable = {path: why for path, why in read.items() if isinstance(why, Unreadable)}
    tree = Tree(HERE, {**background(), **texts}, unreadable)
    # The last day there is: a waiver with a term ran out by then.
    return next(problem for problem in find_problems(tree, date.max).problems if problem.code == code)


def _read(file: ExampleFile) -> str | Unreadable:
    return Unreadable("FILE001", "folder") if file.raw is None else text_of(file.raw)


def _example(rule: Rule, files: Files, words: Phrases, pointing: bool = False) -> Iterator[str]:
    for path, file in {**rule.both, **files}.items():
        yield f"  {path}"
        yield from (f"    {line}".rstrip() for line in _lines(file, words))
        if pointing and path == rule.place[0]:
            yield f"    ↑ {words('rule.place', line=rule.place[1], column=rule.place[2])}"


def _lines(file: ExampleFile, words: Phrases) -> list[str]:
    text = [] if file.written == "folder" else file.text.rstrip("\n").split("\n")
    return [*text, words(f"rules.file-{file.written}")] if file.written else text


def rulebook() -> str:
    """The page on checks: every rule in Dutch and English, with its examples, as Markdown."""
    dutch, english = phrases_in("nl").with_topic("rules"), phrases_in("en").with_topic("rules")
    parts = [dutch("rules.page"), english("rules.page")]
    for code in RULES:
        found = rule(code)
        parts += [
            f"## {code}",
            f"{dutch(f'{code}.rule')} ({dutch(f'severity.{found.severity}')})",
            f"*{english(f'{code}.rule')} ({english(f'severity.{found.severity}')})*",
            f"{dutch('rule.bad')} / *{english('rule.bad')}*",
            *_blocks(found, found.bad, dutch),
            f"{dutch('rule.good')} / *{english('rule.good')}*",
            *_blocks(found, found.good, dutch),
        ]
    return "# Controles / Checks\n\n" + "\n\n".join(parts) + "\n"


def _blocks(rule: Rule, files: Files, words: Phrases) -> Iterator[str]:
    for path, file in {**rule.both, **files}.items():
        body = "\n".join(_lines(file, words))
        yield f"```yaml\n# {path}\n{body}\n```"
