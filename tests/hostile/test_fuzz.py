"""Whatever a file or an argument says: no exception but the documented ones, no waiting, no memory eaten."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hostile.fuzz import SEEDS, try_out
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


def peak_in_mebibytes() -> float:
    """The most memory this process ever had; 0 where the system does not say."""
    if find_spec("resource") is None:
        return 0
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def tried(name: str, seed: int, runs: int) -> tuple[list[str], float]:
    """One share of a target's inputs, in a process of its own."""
    os.environ["AMK_NO_CACHE"] = "1"
    sys.argv = ["amk"]
    return try_out(name, runs, seed), peak_in_mebibytes()


def test_there_are_two_hundred_thousand_inputs() -> None:
    assert sum(target.runs for target in TARGETS.values()) >= 200_000


@pytest.mark.slow
def test_two_hundred_thousand_inputs() -> None:
    share = partial(tried)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        asked = [pool.submit(share, n, seed, TARGETS[n].runs // 2) for n in TARGETS for seed in (1, 2)]
        done = [each.result() for each in asked]

    assert [line for wrong, _ in done for line in wrong] == []
    assert max(peak for _, peak in done) < 500


@pytest.mark.slow
@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not installed")
@pytest.mark.parametrize(("name", "runs"), [("yaml", 8000), ("record", 2000), ("date", 20_000)])
def test_inputs_guided_by_what_they_reach(name: str, runs: int) -> None:
    command = [sys.executable, "-m", "tests.hostile.fuzz", name, "--guided", "--runs", str(runs)]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}

    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, timeout=200, check=False)

    assert done.returncode == 0, done.stderr[-2000:].decode(errors="replace")
