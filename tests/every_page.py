"""Every page that a user can make of the shipped data, in each language."""

from __future__ import annotations

from pathlib import Path

from amk.cli import run
from tests.conftest import ROOT

DAY = ("--today", "2026-11-24")
DAYS = ("2021-07-05", "2026-11-24")

COMMANDS: dict[str, tuple[str, ...]] = {
    "briefing": ("report", *DAY),
    "briefing-region": ("report", "region", "--region", "Haaglanden", *DAY),
    "briefing-municipality": ("report", "municipality", "--municipality", "Westland", *DAY),
    "letter": ("report", "letter", *DAY),
    "answer": ("report", "answer", "--region", "Haaglanden", "--question", "Wie heeft beleid?", *DAY),
    "meeting": ("report", "meeting", "--region", "Haaglanden", *DAY),
    "annex": ("report", "annex", *DAY),
    "state-table": ("report", "state-table", *DAY),
    "changes": ("report", "changes", "--since", DAYS[0], *DAY),
    "show": ("show", "westland", "leerkring-huisvesting-arbeidsmigranten", *DAY),
    "list": ("list", *DAY),
    "search": ("search", "waterbed", *DAY),
    "timeline": ("timeline", *DAY),
    "gaps": ("gaps", *DAY),
    "coverage": ("coverage", *DAY),
    "stale": ("stale", *DAY),
    "compare": ("compare", "westland", "zuidplas", *DAY),
    "network": ("network", *DAY),
    "statistics": ("network", "--statistics", *DAY),
    "map": ("map", *DAY),
    "map-collaborations": ("map", "--by", "collaborations", *DAY),
    "map-age": ("map", "--by", "age", "--region", "Haaglanden", *DAY),
    "map-days": ("map", "--compare", *DAYS, *DAY),
    "bars": ("map", "--bars", *DAY),
    "diff": ("diff", "--from", DAYS[0], "--to", DAYS[1], *DAY),
    "log": ("log", "westland"),
}
"""What is typed for each page, without the data, the language and where it goes."""

LANGUAGES = ("nl", "en")


def pages_in(folder: Path, suffix: str = "html") -> dict[str, Path]:
    """Each page in each language, as a file of its own."""
    return {
        f"{name}-{language}": made(folder / f"{name}-{language}.{suffix}", command, language)
        for name, command in COMMANDS.items()
        for language in LANGUAGES
    }


def made(to: Path, command: tuple[str, ...], language: str = "nl") -> Path:
    """What a command tells, in a file."""
    assert run([*command, "--data", str(ROOT / "data"), "--lang", language, "-o", str(to)]) == 0
    return to
