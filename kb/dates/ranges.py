"""Readers of ranges and lists: `2008-10`, `April 6-7`, `31 May-1 June 1916`, `April 24 and 25`."""

from __future__ import annotations

import re

from kb.dates.absolute import DAYS, MONTHS, YEARS, month_day
from kb.dates.periods import Period
from kb.dates.reading import Context, Match, Reading, dated
from kb.dates.tokens import Token
from kb.dates.years import choose_year, year_of
from kb.model.values import DateBasis

_LONGEST_RANGE = 250  # years: "1500-2000" is rather a number than a time


def spanning(start: Period, end: Period, basis: DateBasis) -> Reading | None:
    """A range from one period to another of the same grain; None where it runs backwards."""
    if end.number < start.number:
        return None
    return Reading("DATE", f"{start.timex()}/{end.timex()}", f"{start.edtf()}/{end.edtf()}", basis, end)


def read_year_range(match: Match, context: Context) -> Reading | None:
    """`2008-10`, `1914-1918`, `480-479 BC`, `fiscal 2024/25`: both years inclusive."""
    words = "".join(
        token.text
        for token in match.tokens
        if token.kind in ("YEARS", "YEAR", "TWO", "THREE", "DAY", "SLASH", "DASH")
    )
    numbers = re.findall(r"\d+", words)
    if len(numbers) != 2:
        return None
    start, end = int(numbers[0]), int(numbers[1])
    if match.has("ERA") or (start > end and len(numbers[0]) == len(numbers[1]) and context.before_christ):
        era = match.find("ERA")
        if era is None or era.value == "-1":
            return spanning(Period.of("year", 1 - start), Period.of("year", 1 - end), "stated")
    if len(numbers[1]) == 2 and len(numbers[0]) == 4:
        end += start // 100 * 100
        if end <= start:
            end += 100
            if end - start > 1:  # "1999-00" crosses the century; "2014-03" is a month
                return None
    longest = 1 if "/" in words else _LONGEST_RANGE
    if not (1000 <= start < end <= 2199 and end - start <= longest):
        return None
    reading = spanning(Period.of("year", start), Period.of("year", end), "stated")
    if reading and match.has("FISCAL"):
        return Reading("DATE", reading.value, f"{start:04d}~/{end:04d}~", "stated", reading.period)
    return reading


def read_day_range(match: Match, context: Context) -> Reading | None:
    """Two days joined by a dash; a month or a year that one of them lacks is the other's."""
    left, right = match.parts["from"], match.parts["to"]
    months = [_number(left, MONTHS) or _number(right, MONTHS) or match.number(*MONTHS)]
    months.append(_number(right, MONTHS) or _number(match.tokens, MONTHS))
    days = [_number(left, DAYS), _number(right, DAYS)]
    if None in months or None in days:
        return None
    year = year_of(match.tokens)
    basis: DateBasis = "stated"
    if year is None:
        year, basis = choose_year(months[0] or 1, days[0], match, context)
    if year is None:
        return Reading("DATE", f"XXXX-{months[0]:02d}-{days[0]:02d}/XXXX-{months[1]:02d}-{days[1]:02d}")
    earlier = year - ((months[0] or 0) > (months[1] or 0))
    first_year = _number(left, YEARS) or earlier
    first = Period.day(first_year, months[0] or 0, days[0] or 0)
    last = Period.day(year, months[1] or 0, days[1] or 0)
    return spanning(first, last, basis) if first and last else None


def read_month_range(match: Match, context: Context) -> Reading | None:
    """`January-March 2020`."""
    first, last = _number(match.parts["from"], MONTHS) or 1, _number(match.parts["to"], MONTHS) or 1
    year = year_of(match.tokens[-2:])
    basis: DateBasis = "stated"
    if year is None:
        year, basis = choose_year(first, None, match, context)
    if year is None:
        return Reading("DATE", f"XXXX-{first:02d}/XXXX-{last:02d}")
    if first == last and _number(match.parts["from"], YEARS) is None:
        return None
    start = _number(match.parts["from"], YEARS) or year - (first > last)
    return spanning(Period.of("month", start, first), Period.of("month", year, last), basis)


def read_day_list(match: Match, context: Context) -> Reading | None:
    """The `25` of "April 24 and 25": a day of the month before it."""
    found = month_day(match.parts["from"])
    number = int(match.tokens[0].value or re.sub(r"\D", "", match.tokens[0].text))
    if found is None or number <= found[1] or number > 31:
        return None
    year = _number(match.tokens, YEARS)
    basis: DateBasis = "stated"
    if year is None:
        year, basis = choose_year(found[0], number, match, context)
    period = Period.day(year, found[0], number) if year is not None else None
    return dated(period, basis) if period else None


def read_day_listed(match: Match, _context: Context) -> Reading | None:
    """The `December 5` of "December 5 and 6, 2019": of the year that ends the list."""
    found = month_day(match.tokens)
    year = _number(match.parts["to"], YEARS)
    period = Period.day(year, *found) if found and year else None
    return dated(period, "stated") if period else None


def read_day_first(match: Match, context: Context) -> Reading | None:
    """The `24` of "24 and 25 April 1999": a day of the month after it."""
    found = month_day(match.parts["to"])
    number = int(match.tokens[0].value or re.sub(r"\D", "", match.tokens[0].text))
    if found is None or number >= found[1]:
        return None
    year = _number(match.parts["to"], YEARS)
    basis: DateBasis = "stated"
    if year is None:
        year, basis = choose_year(found[0], number, match, context)
    period = Period.day(year, found[0], number) if year is not None else None
    return dated(period, basis) if period else None


def read_month_first(match: Match, _context: Context) -> Reading | None:
    """The `July` of "July to September 1943": of the year that ends the range, or the one before."""
    month, day = match.number(*MONTHS) or 1, match.number(*DAYS)
    year = _number(match.parts["to"], YEARS)
    if year is None:
        return None
    year -= (_number(match.parts["to"], MONTHS) or 12) < month
    period = Period.day(year, month, day) if day else Period.of("month", year, month)
    return dated(period, "stated") if period else None


def _number(tokens: tuple[Token, ...], kinds: tuple[str, ...]) -> int | None:
    token = next((t for t in tokens if t.kind in kinds), None)
    return int(token.value) if token else None
