"""What must hold for any text: spans that fit, no exception, intervals that run forward, linear work."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.dates import Context, find_matches, interval_of, read
from kb.dates.lexer import tokens
from kb.extract.document import analyse
from kb.extract.times import find_times
from kb.lexicon import read_table
from kb.model.values import Article

_WORDS = st.sampled_from(
    [word for row in read_table("time_words") for word in (row["phrase"], row["phrase"].upper())]
    + [
        "May 31",
        "31 June",
        "1999",
        "2020-10",
        "99",
        "0",
        "12:75",
        "24:00",
        "BC",
        "'80s",
        "-",
        ",",
        ".",
        "(",
        "'s",
    ]
    + [
        "31/12/2020",
        "99/99/9999",
        "2026-W53",
        "first",
        "two",
        "hundred",
        "½",
        "1/2",
        "9" * 30,
        "9" * 400 + ".5",
        "\n\n",
        "people",
    ]
)
_PHRASES = st.lists(_WORDS, max_size=12).map(" ".join)
_DAYS = st.none() | st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))


@given(text=st.text() | _PHRASES, published=_DAYS, tense=st.sampled_from([-1, 0, 1]), narrative=st.booleans())
@settings(max_examples=200, deadline=None)
def test_any_string_is_read(text: str, published: dt.date | None, tense: int, narrative: bool) -> None:
    end, context = 0, Context(published=published, tense=tense, narrative=narrative)
    for reader, match in find_matches(text):
        assert end <= match.start < match.end <= len(text)
        end = match.end
        reading = read(reader, match, context)
        if reading is None:
            continue
        assert reading.value
        if reading.edtf is not None:
            interval = interval_of(reading.edtf, reading.basis)
            assert not (interval.earliest and interval.latest) or interval.earliest <= interval.latest
        context = Context(published, reading.period or context.anchor, tense, narrative)


@given(text=st.text() | _PHRASES)
@settings(max_examples=100, deadline=None)
def test_tokens_cover_their_text_in_order(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        end = token.end


@given(text=_PHRASES, published=_DAYS)
@settings(max_examples=40, deadline=None)
def test_spans_are_words_of_the_article(text: str, published: dt.date | None) -> None:
    article = Article(text, published=published.isoformat() if published else None)
    for time in find_times(analyse(article)):
        assert text[time.span.start_char : time.span.end_char] == time.span.words
        if time.interval and time.interval.date:
            assert interval_of(time.interval.date, time.interval.basis) == time.interval


@pytest.mark.parametrize("piece", ["Monday ", "7", "1,", "two million "])
def test_much_of_one_thing_is_read(piece: str) -> None:
    """A pattern worse than linear would not end here."""
    for reader, match in find_matches(piece * (300_000 // len(piece))):
        read(reader, match, Context(dt.date(2026, 6, 3)))
