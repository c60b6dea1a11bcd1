"""What the database itself refuses, whoever writes: with a plain connection of the standard library."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.model.values import Article, Facts
from kb.resolve import regroup
from kb.store import Store
from tests.store_facts import CATS, NOW, empty_base, insert

SAME = {"kind": "entity", "uid_a": "a", "uid_b": "b", "verdict": "same"}
REVIEW = {"fact": "f", "fact_kind": "claim", "verdict": "accepted"}
TAG = {"target": "f", "target_kind": "claim", "tag": "cats", "verdict": "tagged"}
DECISIONS = (
    insert("identity_decision", uid="d1", **SAME),
    insert("review", uid="r1", **REVIEW),
    insert("assessment", uid="a1", series="s", rule="the highest", provisional=0),
    insert("assessment_claim", assessment_id=1, claim="f", treatment="used"),
    insert("tag", uid="t1", **TAG),
    insert("origin", article_id=1, kind="reprint", agency="AP", evidence="(AP)", run_id=1),
    insert("attempt", run_id=1, source="x", outcome="loaded"),
)
WITHDRAW = (
    'INSERT INTO withdrawal (uid, article, reason, "by", recorded_at) '
    "SELECT 'w1', uid, 'a court said so', 'Eve', '2026-01-01 00:00:00.000000' FROM article WHERE id = 1"
)
APPENDED = (
    "identity_decision",
    "review",
    "assessment",
    "assessment_claim",
    "tag",
    "withdrawal",
    "origin",
    "attempt",
)
KEPT = (
    "article",
    "raw",
    "revision",
    "author",
    "span",
    "reading",
    "run",
    "mention",
    "report",
    "claim",
    "participant",
)


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that knows nothing of kb, to a base with a row in every table that people write."""
    with empty_base(tmp_path) as store:
        run = store.start_run("kb", "1")
        with store.transaction() as connection:
            outcome = store.add(CATS, run)
            assert outcome.revision_id is not None
            regroup(connection, outcome.revision_id)
    database = sqlite3.connect(tmp_path / "kb.db", isolation_level=None)
    database.execute("PRAGMA foreign_keys = ON")
    for statement in DECISIONS:
        database.execute(statement)
    yield database
    database.close()


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [(0, 3, "Bob"), (1, 4, "Ann"), (0, 4, "Ann"), (0, 3, ""), (3, 3, ""), (-3, 0, "Ann"), (100, 103, "Ann")],
)
def test_words_that_are_not_there(plain: sqlite3.Connection, start: int, end: int, words: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        plain.execute(
            "INSERT INTO span (revision_id, start_char, end_char, words) VALUES (1, ?, ?, ?)",
            (start, end, words),
        )


@pytest.mark.parametrize(
    ("within", "start", "end", "words"),
    [
        ("Ann saw 12 cats.", 4, 7, "cat"),  # not there
        ("12 cats", 7, 9, " 1"),  # begins before
        ("12 cats", 13, 16, "ts."),  # ends after
        ("no such span", 4, 7, "saw"),
    ],
)
def test_words_that_are_not_within_their_span(
    plain: sqlite3.Connection, within: str, start: int, end: int, words: str
) -> None:
    add = "INSERT INTO span (revision_id, start_char, end_char, within_id, words) VALUES (1, ?, ?, ?, ?)"
    (around,) = plain.execute("SELECT coalesce(max(id), 99) FROM span WHERE words = ?", (within,)).fetchone()
    with pytest.raises(sqlite3.IntegrityError, match="must stand in its revision"):
        plain.execute(add, (start, end, around, words))


def test_words_within_a_span_of_another_revision(plain: sqlite3.Connection, tmp_path: Path) -> None:
    with Store.open(tmp_path / "kb.db") as store:
        store.add(Facts(Article("Bob saw 12 cats.")), 1)
    add = "INSERT INTO span (revision_id, start_char, end_char, within_id, words) VALUES (2, 0, 2, ?, 'An')"
    (around,) = plain.execute("SELECT id FROM span WHERE words = 'Ann'").fetchone()
    with pytest.raises(sqlite3.IntegrityError, match="must stand in its revision"):
        plain.execute(add, (around,))


def test_words_of_no_revision(plain: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="must stand in its revision"):
        plain.execute("INSERT INTO span (revision_id, start_char, end_char, words) VALUES (9, 0, 3, 'Ann')")


@pytest.mark.parametrize("table", [*KEPT, *APPENDED])
def test_nothing_is_deleted(plain: sqlite3.Connection, table: str) -> None:
    plain.execute(WITHDRAW) if table == "withdrawal" else None
    before = plain.execute(f"SELECT * FROM {table}").fetchall()
    assert before
    plain.execute("PRAGMA foreign_keys = OFF")
    with pytest.raises(sqlite3.IntegrityError, match=r"(is|are) never deleted"):
        plain.execute(f"DELETE FROM {table}")
    assert plain.execute(f"SELECT * FROM {table}").fetchall() == before


@pytest.mark.parametrize("table", [*KEPT, *APPENDED])
def test_nothing_that_was_said_is_changed(plain: sqlite3.Connection, table: str) -> None:
    plain.execute(WITHDRAW) if table == "withdrawal" else None
    free = {
        "article": {"publisher_id", "genre", "language", "url", "cites_url", "recorded_at"},
        "revision": {"seq", "recorded_at", "retrieved_at"},
    }.get(table, set())
    free |= {"entity_id", "event_id", "measure_id", "series_id", "folded"}
    plain.execute("PRAGMA foreign_keys = OFF")
    for _, column, *_ in plain.execute(f"PRAGMA table_xinfo({table})").fetchall():
        if column not in free:
            with pytest.raises(sqlite3.IntegrityError, match=r"never change|keeps"):
                plain.execute(f'UPDATE {table} SET "{column}" = 7')


def test_an_article_keeps_its_url(plain: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="keeps its uid, its kind and its URL"):
        plain.execute("UPDATE article SET url = 'https://example.org/dogs'")


def test_two_pages_at_one_url(plain: sqlite3.Connection) -> None:
    copy = "INSERT INTO article (uid, kind, url, recorded_at) SELECT 'u', ?, url, recorded_at FROM article"
    plain.execute(copy, ("quote",))
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        plain.execute(copy.replace("'u'", "'v'"), ("page",))


@pytest.mark.parametrize(
    ("statement", "is_kept"),
    [
        ("UPDATE revision SET recorded_at = datetime(recorded_at, '-1 day')", True),
        ("UPDATE revision SET recorded_at = datetime(recorded_at, '-1 day'), retrieved_at = NULL", True),
        ("UPDATE revision SET recorded_at = datetime(recorded_at, '+1 day')", False),
        ("UPDATE revision SET retrieved_at = datetime(recorded_at, '-1 day')", False),
        ("UPDATE article SET recorded_at = datetime(recorded_at, '-1 day')", True),
        ("UPDATE article SET recorded_at = datetime(recorded_at, '+1 day')", False),
    ],
)
def test_a_source_can_only_have_been_there_earlier(
    plain: sqlite3.Connection, statement: str, is_kept: bool
) -> None:
    if is_kept:
        plain.execute(statement)
    else:
        with pytest.raises(sqlite3.IntegrityError, match=r"earlier|keeps"):
            plain.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        insert("review", uid="r2", **REVIEW | {"verdict": "withdrawn"}),
        insert("review", uid="r2", **REVIEW | {"verdict": "corrected"}),
        insert("review", uid="r2", field="low", value="1", **REVIEW),
        insert("identity_decision", uid="d2", **SAME | {"uid_b": "a"}),
        insert("identity_decision", uid="d2", withdraws="d1", **SAME),
        insert("assessment", uid="a2", series="s", rule="x", provisional=0, low=3, best=2),
        insert("tag", uid="t2", **TAG | {"verdict": "withdrawn"}),
        insert("origin", article_id=1, kind="reprint", from_article_id=1, evidence="x", run_id=1),
        insert("origin", article_id=1, kind="reprint", evidence="x", run_id=1),
        f"INSERT INTO run (recorded_at) VALUES ('{NOW}')",
    ],
)
def test_a_decision_that_says_nothing(plain: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        plain.execute(statement)


BLANK = (
    "UPDATE revision SET text = '', title = NULL",
    "UPDATE span SET words = ''",
    "UPDATE raw SET bytes = x''",
)


@pytest.mark.parametrize("statement", [*BLANK, "DELETE FROM participant", "DELETE FROM author"])
def test_only_a_withdrawn_article_is_blanked(plain: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        plain.execute(statement)
    plain.execute(WITHDRAW)
    plain.execute(statement)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE revision SET text = 'else'", "UPDATE span SET words = 'Bob'", "UPDATE raw SET bytes = x'00'"],
)
def test_withdrawing_lets_nothing_else_be_written(plain: sqlite3.Connection, statement: str) -> None:
    plain.execute(WITHDRAW)
    with pytest.raises(sqlite3.IntegrityError):
        plain.execute(statement)


def test_a_withdrawn_article_is_gone_from_the_views(plain: sqlite3.Connection) -> None:
    plain.execute(WITHDRAW)
    for statement in (*BLANK, "DELETE FROM passage"):
        plain.execute(statement)
    for view in ("figures", "timeline", "reports", "mentions"):
        assert plain.execute(f"SELECT * FROM {view}").fetchall() == []
    assert plain.execute("SELECT * FROM search WHERE search MATCH 'cats'").fetchall() == []


def test_bytes_of_an_article_that_stays_are_kept(plain: sqlite3.Connection, tmp_path: Path) -> None:
    with Store.open(tmp_path / "kb.db") as store:
        other = Article("Other words.", url="https://example.org/other", raw=b"raw")
        store.add(Facts(other), 1)
    plain.execute(WITHDRAW)
    with pytest.raises(sqlite3.IntegrityError, match="bytes of a source never change"):
        plain.execute("UPDATE raw SET bytes = x''")
