"""Which article a source is: loading again changes nothing, what is said later is appended."""

from __future__ import annotations

import datetime as dt
import signal
import threading
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import IntegrityError
from kb.model.uids import uid_of
from kb.model.values import Article, Facts
from kb.store import Store, backup
from kb.store.lookup import find_articles
from tests.store_facts import articles, empty_base

TEXT = "Ann saw 12 cats."
URL = "https://example.org/cats"
PAGE = Article(TEXT, title="Cats", url=URL, published="2026-03-01", raw=b"<p>Ann saw 12 cats.")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with empty_base(tmp_path) as opened:
        yield opened


def add(store: Store, *said: Article, **how: Any) -> list[str]:
    """Store articles without facts, as the pipeline would; what came of each."""
    run = store.start_run("kb", "1")
    return [store.add(Facts(store.known(each).article), run, **how).status for each in said]


def rows(store: Store, query: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in store.driver.execute(query)]


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    names = rows(store, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%'")
    return {name: rows(store, f"SELECT * FROM {name}") for (name,) in names if name not in ("run", "attempt")}


@given(st.lists(articles(), max_size=6))
@settings(max_examples=40, deadline=None)
def test_loading_again_changes_nothing(tmp_path_factory: pytest.TempPathFactory, said: list[Article]) -> None:
    with empty_base(tmp_path_factory.mktemp("base")) as store:
        add(store, *said)
        before = everything(store)
        assert set(add(store, *said)) <= {"unchanged"}
        assert everything(store) == before


@pytest.mark.parametrize("order", sorted(set(permutations(["", URL, ""]))))
def test_the_same_text_with_at_most_one_url_is_one_article(store: Store, order: tuple[str, ...]) -> None:
    add(store, *(replace(PAGE, url=url or None) for url in order))
    assert rows(store, "SELECT url FROM article") == [(URL,)]


def test_the_same_text_at_two_urls_is_two_articles(store: Store) -> None:
    assert add(store, PAGE, replace(PAGE, url=URL + "/2")) == ["loaded", "loaded"]
    assert add(store, replace(PAGE, url=None)) == ["unchanged"]


def test_a_url_given_later_gives_the_uid_that_it_gives_first(store: Store) -> None:
    add(store, replace(PAGE, url=None))
    ((before,),) = rows(store, "SELECT uid FROM article")
    assert add(store, Article(TEXT, url=URL)) == ["revised"]
    assert rows(store, "SELECT uid FROM article") == [(uid_of("article", "page", URL),)]
    assert find_articles(store.connection, before)[0].url == URL
    assert rows(store, "SELECT seq, cause, url, title, published FROM revision") == [
        (1, "supplied", None, "Cats", "2026-03-01"),
        (2, "supplied", URL, "Cats", "2026-03-01"),
    ]


def test_what_is_said_later_completes_the_article_before_it_is_read(store: Store) -> None:
    add(store, PAGE)
    known = store.known(Article(TEXT, authors=("Ann",)))
    assert not known.unchanged
    assert known.article.published == "2026-03-01"
    assert known.article.authors == ("Ann",)
    assert store.known(Article(TEXT)).unchanged
    assert store.known(Article("Another text.")).uid is None


def test_a_changed_page_is_a_new_revision(store: Store) -> None:
    assert add(store, PAGE, replace(PAGE, text="Ann saw 13 cats.", raw=b"13")) == ["loaded", "revised"]
    assert rows(store, "SELECT seq, text FROM revision") == [(1, TEXT), (2, "Ann saw 13 cats.")]
    assert rows(store, "SELECT count(*) FROM raw") == [(2,)]


def test_a_fetched_page_may_go_back_to_what_it_said(store: Store) -> None:
    changed = replace(PAGE, text="Ann saw 13 cats.", raw=b"13")
    when = dt.datetime(2026, 3, 2, 10, tzinfo=dt.timezone(dt.timedelta(hours=3)))
    assert add(store, PAGE, changed, PAGE, fetched=True, retrieved_at=when) == [
        "loaded",
        "revised",
        "revised",
    ]
    assert len(set(rows(store, "SELECT uid FROM revision"))) == 3
    assert set(rows(store, "SELECT cause, retrieved_at FROM revision")) == {
        ("fetched", "2026-03-02 07:00:00.000000")
    }
    assert add(store, changed) == ["unchanged"]  # a file with an old text is no change of the page


@pytest.mark.parametrize("url", [URL, None])
def test_the_same_bytes_read_by_a_newer_reader_are_reread(store: Store, url: str | None) -> None:
    add(store, replace(PAGE, url=url))
    newer = replace(PAGE, url=url, text="Ann saw\n12 cats.", reader="text/2")
    assert add(store, newer) == ["revised"]
    assert rows(store, "SELECT seq, cause, reader FROM revision") == [
        (1, "supplied", "text/1"),
        (2, "reread", "text/2"),
    ]
    assert rows(store, "SELECT count(*) FROM raw") == [(1,)]


def test_what_is_known_is_not_new_when_completed(store: Store) -> None:
    plain = Article(TEXT)
    add(store, plain, replace(plain, authors=("Ann",)), replace(plain, authors=("Bob",), url=URL))
    known = store.known(replace(plain, authors=("Ann",)))
    assert known.unchanged
    assert store.known(known.article).unchanged


def test_quotes_of_one_page_are_articles_of_their_own(store: Store) -> None:
    quote = Article(TEXT, url=URL, kind="quote")
    other = replace(quote, text="Ann saw no dogs.")
    note = Article("Cats were counted.", kind="note", cites_url=URL)
    assert add(store, PAGE, quote, other, note) == ["loaded"] * 4
    assert add(store, PAGE, quote, other, note) == ["unchanged"] * 4
    assert len(set(rows(store, "SELECT uid FROM article"))) == 4


def test_what_no_database_can_keep_is_told(store: Store) -> None:
    for text, said in (("a\0b", r"U\+0000 at 1"), ("ab\ud800", "lone surrogate at 2"), (" \n", "no text")):
        with pytest.raises(IntegrityError, match=said):
            store.known(Article(text))
    assert add(store, Article(TEXT, title=" two\n lines\ud800\0")) == ["loaded"]
    assert rows(store, "SELECT title FROM revision") == [("two lines?",)]


def test_what_fails_in_a_transaction_leaves_nothing(store: Store) -> None:
    run = store.start_run("kb", "1")

    def interrupted() -> None:
        with store.transaction():
            store.add(Facts(PAGE), run)
            store.attempt(run, URL, "loaded")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert not rows(
        store, "SELECT 1 FROM article UNION ALL SELECT 1 FROM raw UNION ALL SELECT 1 FROM attempt"
    )
    assert add(store, PAGE) == ["loaded"]


def test_ctrl_c_within_a_statement_is_told_as_what_it_is_and_leaves_nothing(store: Store) -> None:
    numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000000)"

    def interrupted() -> None:
        with store.transaction() as connection:
            store.start_run("test")
            threading.Timer(0.05, signal.raise_signal, (signal.SIGINT,)).start()
            connection.exec_driver_sql(f"{numbers} SELECT max(i) FROM n")

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert store.connection.exec_driver_sql("SELECT count(*) FROM run").scalar() == 0


