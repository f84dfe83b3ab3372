"""Figures and commitments: as of their source, with their doubt; what is aimed at is no count."""

from __future__ import annotations

from datetime import date
from typing import Any

from amk.document.blocks import Document, Heading, Text
from amk.formats.markdown import write
from amk.language import phrases_in
from amk.model.filters import Filters, narrowed
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import Commitment, Figure
from amk.model.validity import as_of
from amk.questions.figures_and_commitments import commitment_told, figure_told, quantity_told
from amk.questions.map.find import find_map
from amk.questions.map.tell import rows_of
from amk.questions.records.card import tell_card
from amk.questions.report.find import find_briefing
from amk.questions.report.tell import tell_briefing
from tests.conftest import MakeBase

DAY = date(2026, 11, 26)
NL, EN = phrases_in("nl"), phrases_in("en")

TEXTS = {
    "amk.yaml": "title: Proef\nsubject: proef\nhome_region: polder\ndivided_by: area\n",
    "vocabulary/measures.yaml": (
        "labels: {nl: Maten, en: Measures}\nconcepts:\n"
        "  - code: places\n    labels: {nl: plaatsen, en: places}\n"
        "  - code: workers\n    labels: {nl: werkers, en: workers}\n"
    ),
    "vocabulary/bodies.yaml": (
        "labels: {nl: Organen, en: Bodies}\nconcepts:\n"
        "  - code: GS\n    labels: {nl: Gedeputeerde Staten, en: executive}\n"
        "  - code: PS\n    labels: {nl: Provinciale Staten, en: council}\n"
    ),
    "vocabulary/commitment-types.yaml": (
        "labels: {nl: Soorten, en: Types}\nconcepts:\n  - code: motion\n    labels: {nl: motie, en: motion}\n"
    ),
    "vocabulary/region-types.yaml": (
        "labels: {nl: Soorten, en: Types}\nconcepts:\n  - code: area\n    labels: {nl: gebied, en: area}\n"
    ),
    "municipalities/aa.yaml": "name: Aa\nevidence: [{source: telling}]\n",
    "municipalities/bee.yaml": "name: Bee\nevidence: [{source: telling}]\n",
    "municipalities/cee.yaml": "name: Cee\nevidence: [{source: telling}]\n",
    "regions/polder.yaml": (
        "name: Polder\ntype: area\nmembers: [{municipality: aa}]\nevidence: [{source: telling}]\n"
    ),
    "organisations/provincie.yaml": "name: Provincie\ntype: province\nevidence: [{source: telling}]\n",
    "sources/telling.yaml": "title: Telling\nshort: de telling\ntype: report\ndate: 2019-05-01\n",
    "sources/brief.yaml": "title: Brief\ntype: letter\ndate: 2021-07-05\n",
}


def figure(**said: object) -> str:
    fields = {"title": "Cijfer", "measure": "places", "evidence": "[{source: telling}]", **said}
    return "".join(f"{key}: {value}\n" for key, value in fields.items())


def motion(**said: object) -> str:
    fields = {"title": "Motie 1", "type": "motion", "text": "{nl: Het moet., en: It must.}"}
    rest = {"evidence": "[{source: telling}]", "date": "2019-05-01", **said}
    return "".join(f"{key}: {value}\n" for key, value in {**fields, **rest}.items())


def base_with(base_of: MakeBase, **records: str) -> KnowledgeBase:
    folder = {name: "commitments" if name.startswith("m_") else "figures" for name in records}
    more = {f"{folder[name]}/{name.replace('_', '-')}.yaml": text for name, text in records.items()}
    return base_of({**TEXTS, **more})


def words(*texts: Text) -> str:
    return " ".join(t if isinstance(t, str) else "".join(r for r in t if isinstance(r, str)) for t in texts)


def only(base: KnowledgeBase, kind: Any) -> Any:
    (found,) = base.all(kind)
    return found


def test_how_much_is_told_with_its_doubt_and_its_bounds(base_of: MakeBase) -> None:
    told = {
        "value: 4500": "4.500",
        "value: 0": "0",
        "value: 3600\napproximate: true": "ongeveer 3.600",
        "at_least: 700\nat_most: 1450": "700 tot 1.450",
        "at_least: 2500": "ten minste 2.500",
        "at_most: 90\napproximate: true": "ongeveer ten hoogste 90",
    }
    for said, expected in told.items():
        base = base_with(base_of, f_1=figure(territory="[municipality/aa]") + said + "\n")
        assert quantity_told(only(base, Figure), NL) == expected


def test_a_figure_is_told_as_of_its_source_with_year_and_nature(base_of: MakeBase) -> None:
    where = "[municipality/aa, municipality/bee]"
    text = figure(territory=where, value=3600, approximate="true", nature="estimate", year=2018)
    base = base_with(base_of, f_1=text)
    found = only(base, Figure)

    assert words(figure_told(base, found, DAY, NL)) == (
        "Aa en Bee, volgens de telling (1 mei 2019): ongeveer 3.600 plaatsen (2018, schatting)."
    )
    assert words(figure_told(base, found, date(2019, 6, 1), EN)) == (
        "Aa and Bee: about 3,600 places (2018, estimate)."
    )


