"""Calendar units as numbers that can be counted on: a day, an ISO week, a month, a quarter, a century.

A `Period` is the n-th unit of its grain since the year 0 of ISO 8601 (1 BC), so that "three months
before March 1998" is a subtraction. Years before 1 have bounds that `datetime` cannot hold: None.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Literal

Grain = Literal[
    "millennium", "century", "decade", "year", "half", "quarter", "season", "month", "week", "weekend", "day"
]

YEARS: dict[str, int] = {"millennium": 1000, "century": 100, "decade": 10, "year": 1}
PARTS: dict[str, int] = {"half": 2, "quarter": 4, "season": 4, "month": 12}
SEASONS = ("SP", "SU", "FA", "WI")
_MONDAY = dt.date(1, 1, 1).toordinal()  # 1 January of the year 1 is a Monday in the proleptic calendar
_FIRST_HALF, _FIRST_QUARTER, _FIRST_SEASON = 40, 33, 21  # ISO 8601-2 codes in the place of a month


@dataclass(frozen=True, slots=True)
class Period:
    """The `number`-th unit of its grain. Winter is the last season of the year in which it begins."""

    grain: Grain
    number: int

    @classmethod
    def of(cls, grain: Grain, year: int, part: int = 1) -> Period:
        """The unit of a year (astronomical: 0 is 1 BC); `part` counts halves ... months from 1."""
        if grain in YEARS and year < 1:  # the 480s BC are 489 to 480 BC, the 4th century BC 400 to 301 BC
            before = 1 - year if grain == "decade" else -year
            return cls(grain, -1 - before // YEARS[grain] if grain != "year" else year)
        if grain in YEARS:
            return cls(grain, year // YEARS[grain])
        return cls(grain, year * PARTS[grain] + part - 1)

    @classmethod
    def containing(cls, grain: Grain, day: dt.date) -> Period:
        """The unit that the day lies in; a day of the week belongs to the weekend of its ISO week."""
        if grain == "day":
            return cls(grain, day.toordinal())
        if grain in ("week", "weekend"):
            return cls(grain, (day.toordinal() - _MONDAY) // 7)
        if grain in YEARS:
            return cls.of(grain, day.year)
        if grain == "season":
            months = day.year * 12 + day.month - 3
            return cls(grain, months // 3)
        return cls.of(grain, day.year, (day.month - 1) * PARTS[grain] // 12 + 1)

    @classmethod
    def day(cls, year: int, month: int, day: int) -> Period | None:
        """A day of the calendar, or None where the calendar has no such day."""
        if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
            return None
        return cls("day", dt.date(year, month, day).toordinal())

    @property
    def possible(self) -> bool:
        """Whether the calendar kept here reaches so far: years -9999 to 9999, days from the year 1 on."""
        if self.grain in ("day", "week", "weekend"):
            last = self.number if self.grain == "day" else self.number * 7 + _MONDAY + 6
            return 1 <= last <= dt.date.max.toordinal()
        return -9999 <= self.year <= 9999

    @property
    def year(self) -> int:
        """The (astronomical) year in which the period begins; of a week the ISO year."""
        if self.grain in YEARS:
            return self.number * YEARS[self.grain] + (2 if self.grain == "decade" and self.number < 0 else 0)
        if self.grain in PARTS:
            return self.number // PARTS[self.grain]
        day = self._first_day()
        return day.isocalendar().year if self.grain != "day" else day.year

    @property
    def part(self) -> int:
        """Which half, quarter, season, month, ISO week of its year it is, from 1; of a day its month."""
        if self.grain in PARTS:
            return self.number % PARTS[self.grain] + 1
        if self.grain in YEARS:
            return 1
        day = self._first_day()
        return day.month if self.grain == "day" else day.isocalendar().week

    @property
    def month(self) -> int:
        """The calendar month in which the period begins, from 1."""
        if self.grain == "season":
            return self.part * 3
        if self.grain in PARTS:
            return (self.part - 1) * 12 // PARTS[self.grain] + 1
        return 1 if self.grain in YEARS else self._first_day().month

    def _first_day(self) -> dt.date:
        number = self.number if self.grain == "day" else self.number * 7 + _MONDAY
        number += 5 if self.grain == "weekend" else 0
        return dt.date.fromordinal(min(max(number, 1), dt.date.max.toordinal()))

    @property
    def first(self) -> dt.date | None:
        """Its first day, or None outside the years 1 to 9999."""
        if self.grain in ("day", "week", "weekend"):
            return self._first_day()
        year = self.year
        return dt.date(year, self.month, 1) if 1 <= year <= 9999 else None

    @property
    def last(self) -> dt.date | None:
        """Its last day, or None outside the years 1 to 9999."""
        if self.grain == "day":
            return self._first_day()
        following = Period(self.grain, self.number + 1).first
        if self.grain == "weekend":
            return self._first_day() + dt.timedelta(1)
        return following - dt.timedelta(1) if following and following > dt.date.min else None

    def shift(self, count: int) -> Period:
        """The unit so many units later (earlier when negative)."""
        return Period(self.grain, self.number + count)

    def to(self, grain: Grain) -> Period:
        """The unit of another grain in which this one begins."""
        if grain == self.grain:
            return self
        if grain in YEARS and self.grain in (*YEARS, *PARTS):
            return Period.of(grain, self.year)
        if grain in PARTS and self.grain in PARTS and grain != "season":
            return Period.of(grain, self.year, (self.month - 1) * PARTS[grain] // 12 + 1)
        first = self.first
        return Period.containing(grain, first) if first else Period.of("year", self.year)

    def add(self, count: int, grain: Grain) -> Period:
        """The period of the same grain, moved by so many units of another: a day by months, say.

        A day that the target month does not have becomes its last day (31 January and a month).
        """
        if grain == self.grain:
            return self.shift(count)
        if self.grain in ("day", "week", "weekend"):
            day = self._first_day()
            if grain in ("day", "week", "weekend"):
                moved = day.toordinal() + count * (1 if grain == "day" else 7)
                return Period.containing(self.grain, dt.date.fromordinal(min(max(moved, 1), 3652059)))
            months = day.year * 12 + day.month - 1 + count * _months(grain)
            year, month = divmod(months, 12)
            if not 1 <= year <= 9999:
                return Period.of("year", year)
            last = calendar.monthrange(year, month + 1)[1]
            return Period.containing(self.grain, dt.date(year, month + 1, min(day.day, last)))
        if self.grain in YEARS:
            if grain in YEARS:
                return Period.of(self.grain, self.year + count * YEARS[grain])
            return self
        if grain in ("day", "week", "weekend"):
            return self
        size = 12 // PARTS[self.grain]
        return Period(self.grain, self.number + count * _months(grain) // size)

    def timex(self) -> str:
        """The value in TIMEX3: `1998-03-04`, `1998-W10`, `1998-SP`, `1998-Q1`, `199`, `19`, `BC0480`."""
        if self.grain in ("day", "week", "weekend"):
            week = f"{self.year:04d}-W{self.part:02d}" + ("-WE" if self.grain == "weekend" else "")
            return self._first_day().isoformat() if self.grain == "day" else week
        year = self.year
        era, number = ("", year) if year > 0 else ("BC", 1 - year)
        if self.grain in YEARS:
            width = {"millennium": 1, "century": 2, "decade": 3, "year": 4}[self.grain]
            index = number if self.grain == "year" else abs(self.number) - (1 if era else 0)
            return f"{era}{index:0{width}d}"
        if self.grain == "season":
            return f"{era}{number:04d}-{SEASONS[self.part - 1]}"
        letter = {"half": "H", "quarter": "Q"}.get(self.grain)
        return f"{era}{number:04d}-" + (f"{letter}{self.part}" if letter else f"{self.part:02d}")

    def edtf(self) -> str:
        """The same in EDTF: `1998-03-04`, `1998-W10`, `1998-21`, `1998-33`, `199X`, `19XX`, `-0479`."""
        if self.grain == "week":
            return f"{self.year:04d}-W{self.part:02d}"
        if self.grain == "day":
            return self._first_day().isoformat()
        if self.grain == "weekend":
            day = self._first_day()
            return f"{day.isoformat()}/{(day + dt.timedelta(1)).isoformat()}"
        year = self.year
        if self.grain in YEARS and self.grain != "year":
            if year < 0:
                return f"{_year(year)}/{_year(year + YEARS[self.grain] - 1)}"
            digits = {"millennium": 1, "century": 2, "decade": 3}[self.grain]
            return f"{year:04d}"[:digits] + "X" * (4 - digits)
        if self.grain == "year":
            return _year(year)
        first = {"half": _FIRST_HALF, "quarter": _FIRST_QUARTER, "season": _FIRST_SEASON, "month": 1}[
            self.grain
        ]
        return f"{_year(year)}-{first + self.part - 1:02d}"


def _months(grain: Grain) -> int:
    return YEARS[grain] * 12 if grain in YEARS else 12 // PARTS[grain]


def _year(year: int) -> str:
    return f"{year:04d}" if year >= 0 else f"-{-year:04d}"
