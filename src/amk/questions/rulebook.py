"""The rulebook: what each rule asks, with a good and a bad example."""

from __future__ import annotations

from collections.abc import Iterator

from amk.document import Block, Document, Paragraph, Table
from amk.language import Say, say_in
from amk.problems import RULES
from amk.rules import ExampleFile, Files, Rule, all_rules, rule


def rule_told(code: str, say: Say) -> str:
    """What a rule asks, in one sentence."""
    return say.also("rules")(f"{code}.rule")


def tell_rules(say: Say) -> Document:
    """Every rule in a table."""
    words = say.also("rules")
    columns = (words("rules.code"), words("rules.severity"), words("rules.rule"))
    rows = tuple((r.code, words(f"severity.{r.severity}"), words(f"{r.code}.rule")) for r in all_rules())
    blocks: tuple[Block, ...] = (Table(columns, rows), Paragraph(words("rules.waivable")))
    return Document(words("rules.title"), say.language, blocks)


def explain(code: str, say: Say) -> str:
    """A rule in full, as text: what it asks, an example that breaks it, and the same put right."""
    words, found = say.also("rules"), rule(code)
    lines = (
        f"{code} ({words(f'severity.{found.severity}')}): {words(f'{code}.rule')}",
        "",
        words("rule.bad"),
        *_example(found, found.bad, words, pointing=True),
        "",
        words("rule.good"),
        *_example(found, found.good, words),
        "",
        words("rules.waivable"),
    )
    return "\n".join(lines) + "\n"


def _example(rule: Rule, files: Files, words: Say, pointing: bool = False) -> Iterator[str]:
    for path, file in {**rule.both, **files}.items():
        yield f"  {path}"
        yield from (f"    {line}".rstrip() for line in _lines(file, words))
        if pointing and path == rule.place[0]:
            yield f"    ↑ {words('rule.place', line=rule.place[1], column=rule.place[2])}"


def _lines(file: ExampleFile, words: Say) -> list[str]:
    text = [] if file.written == "folder" else file.text.rstrip("\n").split("\n")
    return [*text, words(f"rules.file-{file.written}")] if file.written else text


def rulebook() -> str:
    """The page on checks: every rule in Dutch and English, with its examples, as Markdown."""
    dutch, english = say_in("nl").also("rules"), say_in("en").also("rules")
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


def _blocks(rule: Rule, files: Files, words: Say) -> Iterator[str]:
    for path, file in {**rule.both, **files}.items():
        body = "\n".join(_lines(file, words))
        yield f"```yaml\n# {path}\n{body}\n```"
