"""Writing a change to one record: shown, checked against all records, and then written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

from amk.authoring.borders import mirrored
from amk.authoring.change import FieldChange, changed
from amk.cache.data_folder import CachedFolder
from amk.cache.fresh_records import reread
from amk.cache.validation import preview_problems
from amk.checks.validation import problem_words
from amk.cli.arguments import named, near_told, refuse_unreadable
from amk.cli.messages import talk
from amk.cli.options import option
from amk.cli.output import put, written
from amk.cli.problems import show_findings
from amk.cli.progress import at_work
from amk.cli.session import Session, find_folder, open_session, refuse_shipped
from amk.document.blocks import Document, Heading
from amk.model.filters import find_by_name, nearest_names
from amk.model.records import AnyRecord, Municipality
from amk.questions.changes.find import find_changes
from amk.questions.changes.tell import tell_changes
from amk.questions.records.card import tell_card
from amk.storage.apply import apply
from amk.storage.data_folder import Tree, text_of
from amk.storage.edits import Edit, told_edits
from amk.storage.loading import load
from amk.storage.preview import tree_after
from amk.values.errors import UserError

DryRun = Annotated[bool, option("--dry-run", "Write nothing; show what would change.")]
Diff = Annotated[bool, option("--diff", "Show the change as it stands in the files, and not in words.")]
Force = Annotated[bool, option("--force", "Write it even when it makes new errors.")]


def for_writing(data: Path | None, lang: str | None, kept: bool = False) -> Session:
    """The data folder, to be written in. Raises UserError for the one that came with amk.

    `kept` where what is kept may say where to look: each record of the base is read from its file.
    """
    folder = find_folder(data)
    refuse_shipped(folder)
    session = open_session(folder, lang, kept=kept)
    return replace(session, base=reread(session.working)) if session.working else session


def record_of(session: Session, ref: str, kinds: tuple[type[AnyRecord], ...]) -> AnyRecord:
    """The one record that goes by a reference or a name.

    What several kinds share means the municipality, as in every command; several of a kind are refused.
    """
    found = find_by_name(session.base, ref, kinds)
    municipalities = [record for record in found if isinstance(record, Municipality)]
    if len(found) == 1 or len(municipalities) == 1:
        return named(session, ref, kinds, "stop.no-record")
    if found:
        raise UserError("stop.several", found=ref, known=", ".join(record.ref for record in found))
    refuse_unreadable(session, ref, kinds)
    near = nearest_names(session.loaded.base, ref, kinds)
    raise UserError("stop.no-record", found=ref, nearest=near_told(session.phrases, near))


def write_record(session: Session, record: AnyRecord, text: str, dry_run: bool, force: bool) -> bool:
    """Show a change to a record and write it; False when it makes new errors and was not written."""
    return write_edits(
        session, [as_on_disk(session.tree, session.base.paths[record.ref], text)], dry_run, force
    )


def write_raw(session: Session, path: str, before: bytes, after: bytes, dry_run: bool, force: bool) -> bool:
    """Show a file as somebody left it and write it; False when it makes new errors and was not written."""
    return write_edits(session, [Edit(path, before, after)], dry_run, force)


def neighbour_edits(session: Session, id: str, wishes: Sequence[FieldChange]) -> list[Edit]:
    """The edits at the neighbours of a municipality, for what is said of its borders."""
    found = []
    for neighbour, theirs in mirrored(session.base, id, wishes).items():
        path = session.base.paths[f"{Municipality.kind}/{neighbour}"]
        found.append(as_on_disk(session.tree, path, changed(session.tree.texts[path], Municipality, theirs)))
    return found


def as_on_disk(tree: Tree, path: str, text: str, like: str | None = None) -> Edit:
    """The edit that gives a file a text, with the line ends that it has; those of another when it is new.

    Raises UserError where the file no longer says what was read.
    """
    target = tree.root / path
    before = target.read_bytes() if target.exists() else None
    if (None if before is None else text_of(before)) != tree.texts.get(path):
        raise UserError("stop.changed-meanwhile", found=path)
    raw = (tree.root / like).read_bytes() if before is None and like else before or b""
    return Edit(path, before, (text.replace("\n", "\r\n") if b"\r\n" in raw else text).encode())


def write_edits(
    session: Session,
    edits: Sequence[Edit],
    dry_run: bool,
    force: bool,
    renamed: Mapping[str, str] | None = None,
    in_words: bool = False,
    agreed: Callable[[], bool] | None = None,
) -> bool:
    """Show edits and apply them; False when they make new errors, or somebody does not agree."""
    with at_work("work.checking"):
        found = preview_problems(_working(session), edits, date.today(), renamed or {})
    caused = replace(found, earlier=None)
    put(_in_words(session, edits) if in_words else told_edits(edits), None)
    if caused.problems:
        show_findings(
            caused, tree_after(session.tree, edits), problem_words(session.phrases.language), "table", None
        )
    if caused.failed() and not force:
        talk(session.phrases("talk.not-written"))
        return False
    if agreed and not dry_run and not agreed():
        talk(session.phrases("talk.left"))
        return False
    changing = [edit for edit in edits if edit.before != edit.after]
    if not dry_run and changing:
        apply(session.tree.root, changing, _what_is_done(changing, renamed or {}))
        for edit in changing:
            gone = edit.after is None
            talk(session.phrases.fill("talk.removed" if gone else "talk.written", {"found": edit.path}))
    return True


def _in_words(session: Session, edits: Sequence[Edit]) -> str:
    """What edits change in meaning, and all that a new record says, as it is told on the terminal."""
    phrases = session.phrases.with_topic("changes")
    after = load(tree_after(session.tree, edits)).base
    blocks = [*tell_changes(find_changes(session.loaded.base, after, session.day), phrases, False)]
    added = {edit.path for edit in edits if edit.before is None}
    for record in after.known.values():
        if after.paths[record.ref] in added:
            first, *others = tell_card(after, record, session.day, session.phrases)
            blocks += [replace(first, level=2) if isinstance(first, Heading) else first, *others]
    title = phrases("changes.to-be-written")
    told = written(Document(title, phrases.language, (Heading(title, 1), *blocks)), "table", None)
    return f"{told if isinstance(told, str) else told.decode()}\n"


def _what_is_done(edits: Sequence[Edit], renamed: Mapping[str, str]) -> str:
    """What a change does, for who finds it half done."""
    moves = (f"rename {old} → {new}" for new, old in renamed.items())
    return next(moves, ", ".join(edit.path for edit in edits[:2]))


def _working(session: Session) -> CachedFolder:
    """The data folder as it was read."""
    return session.working or CachedFolder(session.tree, session.loaded)
