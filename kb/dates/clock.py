"""Readers of times of day: `Friday night`, `the morning of 31 January`, `9 a.m. Tuesday`, `7:15 p.m. EST`."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from kb.dates.absolute import read_day
from kb.dates.counted import read_day_after
from kb.dates.periods import Period
from kb.dates.ranges import read_day_range
from kb.dates.reading import Context, Match, Reading, unknown
from kb.dates.relative import base_of, read_relative, read_today, read_weekday
from kb.dates.tokens import Token
from kb.model.values import DateBasis

_PARTS = ("PART", "DAWN", "HOUR", "TONIGHT")
_MONTHS = ("MONTH", "MABBR")
_AT = ("AT", "BY", "FROM", "UNTIL", "TO", "SINCE", "BETWEEN", "AFTER", "BEFORE", "APPROX", "ON")


def _day(match: Match, context: Context) -> Reading | None:
    """The day that stands within the match, or None where none stands there."""
    if match.has(*_MONTHS):
        return read_day(match, context)
    if match.has("TODAY"):
        plain = tuple(t for t in match.tokens if t.kind == "TODAY")
        return read_today(Match(match.rule, match.start, match.end, plain, {}), context)
    if match.has("WEEKDAY", "WABBR"):
        return read_weekday(match, context)
    if match.has("UDAY"):
        if match.has("BEFORE", "AFTER"):
            return read_day_after(match, context)
        return read_relative(match, context)
    return None


def _timed(day: Reading | None, time: str) -> Reading | None:
    if day is None:
        return None
    return Reading("TIME", day.value + time, day.edtf, day.basis, day.period)


def read_day_part(match: Match, context: Context) -> Reading | None:
    """`Friday night`, `the morning of 31 January 1965`, `midnight Friday`."""
    part = match.find(*_PARTS)
    return _timed(_day(match, context), part.value if part else "")


def read_part(match: Match, context: Context) -> Reading | None:
    """`mid-afternoon`: of the day of the text."""
    part = match.find("PART")
    base = context.today if not context.narrative else context.anchor
    if base is None or base.grain != "day" or part is None:
        return unknown(f"XXXX-XX-XX{part.value if part else ''}", "TIME")
    basis: DateBasis = "text" if context.narrative else "publication"
    return Reading("TIME", base.timex() + part.value, base.edtf(), basis, base)


def read_ref_part(match: Match, context: Context) -> Reading | None:
    """A part of a day told by another: `this morning`, `that night`, `last night`, `the next morning`."""
    part = match.find("PART")
    base, basis = base_of(match, context)
    if part is None:
        return None
    if base is None or base.grain != "day":
        return unknown(f"XXXX-XX-XX{part.value}", "TIME")
    token = match.find("LAST", "NEXT", "FOLLOW", "PREV")
    shift = int(token.value) if token else 0
    day = base.shift(shift)
    return Reading("TIME", day.timex() + part.value, day.edtf(), basis, day)


def read_clock(match: Match, context: Context) -> Reading | None:
    """`7:15 p.m. EST`, `9 a.m. Tuesday`, `midnight`: of the day that is named, else of that of the text.

    A bare `2:14:04` that no preposition makes a time of day is how long something took.
    """
    if len(match.tokens) == 1 and match.tokens[0].text.count(":") == 2 and not _at_clock(match):
        hours, minutes, seconds = (int(part) for part in match.tokens[0].text.split(":"))
        return Reading("DURATION", f"PT{hours}H{minutes}M{seconds}S", calendar=False)
    match = replace(match, tokens=_with_clock(match.tokens))
    time = clock_time(match.tokens)
    if time is None:
        return None
    day = _day(match, context)
    if day is not None:
        return _timed(day, time)
    textual = context.anchor is not None and context.anchor.grain == "day" and not _to_come(context)
    base = context.anchor if textual else None if context.narrative else context.today
    if base is None:
        return unknown(f"XXXX-XX-XX{time}", "TIME")
    return Reading("TIME", base.timex() + time, base.edtf(), "text" if textual else "publication", base)


def _with_clock(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens with four digits before a zone as a time of day: "1930 UTC on 27 August" has no year."""
    return tuple(
        replace(token, kind="CLOCK", text=f"{token.text[:2]}:{token.text[2:]}")
        if token.kind in ("YEAR", "INTEGER") and len(token.text) == 4 and after and after.kind == "ZONE"
        else token
        for token, after in zip_longest(tokens, tokens[1:])
    )


def _to_come(context: Context) -> bool:
    """Whether the day last spoken of is still to come, and the clause tells of the past."""
    if context.narrative or context.tense >= 0 or not (context.anchor and context.today):
        return False
    return context.anchor.number > context.today.number


def _at_clock(match: Match) -> bool:
    return bool(match.before) and match.before[-1].kind in _AT


def read_clock_part(match: Match, context: Context) -> Reading | None:
    """`4 in the morning`, `11 at night`."""
    part, number = match.find("PART"), match.number("DAY", "WORDNUM")
    clock = match.find("CLOCK")
    hour = int(clock.text.split(":")[0]) if clock else (number or 0)
    minutes = clock.text.split(":")[1] if clock else "00"
    if part is None or not 1 <= hour <= 12:
        return None
    late = part.value in ("TAF", "TEV") or (part.value == "TNI" and hour >= 6)
    time = f"T{hour % 12 + (12 if late else 0):02d}:{minutes}"
    base = context.anchor if context.anchor and context.narrative else context.today
    if base is None or base.grain != "day":
        return unknown(f"XXXX-XX-XX{time}", "TIME")
    return Reading(
        "TIME", base.timex() + time, base.edtf(), "text" if context.narrative else "publication", base
    )


