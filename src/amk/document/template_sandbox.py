"""A sandbox for templates: which values they reach, and how much time, memory and text they may take.

Only here and in `templates.py`: jinja2.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from time import perf_counter
from typing import Any

from jinja2 import StrictUndefined, UndefinedError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

SECONDS = 10.0
"""How long a template may take."""
MOST = 2_000_000
"""How many characters a template may give, and how large a value in it may grow."""
WIDEST = 10_000
"""How wide a text may be made, and into how many pieces something may be cut."""
_DIGITS = 10_000
_WIDTH = re.compile(r"\d{5,}|\*|\{[^{}]*\{")
"""In a pattern for texts: a width of five digits, or one that comes from elsewhere."""
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

    intercepted_binops = frozenset(("*", "**", "+", "%"))

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
        for name, made in list(self.filters.items()):
            self.filters[name] = _bounded(name, made)
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

    def call(self, context: Any, function: Any, /, *given: Any, **named: Any) -> Any:  # noqa: D102
        if isinstance(getattr(function, "__self__", None), str | bytes | int):
            _check(getattr(function, "__name__", ""), (function.__self__, *given), named)
        return super().call(context, function, *given, **named)

    def wrap_str_format(self, value: Any) -> Callable[..., Any] | None:
        """`format` of a text, as the sandbox allows it, and no wider than any report needs."""
        allowed = super().wrap_str_format(value)
        if allowed is None:
            return None

        def bounded(*given: Any, **named: Any) -> Any:
            _check("format", (value.__self__, *given), named)
            return allowed(*given, **named)

        return bounded

    def joined(self, *pieces: Any) -> str:
        """What `~` gives. Raises TooMuch where that is too long."""
        told = [str(piece) for piece in pieces]
        if sum(map(len, told)) > MOST:
            raise TooMuch
        return "".join(told)

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
        if operator == "%" and isinstance(left, str):
            _check("format", (left, right), {})
        if operator == "+" and _size(left) + _size(right) > MOST:
            raise TooMuch
        return super().call_binop(context, operator, left, right)


def with_ticks(tree: nodes.Template, sandbox: Sandbox) -> nodes.Template:
    """A template that looks at the clock at every turn of a loop and every call of a macro.

    And that looks how long a text is before it is put together.
    """
    repeated: tuple[type[Any], ...] = (nodes.For, nodes.Macro, nodes.CallBlock)
    for node in tree.find_all(repeated):
        look = nodes.Call(nodes.EnvironmentAttribute("tick"), [], [], None, None)
        node.body.insert(0, nodes.Output([look], lineno=node.lineno))
    for put_together in list(tree.find_all(nodes.Concat)):
        put_together.nodes = [
            nodes.Call(nodes.EnvironmentAttribute("joined"), put_together.nodes, [], None, None)
        ]
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


def _bounded(name: str, filled: Callable[..., Any]) -> Callable[..., Any]:
    """A filter of Jinja's that looks first how much it would give."""

    @wraps(filled)
    def bounded(*given: Any, **named: Any) -> Any:
        held = given[1:] if getattr(filled, "jinja_pass_arg", None) else given
        _check(name, held, named)
        return filled(*given, **named)

    return bounded


def _check(name: str, given: Sequence[Any], named: Mapping[str, Any]) -> None:
    """Raises TooMuch where a filter or a method of a text would give more than any report needs."""
    value, others = (given[0] if given else None), [*given[1:], *named.values()]
    if any(isinstance(other, int) and abs(other) > WIDEST for other in others):
        raise TooMuch
    if name in ("format", "format_map") and isinstance(value, str) and _WIDTH.search(value):
        raise TooMuch
    if name in _GROWING and _grown(name, value, others) > MOST:
        raise TooMuch


_GROWING = ("join", "replace", "indent", "expandtabs", "translate", "wordwrap")


def _grown(name: str, value: Any, others: Sequence[Any]) -> int:
    """How long a text would become, or a little more."""
    if name == "replace" and isinstance(value, str) and len(others) > 1:
        return len(value) + value.count(str(others[0])) * _size(others[1])
    if name == "join":
        pieces = next((held for held in (value, *others) if isinstance(held, list | tuple)), ())
        between = value if isinstance(value, str) else next(iter(others), "")
        return sum(map(_size, pieces)) + len(pieces) * _size(between)
    if not isinstance(value, str):
        return 0
    held = [*others, *(each for other in others if isinstance(other, dict) for each in other.values())]
    widest = max((each if isinstance(each, int) else _size(each) for each in held), default=8)
    repeated = {"indent": value.count("\n"), "expandtabs": value.count("\t")}.get(name, len(value))
    return len(value) + (repeated + 1) * widest


def _size(value: Any) -> int:
    return len(value) if isinstance(value, str | list | tuple) else 0


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _bits(value: Any) -> int:
    return value.bit_length() if isinstance(value, int) else 0
