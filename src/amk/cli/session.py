"""Opening a knowledge base for a command: which folder, which day, which language."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from amk.cache.data_folder import CachedFolder, read_anew, read_cached
from amk.cache.revisions import digest_of, load_cached
from amk.cli.messages import sentence, talk
from amk.cli.progress import at_work
from amk.language import Phrases, phrases_in
from amk.language.typed_dates import as_edtf
from amk.model.filters import Filters
from amk.model.former_ids import redirected
from amk.model.knowledge_base import KnowledgeBase
from amk.model.validity import as_of
from amk.storage.data_folder import MANIFEST, Tree, find_root, is_dirty, shipped_root, working_tree
from amk.storage.loaded import LoadResult
from amk.storage.revisions import Commit, find_commit, tree_at
from amk.values.dates import Date, NotADate, parse_date
from amk.values.errors import UserError
from amk.values.frozen import frozen


@frozen
class Session:
    """A knowledge base as a command wants it: narrowed to a day if one was asked for.

    `day` is the day that questions which need one are asked for: the day asked for, else today.
    `commit` is the revision asked for; without one, the files as they stand. `revision` are the words for
    it where many answers need them; without these, each asks git.
    """

    base: KnowledgeBase
    tree: Tree
    phrases: Phrases
    day: date
    asked_day: bool
    loaded: LoadResult
    commit: Commit | None = None
    working: CachedFolder | None = None
    revision: str | None = None

    def as_asked(self) -> Session:
        """The same, narrowed to its day where a day was asked for."""
        return self.on_the_day() if self.asked_day else self

    def area(self, filters: Filters) -> str:
        """What an answer is about: the municipality or the regions asked for, else the home region."""
        if filters.municipality:
            return self.base.name(f"municipality/{filters.municipality}")
        home = self.base.home
        asked = self.phrases.listing(self.base.name(f"region/{id}") for id in filters.regions)
        return asked or (home.name if home else self.tree.root.name)

    def texts(self) -> Mapping[str, str]:
        """The texts of the revision asked for, or of the files as they stand."""
        return tree_at(self.tree.root, self.commit).texts if self.commit else self.tree.texts

    def content(self) -> str:
        """What stands for the texts that were read: a digest, known already where they are kept."""
        if self.commit:
            return f"commit {self.commit.id} {self.tree.root.resolve()}"
        store = self.working.store if self.working else None
        known = store.made("content") if store else None
        return known.decode() if known else digest_of(self.tree)

    @property
    def subject(self) -> str:
        """What the knowledge base is about."""
        return self.base.manifest.subject.in_language(self.phrases.language)

    def on_the_day(self) -> Session:
        """The same with a base narrowed to its day, for questions that always need one."""
        return replace(self, base=as_of(self.base, self.day))

    def titled(self, title: str) -> str:
        """A title with the day and the revision that were asked for."""
        if self.asked_day:
            title = self.phrases("title.as-of", title=title, day=self.phrases.day(self.day))
        if self.commit:
            day = self.phrases.day(self.commit.day)
            title = self.phrases("title.at", title=title, id=self.commit.short, day=day)
        return title


@frozen
class DataFolder:
    """The data folder a command works on, and whether it is the one that came with amk."""

    root: Path
    shipped: bool


def find_folder(data: Path | None) -> DataFolder:
    """The data folder a command works on: the one named, the nearest upwards, or the one of amk."""
    root = find_root(data, Path.cwd())
    return DataFolder(root, data is None and root == shipped_root() and not _here(root))


def open_tree(folder: DataFolder) -> Tree:
    """The texts of a data folder."""
    return working_tree(folder.root, folder.shipped)


def open_cached(folder: DataFolder, kept: bool = True) -> CachedFolder:
    """A data folder, read; `kept` where what was read before may be believed."""
    if not kept:
        return read_anew(folder.root, folder.shipped)
    return read_cached(folder.root, folder.shipped, _cores())


def refuse_shipped(folder: DataFolder) -> None:
    """Raises UserError where what a command would write in is the knowledge base that came with amk."""
    if folder.shipped:
        raise UserError("stop.shipped-is-kept", folder=str(folder.root))


def require_own(folder: DataFolder) -> None:
    """Raises UserError where there is no knowledge base but the one that came with amk."""
    if folder.shipped:
        raise UserError("stop.no-own-base")


def _cores() -> int:
    """How many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def open_session(
    folder: DataFolder,
    lang: str | None = None,
    at: str | None = None,
    day: str | None = None,
    kept: bool = True,
) -> Session:
    """Read a data folder, as it stands or at a revision; on stderr, what a user should know of it.

    Its base has all that is known; `day` is today's where none is given. `kept` is whether what was read
    before may be believed: what is to be written never starts from it.
    """
    with at_work("work.reading"):
        working = open_cached(folder, kept)
        tree = working.tree
        commit = find_commit(tree.root, at) if at else None
        loaded = load_at(tree.root, commit) if commit else working.loaded
    phrases = phrases_in(lang or loaded.base.manifest.language)
    tell_interrupted(tree.root, phrases)
    _talk_of(working, commit, loaded, phrases)
    when = a_day(day) if day else date.today()
    return Session(redirected(loaded.base), tree, phrases, when, False, loaded, commit, working)


