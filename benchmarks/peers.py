"""The peers: how each is asked for work like amk's, over its own form of the same records.

A peer is measured where it is installed: in `.peers` (`make bench-peers`), or on the path for recutils.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.goals import GREP, RECSEL, YAMALE
from benchmarks.measuring import Command

VENV = Path(__file__).parents[1] / ".peers"
WORD = "keurmerk"
"""What is searched for: one policy in four says it, and few others do."""


@dataclass(frozen=True)
class Peer:
    """A program, the form of records it needs, and what it does and does not do when asked."""

    name: str
    program: str
    form: str
    does: str
    does_not: str

    @property
    def path(self) -> str | None:
        """Where it is installed; None where it is not."""
        own = VENV / "bin" / self.program
        return str(own) if own.exists() else shutil.which(self.program)


PEERS: tuple[Peer, ...] = (
    Peer(
        YAMALE, "yamale", "yamale",
        "fields, required ones, nested parts, types, codes and statuses of every record, in strict mode, one "
        "schema a kind, on all cores",
        "dates beyond their type, references, lines cited, anything between two records",
    ),
    Peer(
        "check-jsonschema", "check-jsonschema", "check-jsonschema",
        "every record against amk's own JSON Schema, with the form of dates; an id must be one there is",
        "the calendar, borders from both sides, evidence, anything else between two records",
    ),
    Peer("yamllint", "yamllint", "", "YAML syntax and layout (the `relaxed` rules)", "any field"),
    Peer(
        "recfix", "recfix", "recutils",
        "syntax, unique keys, required fields, enums and numbers, in one file of all records",
        "nested parts, codes of most fields, dates, references",
    ),
    Peer(
        "doorstop", "doorstop", "doorstop",
        "items of municipalities, collaborations and policies in git; every link leads to an item",
        "fields and their types, the other kinds; rewriting items, which it does by default, is off",
    ),
    Peer(
        "strictdoc", "strictdoc", "strictdoc",
        "parses the same kinds as elements with a grammar, follows their relations, and exports JSON",
        "fields beyond three, the other kinds; it stops at the first error",
    ),
    Peer(
        RECSEL, "recsel", "recutils",
        "the ids of the records whose field Region, worked out beforehand, is one region",
        "working out which regions a record concerns",
    ),
    Peer(
        "papis list (region), warm", "papis", "papis",
        "the documents whose field region, worked out beforehand, is one region, from its cache",
        "working out regions; noticing that a file changed since the cache was made",
    ),
    Peer(
        "papis list (word), warm", "papis", "papis",
        "the documents in which a word occurs, from its cache",
        "ranking, stems, excerpts; noticing changed files",
    ),
    Peer(GREP, "grep", "", "every line with a word, in all files", "records, ranking, stems, several words"),
)  # fmt: skip
"""Those that check, then those that answer."""


def commands_of(peer: Peer, data: Path, forms: Path, region: str) -> Command:
    """How a peer is asked; the region is an id."""
    program, at = str(peer.path), forms / peer.form if peer.form else data
    match peer.name:
        case "yamale":
            return Command(peer.name, [program, "-n", "auto", str(at)])
        case "check-jsonschema":
            return Command(peer.name, ["sh", "-ec", "\n".join(_each_kind(program, at, data))])
        case "yamllint":
            return Command(peer.name, [program, "-d", "relaxed", str(at)])
        case "recfix":
            return Command(peer.name, [program, "--check", str(at / "records.rec")])
        case "doorstop":
            return Command(peer.name, ["env", "-C", str(at), program, "--no-reformat", "--no-level-check"])
        case "strictdoc":
            out = str(at.with_name("strictdoc-out"))
            return Command(
                peer.name, [program, "export", str(at), "--formats=json", "--output-dir", out],
                before=lambda: shutil.rmtree(out, ignore_errors=True),
            )  # fmt: skip
        case "recsel":
            words = [program, "-p", "Id", "-e", f"Region = '{region}'", str(at / "records.rec")]
            return Command(peer.name, words)
        case "grep -r":
            # In the C locale grep would take a text with an accent for a binary file, and tell no lines.
            return Command(peer.name, [program, "-r", "-i", WORD, str(at)], {"LC_ALL": "C.UTF-8"})
        case _:
            return _papis(peer.name, program, at, f"region:{region}" if "region" in peer.name else WORD)


def _each_kind(program: str, schemas: Path, data: Path) -> Iterator[str]:
    """A call a kind; xargs, because a command line holds no hundred thousand files."""
    for schema in sorted(schemas.glob("*.json")):
        files = f"find {data / schema.stem} -name '*.yaml'"
        yield f"{files} | xargs -n 20000 {program} --schemafile {schema}"


def _papis(name: str, program: str, at: Path, asked: str) -> Command:
    settings = {"XDG_CONFIG_HOME": str(at / "config"), "XDG_CACHE_HOME": str(at / "cache")}
    words = [program, "list", "--all", asked]

    def index() -> None:
        subprocess.run(words, env=settings, capture_output=True, check=True)

    return Command(name, words, settings, once=index)