def test_attempts_are_kept(store: Store) -> None:
    run = store.start_run("kb", "1", {"max_text": 5})
    store.attempt(run, "a.txt", "failed", "there is no text in it")
    assert rows(store, "SELECT run_id, source, outcome, reason FROM attempt") == [
        (run, "a.txt", "failed", "there is no text in it")
    ]
    assert rows(store, "SELECT tool, person, version, settings FROM run") == [
        ("kb", None, "1", '{"max_text": 5}')
    ]


def test_two_writers_wait_for_each_other_and_readers_for_nobody(store: Store) -> None:
    def write(number: int) -> None:
        with Store.open(store.path) as other:
            for count in range(10):
                add(other, Article(f"Text {number} {count}.", url=f"{URL}/{number}/{count}"))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(2)]
    with store.transaction():
        for thread in threads:
            thread.start()
        with Store.open(store.path, read_only=True) as reader:
            assert rows(reader, "SELECT count(*) FROM article") == [(0,)]
        add(store, PAGE)
    for thread in threads:
        thread.join()
    assert rows(store, "SELECT count(*) FROM article") == [(21,)]


def test_a_backup_is_whole_and_overwrites_nothing(store: Store, tmp_path: Path) -> None:
    add(store, PAGE)
    copy = backup(store, tmp_path / "copy.db")
    with Store.open(copy, read_only=True) as opened:
        assert everything(opened) == everything(store)
    with pytest.raises(Exception, match="is there already"):
        backup(store, tmp_path / "copy.db")
    with pytest.raises(Exception, match="cannot be written"):
        backup(store, tmp_path / "nowhere" / "copy.db")
