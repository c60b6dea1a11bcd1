"""Readers of dates that name their place on the calendar: days, months, years, decades, seasons, ranges."""

from __future__ import annotations

import re

from kb.dates.holidays import holiday
from kb.dates.modifiers import modified
from kb.dates.periods import SEASONS, Period
from kb.dates.reading import Context, Match, Reading, dated, unknown
from kb.dates.tokens import Token
from kb.dates.years import choose_quarter, choose_year, full_year, year_of
from kb.model.values import DateBasis

MONTHS = ("MONTH", "MABBR")
DAYS = ("DAY", "ORD")
YEARS = ("YEAR", "YEARWORD")
DEGREES = {"half": 2, "quarter": 4}


def month_day(tokens: tuple[Token, ...]) -> tuple[int, int] | None:
    """The month and the day beside it that the tokens name, or None: the day after it, else before."""
    at = next((i for i, t in enumerate(tokens) if t.kind in MONTHS), None)
    if at is None:
        return None
    after = (t for t in tokens[at + 1 : at + 4] if t.kind not in ("DOT", "THE"))
    before = (t for t in reversed(tokens[max(0, at - 2) : at]) if t.kind != "OF")
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
    year = year_of(match.tokens, context)
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


def read_iso(match: Match, context: Context) -> Reading | None:
    """`2026-01-19`, `2026-01-19T10:30:00Z`, `2026-W11`."""
    words = match.tokens[0].text
    if week := re.fullmatch(r"(\d{4})-W(\d\d)(?:-(\d))?", words):
        jan4 = Period.day(int(week[1]), 1, 4)
        if jan4 is None or not 1 <= int(week[2]) <= 53:
            return None
        period = jan4.to("week").shift(int(week[2]) - 1)
        return dated(period, "stated")
    date = Period.day(*(int(part) for part in words[:10].split("-")))  # type: ignore[arg-type]
    if date is None:
        return None
    if len(words) == 10:
        return dated(date, "stated")
    return Reading("TIME", words.replace(" ", "T"), date.edtf(), "stated", date)


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
    year = year_of(match.tokens, context)
    basis: DateBasis = "stated"
    if year is None:
        year, basis = choose_year(month, None, match, context)
    if year is None:
        return unknown(f"XXXX-{month:02d}")
    return modified(Period.of("month", year, month), match.modifier, basis)


def read_year(match: Match, context: Context) -> Reading | None:
    """A year, alone or with what part of it is meant."""
    year = year_of(match.tokens, context)
    return modified(Period.of("year", year), match.modifier, "stated") if year is not None else None


def read_bare_bc(match: Match, context: Context) -> Reading | None:
    """`499` in a text that counts its years before Christ."""
    if not context.before_christ:
        return None
    return dated(Period.of("year", 1 - (match.number("THREE") or 0)), "stated")


def read_bc_first(match: Match, context: Context) -> Reading:
    """The `264` of "264 to 241 BC"."""
    return dated(Period.of("year", 1 - (match.number("THREE", "TWO") or 0)), "stated")


def read_quarter_of(match: Match, context: Context) -> Reading:
    """`the 1988 quarter`: the quarter that the text reports on, of that year."""
    year = match.number("YEAR") or 0
    if context.quarter is None:
        return unknown(f"{year:04d}-QX")
    return dated(Period.of("quarter", year, context.quarter.part), "text")


def read_year_word(match: Match, context: Context) -> Reading | None:
    """`the year two thousand`."""
    year = match.number("WORDNUM", "YEARWORD") or 0
    return dated(Period.of("year", year), "stated") if 1000 <= year <= 2199 else None


def read_beyond(match: Match, context: Context) -> Reading:
    """`1990 and beyond`: without an end."""
    year = match.number("YEAR") or 0
    return dated(Period.of("year", year), "stated", edtf=f"{year:04d}/..")


def read_prefixed(match: Match, context: Context) -> Reading | None:
    """`post-1959`, `pre-1914`: open to one side."""
    year, prefix = match.number(*YEARS) or 0, match.find("PREFIX")
    after = prefix is not None and prefix.value == ">"
    return dated(Period.of("year", year), "stated", edtf=f"{year:04d}/.." if after else f"../{year:04d}")


def read_fiscal(match: Match, context: Context) -> Reading | None:
    """`fiscal 1989`: named by a calendar year, whose bounds the text does not tell; `~` says so."""
    year = match.number(*YEARS) or 0
    return dated(Period.of("year", year), "stated", edtf=f"{year:04d}~")


def read_decade(match: Match, context: Context) -> Reading | None:
    """`the 1980s`, `the '80s`, `the mid-1980s`, `the 470s BC`."""
    token = match.find("DECADE")
    digits = re.sub(r"\D", "", token.text if token else "")
    if not digits:
        return None
    start = int(digits)
    if match.has("ERA") or (len(digits) == 3 and context.before_christ):
        return modified(Period.of("decade", 1 - start), match.modifier, "stated")
    if len(digits) == 2:
        start += 100 * _century_of(start, context)
    elif len(digits) == 3:
        return None
    return modified(Period.of("decade", start), match.modifier, "stated")


def _century_of(start: int, context: Context) -> int:
    """The century of a decade of two digits: the last one that had begun at the time of the text."""
    now = context.published.year if context.published else (context.anchor.year if context.anchor else 2000)
    return now // 100 if now // 100 * 100 + start <= now else now // 100 - 1


