"""Findings as a JUnit report: a test case for each file, which fails when it has an error."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from amk.formats.ci import Result, caused
from amk.values.control_characters import sanitize

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(findings: Sequence[Result], paths: Sequence[str]) -> str:
    """The report as XML; warnings, and what was there before the change at hand, do not fail."""
    by_path: dict[str, list[Result]] = {path: [] for path in paths}
    for finding in findings:
        by_path.setdefault(finding["path"], []).append(finding)
    failing = [path for path, found in by_path.items() if any(map(_fails, found))]
    counts = {"tests": str(len(by_path)), "failures": str(len(failing)), "errors": "0"}
    root = Element("testsuites", {"name": "amk validate", **counts})
    suite = SubElement(root, "testsuite", {"name": "amk validate", **counts})
    for path, found in by_path.items():
        _case(suite, path, found)
    indent(root)
    body: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _fails(finding: Result) -> bool:
    return bool(finding["severity"] == "error" and caused(finding))


def _case(suite: Element, path: str, found: Sequence[Result]) -> None:
    name = _fit(path)
    case = SubElement(suite, "testcase", {"classname": "amk", "name": name, "file": name})
    for finding in filter(_fails, found):
        failure = SubElement(case, "failure", {"type": finding["code"], "message": _fit(finding["message"])})
        failure.text = _told(finding)
    others = [_told(finding) for finding in found if not _fails(finding)]
    if others:
        SubElement(case, "system-out").text = "\n".join(others)


def _told(finding: Result) -> str:
    place = f"{finding['path']}:{finding['line']}:{finding['column']}"
    return _fit(f"{place}: {finding['severity']} {finding['code']} {finding['message']} {finding['hint']}")


def _fit(text: str) -> str:
    """A text without the characters that XML has no place for, or that steer a terminal."""
    return _NO_XML.sub("\ufffd", sanitize(text))
