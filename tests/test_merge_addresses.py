"""One text with and without its address, in one base or several: the same article, whichever came first."""

from __future__ import annotations

import sqlite3
from itertools import permutations
from pathlib import Path

import pytest

from kb import KnowledgeBase
from kb.check import check
from kb.desk import add, decide, withdraw
from kb.desk.tags import tag, untag
from kb.errors import IntegrityError
from kb.merge import merge
from kb.model.uids import article_uid, text_sha256, uid_of
from kb.model.values import Article
from kb.store import Store
from kb.store.lookup import find_articles
from tests.store_facts import empty_base
from tests.test_any_sequence import SENTENCES, URLS, page, picture, put
from tests.test_merge import bases, evidence, released, together

TEXT = f"{SENTENCES[0]} {SENTENCES[4]}"
BARE = Article(TEXT, publisher="Brno Daily", title="Boats")
AT = tuple(Article(TEXT, url=url, publisher="Brno Daily") for url in URLS)
OF_TEXT = article_uid("page", None, text_sha256(TEXT))
OF_URL = tuple(uid_of("article", "page", url) for url in URLS)


def called(store: Store) -> list[tuple[str, str | None]]:
    return [
        tuple(row) for row in store.connection.exec_driver_sql("SELECT uid, url FROM article ORDER BY uid")
    ]


@pytest.mark.parametrize("order", list(permutations((BARE, AT[0]))))
def test_loaded_in_either_order_it_has_one_uid(tmp_path: Path, order: tuple[Article, ...]) -> None:
    with empty_base(tmp_path) as store:
        for article in order:
            put(store, article)
        assert called(store) == [(OF_URL[0], URLS[0])]
        assert {find_articles(store.connection, uid)[0].url for uid in (OF_TEXT, OF_URL[0])} == {URLS[0]}
        assert check(store) == []


@pytest.mark.parametrize("kind", ["note", "quote"])
def test_a_note_whose_page_is_told_later(tmp_path: Path, kind: str) -> None:
    with empty_base(tmp_path) as store:
        put(store, Article(TEXT, kind=kind))  # type: ignore[arg-type]
        ((before, _),) = called(store)
        put(store, Article(TEXT, kind=kind, cites_url=URLS[0]))  # type: ignore[arg-type]
        ((now, _),) = called(store)
        assert now == article_uid(kind, URLS[0], text_sha256(TEXT)) != before
        assert find_articles(store.connection, before)[0].uid == now
        assert check(store) == []


def test_a_page_that_comes_to_say_what_came_without_address(tmp_path: Path) -> None:
    with empty_base(tmp_path) as store:
        put(store, BARE)
        put(store, page(0, 1))
        assert len(called(store)) == 2
        put(store, AT[0])
        assert called(store) == [(OF_URL[0], URLS[0])]
        states = store.connection.exec_driver_sql("SELECT seq, text FROM revision ORDER BY seq").fetchall()
        assert states == [(1, TEXT), (2, page(0, 1).text), (3, TEXT)]
        assert check(store) == []


def test_decisions_that_name_it_by_its_text_hold_in_any_order() -> None:
    with bases(3) as (one, two, three):
        put(one, BARE)
        put(two, AT[1])
        put(three, AT[0])
        put(two, Article("The EU closed the harbour in 2024.", publisher="The EU"))
        tag(one, "harbour", [OF_TEXT], by="Anna")
        union = two.connection.exec_driver_sql("SELECT uid FROM entity WHERE name = 'The EU'").scalar_one()
        decide(two, OF_URL[1], union, "different", by="Boris", note=None)
        first = min(OF_URL[:2])
        shown = []
        for order in permutations((one, two, three)):
            with together(order) as whole, together((order[0], whole)) as again:
                assert check(whole) == []
                filed = whole.connection.exec_driver_sql("SELECT target FROM standing_tag").scalars().all()
                assert filed == [first]
                assert find_articles(whole.connection, OF_TEXT)[0].uid == first
                shown.append((picture(again), evidence(again)))
                assert untag(whole, "harbour", [first], by="Cyril")[0].target == first
                assert not whole.connection.exec_driver_sql("SELECT 1 FROM standing_tag").first()
        assert all(one == shown[0] for one in shown)


