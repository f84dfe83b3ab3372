"""What was typed, looked up: filters, records, codes and files; with the nearest where there is none."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from amk.cli.completion import values as completing
from amk.cli.messages import talk
from amk.cli.options import MunicipalityName, RegionNames, argument, option
from amk.cli.session import Session, a_date
from amk.language import LANGUAGES, Phrases, phrases_in
from amk.model.conditions import FieldCondition, parse_condition, with_codes
from amk.model.filters import Filters, find_by_name, in_regions, nearest_names, with_municipality
from amk.model.knowledge_base import KnowledgeBase, folded
from amk.model.names import code_named
from amk.model.records import KINDS, AnyRecord, Municipality, Region
from amk.model.statuses import EFFECTIVE_POLICY, NONE, STATUSES, UNKNOWN
from amk.model.validity import as_of
from amk.storage.data_folder import Tree
from amk.storage.loaded import ref_of
from amk.values.errors import UserError
from amk.values.frozen import frozen
from amk.values.suggestions import nearest

Kinds = Annotated[
    list[str] | None, argument("[KIND]...", "municipalities, collaborations, policies, …", completing.kinds)
]
Status = Annotated[
    str | None, option("--status STATUS", "Only with this status of policy.", completing.statuses)
]
Form = Annotated[str | None, option("--form FORM", "Only collaborations of this form.", completing.forms)]
Purpose = Annotated[
    str | None, option("--purpose PURPOSE", "Only collaborations with this purpose.", completing.purposes)
]
Tag = Annotated[str | None, option("--tag TAG", "Only records with this tag.", completing.tags)]
Since = Annotated[str | None, option("--since DATE", "Only what reaches past this.")]
Until = Annotated[str | None, option("--until DATE", "Only what began by this.")]


@frozen
class Area:
    """The regions and the municipality that a question is about, as a user typed them."""

    region: RegionNames = None
    municipality: MunicipalityName = None


@frozen
class RawFilters(Area):
    """The filters as a user typed them."""

    status: Status = None
    form: Form = None
    purpose: Purpose = None
    tag: Tag = None
    since: Since = None
    until: Until = None


ANYWHERE = Area()
UNFILTERED = RawFilters()


def filters_of(session: Session, typed: Area) -> Filters:
    """What was typed as filters. Raises UserError, with the nearest names, for what there is not."""
    area = Filters(
        tuple(dict.fromkeys(_region(session, name) for name in typed.region or ())),
        _municipality(session, typed.municipality) if typed.municipality else None,
    )
    if not isinstance(typed, RawFilters):
        return area
    return replace(
        area,
        form=a_code(session, "forms", typed.form),
        purpose=a_code(session, "purposes", typed.purpose),
        tag=typed.tag,
        since=a_date(typed.since) if typed.since else None,
        until=a_date(typed.until) if typed.until else None,
        status=_status(session, typed.status),
    )


def _region(session: Session, text: str) -> str:
    """The id of a region. Raises UserError, for a municipality with how to ask about that."""
    if not find_by_name(session.base, text, (Region,)) and find_by_name(session.base, text, (Municipality,)):
        raise UserError("stop.region-municipality", found=text)
    return named(session, text, (Region,), "stop.no-region").id


def _municipality(session: Session, text: str) -> str:
    return named(session, text, (Municipality,), "stop.no-municipality").id


def conditions_of(
    session: Session, typed: Iterable[str], kinds: Sequence[type[AnyRecord]]
) -> tuple[FieldCondition, ...]:
    """What was typed as conditions on fields of these kinds. Raises UserError for what is none."""
    # Imported where it is used: most ask for no field.
    from amk.questions.records.facts import field_names

    parsed = [parse_condition(text, field_names()) for text in typed]
    return tuple(with_codes(each, session.base, kinds, session.phrases.language) for each in parsed)


def told_filters(session: Session, filters: Filters) -> dict[str, str | None]:
    """The filters in words, for the statement of coverage."""
    base, language = session.base, session.phrases.language
    return {
        "region": session.phrases.listing(base.name(f"region/{id}") for id in filters.regions) or None,
        "municipality": base.name(f"municipality/{filters.municipality}") if filters.municipality else None,
        "form": base.label("forms", filters.form, language) if filters.form else None,
        "purpose": base.label("purposes", filters.purpose, language) if filters.purpose else None,
        "tag": filters.tag,
        "since": session.phrases.date(filters.since) if filters.since else None,
        "until": session.phrases.date(filters.until) if filters.until else None,
        "status": session.phrases.status(filters.status) if filters.status else None,
    }


def municipalities_asked(base: KnowledgeBase, filters: Filters) -> Iterable[frozenset[str]]:
    """The municipalities that the regions and the municipality stand for, if they were asked for."""
    if filters.regions:
        parts = (part for region in filters.regions for part in base.parts_of(region))
        yield frozenset(m for part in parts for m in base.members_of(part))
    if filters.municipality:
        yield frozenset({filters.municipality})


def concerning(session: Session, filters: Filters) -> Callable[[AnyRecord], bool]:
    """Whether a record concerns the area that was asked for, on the day or in its own time."""
    bases = (as_of(session.base, session.day), session.base)
    tests = [in_regions(base, filters.regions) for base in bases if filters.regions]
    if filters.municipality:
        tests = [with_municipality(base, filters.municipality) for base in bases]

    def wanted(record: AnyRecord) -> bool:
        return not tests or any(test(record) for test in tests)

    return wanted


def kinds_of(asked: list[str] | None, usual: tuple[type[AnyRecord], ...]) -> tuple[type[AnyRecord], ...]:
    """The kinds that were asked for, each once; the usual ones when none was."""
    return tuple(dict.fromkeys(_kind(text) for text in asked)) if asked else usual


def _kind(text: str) -> type[AnyRecord]:
    wanted = text.lower()
    for kind in KINDS:
        if wanted in (kind.kind, kind.folder):
            return kind
    called = {folded(word): kind for kind in KINDS for word in _called(kind)}
    if folded(text) in called:
        return called[folded(text)]
    known = [kind.folder for kind in KINDS]
    near = nearest(wanted, known) or getattr(called.get(nearest(folded(text), called)), "folder", "")
    raise UserError("stop.no-kind", found=text, nearest=near, known=", ".join(known))


def _called(kind: type[AnyRecord]) -> Iterator[str]:
    """What a kind is called, one of it and several, in every language."""
    for phrases in map(phrases_in, LANGUAGES):
        yield from (phrases(f"kind.{kind.kind}"), phrases(f"kinds.{kind.kind}"))


def _status(session: Session, text: str | None) -> str | None:
    """A status by its code or by its label."""
    if text is None:
        return None
    known = (status for status in (*STATUSES, EFFECTIVE_POLICY, NONE, UNKNOWN) if status != "continued")
    return a_status(session, text, known)


def named(session: Session, text: str, kinds: tuple[type[AnyRecord], ...], phrase: str) -> AnyRecord:
    """The one record of these kinds that goes by a name.

    A name that several kinds share means the municipality, and stderr names the others.
    Raises UserError, with the nearest names, when nothing goes by it.
    """
    found = find_by_name(session.base, text, kinds)
    if not found:
        refuse_unreadable(session, text, kinds)
        near = nearest_names(session.loaded.base, text, kinds)
        raise UserError(phrase, found=text, nearest=near_told(session.phrases, near))
    shown = next((r for r in found if isinstance(r, Municipality)), found[0])
    others = [record.ref for record in found if record is not shown]
    if others:
        told = session.phrases.listing(others)
        talk(session.phrases("talk.others", found=text, others=told, shown=shown.ref))
    return shown


def unreadable_path(session: Session, text: str, kinds: Iterable[type[AnyRecord]]) -> str | None:
    """The path of the file that is meant to hold a record, where it cannot be read."""
    wanted = [text] if "/" in text else [f"{kind.kind}/{text}" for kind in kinds]
    paths = (p.path for p in session.loaded.problems if ref_of(p.path) in wanted)
    return next((path for path in paths if ref_of(path) in session.loaded.base.unread), None)


def refuse_unreadable(session: Session, text: str, kinds: Iterable[type[AnyRecord]]) -> None:
    """Raises UserError for a record whose file is there, and cannot be read."""
    path = unreadable_path(session, text, kinds)
    if path:
        raise UserError("stop.unreadable", found=text, path=path)


def a_code(session: Session, vocabulary: str, text: str | None) -> str | None:
    """A code of a vocabulary, by the code or by its label. Raises UserError for one it does not list."""
    if text is None:
        return None
    codes = session.base.labels_of(vocabulary)
    told = {code: session.base.label(vocabulary, code, session.phrases.language) for code in codes}
    return chosen(text, codes, told, "stop.no-code")


def a_status(session: Session, text: str, known: Iterable[str]) -> str:
    """A status by its code or by its label. Raises UserError, with the nearest, for what is none of those."""
    labels = {status: session.phrases.status(status) for status in known}
    said = {status: tuple(phrases_in(each).status(status) for each in LANGUAGES) for status in labels}
    return chosen(text, said, labels, "stop.no-status")


def chosen(text: str, codes: Mapping[str, Iterable[str]], told: Mapping[str, str], phrase: str) -> str:
    """The code that goes by a word. Raises UserError, with the labels to choose from, where none does."""
    found, near = code_named(text, codes)
    if not found:
        raise UserError(phrase, found=text, nearest=told.get(near, ""), known=", ".join(told.values()))
    return found


def near_told(phrases: Phrases, near: Iterable[str]) -> str:
    """The nearest names as the end of a sentence; nothing when there are none."""
    names = list(near)
    return phrases("nearest", nearest=", ".join(names)) if names else ""


def paths_below(tree: Tree, paths: Sequence[Path]) -> frozenset[str]:
    """The paths named, as paths below the data folder; none when they are all there is.

    Raises UserError for one outside it.
    """
    known = (*tree.texts, *tree.unreadable)
    found: set[str] = set()
    for path in paths:
        inside = _below(tree.root, path)
        named = [k for k in known if inside in (".", k) or k.startswith(f"{inside}/")]
        if not named:
            raise UserError("stop.no-path", found=str(path), folder=str(tree.root))
        found.update(named)
    return frozenset(found) if len(found) < len(known) else frozenset()


def _below(root: Path, path: Path) -> str:
    place, base = Path(os.path.realpath(path)), Path(os.path.realpath(root))
    if place == base.parent:
        return "."
    return place.relative_to(base).as_posix() if place.is_relative_to(base) else "?"
