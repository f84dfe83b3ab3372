"""A sandbox for templates: which values they reach, and how much time, memory and text they may take.

Only here and in `templates.py`: jinja2.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter
from typing import Any

from jinja2 import StrictUndefined, UndefinedError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

SECONDS = 10.0
"""How long a template may take."""
MOST = 2_000_000
"""How many characters a template may give, and how large a value in it may grow."""
_DIGITS = 10_000
_MEMORY = 1 << 30

# Made for HTML, or different each time: the same data give the same text.
_LEFT_OUT = ("e", "escape", "forceescape", "pprint", "random", "striptags", "tojson", "urlize", "xmlattr")
_GLOBALS = ("lipsum",)


NOWHERE = missing
"""What a name is asked of that stands alone."""


class TooMuch(Exception):
    """A template takes more time, memory or text than any report needs."""


class Missing(Exception):
    """A template asks for something that is not there: its name, and what was asked for it."""

    def __init__(self, name: object, of: object) -> None:
        super().__init__(name)
        self.name = name
        self.of = of


class Signs(str):
    """A text whose signs are meant as Markdown."""

    __slots__ = ()


class _Nothing(StrictUndefined):
    """What is not there; using it raises Missing, which knows what was asked for it."""

    def __init__(
        self, hint: str | None = None, obj: Any = missing, name: str | None = None, exc: Any = UndefinedError
    ) -> None:
        if exc is UndefinedError and name is not None:
            exc = _missing(name, obj)
        super().__init__(hint, obj, name, exc)


def _missing(name: object, of: object) -> Callable[[object], Missing]:
    return lambda _: Missing(name, of)


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja in which a template sees plain data, and is stopped when it goes on and on."""

    intercepted_binops = frozenset(("*", "**", "+"))

    def __init__(self, filters: Mapping[str, Callable[..., Any]], told: Callable[[Any], str]) -> None:
        super().__init__(
            undefined=_Nothing,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=told,
            extensions=("jinja2.ext.do",),
        )
        for name in _LEFT_OUT:
            del self.filters[name]
        for name in _GLOBALS:
            del self.globals[name]
        self.filters.update({"safe": Signs, **filters})
        self.until = perf_counter() + SECONDS

    def tick(self) -> str:
        """Called at every turn of a loop and every call of a macro. Raises TooMuch once time is up."""
        if perf_counter() > self.until:
            raise TooMuch
        return ""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`record.items` is the field of that name, where there is one, and not what Python calls so."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic, but for numbers that have no end and texts that fill the memory."""
        if operator == "**" and _bits(left) * abs(_number(right)) > _DIGITS:
            raise TooMuch
        if operator == "*" and (
            _size(left) * _number(right) > MOST
            or _size(right) * _number(left) > MOST
            or _bits(left) + _bits(right) > _DIGITS
        ):
            raise TooMuch
        if operator == "+" and _size(left) + _size(right) > MOST:
            raise TooMuch
        return super().call_binop(context, operator, left, right)


def with_ticks(tree: nodes.Template, sandbox: Sandbox) -> nodes.Template:
    """A template that looks at the clock at every turn of a loop and every call of a macro."""
    repeated: tuple[type[Any], ...] = (nodes.For, nodes.Macro, nodes.CallBlock)
    for node in tree.find_all(repeated):
        look = nodes.Call(nodes.EnvironmentAttribute("tick"), [], [], None, None)
        node.body.insert(0, nodes.Output([look], lineno=node.lineno))
    tree.set_environment(sandbox)
    return tree


@contextmanager
def little_memory() -> Iterator[None]:
    """No more memory than any report needs, on systems that keep count of it."""
    if sys.platform != "linux":
        yield
        return
    import resource
    from pathlib import Path

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    before = resource.getrlimit(resource.RLIMIT_AS)
    limit = pages * resource.getpagesize() + _MEMORY
    if before[0] != resource.RLIM_INFINITY:
        limit = min(limit, before[0])
    resource.setrlimit(resource.RLIMIT_AS, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def _size(value: Any) -> int:
    return len(value) if isinstance(value, str | list | tuple) else 0


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _bits(value: Any) -> int:
    return value.bit_length() if isinstance(value, int) else 0
