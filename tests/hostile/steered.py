"""A knowledge base in which every text tries to steer the terminal."""

from __future__ import annotations

import re
from pathlib import Path

ATTACKS = (
    "\x1b[31mred", "\x1b]0;title\x07", "\x1b]8;;http://x\x1b\\link", "\x9b31m", "\x9d0;t\x9c", "a\rb",
    "a\bb", "\x7f", "\u202eesrever", "\u2066isolate", "\u200fmark", "\u061cmark", "\u2028line",
    "\u2029para", "\x0b", "\x0c", "\x00", "\x1b[2J\x1b[H", "\x1bc", "\x1b[?1049h", "\x1b]52;c;eA==\x07",
    "\x85",
)  # fmt: skip
ALL = "".join(ATTACKS)
"""Every attack in a row."""

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What must never come out, written out here once more so that a slip in amk is not repeated."""


def quoted(text: str) -> str:
    """A double-quoted YAML scalar in which everything odd is an escape."""
    inside = "".join(
        c if c.isascii() and c.isprintable() and c not in '"\\' else f"\\u{ord(c):04x}" for c in text
    )
    return f'"{inside}"'


X = quoted(f"x {ALL} y")
EVIDENCE = f"evidence: [{{source: s, pages: {X}, remark: {X}, says: {{form: {X}, {X}: {X}}}}}]\n"
NOTES = (
    f"notes: [{{text: {X}, topic: policy, date_text: {X}, {EVIDENCE.strip()}}}]\n"
    f"summary: {X}\ntags: [{X}]\nowner: {X}\n"
)

RECORDS = {
    "amk.yaml": f"title: {X}\nsubject: {X}\nlicence: {X}\ncredits: [{X}]\nhome_region: r\ndivided_by: {X}\n",
    "sources/s.yaml": (
        f"title: {X}\nshort: {X}\npublisher: {X}\ntype: {X}\nnumber: {X}\nurl: {X}\n"
        f"date: 2021\n{NOTES}"
    ),
    "sources/t.yaml": (
        f"title: {X}\ntype: {X}\nurl: {quoted('https://x.org/' + ALL)}\n"
        f"annex_to: s\nabout: [{X}]\n"
    ),
    "municipalities/a.yaml": (
        f"name: {X}\nofficial_name: {X}\naliases: [{X}]\ncode: {X}\nuri: {X}\nprovince: r\nperiod: 1900/..\n"
        f"neighbours: {{b: {{km: 1, kind: {X}}}}}\n"
        f"neighbours_outside: [{{code: {X}, name: {X}, km: 1, kind: {X}}}]\n"
        f"no_policy_found: [{{date: 2021, remark: {X}, {EVIDENCE.strip()}}}]\n{NOTES}{EVIDENCE}"
    ),
    "municipalities/b.yaml": (
        f"name: {X}\nprovince: {X}\nsuccessors: [{{municipality: a, date: 2021-01-01, legal_basis: {X}}}]\n"
        f"period: 1900/2020\n{EVIDENCE}"
    ),
    "regions/r.yaml": (
        f"name: {X}\ntype: {X}\naliases: [{X}]\nuri: {X}\n"
        f"members: [{{municipality: a}}, {{municipality: {X}}}]\n"
        f"part_of: [{X}]\noutside_province: [{{name: {X}, code: {X}}}]\n{NOTES}{EVIDENCE}"
    ),
    "organisations/o.yaml": f"name: {X}\ntype: {X}\naliases: [{X}]\nuri: {X}\n{NOTES}{EVIDENCE}",
    "collaborations/c.yaml": (
        f"name: {X}\naliases: [{X}]\nform: {X}\ninitiator: organisation/o\nconvenor: {X}\nregions: [r]\n"
        f"participants: [{{municipality: a, role: {X}, remark: {X}}}, {{organisation: {X}}}]\n"
        f"purposes: [{X}]\nframework: {X}\nperiod: 2019/..\ndate_text: {X}\n"
        f"activities: [{{type: {X}, text: {X}, by: [{X}], date_text: {X}}}]\n"
        f"milestones: [{{text: {X}, date: 2020, date_text: {X}}}]\n{NOTES}{EVIDENCE}"
    ),
    "policies/p.yaml": (
        f"title: {X}\ntype: {X}\nmunicipalities: [a]\nregions: [r]\norganisations: [o]\nlegal_basis: {X}\n"
        f"milestones: [{{status: adopted, date: 2020, date_text: {X}, body: {X}, remark: {X}}}]\n"
        f"influenced_by: [{{ref: organisation/o, remark: {X}}}, {{ref: {X}}}]\nreplaces: [{X}]\n"
        f"documents: [{{id: {X}, title: {X}, url: {X}}}]\n"
        f"conditions: {{{X}: {{value: {X}, unit: {X}, definition: {X}, remark: {X}}}}}\n"
        f"places: [{{number: 3, method: {X}}}]\n{NOTES}{EVIDENCE}"
    ),
    "vocabulary/forms.yaml": (
        f"labels: {{nl: {X}, en: {X}}}\ndefinition: {X}\n"
        f"concepts: [{{code: {X}, labels: {{nl: {X}, en: {X}}}}}]\n"
    ),
    "policies/wrong.yaml": f"title: [{X}]\n{X}: {X}\neffect: {X}\nexpires: {X}\n",
    "policies/torn.yaml": f"title: {X}\n  {X}: [",
}  # fmt: skip


def steered(folder: Path, odd_names: bool = True) -> Path:
    """Write the knowledge base; with odd names too, where the system takes them."""
    for path, text in RECORDS.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    (folder / "policies" / "raw.yaml").write_bytes(b"title: \x1b[31m\x9b\n")
    for name in (
        ("\x1b[31m.yaml", "a\nb.yaml", "\u202e.yaml", "\udc9b.yaml", "\u009b.yaml") if odd_names else ()
    ):
        (folder / "policies" / name).write_text("title: x\n", encoding="utf-8")
        (folder / name.removesuffix(".yaml")).mkdir()
        (folder / name.removesuffix(".yaml") / "x.yaml").write_text("title: x\n", encoding="utf-8")
    return folder
