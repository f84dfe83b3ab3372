"""A pull request with twelve faults in a copy of the shipped data, each with its code and its place."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

SHIPPED = Path(__file__).parents[1] / "data"


@dataclass(frozen=True)
class Fault:
    """Where `old` becomes `new`, a problem of this code lies at `at`, the first such text after it."""

    code: str
    path: str
    old: str
    new: str
    at: str
    schema_knows: bool = False

    def place_in(self, text: str) -> tuple[int, int]:
        """Line and column, counted from 1."""
        index = text.index(self.at, max(text.index(self.new), 0))
        before = text[:index]
        return before.count("\n") + 1, index - before.rfind("\n")


FAULTS = (
    Fault("REF001", "regions/haaglanden.yaml", "municipality: delft\n", "municipality: delftt\n",
          "delftt", True),
    Fault("BORD002", "municipalities/gouda.yaml", "  bodegraven-reeuwijk:\n    km: 5.39",
          "  bodegraven-reeuwijk:\n    km: 5.93", "bodegraven"),
    Fault("CODE001", "collaborations/werkgroep-haaglanden.yaml", "  - distribution", "  - distribusion",
          "distribusion", True),
    Fault("DATE002", "policies/beleidskader-zuidplas.yaml", "2023-04-18", "2023-04-31", "2023-04-31"),
    Fault("FLD001", "policies/beleid-maassluis.yaml", "type: policy\n", "type: policy\nstatus: concept\n",
          "status", True),
    Fault("FLD004", "policies/beleid-rotterdam.yaml", "status: adopted", "status: adoptd", "adoptd", True),
    Fault("EVID001", "collaborations/werkgroep-midden-holland.yaml", "lines: '40-44'", "lines: '40-94'",
          "'40-94'"),
    Fault("PUB001", "policies/beleid-lansingerland.yaml", "gmb-2021-435730", "gmb 2021-435730", "gmb 2021"),
    Fault("PRIV001", "organisations/platform31.yaml", "summary:\n  nl: ",
          "summary:\n  nl: bel 070 123 4567, ", "bel 070"),
    Fault("DUP001", "municipalities/zuidplas.yaml", "code: GM1892", "code: GM0513", "GM0513"),
    Fault("YAML002", "municipalities/leiden.yaml", "name: Leiden\n", "name: Leiden\nname: Leyden\n",
          "name: Leyden"),
    Fault("FLD002", "sources/flexwonen-haaglanden.yaml",
          "title: Haaglanden\n", "", "", True),
)  # fmt: skip
"""Twelve faults in twelve files."""


def expected(data: Path) -> list[tuple[str, str, int, int]]:
    """The code, path, line and column of each fault planted in a folder."""
    found = []
    for fault in FAULTS:
        text = (data / fault.path).read_text(encoding="utf-8")
        line, column = fault.place_in(text) if fault.at else (1, 1)
        found.append((fault.code, fault.path, line, column))
    return found


def plant(folder: Path) -> Path:
    """A repository with the shipped data, and the faults on a branch that is not committed."""
    data = folder / "data"
    shutil.copytree(SHIPPED, data)
    for arguments in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "stand"]):
        git(folder, *arguments)
    for fault in FAULTS:
        path = data / fault.path
        text = path.read_text(encoding="utf-8")
        assert fault.old in text, fault
        path.write_text(text.replace(fault.old, fault.new, 1), encoding="utf-8")
    return data


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder."""
    named = {f"GIT_{who}_{what}": "amk" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, env={**os.environ, **named})
