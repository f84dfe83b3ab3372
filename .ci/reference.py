"""The reference of commands, `docs/commands.md` and `docs/nl/opdrachten.md`, from the commands themselves.

`python .ci/reference.py` writes both; with `--check` it fails where one differs. A new command
is told by itself; give it an example in EXAMPLES.
"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from shlex import join
from shutil import copytree
from typing import Any

from keys import told_keys
from typer.core import TyperArgument
from typer.main import get_command

from amk.cli import COMMANDS, MODULES, app
from amk.cli.completion.values import formats_of
from amk.language import aliases, help_in

ROOT = Path(__file__).parents[1]
PAGES = {"en": ROOT / "docs" / "commands.md", "nl": ROOT / "docs" / "nl" / "opdrachten.md"}
BASE = ROOT / "docs" / "example" / "data"

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "list": ("policies", "--lang", "en", "--today", "2021-12-31"),
    "show": ("oostbeek", "--lang", "en", "--today", "2021-12-31"),
    "report": ("--municipality", "Westbeek", "--lang", "en", "--as-of", "2021-12-31", "-f", "md"),
    "search": ("beleidskader oostbeek", "--lang", "en", "--today", "2021-12-31"),
    "query": ("select policy, status, date from milestones", "--today", "2021-12-31"),
    "gaps": ("--lang", "en", "--today", "2021-12-31"),
    "coverage": ("--lang", "en", "--today", "2021-12-31"),
    "compare": ("Oostbeek", "Westbeek", "--lang", "en", "--today", "2021-12-31"),
    "network": ("--statistics", "--lang", "en", "--today", "2021-12-31"),
    "map": ("--lang", "en", "--today", "2021-12-31"),
    "stale": ("--lang", "en", "--today", "2022-12-31"),
    "diff": ("--from", "2020-12-31", "--to", "2021-12-31", "--lang", "en", "--today", "2021-12-31"),
    "review": ("--lang", "en", "--today", "2021-12-31"),
    "log": ("beleidskader-oostbeek", "--lang", "en"),
    "blame": ("beleidskader-oostbeek", "--lang", "en"),
    "new": (
        *("policy", "title=Nota Westbeek", "municipalities=Westbeek", "type=policy-framework"),
        *("milestones[0].status=concept", "--source", "brief-2021:9", "--dry-run", "--lang", "en"),
    ),
    "export": ("-o", "kennisbank.xlsx", "--lang", "en"),
    "rename": ("brief-2021", "brief-juli-2021", "--dry-run", "--lang", "en"),
    "reached": (
        *("beleidskader-oostbeek", "in-force", "2021-06-01", "--source", "brief-2021", "--lines", "8"),
        *("--dry-run", "--lang", "en"),
    ),
    "set": ("beleidskader-oostbeek", "tags+=huisvesting", "--dry-run", "--lang", "en"),
    "validate": ("--lang", "en", "--today", "2021-12-31"),
}
"""What each example is run with, in a copy of the small knowledge base. It must give the same every day."""

FAULTS = {"validate": ("regions/beekstreek.yaml", "westbeek", "westbeck")}
"""What is made wrong for an example: in which file, which word, and what it becomes."""

LONGEST = 34
"""How many lines of an example are shown."""

KEYS_OF_RECORDS = ("list", "show")

MEAN = {
    "code": "the stable code of the rule",
    "severity": "`error` or `warning`; only an error makes the exit code 1, unless `--strict`",
    "path": "the file, as seen from the working folder",
    "line": "the line, from 1",
    "column": "the column, from 1",
    "ref": "`kind/id` of the record, or null",
    "field": "the field, with dots and `[n]` on the way, or null",
    "message": "what is wrong, in the language asked for",
    "hint": "what to do about it, in the language asked for",
    "change": "what happened: `added`, `changed`, `renamed`, `removed`, `cut` where the history of this copy begins, or `unreadable`",  # noqa: E501 # a phrase is one line
    "fields": "the places that changed: `field`, `before`, `after`",
    "incomplete": "the fields that could not be read in full before or after it, and were not compared",
    "value": "what stands there; of an item of a list by name, the name",
    "commit": "the full id of the commit; null for what is not committed, or not known",
    "date": "the day of the commit, or null",
    "subject": "the subject of the commit, or null",
    "or_before": "whether it may have been so before: history begins there, or cannot be read before it",
    "readable": "false for a field that cannot be read in full: of it nothing else is told",
    "caused": "only with `--changed-since`: whether the change caused it",
}

ENVIRONMENT = {
    "AMK_DATA": "the folder that holds `amk.yaml`, where `--data` is not given",
    "AMK_LANG": "the language, `nl` or `en`, where `--lang` is not given",
    "AMK_NO_CACHE": "any value: keep nothing of what was read, and use nothing that was kept",
    "XDG_CACHE_HOME": "where what was read is kept, in a folder `amk`; otherwise `~/.cache`",
    "LOCALAPPDATA": "the same on Windows",
    "NO_COLOR": "any value: no colour on a terminal",
    "FORCE_COLOR": "any value: colour in a pipe too, such as into `less -R`; `NO_COLOR` goes before it",
    "TERM": "`dumb`: no colour on a terminal",
    "COLUMNS": "the width of a table, also in a file or a pipe; otherwise that of the terminal, or 100",
    "_AMK_COMPLETE": "set by a shell that asks what may follow",
    "COMP_WORDS": "set by bash when it asks what may follow: the words on the line",
    "COMP_CWORD": "set by bash when it asks what may follow: which of them is being typed",
}

OPENING = {
    "en": """\
