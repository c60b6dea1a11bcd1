"""The documentation's queries and its Python guide, run as they stand."""

from __future__ import annotations

import doctest
import re
import shutil
from pathlib import Path

import pytest

from kb import KnowledgeBase

ROOT = Path(__file__).parents[1]
COOKBOOK = ROOT / "docs" / "sql-cookbook.md"
GUIDE = ROOT / "docs" / "python.md"
QUERIES = re.findall(r"\n([^\n]+)\n\n```sql\n(.+?)```", COOKBOOK.read_text(encoding="utf-8"), re.DOTALL)
EMPTY = (
    "clashes",
    "date one event",
    "somebody else's",
    "could not be read",
    "decide",
    "changes",
    "parts of a whole",
)


@pytest.fixture(scope="module")
def base_with_notes(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(demo, tmp_path_factory.mktemp("cookbook") / "kb.db"))
    with KnowledgeBase(path) as base:
        base.load(ROOT / "data" / "notes")
    return path


def test_there_are_twenty_queries() -> None:
    assert len(QUERIES) >= 20


@pytest.mark.parametrize(("title", "query"), QUERIES, ids=[title[:40] for title, _ in QUERIES])
def test_query(base_with_notes: Path, title: str, query: str) -> None:
    with KnowledgeBase(base_with_notes, read_only=True) as base:
        rows = base.sql(query)
    assert rows or any(word in title for word in EMPTY), f"nothing for {title}"


def test_guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").symlink_to(ROOT / "data")
    found = doctest.testfile(
        str(GUIDE),
        module_relative=False,
        encoding="utf-8",
        optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS,
    )
    assert found.attempted >= 20
    assert found.failed == 0
