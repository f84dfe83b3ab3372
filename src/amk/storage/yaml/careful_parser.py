"""A YAML text read with care: its plain data, each fault, and where each value stands."""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from amk.storage.yaml.causes import causes_of
from amk.storage.yaml.events import MAX_DEPTH, MAX_KEY, MAX_VALUES, events_of
from amk.values.control_characters import CONTROL_CHARACTERS
from amk.values.parsed import Fault, FieldPath, Parsed, Plain, Position

MAX_FAULTS = 100


def read_with_care(text: str) -> Parsed:
    """Read a document and note each fault."""
    builder = _Builder(noting=False)
    try:
        for event in events_of(text):
            if not builder.take(event):
                break
    except yaml.YAMLError:
        builder.faults.extend(causes_of(text))
    return Parsed(builder.root, tuple(builder.faults))


def positions_in(text: str) -> dict[FieldPath, Position]:
    """Where each key and each value stands; as far as the text can be read."""
    builder = _Builder(noting=True)
    try:
        for event in events_of(text):
            if not builder.take(event):
                break
    except yaml.YAMLError:
        pass
    return builder.positions


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being read."""

    holder: dict[str, Plain] | list[Plain]
    step: str | int = ""
    key: Event | None = None
    seen: set[str] = field(default_factory=set)


class _Builder:
    """Builds plain data from events, and notes each fault where it stands; where `noting`, everything."""

    def __init__(self, noting: bool) -> None:
        self._noting = noting
        self.root: Plain = None
        self.faults: list[Fault] = []
        self.positions: dict[FieldPath, Position] = {}
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
        if CONTROL_CHARACTERS.search(event.value):
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


def _code_point(text: str) -> str:
    found = CONTROL_CHARACTERS.search(text)
    return f"U+{ord(found.group()):04X}" if found else ""
