"""Readers of times counted from another: `last year`, `two weeks ago`, `the following day`, `that year`."""

from __future__ import annotations

from kb.dates.durations import unit_of
from kb.dates.modifiers import modified
from kb.dates.periods import SEASONS, Period
from kb.dates.reading import GRAINS, Context, Match, Reading, dated, unknown
from kb.dates.years import looks_ahead
from kb.model.values import DateBasis

_OF_DAY = ("TH", "TM", "TS")
_SATURDAY = 6
_YESTERDAY = 6  # days ahead: of a day that was yesterday the next one is called so
_TEXT = ("PREV", "FOLLOW", "THAT", "SAME")
_BUSINESS_YEAR = ("ended", "ending")
_SHIFTS = ("LAST", "PAST", "PREV", "NEXT", "COMING", "FOLLOW")
UNKNOWN = {
    "D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX", "DE": "XXX", "CE": "XX",
    "WE": "XXXX-WXX-WE",
}  # fmt: skip


def base_of(match: Match, context: Context) -> tuple[Period | None, DateBasis]:
    """From where a relative time counts: the time last spoken of, or the day of publication."""
    textual = match.has(*_TEXT) or (match.has("THE") and match.has("NEXT"))
    if match.has("THAT", "SAME") and context.mentioned:
        return context.mentioned, "text"
    if textual and context.anchor:
        return context.anchor, "text"
    if context.narrative and context.anchor:
        return context.anchor, "text"
    return context.today, "publication"


def read_relative(match: Match, context: Context) -> Reading | None:
    """`last year`, `this week`, `the following month`, `later that year`, `last summer`."""
    base, basis = base_of(match, context)
    token = match.find(*_SHIFTS)
    shift = int(token.value) if token else 0
    season, month = match.number("SEASON"), match.number("MONTH")
    if season or month:
        return _named(match, base, basis, shift, season, month)
    weekend = match.has("WEEKEND")
    unit = "WE" if weekend else unit_of(match.tokens)
    if base is None or unit not in GRAINS:
        return unknown(UNKNOWN.get(unit, "XXXX"))
    if match.has("LATEST") and unit == "Q":
        return _quarter(context, basis)
    if match.has("LATEST"):
        shift = -1
    grain = GRAINS[unit]
    if grain == "quarter" and match.has("THAT", "SAME") and context.last_quarter:
        return modified(context.last_quarter, match.modifier, "text")
    if grain == "day" and context.day and (match.has("THAT", "SAME") or _beside_the_story(base, context)):
        base, basis = context.day, "text"
    if coarser(base, grain) and context.today and context.today.to(base.grain) == base:
        base, basis = context.today, "publication"
    period = base.to(grain)
    if coarser(base, grain):
        return unknown(partly(base, unit))
    if weekend and match.has("THIS") and context.tense < 0 and _before_weekend(base):
        shift = -1  # "it rained this weekend", told on a Tuesday
    if weekend and match.has("COMING") and _before_weekend(base):
        shift = 0
    return modified(period.shift(shift), match.modifier, basis)


def _beside_the_story(base: Period, context: Context) -> bool:
    """Whether news has only looked aside to a longer time ("the 2003 marathon") since it told of a day."""
    return not context.narrative and coarser(base, "day")


def _before_weekend(day: Period) -> bool:
    return day.grain == "day" and day.first is not None and day.first.isoweekday() < _SATURDAY


def coarser(base: Period, grain: str) -> bool:
    """Whether a period is longer than a unit of the grain: a day cannot be counted from a year."""
    order = (
        "day",
        "weekend",
        "week",
        "month",
        "season",
        "quarter",
        "half",
        "year",
        "decade",
        "century",
        "millennium",
    )
    return order.index(base.grain) > order.index(grain)


def partly(base: Period, unit: str) -> str:
    """A unit within a time known less exactly: a week of 1943 is `1943-WXX`, a day of May `1943-05-XX`."""
    year = base.to("year").timex()
    if unit == "D" and base.grain == "month":
        return f"{base.timex()}-XX"
    return {
        "D": f"{year}-XX-XX",
        "W": f"{year}-WXX",
        "M": f"{year}-XX",
        "Q": f"{year}-QX",
        "WE": f"{year}-WXX-WE",
    }.get(unit, year)


def _named(
    match: Match, base: Period | None, basis: DateBasis, shift: int, season: int | None, month: int | None
) -> Reading:
    """`last summer`, `this May`: the latest one begun, the next one, or that of the year."""
    if base is None:
        return unknown(f"XXXX-{SEASONS[season - 1]}" if season else f"XXXX-{month:02d}")
    now = base.to("season" if season else "month") if base.grain != "year" else base
    year, part = now.year, now.part
    wanted = season or month or 1
    if shift < 0:
        year -= wanted >= part if base.grain != "year" else 1
    elif shift > 0:
        year += wanted <= part if base.grain != "year" else 1
    return modified(Period.of("season" if season else "month", year, wanted), match.modifier, basis)


