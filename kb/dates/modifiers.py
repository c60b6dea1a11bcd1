"""A part of a period: early, mid, late, start, end. TIMEX3 keeps the period, EDTF gets bounds with `~`."""

from __future__ import annotations

import datetime as dt

from kb.dates.periods import YEARS, Period
from kb.dates.reading import Reading, dated
from kb.model.values import DateBasis

# The share of the period, as (first, last) of ten tenths: the mid-1980s are 1984 to 1986.
_TENTHS = {
    "start": (0, 2), "early": (0, 3), "mid": (4, 6), "late": (7, 9), "end": (8, 9),
}  # fmt: skip
_MONTHS = {"start": (1, 2), "early": (1, 4), "mid": (5, 8), "late": (9, 12), "end": (11, 12)}
_DAYS = {"start": (1, 7), "early": (1, 10), "mid": (11, 20), "late": (21, 31), "end": (25, 31)}


def modified(period: Period, modifier: str, basis: DateBasis) -> Reading:
    """The reading of a period of which only a part is meant; `whole` and no modifier mean all of it."""
    return dated(period, basis, edtf=part_of(period, modifier))


def part_of(period: Period, modifier: str) -> str:
    """A part of a period in EDTF: the mid-1980s are `1984~/1986~`, late August `2019-08-21~/2019-08-31`."""
    if modifier not in _TENTHS:
        return period.edtf()
    first, last = period.first, period.last
    if first is None or last is None:
        return period.edtf()
    if period.grain in ("decade", "century", "millennium"):
        size = {"decade": 1, "century": 10, "millennium": 100}[period.grain]
        low, high = _TENTHS[modifier]
        return f"{period.year + low * size:04d}~/{period.year + high * size + size - 1:04d}~"
    if period.grain == "year":
        low, high = _MONTHS[modifier]
        return f"{period.year:04d}-{low:02d}~/{period.year:04d}-{high:02d}~"
    if period.grain == "month":
        low, high = _DAYS[modifier]
        return _days(first + dt.timedelta(low - 1), min(last, first + dt.timedelta(high - 1)), first, last)
    if period.grain in ("day", "weekend"):
        return period.edtf()
    length = (last - first).days + 1
    low, high = _TENTHS[modifier]
    return _days(
        first + dt.timedelta(length * low // 10),
        first + dt.timedelta(length * (high + 1) // 10 - 1),
        first,
        last,
    )


def half_of(period: Period, half: int) -> str:
    """The first or the second half of a month, a decade or a century in EDTF."""
    first, last = period.first, period.last
    if period.grain in YEARS:
        size = YEARS[period.grain] // 2
        start = period.year + size * (half - 1)
        return "/".join(f"{Period.of('year', year).edtf()}~" for year in (start, start + size - 1))
    if first is None or last is None:
        return period.edtf()
    middle = first + dt.timedelta((last - first).days // 2)
    return f"{first}/{middle}" if half == 1 else f"{middle + dt.timedelta(1)}/{last}"


def _days(start: dt.date, end: dt.date, first: dt.date, last: dt.date) -> str:
    """Two days, each approximate unless the period itself begins or ends with it."""
    return f"{start}{'' if start == first else '~'}/{end}{'' if end == last else '~'}"
