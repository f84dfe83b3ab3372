"""Knowledge bases for the tests: from texts beside the claim, and the one that amk ships."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from amk.cache import fingerprints as states
from amk.model.knowledge_base import KnowledgeBase
from amk.storage.data_folder import Tree, working_tree
from amk.storage.loading import load

# A slow machine makes no claim untrue; how long things take is measured in benchmarks. Continuous integration
# tries the same examples each time, so that it judges the change and not its luck; a desk tries new ones.
settings.register_profile("amk", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("amk")

ROOT = Path(__file__).parents[1]

MakeBase = Callable[..., KnowledgeBase]


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of one's own, in which what is read is kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("AMK_NO_CACHE", raising=False)
    return tmp_path / "cache"


@pytest.fixture
def at_rest(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept is believed at once: as if no file changed just now."""
    monkeypatch.setattr(states, "TICK", 0)


@pytest.fixture(scope="session")
def shipped() -> KnowledgeBase:
    """The knowledge base in `data/`."""
    return load(working_tree(ROOT / "data")).base


@pytest.fixture
def base_of() -> MakeBase:
    """A knowledge base from texts: `base_of({"policies/a.yaml": "title: A"})`. The texts must be right."""

    def base(texts: dict[str, str]) -> KnowledgeBase:
        loaded = load(Tree(Path("."), texts))
        assert loaded.problems == ()
        return loaded.base

    return base