def _quarter(context: Context, basis: DateBasis) -> Reading:
    """`the latest quarter`: the one that the text speaks of, else the last one that has ended."""
    if context.quarter:
        return dated(context.quarter, "text")
    here = context.here("quarter")
    return dated(here.shift(-1), basis) if here else unknown("XXXX-QX")


def read_the_unit(match: Match, context: Context) -> Reading | None:
    """`the year`, `the quarter`, `the month`: the one that the text speaks of, else the current one."""
    weekend = match.has("WEEKEND")
    unit = "WE" if weekend else unit_of(match.tokens)
    if unit == "Q":
        return _quarter(context, "publication")
    if unit == "Y" and match.after and match.after[0].text.lower() in _BUSINESS_YEAR:
        return Reading("DURATION", "P1Y", calendar=False)  # "the year ended Sept. 30" is no calendar year
    if match.after and match.after[0].kind in ("BEFORE", "AFTER"):
        return unknown(UNKNOWN[unit])  # "the year before the war"
    grain = GRAINS[unit]
    base = context.here("day")
    if context.narrative and context.anchor and coarser(context.anchor, grain):
        return unknown(UNKNOWN[unit])
    if base is None:
        return unknown(UNKNOWN[unit])
    period = base.to(grain)
    if _spoken_of(context, period):
        return dated(period.shift(-1), "text")
    if weekend and context.published and context.published.isoweekday() < 6 and context.tense <= 0:
        period = period.shift(-1)
    return dated(period, "text" if context.narrative else "publication")


def _spoken_of(context: Context, current: Period) -> bool:
    """Whether a report tells of the month or year just past: "In May 38 fell. Over the month, 12 died"."""
    spoken = context.anchor
    return (
        spoken is not None
        and context.tense <= 0
        and current.grain in ("month", "year")
        and spoken.grain == current.grain
        and spoken == current.shift(-1)
    )


def read_today(match: Match, context: Context) -> Reading:
    """`today`, `yesterday`, `tomorrow`, `yesterday morning`."""
    token, part = match.find("TODAY"), match.find("PART")
    shift = int(token.value) if token else 0
    if context.narrative and shift == 0:
        return Reading("DATE", "PRESENT_REF")
    today = context.today
    if today is None:
        return unknown("XXXX-XX-XX")
    day = today.shift(shift)
    if part:
        return Reading("TIME", day.timex() + part.value, day.edtf(), "publication", day)
    return dated(day, "publication")


def read_tonight(_match: Match, context: Context) -> Reading:
    """`tonight`."""
    today = context.today if not context.narrative else None
    if today is None:
        return unknown("XXXX-XX-XXTNI", "TIME")
    return Reading("TIME", today.timex() + "TNI", today.edtf(), "publication", today)


def read_weekday(match: Match, context: Context) -> Reading:
    """`Tuesday`: the last one in the past tense, the day of publication included; the next in the future.

    A bare weekday that was yesterday is that one ("it was to pass on Wednesday", told on a Thursday).
    """
    weekday = match.number("WEEKDAY") or 1
    base = (
        context.anchor
        if context.narrative and context.anchor and context.anchor.grain == "day"
        else context.today
    )
    if base is None or (context.narrative and base is context.today):
        return unknown(f"XXXX-WXX-{weekday}")
    basis: DateBasis = "text" if base is not context.today else "publication"
    day = base.first
    if day is None:
        return unknown(f"XXXX-WXX-{weekday}")
    if match.has("UWEEK"):
        token = match.find("LAST", "NEXT", "THIS")
        week = base.to("week").shift(int(token.value) if token else 0)
        monday = week.first
        return (
            dated(Period("day", monday.toordinal() + weekday - 1), basis) if monday else unknown("XXXX-WXX")
        )
    ahead = (weekday - day.isoweekday()) % 7
    if match.has("LAST", "PAST", "PREV"):
        shift = ahead - 7
    elif match.has("NEXT", "COMING"):
        shift = ahead or 7
    elif context.tense > 0 or (match.has("THIS") and context.tense == 0) or looks_ahead(match, context):
        shift = ahead if ahead < _YESTERDAY or looks_ahead(match, context) else -1
    else:
        shift = ahead - 7 if ahead else 0
    return dated(base.shift(shift), basis)


def read_weekday_beside(match: Match, context: Context) -> Reading:
    """`the following Monday`, `the previous Monday`: counted from the day that the text speaks of."""
    weekday, base = match.number("WEEKDAY") or 1, context.there("day")
    if base is None or base.grain != "day" or base.first is None:
        return unknown(f"XXXX-WXX-{weekday}")
    ahead = (weekday - base.first.isoweekday()) % 7 or 7
    shift = ahead - 7 if ahead < 7 else -7
    return dated(
        base.shift(shift if match.has("PREV") else ahead), "text" if context.anchor else "publication"
    )