def clock_time(tokens: tuple[Token, ...]) -> str | None:
    """`T19:15`, `T09:00`, `T17:00Z`: what the tokens of a clock time say, or None where it is none."""
    named = next((t for t in tokens if t.kind == "HOUR"), None)
    if named:
        return named.value
    half = next((t for t in tokens if t.kind in ("AMPM", "OCLOCK")), None)
    clock = next((t for t in tokens if t.kind == "CLOCK"), None)
    if clock:
        digits = clock.text.replace(".", ":").split(":")
    elif half:
        before = [t for t in tokens[: tokens.index(half)] if t.kind in ("DAY", "WORDNUM")]
        digits = [before[-1].value] if before else []
    else:
        whole = next((t.text for t in tokens if t.kind in ("YEAR", "INTEGER")), "")
        digits = [whole[:2], whole[2:]] if len(whole) == 4 else []
    if not digits or not (int(digits[0]) <= 24 and all(int(d) < 60 for d in digits[1:])):
        return None
    hour = int(digits[0])
    if half and half.kind == "AMPM":
        if not 1 <= hour <= 12 and half.value == "12" and hour > 12:
            return f"T{hour:02d}:" + ":".join(digits[1:] or ["00"])
        hour = hour % 12 + int(half.value)
    unit = next((t.value for t in tokens if t.kind == "UNITS"), "TH")
    if unit != "TH":
        return None
    # TimeBank leaves a named zone to the words; what is given in UTC says so in ISO 8601.
    zone = "Z" if any(t.kind == "ZONE" and t.value == "Z" for t in tokens) else ""
    return f"T{hour:02d}:" + ":".join(digits[1:] or ["00"]) + zone


def read_at_night(match: Match, context: Context) -> Reading | None:
    """The `night` of "at night" in a narrative."""
    return unknown(f"XXXX-XX-XX{match.tokens[0].value}", "TIME") if context.narrative else None


def read_night_span(match: Match, context: Context) -> Reading:
    """`the night of Monday to Tuesday`: one night, of two days."""
    first = read_weekday(match, context)
    if first.period is None:
        return unknown(first.value + "TNI", "TIME")
    next_day: Period = first.period.shift(1)
    return Reading(
        "TIME",
        first.period.timex() + "TNI",
        f"{first.period.edtf()}/{next_day.edtf()}",
        first.basis,
        first.period,
    )


def read_night_range(match: Match, context: Context) -> Reading | None:
    """`the night of 3-4 May 1916`: the night that begins on the first of two days."""
    days = read_day_range(match, context)
    part = match.find("PART")
    if days is None or part is None:
        return None
    first = days.value.partition("/")[0]
    period = days.period.shift(-1) if days.period else None
    return Reading("TIME", first + part.value, days.edtf, days.basis, period)


def read_clock_first(match: Match, context: Context) -> Reading | None:
    """The `9` of "between 9 and 11 a.m.": in the half of the day, and on the day, that the second tells."""
    return read_clock(replace(match, tokens=(*match.tokens, *match.parts["to"][1:])), context)


def read_clock_ahead(match: Match, context: Context) -> Reading | None:
    """Either time of "8:30 p.m. BST (1930 UTC) on August 27": of the day that stands behind both."""
    return read_clock(replace(match, tokens=(*match.tokens, *match.parts["to"])), context)


def read_clock_dot(match: Match, context: Context) -> Reading | None:
    """The `03.15 on 14 April` of "at 03.15 on 14 April"; a price on a day has other decimals."""
    clock = Token("CLOCK", match.tokens[0].text.replace(".", ":"), match.start, match.end)
    return read_clock(replace(match, tokens=(clock, *match.tokens[1:])), context)


def read_clock_past(match: Match, context: Context) -> Reading | None:
    """`half past nine`, `a quarter to six`."""
    hour = match.number("DAY", "WORDNUM") or 0
    if not 1 <= hour <= 12:
        return None
    minutes = 30 if match.has("HALF") else 15
    if match.has("TO"):
        hour, minutes = (hour - 1) or 12, 60 - minutes
    clock = Token("CLOCK", f"{hour}:{minutes:02d}", match.start, match.end)
    half = tuple(t for t in match.tokens if t.kind == "AMPM")
    return read_clock(replace(match, tokens=(clock, *half)), context)


def read_hours(match: Match, context: Context) -> Reading | None:
    """The `0930 hrs` of "at 0930 hrs"."""
    digits, unit = match.tokens[0].text, match.tokens[1].value
    if len(digits) != 4 or unit != "TH" or int(digits[2:]) > 59 or int(digits[:2]) > 24:
        return None
    clock = Token("CLOCK", f"{digits[:2]}:{digits[2:]}", match.start, match.end)
    return read_clock(replace(match, tokens=(clock,)), context)


def read_ordinal_day(match: Match, context: Context) -> Reading | None:
    """`on the 20th`: of the month that the text speaks of."""
    number = match.number("ORD") or 0
    base = context.there("month")
    if not 1 <= number <= 31 or base is None or base.grain != "month":
        return None
    if context.anchor is None or context.anchor.grain not in ("day", "month"):
        return None
    period = Period.day(base.year, base.month, number)
    return Reading("DATE", period.timex(), period.edtf(), "text", period) if period else None
