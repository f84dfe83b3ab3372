"""Findings in SARIF 2.1.0, the exchange format of static analysis (OASIS)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from amk import __version__
from amk.formats.ci import Result, caused, with_fingerprints
from amk.values.control_characters import escaped

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def write(findings: Sequence[Result], rules: Mapping[str, tuple[str, str]], language: str) -> str:
    """One run with every rule (its level and what it asks) and a result for each finding."""
    codes = list(rules)
    driver = {
        "name": "amk",
        "semanticVersion": __version__,
        "rules": [_rule(code, *rules[code]) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "results": [_result(f, print, codes.index(f["code"])) for f, print in with_fingerprints(findings)],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return escaped(json.dumps(log, ensure_ascii=False, indent=2)) + "\n"


def _rule(code: str, level: str, asks: str) -> dict[str, Any]:
    return {
        "id": code,
        "shortDescription": {"text": asks},
        "help": {"text": f"amk validate --explain {code}"},
        "defaultConfiguration": {"level": level},
    }


def _result(finding: Result, fingerprint: str, index: int) -> dict[str, Any]:
    place = {
        "artifactLocation": {
            "uri": quote(finding["path"], errors="surrogateescape"),
            "uriBaseId": "%SRCROOT%",
        },
        "region": {"startLine": finding["line"], "startColumn": finding["column"]},
    }
    result = {
        "ruleId": finding["code"],
        "ruleIndex": index,
        "level": finding["severity"],
        "message": {"text": f"{finding['message']} {finding['hint']}"},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"amk/v1": fingerprint},
    }
    if "caused" in finding:
        result["baselineState"] = "new" if caused(finding) else "unchanged"
    return result
