"""`amk doctor`: what is set up here and what is not, each with what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import typer

from amk.cli import FINDINGS
from amk.cli.doctor import Finding
from amk.cli.doctor.program import find_program
from amk.cli.doctor.repository import find_surroundings
from amk.cli.messages import wished_language
from amk.cli.options import Data, Format, Json, Lang, Output
from amk.cli.output import DOCUMENTS, chosen_format, put, written, written_data
from amk.document.blocks import Block, Bullets, Document, Heading, Paragraph, Table
from amk.language import Phrases, phrases_in

COLUMNS = ("part", "state", "found", "to_do")


def run(
    data: Data = None,
    lang: Lang = None,
    format: Format = None,
    json: Json = False,
    output: Output = None,
) -> None:
    """Tell what is set up here and what is not: git, hooks, merging, extras, and how to set each up."""
    chosen = chosen_format(format, output, json, (*DOCUMENTS, "json", "jsonl", "csv"))
    phrases = phrases_in(lang or wished_language()).with_topic("doctor")
    found = [*find_surroundings(data), *find_program()]
    if chosen in DOCUMENTS:
        put(written(_told(found, phrases), chosen, output), output)
    else:
        put(written_data([_row(each, phrases) for each in found], chosen, COLUMNS), output)
    if any(each.state == "needed" for each in found):
        raise typer.Exit(FINDINGS)


def _told(found: Sequence[Finding], phrases: Phrases) -> Document:
    """The findings as a table, and below it what to do, in lines that can be copied."""
    counts = {state: sum(each.state == state for each in found) for state in ("needed", "better")}
    summary = phrases("doctor.needed", count=counts["needed"]) if counts["needed"] else phrases("doctor.fine")
    more = f" {phrases('doctor.better', count=counts['better'])}" if counts["better"] else ""
    columns = tuple(phrases(f"doctor.column.{name}") for name in COLUMNS[:3])
    rows = tuple(_cells(each, phrases) for each in found)
    title = phrases("doctor.title")
    blocks = (Heading(title, 1), Paragraph(f"{summary}{more}"), Table(columns, rows), *_to_do(found, phrases))
    return Document(title, phrases.language, blocks)


def _cells(each: Finding, phrases: Phrases) -> tuple[str, str, str]:
    return phrases(f"doctor.{each.part}"), phrases(f"doctor.state.{each.state}"), each.how(phrases)


def _to_do(found: Sequence[Finding], phrases: Phrases) -> Iterator[Block]:
    """What to do, what is needed first; nothing where all is well."""
    open_ones = sorted((each for each in found if each.state != "fine"), key=lambda e: e.state == "better")
    points = []
    for each in open_ones:
        part, state, _ = _cells(each, phrases)
        told = {"part": part, "state": state, "to_do": each.to_do(phrases)}
        points.append(phrases.fill("doctor.to-do.of", told))
    if points:
        yield from (Heading(phrases("doctor.to-do")), Bullets(tuple(points)))


def _row(each: Finding, phrases: Phrases) -> dict[str, str]:
    """What a machine reads: the part and its state by their codes, the rest in words."""
    told = (each.part, each.state, each.how(phrases), each.to_do(phrases))
    return dict(zip(COLUMNS, told, strict=True))
