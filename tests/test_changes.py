"""What changed in an article from one reading to the next, and through whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kb.model.values import Article
from kb.resolve import Changes, compare_states, regroup, states
from kb.store import Store
from kb.store.facts import insert_facts
from tests.store_facts import empty_base
from tests.toy_extract import toy_extract

PAGE = Article(
    "Anna Novak opened the harbour in 2024. Anna Novak said over 40 boats lie in Brno. There are 7 clocks.",
    url="https://example.org/a",
    published="2024-05-03",
    raw=b"page 1",
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with empty_base(tmp_path) as opened:
        yield opened


def put(store: Store, article: Article, version: str = "1") -> None:
    """Store what a version of the rules reads in a fetched page."""
    with store.transaction() as connection:
        run = store.start_run("kb", version)
        outcome = store.add(toy_extract(article, version), run, fetched=True)
        assert outcome.revision_id is not None
        regroup(connection, outcome.revision_id)


def read_again(store: Store, article: Article, version: str) -> None:
    """Let another version of the rules read the newest revision."""
    with store.transaction() as connection:
        run = store.start_run("kb", version)
        revision = connection.exec_driver_sql("SELECT max(id) FROM revision").scalar_one()
        insert_facts(connection, toy_extract(article, version), revision, run)
        regroup(connection, revision)


def said(changes: Changes) -> list[tuple[str, str, str, str | None, str | None]]:
    """What, through whom, about what, and the values on both sides; names apart."""
    return [
        (
            change.what,
            change.through,
            change.about,
            change.before.value if change.before else None,
            change.after.value if change.after else None,
        )
        for change in changes.facts
        if change.kind != "name"
    ]


def changed(store: Store) -> Changes:
    article = store.connection.exec_driver_sql("SELECT uid FROM article").scalar_one()
    return compare_states(store.connection, *states(store.connection, article)[-2:])


def after(store: Store, *words: tuple[str, str], raw: bytes = b"page 2", **said_of_it: str) -> Changes:
    """The changes when these words of the page became others."""
    put(store, PAGE)
    text = PAGE.text
    for old, new in words:
        assert old in text
        text = text.replace(old, new)
    put(store, replace(PAGE, text=text, raw=raw, **said_of_it))  # type: ignore[arg-type]
    return changed(store)


def test_a_number_that_the_publisher_changed(store: Store) -> None:
    found = after(store, ("over 40", "over 55"))
    assert said(found) == [("changed", "publisher", "boats in Brno", "> 40 boats", "> 55 boats")]
    assert found.kind == "facts"
    (change,) = found.facts
    assert change.before is not None
    assert change.after is not None
    assert "over 40" in change.before.quote
    assert "over 55" in change.after.quote
    assert change.fields == ("low",)


def test_a_sentence_that_came_and_one_that_went(store: Store) -> None:
    found = after(store, ("There are 7 clocks.", "It rained. Petr Svoboda closed the museum in 2023."))
    assert said(found) == [
        ("dropped", "publisher", "clocks", "7 clocks", None),
        ("added", "publisher", "Petr Svoboda closed the museum", None, "2023"),
    ]


def test_other_words_around_the_same_facts(store: Store) -> None:
    found = after(store, ("There are 7 clocks.", "Read more.\n\nThere are 7 clocks. Share this."))
    assert found.facts == ()
    assert found.kind == "text"
    assert found.kept == 5  # two names, two figures, one event


def test_a_fact_told_in_other_words_is_the_same(store: Store) -> None:
    found = after(store, ("There are 7 clocks.", "The town hall has 7 clocks."))
    assert found.facts == ()
    assert found.kind == "text"


def test_nothing_moves_to_a_sentence_that_looks_alike(store: Store) -> None:
    found = after(store, ("There are 7 clocks.", "There were 7 clocks in Ostrava in 2019."))
    assert [(what, value) for what, _, _, *value in said(found)] == [
        ("dropped", ["7 clocks", None]),
        ("added", [None, "7 clocks"]),
    ]


def test_another_day_of_publication(store: Store) -> None:
    put(store, PAGE)
    put(store, replace(PAGE, published="2023-05-03"))
    found = changed(store)
    assert found.kind == "metadata"
    assert found.metadata == ("published",)
    assert {(change.what, change.through) for change in found.facts} == {("changed", "metadata")}
    assert {change.about for change in found.facts} == {"boats in Brno", "clocks"}


def test_the_same_bytes_by_a_newer_reader(store: Store) -> None:
    put(store, PAGE)
    put(store, replace(PAGE, text=PAGE.text.replace(" There are 7 clocks.", ""), reader="text/2"))
    found = changed(store)
    assert found.kind == "reader"
    assert said(found) == [("dropped", "reader", "clocks", "7 clocks", None)]


def test_a_newer_extractor(store: Store) -> None:
    page = replace(PAGE, text="There are about 7 clocks. There were a dozen boats. There are 3 cats.")
    put(store, page)
    read_again(store, page, "2")
    found = changed(store)
    assert found.kind == "extractor"
    assert said(found) == [
        ("dropped", "extractor", "cats", "3 cats", None),
        ("changed", "extractor", "clocks", "7 clocks", "~7 clocks"),
        ("added", "extractor", "boats", None, "12 boats"),
    ]


def test_a_page_that_changed_while_the_extractor_did(store: Store) -> None:
    page = replace(PAGE, text="There are about 7 clocks in Brno. There are 30 boats.")
    put(store, page)
    put(store, replace(page, text=page.text.replace("30", "31"), raw=b"page 2"), "2")
    assert said(changed(store)) == [
        ("changed", "extractor", "clocks in Brno", "7 clocks", "~7 clocks"),
        ("changed", "publisher", "boats", "30 boats", "31 boats"),
    ]
