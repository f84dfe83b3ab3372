"""The same records in each peer's own form: `python -m benchmarks.forms DATA TARGET` writes all of them.

A process of its own, because what it holds in memory would count for every program started after it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import md5
from pathlib import Path
from typing import Any

import yaml
from benchmarks.yamale_schema import yamale_schema

KINDS = {
    "municipalities": "municipality",
    "regions": "region",
    "organisations": "organisation",
    "collaborations": "collaboration",
    "policies": "policy",
    "sources": "source",
}
"""The folders that are measured, with their kinds; the vocabulary stays small at every size."""


@dataclass(frozen=True)
class Written:
    """A record as its file has it."""

    folder: str
    path: Path

    @cached_property
    def plain(self) -> dict[str, Any]:
        loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every scalar as text
        loaded: dict[str, Any] = yaml.load(self.path.read_text(encoding="utf-8"), loader)
        return loaded

    @property
    def id(self) -> str:
        return self.path.stem

    @property
    def name(self) -> str:
        return str(self.plain.get("name", self.plain.get("title")))

    def places(self) -> list[str]:
        """The ids of the municipalities that it names as its own or as participants."""
        parties = (party.get("municipality") for party in self.plain.get("participants", ()))
        own = [self.id] if self.folder == "municipalities" else []
        return [*own, *self.plain.get("municipalities", ()), *(place for place in parties if place)]


@dataclass(frozen=True)
class Records:
    """Every record of a knowledge base, and the regions that each concerns."""

    data: Path

    @cached_property
    def all(self) -> list[Written]:
        return [Written(f, path) for f in KINDS for path in sorted((self.data / f).glob("*.yaml"))]

    @cached_property
    def _region_of(self) -> Mapping[str, str]:
        regions = (one for one in self.all if one.folder == "regions")
        return {m["municipality"]: r.id for r in regions for m in r.plain.get("members", ())}

    def regions_of(self, record: Written) -> list[str]:
        inherited = (self._region_of[place] for place in record.places() if place in self._region_of)
        return sorted({*record.plain.get("regions", ()), *inherited})


def write_yamale(records: Records, target: Path) -> None:
    """The same files, and beside them a schema for each kind."""
    for folder, kind in KINDS.items():
        (target / folder).mkdir(parents=True)
        (target / folder / "schema.yaml").write_text(yamale_schema(_json_schema(records, kind)), "utf-8")
    for record in records.all:
        os.link(record.path, target / record.folder / record.path.name)


def write_json_schemas(records: Records, target: Path) -> None:
    """amk's own JSON Schema of each kind, in which an id must be one of those there are."""
    target.mkdir()
    for folder, kind in KINDS.items():
        (target / f"{folder}.json").write_text(json.dumps(_json_schema(records, kind)), "utf-8")


def _json_schema(records: Records, kind: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "amk", "schema", kind, "--data", str(records.data)]
    done = subprocess.run(command, capture_output=True, check=True, env={**os.environ, "AMK_NO_CACHE": "1"})
    schema: dict[str, Any] = json.loads(done.stdout)
    return schema


REC_HEAD = """\
%rec: record
%key: Id
%mandatory: Kind Name
%type: Kind enum municipalities regions organisations collaborations policies sources
%type: Effect enum restricts allows both unknown
%type: Neighbours_km real
%type: Location_lon real
%type: Places_number int

"""


def write_recutils(records: Records, target: Path) -> None:
    """One file of records, each with its fields, its texts and the regions that it concerns."""
    target.mkdir()
    with (target / "records.rec").open("w", encoding="utf-8") as file:
        file.write(REC_HEAD)
        for record in records.all:
            head = [("Id", f"{record.folder}/{record.id}"), ("Kind", record.folder), ("Name", record.name)]
            regions = [("Region", region) for region in records.regions_of(record)]
            fields = [*head, *regions, *_flat({k: v for k, v in record.plain.items() if k != "name"})]
            file.write("".join(f"{name}: {value}\n" for name, value in fields) + "\n")