def read_decade_word(match: Match, context: Context) -> Reading | None:
    """`the eighties`, `the nineteen eighties`."""
    start = (match.number("DECADEWORD") or 0) * 10
    century = match.number("WORDNUM") or _century_of(start, context)
    return modified(Period.of("decade", century * 100 + start), match.modifier, "stated")


def read_century(match: Match, context: Context) -> Reading | None:
    """`the 20th century`, `the 4th century BC`."""
    number = match.number("ORD") or 0
    era = match.find("ERA")
    if not 1 <= number <= 30:
        return None
    year = 1 - number * 100 if era and era.value == "-1" else (number - 1) * 100
    return modified(Period.of("century", year), match.modifier, "stated")


def read_season(match: Match, context: Context) -> Reading | None:
    """`the summer of 1943`, `winter 2024-25`, `the summer`: winter belongs to the year it begins in."""
    season = match.number("SEASON") or 1
    span = match.find("YEARS")
    year = int(span.text[:4]) if span else year_of(match.tokens, context)
    basis: DateBasis = "stated"
    if year is None:
        if match.rule == "seasonalone":
            if context.narrative and context.anchor:
                return modified(Period.of("season", context.anchor.year, season), match.modifier, "text")
        year, basis = choose_year(season * 3, None, match, context)
    if year is None:
        return unknown(f"XXXX-{SEASONS[season - 1]}")
    return modified(Period.of("season", year, season), match.modifier, basis)


def read_quarter(match: Match, context: Context) -> Reading | None:
    """`the third quarter of 1989`, `this year's third quarter`, `Q3 2019`, `third-quarter`."""
    number = match.number("ORD", "QUARTERCODE") or 0
    if not 1 <= number <= 4:
        return None
    year = year_of(match.tokens, context)
    basis: DateBasis = "stated"
    if year is None and match.has("YEARAGO"):
        base = context.here("year")
        year, basis = (base.year - 1 if base else None), "publication"
    if year is None and match.has(
        "LAST", "THIS", "NEXT", "PREV", "FOLLOW", "CURRENT", "THAT", "SAME", "COMING"
    ):
        year, basis = ref_year(match, context)
    if year is None:
        year, basis = choose_quarter(number, context)
    if year is None:
        return unknown(f"XXXX-Q{number}")
    return modified(Period.of("quarter", year, number), match.modifier, basis)


def read_half(match: Match, context: Context) -> Reading | None:
    """`the second half of 2008`, `the first half of the year`, `the last half of the '80s`."""
    number = match.number("FIRSTHALF") or 1
    basis: DateBasis = "stated"
    if match.has("MONTH", "MABBR"):
        inner = read_month(match, context)
        if inner is None or inner.period is None:
            return inner
        return modified(inner.period, "early" if number == 1 else "late", inner.basis or "text")
    year = year_of(match.tokens, context)
    if year is None:
        year, basis = ref_year(match, context)
    return dated(Period.of("half", year, number), basis) if year is not None else unknown(f"XXXX-H{number}")


def read_holiday(match: Match, context: Context) -> Reading | None:
    """A holiday of the year that is named, or of the one that the context gives."""
    token = match.find("HOLIDAY")
    if token is None:
        return None
    year = year_of(match.tokens, context)
    basis: DateBasis = "stated"
    day = holiday(token.value, year) if year else None
    if year is None:
        base = context.here("year")
        sample = holiday(token.value, base.year) if base and base.year > 1600 else None
        if sample is None:
            return unknown("XXXX-XX-XX")
        year, basis = choose_year(sample.month, sample.day, match, context)
        day = holiday(token.value, year) if year else None
    return dated(Period.containing("day", day), basis) if day else unknown(f"{year or 'XXXX'}-XX-XX")


def ref_year(match: Match, context: Context) -> tuple[int | None, DateBasis]:
    """The year of "last year", "that year", "the following year", and how it was found."""
    token = match.find("LAST", "THIS", "NEXT", "COMING", "PREV", "FOLLOW", "CURRENT", "THAT", "SAME")
    text = token is not None and token.kind in ("PREV", "FOLLOW", "THAT", "SAME")
    base = context.there("year") if text or token is None else context.here("year")
    if token is not None and token.kind in ("THAT", "SAME") and context.mentioned:
        base = context.mentioned.to("year")
    if base is None:
        return None, "publication"
    shift = int(token.value or 0) if token else 0
    return base.year + shift, "text" if text and context.anchor else "publication"


def read_month_ref(match: Match, context: Context) -> Reading | None:
    """`June last year`, `August of that year`, `the spring of next year`."""
    year, basis = ref_year(match, context)
    month, day = match.number(*MONTHS), match.number(*DAYS)
    season = match.number("SEASON")
    if year is None:
        part = f"{month:02d}" if month else SEASONS[(season or 1) - 1]
        return unknown(f"XXXX-{part}")
    if month and day:
        period = Period.day(year, month, day)
        return dated(period, basis) if period else None  # type: ignore[arg-type]
    if season or month:
        period = Period.of("season", year, season) if season else Period.of("month", year, month or 1)
    else:
        grain = "quarter" if match.has("UQUARTER") else "half"
        number = match.number("ORD", "FIRSTHALF") or 1
        if number > DEGREES[grain]:
            return None
        period = Period.of(grain, year, number)  # type: ignore[arg-type]
    return modified(period, match.modifier, basis)  # type: ignore[arg-type]
