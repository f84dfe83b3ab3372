"""Frozen values: alike when they hold alike."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["frozen"]

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass as frozen
else:

    def frozen(cls: type[Any] | None = None, *, kw_only: bool = False) -> Any:
        """A frozen dataclass that shares the methods which dataclasses would compile anew for each class."""
        if cls is None:
            return lambda decorated: frozen(decorated, kw_only=kw_only)
        cls.__eq__, cls.__hash__, cls.__repr__ = _equal, _hashed, _shown
        return dataclass(frozen=True, eq=False, repr=False, kw_only=kw_only)(cls)


def _equal(self: Any, other: Any) -> Any:
    if type(self) is not type(other):
        return NotImplemented
    held = _holding(self.__class__)
    return held(self) == held(other)


def _hashed(self: Any) -> int:
    return hash(_holding(self.__class__)(self))


def _shown(self: Any) -> str:
    held = ", ".join(f"{name}={getattr(self, name)!r}" for name in _names(self.__class__))
    return f"{self.__class__.__qualname__}({held})"


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _holding(kind: Any) -> Callable[[Any], Any]:
    names = _names(kind)
    return attrgetter(*names) if names else lambda value: ()
