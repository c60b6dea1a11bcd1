"""Holidays by rule: a fixed day, the n-th weekday of a month, days from Easter. Table: `holidays.csv`."""

from __future__ import annotations

import calendar
import datetime as dt
from functools import cache

from kb.lexicon import read_table


def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (the algorithm of Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    wk = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * wk) // 433
    month = (h + wk - 7 * m + 90) // 25
    return dt.date(year, month, (h + wk - 7 * m + 33 * month + 19) % 32)


def weekday_of_month(year: int, month: int, weekday: int, n: int) -> dt.date:
    """The n-th Monday (1) ... Sunday (7) of a month; n = -1 is the last one."""
    days = calendar.monthrange(year, month)[1]
    if n > 0:
        first = dt.date(year, month, 1)
        return first + dt.timedelta((weekday - first.isoweekday()) % 7 + 7 * (n - 1))
    last = dt.date(year, month, days)
    return last - dt.timedelta((last.isoweekday() - weekday) % 7)


@cache
def holiday(key: str, year: int) -> dt.date | None:
    """The day of a holiday in a year, or None where no rule is known (feasts of other calendars)."""
    rule = {row["key"]: row["rule"] for row in read_table("holidays")}.get(key, "")
    kind, _, rest = rule.partition(" ")
    if not 1600 <= year <= 9900 or not rest:
        return None
    numbers = [int(n) for n in rest.split()]
    if kind == "fixed":
        return dt.date(year, numbers[0], numbers[1])
    if kind == "easter":
        return easter(year) + dt.timedelta(numbers[0])
    day = weekday_of_month(year, *numbers[:3])
    return day + dt.timedelta(numbers[3] if len(numbers) > 3 else 0)
