"""Generated knowledge bases without a fault: validate finds none, and every question is answered."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from benchmarks.generating import generate, write

from amk.checks.validation import find_problems
from amk.cli import run
from amk.storage.data_folder import Tree

DAY = date(2026, 11, 24)


def test_validate_cries_wolf_at_none_of_three_hundred_bases() -> None:
    found = []
    for seed in range(300):
        texts = generate(seed, 3 + seed % 9)
        found += [(seed, p.code, p.path) for p in find_problems(Tree(Path("."), texts), DAY).problems]

    assert found == []


@pytest.mark.parametrize("seed", range(3))
def test_every_question_is_answered(seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, generate(seed, 12))
    every = [["list"], ["report"], ["gaps"], ["coverage"], ["stale"], ["show", "g00001", "kring-00000"]]

    assert [run([*command, "--data", str(tmp_path)]) for command in every] == [0] * len(every)
    assert "kennisbank" in capsys.readouterr().out
