"""Readers of durations and sets: `four hours`, `the past decade`, `every Thursday`, `daily`."""

from __future__ import annotations

from kb.dates.periods import SEASONS, Grain, Period
from kb.dates.reading import GRAINS, Context, Match, Reading
from kb.dates.tokens import Token
from kb.dates.years import year_of
from kb.model.values import TimeType

UNITS = (
    "USEC",
    "UMIN",
    "UHOUR",
    "UDAY",
    "UWEEK",
    "UNIT",
    "UMONTH",
    "UQUARTER",
    "UYEAR",
    "UDECADE",
    "UCENTURY",
    "UNITS",
)
_NUMBERS = ("DAY", "TWO", "THREE", "INTEGER", "DECIMAL", "WORDNUM", "YEARWORD", "YEAR", "DOZEN", "COUPLE")
_YEARLY = ("W", "M", "Q", "Y")
_COUNTS = ("DAY", "TWO", "THREE", "INTEGER", "DECIMAL", "WORDNUM")
_SCALES = ("thousand", "million", "billion", "trillion", "percent")
_HALVES = {"Y": (6, "M"), "TH": (30, "M"), "TM": (30, "S"), "DE": (5, "Y"), "CE": (50, "Y"), "D": (12, "H")}
_WHOLE = {"DE": (10, "Y"), "CE": (100, "Y"), "ML": (1000, "Y")}
_PAST = ("LAST", "PAST", "PREV", "RECENT", "LATEST", "FINAL")
_EDGES: dict[Grain, Grain] = {"day": "day", "week": "day", "month": "month", "quarter": "month"}
_MODALS = ("will", "would", "could", "may", "might", "can", "should", "shall", "must", "to")
_OFTEN = ("once", "twice", "thrice", "times")
_VAGUE_COUNT = 3  # "in recent months": about three, see gold/GUIDE.md


def unit_of(tokens: tuple[Token, ...]) -> str:
    """The TIMEX unit of the last token that names one: `D`, `TH` (hour), `DE` (decade)."""
    return next((t.value for t in reversed(tokens) if t.kind in UNITS), "D")


def count_of(tokens: tuple[Token, ...]) -> float | None:
    """How many units, None where the words are vague ("a few"); "two and a half" is 2.5."""
    if any(t.kind == "VAGUE" for t in tokens):
        return None
    numbers = [float(t.value.replace(",", "") or 1) for t in tokens if t.kind in _NUMBERS]
    slash = next((i for i, t in enumerate(tokens) if t.kind == "SLASH"), None)
    half = any(t.kind == "HALF" for t in tokens)
    if slash is None and len(numbers) > 1 and not half:
        return None  # "12 to 18"
    if slash is not None and len(numbers) >= 2 and numbers[-1]:
        return sum(numbers[:-2]) + numbers[-2] / numbers[-1]
    if any(t.kind == "COUPLE" for t in tokens):
        return 2
    if half:
        whole = numbers[0] if numbers else (1 if any(t.kind == "AND" for t in tokens) else 0)
        return whole + 0.5
    if numbers:
        return numbers[0]
    if any(t.kind in ("A", "ANOTHER", *UNITS) and t.kind != "UNITS" for t in tokens):
        return 1
    return None


def duration(count: float | None, unit: str) -> str:
    """TIMEX3: `P2D`, `PT4H`, `PXM`, `P2Y6M`, `P1DE`, `PT1M30S`."""
    if unit == "2W":
        count, unit = (count * 2 if count is not None else None), "W"
    time, letter = ("T", unit[1:]) if unit.startswith("T") else ("", unit)
    if count is None:
        return f"P{time}X{letter}"
    whole, rest = int(count), count - int(count)
    if rest == 0.5 and unit in _HALVES:
        half, smaller = _HALVES[unit]
        if unit in _WHOLE:
            return f"P{whole * _WHOLE[unit][0] + half}Y"
        joint = "T" if unit == "D" else ""
        return f"P{time}" + (f"{whole}{letter}" if whole else "") + f"{joint}{half}{smaller}"
    return f"P{time}{count:g}{letter}" if rest else f"P{time}{whole}{letter}"


def read_duration(match: Match, context: Context) -> Reading | None:
    """So many units, lying nowhere on the calendar."""
    unit, count = unit_of(match.tokens), count_of(match.tokens)
    if unit == "TS" and not match.has(*(k for k in _NUMBERS if k != "COUPLE")):
        return None  # "a second", "a few seconds": an idiom more often than a time
    if unit == "Q" and _is_share(match):
        return None
    before = match.before[-1].text.lower() if match.before else ""
    if match.tokens[0].text.lower() == "many" and before == "as":
        return None  # "his third visit in as many months"
    if match.rule == "longed":
        count = None if match.has("UNITS") else 1
    if match.rule == "aunit" and before in _OFTEN:
        return Reading("SET", duration(count, unit), calendar=False)
    if match.rule == "duration" and context.tense > 0 and _some_day(match):
        return Reading("DATE", "FUTURE_REF")
    rate = match.rule == "aunit" and _is_rate(match)
    if rate and not context.narrative:
        return None  # "$40 a year": part of the quantity
    return Reading("SET" if rate else "DURATION", duration(count, unit), calendar=False)


def _some_day(match: Match) -> bool:
    """Whether no length is meant but a day to come: "they will one day return", but "will last one day"."""
    said = " ".join(token.text.lower() for token in match.tokens)
    before = match.before[-1] if match.before else None
    return said == "one day" and before is not None and before.text.lower() in _MODALS


