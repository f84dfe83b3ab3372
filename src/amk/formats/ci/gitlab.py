"""Findings as a Code Quality report: GitLab shows them in a merge request."""

from __future__ import annotations

import json
from collections.abc import Sequence

from amk.formats.ci import Result, caused, with_fingerprints
from amk.values.control_characters import escaped

_SEVERITIES = {"error": "major", "warning": "minor"}


def write(findings: Sequence[Result]) -> str:
    """The report as JSON; what was there before the change at hand is only information."""
    rows = [
        {
            "type": "issue",
            "check_name": finding["code"],
            "description": f"{finding['message']} {finding['hint']}",
            "severity": _SEVERITIES[finding["severity"]] if caused(finding) else "info",
            "fingerprint": fingerprint,
            "categories": ["Bug Risk"],
            "location": {"path": finding["path"], "lines": {"begin": finding["line"]}},
        }
        for finding, fingerprint in with_fingerprints(findings)
    ]
    return escaped(json.dumps(rows, ensure_ascii=False, indent=2)) + "\n"
