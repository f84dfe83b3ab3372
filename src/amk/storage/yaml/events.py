"""YAML as the parser tells it, event by event. Only here, in `yamlfaults` and in `yamlpieces`: yaml."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml
from yaml.events import (
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

from amk.values.control_characters import CONTROL_CHARACTERS
from amk.values.parsed import Plain

MAX_DEPTH = 50
MAX_VALUES = 20_000
MAX_KEY = 1024
"""As many characters as YAML itself allows a key that is written without `?`."""

# libyaml's parser is thirty times as fast; PyYAML lacks it where it was built without.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BOUNDS = (StreamStartEvent, DocumentStartEvent, DocumentEndEvent)


def events_of(text: str) -> Iterator[Event]:
    """What the parser meets in a text, one after the other. Raises yaml.YAMLError where it cannot go on."""
    loader = _Loader(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


def read_at_once(text: str) -> dict[str, Plain] | None:
    """The plain data of a mapping in which nothing is out of the ordinary; None to look with care.

    In a third of the time that noting faults takes.
    """
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
            if (
                event.anchor
                or event.tag
                or not value
                or (event.style == '"' and CONTROL_CHARACTERS.search(value))
            ):
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


_CORE = re.compile(r"[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)")


def reads_as_text(text: str) -> bool:
    """Whether an unquoted value is a text to every reader: YAML 1.1 (`no`, `12:30`) and 1.2 (`1e3`)."""
    resolver = yaml.SafeLoader.yaml_implicit_resolvers
    candidates = (*resolver.get(text[:1], ()), *resolver.get(None, ()))
    return not (_CORE.fullmatch(text) or any(pattern.match(text) for _, pattern in candidates))
