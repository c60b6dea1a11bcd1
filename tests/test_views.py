"""The views, as somebody with nothing but SQL sees them: one readable row a fact, reviews at work."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kb.model.values import Article, Facts, Interval, Report, Span
from kb.store import Store
from tests.store_facts import CATS, empty_base, insert

URL = CATS.article.url


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with empty_base(tmp_path) as opened:
        opened.add(CATS, opened.start_run("kb", "1"))
        yield opened


def seen(store: Store, query: str) -> list[dict[str, Any]]:
    """What a plain connection sees."""
    database = sqlite3.connect(store.path)
    database.row_factory = sqlite3.Row
    found = [dict(row) for row in database.execute(query)]
    database.close()
    return found


def write(store: Store, *statements: str) -> None:
    for statement in statements:
        store.driver.execute(statement)


def review(store: Store, uid: str, verdict: str, by: str = "Eve", **more: Any) -> None:
    """Append a review of the one claim."""
    (claim,) = seen(store, "SELECT uid FROM claim LIMIT 1")
    values = {"uid": uid, "fact": claim["uid"], "fact_kind": "claim", "verdict": verdict, "by": by, **more}
    write(store, insert("review", **values))


def figure(store: Store) -> dict[str, Any]:
    (row,) = seen(store, "SELECT * FROM figures")
    return row


def test_a_figure_with_its_words_and_source(store: Store) -> None:
    row = figure(store)
    expected = {
        "measure": "cats",
        "comparator": "=",
        "low": 12.0,
        "high": 12.0,
        "phrase": "12 cats",
        "start_char": 8,
        "end_char": 15,
        "quote": "Ann saw 12 cats.",
        "quote_start": 0,
        "title": "Cats",
        "published": "2026-03-01",
        "url": URL,
        "source_kind": "page",
        "status": "machine",
        "extracted_low": 12.0,
    }
    assert {name: row[name] for name in expected} == expected


def test_a_correction_wins_and_what_was_extracted_stays_beside_it(store: Store) -> None:
    for number, (field, value) in enumerate(
        [
            ("comparator", ">"),
            ("high", ""),
            ("low", "11"),
            ("unit", "animals"),
            ("low", "11.5"),
            ("speaker", "Ann"),
        ]
    ):
        review(store, f"r{number}", "corrected", field=field, value=value)
    row = figure(store)
    assert [row[name] for name in ("comparator", "low", "high", "unit", "speaker")] == [
        ">",
        11.5,
        None,
        "animals",
        "Ann",
    ]
    assert [row[f"extracted_{name}"] for name in ("comparator", "low", "high", "unit")] == [
        "=",
        12,
        12,
        "cats",
    ]
    assert row["status"] == "corrected"
    review(store, "undo", "withdrawn", withdraws="r4")
    assert figure(store)["low"] == 11.0


@pytest.mark.parametrize(
    ("verdicts", "status"),
    [
        ([("accepted", "Eve")], "accepted"),
        ([("accepted", "Eve"), ("accepted", "Eve")], "accepted"),
        ([("accepted", "Eve"), ("accepted", "Bob")], "double-checked"),
        ([("rejected", "Eve")], "rejected"),
        ([("accepted", "Eve"), ("rejected", "Bob")], "rejected"),
        ([("rejected", "Eve"), ("accepted", "Bob")], "accepted"),
        ([("rejected", "Eve"), ("accepted", "Bob"), ("accepted", "Eve")], "double-checked"),
        ([("accepted", "Bob"), ("rejected", "Bob"), ("accepted", "Eve")], "accepted"),
        ([("corrected", "Eve"), ("accepted", "Bob")], "double-checked"),
        ([("accepted", "Eve"), ("corrected", "Bob")], "corrected"),
        ([("corrected", "Eve"), ("corrected", "Bob")], "corrected"),
        ([("accepted", "Eve"), ("corrected", "Bob"), ("accepted", "Eve")], "double-checked"),
    ],
)
def test_the_status_follows_from_the_reviews(
    store: Store, verdicts: list[tuple[str, str]], status: str
) -> None:
    for number, (verdict, by) in enumerate(verdicts):
        what = {"field": "place", "value": f"Brno {number}"} if verdict == "corrected" else {}
        review(store, f"r{number}", verdict, by, **what)
    assert figure(store)["status"] == status


def test_a_review_that_was_taken_back_does_not_count(store: Store) -> None:
    review(store, "r1", "rejected")
    review(store, "r2", "withdrawn", withdraws="r1")
    assert figure(store)["status"] == "machine"


@pytest.mark.parametrize(
    ("place", "shown"),
    [("Minsk", "cats in Minsk"), ("worldwide", "cats worldwide"), ("Cats", "cats"), ("", "cats")],
)
def test_a_measure_is_shown_with_its_place(store: Store, place: str, shown: str) -> None:
    review(store, "r1", "corrected", field="place", value=place)
    assert figure(store)["measure"] == shown


def test_only_the_latest_reading_of_the_latest_revision_shows(store: Store) -> None:
    text = "Ann saw 13 cats. " + CATS.article.text
    sentence = Span(0, 16, text[:16])
    article = replace(CATS.article, text=text)
    claim = replace(CATS.claims[0], phrase=Span(8, 15, "13 cats"), sentence=sentence, low=13.0, high=13.0)
    store.add(Facts(article, (sentence,), claims=(claim,)), store.start_run("kb", "1"))
    assert figure(store)["phrase"] == "13 cats"
    assert len(seen(store, "SELECT * FROM claim")) == 2
    assert seen(store, "SELECT * FROM mentions") == []


def test_the_same_text_twice_shows_each_source(store: Store) -> None:
    reprint = replace(CATS.article, url="https://example.org/reprint", published="2026-03-02")
    store.add(replace(CATS, article=reprint), store.start_run("kb", "1"))
    rows = seen(store, "SELECT uid, url FROM figures ORDER BY url")
    assert [row["url"] for row in rows] == [URL, reprint.url]
    assert len({row["uid"] for row in rows}) == 1
    review(store, "r1", "accepted")
    assert {row["status"] for row in seen(store, "SELECT status FROM figures")} == {"accepted"}


def events(store: Store, *reports: Report) -> None:
    """A further article with reports, each of an event of its own."""
    text = "Ann sang, ran, slept and woke."
    number = len(seen(store, "SELECT id FROM article"))
    article = Article(text, url=f"https://example.org/{number}")
    store.add(Facts(article, (Span(0, len(text), text),), reports=reports), store.start_run("kb", "1"))
    for row in seen(store, "SELECT id, title, date, earliest, latest FROM report WHERE event_id IS NULL"):
        dates = {name: row[name] for name in ("date", "earliest", "latest") if row[name]}
        key = row["id"]
        columns = ", ".join(["id", "uid", "title", *dates])
        values = ", ".join(map(repr, [key, f"e{key}", row["title"], *dates.values()]))
        write(store, f"INSERT INTO event ({columns}) VALUES ({values})")
        write(store, f"UPDATE report SET event_id = {key} WHERE id = {key}")


def told(title: str, interval: Interval, stance: Any = "asserted") -> Report:
    text = "Ann sang, ran, slept and woke."
    return Report(Span(4, 8, "sang"), Span(0, len(text), text), title, None, interval, stance)


def test_the_timeline_is_in_order_of_what_is_known(store: Store) -> None:
    from datetime import date

    events(
        store,
        told("undated", Interval(None, None, None)),
        told("in May", Interval("2020-05", date(2020, 5, 1), date(2020, 5, 31))),
        told("in January", Interval("2020-01", date(2020, 1, 1), date(2020, 1, 31))),
        told("in 2020", Interval("2020", date(2020, 1, 1), date(2020, 12, 31))),
        told("until 2019", Interval("../2019", None, date(2019, 12, 31))),
        told("denied", Interval("2018", date(2018, 1, 1), date(2018, 12, 31)), "denied"),
        told("planned", Interval("2031", date(2031, 1, 1), date(2031, 12, 31)), "planned"),
    )
    titles = [row["title"] for row in seen(store, "SELECT title FROM timeline")]
    dated = ["until 2019", "in 2020", "in January", "in May", "planned"]
    assert [title for title in titles if title not in ("undated", "Ann saw cats")] == dated
    assert set(titles[-2:]) == {"undated", "Ann saw cats"}
    assert {row["stance"] for row in seen(store, "SELECT stance FROM timeline WHERE title = 'planned'")} == {
        "planned"
    }


def test_reprints_are_one_source(store: Store) -> None:
    for _ in range(3):
        events(store, told("sang", Interval("2020", None, None)))
    sang = {row["event_id"] for row in seen(store, "SELECT event_id FROM report WHERE title = 'sang'")}
    write(store, f"UPDATE report SET event_id = {min(sang)} WHERE title = 'sang'")
    count = "SELECT reports, sources FROM timeline WHERE title = 'sang'"
    assert seen(store, count) == [{"reports": 3, "sources": 3}]
    for article, origin in ((3, {"from_article_id": 2}), (4, {"agency": "AP"})):
        write(store, insert("origin", article_id=article, kind="reprint", evidence="x", run_id=1, **origin))
    assert seen(store, count) == [{"reports": 3, "sources": 2}]


def test_a_conflict_shows_both_sides(store: Store) -> None:
    claim = replace(CATS.claims[0], low=13.0, high=13.0)
    other = replace(CATS.article, url="https://example.org/other")
    store.add(replace(CATS, article=other, claims=(claim,)), store.start_run("kb", "1"))
    write(
        store,
        "INSERT INTO conflict (id, uid, kind, explanation) VALUES (1, 'c', 'conflict', '12 is not 13')",
        "INSERT INTO conflict_claim (conflict_id, position, claim_id) SELECT 1, id, id FROM claim",
    )
    (row,) = seen(store, "SELECT * FROM conflicts")
    assert (row["explanation"], row["a_url"], row["b_url"], row["more"]) == (
        "12 is not 13",
        URL,
        other.url,
        0,
    )
    assert row["a_quote"] == row["b_quote"] == "Ann saw 12 cats."
