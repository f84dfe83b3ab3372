"""Every web page in a real browser and before a validator: nothing to mend, in the light or in the dark."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from amk.formats.html import write
from tests.conftest import ROOT
from tests.every_page import COMMANDS, LANGUAGES, pages_in
from tests.fixtures.full_document import WHOLE, long_page

AXE = ROOT / ".venv" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
CHECKER = ROOT / ".venv" / "vnu" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

SHOW_EACH = """
const found = {};
const next = pages => {
  document.querySelectorAll("iframe").forEach(frame => frame.remove());
  if (!pages.length) {
    const told = document.createElement("pre");
    told.id = "found";
    told.textContent = JSON.stringify(found);
    document.body.append(told);
    return;
  }
  const frame = document.createElement("iframe");
  frame.width = WIDTH;
  frame.height = 900;
  frame.src = pages[0];
  onmessage = message => { found[pages[0]] = message.data; next(pages.slice(1)); };
  document.body.append(frame);
};
next(PAGES);
"""

LOOK = """
axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
  .then(found => parent.postMessage({
    violations: found.violations.map(v => [v.id, v.nodes.map(n => n.html)]),
    dark: matchMedia("(prefers-color-scheme: dark)").matches,
    passes: found.passes.map(p => p.id),
  }, "*"));
"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every page that a user can make, and two that hold everything a page may hold."""
    made = pages_in(tmp_path_factory.mktemp("pages"))
    read = {name: file.read_text(encoding="utf-8") for name, file in made.items()}
    return {**read, "everything": write(WHOLE), "contents": write(long_page())}


def found_by_axe(
    pages: Mapping[str, str], folder: Path, dark: bool = False, width: int = 1200
) -> dict[str, dict[str, Any]]:
    """What axe-core finds in each page, in one run of Chromium."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if not browser:
        pytest.skip("Chromium is not here: apt-get install chromium")
    if not AXE.exists():
        pytest.skip("axe-core is not here: make test-slow installs it with npm")
    script = f"<script>{AXE.read_text(encoding='utf-8')}</script><script>{LOOK}</script></body>"
    for name, page in pages.items():
        (folder / f"{name}.html").write_text(page.replace("</body>", script), encoding="utf-8")
    harness = SHOW_EACH.replace("PAGES", json.dumps([f"{name}.html" for name in pages]))
    harness = harness.replace("WIDTH", str(width))
    start = folder / "start.html"
    start.write_text(f"<!doctype html><body><script>{harness}</script></body>", encoding="utf-8")
    looks = ["--force-dark-mode", "--blink-settings=preferredColorScheme=0"] if dark else []
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}", *looks]
    command = [browser, *options, "--virtual-time-budget=600000", "--dump-dom", start.as_uri()]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", timeout=300)
    told = re.search(r'<pre id="found">(.*?)</pre>', done.stdout, re.DOTALL)
    assert told, "axe-core did not finish"
    found = json.loads(unescape(told.group(1)))
    return {name.removesuffix(".html"): what for name, what in found.items()}


@pytest.mark.parametrize(
    ("dark", "width"), [(False, 1200), (True, 1200), (False, 360)], ids=["light", "dark", "telephone"]
)
def test_axe_finds_nothing_to_mend_in_any_page(
    pages: dict[str, str], tmp_path: Path, dark: bool, width: int
) -> None:
    found = found_by_axe(pages, tmp_path, dark, width)

    assert len(found) == len(COMMANDS) * len(LANGUAGES) + 2
    assert {name: what["violations"] for name, what in found.items() if what["violations"]} == {}
    assert all(what["dark"] == dark for what in found.values())
    assert all(
        {"color-contrast", "document-title", "html-has-lang"} <= set(f["passes"]) for f in found.values()
    )
    assert "skip-link" in found["briefing-nl"]["passes"]


def test_axe_would_have_found_what_is_wrong(tmp_path: Path) -> None:
    wrong = write(WHOLE).replace(' lang="nl"', "", 1).replace("--ink: #1b1b1f", "--ink: #ddd")
    found = found_by_axe({"wrong": wrong}, tmp_path)["wrong"]

    assert {id for id, _ in found["violations"]} >= {"html-has-lang", "color-contrast"}


def found_by_the_checker(pages: Mapping[str, str], folder: Path) -> list[str]:
    """What the Nu Html Checker of the W3C says of pages: an error or a warning a line.

    Left out is its guess of the language, which draws lots: the same page is now Dutch and then English.
    """
    java = shutil.which("java")
    if not java or not CHECKER.exists():
        pytest.skip("the Nu Html Checker or Java is not here: make test-slow installs them")
    files = [folder / f"{name}.html" for name in pages]
    for file in files:
        file.write_text(pages[file.stem], encoding="utf-8")
    command = [java, "-jar", str(CHECKER), "--format", "json", *map(str, files)]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", timeout=300)
    messages = json.loads(done.stderr)["messages"]
    said = [f"{Path(m['url']).stem}: {m['type']}: {m['message']}" for m in messages]
    return [line for line in said if "This document appears to be written in" not in line]


def test_a_validator_finds_no_error_and_no_warning_in_any_page(pages: dict[str, str], tmp_path: Path) -> None:
    assert found_by_the_checker(pages, tmp_path) == []


def test_the_validator_would_have_found_what_is_wrong(tmp_path: Path) -> None:
    wrong = write(WHOLE).replace("<h2", "<h2 id=main", 1).replace("<caption>", "<legend>", 1)

    assert len(found_by_the_checker({"wrong": wrong}, tmp_path)) >= 2
