"""Search: words in any spelling and form, the best first, led back to the exact words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.model.values import Article, Facts, Span
from kb.store import Store, find_passages
from kb.store.search import passages
from tests.store_facts import LETTERS, TEXTS, empty_base

TEXT = "Lech Wałęsa met the prisoners\nof Ёлкино.\n\nThree prisons, Mr.\u00a0O'Neil said: ½ full."
FIRST = TEXT.index("\n\n")
SENTENCES = tuple(Span(start, end, TEXT[start:end]) for start, end in ((0, FIRST), (FIRST + 2, len(TEXT))))
ARTICLE = Article(TEXT, title="A visit to Łódź", url="https://example.org/visit")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with empty_base(tmp_path) as opened:
        opened.add(Facts(ARTICLE, SENTENCES), opened.start_run("kb", "1"))
        yield opened


def marked(store: Store, words: str) -> list[list[str]]:
    """The marked words of every hit."""
    return [[hit.words[slice(*mark)] for mark in hit.marks] for hit in find_passages(store.connection, words)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("walesa", [["Wałęsa"]]),
        ("WAŁĘSA", [["Wałęsa"]]),
        ("prisoner", [["prisoners"], ["prisons"]]),  # of one stem
        ("elkino iolkino", []),
        ("Ёлкино", [["Ёлкино"]]),
        ("lodz visits", [["visit", "Łódź"]]),
        ('"three prisons"', [["Three prisons"]]),
        ('"prisons three"', []),
        ("prisons three", [["Three", "prisons"]]),
        ("pris*", [["prisons"], ["prisoners"]]),
        ("o'neil", [["O'Neil"]]),
        ("1/2", [["½"]]),
        ("dogs", []),
        ("", []),
        ("-- * ...", []),
        ('NOT OR (" AND', []),
        ("folded:prisons", []),
    ],
)
def test_words_are_found_where_they_stand(store: Store, words: str, expected: list[list[str]]) -> None:
    assert sorted(marked(store, words)) == sorted(expected)


def test_a_hit_tells_where_it_is(store: Store) -> None:
    (title,) = find_passages(store.connection, "Lodz")
    assert (title.start_char, title.end_char, title.words) == (None, None, "A visit to Łódź")
    (hit,) = find_passages(store.connection, "full")
    assert (hit.start_char, hit.end_char) == (FIRST + 2, len(TEXT))
    assert hit.words == SENTENCES[1].words
    (revision,) = store.driver.execute("SELECT id FROM revision").fetchone()
    assert hit.revision_id == revision


def test_the_best_comes_first_and_no_more_than_asked(store: Store) -> None:
    run = store.start_run("kb", "1")
    for number in range(5):
        text = "Cats " * (5 - number) + "and many other words of some length, as it were."
        store.add(Facts(Article(text, url=f"https://example.org/{number}")), run)
    found = find_passages(store.connection, "cats", limit=3)
    assert [len(hit.marks) for hit in found] == [5, 4, 3]


def test_only_the_newest_revision_is_found(store: Store) -> None:
    newer = Article("Lech Kowalski met nobody.", url=ARTICLE.url)
    store.add(Facts(newer), store.start_run("kb", "1"))
    assert marked(store, "lech") == [["Lech"]]
    assert marked(store, "lodz") == []


@given(TEXTS)
def test_paragraphs_stand_in_for_sentences(text: str) -> None:
    found = [span for _, span in passages(Article(text), ()) if span]
    assert all(text[span.start_char : span.end_char] == span.words == span.words.strip() for span in found)
    assert "".join("".join(span.words.split()) for span in found) == "".join(text.split())


def test_no_query_is_an_error(store: Store) -> None:
    @given(st.text(LETTERS + '"*:^()-+{}', max_size=30))
    @settings(max_examples=200, deadline=None)
    def asked(query: str) -> None:
        find_passages(store.connection, query)

    asked()


@given(TEXTS, st.data())
@settings(max_examples=50, deadline=None)
def test_a_word_of_a_text_is_found_in_it(
    tmp_path_factory: pytest.TempPathFactory, text: str, data: st.DataObject
) -> None:
    words = [word for word in text.split() if any(map(str.isalnum, word))]
    if words:
        with empty_base(tmp_path_factory.mktemp("base")) as store:
            store.add(Facts(Article(text)), store.start_run("kb", "1"))
            hits = find_passages(store.connection, f'"{data.draw(st.sampled_from(words))}"', limit=100)
            assert hits
            for hit in hits:
                assert all(hit.words[slice(*mark)].strip() for mark in hit.marks)
                assert hit.marks
