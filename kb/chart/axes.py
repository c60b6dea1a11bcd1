"""Round steps for an axis of numbers, and steps of the calendar for an axis of days. Pure."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_LEAST = 1e-300  # a smaller step has no digits left
_NEAR_ZERO = 0.4  # share of the greatest number: if the least is less, the axis begins at zero


@dataclass(frozen=True, slots=True)
class Axis:
    """From numbers to places: `low` lies at `start`, `high` at `end`; `ticks` have their labels."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[tuple[float, str], ...]

    def at(self, value: float) -> float:
        """Where the value lies, rounded to a tenth."""
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


def number_axis(values: Iterable[float], start: float, end: float, steps: int = 6) -> Axis:
    """An axis of round numbers around the values; it begins at zero unless they lie far above it."""
    numbers = sorted(values)
    low, high = numbers[0], numbers[-1]
    if 0 <= low <= high * _NEAR_ZERO or low == high:
        low = min(0.0, low)
    step = _round_up(max((high - low or abs(high) or 1.0) / steps, _LEAST))
    first, last = math.floor(low / step), math.ceil(high / step)
    if last * step == high:
        last += 1  # room for an arrow above the highest number
    digits = 15 if step >= 1 else 10  # whole numbers as a reader writes them, also billions
    ticks = tuple((i * step, f"{i * step:,.{digits}g}") for i in range(first, last + 1))
    return Axis(first * step, last * step, start, end, ticks)


def _round_up(raw: float) -> float:
    power = 10.0 ** math.floor(math.log10(raw))
    return power * next(step for step in _STEPS if step * power >= raw * (1 - 1e-9))


def time_axis(days: Iterable[dt.date], start: float, end: float, most: int = 9) -> Axis:
    """An axis of days around those given, marked at years, months or days, at most so many."""
    ordered = sorted(days)
    first, last = ordered[0], ordered[-1]
    if (last - first).days < 6:
        first, last = _shifted(first, -3), _shifted(last, 3)
    found = next(
        marks for step in _CALENDAR if len(marks := list(islice(step(first, last), most + 1))) <= most
    )
    margin = max(1, (last - first).days // 40)
    low, high = first.toordinal() - margin, last.toordinal() + margin
    inside = tuple((float(day.toordinal()), label) for day, label in found if low <= day.toordinal() <= high)
    return Axis(low, high, start, end, inside)


def _shifted(day: dt.date, days: int) -> dt.date:
    return dt.date.fromordinal(min(max(day.toordinal() + days, 1), dt.date.max.toordinal()))


Marks = Iterator[tuple[dt.date, str]]


def _days(step: int) -> Callable[[dt.date, dt.date], Marks]:
    """Every so many days."""

    def marks(first: dt.date, last: dt.date) -> Marks:
        for offset in range(0, (last - first).days + 1, step):
            day = _shifted(first, offset)
            yield day, day.isoformat()

    return marks


def _months(step: int) -> Callable[[dt.date, dt.date], Marks]:
    """Every so many months, counted from a January."""

    def marks(first: dt.date, last: dt.date) -> Marks:
        start = first.year * 12 + (first.month - 1) // step * step
        for number in range(start, last.year * 12 + last.month, step):
            yield dt.date(number // 12, number % 12 + 1, 1), f"{number // 12}-{number % 12 + 1:02}"

    return marks


def _years(step: int) -> Callable[[dt.date, dt.date], Marks]:
    """The years that so many divide."""

    def marks(first: dt.date, last: dt.date) -> Marks:
        for year in range(max(first.year // step * step, 1), last.year + 1, step):
            yield dt.date(year, 1, 1), f"{year}"

    return marks


_CALENDAR = (
    *map(_days, (1, 2, 7, 14)),
    *map(_months, (1, 3, 6)),
    *map(_years, (1, 2, 5, 10, 20, 50, 100, 500, 1000, 5000)),
)
