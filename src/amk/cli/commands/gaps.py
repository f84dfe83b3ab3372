"""`amk gaps`: where one municipality regulates and its neighbour, as far as is known, does not."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite
from typing import Annotated, Any

from amk.cli.answer import Answer, Coverage
from amk.cli.arguments import ANYWHERE, Area, a_code, filters_of, municipalities_asked, told_filters
from amk.cli.completion import values as completing
from amk.cli.options import option
from amk.cli.reads import reads
from amk.cli.session import Session
from amk.questions.gaps.find import Interest, find_gaps
from amk.questions.gaps.tell import KEYS, rows_of, tell_gaps, tell_weights, title_of
from amk.questions.gaps.weights import Weights
from amk.questions.records.facts import unreadable_rows
from amk.values.errors import UserError
from amk.values.suggestions import nearest

Stricter = Annotated[
    str | None, option("--condition CODE", "Compare this condition: max-per-dwelling.", completing.conditions)
]
Weighing = Annotated[
    list[str] | None, option("--weight NAME=VALUE", "Set a weight: river=0.5; see docs/gaps-method.md.")
]

Explain = Annotated[bool, option("--explain", "Also how each border was counted, with every weight.")]


@reads("gaps")
def run(
    session: Session,
    condition: Stricter = None,
    weight: Weighing = None,
    explain: Explain = False,
    area: Area = ANYWHERE,
) -> Answer:
    """The waterbed effect: borders between municipalities with policy and neighbours without."""
    session = session.on_the_day()
    phrases, filters = session.phrases, filters_of(session, area)
    interest = Interest(
        condition=a_code(session, "conditions", condition),
        scopes=tuple(municipalities_asked(session.base, filters)),
        weights=weights_from(session, weight or ()),
    )
    gaps = find_gaps(session.base, session.day, interest)
    code = gaps.condition
    label = session.base.label("conditions", code, phrases.language) if code else None
    told = {**told_filters(session, filters), "condition": label}
    weights = tuple(filter(None, [tell_weights(gaps, phrases, explain)]))
    return Answer(
        title=session.titled(title_of(gaps, phrases)),
        tell=lambda: tell_gaps(gaps, phrases, explain),
        covers=Coverage(told, len(gaps.found), "gaps.count", weights),
        rows=lambda: rows_of(gaps, phrases),
        cells=lambda: [_flat(row) for row in rows_of(gaps, phrases)],
        refs=lambda: (f"{row['from']['ref']} {row['to']['ref']}" for row in rows_of(gaps, phrases)),
        keys=KEYS,
        unread=unreadable_rows(session.base),
    )


def weights_from(session: Session, settings: Iterable[str]) -> Weights:
    """The weights, with those that a user set. Raises UserError for other names and other values."""
    codes = (code for vocabulary, code in session.base.concepts if vocabulary in ("borders", "purposes"))
    known = tuple(dict.fromkeys((*Weights().by_name, *codes)))
    return Weights().changed(dict(_setting(text, known) for text in settings))


def _setting(text: str, known: tuple[str, ...]) -> tuple[str, float]:
    name, equals, value = (part.strip() for part in text.partition("="))
    if not equals:
        raise UserError("stop.no-setting", found=text)
    if name not in known:
        raise UserError("stop.no-weight", found=name, nearest=nearest(name, known), known=", ".join(known))
    number = _number(value)
    if number is None or not 0 <= number <= (1 if name != "crossing" else float("inf")):
        raise UserError(
            "stop.weight-value" if name != "crossing" else "stop.weight-km", found=value, name=name
        )
    return name, number


def _number(text: str) -> float | None:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None
    return number if isfinite(number) else None


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """A row as CSV has it: one reference a cell."""
    meetings = [meeting["ref"] for meeting in row["collaborations"]]
    return {**row, "from": row["from"]["ref"], "to": row["to"]["ref"], "collaborations": meetings}
