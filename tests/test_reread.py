"""Stored texts read again: what is told and kept, what stays as it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from kb.check import check
from kb.desk import add, decide
from kb.errors import UsageError
from kb.model.values import Article
from kb.query import article_history
from kb.read.sources.again import READERS, read_again
from kb.reread import Reread, Rules, choose, reread
from kb.resolve import regroup, trace
from kb.store import Store
from tests.store_facts import empty_base
from tests.toy_extract import toy_extract


def newer_reader(stored: Article, raw: bytes, _charset: str | None) -> Article:
    """Reads what stands between the marks of a page's furniture."""
    return replace(stored, text=raw.decode().partition("|")[0].strip(), reader="toy/2", raw=raw)


FIRST, SECOND = (
    Rules(version, partial(toy_extract, version=version), {"toy": "toy/1"}, newer_reader) for version in "12"
)
NEWER_READER = replace(FIRST, readers={"toy": "toy/2"})
BOATS = "Anna Novak said about 40 boats lie in Brno in 2024. Petr Svoboda saw a dozen clocks in Brno in 2024."
CATS = "In 2024 over 30 boats lie in Brno. There are 3 cats."


def put(store: Store, text: str, url: str, raw: bytes = b"") -> None:
    with store.transaction() as connection:
        run = store.start_run("kb", FIRST.version)
        outcome = store.add(FIRST.extract(Article(text, url=url, reader="toy/1", raw=raw)), run)
        assert outcome.revision_id is not None
        regroup(connection, outcome.revision_id, trace(connection, outcome.revision_id, run))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with empty_base(tmp_path) as opened:
        put(opened, BOATS, "https://example.org/boats")
        put(opened, CATS, "https://example.org/cats")
        yield opened


def again(
    store: Store, *named: str, rules: Rules = SECOND, everything: bool = False, dry_run: bool = False
) -> list[Reread]:
    chosen = choose(store, named, everything=everything, rules=rules)
    done = list(reread(store, chosen, dry_run=dry_run, rules=rules))
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
    third = replace(FIRST, version="3")
    assert told(again(store, rules=third)) == [("read", []), ("read", [])]
    assert again(store, rules=third) == []


def test_the_old_reading_comes_back_whole(store: Store) -> None:
    before = values(store)
    again(store)
    again(store, rules=FIRST)
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


def test_a_newer_reader_makes_a_revision_that_is_no_change_by_the_publisher(store: Store) -> None:
    page = "In 2024 7 clocks were in Brno. There are 5 boats to win. | Subscribe."
    put(store, page, "https://example.org/page", page.encode())
    before = rows(store)
    (foretold,) = again(store, rules=NEWER_READER, dry_run=True)
    assert rows(store) == before
    (done,) = again(store, rules=NEWER_READER)
    assert foretold.changes is not None
    assert done.changes is not None
    assert done.changes.kind == foretold.changes.kind == "reader"
    assert done.changes.after.cause == "reread"
    assert done.changes.facts == ()
    assert again(store, rules=NEWER_READER) == []


def test_a_newer_reader_that_finds_less(store: Store) -> None:
    page = "In 2024 7 clocks were in Brno. | There are 5 boats to win."
    put(store, page, "https://example.org/page", page.encode())
    (done,) = again(store, rules=NEWER_READER)
    assert done.changes is not None
    assert [(c.what, c.through, c.about) for c in done.changes.facts] == [("dropped", "reader", "boats")]


def test_bytes_that_cannot_be_read_any_more_leave_the_text(store: Store) -> None:
    page = "| In 2024 about 7 clocks were in Brno."
    put(store, page, "https://example.org/page", page.encode())
    done = again(store, rules=replace(NEWER_READER, version="2", extract=SECOND.extract))[-1]
    assert done.outcome == "read"
    assert "no text in it" in (done.reason or "")
    assert ("~", "about 7 clocks") in values(store)


def test_the_real_readers_read_their_own_bytes(store: Store) -> None:
    page = b"<html><body><h1>Boats</h1><p>In 2024 over 30 boats lay in Brno.</p></body></html>"
    stored = Article("Boats\n\nIn 2024.", url="https://example.org/page", title="Our boats", reader="html/0")
    found = read_again(stored, page)
    assert (found.title, found.reader, found.raw) == ("Our boats", READERS["html"], page)
    assert "over 30 boats" in found.text


def test_what_a_person_added_is_told_once_and_stays(store: Store) -> None:
    url = "https://example.org/boats"
    add(store, url, "a dozen clocks", "figure", {}, by="Eve")
    again(store)  # the second version finds it too
    assert [phrase for _, phrase in values(store)].count("a dozen clocks") == 1
    again(store, rules=FIRST)
    assert [phrase for _, phrase in values(store)].count("a dozen clocks") == 1
    kinds = [(step.kind, step.who) for step in article_history(store, url)]
    assert kinds == [("first", None), ("person", "Eve"), ("extractor", None), ("extractor", None)]


def test_the_number_of_jobs_changes_nothing(tmp_path: Path) -> None:
    texts = [f"Petr Svoboda counted {number} boats in Brno in 2024.\n" for number in (31, 47, 58)]
    told = []
    for jobs in (1, 2):
        folder = tmp_path / str(jobs)
        folder.mkdir()
        with empty_base(folder) as store:
            for number, text in enumerate(texts):
                put(store, text, f"https://example.org/{number}")
            done = list(reread(store, choose(store, (), everything=True), jobs=jobs))
            assert check(store) == []
            told.append(([(one.uid, one.outcome) for one in done], values(store), rows(store)))
    assert told[0] == told[1]
    assert [outcome for _, outcome in told[0][0]] == ["read"] * 3


def test_no_jobs_at_all(store: Store) -> None:
    with pytest.raises(UsageError, match="0 jobs"):
        reread(store, choose(store, (), everything=True), jobs=0)
