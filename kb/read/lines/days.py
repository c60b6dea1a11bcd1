"""The days that a line of a page states, with what it says of them: published, changed, saved."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Literal

from kb.errors import UsageError
from kb.read.lines.labels import labels

_DATELINE = 100  # characters in which a dateline ends
LONGEST_DAY = 80  # characters of a line with one day
_AROUND = " \t:|,;-–—·•()[]"
DayRole = Literal["published", "modified", "saved", "unlabelled"]
_CAPITALISED = re.compile(r"^[^\W\d_a-z][\w.'’-]*$")
_ROLES: tuple[DayRole, ...] = ("published", "modified", "saved")
FORMS = "2026-06-03, 2026-06-03T10:15:00+02:00, June 3, 2026 or 3 June 2026"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?P<{0}>(?:1[6-9]|20)\d\d)"
_CLOCK = r"(?:\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?|\d{1,2}(?=\s?[ap]\.?m))"
_ZONE = (
    r"(?:Z|UTC|GMT|[A-Z]{2,5}|[+-]\d{2}:?\d{2}"
    r"|\((?:UTC|GMT|[A-Z]{2,5})(?:[+-]\d{1,2})?\)|(?:UTC|GMT)[+-]\d{1,2})"
)
_TIME = (
    rf"(?:(?:,|\s|at|\||-|–|—|·|•|T)*{_CLOCK}\s?(?:[ap]\.?m\.?)?\s?(?:{_ZONE})?(?:\s?(?:time|hrs|hours))?)?"
)
_CLOCK_ALONE = re.compile(
    rf"(?:at )?{_CLOCK}\s?(?:[ap]\.?m\.?)?\s?(?:gmt|utc|[a-z]{{2,4}})?(?:,? on)?", re.IGNORECASE
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = r"(?:(?P<w>mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY = re.compile(
    _WEEKDAY
    + "(?:"
    + rf"{_MONTH.format('m1')}\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR.format('y1')}(?!\d)"
    + rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[\s.-]+(?:of\s+)?{_MONTH.format('m2')},?[\s-]+"
    + rf"{_YEAR.format('y2')}(?!\d)"
    + rf"|{_YEAR.format('y3')}[-/.](?P<m3>\d{{1,2}})[-/.](?P<d3>\d{{1,2}})(?!\d)"
    + rf"|(?P<a>\d{{1,2}})[/.](?P<b>\d{{1,2}})[/.]{_YEAR.format('y4')}(?!\d)"
    + ")",
    re.IGNORECASE,
)
_AFTER_DAY = re.compile(_TIME, re.IGNORECASE)
_BARS = re.compile(r"\s+[|·•]\s+")
_ISO_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s?(?:Z|[+-]\d\d:?\d\d)?")


def parse_published(words: str) -> str:
    """The ISO form of a publication date that a user gives: a day, or a day with its time.

    >>> parse_published("June 3, 2026"), parse_published("2026-06-03T10:15Z")
    ('2026-06-03', '2026-06-03T10:15:00+00:00')

    Raises:
        UsageError: it is no day of the calendar in one of the accepted forms.
    """
    words = words.strip()
    if (moment := parse_iso(words)) is not None:
        return moment
    day = find_day(words)
    if day is None or day[1].strip() or day[2].strip():
        raise UsageError(f"{words!r} is no date that can be told: give it like {FORMS}")
    return day[0]


def parse_iso(words: str) -> str | None:
    """An ISO 8601 day or date-time in its usual form, with the offset if it states one; else None."""
    words = words.strip()
    if re.fullmatch(r"\d{4}-\d\d-\d\d", words):
        try:
            return dt.date.fromisoformat(words).isoformat()
        except ValueError:
            return None
    if not _ISO_TIME.fullmatch(words):
        return None
    try:
        return dt.datetime.fromisoformat(re.sub(r"\s(?=[Z+-])", "", words)).isoformat()
    except ValueError:
        return None


def find_day(line: str) -> tuple[str, str, str] | None:
    """The first whole day in the line as an ISO date, with the words before it and after its time of day.

    A day of two numbers that could both be the month is left alone if no weekday before it tells which is.
    """
    for match in _DAY.finditer(line):
        day = _as_day(match)
        if day is not None:
            rest = line[match.end() :]
            clock = _AFTER_DAY.match(rest)
            return day.isoformat(), line[: match.start()], rest[clock.end() if clock else 0 :]
    return None


def _as_day(match: re.Match[str]) -> dt.date | None:
    year = int(match["y1"] or match["y2"] or match["y3"] or match["y4"])
    if match["a"]:
        first, second = int(match["a"]), int(match["b"])
        if first <= 12 and second <= 12 and first != second:
            return _by_weekday(match, year, first, second)
        day, month = (first, second) if second <= 12 else (second, first)
    else:
        day = int(match["d1"] or match["d2"] or match["d3"])
        month = int(match["m3"]) if match["m3"] else _month(match["m1"] or match["m2"])
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _by_weekday(match: re.Match[str], year: int, first: int, second: int) -> dt.date | None:
    """The one of both days that falls on the weekday before the numbers, None if both or neither does."""
    if not match["w"]:
        return None
    weekday = _WEEKDAYS.index(match["w"].lower()[:3])
    both = (dt.date(year, second, first), dt.date(year, first, second))
    right = [day for day in both if day.weekday() == weekday]
    return right[0] if len(right) == 1 else None


def _month(word: str) -> int:
    return _MONTHS.index(word.lower()[:3]) + 1


def day_line(line: str, *, byline: bool = False) -> Iterator[tuple[DayRole, str]]:
    """The days that a line states if it states nothing else but days, their labels and places.

    A byline may name its authors before the day, and more behind a bar or a dot.

    >>> list(day_line("Published: June 3, 2026, 10:15 GMT | Updated 4 June 2026"))
    [('published', '2026-06-03'), ('modified', '2026-06-04')]
    >>> list(day_line("He came on June 3, 2026 to Riga."))
    []
    """
    if len(line) > 160:
        return
    if byline and len(parts := _BARS.split(line)) > 1:
        for part in parts:
            yield from day_line(part, byline=part is parts[0])
        return
    found: list[tuple[DayRole, str]] = []
    rest = line
    while (day := find_day(rest)) is not None:
        iso, before, rest = day
        label = before.strip(_AROUND)
        role = _day_role(label) or (_byline_role(label) if byline and not found else None)
        if role is None:
            return
        found.append((role, iso))
    if not found or not _is_tail(rest.strip(" \t:|,;.-–—·•()[]")):
        return
    yield from found


def is_untold_day(line: str) -> bool:
    """Whether a line states nothing but a day whose month nobody can tell, its label and its time.

    >>> is_untold_day("Posted: 06/09/2026 05:30:12 PM EDT"), is_untold_day("On 06/09/2026 he left.")
    (True, False)
    """
    match = _DAY.search(line) if len(line) <= LONGEST_DAY else None
    if match is None or not match["a"]:
        return False
    rest = line[match.end() :]
    clock = _AFTER_DAY.match(rest)
    label = line[: match.start()].strip(_AROUND)
    return _day_role(label) is not None and _is_tail(rest[clock.end() if clock else 0 :].strip(_AROUND))


def _byline_role(label: str) -> DayRole:
    """What stands between a byline's names and its day: "published", or nothing."""
    words = label.lower()
    return next(
        (kind for kind in _ROLES if words.endswith(tuple(f" {x}" for x in labels(kind)))), "unlabelled"
    )


