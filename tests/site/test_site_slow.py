"""The pages of a site in a real browser and before a validator: in the light, the dark, on a telephone."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from amk.cli import run
from tests.conftest import ROOT
from tests.formats.test_html_slow import found_by_axe, found_by_the_checker

pytestmark = pytest.mark.slow

LOOKED_AT = (
    "",
    "gemeente",
    "gemeente/westland",
    "gemeente/voorne-aan-zee",
    "regio/haaglanden",
    "beleid",
    "beleid/beleid-rotterdam",
    "samenwerking",
    "bron",
    "bron/bijlage-1-2021",
    "begrippen/forms",
    "kaart",
    "tijdlijn",
    "hiaten",
    "dekking",
    "netwerk",
    "wijzigingen",
    "downloads",
    "en",
    "en/municipality/rotterdam",
    "en/gaps",
)
"""A page of each sort, in both languages."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("site")
    assert run(["site", "-o", str(folder), "--data", str(ROOT / "data"), "--today", "2026-11-24"]) == 0
    style = (folder / "style.css").read_text(encoding="utf-8")
    read = {path: (folder / path / "index.html").read_text(encoding="utf-8") for path in LOOKED_AT}
    return {path.replace("/", "_") or "index": _alone(text, style) for path, text in read.items()}


def _alone(page: str, style: str) -> str:
    """A page to be looked at beside others: it brings its style along, and leaves its script."""
    styled = re.sub(r"<link rel=.stylesheet[^>]*>", f"<style>{style}</style>", page)
    return re.sub(r"<script.*?</script>", "", styled)


@pytest.mark.parametrize(
    ("dark", "width"), [(False, 1200), (True, 1200), (False, 360)], ids=["light", "dark", "telephone"]
)
def test_axe_finds_nothing_to_mend(pages: dict[str, str], tmp_path: Path, dark: bool, width: int) -> None:
    found = found_by_axe(pages, tmp_path, dark, width)

    assert len(found) == len(LOOKED_AT)
    assert {name: what["violations"] for name, what in found.items() if what["violations"]} == {}


def test_a_validator_finds_no_error_and_no_warning(pages: dict[str, str], tmp_path: Path) -> None:
    assert found_by_the_checker(pages, tmp_path) == []


TYPE = """<script>addEventListener("load", () => {
  const input = document.querySelector("label.filter input");
  input.value = "WORDS";
  input.dispatchEvent(new Event("input"));
  const rows = [...document.querySelectorAll("main tbody tr")];
  document.body.dataset.left = rows.filter(row => !row.hidden).map(row => row.cells[0].textContent).join();
})</script></body>"""


@pytest.mark.parametrize(
    ("words", "left"), [("voorne", "Voorne aan Zee"), ("HAAGLANDEN werking", "Pijnacker-Nootdorp,Westland")]
)
def test_a_list_is_narrowed_as_somebody_types(tmp_path: Path, words: str, left: str) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if not browser:
        pytest.skip("Chromium is not here: apt-get install chromium")
    assert run(["site", "-o", str(tmp_path), "--data", str(ROOT / "data"), "--today", "2026-11-24"]) == 0
    page = tmp_path / "gemeente" / "index.html"
    page.write_text(page.read_text("utf-8").replace("</body>", TYPE.replace("WORDS", words)), "utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    command = [browser, *options, "--virtual-time-budget=10000", "--dump-dom", page.as_uri()]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", timeout=120)

    assert f'data-left="{left}"' in done.stdout
