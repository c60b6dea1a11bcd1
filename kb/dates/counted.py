"""Readers of times counted from another: `two weeks ago`, `the day before`, `a year earlier`, `that time`."""

from __future__ import annotations

from kb.dates.absolute import MONTHS, read_day
from kb.dates.durations import count_of, duration, unit_of
from kb.dates.modifiers import modified
from kb.dates.periods import Period
from kb.dates.reading import GRAINS, Context, Match, Reading, dated, unknown
from kb.dates.relative import UNKNOWN, coarser, partly, read_today, read_weekday
from kb.dates.seasons import read_holiday
from kb.model.values import DateBasis

_QUARTERS = 4
_OTHERS = ("THE", "A", "POSS", "OTHER", "SUBJECT", "THIS", "THAT")
_OF_DAY = ("TH", "TM", "TS")
_PREPOSITIONS = ("IN", "AT", "BY", "DURING", "FROM", "SINCE", "UNTIL", "APPROX", "AFTER", "BEFORE")


def read_relative_day(_match: Match, context: Context) -> Reading:
    """The `the day` of "later in the day": the day of the text."""
    base = context.there("day")
    if base is None or base.grain != "day":
        return unknown("XXXX-XX-XX")
    return dated(base, "text" if context.anchor else "publication")


def read_week_of(match: Match, context: Context) -> Reading | None:
    """`the week of March 6`: the ISO week of that day."""
    day = read_day(match, context)
    if day is None or day.period is None or day.period.grain != "day":
        return unknown("XXXX-WXX")
    return dated(day.period.to("week"), day.basis or "text")


def read_day_after(match: Match, context: Context) -> Reading | None:
    """`the day before`, `the day after`: of the time last spoken of, unless the words tell of another.

    "the day before the vote" is no day that can be counted; a story keeps it as unresolved.
    """
    if match.tokens[-1].kind in ("BEFORE", "AFTER") and match.after and match.after[0].kind in _OTHERS:
        return unknown("XXXX-XX-XX") if context.narrative else None
    base = context.anchor if context.anchor else context.today
    if base is not None and base.grain != "day" and context.day and not context.narrative:
        base = context.day
    if base is None or base.grain != "day":
        return unknown("XXXX-XX-XX")
    return dated(base.shift(-1 if match.has("BEFORE") else 1), "text" if context.anchor else "publication")


def read_day_beside(match: Match, context: Context) -> Reading | None:
    """`the day before last Tuesday`, `the day after 3 May`: beside the day that the words name."""
    read = read_weekday if match.has("WEEKDAY") and not match.has(*MONTHS) else read_day
    if match.has("TODAY", "HOLIDAY"):
        read = read_today if match.has("TODAY") else read_holiday
    inner = read(match, context)
    if inner is None or inner.period is None or inner.period.grain != "day":
        return unknown("XXXX-XX-XX")
    return dated(inner.period.shift(-1 if match.has("BEFORE") else 1), inner.basis or "text")


def read_quarter_ago(match: Match, context: Context) -> Reading:
    """`the quarter a year ago`, `the third quarter a year earlier`: that of the text, a year back."""
    number = match.number("ORD")
    base = context.quarter or (context.here("quarter") if match.has("UQUARTER") else context.here("year"))
    if base is None or (number is not None and not 1 <= number <= _QUARTERS):
        return unknown("XXXX-QX" if match.has("UQUARTER") else "XXXX")
    if number is not None:
        base = Period.of("quarter", base.year, number)
    elif context.quarter is None and base.grain == "quarter":
        base = base.shift(-1)
    return dated(base.add(-1, "year"), "text" if context.quarter else "publication")


def read_year_ago(match: Match, context: Context) -> Reading:
    """`the year-earlier period`: of the quarter that the text speaks of, else of the year."""
    quarter = context.quarter if match.has("PERIOD", "UQUARTER") else None
    base = quarter or context.here("year")
    if base is None:
        return unknown("XXXX")
    return dated(base.add(-1, "year"), "text" if quarter else "publication")


def read_that_period(match: Match, context: Context) -> Reading | None:
    """`that time`, `this period`: the time last spoken of, where a text has spoken of one.

    "this time" needs a preposition: ", this time to Rome" counts the tries.
    """
    if match.has("TIME") and not context.narrative and not match.has("THAT"):
        return None
    if match.has("TIME") and match.has("THIS"):
        return Reading("DATE", "PRESENT_REF") if _after_preposition(match) else None
    if match.has("LATEST") and context.quarter:
        return dated(context.quarter, "text")
    if match.has("THAT", "THE", "SAME") and context.anchor and match.has("TIME"):
        return dated(context.anchor, "text")
    return unknown("XXXX")


def _after_preposition(match: Match) -> bool:
    return bool(match.before) and match.before[-1].kind in _PREPOSITIONS


def read_this_date(_match: Match, context: Context) -> Reading:
    """The day last spoken of: `this date`."""
    return dated(context.day, "text") if context.day else unknown("XXXX-XX-XX")


