"""Whatever a file or an argument says: no exception but the documented ones, no waiting, no memory eaten."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hostile.fuzz import SEEDS, try_all
from tests.hostile.making import NASTY, Choices
from tests.hostile.targets import TARGETS, take

ROOT = Path(__file__).parents[2]
KEPT = sorted(SEEDS.rglob("*.txt"))


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMK_NO_CACHE", "1")
    monkeypatch.setattr(sys, "argv", ["amk"])


@pytest.mark.parametrize("seed", KEPT, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_what_once_failed_does_so_no_more(seed: Path) -> None:
    take(seed.parent.name, seed.read_bytes().decode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("name", [name for name in TARGETS if name not in ("record", "call")])
@pytest.mark.parametrize("text", NASTY, ids=lambda text: ascii(text)[:20])
def test_every_piece_by_itself(name: str, text: str) -> None:
    take(name, text)


@pytest.mark.parametrize(("name", "runs"), [(n, 60 if n in ("call", "record") else 400) for n in TARGETS])
def test_a_few_inputs_for_each_target(name: str, runs: int) -> None:
    @settings(max_examples=runs, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.binary(min_size=TARGETS[name].length, max_size=TARGETS[name].length))
    def holds(raw: bytes) -> None:
        take(name, TARGETS[name].make(Choices(raw)))

    holds()


@pytest.mark.slow
def test_twenty_thousand_inputs() -> None:
    count, wrong, most = try_all(20_000, seed=1)

    assert count >= 20_000
    assert wrong == []
    assert most < 500


@pytest.mark.slow
@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not installed")
@pytest.mark.parametrize(("name", "runs"), [("yaml", 8000), ("record", 2000), ("date", 20_000)])
def test_inputs_guided_by_what_they_reach(name: str, runs: int) -> None:
    command = [sys.executable, "-m", "tests.hostile.fuzz", name, "--guided", "--runs", str(runs)]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}

    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, timeout=200, check=False)

    assert done.returncode == 0, done.stderr[-2000:].decode(errors="replace")