# Commands

Told from amk itself by `.ci/reference.py`: change the command, not this page. The examples are real, and run
in [a small knowledge base](example/data/amk.yaml) made for them.

## What every command does

`amk COMMAND [OPTIONS] [ARGUMENTS]`. The answer goes to stdout, everything else to stderr. `--help` or `-h`
after a command tells its options, `amk --version` the version.

| Exit code | |
|---|---|
| 0 | fine, also when the answer is empty |
| 1 | findings: only where a command says so below |
| 2 | wrong use, or something that cannot be read or written; one sentence on stderr says what to do |
| 130 | stopped with Ctrl-C |

Formats are `table` (for reading), `md`, `html`, to hand over `pdf`, `docx` and `odt` (these need
the extra `documents`: `amk doctor` says how to install it here), and for machines `json`, `jsonl`, `csv` and
`ids`; each command says below which it has. `--format` chooses one, or the suffix of `--output`.
""",
    "nl": """\
# Opdrachten

Verteld door amk zelf met `.ci/reference.py`: wijzig de opdracht, niet deze bladzijde. De voorbeelden
zijn echt, en draaien in [een kleine kennisbank](../example/data/amk.yaml) die ervoor is gemaakt.

## Wat elke opdracht doet

`amk OPDRACHT [OPTIES] [ARGUMENTEN]`. Het antwoord gaat naar de uitvoer, al het andere naar de
foutuitvoer. `--help` of `-h` achter een opdracht noemt haar opties, `amk --version` de versie. `amk
--lang nl --help` spreekt Nederlands, ook waar de kennisbank Engels is. Elke opdracht heeft ook een
Nederlandse naam; velden gaan ook bij hun Nederlandse naam, in `--columns`, `--sort`, `--where` en `amk
set`, en zo gaan de documenten van `amk report`: `amk verslag brief`.

| Code bij het einde | |
|---|---|
| 0 | goed, ook als het antwoord leeg is |
| 1 | bevindingen: alleen waar dat hieronder bij een opdracht staat |
| 2 | verkeerd gebruik, of iets dat niet te lezen of te schrijven is; één zin zegt wat te doen |
| 130 | gestopt met Ctrl-C |

De vormen zijn `table` (om te lezen), `md`, `html`, om te geven `pdf`, `docx` en `odt` (daarvoor is
de extra `documents` nodig: `amk inrichting` zegt hoe u die hier installeert), en voor machines `json`,
`jsonl`, `csv` en `ids`; bij elke opdracht staat welke zij heeft. `--format` kiest er een, of de
extensie van `--output`. De sleutels van JSON en CSV zijn Engels en staan in [de Engelse
bladzijde](../commands.md).
""",
}

COMPLETING = """\
## Completion

