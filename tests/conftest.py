"""What tests of several rooms share: a base with the articles of `data/`, loaded once a session."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

# Speed is measured in benchmarks/, never asserted; CI tries the same examples every time, people new ones.
settings.register_profile("untimed", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("untimed")

ROOT = Path(__file__).parents[1]
ARTICLES = ROOT / "data" / "articles"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of a base with all articles of `data/`. For reading alone."""
    from kb import KnowledgeBase

    path = tmp_path_factory.mktemp("demo") / "demo.db"
    with KnowledgeBase(path) as base:
        base.load(ARTICLES)
    return path


@pytest.fixture
def base_path(demo: Path, tmp_path: Path) -> Path:
    """The path of a copy of that base, to be changed as a test likes."""
    return Path(shutil.copy(demo, tmp_path / "kb.db"))
