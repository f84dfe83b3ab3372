"""The commands: each asks one question and shows the answer. Only here: Typer, exit codes, stdout."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from amk import __version__
from amk.errors import Lost, Stop
from amk.steering import one_line

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
    "import": "Take over what somebody changed in a workbook or a CSV file, shown first.",
    "diff": "What changed in meaning between two revisions, or between two days.",
    "log": "The life of one record: when it changed, in which commit, and what that meant.",
    "new": "Add a record: asks for what is missing, and refuses what is there already.",
    "edit": "Open a record in your editor; it is put in place when it is right.",
    "reached": "Record that a policy reached a status: when, by whom, and which source says so.",
    "set": "Set fields of one record; += and -= add to a list and take from it.",
    "rename": "Give a record another id: moves the file and every reference to it.",
    "fmt": "Put records in canonical form: one order, one way of writing; comments stay.",
    "validate": "Whether the records are right: every problem at once, with its place.",
    "propose": "Make a branch and a commit of what changed, told in words; pushing is yours.",
    "init": "Begin a knowledge base of your own, for another region or another subject.",
    "cache": "What amk keeps between runs, and --clear to throw it away.",
    "schema": "What editors need to check records as they are written: JSON Schema, and --install.",
}
"""Each command and what it does; its room is imported only when it is called."""

FINDINGS, WRONG_USE, INTERRUPTED = 1, 2, 130

# Typer keeps its own copy of click and shows only some of its exceptions.
UsageError: Any = typer.BadParameter.__base__


class LazyGroup(TyperGroup):
    """Commands that are imported when they are called, so that no command waits for another."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        room = typer.Typer(rich_markup_mode=None, add_completion=False)
        room.command(cmd_name, help=None)(import_module(f"amk.cli.{cmd_name}_command").run)
        return typer.main.get_command(room)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        from typer._click.shell_completion import CompletionItem

        if incomplete.startswith("-"):
            return super(TyperGroup, self).shell_complete(ctx, incomplete)
        return [CompletionItem(n, help=does) for n, does in COMMANDS.items() if n.startswith(incomplete)]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        asks_for_help = args[:1] == ["help"] and all(not arg.startswith("-") for arg in args)
        return super().parse_args(ctx, [*args[1:2], "--help"] if asks_for_help else args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from amk.nearest import nearest

            raise Stop("misuse.command", found=args[0], nearest=nearest(args[0].lower(), COMMANDS))
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=LazyGroup,
    name="amk",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["--help", "-h"]},
)


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
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run a command: its exit code. What stops it is told in one sentence on stderr."""
    if os.environ.get("_AMK_COMPLETE"):
        return _complete()
    try:
        code = _answered(arguments)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except Stop as stop:
        from amk.cli.telling import sentence

        return _told(sentence(stop), WRONG_USE)
    except UsageError as error:
        return _told_misuse(error, sys.argv[1:] if arguments is None else arguments)
    except typer.Exit as exit:
        return int(exit.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        # What reads from us has had enough. Python would complain once more while closing stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _answered(arguments: list[str] | None) -> Any:
    """Run a command; once more, with everything read anew, where what was kept turns out not to be whole."""
    try:
        return app(args=arguments, prog_name="amk", standalone_mode=False)
    except Lost:
        from amk.kept.folder import clear_kept, reading_anew

        clear_kept()
        with reading_anew():
            return app(args=arguments, prog_name="amk", standalone_mode=False)


def _complete() -> int:
    """Tell a shell what may follow. Whatever goes wrong is not for the middle of somebody's prompt."""
    from amk.cli.shells import answer

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
    from amk.cli.misuse import told_misuse
    from amk.cli.telling import wished_language
    from amk.language import say_in

    command = f"amk {arguments[0]}" if arguments[0] in COMMANDS else "amk"
    return _told(f"amk: {told_misuse(error, command, say_in(wished_language()))}", WRONG_USE)


def _told(sentence: str, code: int) -> int:
    print(one_line(sentence), file=sys.stderr)
    return code


def _speak_utf8() -> None:
    """Names have accents, also where Windows would write in a code page of its own."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
