"""`amk report`: a document about a day or since a day, to read, to hand over or to send."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from amk.cli.answer import Answer, Coverage, covered
from amk.cli.arguments import ANYWHERE, Area, filters_of, told_filters
from amk.cli.messages import talk
from amk.cli.options import argument, option
from amk.cli.output import DOCUMENTS
from amk.cli.reads import PICTURED, reads
from amk.cli.report.final import check_filled, check_final, open_written, own_words
from amk.cli.report.particulars import NONE, Particulars
from amk.cli.report.since import developments_since
from amk.cli.session import DataFolder, Session, a_day
from amk.document.blocks import Block, Heading
from amk.document.drawing import Drawing
from amk.document.template import own_templates
from amk.language import REPORT_NAMES, aliases, reports_in
from amk.model.filters import Filters
from amk.model.validity import as_of as narrowed_to
from amk.questions.map.draw import draw_maps
from amk.questions.map.find import cropped, find_map
from amk.questions.report.find import Briefing, find_briefing
from amk.questions.report.highlights import find_standing_out, tell_standing_out
from amk.questions.report.tell import tell_briefing, tell_state_table, title_of
from amk.storage.data_folder import find_root
from amk.values.errors import UserError
from amk.values.suggestions import nearest

TELLERS = {
    "briefing": tell_briefing,
    "region": tell_briefing,
    "municipality": tell_briefing,
    "state-table": tell_state_table,
}
"""The reports about a day; `changes` is about a period, and the others are templates."""

TEMPLATES = (*TELLERS, "changes", *REPORT_NAMES)


WITHOUT_CONTENTS = ("letter", "answer", "meeting")
"""What is sent or laid on a table as a whole: nobody looks up a chapter in it."""


def _templates(ctx: typer.Context, incomplete: str) -> list[str]:
    root = find_root(Path(ctx.params["data"]) if ctx.params.get("data") else None, Path.cwd())
    return [name for name in (*TEMPLATES, *own_templates(root)) if name.startswith(incomplete)]


Template = Annotated[
    str,
    argument(
        "[TEMPLATE]",
        "briefing, letter, answer, meeting, annex, changes, region, municipality, state-table, or your own "
        "templates/NAME.md.",
        _templates,
    ),
]
With = Annotated[Path | None, option("--with FILE", "Your own assessment (Markdown), told apart at the end.")]
Final = Annotated[bool, option("--final", "Only from data that are committed and without errors.")]
Open = Annotated[bool, option("--open", "Look at what was written with -o.")]
Copy = Annotated[
    str | None, option("--copy NAME", "Copy its template to templates/NAME.md, to change it there.")
]


def _refuse(
    template: str,
    since: str | None,
    question: str | None,
    copy: str | None,
    open_: bool,
    output: str | None,
    folder: Callable[[], DataFolder],
    **_: object,
) -> None:
    """Raises UserError for a report that there is not, and for what does not go together."""
    template = _meant(template, folder().root)
    _own_one(template, folder().root)
    if template == "changes" and not since:
        raise UserError("stop.no-since")
    if since and template in TELLERS:
        raise UserError("stop.since-briefing")
    if template == "answer" and not (question or copy):
        raise UserError("stop.answer-question")
    if open_ and output in (None, "-"):
        raise UserError("stop.open-nothing")


@reads(formats=DOCUMENTS, without=("json",), before=_refuse)
def run(
    session: Session,
    template: Template = "briefing",
    said: Particulars = NONE,
    area: Area = ANYWHERE,
    *,
    today: str | None,
    format: str,
    output: str | None,
    with_: With = None,
    final: Final = False,
    open_: Open = False,
    copy: Copy = None,
) -> Answer:
    """A document: briefing, letter, answer to a question, page for a meeting, annex, changes since a day."""
    template = _meant(template, session.tree.root)
    own_one = _own_one(template, session.tree.root)
    if copy is not None:
        from amk.cli.report.copying import copied

        return copied(session, template, copy)
    if own_one is None and template in own_templates(session.tree.root):
        talk(session.phrases("talk.template-shadowed", found=template))
    if final:
        check_final(session, a_day(today) if today else date.today(), own_one)
    own = own_words(session, with_) if with_ else ()
    filters = filters_of(session, area)
    _require_area(template, filters)
    title, blocks = _told(session, template, own_one, filters, said, format)
    if final and template in REPORT_NAMES:
        check_filled(blocks)
    title = session.titled(title)
    return Answer(
        title=title,
        tell=lambda: (Heading(title, level=1), *blocks, *own),
        contents=template not in WITHOUT_CONTENTS,
        afterwards=(lambda: open_written(session, output)) if open_ else None,
    )


def _require_area(template: str, filters: Filters) -> None:
    """Raises UserError where a report about a part is not said to be about one."""
    asked = {
        "region": filters.regions,
        "municipality": filters.municipality,
        "meeting": filters.regions or filters.municipality,
    }
    if template in asked and not asked[template]:
        raise UserError(f"stop.report-{template}")


def _meant(template: str, root: Path) -> str:
    """A report by its name in any language, unless a template of one's own has that name."""
    return template if template in own_templates(root) else aliases("reports").get(template, template)


def _own_one(template: str, root: Path) -> Path | None:
    """The template of one's own that goes by a name; None for a report of amk's own.

    Raises UserError, with what there is, where nothing goes by it.
    """
    own = own_templates(root)
    if template in TEMPLATES:
        return None
    if template not in own:
        names = (*TEMPLATES, *own)
        near = nearest(template, names)
        raise UserError("stop.no-template", found=template, nearest=near, known=", ".join(names))
    return own[template]


def _told(
    session: Session, template: str, own_one: Path | None, filters: Filters, said: Particulars, format: str
) -> tuple[str, tuple[Block, ...]]:
    """The title and the text; what had ended by the day belongs to it, so it is given the whole base."""
    if template == "changes" and said.since:
        return developments_since(session, said.since, filters)
    if template in TELLERS:
        return _about_a_day(session, template, filters, format)
    # Imported where it is asked for: a template may ask every command.
    from amk.cli.report.template import report_of_own, report_to_send

    if own_one:
        return report_of_own(session, own_one, filters, said)
    return report_to_send(session, reports_in(session.phrases.language)[template], filters, said)


def _about_a_day(
    session: Session, template: str, filters: Filters, format: str
) -> tuple[str, tuple[Block, ...]]:
    briefing = find_briefing(session.base, session.day, filters.regions, filters.municipality)
    covers = Coverage(told_filters(session, filters), counted="")
    found = find_standing_out(session.base, session.day, filters.regions, filters.municipality)
    striking = tell_standing_out(found, session.phrases)
    if format in PICTURED and TELLERS[template] is tell_briefing and len(briefing.places) > 1:
        striking = (*striking, *_mapped(session, briefing))
    area = session.area(filters)
    return title_of(briefing, session.phrases, area), TELLERS[template](
        briefing, session.phrases, area, covered(session, covers), striking
    )


def _mapped(session: Session, briefing: Briefing) -> tuple[Drawing, ...]:
    """The tile map of a briefing whose municipalities have tiles; the table at its end tells the same."""
    phrases = session.phrases.with_topic("map")
    ids = {place.municipality.id for place in briefing.places}
    title = phrases("map.title.status", subject=session.subject)
    drawn = phrases("map.drawn", title=title, day=phrases.day(session.day))
    base = narrowed_to(session.base, session.day)
    shown = cropped(find_map(base, session.day, "status", lambda m: m.id in ids))
    return (draw_maps([shown], [""], phrases, drawn),) if shown.tiled else ()
