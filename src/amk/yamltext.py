"""YAML text to plain data with positions. Only here: yaml.

Every scalar stays text: YAML 1.1 would read `no` as false, `12:30` as 750 and `2020-11` as a
sum. Records type their own fields. Anchors, aliases, tags and endless nesting are refused, so
that a file says what it shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from amk.steering import STEERING
from amk.values import Value
from amk.yamlplain import read_plainly

MAX_DEPTH = 50
MAX_VALUES = 20_000
MAX_FAULTS = 100
MAX_KEY = 1024
"""As many characters as YAML itself allows a key that is written without `?`."""

MAX_TAGS = 20
"""How often `%TAG` may occur: libyaml compares each with all before it."""

Plain = Any
"""Text, None for a key without a value, a list of plain data or a dict from text to plain data."""

Path = tuple[str | int, ...]
"""The way to a value inside a file: keys, and positions in lists counted from 0."""

# libyaml's parser is thirty times as fast; PyYAML lacks it where it was built without.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BOUNDS = (StreamStartEvent, DocumentStartEvent, DocumentEndEvent)
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, eq=False, repr=False)
class Fault(Value):
    """What is wrong with a YAML text: a code of `problems`, where it stands, and what is there.

    Lines and columns count from 1, columns in characters.
    """

    code: str
    line: int
    column: int
    path: Path = ()
    found: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class Parsed(Value):
    """The plain data of a YAML text, as far as it could be read, and its faults."""

    data: Plain
    faults: tuple[Fault, ...]


@dataclass(frozen=True, eq=False, repr=False)
class Position(Value):
    """Where a key and its value begin; for an item of a list the two are one."""

    key: tuple[int, int]
    value: tuple[int, int]


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being read."""

    holder: dict[str, Plain] | list[Plain]
    step: str | int = ""
    key: Event | None = None
    seen: set[str] = field(default_factory=set)


def parse_yaml(text: str) -> Parsed:
    """Read one YAML document."""
    refused = _refused(text)
    if refused:
        return Parsed(None, (refused,))
    plain = _read_at_once(text)
    return Parsed(plain, ()) if plain is not None else _read_with_care(text)


def _read_with_care(text: str) -> Parsed:
    """Read a document and note each fault."""
    builder = _Builder(noting=False)
    try:
        for event in events_of(text):
            if not builder.take(event):
                break
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        builder.faults.append(_refusal(line, column, str(error.problem or "")))
    except yaml.YAMLError as error:
        builder.faults.append(Fault("YAML001", 1, 1, (), str(error)))
    return Parsed(builder.root, tuple(builder.faults))


def _read_at_once(text: str) -> dict[str, Plain] | None:
    """The plain data of a mapping in which nothing is out of the ordinary; None to look with care.

    What most texts are, in a third of the time that noting faults takes; or a tenth, as they are
    mostly written.
    """
    with_feeds = text.replace("\r\n", "\n")
    if STEERING.search(with_feeds):
        return None
    plain = read_plainly(with_feeds)
    if plain is not None:
        return plain
    loader = _Loader(text)
    try:
        return _plain(loader.get_event)
    except yaml.YAMLError:
        return None
    finally:
        loader.dispose()


def _plain(next_event: Callable[[], Any]) -> dict[str, Plain] | None:
    """One loop without calls: it runs for every key and value of every file."""
    around: list[Any] = []
    root: list[Any] = []
    inside: Any = root
    key: str | None = None
    for _ in range(MAX_VALUES):
        event = next_event()
        kind = type(event)
        if kind is ScalarEvent:
            value = event.value
            if event.anchor or event.tag or not value or (event.style == '"' and STEERING.search(value)):
                return None
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            value = {} if kind is MappingStartEvent else []
            if event.anchor or event.tag or len(around) >= MAX_DEPTH:
                return None
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            inside = around.pop()
            continue
        elif kind is StreamEndEvent:
            return root[0] if len(root) == 1 and type(root[0]) is dict else None
        elif kind in _BOUNDS:
            continue
        else:
            return None
        if type(inside) is list:
            inside.append(value)
        elif key is None:
            if kind is not ScalarEvent or value in inside or len(value) > MAX_KEY:
                return None
            key = value
            continue
        else:
            inside[key] = value
            key = None
        if kind is not ScalarEvent:
            around.append(inside)
            inside = value
    return None


def find_positions(text: str) -> dict[Path, Position]:
    """Where each key and each value of a YAML text stands; as far as the text can be read."""
    if _refused(text):
        return {}
    builder = _Builder(noting=True)
    try:
        for event in events_of(text):
            if not builder.take(event):
                break
    except yaml.YAMLError:
        pass
    return builder.positions


def _refused(text: str) -> Fault | None:
    """What keeps a text from the parser altogether."""
    bad = _UNPRINTABLE.search(text)
    if bad:
        return Fault("YAML008", *_place(text, bad.start()), (), f"U+{ord(bad.group()):04X}")
    if text.count("%TAG") > MAX_TAGS:
        return Fault("YAML003", *_place(text, text.index("%TAG")), (), "%TAG")
    return None


