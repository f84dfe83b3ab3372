"""A repository in which a knowledge base grows for five years: a policy a step at a time, and more."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from amk.rules import background

STEPS = (
    ("2022-02-10", "concept", "2022-01"),
    ("2023-03-15", "adopted", "2022-11-28"),
    ("2024-01-09", "in-force", "2024-01-01"),
)
"""When a step was recorded, which status it was, and when that was reached: adopted was learnt late."""


class Growing:
    """A folder under git in which each change is a commit of its own day."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, day: str = "2021-01-01") -> None:
        """Run git, on a day."""
        dates = {f"GIT_{who}_DATE": f"{day}T12:00:00+0100" for who in ("AUTHOR", "COMMITTER")}
        who = {"GIT_AUTHOR_NAME": "A. Steward", "GIT_COMMITTER_NAME": "A. Steward"}
        mail = {"GIT_AUTHOR_EMAIL": "steward", "GIT_COMMITTER_EMAIL": "steward"}
        command = ["git", "-C", str(self.folder), *arguments]
        subprocess.run(command, check=True, env={**os.environ, **dates, **who, **mail})

    def put(self, path: str, text: str) -> None:
        """Write a record."""
        target = self.folder / "data" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def commit(self, subject: str, day: str) -> None:
        """Record everything, on a day."""
        self.git("add", "-A")
        self.git("commit", "--quiet", "-m", subject, day=day)


def policy(title: str, municipality: str, steps: int, more: str = "") -> str:
    """A policy of a municipality that has gone through so many steps."""
    milestones = "".join(f"  - status: {status}\n    date: {on}\n" for _, status, on in STEPS[:steps])
    return (
        f"title: {title}\nmunicipalities:\n  - {municipality}\nmilestones:\n{milestones}{more}"
        "evidence:\n  - source: later\n    remark: Gelezen.\n"
    )


def group(number: int) -> str:
    """A collaboration."""
    return (
        f"name: Kring {number}\nperiod: 2021-{number:02}/..\n"
        "participants:\n  - municipality: dijkdam\nevidence:\n  - source: register\n"
    )


def five_years(folder: Path) -> Path:
    """The repository, after more than forty commits from 2021 through 2025."""
    base = Growing(folder)
    for path, text in background().items():
        base.put(path, text)
    base.put("sources/later.yaml", "title: Later gelezen\ntype: register\ndate: 2025\n")
    base.commit("begin", "2021-01-02")
    for number in range(1, 13):
        base.put(f"collaborations/kring-{number}.yaml", group(number))
        base.commit(f"kring {number}", f"2021-{number:02}-20")
    base.put("policies/nota.yaml", policy("Nota wonen", "dijkdam", 1))
    base.commit("concept van Dijkdam", STEPS[0][0])
    base.git("mv", "data/policies/nota.yaml", "data/policies/nota-dijkdam.yaml")
    base.commit("een beter id", "2022-03-01")
    for steps, (day, status, _) in enumerate(STEPS[1:], start=2):
        base.put("policies/nota-dijkdam.yaml", policy("Nota wonen", "dijkdam", steps))
        base.commit(f"Dijkdam: {status}", day)
    for number in range(1, 13):
        base.put(f"collaborations/kring-{number}.yaml", "# een opmerking\n" + group(number))
        base.commit(f"opmaak {number}", f"2024-{number:02}-28")
    (folder / "data" / "collaborations" / "kring-4.yaml").unlink()
    base.commit("kring 4 was er nooit", "2025-01-05")
    base.put("policies/nota-dijkdam.yaml", policy("Nota wonen", "dijkdam", 3, "summary: Over wonen.\n"))
    base.commit("samenvatting", "2025-02-01")
    base.put("policies/nota-weideveld.yaml", policy("Nota bouwen", "weideveld", 1))
    base.commit("Weideveld", "2025-03-01")
    for number in range(5, 13):
        base.put(f"collaborations/kring-{number}.yaml", group(number) + "purposes:\n  - research\n")
        base.commit(f"doel {number}", f"2025-{number:02}-15")
    return folder