def tell_interrupted(root: Path, phrases: Phrases) -> bool:
    """Tell on stderr of a change that was interrupted; whether there is one. Reading never finishes it."""
    from amk.storage.journal import find_interrupted

    try:
        found = find_interrupted(root)
    except UserError as stop:
        # A journal that cannot be believed is told and left where it is: reading goes on.
        talk(sentence(stop))
        return True
    if found:
        told = {"what": found.what, "done": str(found.done), "total": str(len(found.edits))}
        talk(phrases.fill("talk.interrupted", {**told, "since": found.since.replace("T", " ")}))
    return found is not None


def load_at(root: Path, commit: Commit) -> LoadResult:
    """What a data folder held at a commit. Raises UserError when it was of another schema."""
    with at_work("work.reading"):
        loaded = load_cached(tree_at(root, commit))
    for problem in loaded.problems:
        if (problem.path, problem.field_path) == (MANIFEST, ("schema",)):
            raise UserError("stop.schema", revision=commit.short, found=problem.values.get("found", ""))
    return loaded


def _talk_of(working: CachedFolder, commit: Commit | None, loaded: LoadResult, phrases: Phrases) -> None:
    tree = working.tree
    if tree.shipped:
        talk(phrases("talk.shipped", folder=str(tree.root)))
    if commit and is_dirty(tree.root, working.blobs()):
        talk(phrases("talk.dirty", revision=commit.short))
    wrong = {problem.path for problem in loaded.problems if problem.severity == "error"}
    partly = wrong & {MANIFEST, *(loaded.base.paths[ref] for ref in loaded.base.incomplete)}
    absent = sum(left.reason == "not-checked-out" for left in tree.unreadable.values())
    if absent:
        talk(phrases("talk.not-checked-out", count=absent))
    if len(wrong - partly) > absent:
        talk(phrases("talk.broken", count=len(wrong - partly) - absent))
    if partly:
        talk(phrases("talk.incomplete", count=len(partly)))


def a_day(text: str) -> date:
    """A day that a user typed; the last day of a year or a month. Raises UserError for anything else."""
    when = a_date(text, "stop.no-day")
    if when.is_interval:
        raise UserError("stop.no-day", found=text)
    return when.latest


def a_date(text: str, phrase: str = "stop.no-date") -> Date:
    """A date that a user typed. Raises UserError for anything else."""
    try:
        return parse_date(as_edtf(text))
    except NotADate as error:
        raise UserError(phrase, found=text) from error


def _here(root: Path) -> bool:
    """Whether the working folder lies in the checkout that holds the data."""
    return Path.cwd().is_relative_to(root.parent)