def events_of(text: str) -> Iterator[Event]:
    """What the parser meets in a text, one after the other. Raises yaml.YAMLError where it cannot go on."""
    loader = _Loader(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


def _refusal(line: int, column: int, problem: str) -> Fault:
    """What the parser itself refused; newer ones refuse deep nesting before we see it."""
    too_deep = "nesting depth" in problem
    return Fault("YAML004" if too_deep else "YAML001", line, column, (), "" if too_deep else problem)


class _Builder:
    """Builds plain data from events, and notes each fault where it stands; where `noting`, everything."""

    def __init__(self, noting: bool) -> None:
        self._noting = noting
        self.root: Plain = None
        self.faults: list[Fault] = []
        self.positions: dict[Path, Position] = {}
        self._open: list[_Open] = []
        self._documents = 0
        self._values = 0

    def take(self, event: Event) -> bool:
        """Take in one event; False when reading on has no use."""
        return self._has_room(event) and self._take(event)

    def _has_room(self, event: Event) -> bool:
        """Whether the text stays within bounds that no record comes near."""
        self._values += 1
        too_many = "values" if self._values > MAX_VALUES else ""
        if len(self.faults) >= MAX_FAULTS:
            too_many = "faults"
        if too_many:
            self._fault("YAML010", event, f"many-{too_many}")
        return not too_many

    def _take(self, event: Event) -> bool:
        match event:
            case ScalarEvent():
                return self._scalar(event)
            case MappingStartEvent():
                return self._start(event, {})
            case SequenceStartEvent():
                return self._start(event, [])
            case MappingEndEvent() | SequenceEndEvent():
                self._open.pop()
            case AliasEvent():
                self._fault("YAML003", event, f"*{event.anchor}")
                self._put(event, None)
            case DocumentStartEvent():
                return self._document(event)
        return True

    def _document(self, event: Event) -> bool:
        self._documents += 1
        if self._documents > 1:
            self._fault("YAML006", event)
        return self._documents == 1

    def _scalar(self, event: ScalarEvent) -> bool:
        self._refuse_marks(event)
        if self._expects_key() and len(event.value) > MAX_KEY:
            self._fault("YAML005", event)
            return False
        if STEERING.search(event.value):
            self._fault("YAML008", event, _code_point(event.value))
        plain_and_empty = event.value == "" and not event.style
        self._put(event, None if plain_and_empty else event.value)
        return True

    def _start(self, event: MappingStartEvent | SequenceStartEvent, holder: Plain) -> bool:
        self._refuse_marks(event)
        if len(self._open) >= MAX_DEPTH:
            self._fault("YAML004", event)
            return False
        if self._expects_key():
            self._fault("YAML005", event)
            return False
        self._put(event, holder)
        self._open.append(_Open(holder))
        return True

    def _refuse_marks(self, event: ScalarEvent | MappingStartEvent | SequenceStartEvent) -> None:
        if event.anchor:
            self._fault("YAML003", event, f"&{event.anchor}")
        if event.tag:
            self._fault("YAML003", event, event.tag)

    def _put(self, event: Event, value: Plain) -> None:
        if not self._open:
            self.root = value
            self._note(event, event)
            return
        inside = self._open[-1]
        if isinstance(inside.holder, list):
            inside.step = len(inside.holder)
            self._note(event, event)
            inside.holder.append(value)
            self._refuse_empty(event, value, event)
        elif inside.key is None:
            self._put_key(event, value, inside)
        else:
            self._note(inside.key, event)
            inside.holder.setdefault(str(inside.step), value)
            self._refuse_empty(inside.key, value, event)
            inside.key = None

    def _expects_key(self) -> bool:
        inside = self._open[-1] if self._open else None
        return inside is not None and isinstance(inside.holder, dict) and inside.key is None

    def _refuse_empty(self, at: Event, value: Plain, event: Event) -> None:
        if value is None and isinstance(event, ScalarEvent):
            self._fault("YAML007", at, str(self._open[-1].step))

    def _put_key(self, event: Event, value: Plain, inside: _Open) -> None:
        key = value or ""
        if not key:
            self._fault("YAML005", event)
        inside.step, inside.key = key, event
        if key in inside.seen:
            self._fault("YAML002", event, key)
        inside.seen.add(key)

    def _note(self, key: Event, value: Event) -> None:
        if not self._noting:
            return
        path = tuple(level.step for level in self._open)
        self.positions.setdefault(path, Position(_mark(key), _mark(value)))

    def _fault(self, code: str, event: Event, found: str = "") -> None:
        line, column = _mark(event)
        path = tuple(level.step for level in self._open)
        self.faults.append(Fault(code, line, column, path, found))


def _mark(event: Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _place(text: str, index: int) -> tuple[int, int]:
    before = text[:index]
    return before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1


def _code_point(text: str) -> str:
    found = STEERING.search(text)
    return f"U+{ord(found.group()):04X}" if found else ""


_CORE = re.compile(r"[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)")


def reads_as_text(text: str) -> bool:
    """Whether an unquoted value is a text to every reader: YAML 1.1 (`no`, `12:30`) and 1.2 (`1e3`)."""
    resolver = yaml.SafeLoader.yaml_implicit_resolvers
    candidates = (*resolver.get(text[:1], ()), *resolver.get(None, ()))
    return not (_CORE.fullmatch(text) or any(pattern.match(text) for _, pattern in candidates))
