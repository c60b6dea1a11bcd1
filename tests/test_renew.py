"""Groups that an earlier kb made are computed anew when the base is opened for writing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from kb import KnowledgeBase


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
