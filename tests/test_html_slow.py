"""The web page in a real browser: axe-core finds nothing to mend, light, dark or printed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from amk.cli import run
from amk.formats.html import write
from tests.conftest import ROOT
from tests.handed_over import WHOLE, long_page

AXE = ROOT / ".venv" / "axe" / "node_modules" / "axe-core" / "axe.min.js"

RUN = """
axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
  .then(found => {
    const told = document.createElement("pre");
    told.id = "found";
    told.textContent = JSON.stringify({
      violations: found.violations.map(v => [v.id, v.nodes.map(n => n.html)]),
      dark: matchMedia("(prefers-color-scheme: dark)").matches,
      passes: found.passes.map(p => p.id),
    });
    document.body.append(told);
  });
"""

pytestmark = pytest.mark.slow


def found_by_axe(page: str, folder: Path, dark: bool) -> dict[str, Any]:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if not browser:
        pytest.skip("Chromium is not here: apt-get install chromium")
    if not AXE.exists():
        pytest.skip("axe-core is not here: make test-slow installs it with npm")
    script = f"<script>{AXE.read_text(encoding='utf-8')}</script><script>{RUN}</script></body>"
    file = folder / "page.html"
    file.write_text(page.replace("</body>", script), encoding="utf-8")
    looks = ["--force-dark-mode", "--blink-settings=preferredColorScheme=0"] if dark else []
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}", *looks]
    command = [browser, *options, "--virtual-time-budget=20000", "--dump-dom", file.as_uri()]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", timeout=120)
    told = re.search(r'<pre id="found">(.*?)</pre>', done.stdout, re.DOTALL)
    assert told, "axe-core did not finish"
    found: dict[str, Any] = json.loads(unescape(told.group(1)))
    return found


def briefing(folder: Path) -> str:
    to = folder / "briefing.html"
    assert run(["report", "--data", str(ROOT / "data"), "--as-of", "2021-07-05", "-o", str(to)]) == 0
    return to.read_text(encoding="utf-8")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_to_mend_in_the_briefing(tmp_path: Path, dark: bool) -> None:
    found = found_by_axe(briefing(tmp_path), tmp_path, dark)

    assert found["dark"] == dark
    assert found["violations"] == []
    assert {"color-contrast", "document-title", "html-has-lang", "skip-link"} <= set(found["passes"])


@pytest.mark.parametrize("page", [write(WHOLE), write(long_page())], ids=["drawing", "contents"])
def test_axe_finds_nothing_to_mend_in_a_page_with_everything(page: str, tmp_path: Path) -> None:
    assert found_by_axe(page, tmp_path, dark=False)["violations"] == []


def test_axe_would_have_found_what_is_wrong(tmp_path: Path) -> None:
    wrong = write(WHOLE).replace(' lang="nl"', "", 1).replace("--ink: #1b1b1f", "--ink: #ddd")

    assert {id for id, _ in found_by_axe(wrong, tmp_path, dark=False)["violations"]} >= {
        "html-has-lang", "color-contrast",
    }  # fmt: skip
