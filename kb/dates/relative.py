"""Readers of times counted from another: `last year`, `two weeks ago`, `the following day`, `that year`."""

from __future__ import annotations

from kb.dates.absolute import read_day
from kb.dates.durations import count_of, duration, unit_of
from kb.dates.modifiers import modified
from kb.dates.periods import SEASONS, Period
from kb.dates.reading import GRAINS, Context, Match, Reading, dated, unknown
from kb.model.values import DateBasis

_OF_DAY = ("TH", "TM", "TS")
_TEXT = ("PREV", "FOLLOW", "THAT", "SAME")
_SHIFTS = ("LAST", "PAST", "PREV", "NEXT", "COMING", "FOLLOW")
_UNKNOWN = {
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
    """`last year`, `this week`, `the following month`, `later that year`, `early next week`, `last summer`."""
    base, basis = base_of(match, context)
    token = match.find(*_SHIFTS)
    shift = int(token.value) if token else 0
    season, month = match.number("SEASON"), match.number("MONTH")
    if season or month:
        return _named(match, base, basis, shift, season, month)
    weekend = match.has("WEEKEND")
    unit = "WE" if weekend else unit_of(match.tokens)
    if base is None or unit not in GRAINS:
        return unknown(_UNKNOWN.get(unit, "XXXX"))
    if match.has("LATEST") and unit == "Q":
        return _quarter(context, basis)
    if match.has("LATEST"):
        shift = -1
    grain = GRAINS[unit]
    if _coarser(base, grain) and not shift:
        return dated(base, basis)
    period = base.to(grain)
    if _coarser(base, grain):
        return unknown(_partly(base, unit))
    return modified(period.shift(shift), match.modifier, basis)


def _coarser(base: Period, grain: str) -> bool:
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


def _partly(base: Period, unit: str) -> str:
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
    grain = GRAINS[unit]
    base = context.here("day")
    if context.narrative and context.anchor and _coarser(context.anchor, grain):
        return unknown(_UNKNOWN[unit])
    if base is None:
        return unknown(_UNKNOWN[unit])
    period = base.to(grain)
    if weekend and context.published and context.published.isoweekday() < 6 and context.tense <= 0:
        period = period.shift(-1)
    return dated(period, "text" if context.narrative else "publication")


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


def read_tonight(match: Match, context: Context) -> Reading:
    """`tonight`."""
    today = context.today if not context.narrative else None
    if today is None:
        return unknown("XXXX-XX-XXTNI", "TIME")
    return Reading("TIME", today.timex() + "TNI", today.edtf(), "publication", today)


def read_now(match: Match, context: Context) -> Reading:
    """`now`, `recently`, `the future`: a reference without bounds."""
    return Reading("DATE", match.tokens[0].value)


def read_reference(match: Match, context: Context) -> Reading | None:
    """`the past`, `future`: a reference without bounds."""
    bare = match.has("FUTURE") and not match.has("THE")
    if bare and not (context.narrative or (match.before and match.before[-1].kind == "IN")):
        return None
    return Reading("DATE", "FUTURE_REF" if match.has("FUTURE") else "PAST_REF")


def read_narrow(match: Match, context: Context) -> Reading | None:
    """`soon` is a time in news, `former` in a narrative; elsewhere they place nothing."""
    return Reading("DATE", match.tokens[0].value) if match.has("FORMER") == context.narrative else None


def read_to_date(match: Match, context: Context) -> Reading:
    """The `date` of "to date"."""
    return Reading("DATE", "PRESENT_REF")


def read_climate(match: Match, context: Context) -> Reading:
    """`the dry season`: of a calendar that differs by place."""
    return unknown("XXXX")


def read_relative_day(match: Match, context: Context) -> Reading:
    """The `the day` of "later in the day": the day of the text."""
    base = context.there("day")
    if base is None or base.grain != "day":
        return unknown("XXXX-XX-XX")
    return dated(base, "text" if context.anchor else "publication")


def read_adjective(match: Match, context: Context) -> Reading | None:
    """`current` before a noun, in a narrative also `recent`."""
    if match.has("RECENT") and not context.narrative:
        return None
    return Reading("DATE", "PRESENT_REF" if match.has("CURRENT") else "PAST_REF")


def read_weekday(match: Match, context: Context) -> Reading:
    """`Tuesday`: the last one in the past tense, the day of publication included; the next in the future."""
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
    elif (
        context.tense > 0 or match.has("THIS") or (match.before and match.before[-1].kind in ("UNTIL", "BY"))
    ):
        shift = ahead
    else:
        shift = ahead - 7 if ahead else 0
    return dated(base.shift(shift), basis)


def read_week_of(match: Match, context: Context) -> Reading | None:
    """`the week of March 6`: the ISO week of that day."""
    day = read_day(match, context)
    if day is None or day.period is None or day.period.grain != "day":
        return unknown("XXXX-WXX")
    return dated(day.period.to("week"), day.basis or "text")


def read_day_after(match: Match, context: Context) -> Reading:
    """`the day before`, `the day after`: of the time last spoken of."""
    base = context.anchor if context.anchor else context.today
    if base is None or base.grain != "day":
        return unknown("XXXX-XX-XX")
    return dated(base.shift(-1 if match.has("BEFORE") else 1), "text" if context.anchor else "publication")


def read_year_ago(match: Match, context: Context) -> Reading:
    """`the year-earlier period`: of the quarter that the text speaks of, else of the year."""
    quarter = context.quarter if match.has("PERIOD", "UQUARTER") else None
    base = quarter or context.here("year")
    if base is None:
        return unknown("XXXX")
    return dated(base.add(-1, "year"), "text" if quarter else "publication")


def read_that_period(match: Match, context: Context) -> Reading | None:
    """`that time`, `this period`: the time last spoken of, where a text has spoken of one."""
    if match.has("TIME") and not context.narrative and not match.has("THAT"):
        return None
    if match.has("LATEST") and context.quarter:
        return dated(context.quarter, "text")
    if match.has("THAT", "THE", "SAME") and context.anchor and match.has("TIME"):
        return dated(context.anchor, "text")
    return unknown("XXXX")


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
    token = match.find("AGO", "LATER", "EARLIER", "BEFORE", "HENCE", "AFTER")
    if token is None:
        return None
    direction = int(token.value)
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
        return Reading("DATE", vague) if base is None or grain is None else unknown(_UNKNOWN[unit])
    steps = int(count * 2) if unit == "2W" else int(count)
    if unit == "DE" and not match.has("APPROX"):
        grain, steps = "year", steps * 10
    grain = grain or "week"
    basis = "publication" if base is context.today else "text"
    if _coarser(base, grain):
        return unknown(_partly(base.add(direction * steps, grain), unit))
    if count != int(count) and unit == "Y":
        return dated(base.to("month").shift(direction * round(count * 12)), basis)
    if deictic or grain in ("decade", "century"):
        return dated(base.to(grain).shift(direction * steps), basis)
    if grain == "week":
        return dated(base.add(direction * steps, "week").to("week" if match.has("APPROX") else "day"), basis)
    return dated(base.to(grain).shift(direction * steps), basis)


def read_in(match: Match, context: Context) -> Reading:
    """`in two weeks`: a duration by itself; from now on where the clause speaks of what is to come."""
    unit, count = unit_of(match.tokens), count_of(match.tokens)
    return Reading("DURATION", duration(count, unit), calendar=False)
