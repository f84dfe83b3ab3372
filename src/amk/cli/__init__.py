"""The commands: each asks one question and shows the answer. Only here: Typer, exit codes, stdout."""

from __future__ import annotations

import gc
import os
import re
import sys
from collections import Counter
from contextlib import suppress
from errno import EBADF, EDQUOT, EFBIG, EIO, ENOSPC
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from amk import __version__
from amk.values.control_characters import one_line
from amk.values.errors import CacheCorrupt, UserError

COMMANDS: dict[str, str] = {
    "list": "What there is: municipalities, collaborations, policies and other records.",
    "show": "Everything about one record, or several, on a readable page.",
    "search": "Full text over all records: ranked, with the passages; typing errors forgiven.",
    "gaps": "The waterbed effect: borders between municipalities with policy and neighbours without.",
    "coverage": "How much is known: per region, of whom nothing is, and how well it is founded.",
    "compare": "The policies of municipalities side by side; differences marked.",
    "network": "Who works with whom: told, drawn, or as a graph; --statistics tells what connects.",
    "stale": "What to check before a letter: steps that are past, and what nobody confirmed lately.",
    "map": "The tile map of a day, or of two: by status, collaborations or age of what is known.",
    "timeline": "Everything dated, in order: what happened when, and how sure that is.",
    "query": "A question in SQL over documented tables; nothing can be changed.",
    "report": "The briefing: state of policy and collaboration, with sources.",
    "export": "The records as a workbook, as CSV, or as tables: SQLite, DuckDB, Parquet, PostgreSQL.",
    "site": "The whole knowledge base as pages to read in a browser, in every language.",
    "import": "Take over what somebody changed in a workbook or a CSV file, shown first.",
    "diff": "What changed in meaning between two revisions, or between two days.",
    "review": "What a proposal changes, rests on and breaks: a page for who is to take it over.",
    "log": "The life of one record: when it changed, in which commit, and what that meant.",
    "blame": "In which commit each field, step and note of a record became what it is.",
    "new": "Add a record: asks for what is missing, and refuses what is there already.",
    "edit": "Open a record in your editor; it is put in place when it is right.",
    "reached": "Record that a policy reached a status: when, by whom, and which source says so.",
    "set": "Set fields of one record; += and -= add to a list and take from it.",
    "rename": "Give a record another id: moves the file and every reference to it.",
    "merge-municipalities": "Merge municipalities: periods, successors, borders, regions and tile at once.",
    "remove": "Take a record away; refused while others cite it, unless another takes its place.",
    "resume": "Finish a change that was interrupted while its files were written, or undo it.",
    "fmt": "Put records in canonical form: one order, one way of writing; comments stay.",
    "validate": "Whether the records are right: every problem at once, with its place.",
    "propose": "Make a branch and a commit of what changed, told in words; pushing is yours.",
    "merge-driver": "What git runs where two branches changed one record; --install sets it up.",
    "init": "Begin a knowledge base of your own, for another region or another subject.",
    "doctor": "What is set up here and what is not: git, hooks, merging, extras, and how to set it up.",
    "cache": "What amk keeps between runs, and --clear to throw it away.",
    "schema": "What editors need to check records as they are written: JSON Schema, and --install.",
}
"""Each command and what it does; its room is imported only when it is called."""

MODULES = {
    "import": "import_cmd",
    "merge-driver": "merge_driver",
    "merge-municipalities": "merge_municipalities",
}
"""Commands whose name is no name in Python."""

_FILES = sorted(os.listdir(os.path.join(os.path.dirname(__file__), "commands")))
_ADDED = (name.removesuffix(".py") for name in _FILES if name.endswith(".py") and not name.startswith("_"))
# A command is its module alone: one that has no line above comes last, with its own docstring.
COMMANDS |= {name: "" for name in _ADDED if name not in {*COMMANDS, *MODULES.values()}}

FINDINGS, WRONG_USE, INTERRUPTED = 1, 2, 130

# Typer keeps its own copy of click and shows only some of its exceptions.
UsageError: Any = typer.BadParameter.__base__


def module_of(command: str) -> Any:
    """The module of a command, imported."""
    return import_module(f"amk.cli.commands.{MODULES.get(command, command)}")


def _speak(ctx: Any) -> None:
    """Let help be told in the language that the user asked for, else that of the data."""
    from amk.cli.help import speak
    from amk.cli.messages import wished_language

    speak(ctx, wished_language())


def _meant(command: str) -> str:
    """A command by its name in any language. Raises UserError, with the nearest, where there is none."""
    from amk.language import aliases
    from amk.values.suggestions import nearest

    named = aliases("commands")
    if command not in named:
        near = nearest(command.lower(), (*COMMANDS, *named))
        raise UserError("misuse.command", found=command, nearest=near)
    return named[command]


class OnceEach(TyperCommand):
    """A command whose options are each given once, but for those that unite what they are given."""

    def get_help(self, ctx: Any) -> str:
        _speak(ctx)
        return super().get_help(ctx)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        _, _, given = self.make_parser(ctx).parse_args(args=[*args])
        for each, times in Counter(given).items():
            if times > 1 and not getattr(each, "multiple", False) and not getattr(each, "is_flag", False):
                raise UserError("misuse.twice", found=each.opts[0])
        return super().parse_args(ctx, args)


