"""The words around a time change its interval: since 2022 is `2022/..`, by 2030 `../2030`."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from kb.dates.absolute import MONTHS, YEARS
from kb.dates.durations import UNITS, count_of, unit_of
from kb.dates.periods import Period
from kb.dates.reading import GRAINS, Match, Reading, dated
from kb.dates.tokens import Token

_SKIPPED = ("APPROX", "OVER", "UNDER", "DOT")  # "since about 2010", "until at least 2030"
_JOINTS = ("TO", "AND", "UNTIL", "DASH")
_BESIDE = ("AFTER", "BEFORE", "THE")
_SHORTLY = ("shortly", "just", "soon", "immediately", "right", "moments")
_CLOCK = ("CLOCK", "AMPM", "HOUR", "ZONE")  # "some time after 3 a.m." is about that time
_ENDING = ("ended", "ending")
_THROUGHOUT = ("the", "in", "for", "over", "during", "of")
_MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_OPENERS = ("FROM", "BETWEEN")


def bounded(match: Match, edtf: str) -> str:
    """The interval of a time with the preposition that stands before it.

    since, after -> open end; until, by, before, as of, ahead of, no later than -> open start; "from
    2022 on" -> open end. Where the time describes a noun ("after Monday's vote") the preposition is
    the noun's: the caller does not ask then.
    """
    before = [token for token in match.before if token.kind not in _SKIPPED]
    start, _, end = edtf.partition("/")
    end = end or start
    side = _side(before, match.after[0] if match.after else None, match.has(*_CLOCK))
    if side > 0 and start:
        return f"{start}/.." if start != ".." else edtf
    if side < 0:
        return f"../{end}" if end != ".." else edtf
    return edtf


def _side(before: list[Token], after: Token | None, of_day: bool) -> int:
    """1 where the time is a beginning, -1 where it is an end, 0 where it is neither."""
    last = before[-1] if before else None
    words = " ".join(token.text.lower() for token in before)
    if last is None or (last.kind in ("BEFORE", "AFTER") and (of_day or _close(before))):
        return 0
    if last.kind in ("SINCE", "AFTER") or (
        last.kind == "FROM" and after is not None and after.kind == "BEYOND"
    ):
        return 1
    if last.kind == "FROM" and after is not None and after.text.lower() in ("on", "forward"):
        return 1
    if last.kind in ("UNTIL", "BY", "BEFORE") or words.endswith(
        ("as of", "ahead of", "prior to", "later than")
    ):
        return -1
    return -1 if last.text.lower() in ("through", "into") else 0


def _close(before: list[Token]) -> bool:
    """Whether the words put the happening beside the time: "shortly before noon", "days after May 3"."""
    beside = before[-2] if len(before) > 1 else None
    return beside is not None and (beside.kind in UNITS or beside.text.lower() in _SHORTLY)


def joined(left: Match, right: Match) -> bool:
    """Whether two times are the ends of one range: "from July to September", "between 8 and 23 May"."""
    opener = left.before[-1].kind if left.before else ""
    joint = left.after[0] if left.after else None
    if joint is not None and right.rule == "daylist" and joint.kind == "AND":
        return right.number("DAY", "ORD") == (left.number("DAY", "ORD") or 0) + 1
    if joint is not None and joint.text.lower() == "through" and joint.end <= right.start:
        opener = "FROM"  # "Wednesday through Friday"
    if joint is None or opener not in _OPENERS or joint.kind not in _JOINTS:
        return False
    if (opener == "BETWEEN") != (joint.kind == "AND"):
        return False
    return joint.end <= right.start and (len(left.after) < 2 or left.after[1].end > right.start)


Side = tuple[Match, Reading]


def in_order(left: Side, right: Side, published: dt.date | None, past: bool) -> tuple[Reading, Reading]:
    """Both ends of a range without a year, each of them read alone before, so that they run on.

    "Between 1 January and 30 September", told in mid-January, began a year before the January that is near;
    where the clause speaks of the past, neither end can lie ahead of the day of publication.
    """
    first, last = left[1], right[1]
    if not (left[0].has(*YEARS) or right[0].has(*YEARS)):
        ahead = past and published and last.period and last.period.first and last.period.first > published
        if ahead:
            first, last = _earlier(*left), _earlier(*right)
        if first.period and last.period and first.period.grain == last.period.grain:
            first = first if first.period.number <= last.period.number else _earlier(left[0], first)
    return first, last


def stretch_to(left: Side, right: Side, published: dt.date | None, past: bool) -> str | None:
    """The interval of a length of time up to a month or a day: "in the year to September", or None."""
    (words, first), (end_words, last) = left, right
    if first.type != "DURATION" and (first.period is None or first.period.grain != "year"):
        return None  # "the second quarter ended May 31" is one of the calendar
    joint = words.after[0] if words.after else None
    if (
        joint is None
        or not (joint.kind == "TO" or joint.text.lower() in _ENDING)
        or joint.end > end_words.start
    ):
        return None
    if len(words.after) > 1 and words.after[1].end <= end_words.start:
        return None
    lead = words.before[-1].text.lower() if words.before else ""
    if not (words.tokens[0].kind == "THE" or lead in _THROUGHOUT):
        return None
    if past and published and last.period and last.period.first and last.period.first > published:
        last = _earlier(end_words, last)
    end, grain = last.period, GRAINS.get(unit_of(words.tokens))
    count = count_of(words.tokens) or 1
    if end is None or grain not in _MONTHS_IN or end.grain not in ("month", "day") or count != int(count):
        return None
    months = int(count) * _MONTHS_IN[grain]
    start = end.to("month").shift(1 - months)
    if end.grain == "day" and end.last != end.to("month").last:  # not at the end of a month
        start = end.add(-months, "month").shift(1)
    elif end.grain == "day" and start.first is not None:
        start = Period.containing("day", start.first)
    return f"{start.edtf()}/{end.edtf()}" if start.possible else None


def _earlier(match: Match, reading: Reading) -> Reading:
    """The last such month, day or weekday before, where the reading is that and no more."""
    period, unit = reading.period, "Y" if match.has(*MONTHS) else "W" if match.has("WEEKDAY") else None
    if period is None or unit is None or reading.basis in (None, "stated"):
        return reading
    if period.grain not in ("month", "day") or (reading.value, reading.edtf) != (
        period.timex(),
        period.edtf(),
    ):
        return reading
    return dated(period.add(-1, GRAINS[unit]), reading.basis)


def listed(left: Match, first: Reading, right: Match, last: Reading) -> str | None:
    """The interval of two units side by side that "and" joins: "in 2017 and 2018", or None.

    "Sunday and Saturday evening" is both days. Units apart stay apart: what lies between is not meant.
    """
    joint = left.after[0] if left.after else None
    if joint is None or joint.kind != "AND" or joint.end > right.start:
        return None
    if any(token.start < right.start for token in left.after[1:]):
        return None
    a, b = first.period, last.period
    if a is None or b is None or a.grain != b.grain or abs(a.number - b.number) != 1:
        return None
    if first.edtf != a.edtf() or last.edtf != b.edtf():
        return None  # "late 2017 and early 2018"
    return whole(*(first.edtf, last.edtf) if a.number < b.number else (last.edtf, first.edtf))


def whole(first: str, last: str) -> str:
    """The interval from the beginning of the one to the end of the other."""
    return f"{first.partition('/')[0]}/{last.rpartition('/')[2]}"


def counted_from(left: Match, first: Reading, right: Match, last: Reading) -> Reading | None:
    """The day of "two days after January 7": the duration keeps its value and gains a place, or None."""
    joint = left.after[0] if left.after else None
    if joint is None or joint.kind not in ("AFTER", "BEFORE") or first.type != "DURATION" or first.edtf:
        return None
    between = [token for token in left.after if token.end <= right.start]
    unit, count = unit_of(left.tokens), count_of(left.tokens)
    base, grain = last.period, GRAINS.get(unit)
    if base is None or base.grain != "day" or grain is None or count is None or count != int(count):
        return None
    counted = base.add(int(joint.value) * int(count), grain)
    if not counted.possible:
        return None
    unseen = len(between) == len(left.after) > 2  # there may be more words between the two
    if unseen or any(token.kind not in _BESIDE for token in between):
        return None
    return replace(first, edtf=counted.edtf(), basis=last.basis)
