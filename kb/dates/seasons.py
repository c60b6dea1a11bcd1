"""Readers of parts of a year: seasons, quarters, halves, holidays, and months of a year told by another."""

from __future__ import annotations

from dataclasses import replace

from kb.dates.absolute import DAYS, MONTHS, read_month
from kb.dates.eras import read_decade
from kb.dates.holidays import holiday
from kb.dates.modifiers import half_of, modified
from kb.dates.periods import PARTS, SEASONS, YEARS, Grain, Period
from kb.dates.reading import Context, Match, Reading, dated, unknown
from kb.dates.tokens import Token
from kb.dates.years import choose_quarter, choose_year, year_of
from kb.model.values import DateBasis

_WINTER, _FEBRUARY, _SEPTEMBER = 4, 2, 9


def read_quarter_of(match: Match, context: Context) -> Reading:
    """`the 1988 quarter`, `the 1988 period`: the quarter that the text reports on, of that year.

    Of a text that reports on no quarter, the period is the year.
    """
    year = match.number("YEAR") or 0
    if context.quarter is None:
        return dated(Period.of("year", year), "stated") if match.has("PERIOD") else unknown(f"{year:04d}-QX")
    return dated(Period.of("quarter", year, context.quarter.part), "text")


def read_season(match: Match, context: Context) -> Reading | None:
    """`the summer of 1943`, `winter 2024-25`, `the summer`: winter belongs to the year it begins in."""
    season = match.number("SEASON") or 1
    span = match.find("YEARS")
    year = int(span.text[:4]) if span else year_of(match.tokens)
    basis: DateBasis = "stated"
    if year is None:
        if match.rule == "seasonalone" and context.attributive and match.tokens[0].text.islower():
            return unknown(f"XXXX-{SEASONS[season - 1]}")  # "winter quarters": of no winter of its own
        if match.rule == "seasonalone" and context.narrative and context.anchor:
            if season == _WINTER and (winter := _winter_of_story(context.anchor)):
                return winter
            return modified(Period.of("season", context.anchor.year, season), match.modifier, "text")
        year, basis = choose_year(season * 3, None, match, context)
    if year is None:
        return unknown(f"XXXX-{SEASONS[season - 1]}")
    return modified(Period.of("season", year, season), match.modifier, basis)


def _winter_of_story(anchor: Period) -> Reading | None:
    """The winter after an autumn, and the one that lies around January: named by the year it ends in."""
    autumn = anchor.grain in YEARS or anchor.month >= _SEPTEMBER
    if not autumn and anchor.month > _FEBRUARY:
        return None
    winter = Period.of("season", anchor.year - (not autumn), _WINTER)
    return dated(winter, "text", value=Period.of("season", winter.year + 1, _WINTER).timex())


def read_quarter(match: Match, context: Context) -> Reading | None:
    """`the third quarter of 1989`, `this year's third quarter`, `Q3 2019`, `third-quarter`."""
    number = match.number("ORD", "QUARTERCODE") or 0
    if not 1 <= number <= 4:
        return None
    year = year_of(match.tokens)
    basis: DateBasis = "stated"
    beside = bool(match.before) and match.before[-1].kind == "COMMA"  # "the year-ago quarter, the third"
    if year is None and (match.has("YEARAGO") or (beside and any(t.kind == "YEARAGO" for t in match.before))):
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


def read_last_quarter(match: Match, context: Context) -> Reading | None:
    """`the final quarter of 2019`, `the last quarter of this year`: the fourth."""
    last = match.find("FINAL", "LAST")
    tokens = tuple(Token("ORD", t.text, t.start, t.end, "4") if t is last else t for t in match.tokens)
    return read_quarter(replace(match, tokens=tokens), context)


def read_half(match: Match, context: Context) -> Reading | None:
    """`the second half of 2008`, `the first half of the year`, `the last half of the '80s`."""
    number = match.number("FIRSTHALF") or 1
    basis: DateBasis = "stated"
    if match.has("MONTH", "MABBR", "DECADE"):
        inner = read_decade(match, context) if match.has("DECADE") else read_month(match, context)
        if inner is None or inner.period is None:
            return inner
        return dated(inner.period, inner.basis or "text", edtf=half_of(inner.period, number))
    year = year_of(match.tokens)
    if year is None:
        year, basis = ref_year(match, context)
    return dated(Period.of("half", year, number), basis) if year is not None else unknown(f"XXXX-H{number}")


def read_holiday(match: Match, context: Context) -> Reading | None:
    """A holiday of the year that is named, or of the one that the context gives."""
    token = match.find("HOLIDAY")
    if token is None:
        return None
    year = year_of(match.tokens)
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
        return dated(period, basis) if period else None
    if season or month:
        period = Period.of("season", year, season) if season else Period.of("month", year, month or 1)
    else:
        grain: Grain = "quarter" if match.has("UQUARTER") else "half"
        number = match.number("ORD", "FIRSTHALF") or 1
        if number > PARTS[grain]:
            return None
        period = Period.of(grain, year, number)
    return modified(period, match.modifier, basis)
