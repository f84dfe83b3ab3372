"""Reports of one's own: the same answers, in a sandbox, and a mistake told with its line."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from shutil import copytree

import pytest

from amk.cli import run
from tests.conftest import ROOT

DATA = ROOT / "data"


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("AMK_LANG", "nl")
    (tmp_path / "templates").mkdir()
    return Path(copytree(DATA, tmp_path / "data"))


def told(base: Path, text: str, *more: str, capsys: pytest.CaptureFixture[str], code: int = 0) -> str:
    (base.parent / "templates" / "eigen.md").write_text(text, encoding="utf-8")
    arguments = ["report", "eigen", "--today", "2024-01-01", "-f", "md", "--data", str(base), *more]
    assert run(arguments) == code
    captured = capsys.readouterr()
    return captured.err if code else captured.out


def test_the_template_of_the_manual_tells_a_table(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    manual = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
    template = manual.split("```jinja\n")[1].split("```")[0]

    page = told(base, template, "--region", "Haaglanden", capsys=capsys)

    assert page.startswith("# Beleid in Haaglanden\n")
    assert re.search(r"\| Westland \| in werking\[\^\d\] \|", page)
    assert "Peildatum: 1 januari 2024" in page
    assert "Rotterdam" not in page
    assert "(ambtelijke werkgroep)" in page
    assert "Status op 1 januari 2024" in page


def test_a_template_becomes_a_document_in_every_format(base: Path, tmp_path: Path) -> None:
    (base.parent / "templates" / "eigen.md").write_text(
        "# T\n\n{{ counts.gaps }} grenzen\n", encoding="utf-8"
    )
    for suffix in ("html", "pdf", "txt"):
        path = tmp_path / f"x.{suffix}"
        assert run(["report", "eigen", "-o", str(path), "--data", str(base)]) == 0
        assert path.stat().st_size > 50


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (
            "# T\n\n{{ munincipalities }}",
            "3",
            "(bedoelt u “municipalities”?); een sjabloon kent area, changes, cha",
        ),
        ("# T\n{% for x in policies %}", "2", "endfor"),
        (
            "# T\n\n\n{{ policies[0].titel }}",
            "4",
            "(bedoelt u “title”?); er is wel aliases, conditions, documents",
        ),
        ("{% for p in policies %}\n{{ p.nope.deep }}\n{% endfor %}", "2", "geen veld “nope”"),
        ("{{ policies.title }}", "1", "loop die door met {% for %}"),
        ("{{ policies[999].title }}", "1", "geen nummer 999"),
        ("# T\n{{ day.jaar }}", "2", "{% if %}"),
        ("{{ 1 / 0 }}", "1", "zero"),
        ("\n{{ day|dat }}", "2", "(bedoelt u “date”?)"),
        ("\n\n{% if day is dated %}{% endif %}", "3", "“dated”"),
        ("{{ day|label }}", "1", "vocabulary"),
        ("{{ ''.__class__.__mro__ }}", "1", "unsafe"),
        ("{{ day.__init__.__globals__ }}", "1", "unsafe"),
        ("{{ cycler.__init__.__globals__.os }}", "1", "unsafe"),
        ("{{ (policies|map(attribute='__class__')|list)[0].__mro__ }}", "1", "unsafe"),
        ("{{ '{0.__class__}'.format(day) }}", "1", "unsafe"),
        ("{% include '/etc/passwd' %}", "1", "staat op zichzelf"),
        ("\n{% extends '../../x' %}", "2", "staat op zichzelf"),
        ("{% import 'x' as x %}", "1", "staat op zichzelf"),
        ("{% from 'x' import y %}", "1", "staat op zichzelf"),
        ("{{ range(10**9)|list }}", "1", "ange"),
        ("{{ policies.append(1) }}", "1", "append"),
        ("{{ self._TemplateReference__context }}", "1", "unsafe"),
        ("{% set x = 1 %}{{ lipsum(9) }}", "1", "“lipsum”"),
        ("{{ policies|random }}", "1", "“random”"),
        ("{{ changes.policies }}", "", "--since"),
        ("\n\n", "", "zegt niets"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_there_is(
    base: Path, text: str, line: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    error = told(base, text, capsys=capsys, code=2)

    assert f"eigen.md, regel {line}" in error if line else "regel" not in error
    assert said in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    "text",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}lang genoeg{% endfor %}{% endfor %}",
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% for a in range(99999) %}{% for b in range(99999) if b > 9999999 %}{% endfor %}{% endfor %}",
        "{% macro m(n) %}{{ m(n + 1) }}{% endmacro %}{{ m(1) }}",
        "{% macro m(n) %}{% for i in range(9) %}{{ m(n - 1) if n }}{% endfor %}{% endmacro %}{{ m(30) }}",
        "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
        "{{ 'a' * 10**10 }}",
        "{{ 10 ** (10 ** 10) }}",
        "{{ [0] * 10**9 }}",
        "{% set n = namespace(x='aa') %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
        "{% set n = namespace(x='aa') %}{% for i in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}",
        "{% set n = namespace(x=9) %}{% for i in range(60) %}{% set n.x = n.x * n.x %}{% endfor %}",
        *(
            [
                "{{ '%2000000000d' % 1 }}",
                "{{ 'a'|center(2 * 10**9) }}",
                "{{ range(99999)|map('center', 99999)|list }}",
            ]
            if sys.platform == "linux"
            else []
        ),
    ],
)
def test_a_template_that_goes_on_and_on_is_stopped(
    base: Path, text: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("amk.document.template_sandbox.SECONDS", 0.5)

    assert "te veel tijd, geheugen of tekst" in told(base, text, capsys=capsys, code=2)


@pytest.mark.parametrize(
    "text", ["{% if 1 %}" * 300, "{{ " + "(" * 5000, "{{ " + "[" * 5000 + "]" * 5000 + " }}"]
)
def test_a_template_that_is_nested_too_deep_is_told(
    base: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(base, text, capsys=capsys, code=2).count("\n") == 1


def test_a_file_that_is_no_text_is_told(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = base.parent / "templates" / "eigen.md"
    for raw, said in ((b"\xff\xfe# T", "UTF-8"), (b"# T" * 100_000, "hoogstens 200 kB")):
        own.write_bytes(raw)
        assert run(["report", "eigen", "--data", str(base)]) == 2
        assert said in capsys.readouterr().err


def test_a_template_stays_inside_the_knowledge_base(
    base: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = tmp_path_factory.mktemp("elders") / "geheim.md"
    secret.write_text("# Geheim")
    try:
        (base.parent / "templates" / "link.md").symlink_to(secret)
    except OSError:
        pytest.skip("links need a right that this system does not give")
    for name in ("link", "../data/amk", str(secret), "x/y", "eigen.md"):
        assert run(["report", name, "--data", str(base)]) == 2
        captured = capsys.readouterr()
        assert "er is geen verslag" in captured.err
        assert "Geheim" not in captured.out + captured.err


def test_a_template_with_the_name_of_a_report_of_amk_is_told(
    base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (base.parent / "templates" / "letter.md").write_text("# Mijn brief")

    assert run(["report", "letter", "--region", "Drechtsteden", "--data", str(base)]) == 0
    captured = capsys.readouterr()
    assert "Mijn brief" not in captured.out
    assert "templates/letter.md is niet gebruikt" in captured.err


def test_a_template_cites_its_sources_in_footnotes(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = """# Stand
{% for m in municipalities if m.id in ("westland", "vlaardingen") %}
- {{ m.name }}: {{ m.status|status }}.{{ m|sources("status") }}
{% endfor %}
{% for c in collaborations[:1] %}
{{ c.name }}.{{ c|sources }}{{ c|sources }}
{% endfor %}
"""
    page = told(base, text, capsys=capsys)

    briefing = told_by_amk(base, "briefing", capsys)
    note = next(line for line in page.splitlines() if line.startswith("[^1]: "))
    assert "Westland: in werking.[^1]" in page or "Westland: in werking.[^2]" in page
    assert note.partition(": ")[2] in briefing
    assert len(re.findall(r"^\[\^\d\]: ", page, re.M)) >= 2


def told_by_amk(base: Path, name: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["report", name, "--today", "2024-01-01", "-f", "md", "--data", str(base)]) == 0
    return capsys.readouterr().out


def test_footnotes_come_into_every_format(base: Path, tmp_path: Path) -> None:
    (base.parent / "templates" / "eigen.md").write_text(
        "# T\n\n{{ policies[0].title }}.{{ policies[0]|sources }}\n", encoding="utf-8"
    )
    for suffix, kept in (("html", 'href="#note-1"'), ("txt", "[1]"), ("md", "[^1]: ")):
        path = tmp_path / f"x.{suffix}"
        assert run(["report", "eigen", "-o", str(path), "--data", str(base)]) == 0
        assert kept in path.read_text(encoding="utf-8")


def test_a_template_has_the_answers_of_the_other_questions(
    base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = """# {{ subject }}