def test_what_a_person_read_in_it_stands_at_its_address() -> None:
    with bases(2) as (one, other):
        put(one, BARE)
        made = add(one, OF_TEXT, "harbour", "name", {"kind": "place"}, by="Anna")
        put(other, AT[0])
        for order in permutations((one, other)):
            with together(order) as whole:
                query = "SELECT url FROM mentions WHERE uid = ?"
                assert whole.connection.exec_driver_sql(query, (made.uid,)).scalars().all() == [URLS[0]]
                assert check(whole) == []


def test_releases_of_both_orders_are_the_same_files(tmp_path: Path) -> None:
    with bases(2) as (one, other):
        put(one, BARE)
        put(one, page(1, 3))
        put(other, AT[0])
        put(other, page(1, 4))
        with together((one, other)) as whole, together((other, one)) as same:
            assert released(whole, tmp_path / "one") == released(same, tmp_path / "other")


def test_a_release_tells_that_a_source_has_its_address_now(tmp_path: Path) -> None:
    with empty_base(tmp_path) as store:
        put(store, BARE)
        released(store, tmp_path / "first")
        put(store, AT[0])
        with KnowledgeBase(store.path, read_only=True) as base:
            base.export(tmp_path / "second", previous=tmp_path / "first")
        told = (tmp_path / "second" / "CHANGES.csv").read_text(encoding="utf-8")
        assert f"the source has its address now, and is {OF_URL[0]}" in told
        assert "not read or not selected" not in told


def test_a_withdrawal_of_a_text_without_address_holds_wherever_it_stands() -> None:
    with bases(3) as (one, two, three):
        for store, article in ((one, BARE), (two, AT[0]), (three, AT[1])):
            put(store, article)
        withdraw(one, OF_TEXT, reason="a court said so", by="Eve", note=None)
        shown = []
        for order in permutations((one, two, three)):
            with together(order) as whole:
                assert check(whole) == []
                texts = whole.connection.exec_driver_sql("SELECT DISTINCT text FROM revision").scalars().all()
                assert texts == [""]
                shown.append(evidence(whole))
                with pytest.raises(IntegrityError, match="a court said so"):
                    put(whole, AT[2])
        assert all(one == shown[0] for one in shown)


def test_states_of_a_withdrawn_page_that_the_other_base_had_come_without_words() -> None:
    with bases(2) as (one, other):
        put(one, page(0, 1))
        put(other, page(0, 2))
        put(other, page(0, 3))
        withdraw(one, URLS[0], reason="a court said so", by="Eve", note=None)
        with together((one, other)) as whole, together((other, one)) as same:
            assert evidence(whole) == evidence(same)
            assert picture(whole) == picture(same)
            assert check(whole) == check(same) == []
            states = "SELECT seq, text, title, raw_sha256 IS NULL FROM revision ORDER BY seq"
            blank = whole.connection.exec_driver_sql(states).fetchall()
            assert blank == [(number, "", None, 0) for number in (1, 2, 3)]
            assert set(whole.connection.exec_driver_sql("SELECT bytes FROM raw").scalars()) == {b""}
            assert merge(whole, other.path).left_out == 1
        for path in (one.path, other.path):
            assert page(0, 1).text.encode() not in path.read_bytes() or path == other.path


def test_of_one_text_the_bytes_had_first_count() -> None:
    first, second = (Article(TEXT, url=URLS[0], raw=raw) for raw in (b"<p>first", b"<p>second"))
    with bases(2) as (one, other):
        put(one, first)
        put(other, second)
        for order in permutations((one, other)):
            with together(order) as whole:
                kept = whole.connection.exec_driver_sql("SELECT sha256 FROM raw").scalars().all()
                told = whole.connection.exec_driver_sql("SELECT raw_sha256 FROM revision").scalars().all()
                assert kept == told == [one.connection.exec_driver_sql("SELECT sha256 FROM raw").scalar_one()]
                assert check(whole) == []


def test_no_other_way_to_another_uid_or_article(tmp_path: Path) -> None:
    with empty_base(tmp_path) as store:
        put(store, AT[0])
        put(store, page(1, 1))
        for statement in (
            "UPDATE article SET uid = 'another'",
            "UPDATE revision SET article_id = 1 WHERE article_id = 2",
            "UPDATE article_uid SET uid = 'another'",
            "DELETE FROM article_uid",
            "DELETE FROM article",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                store.driver.execute(statement)