def _is_share(match: Match) -> bool:
    """Whether the quarters are a share ("three quarters of the army") or people ("in some quarters")."""
    if match.has("DASH", "SOME") or not match.has("UNITS"):
        return True
    return not match.has("VAGUE") and bool(match.after) and match.after[0].kind == "OF"


def _is_rate(match: Match) -> bool:
    """Whether a number stands shortly before: "four flights a week", "$500 million a year"."""
    if not match.before or match.before[-1].kind in ("IN", "FOR", "AFTER", "COMMA"):
        return False
    return any(t.kind in _COUNTS or t.text[0].isdigit() or t.text in _SCALES for t in match.before)


def read_duration_range(match: Match, _context: Context) -> Reading:
    """`12 to 18 months`: of no single length."""
    return Reading("DURATION", duration(None, unit_of(match.tokens)), calendar=False)


def read_nothing(_match: Match, _context: Context) -> None:
    """`24 hours a day`: a rate, no time."""


def read_bare_units(match: Match, _context: Context) -> Reading:
    """`for years`."""
    first = next(t.value for t in match.tokens if t.kind == "UNITS")
    return Reading("DURATION", duration(None, first), calendar=False)


def read_awhile(_match: Match, _context: Context) -> Reading:
    """`a while`."""
    return Reading("DURATION", "PXX", calendar=False)


def read_while(match: Match, _context: Context) -> Reading | None:
    """`some time`."""
    return None if match.has("A") else Reading("DURATION", "PXX", calendar=False)


def read_span(match: Match, context: Context) -> Reading:
    """`the past two weeks`, `recent months`, `the next decade`: a duration that ends or begins now."""
    unit, count = unit_of(match.tokens), count_of(match.tokens)
    value = duration(count, unit)
    bare = match.rule == "spanunits"
    if bare:
        value = duration(None, unit)
    base = context.there("day") if match.has("PREV", "FOLLOW") else context.here("day")
    grain = GRAINS.get(unit)
    if base is None or grain is None or (count is None and not bare and not match.has("VAGUE")):
        return Reading("DURATION", value)
    steps = int(count) if count is not None and not bare else _VAGUE_COUNT
    past = match.has(*_PAST)
    edge = base.add(-steps if past else steps, grain)
    exact = count is not None and not bare and grain in ("day", "week")
    far = edge.edtf() if exact else f"{edge.to(_EDGES.get(grain, 'year')).edtf()}~"
    if not edge.possible:
        far = ".."  # "the next million years"
    if match.rule == "pastunit" and not context.narrative and unit in _YEARLY:
        value = base.to(grain).shift(-1 if past else 1).timex()  # TimeBank reads "the past year" as last year
    edtf = f"{far}/{base.edtf()}" if past else f"{base.edtf()}/{far}"
    textual = context.narrative or match.has("PREV", "FOLLOW")
    kind: TimeType = "DURATION" if value.startswith("P") else "DATE"
    return Reading(kind, value, edtf, "text" if textual else "publication")


def read_first_span(match: Match, _context: Context) -> Reading | None:
    """`the first nine months of 1915`: a duration with its place where the year is told."""
    ordinal = match.find("ORD")
    if ordinal is not None and int(ordinal.value) != 1:
        return None
    kinds = [t.kind for t in match.tokens]
    rest = tuple(t for t in match.tokens[: kinds.index("UNITS") + 1] if t is not ordinal)
    unit, count = unit_of(rest), count_of(rest)
    value = duration(count, unit)
    year = year_of(match.tokens)
    grain = GRAINS.get(unit)
    if year is None or count is None or grain not in ("month", "quarter") or not 1 <= count <= 11:
        return Reading("DURATION", value)
    whole = Period.of("year", year)
    steps = int(count) * (3 if grain == "quarter" else 1)
    first = Period.of("month", year, 1 if ordinal else 13 - steps)
    return Reading("DURATION", value, f"{first.edtf()}/{first.shift(steps - 1).edtf()}", "stated", whole)


def read_per(match: Match, _context: Context) -> Reading:
    """`per day`."""
    return Reading("SET", duration(1, unit_of(match.tokens)), calendar=False)


def read_adverb(match: Match, _context: Context) -> Reading | None:
    """`daily`, `weekly`; "the average daily volume" and "20 % annually" are rates, not times."""
    before = match.before[-1].text.lower() if match.before else ""
    if before in ("average", "mean") or (match.tokens[0].text.lower() == "annually" and _is_rate(match)):
        return None
    return Reading("SET", match.tokens[0].value, calendar=False)


def read_set(match: Match, _context: Context) -> Reading:
    """`every day`, `each Thursday`, `every two weeks`, `every summer`."""
    weekday, part, season = match.number("WEEKDAY"), match.find("PART"), match.number("SEASON")
    month = match.number("MONTH")
    value = ""
    if weekday:
        value = f"XXXX-WXX-{weekday}"
    elif part:
        value = f"XXXX-XX-XX{part.value}"
    elif season:
        value = f"XXXX-{SEASONS[season - 1]}"
    elif month:
        value = f"XXXX-{month:02d}"
    elif match.has("WEEKEND"):
        value = "XXXX-WXX-WE"
    else:
        number = match.number("DAY", "TWO", "WORDNUM") or (2 if match.has("EVERYOTHER") else 1)
        value = duration(number, unit_of(match.tokens))
    return Reading("SET", value, calendar=False)


def read_weekdays(match: Match, _context: Context) -> Reading:
    """`Mondays`, `Saturday nights`, the first day of `Monday and Tuesday nights`."""
    part = next(iter(match.parts.get("to", ())), None) or match.find("PARTS")
    return Reading(
        "SET", f"XXXX-WXX-{match.number('WEEKDAYS', 'WEEKDAY')}{part.value if part else ''}", calendar=False
    )
