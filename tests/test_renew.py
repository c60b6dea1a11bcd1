"""Groups that an earlier kb made are computed anew when the base is opened for writing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from kb import KnowledgeBase
from kb.knowledge import opened


def test_groups_of_an_earlier_kb_are_made_anew(base_path: Path) -> None:
    with sqlite3.connect(base_path) as plain:
        before = plain.execute("SELECT uid FROM entity ORDER BY uid").fetchall()
        plain.execute("PRAGMA foreign_keys = OFF")
        plain.execute("UPDATE mention SET entity_id = NULL")
        plain.execute("DELETE FROM group_key WHERE kind = 'entity'")
        plain.execute("PRAGMA user_version = 0")
    with KnowledgeBase(base_path, read_only=True) as base:
        problems = [problem.what for problem in base.check() if problem.table == "groups"]
    assert problems[0] == "were made by the rules of an earlier kb: run kb migrate"
    with KnowledgeBase(base_path) as base:
        assert base.check() == []
    with sqlite3.connect(base_path) as plain:
        assert plain.execute("SELECT uid FROM entity ORDER BY uid").fetchall() == before


def test_groups_of_this_kb_are_left_alone(base_path: Path) -> None:
    with sqlite3.connect(base_path) as plain:
        before = plain.execute("SELECT id, uid FROM series ORDER BY id").fetchall()
    with KnowledgeBase(base_path):
        pass
    with sqlite3.connect(base_path) as plain:
        assert plain.execute("SELECT id, uid FROM series ORDER BY id").fetchall() == before


@pytest.mark.parametrize(("many", "told"), [(10, ["an earlier kb grouped its 10 articles"]), (11, [])])
def test_what_takes_long_is_told_before(
    base_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    many: int,
    told: list[str],
) -> None:
    monkeypatch.setattr(opened, "MANY", many)
    with sqlite3.connect(base_path) as plain:
        plain.execute("PRAGMA user_version = 0")
    for _ in range(2):  # the second time nothing is made anew
        with KnowledgeBase(base_path):
            pass
        assert [record.message.split("; ")[0] for record in caplog.records] == [
            f"{base_path}: {one}" for one in told
        ]