def _flat(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """The fields of a record as recutils has them, once for each value: `Milestones_status: adopted`."""
    if isinstance(value, dict):
        for key, inside in value.items():
            # An id or a code is no name of a field.
            known = key if re.fullmatch("[a-z_]+|sha256", key) else ""
            yield from _flat(inside, "_".join(filter(None, (name, known))))
    elif isinstance(value, list):
        for inside in value:
            yield from _flat(inside, name)
    else:
        yield name.capitalize(), str(value)


def write_papis(records: Records, target: Path) -> None:
    """A library: a folder for each record, with its fields in `info.yaml`."""
    library = target / "library"
    (target / "config" / "papis").mkdir(parents=True)
    told = f"[settings]\ndefault-library = bench\n\n[bench]\ndir = {library}\n"
    (target / "config" / "papis" / "config").write_text(told, "utf-8")
    for record in records.all:
        folder = library / f"{record.folder}-{record.id}"
        folder.mkdir(parents=True)
        more = {
            "region": " ".join(records.regions_of(record)),
            "kind": record.folder,
            "papis_id": _papis_id(folder),
        }
        _dump({**record.plain, "title": record.name, "ref": folder.name, **more}, folder / "info.yaml")


def _papis_id(folder: Path) -> str:
    """An id such as papis gives; without one it would rewrite every file when it first reads the library."""
    return md5(folder.name.encode(), usedforsecurity=False).hexdigest()


def _dump(plain: Mapping[str, Any], path: Path) -> None:
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    path.write_text(yaml.dump(plain, Dumper=dumper, allow_unicode=True, sort_keys=False), "utf-8")


PREFIXES = {"municipalities": "GEM", "collaborations": "SAM", "policies": "BEL"}
"""Documents of doorstop and strictdoc: what stands in a region or a source is not what they link."""


def _numbered(records: Records) -> dict[str, str]:
    """The uid of each municipality, collaboration and policy."""
    kept = [record for record in records.all if record.folder in PREFIXES]
    return {f"{r.folder}/{r.id}": f"{PREFIXES[r.folder]}{n:06}" for n, r in enumerate(kept, 1)}


def write_doorstop(records: Records, target: Path) -> None:
    """A repository with a document for each kind; an item for each record links its municipalities."""
    uids = _numbered(records)
    for folder, prefix in PREFIXES.items():
        (target / folder).mkdir(parents=True)
        parent = {} if prefix == "GEM" else {"parent": "GEM"}
        settings = {"settings": {"digits": 6, "prefix": prefix, "sep": "", **parent}}
        _dump(settings, target / folder / ".doorstop.yml")
    for level, record in enumerate((r for r in records.all if r.folder in PREFIXES), 1):
        uid = uids[f"{record.folder}/{record.id}"]
        linked = record.places() if record.folder != "municipalities" else []
        own = {
            "active": True, "derived": False, "header": "", "level": f"1.{level}", "normative": True,
            "links": [{uids[f"municipalities/{place}"]: None} for place in linked],
            "ref": "", "reviewed": None, "text": f"{record.name}\n",
        }  # fmt: skip
        fields = {f"amk_{key}": value for key, value in record.plain.items()}
        _dump({**own, **fields}, target / record.folder / f"{uid}.yml")
    for arguments in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *arguments], cwd=target, check=True)


SDOC_HEAD = """\
[DOCUMENT]
TITLE: {title}

[GRAMMAR]
ELEMENTS:
- TAG: TEXT
  FIELDS:
  - TITLE: UID
    TYPE: String
    REQUIRED: False
  - TITLE: STATEMENT
    TYPE: String
    REQUIRED: True
- TAG: RECORD
  FIELDS:
  - TITLE: UID
    TYPE: String
    REQUIRED: True
  - TITLE: TITLE
    TYPE: String
    REQUIRED: True
  - TITLE: EFFECT
    TYPE: SingleChoice(restricts, allows, both, unknown)
    REQUIRED: False
  - TITLE: STATEMENT
    TYPE: String
    REQUIRED: True
  RELATIONS:
  - TYPE: Parent

"""


def write_strictdoc(records: Records, target: Path) -> None:
    """A document for each kind, and an element for each record whose parents are its municipalities."""
    target.mkdir()
    uids = _numbered(records)
    for folder in PREFIXES:
        with (target / f"{folder}.sdoc").open("w", encoding="utf-8") as file:
            file.write(SDOC_HEAD.format(title=folder))
            kept = (record for record in records.all if record.folder == folder)
            file.writelines(_element(record, uids) for record in kept)


def _element(record: Written, uids: Mapping[str, str]) -> str:
    effect = f"EFFECT: {record.plain['effect']}\n" if "effect" in record.plain else ""
    said = "\n".join(f"{name}: {value}" for name, value in _flat(record.plain))
    linked = record.places() if record.folder != "municipalities" else []
    parents = "".join(f"- TYPE: Parent\n  VALUE: {uids[f'municipalities/{p}']}\n" for p in linked)
    relations = f"RELATIONS:\n{parents}" if parents else ""
    uid = uids[f"{record.folder}/{record.id}"]
    return f"[RECORD]\nUID: {uid}\nTITLE: {record.name}\n{effect}STATEMENT: >>>\n{said}\n<<<\n{relations}\n"


FORMS: Mapping[str, Callable[[Records, Path], None]] = {
    "yamale": write_yamale,
    "check-jsonschema": write_json_schemas,
    "recutils": write_recutils,
    "papis": write_papis,
    "doorstop": write_doorstop,
    "strictdoc": write_strictdoc,
}

if __name__ == "__main__":
    data, target, *names = sys.argv[1:]
    Path(target).mkdir(parents=True, exist_ok=True)
    for name in names or FORMS:
        FORMS[name](Records(Path(data).resolve()), Path(target).resolve() / name)
