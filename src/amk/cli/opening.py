"""Opening a knowledge base for a command: which folder, which day, which language."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from amk.cli.progress import at_work
from amk.cli.telling import talk
from amk.dates import Date, NotADate, parse_date
from amk.errors import Stop
from amk.holding import as_of
from amk.kept.trees import digest_of, load_kept
from amk.kept.working import Working, read_anew, read_working
from amk.knowledge import KnowledgeBase, folded
from amk.language import Say, say_in
from amk.loaded import Loaded
from amk.nearest import nearest
from amk.query import Filters, find_by_name, nearest_names
from amk.records import AnyRecord, Municipality, Region
from amk.revisions import Commit, find_commit, tree_at
from amk.tree import MANIFEST, Tree, find_root, is_dirty, shipped_root, working_tree
from amk.values import Value


@dataclass(frozen=True, eq=False, repr=False)
class Opened(Value):
    """A knowledge base as a command wants it: narrowed to a day if one was asked for.

    `day` is the day that questions which need one are asked for: the day asked for, else today.
    `commit` is the revision asked for; without one, the files as they stand.
    """

    base: KnowledgeBase
    tree: Tree
    say: Say
    day: date
    asked_day: bool
    loaded: Loaded
    commit: Commit | None = None
    working: Working | None = None

    def area(self, filters: Filters) -> str:
        """The name of what an answer is about: the municipality or region asked for, else the home region."""
        if filters.municipality:
            return self.base.name(f"municipality/{filters.municipality}")
        home = self.base.home
        asked = self.base.name(f"region/{filters.region}") if filters.region else ""
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

    def told(self, filters: Filters) -> dict[str, str | None]:
        """The region and the municipality asked for, by name."""
        base = self.base
        return {
            "region": base.name(f"region/{filters.region}") if filters.region else None,
            "municipality": base.name(f"municipality/{filters.municipality}")
            if filters.municipality
            else None,
        }

    def titled(self, title: str) -> str:
        """A title with the day and the revision that were asked for."""
        if self.asked_day:
            title = self.say("title.as-of", title=title, day=self.say.day(self.day))
        if self.commit:
            day = self.say.day(self.commit.day)
            title = self.say("title.at", title=title, id=self.commit.short, day=day)
        return title


def open_tree(data: Path | None) -> Tree:
    """The texts of the data folder a command works on."""
    return working_tree(*_root(data))


def open_working(data: Path | None, kept: bool = True) -> Working:
    """The data folder a command works on, read; `kept` where what was read before may be believed."""
    return read_working(*_root(data), _cores()) if kept else read_anew(*_root(data))


def refuse_shipped(data: Path | None) -> None:
    """Raises Stop where what a command would write in is the knowledge base that came with amk."""
    root, shipped = _root(data)
    if shipped:
        raise Stop("stop.shipped-is-kept", folder=str(root))


def _cores() -> int:
    """How many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _root(data: Path | None) -> tuple[Path, bool]:
    """The data folder a command works on, and whether it is the one that came with amk."""
    root = find_root(data, Path.cwd())
    return root, data is None and root == shipped_root() and not _here(root)


def opened(
    data: Path | None,
    day: str | None = None,
    today: str | None = None,
    lang: str | None = None,
    at: str | None = None,
    kept: bool = True,
) -> Opened:
    """Read the data folder, as it stands or at a revision; on stderr, what a user should know of it.

    `kept` is whether what was read before may be believed: what is to be written never starts from it.
    """
    finished = _finish_interrupted(data)
    with at_work("work.reading"):
        working = open_working(data, kept)
        tree = working.tree
        commit = find_commit(tree.root, at) if at else None
        loaded = load_at(tree.root, commit) if commit else working.loaded
    say = say_in(lang or loaded.base.manifest.language)
    if finished:
        talk(say("talk.finished"))
    _talk_of(working, commit, loaded, say)
    asked = day or today
    when = a_day(asked) if asked else date.today()
    base = as_of(loaded.base, when) if day else loaded.base
    return Opened(base, tree, say, when, day is not None, loaded, commit, working)


def _finish_interrupted(data: Path | None) -> bool:
    """Finish what an amk that was interrupted left half written; whether there was anything."""
    from amk.edits import finish_interrupted

    return finish_interrupted(find_root(data, Path.cwd()))


