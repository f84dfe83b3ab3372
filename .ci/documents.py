"""Whether the documents lead somewhere: links between files, and the commands the README shows."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
LINK = re.compile(r"\[[^\]]*\]\((?!https?://|#|mailto:)([^)#\s]+)")
COMMAND = re.compile(r"^amk ([a-z]+)", re.MULTILINE)
SHOWING = ("README.md", "LEESMIJ.md")


def broken_links() -> list[str]:
    """Links in Markdown files to files that are not there."""
    pages = [p for p in ROOT.rglob("*.md") if not {".venv", ".git"} & set(p.relative_to(ROOT).parts)]
    return [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]


def unknown_commands() -> list[str]:
    """Commands that the README shows, in either language, and amk does not have."""
    shown = {(page, name) for page in SHOWING for name in COMMAND.findall((ROOT / page).read_text("utf-8"))}
    amk = [sys.executable, "-m", "amk"]
    return [
        f"{page}: amk {name}"
        for page, name in sorted(shown)
        if subprocess.run([*amk, name, "--help"], capture_output=True, check=False).returncode
    ]


def main() -> None:
    """Tell what is wrong, and fail if anything is."""
    wrong = broken_links() + unknown_commands()
    print("\n".join(wrong) or "all links and commands lead somewhere")
    sys.exit(bool(wrong))


main()
