"""Stored texts read again: what is told and kept, what stays as it was."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from kb.check import check
from kb.desk import decide
from kb.errors import UsageError
from kb.model.values import Article
from kb.reread import Extractor, Reread, choose, reextract
from kb.resolve import regroup, trace
from kb.store import Store
from tests.toy_extract import toy_extract

FIRST, SECOND = (Extractor(version, partial(toy_extract, version=version)) for version in "12")
BOATS = "Anna Novak said about 40 boats lie in Brno in 2024. Petr Svoboda saw a dozen clocks in Brno in 2024."
CATS = "In 2024 over 30 boats lie in Brno. There are 3 cats."


def put(store: Store, text: str, url: str) -> None:
    with store.transaction() as connection:
        run = store.start_run("kb", FIRST.version)
        outcome = store.add(FIRST.read(Article(text, url=url)), run)
        assert outcome.revision_id is not None
        regroup(connection, outcome.revision_id, trace(connection, outcome.revision_id, run))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "kb.db") as opened:
        put(opened, BOATS, "https://example.org/boats")
        put(opened, CATS, "https://example.org/cats")
        yield opened


def again(
    store: Store, *named: str, extractor: Extractor = SECOND, everything: bool = False, dry_run: bool = False
) -> list[Reread]:
    chosen = choose(store, named, everything=everything, version=extractor.version)
    done = list(reextract(store, chosen, dry_run=dry_run, extractor=extractor))
    assert check(store) == []
    return done


def told(done: list[Reread]) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (one.outcome, [(change.what, change.about) for change in one.changes.facts])
        for one in done
        if one.changes is not None
    ]


def rows(store: Store) -> list[int]:
    """How many rows each table has that reading writes."""
    tables = ("run", "reading", "revision", "claim", "report", "mention", "span", "attempt")
    return [
        store.connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() for table in tables
    ]


def values(store: Store) -> list[tuple[str, str]]:
    query = "SELECT comparator, phrase FROM figures ORDER BY phrase"
    return [(row[0], row[1]) for row in store.connection.exec_driver_sql(query)]


def test_a_newer_extractor_tells_what_it_found_lost_and_changed(store: Store) -> None:
    assert values(store) == [("=", "3 cats"), ("=", "about 40 boats"), (">", "over 30 boats")]
    assert told(again(store)) == [
        ("read", [("changed", "boats in Brno"), ("added", "clocks in Brno")]),
        ("read", [("dropped", "cats")]),
    ]
    assert values(store) == [("=", "a dozen clocks"), ("~", "about 40 boats"), (">", "over 30 boats")]
    kept = "SELECT count(*) FROM claim WHERE comparator = '=' AND unit IN ('boats', 'cats')"
    assert store.connection.exec_driver_sql(kept).scalar() == 2


def test_what_is_read_by_this_version_is_left_alone(store: Store) -> None:
    again(store)
    before = rows(store)
    assert again(store) == []
    assert told(again(store, everything=True)) == [("unchanged", []), ("unchanged", [])]
    assert told(again(store, "https://example.org/cats")) == [("unchanged", [])]
    assert rows(store) == before


def test_a_dry_run_tells_the_same_and_writes_nothing(store: Store) -> None:
    before = rows(store)
    foretold = told(again(store, dry_run=True))
    assert rows(store) == before
    assert told(again(store)) == foretold


def test_another_version_that_reads_the_same_is_noted(store: Store) -> None:
    third = Extractor("3", FIRST.read)
    assert told(again(store, extractor=third)) == [("read", []), ("read", [])]
    assert again(store, extractor=third) == []


def test_the_old_reading_comes_back_whole(store: Store) -> None:
    before = values(store)
    again(store)
    again(store, extractor=FIRST)
    assert values(store) == before


def test_decisions_keep_holding(store: Store) -> None:
    query = "SELECT uid FROM mention WHERE name = 'Brno' ORDER BY uid"
    one, _, other = store.connection.exec_driver_sql(query).scalars()
    decide(store, one, other, "different", by="Eve", note=None)
    again(store)
    brno = store.connection.exec_driver_sql("SELECT count(*) FROM entity WHERE name = 'Brno'")
    assert brno.scalar() == 2


def test_only_what_is_named(store: Store) -> None:
    assert [one.source for one in again(store, "https://example.org/cats")] == ["https://example.org/cats"]
    with pytest.raises(UsageError, match="no article has the URL or uid"):
        again(store, "https://example.org/none")
