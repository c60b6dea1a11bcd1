"""EDTF (ISO 8601-2, levels 0 to 2, and ISO weeks) -> Interval.

Read here: `2014`, `2014-03`, `2014-03-08`, `2014-03-08T10:30:00Z`, `2014-W11`, `2014-21` to `2014-24`
(seasons, winter into the next year), `2014-33` to `-36` (quarters), `2014-37` to `-39` (thirds), `2014-40`
and `-41` (halves), `201X`, `20XX`, `2014-XX`, `2014-03-XX`, `-0479`, each with `~`, `?` or `%`, and
intervals of two of them, with `..` for an open and nothing for an unknown end.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from kb.errors import ParseError
from kb.model.values import DateBasis, Interval

_UNIT = re.compile(
    r"(?P<year>-?\d{4}|\d{1,3}X{1,3})"
    r"(?:-(?:W(?P<week>\d\d)(?:-(?P<weekday>[1-7]))?|(?P<part>\d\d|XX)(?:-(?P<day>\d\d|XX))?))?"
    r"(?:T\d\d(?::\d\d(?::\d\d)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?"
)
_QUALIFIERS = re.compile(r"[~?%]")
_PARTS = {21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3)}
_PARTS |= {33 + n: (3 * n + 1, 3) for n in range(4)}
_PARTS |= {37 + n: (4 * n + 1, 4) for n in range(3)}
_PARTS |= {40 + n: (6 * n + 1, 6) for n in range(2)}

Bounds = tuple[dt.date | None, dt.date | None]


def interval_of(edtf: str, basis: DateBasis | None = "stated") -> Interval:
    """The interval that an EDTF string describes, with its inclusive days.

    `~`, `?` and `%` do not widen the bounds. A year before 1 has no day that Python can hold: its
    bound is None. An interval given backwards is an error, as is a day that the calendar lacks.

    Raises:
        ParseError: the string is no EDTF that kb reads.
    """
    start, slash, end = edtf.partition("/")
    earliest = None if slash and start in ("", "..") else _bounds(start, edtf)[0]
    latest = None if slash and end in ("", "..") else _bounds(end if slash else start, edtf)[1]
    if slash and start in ("", "..") and end in ("", ".."):
        raise ParseError(f"interval {edtf!r} has no end: give a date on one side of the slash")
    try:
        return Interval(edtf, earliest, latest, basis)
    except ValueError as error:
        raise ParseError(f"interval {edtf!r} ends before it begins") from error


def _bounds(unit: str, whole: str) -> Bounds:
    match = _UNIT.fullmatch(_QUALIFIERS.sub("", unit))
    if match is None:
        raise ParseError(f"{whole!r} is no date in EDTF")
    years = match["year"]
    try:
        low, high = int(years.replace("X", "0")), int(years.replace("X", "9"))
        if not (low >= 1 and high <= 9999):
            return None, None
        if match["week"]:
            first = dt.date.fromisocalendar(low, int(match["week"]), int(match["weekday"] or 1))
            return first, first + dt.timedelta(0 if match["weekday"] else 6)
        if match["part"] in (None, "XX"):
            return dt.date(low, 1, 1), dt.date(high, 12, 31)
        month, length = _PARTS.get(int(match["part"]), (int(match["part"]), 1))
        if match["day"] in (None, "XX"):
            return dt.date(low, month, 1), _last_day(low, month + length - 1)
        day = dt.date(low, month, int(match["day"]))
    except ValueError as error:
        raise ParseError(f"{whole!r} is no date of the calendar") from error
    return day, day


def _last_day(year: int, month: int) -> dt.date:
    year, month = (year, month) if month <= 12 else (year + 1, month - 12)
    if year > dt.MAXYEAR:
        return dt.date.max
    return dt.date(year, month, calendar.monthrange(year, month)[1])
