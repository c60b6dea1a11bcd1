"""When to ask again, and after how long."""

from __future__ import annotations

import datetime as dt
import random
from email.utils import parsedate_to_datetime

from kb.fetch.settings import Settings

PASSING = frozenset({429, 500, 502, 503, 504})  # statuses that may be others a moment later
_FACTOR = 2.0
_SPREAD = 0.25  # waits differ by so much of themselves: many clients do not come back at one moment


def wait_before(attempt: int, settings: Settings, retry_after: str | None = None) -> float | None:
    """The seconds to wait before a further attempt; None if there is none.

    What the server asks for goes before, unless it is longer than the user waits.

    Args:
        attempt: how many were made already, from 1.
        settings: how often, and how long at most.
        retry_after: the header of that name.
    """
    if attempt > settings.retries:
        return None
    asked = seconds_of(retry_after) if retry_after else None
    if asked is not None:
        return asked if asked <= settings.longest_wait else None
    wait = settings.backoff * _FACTOR ** (attempt - 1)
    return min(settings.longest_wait, wait * random.uniform(1, 1 + _SPREAD))  # noqa: S311  # no secret


def seconds_of(retry_after: str) -> float | None:
    """What `Retry-After` asks for: a number of seconds, or a date (RFC 9110, 10.2.3); None if neither.

    >>> seconds_of("120")
    120.0
    """
    said = retry_after.strip()
    if said.isascii() and said.isdecimal():
        return float(said[:12])
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return max(0.0, (aware - dt.datetime.now(dt.UTC)).total_seconds())