`amk --install-completion` makes Tab complete commands, options and values (ids and names, regions,
municipalities, statuses, codes, fields, formats) in the shell you use it in: bash, zsh, fish or PowerShell.
`amk --show-completion` prints what it would install; the name of a shell may follow either."""


SAID = {
    "Argument": "Argument",
    "Option": "Optie",
    "Formats": "Vormen",
    "Otherwise": "Anders",
    "May be given more than once.": "Mag meer dan eens.",
    "Also": "Ook",
    "Exit code 1 on findings, otherwise 0.": "Eindigt met 1 bij bevindingen, anders met 0.",
    "Exit code 1 on findings with `--exit-code`, otherwise 0.": "Eindigt met `--exit-code` met 1 bij verschillen, anders met 0.",  # noqa: E501 # a phrase is one line
}
"""What stands in the Dutch page for what stands in the English one."""


class Said:
    """What the page says, in one language: the words of the help, and those of the page itself."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.words = {} if language == "en" else {**help_in(language), **SAID}

    def __call__(self, text: str) -> str:
        """A text in this language."""
        return self.words.get(text, text)

    def named(self, usage: str) -> str:
        """The names of values: DATE, REGION."""
        return re.sub(r"[A-Z]{2,}", lambda name: self(name[0]), usage)


def page(language: str) -> str:
    """The whole reference in a language; what machines read stands in the English one alone."""
    said = Said(language)
    machines = language == "en"
    lines = [
        OPENING[language],
        *(_environment() if machines else ()),
        *(("", COMPLETING) if machines else ()),
    ]
    group = get_command(app)
    for name, does in COMMANDS.items():
        lines += ["", *_command(name, does, group, said)]
    lines += ["", "## Keys of records", "", *told_keys()] if machines else []
    return "\n".join(lines) + "\n"


def _command(name: str, does: str, group: Any, said: Said) -> Iterator[str]:
    from typer import Context

    command = group.get_command(None, name)
    usage = said.named(" ".join(command.collect_usage_pieces(Context(command, info_name=name))))
    yield from (f"## amk {name}", "", said(does or command.help), "", "```", f"amk {name} {usage}", "```")
    if also := [alias for alias, meant in aliases("commands").items() if meant == name and said.words]:
        yield from ("", f"{said('Also')}: {', '.join(f'`amk {alias}`' for alias in also)}.")
    arguments = [p for p in command.params if isinstance(p, TyperArgument)]
    options = [p for p in command.params if not isinstance(p, TyperArgument)]
    if arguments:
        rows = ((f"`{said.named(p.metavar or p.name)}`", said(p.help or "")) for p in arguments)
        yield from ("", *_table((said("Argument"), ""), rows))
    if options:
        yield from ("", *_table((said("Option"), ""), ((_names(p, said), _help(p, said)) for p in options)))
    if any(p.name == "format" for p in options):
        yield from ("", f"{said('Formats')}: {', '.join(f'`{f}`' for f in formats_of(name))}.")
    asked = any(p.name == "exit_code" for p in options)
    if asked or hasattr(import_module(f"amk.cli.commands.{MODULES.get(name, name)}"), "FINDINGS"):
        yield from (
            "",
            said(f"Exit code 1 on findings{' with `--exit-code`' if asked else ''}, otherwise 0."),
        )
    if said.language == "en":
        yield from _keys(name)
    yield from _example(name, said.language)


def _names(option: Any, said: Said) -> str:
    metavar = "" if option.is_flag else f" {said.named(option.metavar or option.type.name.upper())}"
    return ", ".join(f"`{name}{metavar}`" for name in option.opts)


def _help(option: Any, said: Said) -> str:
    told = [said(option.help or "")]
    if option.envvar:
        told.append(f"{said('Otherwise')} `{option.envvar}`.")
    if option.multiple:
        told.append(said("May be given more than once."))
    if option.default not in (None, False) and not callable(option.default):
        told.append(f"{said('Otherwise')} `{option.default}`.")
    return " ".join(told)


def _keys(name: str) -> Iterator[str]:
    if name in KEYS_OF_RECORDS:
        yield from ("", "JSON: an array of objects, with the [keys of records](#keys-of-records).")
    elif name in EXAMPLES and "json" in formats_of(name):
        rows = json.loads(_run(name, "en", "-f", "json"))
        keys = rows if isinstance(rows, dict) else dict.fromkeys(key for row in rows for key in row)
        yield from ("", f"JSON: {'an object' if isinstance(rows, dict) else 'an array of objects'}.")
        if set(keys) <= set(MEAN):
            yield from ("", *_table(("Key", ""), ((f"`{key}`", MEAN[key]) for key in keys)))
        else:
            yield from ("", f"Keys: {', '.join(f'`{key}`' for key in keys)}.")


