"""Findings as workflow commands: GitHub shows them on the lines of a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from amk.formats.ci import Result, caused
from amk.values.control_characters import one_line


def write(findings: Sequence[Result]) -> str:
    """A command for each finding, errors first: GitHub shows the first ten of each kind.

    What was there before the change at hand is a notice.
    """
    ordered = sorted(findings, key=lambda f: (not caused(f), f["severity"] != "error"))
    return "".join(f"{_command(finding)}\n" for finding in ordered)


def _command(finding: Result) -> str:
    kind = finding["severity"] if caused(finding) else "notice"
    properties = {
        "file": finding["path"],
        "line": finding["line"],
        "col": finding["column"],
        "title": finding["code"],
    }
    told = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{kind} {told}::{_data(finding['message'])}%0A{_data(finding['hint'])}"


def _data(text: str) -> str:
    """A text as GitHub reads it back; what else steers a terminal is marked, for the log is one."""
    whole = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return one_line(whole)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