class LazyGroup(TyperGroup):
    """Commands that are imported when they are called, so that no command waits for another."""

    def get_help(self, ctx: Any) -> str:
        _speak(ctx)
        return super().get_help(ctx)

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        room = typer.Typer(rich_markup_mode=None, add_completion=False)
        room.command(cmd_name, help=None, cls=OnceEach)(module_of(cmd_name).run)
        return typer.main.get_command(room)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, does or module_of(name).run.__doc__) for name, does in COMMANDS.items()]
            )

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        from typer._click.shell_completion import CompletionItem

        if incomplete.startswith("-"):
            return super(TyperGroup, self).shell_complete(ctx, incomplete)
        return [CompletionItem(n, help=does) for n, does in COMMANDS.items() if n.startswith(incomplete)]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args[:1] in (["--install-completion"], ["--show-completion"]):
            from amk.cli.completion.installing import install, show

            (install if args[0] == "--install-completion" else show)(args[1:])
            raise typer.Exit
        asks_for_help = args[:1] == ["help"] and all(not arg.startswith("-") for arg in args)
        return super().parse_args(ctx, [*args[1:2], "--help"] if asks_for_help else args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            args = [_meant(args[0]), *args[1:]]
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=LazyGroup,
    name="amk",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _speak_always(language: str | None) -> None:
    if language is not None:
        from amk.language import phrases_in

        os.environ["AMK_LANG"] = phrases_in(language).language


def _tell_version(wanted: bool) -> None:
    if wanted:
        print(f"amk {__version__}")
        raise typer.Exit


def _keep_nothing(wanted: bool) -> None:
    if wanted:
        os.environ["AMK_NO_CACHE"] = "1"


@app.callback(help="A knowledge base over version-controlled YAML records.")
def _amk(
    no_cache: Annotated[
        bool,
        typer.Option(
            "--no-cache", is_eager=True, callback=_keep_nothing, help="Read everything anew; keep nothing."
        ),
    ] = False,
    lang: Annotated[
        str | None,
        typer.Option(
            "--lang",
            metavar="nl|en",
            is_eager=True,
            callback=_speak_always,
            help="The language of help and answers.",
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_tell_version, help="Tell the version.")
    ] = False,
) -> None:
    """Options of amk itself."""


def main(arguments: list[str] | None = None) -> None:
    """Run a command and leave with its exit code."""
    _speak_utf8()
    # A command makes many values, drops few and ends soon: looking for cycles takes a fifth of its time.
    gc.disable()
    # A shell may start us with stdout closed (`>&-`): there is nowhere to answer.
    sys.exit(_cannot_write(os.strerror(EBADF)) if sys.stdout is None else run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run a command: its exit code. What stops it is told in one sentence on stderr."""
    if os.environ.get("_AMK_COMPLETE"):
        return _complete()
    given = sys.argv[1:] if arguments is None else arguments
    try:
        _refuse_empty(given)
        _refuse_unreadable(given)
        code = _answered(arguments)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except UserError as stop:
        from amk.cli.messages import sentence

        return _told(sentence(stop), WRONG_USE)
    except UsageError as error:
        return _told_misuse(error, given)
    except typer.Exit as exit:
        return int(exit.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        _write_nowhere()
        return 0
    except SystemExit as left:
        # Typer meets a pipe that was closed before we do, and leaves with 1.
        if type(sys.stdout).__name__ != "PacifyFlushWrapper":
            raise
        _write_nowhere()
        return 0 if left.code == 1 else int(str(left.code or 0))
    except OSError as error:
        if error.errno not in (ENOSPC, EIO, EFBIG, EBADF, EDQUOT):
            raise
        _write_nowhere()
        return _cannot_write(error.strerror or "")


def _refuse_unreadable(given: list[str]) -> None:
    """Raises UserError for bytes that are no UTF-8: no name, and no file that amk keeps, can hold them."""
    for word in given:
        if not word.isascii() and any("\ud800" <= sign <= "\udfff" for sign in word):
            raise UserError("stop.no-utf8", found=word)


_EMPTY = re.compile(r"--[a-z-]+=")


def _refuse_empty(given: list[str]) -> None:
    """Raises UserError for a value that is empty: most often a variable of a script that was not set."""
    for before, word in zip(["", *given], given, strict=False):
        if not word or _EMPTY.fullmatch(word):
            raise UserError("stop.empty-value", found=word.rstrip("=") or before or '""')


def _write_nowhere() -> None:
    """What is still to be written goes nowhere: Python would complain once more while closing stdout."""
    sys.stdout = sys.__stdout__ or sys.stdout
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _cannot_write(reason: str) -> int:
    from amk.cli.messages import sentence

    return _told(sentence(UserError("stop.no-answer", reason=reason)), WRONG_USE)


def _answered(arguments: list[str] | None) -> Any:
    """Run a command; once more, with everything read anew, where what was kept turns out not to be whole."""
    try:
        return app(args=arguments, prog_name="amk", standalone_mode=False)
    except CacheCorrupt:
        from amk.cache.location import clear_cache, without_cache

        clear_cache()
        with without_cache():
            return app(args=arguments, prog_name="amk", standalone_mode=False)


def _complete() -> int:
    """Tell a shell what may follow. Whatever goes wrong is not for the middle of somebody's prompt."""
    from amk.cli.completion.shells import answer

    try:
        answer(typer.main.get_command(app))
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else 0
    except Exception:
        return 0
    return 0


def _told_misuse(error: Any, arguments: list[str]) -> int:
    """Tell what is wrong with a command line; the help where there is nothing on it."""
    if type(error).__name__ == "NoArgsIsHelpError":
        print(error.ctx.get_help())
        return WRONG_USE
    from amk.cli.messages import told_misuse, wished_language
    from amk.language import phrases_in

    command = f"amk {arguments[0]}" if arguments[0] in COMMANDS else "amk"
    return _told(f"amk: {told_misuse(error, command, phrases_in(wished_language()))}", WRONG_USE)


def _told(sentence: str, code: int) -> int:
    print(one_line(sentence), file=sys.stderr)
    return code


def _speak_utf8() -> None:
    """Names have accents, also where Windows would write in a code page of its own."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