def _example(name: str, language: str) -> Iterator[str]:
    if name in EXAMPLES:
        asked = _asked(name, language)
        lines = _run(name, language).rstrip("\n").split("\n")
        more = ["…"] if len(lines) > LONGEST else []
        shown = (line.rstrip() for line in lines[:LONGEST])
        yield from ("", "```console", f"$ {join(('amk', name, *asked))}", *shown, *more, "```")


def _asked(name: str, language: str) -> tuple[str, ...]:
    """What an example is run with; in Dutch without the language, for the small knowledge base is Dutch."""
    words = EXAMPLES[name]
    if language == "en" or "--lang" not in words:
        return words
    at = words.index("--lang")
    return (*words[:at], *words[at + 2 :])


def _run(name: str, language: str, *more: str) -> str:
    """What a command answers in a copy of the example that has one commit, away from the user's settings."""
    kept = {k: v for k, v in os.environ.items() if k not in ENVIRONMENT}
    environment = {**kept, "AMK_NO_CACHE": "1", "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    with tempfile.TemporaryDirectory() as elsewhere:
        data = Path(copytree(BASE, Path(elsewhere) / "data"))
        for path, right, wrong in filter(None, [FAULTS.get(name)]):
            text = (data / path).read_text(encoding="utf-8").replace(right, wrong)
            (data / path).write_text(text, encoding="utf-8")
        _commit(Path(elsewhere))
        done = subprocess.run(
            [sys.executable, "-m", "amk", name, *_asked(name, language), *more],
            cwd=elsewhere, env=environment, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
    if done.returncode > 1:
        sys.exit(f"the example of amk {name} fails: {done.stderr}")
    return done.stdout


def _commit(folder: Path) -> None:
    """Put a folder under version control, with one commit that is the same everywhere."""
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for who in ("AUTHOR", "COMMITTER"):
        quiet |= {f"GIT_{who}_NAME": "team", f"GIT_{who}_EMAIL": "team@dijkdam.example"}
        quiet[f"GIT_{who}_DATE"] = "2021-07-06T12:00:00+0000"
    for step in (
        ("init", "--quiet"),
        ("add", "."),
        ("commit", "--quiet", "--message", "data: what the letter says"),
    ):
        subprocess.run(["git", *step], cwd=folder, env={**os.environ, **quiet}, check=True)


def _environment() -> Iterator[str]:
    yield from ("## Environment", "", *_table(("Variable", ""), _variables()))


def _variables() -> Iterator[tuple[str, str]]:
    known = _read_by_amk()
    for name in (*ENVIRONMENT, *sorted(known - set(ENVIRONMENT))):
        if name in known:
            yield f"`{name}`", ENVIRONMENT.get(name, "")


def _read_by_amk() -> set[str]:
    """The names of environment variables that stand in the program."""
    trees = (ast.parse(p.read_text(encoding="utf-8")) for p in (ROOT / "src").rglob("*.py"))
    return {name for tree in trees for node in ast.walk(tree) for name in _variable(node)}


def _variable(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Attribute(attr="environ")), args=[ast.Constant(value=str(name)), *_]
        ):
            yield name
        case ast.Compare(left=ast.Constant(value=str(name)), comparators=[ast.Attribute(attr="environ")]):
            yield name
        case ast.keyword(arg="envvar", value=ast.Constant(value=str(name))):
            yield name


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    cells = [list(head), *map(list, rows)]
    told = [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in cells]
    yield from (told[0], f"|{'---|' * len(cells[0])}", *told[1:])


def main(arguments: list[str]) -> None:
    """Write the pages, or with --check fail where one differs."""
    for language, path in PAGES.items():
        told = page(language)
        if "--check" not in arguments:
            path.parent.mkdir(exist_ok=True)
            path.write_text(told, encoding="utf-8", newline="\n")
        elif not path.exists() or path.read_text(encoding="utf-8") != told:
            where = path.relative_to(ROOT)
            sys.exit(f"{where} differs from what the commands say: run .venv/bin/python .ci/reference.py")


if __name__ == "__main__":
    main(sys.argv[1:])
