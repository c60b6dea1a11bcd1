"""Days and moments as people give them: a day, month or year counts up to its end."""

from __future__ import annotations

import datetime as dt

from kb.dates import parse_interval
from kb.errors import ParseError, UsageError

Day = str | dt.date


def last_day(said: Day) -> dt.date:
    """The last day of a date: of 2020-08 the 31st of August.

    Raises:
        UsageError: it is no date, or one without an end.
    """
    if isinstance(said, dt.date):
        return said.date() if isinstance(said, dt.datetime) else said
    try:
        day = parse_interval(said).latest
    except ParseError as error:
        raise UsageError(str(error)) from error
    if day is None:
        raise UsageError(f"{said!r} has no end: give the last day that counts, as 2020-08-09")
    return day


def moment_of(said: Day) -> dt.datetime:
    """The last moment that counts: of a date the end of its last day in UTC, a moment as it is.

    A moment is a date-time of ISO 8601, to the microsecond (`2026-06-03T14:30:00Z`); one that names no
    offset is in UTC.

    Raises:
        UsageError: it is neither.
    """
    exact = said if isinstance(said, dt.datetime) else _date_time(said) if isinstance(said, str) else None
    if exact is not None:
        return exact.astimezone(dt.UTC) if exact.tzinfo else exact.replace(tzinfo=dt.UTC)
    return dt.datetime.combine(last_day(said), dt.time.max, dt.UTC)


def _date_time(said: str) -> dt.datetime | None:
    """The date-time that the words are, None where they have no time of day."""
    if ":" not in said:
        return None
    try:
        return dt.datetime.fromisoformat(said.strip())
    except ValueError as error:
        raise UsageError(f"{said!r} is no moment: write it like 2026-06-03T14:30:00Z") from error
