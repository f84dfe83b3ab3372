"""A knowledge base of one's own: manifest, vocabularies, an example of each kind, and workflows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from amk.authoring.change import FieldChange, changed, composed, parse_change
from amk.language import WHOLE, Phrases
from amk.model.names import code_named
from amk.model.records import (
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
from amk.storage.data_folder import MANIFEST, Tree, shipped_root
from amk.storage.loading import as_id, load

VOCABULARIES = (
    *("activity-types", "bodies", "borders", "commitment-types", "forms", "organisation-types"),
    *("policy-types", "purposes", "region-types", "roles", "source-types"),
)
"""The vocabularies that any subject needs; those of a subject are made for it."""

STARTER: Mapping[str, str] = {
    ".github/workflows/valideren.yml": "valideren.yml",
    ".github/workflows/wijzigingen-plaatsen.yml": "wijzigingen-plaatsen.yml",
    ".github/workflows/publiceren.yml": "publiceren.yml",
    ".gitlab-ci.yml": "gitlab-ci.yml",
    ".pre-commit-config.yaml": "pre-commit-config.yaml",
    "CODEOWNERS": "CODEOWNERS",
}
"""Where the files that come with a knowledge base stand, and which of `starter/` they are."""

SPOKEN: Mapping[str, str] = {
    "CONTRIBUTING.md": "contributing.md",
    ".github/pull_request_template.md": "proposal.md",
    ".gitlab/merge_request_templates/Default.md": "proposal.md",
    ".github/ISSUE_TEMPLATE/correction.md": "correction.md",
    ".github/ISSUE_TEMPLATE/new-policy.md": "new-policy.md",
}
"""The same for what is in the language of the knowledge base."""

_NO_ORIGIN = 'AMK: ""'
"""Where a workflow is told where amk comes from."""

_SETTINGS = {
    ".gitattributes": "*.yaml text eol=lf\ndata/**/*.yaml merge=amk\n",
    ".gitignore": ".amk/\n.venv/\n",
}


@dataclass(frozen=True, slots=True)
class Scaffold:
    """What somebody wants to begin: a title, a region of a type, a subject, and in which language."""

    title: str
    region: str
    region_type: str
    subject: str
    language: str
    examples: bool = True
    origin: str = ""


def files_of(plan: Scaffold, phrases: Phrases) -> dict[str, str]:
    """The files of a new knowledge base, by path below its folder."""
    terms = {f"data/vocabulary/{name}.yaml": _vocabulary(name) for name in VOCABULARIES}
    records = dict(_records(plan, phrases))
    told = {"title": plan.title, "region": plan.region, "home": as_id(plan.region)}
    parts = ("start.readme", *(("start.readme.examples",) if plan.examples else ()), "start.readme.more")
    readme = "\n\n".join(phrases.fill(part, told) for part in parts)
    # A template is taken as it is: its braces are its own.
    template = {f"templates/{phrases('start.template')}.md": phrases.phrases["start.template.text"]}
    shown = template if plan.examples else {}
    made = {**_copied(plan), **_issues(plan.language), **_SETTINGS, "README.md": f"{readme}\n"}
    return {**records, **terms, **shown, **made}


def _copied(plan: Scaffold) -> dict[str, str]:
    """What comes along as it is, but for where amk comes from and the language in which it speaks."""
    origin, spoken = f'AMK: "{plan.origin}"', sentences_in(_spoken(plan.language))
    files = {path: _starter(name).replace(_NO_ORIGIN, origin) for path, name in STARTER.items()}
    for dutch, said in spoken.items():
        files = {path: text.replace(dutch, said) for path, text in files.items()}
    return files | {path: _starter(f"{_spoken(plan.language)}/{name}") for path, name in SPOKEN.items()}


def sentences_in(language: str) -> Mapping[str, str]:
    """What each Dutch sentence of the workflows is in a language; nothing in Dutch."""
    found: Mapping[str, str] = json.loads(_starter(f"{language}/sentences.json")) if language != "nl" else {}
    return found


def _issues(language: str) -> dict[str, str]:
    """The forms for an issue on GitLab: those of GitHub without what it needs above them, by their names."""
    found = {}
    for path, name in SPOKEN.items():
        if "ISSUE_TEMPLATE" in path:
            _, head, body = _starter(f"{_spoken(language)}/{name}").split("---\n", 2)
            title = head.partition("name: ")[2].partition("\n")[0]
            found[f".gitlab/issue_templates/{title}.md"] = body
    return found


def _spoken(language: str) -> str:
    return language if language in WHOLE else "en"


def _starter(name: str) -> str:
    return (Path(__file__).parent / "starter" / name).read_text(encoding="utf-8")


def region_type_named(text: str) -> str:
    """The code of a type of region, by itself or by its label in any language; another text as it is."""
    path = "vocabulary/region-types.yaml"
    base = load(Tree(shipped_root(), {path: _vocabulary("region-types")})).base
    return code_named(text, base.labels_of("region-types"))[0] or text


def subject_of(title: str, region: str) -> str:
    """What a title is about, without the region that every heading names already: laadpalen."""
    about = re.sub(rf"\W+(?:\w{{2,4}}\W+)?{re.escape(region)}$", "", title.strip()) or title.strip()
    return about[:1].lower() + about[1:] if about[1:2].islower() else about


def _vocabulary(name: str) -> str:
    """A vocabulary that came with amk, without what it says of the knowledge base that it came from."""
    text = (shipped_root() / "vocabulary" / f"{name}.yaml").read_text(encoding="utf-8")
    return changed(text, Vocabulary, [parse_change(f"{field}=") for field in ("notes", "evidence")])


def _records(plan: Scaffold, phrases: Phrases) -> Iterator[tuple[str, str]]:
    home = as_id(plan.region)
    yield f"data/{MANIFEST}", _manifest(plan, home)
    source = as_id(phrases("start.source"))
    yield _written(
        Source, source, {"title": phrases("start.source"), "type": "web-page"}, phrases("start.source.what")
    )
    members = {"members[0].municipality": as_id(phrases("start.municipality"))} if plan.examples else {}
    about = {"name": plan.region, "type": plan.region_type, **members, "evidence[0].source": source}
    yield _written(Region, home, about, phrases("start.region.what"))
    if plan.examples:
        yield from _examples(home, source, phrases)


def _manifest(plan: Scaffold, home: str) -> str:
    values = {
        f"title.{plan.language}": plan.title,
        f"subject.{plan.language}": plan.subject,
        "language": plan.language,
        "home_region": home,
        "public": "true",
        "schema": "1",
    }
    return _text(Manifest, values)


def _examples(home: str, source: str, phrases: Phrases) -> Iterator[tuple[str, str]]:
    """One of each kind that is about somebody: each says of itself that it is an example."""
    municipality, organisation = phrases("start.municipality"), phrases("start.organisation")
    who = as_id(municipality)
    cited = {"tags[0]": phrases("start.tag"), "evidence[0].source": source}
    what = phrases("start.example.what")
    yield _written(Municipality, who, {"name": municipality, "province": home, **cited}, what)
    yield _written(
        Organisation,
        as_id(organisation),
        {"name": organisation, "type": "knowledge-institute", **cited},
        what,
    )
    talks = {
        "name": phrases("start.collaboration"),
        "form": "informal-consultation",
        "participants[0].municipality": who,
        "participants[1].organisation": as_id(organisation),
        "purposes[0]": "knowledge-exchange",
        **cited,
    }
    yield _written(Collaboration, as_id(talks["name"]), talks, what)
    policy = {
        "title": phrases("start.policy"),
        "type": "policy-framework",
        "municipalities[0]": who,
        "milestones[0].status": "preparation",
        **cited,
    }
    yield _written(Policy, as_id(policy["title"]), policy, what)


def _written(kind: type[AnyRecord], id: str, values: Mapping[str, str], summary: str) -> tuple[str, str]:
    return f"data/{kind.folder}/{id}.yaml", _text(kind, {**values, "summary": summary})


def _text(kind: type[Part], values: Mapping[str, str]) -> str:
    return composed(
        kind,
        [
            FieldChange(parse_change(f"{field_path}=").field_path, "=", value)
            for field_path, value in values.items()
        ],
    )
