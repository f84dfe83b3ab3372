"""A knowledge base of one's own: manifest, vocabularies, an example of each kind, and workflows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from amk.changing import Wish, changed, composed, parse_wish
from amk.language import Say
from amk.load import as_id
from amk.records import (
    AnyRecord,
    Collaboration,
    Manifest,
    Municipality,
    Organisation,
    Part,
    Policy,
    Region,
    Source,
    Vocabulary,
)
from amk.tree import MANIFEST, shipped_root

VOCABULARIES = (
    *("activity-types", "bodies", "borders", "forms", "organisation-types", "policy-types"),
    *("purposes", "region-types", "roles", "source-types"),
)
"""The vocabularies that any subject needs; those of a subject are made for it."""

STARTER: Mapping[str, str] = {
    ".github/workflows/valideren.yml": "valideren.yml",
    ".github/workflows/wijzigingen-plaatsen.yml": "wijzigingen-plaatsen.yml",
    ".github/workflows/publiceren.yml": "publiceren.yml",
    ".github/pull_request_template.md": "pull_request_template.md",
    ".gitlab-ci.yml": "gitlab-ci.yml",
}
"""Where the files that come with a knowledge base stand, and which of `starter/` they are."""

_SETTINGS = {".gitattributes": "*.yaml text eol=lf\n", ".gitignore": ".amk/\n.venv/\n"}


@dataclass(frozen=True, slots=True)
class Plan:
    """What somebody wants to begin: a title, a region of a type, a subject, and in which language."""

    title: str
    region: str
    region_type: str
    subject: str
    language: str
    examples: bool = True


def files_of(plan: Plan, say: Say) -> dict[str, str]:
    """The files of a new knowledge base, by path below its folder."""
    here = Path(__file__).parent / "starter"
    copied = {path: (here / name).read_text(encoding="utf-8") for path, name in STARTER.items()}
    terms = {f"data/vocabulary/{name}.yaml": _vocabulary(name) for name in VOCABULARIES}
    records = dict(_records(plan, say))
    readme = say.fill("start.readme", {"title": plan.title, "region": plan.region})
    # A template is taken as it is: its braces are its own.
    template = {f"templates/{say('start.template')}.md": say.phrases["start.template.text"]}
    shown = template if plan.examples else {}
    return {**records, **terms, **copied, **shown, **_SETTINGS, "README.md": f"{readme}\n"}


def _vocabulary(name: str) -> str:
    """A vocabulary that came with amk, without what it says of the knowledge base that it came from."""
    text = (shipped_root() / "vocabulary" / f"{name}.yaml").read_text(encoding="utf-8")
    return changed(text, Vocabulary, [parse_wish(f"{field}=") for field in ("notes", "evidence")])


def _records(plan: Plan, say: Say) -> Iterator[tuple[str, str]]:
    home = as_id(plan.region)
    yield f"data/{MANIFEST}", _manifest(plan, home)
    source = as_id(say("start.source"))
    yield _written(
        Source, source, {"title": say("start.source"), "type": "web-page"}, say("start.source.what")
    )
    members = {"members[0].municipality": as_id(say("start.municipality"))} if plan.examples else {}
    about = {"name": plan.region, "type": plan.region_type, **members, "evidence[0].source": source}
    yield _written(Region, home, about, say("start.region.what"))
    if plan.examples:
        yield from _examples(home, source, say)


def _manifest(plan: Plan, home: str) -> str:
    values = {
        f"title.{plan.language}": plan.title,
        f"subject.{plan.language}": plan.subject,
        "language": plan.language,
        "home_region": home,
        "public": "true",
        "schema": "1",
    }
    return _text(Manifest, values)


def _examples(home: str, source: str, say: Say) -> Iterator[tuple[str, str]]:
    """One of each kind that is about somebody: each says of itself that it is an example."""
    municipality, organisation = say("start.municipality"), say("start.organisation")
    who = as_id(municipality)
    cited = {"tags[0]": say("start.tag"), "evidence[0].source": source}
    what = say("start.example.what")
    yield _written(Municipality, who, {"name": municipality, "province": home, **cited}, what)
    yield _written(
        Organisation,
        as_id(organisation),
        {"name": organisation, "type": "knowledge-institute", **cited},
        what,
    )
    talks = {
        "name": say("start.collaboration"),
        "form": "informal-consultation",
        "participants[0].municipality": who,
        "participants[1].organisation": as_id(organisation),
        "purposes[0]": "knowledge-exchange",
        **cited,
    }
    yield _written(Collaboration, as_id(talks["name"]), talks, what)
    policy = {
        "title": say("start.policy"),
        "type": "policy-framework",
        "municipalities[0]": who,
        "milestones[0].status": "preparation",
        **cited,
    }
    yield _written(Policy, as_id(policy["title"]), policy, what)


def _written(kind: type[AnyRecord], id: str, values: Mapping[str, str], summary: str) -> tuple[str, str]:
    return f"data/{kind.folder}/{id}.yaml", _text(kind, {**values, "summary": summary})


def _text(kind: type[Part], values: Mapping[str, str]) -> str:
    return composed(kind, [Wish(parse_wish(f"{way}=").way, "=", value) for way, value in values.items()])
