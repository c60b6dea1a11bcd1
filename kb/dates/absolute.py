"""Readers of days and months that name their place on the calendar, or whose year the context gives."""

from __future__ import annotations

import re

from kb.dates.modifiers import modified
from kb.dates.periods import Period
from kb.dates.reading import Context, Match, Reading, dated, unknown
from kb.dates.tokens import Token
from kb.dates.years import choose_year, full_year, year_of
from kb.model.values import DateBasis

MONTHS = ("MONTH", "MABBR")
DAYS = ("DAY", "ORD")
YEARS = ("YEAR", "YEARWORD")


def month_day(tokens: tuple[Token, ...]) -> tuple[int, int] | None:
    """The month and the day beside it that the tokens name, or None: the day after it, else before."""
    at = next((i for i, t in enumerate(tokens) if t.kind in MONTHS), None)
    if at is None:
        return None
    after = (t for t in tokens[at + 1 : at + 4] if t.kind not in ("DOT", "THE"))
    before = (t for t in reversed(tokens[max(0, at - 2) : at]) if t.kind not in ("OF", "DASH"))
    for neighbour in (next(after, None), next(before, None)):
        if neighbour is not None and neighbour.kind in DAYS:
            return int(tokens[at].value), int(neighbour.value)
    return None


def read_day(match: Match, context: Context) -> Reading | None:
    """A month and a day, with its year or with the one that the context gives."""
    found = month_day(match.tokens)
    if found is None:
        return None
    month, number = found
    year = year_of(match.tokens)
    basis: DateBasis = "stated"
    if year is None:
        year, basis = choose_year(month, number, match, context)
        year = _weekday_year(year, month, number, match.number("WEEKDAY", "WABBR"))
    if year is None:
        return unknown(f"XXXX-{month:02d}-{number:02d}") if 1 <= number <= 31 else None
    if year < 1:
        return Reading("DATE", f"BC{1 - year:04d}-{month:02d}-{number:02d}", None, None)
    period = Period.day(year, month, number)
    return dated(period, basis) if period else None


def _weekday_year(year: int | None, month: int, day: int, weekday: int | None) -> int | None:
    """The year, or the one beside it in which the day falls on the weekday that the text names."""
    if year is None or weekday is None:
        return year
    for candidate in (year, year + 1, year - 1):
        period = Period.day(candidate, month, day)
        if period and period.first and period.first.isoweekday() == weekday:
            return candidate
    return year


def read_iso(match: Match, _context: Context) -> Reading | None:
    """`2026-01-19`, `2026-01-19T10:30:00Z`, `2026/01/19`, `2026-W11`."""
    words = match.tokens[0].text
    if week := re.fullmatch(r"(\d{4})-W(\d\d)(?:-(\d))?", words):
        jan4 = Period.day(int(week[1]), 1, 4)
        if jan4 is None or not 1 <= int(week[2]) <= 53:
            return None
        period = jan4.to("week").shift(int(week[2]) - 1)
        return dated(period, "stated")
    date = Period.day(*(int(part) for part in re.split("[-/]", words[:10])))
    if date is None:
        return None
    if len(words) == 10:
        return dated(date, "stated")
    return Reading("TIME", words.replace(" ", "T"), date.edtf(), "stated", date)


def read_week_number(match: Match, _context: Context) -> Reading | None:
    """`week 12 of 2020`: as ISO 8601 counts weeks."""
    jan4 = Period.day(match.number("YEAR") or 0, 1, 4)
    number = match.number("DAY", "TWO") or 0
    return dated(jan4.to("week").shift(number - 1), "stated") if jan4 and 1 <= number <= 53 else None


def read_numeric(match: Match, context: Context) -> Reading | None:
    """`19/01/2026`: by what is possible, then by the country's order, else unresolved."""
    a, b, c = (int(n) for n in re.split(r"[/.-]", match.tokens[0].text))
    year = full_year(c, context) if len(re.split(r"[/.-]", match.tokens[0].text)[2]) == 2 else c
    orders = {"DMY": Period.day(year, b, a), "MDY": Period.day(year, a, b)}
    possible = {p for p in orders.values() if p}
    if not possible or not 1000 <= year <= 2199:
        return None
    if len(possible) == 1:
        return dated(possible.pop(), "stated")
    if "." in match.tokens[0].text:
        chosen = orders["DMY"]
    else:
        chosen = orders[context.order] if context.order else None
    return dated(chosen, "stated") if chosen else unknown(f"{year:04d}-XX-XX")


def read_month(match: Match, context: Context) -> Reading | None:
    """A month with its year, or with the one that the context gives."""
    month = match.number(*MONTHS) or 0
    year = year_of(match.tokens)
    basis: DateBasis = "stated"
    if year is None:
        year, basis = choose_year(month, None, match, context)
    if year is None:
        return unknown(f"XXXX-{month:02d}")
    return modified(Period.of("month", year, month), match.modifier, basis)
