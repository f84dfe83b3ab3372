"""A template of amk's own as one's own: copied, to be changed."""

from __future__ import annotations

import re
from pathlib import Path

from amk.cli.answer import Answer
from amk.cli.session import Session
from amk.document.blocks import Paragraph
from amk.document.template import FOLDER, own_templates
from amk.language import REPORT_NAMES, reports_in
from amk.values.errors import UserError

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")


def copied(session: Session, template: str, name: str) -> Answer:
    """Write a copy beside the data, in the language of the answer, and say how it is asked for.

    Raises UserError for a report that is no template, a name that is no file's or has one already.
    """
    path = session.tree.root.parent / FOLDER / f"{name}.md"
    if template not in REPORT_NAMES:
        raise UserError("stop.copy-template", found=template, known=", ".join(REPORT_NAMES))
    if not _NAME.fullmatch(name) or name in REPORT_NAMES:
        raise UserError("stop.copy-name", found=name)
    if path.exists() or name in own_templates(session.tree.root):
        raise UserError("stop.copy-exists", found=str(path))
    _write(path, reports_in(session.phrases.language)[template])
    told = session.phrases("talk.copied", path=f"{FOLDER}/{name}.md", name=name)
    return Answer(title=f"{FOLDER}/{name}.md", tell=lambda: (Paragraph(told),))


def _write(path: Path, template: Path) -> None:
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(template.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError("stop.no-output", found=str(path), reason=error.strerror or "") from error