def load_at(root: Path, commit: Commit) -> Loaded:
    """What a data folder held at a commit. Raises Stop when it was of another schema."""
    with at_work("work.reading"):
        loaded = load_kept(tree_at(root, commit))
    for problem in loaded.problems:
        if (problem.path, problem.way) == (MANIFEST, ("schema",)):
            raise Stop("stop.schema", revision=commit.short, found=problem.values.get("found", ""))
    return loaded


def _talk_of(working: Working, commit: Commit | None, loaded: Loaded, say: Say) -> None:
    tree = working.tree
    if tree.shipped:
        talk(say("talk.shipped", folder=str(tree.root)))
    if commit and is_dirty(tree.root, working.blobs()):
        talk(say("talk.dirty", revision=commit.short))
    broken = {problem.path for problem in loaded.problems if problem.severity == "error"}
    if broken:
        talk(say("talk.broken", count=len(broken)))


def a_day(text: str) -> date:
    """A day that a user typed; the last day of a year or a month. Raises Stop for anything else."""
    when = a_date(text, "stop.no-day")
    if when.is_interval:
        raise Stop("stop.no-day", found=text)
    return when.latest


def a_date(text: str, phrase: str = "stop.no-date") -> Date:
    """A date that a user typed. Raises Stop for anything else."""
    try:
        return parse_date(text)
    except NotADate as error:
        raise Stop(phrase, found=text) from error


def named(opened: Opened, text: str, kinds: tuple[type[AnyRecord], ...], phrase: str) -> AnyRecord:
    """The one record of these kinds that goes by a name.

    A name that several kinds share means the municipality, and stderr names the others.
    Raises Stop, with the nearest names, when nothing goes by it.
    """
    found = find_by_name(opened.base, text, kinds)
    if not found:
        near = nearest_names(opened.loaded.base, text, kinds)
        raise Stop(phrase, found=text, nearest=near_told(opened.say, near))
    chosen = next((r for r in found if isinstance(r, Municipality)), found[0])
    others = [record.ref for record in found if record is not chosen]
    if others:
        talk(opened.say("talk.others", found=text, others=opened.say.listing(others), shown=chosen.ref))
    return chosen


def named_region(opened: Opened, text: str | None) -> str | None:
    """The id of the region that goes by a name."""
    return named(opened, text, (Region,), "stop.no-region").id if text else None


def named_municipality(opened: Opened, text: str | None) -> str | None:
    """The id of the municipality that goes by a name."""
    return named(opened, text, (Municipality,), "stop.no-municipality").id if text else None


def a_code(opened: Opened, vocabulary: str, text: str | None) -> str | None:
    """A code of a vocabulary, by the code or by its label. Raises Stop for one it does not list."""
    if text is None:
        return None
    known = [c for (v, _), c in opened.base.concepts.items() if v == vocabulary]
    by_word = {folded(w): c.code for c in known for w in (c.code, *(t for _, t in c.labels.by_language))}
    if folded(text) in by_word:
        return by_word[folded(text)]
    near = by_word.get(nearest(folded(text), by_word), "")
    codes = ", ".join(c.code for c in known)
    raise Stop("stop.no-code", found=text, vocabulary=vocabulary, nearest=near, known=codes)


def near_told(say: Say, near: Iterable[str]) -> str:
    """The nearest names as the end of a sentence; nothing when there are none."""
    names = list(near)
    return say("nearest", nearest=", ".join(names)) if names else ""


def _here(root: Path) -> bool:
    """Whether the working folder lies in the checkout that holds the data."""
    return Path.cwd().is_relative_to(root.parent)


def paths_below(tree: Tree, paths: Sequence[Path]) -> frozenset[str]:
    """The paths named, as paths below the data folder; none when they are all there is.

    Raises Stop for one outside it.
    """
    known = (*tree.texts, *tree.unreadable)
    found: set[str] = set()
    for path in paths:
        inside = _below(tree.root, path)
        named = [k for k in known if inside in (".", k) or k.startswith(f"{inside}/")]
        if not named:
            raise Stop("stop.no-path", found=str(path), folder=str(tree.root))
        found.update(named)
    return frozenset(found) if len(found) < len(known) else frozenset()


def _below(root: Path, path: Path) -> str:
    here, base = Path(os.path.realpath(path)), Path(os.path.realpath(root))
    if here == base.parent:
        return "."
    return here.relative_to(base).as_posix() if here.is_relative_to(base) else "?"
