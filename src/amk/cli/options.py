"""The options that commands share, so that the same flag means the same everywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from amk.cli.completion import values as completing
from amk.language import LANGUAGES


def option(names: str, help: str, offered: Callable[..., Any] | None = None, **more: Any) -> Any:
    """An option by its names and what it takes: `--format -f FORMAT`; `offered` completes it."""
    flags = [name for name in names.split() if name.startswith("-")]
    metavar = " ".join(names.split()[len(flags) :])
    return typer.Option(*flags, metavar=metavar or None, help=help, autocompletion=offered, **more)


def argument(metavar: str, help: str, offered: Callable[..., Any] | None = None) -> Any:
    """An argument by what stands for it in the help; `offered` completes it."""
    return typer.Argument(metavar=metavar, help=help, autocompletion=offered)


Data = Annotated[Path | None, option("--data DIR", "The folder that holds amk.yaml.", envvar="AMK_DATA")]
AsOf = Annotated[str | None, option("--as-of DATE", "What held on that day: 2021-07-05.")]
At = Annotated[str | None, option("--at REVISION", "What was known then: a commit, a tag or a date.")]
Today = Annotated[str | None, option("--today DATE", "Answer as if it were that day.")]
Lang = Annotated[
    str | None,
    option(
        f"--lang {'|'.join(LANGUAGES)}",
        "The language to tell it in.",
        completing.languages,
        envvar="AMK_LANG",
    ),
]
Format = Annotated[str | None, option("--format -f FORMAT", "The format of the answer.", completing.formats)]
Json = Annotated[bool, option("--json", "Short for -f json.")]
Output = Annotated[str | None, option("--output -o FILE", "Write to a file; its suffix chooses the format.")]
ForExcel = Annotated[
    bool, option("--for-excel", "A csv for people, as Excel opens it: in words, with semicolons and a BOM.")
]
Style = Annotated[Path | None, option("--style FILE", "A docx or odt whose look a docx or odt takes over.")]
OverWrite = Annotated[bool, option("--force", "Write over a file that amk did not make.")]
RegionNames = Annotated[
    list[str] | None,
    option("--region REGION", "Only what concerns this region; again for one more.", completing.regions),
]
MunicipalityName = Annotated[
    str | None,
    option("--municipality NAME", "Only what concerns this municipality.", completing.municipalities),
]
Ended = Annotated[bool, option("--ended", "Also what has ended or is yet to begin, marked and last.")]
Where = Annotated[
    list[str] | None,
    option("--where FIELD=VALUE", "Also !=, ~, <, <=, >, >=; all must hold.", completing.fields),
]
Ref = Annotated[str, argument("REF", "An id, a name or kind/id.", completing.records)]
