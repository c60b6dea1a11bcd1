"""Readers of a unit within a longer time: `the first week of January`, `the last day of 2019`, `in 912`.

A year of three digits is one only in a story of such years, so that it is read here from its context too.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from kb.dates.absolute import DAYS, MONTHS, read_day, read_month
from kb.dates.durations import unit_of
from kb.dates.eras import read_year
from kb.dates.periods import Period
from kb.dates.ranges import read_day_range
from kb.dates.reading import Context, Match, Reading, dated, unknown
from kb.dates.relative import UNKNOWN, read_relative, read_the_unit
from kb.dates.seasons import read_season
from kb.model.values import DateBasis

_REFERRING = ("THIS", "THAT", "LAST", "PAST", "NEXT", "COMING", "PREV", "FOLLOW", "SAME", "CURRENT")
_WHOLE = ("UYEAR", "UMONTH")
_WEEK = 7  # days
_SATURDAY = 6
_DECEMBER = 12
_FAR = 200  # years: a number of three digits so far from the story's time is none
_AFTER_YEAR = frozenset({"when", "where", "but", "as", "with", "because", "under", "against", "who", "which"})


def read_unit_within(match: Match, context: Context) -> Reading | None:
    """`the first week of January`, `the last day of 2019`, `the second Monday in May`.

    Counted from an end: a week is seven days from an end of the month; TIMEX3 has the ISO week in which most
    of them lie, the annotators of histories its length.
    """
    at = next(i for i, t in enumerate(match.tokens) if t.kind in ("OF", "IN"))
    head, rest = match.tokens[:at], match.tokens[at + 1 :]
    outer = _outer(replace(match, tokens=rest), context)
    weekday = next((int(t.value) for t in head if t.kind in ("WEEKDAY", "WABBR")), None)
    weekend = any(t.kind == "WEEKEND" for t in head)
    unit = "WE" if weekend else "D" if weekday else unit_of(head)
    if outer is None or outer.period is None or outer.period.first is None or outer.period.last is None:
        return unknown(UNKNOWN[unit])
    first, last = outer.period.first, outer.period.last
    ordinal = next((int(t.value) for t in head if t.kind == "ORD"), None)
    basis = outer.basis or "text"
    if weekday or weekend:
        day = _nth_weekday(first, last, weekday or _SATURDAY, ordinal)
        return dated(Period.containing("weekend" if weekend else "day", day), basis) if day else None
    if unit == "M":
        month = ordinal or _DECEMBER
        return dated(Period.of("month", outer.period.year, month), basis) if month <= _DECEMBER else None
    if unit == "D":
        day = last if ordinal is None else first + dt.timedelta(ordinal - 1)
        return dated(Period.containing("day", day), basis) if day <= last else None
    return _week(first, last, ordinal, basis, context.narrative)


def _outer(match: Match, context: Context) -> Reading | None:
    """The month or the year within which the unit lies."""
    if match.has(*_REFERRING):
        return read_relative(match, context)
    if match.has(*MONTHS):
        return read_month(match, context)
    return read_the_unit(match, context) if match.has(*_WHOLE) else read_year(match, context)


def _week(first: dt.date, last: dt.date, nth: int | None, basis: DateBasis, story: bool) -> Reading | None:
    start = last - dt.timedelta(_WEEK - 1) if nth is None else first + dt.timedelta(_WEEK * (nth - 1))
    if start > last:
        return None
    end = min(start + dt.timedelta(_WEEK - 1), last)
    week = Period.containing("week", start + dt.timedelta(_WEEK // 2))
    edtf = f"{start}/{end}"
    if story:
        return Reading("DURATION", "P1W", edtf, basis, week)
    return dated(week, basis, edtf=edtf)


def _nth_weekday(first: dt.date, last: dt.date, weekday: int, ordinal: int | None) -> dt.date | None:
    if ordinal is None:
        return last - dt.timedelta((last.isoweekday() - weekday) % _WEEK)
    day = first + dt.timedelta((weekday - first.isoweekday()) % _WEEK + _WEEK * (ordinal - 1))
    return day if day <= last else None


def read_weekend_of(match: Match, context: Context) -> Reading:
    """`the weekend of 3 July`: that of the week in which the day lies."""
    day = read_day(match, context)
    if day is None or day.period is None or day.period.grain != "day":
        return unknown(UNKNOWN["WE"])
    return dated(day.period.to("weekend"), day.basis or "text")


def read_weekend_range(match: Match, context: Context) -> Reading | None:
    """`the weekend of 3-4 July`: the days that are named."""
    days = read_day_range(match, context)
    if days is None or days.period is None:
        return None
    return dated(days.period.to("weekend"), days.basis or "text", edtf=days.edtf)


def read_bare_early(match: Match, context: Context) -> Reading | None:
    """`in 499`: in a text that counts its years before Christ, or tells of the first centuries after."""
    after = match.after[0] if match.after else None
    if after is not None and after.kind == "OTHER" and after.start - match.end <= 1:
        counted = after.text[0].isalnum() and after.text.lower() not in _AFTER_YEAR
        about = bool(match.before) and match.before[-1].kind == "APPROX"
        if counted and (about or not after.text[0].isupper()):
            return None  # "in 300 villages", "at least 200 Greek ships"
    return read_early_year(match, context)


def read_early_year(match: Match, context: Context) -> Reading | None:
    """`the spring of 912`, `3 November 961`, `early 887`: as if the year had four digits."""
    token = match.find("THREE")
    if token is None:
        return None
    number = int(token.value)
    if context.before_christ:
        number = 1 - number
    elif not context.narrative or (context.anchor and abs(context.anchor.year - number) > _FAR):
        return None
    year = replace(token, kind="YEAR", value=str(number))
    match = replace(match, tokens=tuple(year if t is token else t for t in match.tokens))
    if match.has(*MONTHS):
        return (read_day if match.has(*DAYS) else read_month)(match, context)
    return (read_season if match.has("SEASON") else read_year)(match, context)
