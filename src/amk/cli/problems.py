"""Showing what validation found: as text, as data, or as continuous integration wants it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from amk.checks.rulebook import rule_told
from amk.checks.validation import Validation, data_validation, tell_summary, tell_validation
from amk.cli.output import put
from amk.formats.data import write_json
from amk.language import Phrases, phrases_in
from amk.model.problems import RULES
from amk.storage.data_folder import Tree

FORMATS = ("table", "json", "github", "gitlab", "sarif", "junit")


def format_here(wished: str | None, output: str | None) -> str | None:
    """The format wished for; on GitHub its own, when nothing else was wished for."""
    on_github = os.environ.get("GITHUB_ACTIONS") == "true" and output in (None, "-")
    return wished or ("github" if on_github else None)


def show_findings(
    validation: Validation, tree: Tree, phrases: Phrases, format: str, output: str | None
) -> None:
    """Show what was found; on GitHub also in the summary of the step."""
    # A program reads it at a fixed place, every time anew.
    put(_written(validation, tree, phrases, format), output, force=True)
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if format == "github" and summary:
        from amk.formats.markdown import write

        with Path(summary).open("a", encoding="utf-8", newline="\n") as step:
            step.write(write(tell_summary(validation, phrases, _shown(tree))) + "\n")


def _written(validation: Validation, tree: Tree, phrases: Phrases, format: str) -> str:
    shown = _shown(tree)
    if format == "table":
        return tell_validation(validation, tree, phrases, shown)
    rows = data_validation(validation, phrases, shown)
    match format:
        case "github":
            from amk.formats.ci.github import write

            return write(rows)
        case "gitlab":
            from amk.formats.ci.gitlab import write as write_gitlab

            return write_gitlab(rows)
        case "sarif":
            from amk.formats.ci.sarif import write as write_sarif

            words = phrases_in(phrases.language)
            rules = {code: (str(level), rule_told(code, words)) for code, level in RULES.items()}
            return write_sarif(rows, rules, phrases.language)
        case "junit":
            from amk.formats.ci.junit import write as write_junit

            return write_junit(rows, [shown(path) for path in (*tree.texts, *tree.unreadable)])
    return write_json(rows)


def _shown(tree: Tree) -> Callable[[str], str]:
    """Paths as they are seen from the checkout that is built, else from the working folder."""
    workspace = os.environ.get("GITHUB_WORKSPACE") or os.environ.get("CI_PROJECT_DIR")
    starts = (*([Path(workspace).absolute()] if workspace else []), Path.cwd())

    def shown(path: str) -> str:
        whole = (tree.root / path).absolute()
        start = next((start for start in starts if whole.is_relative_to(start)), None)
        return (whole.relative_to(start) if start else whole).as_posix()

    return shown
