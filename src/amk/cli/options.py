"""The options that commands share, so that the same flag means the same everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from amk.cli import completing
from amk.language import LANGUAGES

Data = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", envvar="AMK_DATA", help="The folder that holds amk.yaml."),
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="What held on that day: 2021-07-05.")
]
At = Annotated[
    str | None,
    typer.Option("--at", metavar="REVISION", help="What was known then: a commit, a tag or a date."),
]
Today = Annotated[str | None, typer.Option("--today", metavar="DATE", help="Answer as if it were that day.")]
Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="|".join(LANGUAGES),
        envvar="AMK_LANG",
        help="The language to tell it in.",
        autocompletion=completing.languages,
    ),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help="The format of the answer.",
        autocompletion=completing.formats,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Short for -f json.")]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to a file; its suffix chooses the format."),
]
Style = Annotated[
    Path | None,
    typer.Option("--style", metavar="FILE", help="A docx or odt whose look a docx or odt takes over."),
]
RegionName = Annotated[
    str | None,
    typer.Option(
        "--region",
        metavar="REGION",
        help="Only what concerns this region.",
        autocompletion=completing.regions,
    ),
]
MunicipalityName = Annotated[
    str | None,
    typer.Option(
        "--municipality",
        metavar="NAME",
        help="Only what concerns this municipality.",
        autocompletion=completing.municipalities,
    ),
]