def read_month_end(_match: Match, context: Context) -> Reading:
    """`month's end`: the last days of the month that the text speaks of."""
    base = context.there("month")
    if base is None or base.grain != "month":
        return unknown("XXXX-XX")
    return modified(base, "end", "text" if context.anchor else "publication")


def read_unit_before(match: Match, context: Context) -> Reading:
    """`the year before`, `the month after`: beside the one that the text speaks of."""
    unit = unit_of(match.tokens)
    grain = GRAINS[unit]
    base = context.there(grain)
    if base is None or coarser(base, grain):
        return unknown(UNKNOWN[unit])
    return dated(base.shift(-1 if match.has("BEFORE") else 1), "text" if context.anchor else "publication")


def read_before_last(match: Match, context: Context) -> Reading:
    """`the year before last`, `the week after next`, `the night before last`: two from the present one."""
    part = match.find("PART")
    grain = GRAINS["D" if part else "WE" if match.has("WEEKEND") else unit_of(match.tokens)]
    base = context.here(grain)
    steps = 2 if match.has("NEXT") else -2
    if base is None:
        return unknown("XXXX")
    there = base.shift(steps)
    basis: DateBasis = "text" if context.narrative else "publication"
    if part:
        return Reading("TIME", there.timex() + part.value, there.edtf(), basis, there)
    return dated(there, basis)


def read_year_end(match: Match, context: Context) -> Reading:
    """`year-end 1989`: its last days."""
    year = match.number("YEAR")
    base = Period.of("year", year) if year else context.here("year")
    if base is None:
        return unknown("XXXX")
    return modified(base, "end", "stated" if year else "publication")


def read_ago(match: Match, context: Context) -> Reading | None:
    """`two weeks ago` from the publication, `three days later` and `a year earlier` from the time before."""
    unit, count = unit_of(match.tokens), count_of(match.tokens)
    token = match.find("AGO", "LATER", "EARLIER", "BEFORE", "HENCE", "AFTER", "ON")
    if token is None:
        return None
    if token.kind == "ON" and not context.narrative:
        return Reading("DURATION", duration(count, unit), calendar=False)  # "five years on": to this day
    direction = int(token.value or 1)
    basis: DateBasis
    vague = "PAST_REF" if direction < 0 else "FUTURE_REF"
    if count is None or match.rule == "agobare":
        return Reading("DATE", vague)
    deictic = token.kind in ("AGO", "HENCE") and not context.narrative
    if (
        context.quarter
        and unit == "Y"
        and count == 1
        and token.kind in ("AGO", "EARLIER")
        and not context.narrative
    ):
        return dated(context.quarter.add(-1, "year"), "text")
    base = context.today if deictic or (not context.anchor) else context.anchor
    grain = GRAINS.get(unit)
    if unit in _OF_DAY and base is not None and base.grain == "day":
        basis = "publication" if base is context.today else "text"
        return Reading("TIME", f"{base.timex()}TXX", base.edtf(), basis, base)
    if base is None or (grain is None and unit != "2W"):
        return Reading("DATE", vague) if base is None or grain is None else unknown(UNKNOWN[unit])
    steps = int(count * 2) if unit == "2W" else int(count)
    if unit == "DE" and not match.has("APPROX"):
        grain, steps = "year", steps * 10
    grain = grain or "week"
    basis = "publication" if base is context.today else "text"
    if coarser(base, grain):
        return unknown(partly(base.add(direction * steps, grain), unit))
    if count != int(count) and unit == "Y":
        return dated(base.to("month").shift(direction * round(count * 12)), basis)
    if deictic or grain in ("decade", "century"):
        return dated(base.to(grain).shift(direction * steps), basis)
    if grain == "week":
        return dated(base.add(direction * steps, "week").to("week" if match.has("APPROX") else "day"), basis)
    return dated(base.to(grain).shift(direction * steps), basis)


def read_nth_day(_match: Match, _context: Context) -> Reading:
    """`the second day`: of something that began on a day the words do not tell."""
    return unknown("XXXX-XX-XX")


def read_then(_match: Match, context: Context) -> Reading:
    """The `then` of "since then": the time last spoken of."""
    return dated(context.anchor, "text") if context.anchor else unknown("XXXX")


def read_in(match: Match, context: Context) -> Reading | None:
    """`in two weeks`: a duration; where the clause looks ahead, its end, and `within` all of it."""
    unit, count = unit_of(match.tokens), count_of(match.tokens)
    if unit == "Q" and not match.has("UNITS"):
        return None  # "in a quarter of cases"
    value, grain = duration(count, unit), GRAINS.get(unit)
    if context.tense <= 0 or context.today is None or grain is None or count is None or count != int(count):
        return Reading("DURATION", value, calendar=False)
    last = context.today.to(grain).shift(int(count))
    if not last.possible:
        return Reading("DURATION", value, calendar=False)  # "in a million years"
    end = last.edtf()
    within = bool(match.before) and match.before[-1].text.lower() == "within"
    return Reading("DURATION", value, f"{context.today.edtf()}/{end}" if within else end, "publication")
