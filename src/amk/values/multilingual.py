"""Words that a record says in one language or in several."""

from __future__ import annotations

from typing import Any

from amk.values.frozen import frozen


def language_order(language: str) -> tuple[bool, bool, str]:
    """The order in which a text has its languages: Dutch, English, then any other by its code."""
    return language != "nl", language != "en", language


@frozen
class Multilingual:
    """A text as the record has it: plain, or once per language (`nl`, `en`, …)."""

    plain: str | None = None
    by_language: tuple[tuple[str, str], ...] = ()

    def in_language(self, language: str) -> str:
        """The text in this language, else the plain text, else the first language there is."""
        said = dict(self.by_language)
        return said.get(language) or self.plain or next(iter(said.values()), "")

    @property
    def languages(self) -> frozenset[str]:
        """The languages this text is given in; none when it is plain."""
        return frozenset(language for language, _ in self.by_language)

    def __str__(self) -> str:
        return self.in_language("nl")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from pydantic_core import PydanticCustomError, core_schema

        def from_plain(value: object) -> Multilingual:
            if isinstance(value, str):
                return Multilingual(value)
            if isinstance(value, Multilingual):
                return value
            if isinstance(value, dict) and value and all(map(_is_language, value, value.values())):
                return Multilingual(None, tuple(value.items()))
            raise PydanticCustomError("words", "text, or text per language")

        return core_schema.no_info_plain_validator_function(from_plain)


def _is_language(code: object, text: object) -> bool:
    return isinstance(text, str) and isinstance(code, str) and len(code) == 2 and code.islower()
