"""A date as a user types it, or as a page of another language states it -> Interval."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING

from kb.dates.edtf import interval_of
from kb.dates.readers import read
from kb.dates.reading import Context, Order
from kb.dates.rules import find_matches
from kb.errors import ParseError
from kb.model.values import DateBasis, Interval

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

_FORMS = "give a date like 2014, 2014-03, 2014-03-08, 2014-W11, 2008/2010, 2022/.. or March 2014"
_LONGEST = 80  # characters of a date


def parse_interval(text: str, today: dt.date | None = None) -> Interval:
    """The interval of a date that is the whole of the text: EDTF, an ISO week, or English words.

    Words that count from the present ("last month") are read from `today`, and refused without it.

    >>> parse_interval("2008/2010").latest
    datetime.date(2010, 12, 31)
    >>> parse_interval("mid-1980s").date
    '1984~/1986~'

    Raises:
        ParseError: it is no date, or one that cannot be resolved; the message says what is read.
    """
    words = text.strip()
    try:
        return interval_of(words)
    except ParseError as error:
        if interval := _in_words(words, Context(published=today), "stated"):
            return interval
        raise ParseError(f"{text!r} is no date: {_FORMS}") from error


def _in_words(words: str, context: Context, basis: DateBasis) -> Interval | None:
    """The interval of an English time expression that takes up all the words, or None."""
    if len(words) > _LONGEST:
        return None
    for reader, match in find_matches(words):
        if (match.start, match.end) == (0, len(words)):
            reading = read(reader, match, context)
            return interval_of(reading.edtf, reading.basis or basis) if reading and reading.edtf else None
    return None


def parse_foreign(text: str, languages: tuple[str, ...], order: Order | None = None) -> Interval:
    """A date of another language ("19 janvier 2026", "3 марта 2024 г."), as exact as it is written.

    The words must state the day, the month or the year themselves: nothing is filled in from today.

    Raises:
        ParseError: dateparser reads no date in these words.
    """
    if len(text) <= _LONGEST:
        for parts, form in _PRECISION:
            day = _parser(languages, order, parts).get_date_data(text.strip())["date_obj"]
            if day is not None:
                return interval_of(day.strftime(form))
    raise ParseError(f"{text!r} is no date in {', '.join(languages)}: {_FORMS}")


_PRECISION = ((("day", "month", "year"), "%Y-%m-%d"), (("month", "year"), "%Y-%m"), (("year",), "%Y"))


@cache
def _parser(languages: tuple[str, ...], order: Order | None, parts: tuple[str, ...]) -> DateDataParser:
    from dateparser.date import DateDataParser

    settings = {"REQUIRE_PARTS": list(parts), "PARSERS": ["absolute-time"], "DATE_ORDER": order or "DMY"}
    return DateDataParser(languages=list(languages), settings=settings)
