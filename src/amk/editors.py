"""Editors: which schema belongs to which files, and how to tell them without losing a setting.

The yaml-language-server, which validates YAML in VS Code and in other editors, reads the setting
`yaml.schemas`: from the address of a schema to the files it holds for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from amk.records import KINDS
from amk.schema import MANIFEST_KIND
from amk.tree import MANIFEST

SCHEMAS_FOLDER = ".amk/schemas"
SETTINGS, EXTENSIONS = ".vscode/settings.json", ".vscode/extensions.json"
SETTING = "yaml.schemas"

_COMMENT = re.compile(r'("(?:\\.|[^"\\])*")|//[^\r\n]*|/\*.*?\*/', re.DOTALL)
_LAST_COMMA = re.compile(r'("(?:\\.|[^"\\])*")|,(?=\s*[}\]])')
_INDENT = re.compile(r'\n([ \t]+)"')


class NotMergeable(ValueError):
    """The settings cannot be added to without a risk to what is there."""


def schema_globs(prefix: str) -> dict[str, str]:
    """The setting: each schema with the files it holds for; `prefix` leads to the data folder."""
    kinds = {kind.kind: f"{prefix}{kind.folder}/*.yaml" for kind in KINDS} | {
        MANIFEST_KIND: prefix + MANIFEST
    }
    return {f"./{schema_path(kind)}": glob for kind, glob in kinds.items()}


def schema_path(kind: str) -> str:
    """Where the schema of a kind is kept, beside the data folder."""
    return f"{SCHEMAS_FOLDER}/{kind}.json"


def recommended() -> str:
    """The extension that lets VS Code validate YAML."""
    return json.dumps({"recommendations": ["redhat.vscode-yaml"]}, indent=2) + "\n"


def settings_told(globs: Mapping[str, str]) -> str:
    """The setting as a settings file has it."""
    return json.dumps({SETTING: globs}, indent=2) + "\n"


def merged_settings(text: str, globs: Mapping[str, str]) -> str:
    """Settings with the schemas added: every other character stays, comments too.

    Raises NotMergeable when the text is no JSON with comments, or has comments inside the setting.
    """
    if not text.strip("\ufeff \t\r\n"):
        return settings_told(globs)
    bare = _without_comments(text)
    settings = _read(bare)
    wanted = _with_globs(settings.get(SETTING, {}), globs)
    if settings.get(SETTING) == wanted:
        return text
    merged = _replaced(text, bare, wanted) if SETTING in settings else _added(text, bare, wanted)
    if _read(_without_comments(merged)) != {**settings, SETTING: wanted}:
        raise NotMergeable(SETTING)
    return merged


def _with_globs(present: Any, globs: Mapping[str, str]) -> dict[str, Any]:
    """The setting as it is, with our files added to those it names for a schema."""
    if not isinstance(present, dict):
        raise NotMergeable(SETTING)
    wanted = dict(present)
    for schema, glob in globs.items():
        named = wanted.get(schema, [])
        named = named if isinstance(named, list) else [named]
        if glob not in named:
            wanted[schema] = [*named, glob] if named else glob
    return wanted


def _read(bare: str) -> dict[str, Any]:
    try:
        settings = json.loads(bare)
    except (ValueError, RecursionError) as error:
        raise NotMergeable(str(error)) from error
    if not isinstance(settings, dict):
        raise NotMergeable("no mapping")
    return settings


def _without_comments(text: str) -> str:
    """The text with spaces for comments and for commas after a last value: each place stays the same."""
    bare = _COMMENT.sub(_blank, text.replace("\ufeff", " "))
    return _LAST_COMMA.sub(_blank, bare)


def _blank(found: re.Match[str]) -> str:
    return found.group(1) or re.sub(r"[^\r\n]", " ", found.group())


def _replaced(text: str, bare: str, wanted: dict[str, Any]) -> str:
    start, end = _value_of(bare, SETTING)
    if text[start:end] != bare[start:end]:
        raise NotMergeable("comments")
    return text[:start] + _told(wanted, text) + text[end:]


def _value_of(bare: str, key: str) -> tuple[int, int]:
    """Where the value of a key of the settings begins and ends."""
    decoder, at = json.JSONDecoder(), bare.index("{") + 1
    while True:
        name, at = decoder.raw_decode(bare, _next(bare, at))
        start = _next(bare, at)
        _, at = decoder.raw_decode(bare, start)
        if name == key:
            return start, at


def _next(bare: str, at: int) -> int:
    """The next place that is no space, colon or comma."""
    return at + len(bare[at:]) - len(bare[at:].lstrip(" \t\r\n:,"))


def _added(text: str, bare: str, wanted: dict[str, Any]) -> str:
    """The setting after the last one, and a comma between the two where there is none."""
    close = bare.rindex("}")
    last = len(bare[:close].rstrip())
    follows = bare[last - 1] != "{" and not _LAST_COMMA_THERE.match(_COMMENT.sub(_blank, text)[last:])
    head = text[:last] + "," * follows + text[last:close].rstrip()
    newline = _newline(text)
    return f'{head}{newline}{_indent(text)}"{SETTING}": {_told(wanted, text)}{newline}{text[close:]}'


_LAST_COMMA_THERE = re.compile(r"\s*,")


def _told(wanted: dict[str, Any], text: str) -> str:
    """The setting as the settings would write it."""
    lines = json.dumps(wanted, indent=_indent(text), ensure_ascii=False).split("\n")
    return (_newline(text) + _indent(text)).join(lines)


def _indent(text: str) -> str:
    found = _INDENT.search(text)
    return found.group(1) if found else "  "


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
