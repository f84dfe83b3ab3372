"""Editors: which schema belongs to which files, and how to tell them.

The yaml-language-server, which validates YAML in VS Code and in other editors, reads the setting
`yaml.schemas`: from the address of a schema to the files it holds for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from amk.authoring.schema import MANIFEST_KIND
from amk.model.records import KINDS
from amk.storage.data_folder import MANIFEST

SCHEMAS_FOLDER = ".amk/schemas"
SETTINGS, EXTENSIONS = ".vscode/settings.json", ".vscode/extensions.json"
SETTING = "yaml.schemas"


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


def has_settings(text: str, globs: Mapping[str, str]) -> bool:
    """Whether settings name each schema and its files already, wherever and with whatever comments."""
    return all(json.dumps(told) in text for pair in globs.items() for told in pair)
