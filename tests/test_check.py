"""The proof of a base: it holds after every load, and names what was tampered with behind the triggers."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from kb.check import check
from kb.model.schema import defined
from kb.resolve import regroup
from kb.store import Store
from tests.store_facts import CATS, empty_base

OTHER_HASH = "0" * 64


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with empty_base(tmp_path) as store:
        run = store.start_run("kb", "1")
        with store.transaction() as connection:
            outcome = store.add(CATS, run)
            assert outcome.revision_id is not None
            regroup(connection, outcome.revision_id)
    return tmp_path / "kb.db"


def tamper(path: Path, *statements: str) -> None:
    """Write with a plain connection, the triggers taken away meanwhile."""
    database = sqlite3.connect(path, isolation_level=None)
    triggers = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        database.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        assert database.execute(statement).rowcount
    for _, sql in triggers:
        database.execute(sql)
    database.close()


def problems(path: Path, *, read_only: bool = False) -> list[str]:
    with Store.open(path, read_only=read_only) as store:
        return [str(problem) for problem in check(store)]


@pytest.mark.parametrize("read_only", [False, True])
def test_all_holds_after_a_load(path: Path, read_only: bool) -> None:
    assert problems(path, read_only=read_only) == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE span SET words = 'Bob' WHERE words = 'Ann'",
            "span 1: 'Bob' does not stand at 0:3 of revision",
        ),
        (
            "UPDATE span SET start_char = 1, end_char = 4 WHERE words = 'Ann'",
            "span 1: 'Ann' does not stand at 1:4",
        ),
        ("UPDATE revision SET text = 'Ann saw 13 cats.'", "the text has another hash"),
        ("UPDATE revision SET text = ''", "the text has another hash"),
        (f"UPDATE revision SET text_sha256 = '{OTHER_HASH}'", "the text has another hash"),
        ("UPDATE raw SET bytes = x'789c030000000001'", "raw .*: the bytes have another hash or size"),
        ("UPDATE raw SET bytes = x'00'", "raw .*: cannot be decompressed"),
        ("UPDATE claim SET uid = 'x'", "claim x: the uid is not that of its words"),
        ("UPDATE mention SET span_id = 99", "mention 1: points at a row of span that is not there"),
        (
            "UPDATE passage SET folded = 'dogs' WHERE kind = 'sentence'",
            "passage 2: is not what revision .* says there",
        ),
        ("UPDATE passage SET folded = 'dogs' WHERE kind = 'sentence'", "search: the index is not in step"),
        ("DELETE FROM passage", "revision .*: is not indexed"),
        ("UPDATE mention SET entity_id = NULL", "groups: entity .*"),
        ("UPDATE measure SET name = 'dogs'", "groups: measure .* has other description than its facts make"),
    ],
)
def test_what_was_tampered_with_is_named(path: Path, statement: str, said: str) -> None:
    tamper(path, statement)
    assert any(re.match(f"(revision \\w+: )?{said}", problem) for problem in problems(path)), problems(path)


@pytest.mark.parametrize("kind", ["trigger", "view"])
def test_what_is_missing_or_other_in_the_schema_is_named(path: Path, kind: str) -> None:
    names = sorted(name for made, name in defined() if made == kind)
    assert len(names) > 4
    with Store.open(path) as store:
        for name in names:
            store.driver.execute(f"DROP {kind} {name}")
        other = {"trigger": "CREATE TRIGGER span_kept AFTER DELETE ON span BEGIN SELECT 1; END"}
        store.driver.execute(other.get(kind, "CREATE VIEW figures AS SELECT 1 AS uid"))
    found = problems(path)
    changed = {"trigger": "span_kept", "view": "figures"}[kind]
    assert f"{kind} {changed}: is not the one that kb made" in found
    assert {f"{kind} {name}: is missing" for name in names if name != changed} <= set(found)


def test_a_reader_compares_the_index_word_by_word(path: Path) -> None:
    tamper(path, "UPDATE passage SET folded = 'dogs' WHERE kind = 'sentence'")
    assert "search: the index is not in step with the passages" in problems(path, read_only=True)


def test_an_index_that_lost_a_row_is_told_by_a_reader_too(path: Path) -> None:
    tamper(
        path,
        "INSERT INTO search (search, rowid, folded) SELECT 'delete', id, folded FROM passage WHERE id = 1",
    )
    for read_only in (False, True):
        assert "search: the index is not in step with the passages" in problems(path, read_only=read_only)
