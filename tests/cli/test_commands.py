"""The command line, run whole on the shipped data: exit code, stdout and stderr."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amk.cli import run as run_here
from amk.model.records import KINDS

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "example" / "data"
DATA = ROOT / "data"

Amk = Callable[..., "Answer"]


class Answer:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def amk(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Amk:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "argv", ["amk"])

    def call(*arguments: object) -> Answer:
        code = run_here([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Answer(code, out, err)

    return call


def test_list_of_a_region_shows_its_nine_municipalities_collaborations_and_policies(amk: Amk) -> None:
    answer = amk("list", "--region", "Haaglanden", "-f", "json")

    kinds = [row["kind"] for row in answer.json]
    assert kinds.count("municipality") == 9
    assert [row["ref"] for row in answer.json if row["kind"] == "collaboration"] == [
        "collaboration/werkgroep-haaglanden",
        "collaboration/overleg-greenport-oostland",
    ]
    assert "policy/beleid-pijnacker-nootdorp" in [row["ref"] for row in answer.json]


def test_an_unknown_status_reads_onbekend(amk: Amk) -> None:
    lines = amk("list", "municipalities", "--data", ROOT / "docs" / "example").lines

    assert "onbekend" in next(line for line in lines if "Noordbeek" in line)
    assert "onbekend" not in next(line for line in lines if "Westbeek" in line)


@pytest.mark.parametrize(("day", "count"), [("2022-12-31", 52), ("2023-01-01", 50)])
def test_municipalities_are_those_of_the_day(amk: Amk, day: str, count: int) -> None:
    assert len(amk("list", "municipalities", "--as-of", day, "-f", "ids").lines) == count


def test_what_may_have_held_is_told_apart_from_what_did(amk: Amk) -> None:
    rows = amk("list", "collaborations", "--as-of", "2020-06-15", "-f", "json").json
    held = {row["id"]: row["holds"] for row in rows}

    assert held["leerkring-huisvesting-arbeidsmigranten"] == "yes"
    assert held["overleg-drechtsteden"] == "maybe"
    assert "werkgroep-haaglanden" not in held


def test_a_maybe_is_shown_as_one_in_the_table_too(amk: Amk) -> None:
    lines = amk("list", "collaborations", "--as-of", "2020-06-15", "-f", "md").lines

    assert next(line for line in lines if "Drechtsteden" in line).endswith("| mogelijk |")
    assert next(line for line in lines if "Leerkring" in line).endswith("| ja |")


def test_what_has_ended_is_marked_and_last(amk: Amk) -> None:
    lines = amk("list", "municipalities", "--ended", "--today", "2026-11-24", "-f", "md").lines
    rows = [line for line in lines if line.startswith("| ")][1:]

    assert [row.split(" | ")[0] for row in rows[-3:]] == [
        "| Brielle (opgegaan in een andere)",
        "| Hellevoetsluis (opgegaan in een andere)",
        "| Westvoorne (opgegaan in een andere)",
    ]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("form=official-working-group", ["collaboration/werkgroep-haaglanden"]),
        ("participants.municipality=schiedam", ["collaboration/overleg-greenport-oostland"]),
        ("period<2019-06", ["collaboration/overleg-greenport-oostland"]),
        ("name~gemeentenetwerk", ["collaboration/gemeentenetwerk-arbeidsmigranten"]),
    ],
)
def test_where_asks_any_field(amk: Amk, condition: str, expected: list[str]) -> None:
    found = amk("list", "collaborations", "--where", condition, "-f", "ids").lines

    assert set(expected) <= set(found)
    assert condition.startswith("period") or found == expected


def test_filters_take_labels_as_well_as_codes(amk: Amk) -> None:
    by_code = amk("list", "municipalities", "--status", "in-force", "-f", "ids")
    by_label = amk("list", "municipalities", "--status", "In werking", "-f", "ids")

    assert by_code.out == by_label.out != ""


def test_sort_columns_and_limit(amk: Amk) -> None:
    answer = amk(
        "list", "municipalities", "--sort", "-code", "--columns", "name,code", "--limit", "2", "-f", "csv"
    )

    assert answer.lines == [
        "ref,name,code",
        "municipality/voorne-aan-zee,Voorne aan Zee,GM1992",
        "municipality/molenlanden,Molenlanden,GM1978",
    ]


def test_an_empty_answer_is_no_error(amk: Amk) -> None:
    answer = amk("list", "policies", "--where", "title=bestaat niet", "-f", "json")

    assert (answer.code, answer.json) == (0, [])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["list", "--region", "Haaglandn"], "haaglanden"),
        (["list", "munisipalities"], "municipalities"),
        (["list", "--status", "vastgestelt"], "bedoelt u “vastgesteld”"),
        (["list", "--form", "netwerkk"], "bedoelt u “netwerk”"),
        (["list", "--where", "status=vastgesteldt"], "bedoelt u “vastgesteld”"),
        (["list", "--municipality", "delft", "--municipality", "gouda"], "--municipality staat er tweemaal"),
        (["gaps", "--explain=ja"], "--explain krijgt geen waarde"),
        (["set", "delft", "status=vastgesteld"], "amk reached BELEID STATUS DATUM"),
        (["map", "--by", "plaatsen voor arbeidsmigrante"], "bedoelt u “plaatsen voor arbeidsmigranten”"),
        (["list", "-fjson", "-f", "md"], "--format staat er tweemaal"),
        (["report", "--region", "Den-Haag"], "--municipality Den-Haag"),
        (["query", "select * from municipalities"], "records where kind = 'municipality'"),
        (["query", "select region from records"], "memberships.region"),
        (["list", "--where", "nme=x"], "name"),
        (["list", "--where", "name"], "VELD=WAARDE"),
        (["list", "--as-of", "gisteren"], "2021-07-05"),
        (["list", "--limit", "0"], "--limit"),
        (["list", "-f", "xlsx"], "json"),
        (["list", "-o", "map/die/er/niet/is.json"], "kan niet worden geschreven"),
        (["show", "rotterdm"], "rotterdam"),
        (["report", "breifing"], "briefing"),
        (["report", "--lang", "de"], "nl, en"),
        (["list", "--data", "nergens"], "bestaat niet"),
        (["validate", "nergens.yaml"], "nergens.yaml"),
        (["lst"], "list"),
        (["list", "--regio", "x"], "--regio"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use_is_one_sentence_with_the_next_step(amk: Amk, arguments: list[str], sentence: str) -> None:
    answer = amk(*arguments)

    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.startswith("amk: ")
    assert sentence in answer.err
    assert answer.err.count("\n") == 1


def test_an_unknown_name_is_told_in_the_language_asked_for(amk: Amk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMK_LANG", "en")

    assert "did you mean" in amk("show", "rotterdm").err


@pytest.mark.parametrize(
    "name", ["den-haag", "Den Haag", "'s-Gravenhage", "DEN HAAG", "municipality/den-haag"]
)
def test_a_record_is_found_by_any_of_its_names(amk: Amk, name: str) -> None:
    assert amk("show", name, "-f", "ids").lines == ["municipality/den-haag"]


def test_a_name_of_several_kinds_is_the_municipality_and_stderr_names_the_others(amk: Amk) -> None:
    answer = amk("show", "goeree-overflakkee", "-f", "ids")

    assert answer.lines == ["municipality/goeree-overflakkee"]
    assert "region/goeree-overflakkee" in answer.err


def test_a_municipality_shows_what_it_inherited_as_history(amk: Amk) -> None:
    page = amk("show", "voorne-aan-zee", "-f", "md").out

    assert "Brielle, Hellevoetsluis en Westvoorne (herindeling van 1 januari 2023)" in page
    assert "Leerkring huisvesting arbeidsmigranten (beëindigd)" in page


def test_a_source_shows_what_rests_on_it(amk: Amk) -> None:
    page = amk("show", "source/bijlage-1-2021", "-f", "md").out

    assert "Wat op deze bron rust" in page
    assert "milestones\\[0\\]" in page


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_record_can_be_shown(amk: Amk, language: str) -> None:
    kinds = [kind.folder for kind in KINDS]
    refs = [row["ref"] for row in amk("list", *kinds, "--ended", "-f", "json").json]

    assert len(refs) == len(list(DATA.glob("*/*.yaml")))
    assert amk("show", *refs, "--lang", language, "-f", "md").code == 0


def test_the_briefing_opens_with_how_fresh_it_is_and_ends_with_each_municipality(amk: Amk) -> None:
    page = amk("report", "--as-of", "2026-11-24", "-f", "md").out

    title = "# Huisvesting arbeidsmigranten: beleid en samenwerking in Zuid-Holland, op 24 november 2026\n"
    assert page.startswith(title)
    essentials = page.split("## Kern\n\n")[1]
    assert essentials.startswith(
        "- Van één van de 50 gemeenten (Goeree-Overflakkee) is de stand in de afgelopen "
    )
    heads = [line for line in page.splitlines() if line.startswith("## ")]
    assert heads == [
        "## Kern",
        "## Wat opvalt",
        "## 1. Stand van het beleid",
        "## 2. Samenwerking",
        "## 3. Inzet van organiserende partijen",
        "## 4. Wat niet bekend is",
        "## Cijfers",
        "## Toezeggingen",
        "## Verantwoording",
        "## Stand per gemeente",
    ]


def test_every_line_of_the_annex_is_in_a_footnote_of_the_briefing(amk: Amk) -> None:
    """The annex has text on even lines 6-86; each is cited by some note of the briefing."""
    from amk.values.line_ranges import parse_lines

    page = amk("report", "--as-of", "2021-07-06", "-f", "md").out
    notes = " ".join(line for line in page.splitlines() if line.startswith("[^"))
    cited: set[int] = set()
    for lines in re.findall(r"Bijlage 1 [^.]*, 5 juli 2021, r\. ([\d, -]+)\.", notes):
        for first, last in parse_lines(lines).ranges:
            cited.update(range(first, last + 1))

    assert set(range(6, 87, 2)) - cited == set()


@pytest.mark.parametrize("arguments", [[], ["--region", "Haaglanden"], ["--municipality", "Delft"]])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_same_day_and_options_give_the_same_page(amk: Amk, arguments: list[str], language: str) -> None:
    options = [*arguments, "--today", "2026-11-24", "--lang", language, "-f", "html"]

    assert amk("report", *options).out == amk("report", *options).out


class Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.tags: list[str] = []
        self.outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "href" and value and value.startswith("#"):
                self.targets.append(value[1:])
            if name == "src":
                self.outside.append(value or "")


def test_the_page_stands_alone_and_its_notes_lead_somewhere(amk: Amk, tmp_path: Path) -> None:
    page = tmp_path / "briefing.html"
    assert amk("report", "-o", page).code == 0

    outline = Outline()
    outline.feed(page.read_text(encoding="utf-8"))
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.targets) <= set(outline.ids)
    assert outline.outside == []
    assert "script" not in outline.tags
    assert outline.tags.count("h1") == 1
    assert '<html lang="nl">' in page.read_text(encoding="utf-8")


def test_validate_is_silent_about_the_shipped_data_and_loud_about_a_fault(amk: Amk, tmp_path: Path) -> None:
    assert amk("validate").code == 0
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    wrong = copy / "collaborations" / "werkgroep-haaglanden.yaml"
    wrong.write_text(
        wrong.read_text(encoding="utf-8").replace("- haaglanden", "- haaglandn"), encoding="utf-8"
    )

    answer = amk("validate", "--data", copy, "-f", "json")

    assert answer.code == 1
    [problem] = answer.json
    assert list(problem) == [
        "code", "severity", "path", "line", "column", "ref", "field", "message", "hint",
    ]  # fmt: skip
    assert (problem["code"], problem["line"], problem["column"]) == ("REF001", 5, 5)
    assert problem["ref"] == "collaboration/werkgroep-haaglanden"
    assert amk("validate", wrong, "--data", copy).code == 1
    assert amk("validate", copy / "policies", "--data", copy).code == 0


def test_reading_goes_on_when_a_record_is_broken(amk: Amk, tmp_path: Path) -> None:
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    (copy / "policies" / "beleid-rotterdam.yaml").write_text("title: [", encoding="utf-8")

    answer = amk("list", "policies", "--data", copy, "-f", "ids")

    assert answer.code == 0
    assert "policy/beleid-rotterdam" not in answer.lines
    assert "amk validate" in answer.err


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"\x89PNG\r\n\x1a\n\0",
        b"\xef\xbb\xbftitle: x\n",
        b"a: b\r\n",
        b"[" * 10_000,
        b"x" * 5_000_000,
    ],
    ids=["empty", "not utf-8", "binary", "bom", "crlf", "deep", "5 MB"],
)
def test_no_file_gives_a_traceback(amk: Amk, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "amk.yaml").write_text("title: T\nsubject: s\n", encoding="utf-8")
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "x.yaml").write_bytes(content)

    assert amk("validate", "--data", tmp_path).code == 1
    assert amk("list", "--data", tmp_path).code == 0
    assert amk("report", "--data", tmp_path, "--lang", "en").code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are made otherwise there")
def test_odd_files_are_named_and_never_waited_for(amk: Amk, tmp_path: Path) -> None:
    (tmp_path / "amk.yaml").write_text("title: T\nsubject: s\n", encoding="utf-8")
    (tmp_path / "policies").mkdir()
    os.mkfifo(tmp_path / "policies" / "pipe.yaml")
    (tmp_path / "policies" / "broken.yaml").symlink_to("nowhere")
    (tmp_path / "policies" / "loop.yaml").symlink_to("loop.yaml")
    (tmp_path / "policies" / "out.yaml").symlink_to("/etc/hostname")
    (tmp_path / "policies" / "folder.yaml").mkdir()

    rows = amk("validate", "--data", tmp_path, "-f", "json").json

    assert [row["code"] for row in rows] == ["FILE001"] * 5


def test_an_empty_folder_is_told(amk: Amk, tmp_path: Path) -> None:
    answer = amk("list", "--data", tmp_path)

    assert (answer.code, answer.err.count("\n")) == (2, 1)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=30))
def test_no_name_typed_gives_a_traceback(amk: Amk, text: str) -> None:
    for arguments in (["show", "--", text], ["list", f"--where={text}"], ["list", f"--region={text}"]):
        assert amk(*arguments).code in (0, 2)


def test_from_elsewhere_the_shipped_knowledge_base_answers_and_says_so(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "amk", "list", "municipalities", "-f", "ids"],
        cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip

    assert len(done.stdout.splitlines()) == 50
    assert "--data" in done.stderr


def test_a_reader_that_has_enough_is_no_error() -> None:
    done = subprocess.run(
        f'"{sys.executable}" -m amk report | head -n 1', shell=True, cwd=ROOT, capture_output=True, text=True,
        encoding="utf-8", check=False,
    )  # fmt: skip

    assert "Traceback" not in done.stderr


def test_version_and_help(amk: Amk) -> None:
    assert amk("--version").out.startswith("amk ")
    assert "validate" in amk("--help").out
    assert "--region" in amk("list", "--help").out


@pytest.mark.parametrize(
    ("arguments", "dutch", "english"),
    [
        (["LIST"], "er is geen opdracht “LIST” (bedoelt u “list”?)", "there is no command “LIST”"),
        (["list", "--regio", "x"], "amk list kent geen --regio (bedoelt u “--region”?)", "amk list has no"),
        (["diff", "--as-of", "2019"], "amk diff kent geen --as-of; zie amk diff --help", "has no --as-of;"),
        (["list", "--region"], "bij --region ontbreekt de waarde; zie amk list --help", "lacks its value"),
        (["list", "--limit", "x"], "--limit vraagt een geheel getal", "asks for a whole number"),
        (["query", "--timeout", "0", "select 1"], "te klein of te groot", "too small or too large"),
        (["show"], "bij amk show ontbreekt REF", "amk show lacks REF"),
        (["rename", "den", "haag", "x"], "weet geen raad met “x”", "does not know what to do with “x”"),
        (["import", "er-niet.xlsx"], "dat bestand of die map is er niet", "no such file or folder"),
        (["query", "select naam from records"], "geen kolom naam (bedoelt u “name”?)", "no column naam"),
        (["query", "selec"], "bij \"selec\" klopt de schrijfwijze niet", "not written as it should"),
    ],
)  # fmt: skip
def test_wrong_use_is_told_in_the_language_of_the_reader(
    amk: Amk, arguments: list[str], dutch: str, english: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for language, sentence in (("nl", dutch), ("en", english)):
        monkeypatch.setenv("AMK_LANG", language)
        answer = amk(*arguments)

        assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
        assert sentence in answer.err


@pytest.mark.parametrize(
    ("arguments", "code", "usage"),
    [
        ([], 2, "Gebruik: amk [OPTIES]"),
        (["help"], 0, "Gebruik: amk [OPTIES]"),
        (["help", "list"], 0, "Gebruik: amk list"),
    ],
)
def test_help_is_a_page_on_stdout(amk: Amk, arguments: list[str], code: int, usage: str) -> None:
    answer = amk(*arguments)

    assert (answer.code, answer.err) == (code, "")
    assert answer.out.startswith(usage)
    assert answer.out.count("\n") > 5


def test_a_piece_of_a_record_is_told_in_words(amk: Amk) -> None:
    answer = amk("list", "policies", "--columns", "title,milestones", "--data", str(EXAMPLE), "-f", "md")

    assert "| Titel | Mijlpalen |" in answer.out
    assert "status: concept, datum: 2020-11, vindplaatsen: (bron: brief-2021, regels: 6);" in answer.out
    assert "status: vastgesteld, datum: 2021-03-18" in answer.out
    steps = amk("list", "policies", "--columns", "milestones.status", "--data", str(EXAMPLE), "-f", "md")
    assert "| concept; vastgesteld |" in steps.out


@pytest.mark.parametrize("kind", ["gemeenten", "Gemeente", "municipality", "Municipalities"])
def test_a_kind_goes_by_its_name_in_either_language(amk: Amk, kind: str) -> None:
    assert amk("list", kind, "-f", "ids", "--data", str(EXAMPLE)).out == (
        "municipality/noordbeek\nmunicipality/oostbeek\nmunicipality/westbeek\n"
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["list", "begripenlijsten"], "bedoelt u “vocabulary”?"),
        (["list", "-f", "xlsx"], "amk export -o kennisbank.xlsx"),
        (["list", "-o", "lijst.xls"], "amk export -o kennisbank.xlsx"),
    ],
)
def test_who_means_something_else_is_told_what(amk: Amk, arguments: list[str], sentence: str) -> None:
    assert sentence in amk(*arguments).err


@pytest.mark.parametrize(
    ("broad", "narrow"),
    [
        (["--form", "werkgroep"], "collaboration/werkgroep-haaglanden"),
        (["--where", "form=werkgroep"], "collaboration/werkgroep-haaglanden"),
        (["--purpose", "afstemming"], "collaboration/werkgroep-greenport-aalsmeer"),
        (["--where", "purposes=afstemming"], "collaboration/werkgroep-greenport-aalsmeer"),
        (["--where", "level=ambtelijk"], "collaboration/overleg-greenport-oostland"),
        (["--where", "form~groep"], "collaboration/werkgroep-haaglanden"),
    ],
)
def test_a_broader_word_holds_the_narrower_ones(amk: Amk, broad: list[str], narrow: str) -> None:
    assert narrow in amk("list", "collaborations", *broad, "-f", "ids").out.split()


@pytest.mark.parametrize(
    ("field", "label", "code"),
    [("status", "vastgesteld", "adopted"), ("type", "beleidskader", "policy-framework")],
)
def test_a_condition_takes_a_label_as_it_takes_a_code(amk: Amk, field: str, label: str, code: str) -> None:
    by_label = amk("list", "policies", "--where", f"{field}={label}", "-f", "ids").out
    by_code = amk("list", "policies", "--where", f"{field}={code}", "-f", "ids").out

    assert by_label == by_code != ""


def test_regions_that_are_asked_for_together_are_united(amk: Amk) -> None:
    asked = [
        amk("list", "municipalities", "--region", name, "-f", "ids").out.split()
        for name in ("Haaglanden", "Drechtsteden")
    ]
    both = amk(
        "list", "municipalities", "--region", "Haaglanden", "--region", "Drechtsteden", "-f", "ids"
    ).out.split()
    title = amk("report", "--region", "Haaglanden", "--region", "Drechtsteden", "-f", "md").out.splitlines()[
        0
    ]

    assert sorted(both) == sorted(asked[0] + asked[1])
    assert title.endswith("in Haaglanden en Drechtsteden")


def test_who_went_further_than_what_was_asked_is_named(amk: Amk) -> None:
    out = amk("list", "municipalities", "--status", "vastgesteld", "--region", "Midden-Holland").out
    effective = amk(
        "list", "municipalities", "--status", "effective", "--region", "Midden-Holland", "-f", "ids"
    ).out

    assert "Zuidplas; met --status effective erbij." in out
    assert "municipality/zuidplas" in effective.split()