- {{ gaps|length }} {{ gaps[0].from.name }}{{ gaps[0].from|sources("status") }} {{ gaps[0].km }}
- {{ timeline[0].text }}{{ timeline[0]|sources }}
- {{ coverage[0].unknown }} {{ stale[0].why }} {{ network.edges|length }}
- {{ changes.policies|length }} {{ changes.policies[0].date|date }} {{ since|date }}
- {{ changes.policies[0].name }}{{ changes.policies[0]|sources }}
- {{ organisations[0].name }} {{ sources[0]|sources }} {{ municipalities[0].regions|named("region") }}
"""
    page = told(base, text, "--since", "2021-07-05", capsys=capsys)

    answers = {}
    for question in ("gaps", "network", "stale"):
        day = ["--as-of", "2024-01-01"]
        assert run([question, *day, "--json", "--data", str(base), "--lang", "nl"]) == 0
        answers[question] = json.loads(capsys.readouterr().out)
    assert f"- {len(answers['gaps'])} {answers['gaps'][0]['from']['name']}" in page
    assert answers["stale"][0]["why"] in page
    assert f" {len(answers['network']['edges'])}\n" in page
    assert "5 juli 2021" in page


def test_what_data_say_is_never_read_as_markdown(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy = next((base / "policies").glob("*.yaml"))
    said = policy.read_text(encoding="utf-8").splitlines()
    title = "title: '| *a* [x](https://y.nl) [^amk1] __b__'"
    policy.write_text("\n".join(title if line.startswith("title:") else line for line in said))
    loop = f"{{% for p in policies if p.id == '{policy.stem}' %}}"
    text = f"# T\n| a | b |\n|---|---|\n{loop}\n| {{{{ p.title }}}} | {{{{ none }}}} |\n{{% endfor %}}\n"

    assert "| \\| \\*a\\* \\[x\\](https://y.nl) \\[^amk1\\] \\_\\_b\\_\\_ |  |" in told(
        base, text, capsys=capsys
    )


def test_values_are_told_in_the_language_of_the_report(
    base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "# T\n{{ [1.5, true, none, 'b'] }}; {{ {'nl': 'ja', 'en': 'yes'} }}; {{ 3|number(2) }} "
    text += "{{ '**x**'|safe }}"

    assert "1,5, ja en b; ja; 3,00 **x**" in told(base, text, capsys=capsys)
    assert "1.5, yes and b; yes; 3.00 **x**" in told(base, text, "--lang", "en", capsys=capsys)


def test_the_names_of_ones_own_are_among_those_to_choose_from(
    base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (base.parent / "templates" / "raadsbrief.md").write_text("# Brief")

    assert run(["report", "raadsbief", "--data", str(base)]) == 2

    assert "bedoelt u “raadsbrief”" in capsys.readouterr().err


def test_the_names_of_ones_own_are_completed(
    base: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (base.parent / "templates" / "raadsbrief.md").write_text("# Brief")
    monkeypatch.setenv("_AMK_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", f"amk\nreport\n--data\n{base}\nraa")
    monkeypatch.setenv("COMP_CWORD", "4")

    assert run([]) == 0
    assert capsys.readouterr().out.split() == ["raadsbrief"]


@pytest.mark.parametrize("template", ["letter", "state-table", "region", "municipality"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_built_in_reports_are_told(
    template: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    about = {"region": ["--region", "Haaglanden"], "municipality": ["--municipality", "Westland"]}
    arguments = ["report", template, *about.get(template, []), "--lang", language, "-f", "md"]
    assert run([*arguments, "--today", "2024-01-01", "--data", str(DATA)]) == 0

    page = capsys.readouterr().out
    assert page.startswith("# ")
    assert "Westland" in page


@pytest.mark.parametrize("about", [[], ["--region", "Haaglanden"], ["--region", "Drechtsteden"]])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_letter_takes_two_pages_at_most(about: list[str], language: str, tmp_path: Path) -> None:
    from pypdf import PdfReader

    letter = tmp_path / "brief.pdf"
    assert run(["report", "letter", *about, "--lang", language, "-o", str(letter), "--data", str(DATA)]) == 0

    pages = PdfReader(letter).pages
    assert len(pages) <= 2
    assert "amk " not in "".join(page.extract_text() for page in pages)


def test_a_letter_says_what_its_statements_rest_on(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["report", "letter", "--region", "Haaglanden", "--lang", "nl", "-f", "md"]
    assert run([*arguments, "--today", "2024-01-01", "--data", str(DATA)]) == 0

    page = capsys.readouterr().out
    [number] = re.findall(r"Pijnacker-Nootdorp en Westland\.\[\^(\d)\]", page)
    note = page.split(f"[^{number}]: ")[1].splitlines()[0]
    assert note.startswith("Pijnacker-Nootdorp: Beleidsnota huisvesting arbeidsmigranten")
    assert "Westland: Beleidsregels tijdelijke huisvesting" in note


@pytest.mark.parametrize("template", ["region", "municipality"])
def test_a_report_about_one_asks_for_it(template: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", template, "--data", str(DATA)]) == 2

    assert f"--{template}" in capsys.readouterr().err


def test_the_briefing_tells_what_stands_out_and_ranks_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    wishes = ["--region", "Drechtsteden", "--today", "2024-01-01", "-f", "md"]
    assert run(["report", *wishes, "--data", str(DATA)]) == 0

    part = capsys.readouterr().out.split("## Wat opvalt")[1].split("## ")[0]
    assert "grenzen met beleid aan één kant" in part
    assert "is een signaal, geen oordeel" in part
    assert "amk " not in part
    named = part.split("spreken bronnen elkaar tegen: ")[1].split(".")[0].replace(" en ", ", ").split(", ")
    assert named == sorted(named), "in the order of the alphabet: nobody is ranked"