def _day_role(label: str) -> DayRole | None:
    words = label.lower()
    if not words or _CLOCK_ALONE.fullmatch(words):
        return "unlabelled"
    for kind in _ROLES:
        if words in labels(kind):
            return kind
    # A place before the day ("Brussels, 3 June 2026"), or who wrote it.
    named = len(words.split()) <= 3 and all(_CAPITALISED.match(word) for word in label.split())
    return "unlabelled" if named else None


def _is_tail(rest: str) -> bool:
    """Whether what stands behind the day is of the same line of furniture: nothing, or "2 min read"."""
    return not rest or (
        len(rest) <= 40
        and re.fullmatch(
            r"(?:\d+\s+)?(?:mins?|minutes?|comments?|shares?|views?)(?:\s+(?:read|to read))?.{0,10}",
            rest,
            re.I,
        )
        is not None
    )


_CITY = re.compile(r"[A-Z][A-Z'’. -]+(?:, [A-Z][\w.' -]{1,30})?(?: \([\w .&-]{1,30}\))?[,:]? *$")
_DASH = re.compile(r"^ *(?:\([\w .&-]{1,30}\) *)?(?:[-–—]|/[A-Z])")


def dateline_day(paragraph: str) -> str | None:
    """The day of a news agency's dateline before the first sentence, with its year; None without one.

    >>> dateline_day("RIGA, Latvia, Oct. 14, 2025 (XYZ) - The port was closed on Monday.")
    '2025-10-14'
    """
    found = find_day(paragraph[:_DATELINE])
    if found is None or not _CITY.match(found[1]) or not _DASH.match(found[2]):
        return None
    return found[0]