def test_a_figure_is_known_from_its_year_and_an_ambition_from_its_source(base_of: MakeBase) -> None:
    counted = figure(territory="[municipality/aa]", value=10, nature="count", year=2018)
    aimed = figure(title="Streven", territory="[municipality/aa]", value=90, nature="ambition", year=2030)
    base = base_with(base_of, f_1=counted, f_2=aimed)

    for day, known in ((date(2017, 1, 1), []), (date(2019, 1, 1), ["f-1"]), (DAY, ["f-1", "f-2"])):
        assert [f.id for f in as_of(base, day).all(Figure)] == known


def test_a_filter_holds_for_the_figures_of_an_area(base_of: MakeBase) -> None:
    base = base_with(
        base_of,
        f_1=figure(territory="[municipality/aa]", value=1),
        f_2=figure(title="B", territory="[municipality/bee]", value=2),
        f_3=figure(title="C", territory="[region/polder]", value=3),
    )

    for filters in (Filters(regions=("polder",)), Filters(municipality="aa")):
        assert {f.id for f in narrowed(base, filters).all(Figure)} == {"f-1", "f-3"}
    assert {f.id for f in narrowed(base, Filters(municipality="bee")).all(Figure)} == {"f-2"}


def test_the_map_shows_the_last_count_of_a_municipality_alone(base_of: MakeBase) -> None:
    base = base_with(
        base_of,
        f_1=figure(territory="[municipality/aa]", value=100, year=2017),
        f_2=figure(title="B", territory="[municipality/aa]", value=1200, year=2018),
        f_3=figure(title="C", territory="[municipality/aa]", value=9000, nature="ambition", year=2030),
        f_4=figure(title="D", territory="[municipality/bee, municipality/cee]", value=5000, year=2018),
        f_5=figure(title="E", territory="[municipality/bee]", at_least=700, at_most=1450, year=2018),
        f_6=figure(title="F", territory="[municipality/cee]", measure="workers", value=5, year=2018),
    )
    found = find_map(base, DAY, "figures", measure="places")

    assert {p.municipality.id: (p.shade, p.maybe) for p in found.places} == {
        "aa": ("from-1000", False),
        "bee": ("from-250", True),
        "cee": ("no-figure", False),
    }
    assert {row["id"]: row["figure"] and row["figure"]["ref"] for row in rows_of(found)} == {
        "aa": "figure/f-2",
        "bee": "figure/f-5",
        "cee": None,
    }


def test_a_commitment_tells_what_came_of_it_and_an_answer_is_no_fulfilment(base_of: MakeBase) -> None:
    answered = motion(due=2020, fulfilled_by="[{ref: source/brief, date: 2021-07-05}]")
    base = base_with(base_of, m_1=answered)

    assert words(commitment_told(base, only(base, Commitment), DAY, NL)) == (
        "Motie 1, 1 mei 2019, volgens de telling (1 mei 2019): Het moet. Uiterlijk: 2020. "
        "Of dit is afgedaan, is niet bekend. Beantwoord met ‘Brief’ (5 juli 2021)."
    )


def test_before_its_answer_a_commitment_was_not_fulfilled(base_of: MakeBase) -> None:
    done = motion(fulfilled="yes", fulfilled_by="[{ref: source/brief, date: 2021-07-05}]")
    base = base_with(base_of, m_1=done)

    assert only(as_of(base, date(2020, 1, 1)), Commitment).fulfilled == "no"
    assert only(as_of(base, date(2020, 1, 1)), Commitment).fulfilled_by == ()
    assert only(as_of(base, DAY), Commitment).fulfilled == "yes"
    assert as_of(base, date(2019, 1, 1)).all(Commitment) == ()


def test_a_card_names_the_figures_and_the_commitments_of_whom_it_is_about(base_of: MakeBase) -> None:
    base = base_with(
        base_of,
        f_1=figure(territory="[region/polder]", value=1400, year=2019),
        m_1=motion(by="organisation/provincie", by_body="GS", to="organisation/provincie", to_body="PS"),
    )

    def card(ref: str) -> str:
        return write(Document("", "nl", tuple(tell_card(base, base.known[ref], DAY, NL))))

    assert "1.400 plaatsen (2019)" in card("region/polder")
    assert "plaatsen" not in card("municipality/aa")
    assert "Het moet." in card("organisation/provincie")
    assert "Provinciale Staten (Provincie)" in card("commitment/m-1")


def test_a_briefing_has_a_section_for_each_only_where_there_are_any(base_of: MakeBase) -> None:
    def headings(base: KnowledgeBase, *regions: str) -> list[Text]:
        blocks = tell_briefing(find_briefing(base, DAY, regions), NL, "Polder", ())
        return [block.text for block in blocks if isinstance(block, Heading)]

    full = base_with(base_of, f_1=figure(territory="[municipality/bee]", value=1), m_1=motion())
    assert {"Cijfers", "Toezeggingen"} <= set(headings(full))
    assert not {"Cijfers", "Toezeggingen"} & set(headings(base_with(base_of)))
    assert not {"Cijfers", "Toezeggingen"} & set(headings(full, "polder"))
