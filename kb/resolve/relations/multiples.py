"""What a multiple says of the number that it is a multiple of: "800, three times the number of 1985".

The figure before it that measures the same is its level; level and multiple together bound the baseline.
A multiple is rounded as it is written: "three times" is 2.5 to 3.5, "2.4 times" 2.35 to 2.45. Where the
series of the baseline has a figure of that time, that must fit; where it has none, the bound is all that
is known of it.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, text

from kb.resolve.relations.pairs import Told, allowed
from kb.resolve.relations.told import day_of

_SLACK = 0.1  # of an approximate multiple: "almost twice"
_DIGITS = 3  # that a bound is given with: no multiple says more
_WHOLE = 10  # from which a bound is a whole number
_DETERMINED = frozenset(["the", "that", "those", "what", "its", "their", "his", "her", "this"])
_LEVELS = """
    SELECT ratio.id AS ratio_id, ratio.uid AS ratio_uid, ratio.comparator, ratio.low, ratio.high,
        ratio.direction, ratio.baseline, claim.baseline_date AS date, claim.baseline_earliest AS earliest,
        claim.baseline_latest AS latest, coalesce(claim.baseline_place, series.place) AS place,
        CASE WHEN claim.baseline_place IS NULL THEN series.place_entity_id ELSE mention.entity_id END
            AS place_entity,
        claim.baseline_place, level_claim.measure_id, level_claim.series_id,
        level.id AS level_id, level.comparator AS level_comparator, level.low AS level_low,
        level.high AS level_high
    FROM json_each(:keys) AS asked
    CROSS JOIN claim ON claim.id = asked.value
    CROSS JOIN corrected_claim AS ratio ON ratio.id = claim.id
    JOIN current_reading ON current_reading.revision_id = claim.revision_id
        AND current_reading.run_id = claim.run_id
    JOIN span AS at ON at.id = claim.phrase_span_id
    JOIN claim AS level_claim ON level_claim.revision_id = claim.revision_id
        AND level_claim.run_id = claim.run_id AND level_claim.measure = claim.measure
        AND level_claim.relation = 'value' AND level_claim.series_id IS NOT NULL
    JOIN corrected_claim AS level ON level.id = level_claim.id
    JOIN span AS level_at ON level_at.id = level_claim.phrase_span_id AND level_at.start_char < at.start_char
    JOIN series ON series.id = level_claim.series_id
    LEFT JOIN mention ON mention.id = claim.baseline_place_mention_id
    LEFT JOIN fact_status AS ratio_status ON ratio_status.fact = ratio.uid
    LEFT JOIN fact_status AS level_status ON level_status.fact = level.uid
    WHERE claim.relation = 'ratio' AND claim.baseline IS NOT NULL
        AND (claim.baseline_place IS NOT NULL OR claim.baseline_date IS NOT NULL)
        AND ratio.stance IN ('asserted', 'alleged') AND level.stance IN ('asserted', 'alleged')
        AND coalesce(ratio_status.status, '') <> 'rejected'
        AND coalesce(level_status.status, '') <> 'rejected'
    ORDER BY ratio.id, level_at.start_char DESC"""
# Most claims are no multiples: these find the few that are, by indexes over nothing else.
_BESIDE = """
    SELECT ratio.id FROM json_each(:keys) AS asked
    CROSS JOIN claim ON claim.{} = asked.value
    CROSS JOIN claim AS ratio INDEXED BY ix_claim_ratio_revision
    WHERE ratio.revision_id = claim.revision_id AND ratio.relation = 'ratio'"""
_AT_PLACES = """
    SELECT ratio.id FROM claim AS ratio INDEXED BY ix_claim_ratio
    CROSS JOIN mention ON mention.id = ratio.baseline_place_mention_id
    WHERE ratio.relation = 'ratio' AND ratio.baseline_place_mention_id IS NOT NULL
        AND mention.entity_id IN (SELECT value FROM json_each(:keys))"""


@dataclass(frozen=True, slots=True)
class Bound:
    """What a multiple says of its baseline: the least and the most it can be, `math.inf` where open.

    `ratio` and `level` are keys of the claims, `words` those of the baseline. `place` and the time are
    the baseline's; `series` that of the level, `measure` what both count; `is_elsewhere` if the baseline
    is told of a place of its own.
    """

    ratio: int
    ratio_uid: str
    level: int
    measure: int
    series: int
    words: str
    place: str | None
    place_entity: int | None
    date: str | None
    earliest: dt.date | None
    latest: dt.date | None
    is_elsewhere: bool
    low: float
    high: float

    @property
    def said(self) -> str:
        """The bound in words: `229 to 320`, `more than 228`."""
        if math.isinf(self.high):
            return f"more than {_rounded(self.low, up=False)}"
        if self.low <= 0:
            return f"less than {_rounded(self.high, up=True)}"
        return f"{_rounded(self.low, up=False)} to {_rounded(self.high, up=True)}"


def told_as(words: str) -> str:
    """The words of a baseline as they follow a multiple: `that in January`, `that of Latvia`.

    >>> [told_as(words) for words in ("the number of 1985", "in January", "Latvia")]
    ['the number of 1985', 'that in January', 'that of Latvia']
    """
    first = words.split(" ", 1)[0]
    if first.lower() in _DETERMINED:
        return words
    return f"that of {words}" if first[:1].isupper() else f"that {words}"


def baseline_of(level: tuple[float, float], multiple: tuple[float, float]) -> tuple[float, float]:
    """The least and the most that a level divided by a multiple can be; both are least and most.

    >>> baseline_of((800.0, float("inf")), (2.5, 3.2))
    (250.0, inf)
    """
    low, high = max(level[0], 0.0), level[1]
    least = 0.0 if math.isinf(multiple[1]) else low / multiple[1]
    most = math.inf if multiple[0] <= 0 or math.isinf(high) else high / multiple[0]
    return least, most


def multiple_range(comparator: str, low: float | None, high: float | None) -> tuple[float, float]:
    """The least and the most that a multiple can be, by the rounding of what is written.

    >>> multiple_range("=", 3.0, 3.0), multiple_range(">", 2.0, None)
    ((2.5, 3.5), (2.0, inf))
    """
    least = 0.0 if low is None else low
    most = math.inf if high is None else high
    if comparator in ("=", "~") and low is not None and high is not None:
        written = f"{low:.15g}".partition(".")[2]
        half = 0.5 / 10 ** len(written) if low >= 1 else 0.1 * low
        slack = _SLACK if comparator == "~" else 0.0
        return (least - half) * (1 - slack), (most + half) * (1 + slack)
    return least, most


def bounds_of(connection: Connection, series: Iterable[int]) -> list[Bound]:
    """What multiples of figures in these series say of their baselines, wherever those are."""
    series = set(series)
    return [
        bound for bound in _bounds(connection, _BESIDE.format("series_id"), series) if bound.series in series
    ]


def bounds_on(connection: Connection, lines: Mapping[int, tuple[int, int | None]]) -> dict[int, list[Bound]]:
    """What multiples say of series: of figures in them, or of the same measure elsewhere.

    `lines` are series with the keys of their measures and of their places.
    """
    found: dict[int, list[Bound]] = {series: [] for series in lines}
    for bound in bounds_of(connection, lines):
        if not bound.is_elsewhere:
            found[bound.series].append(bound)
    at: dict[tuple[int, int | None], int] = {
        (measure, place): series for series, (measure, place) in lines.items() if place is not None
    }
    for bound in _bounds(connection, _AT_PLACES, {place for _, place in at if place is not None}):
        series = at.get((bound.measure, bound.place_entity))
        if bound.is_elsewhere and series is not None:
            found[series].append(bound)
    return found


def bounds_by(connection: Connection, claims: Iterable[int]) -> list[Bound]:
    """What multiples say that are told in one text with these claims, or are among them."""
    return list(_bounds(connection, _BESIDE.format("id"), claims))


def misfit(bound: Bound, told: Sequence[Told]) -> Told | None:
    """The first claim of the baseline's time that the bound excludes, if none of that time is within it."""
    of_time = [claim for claim in told if is_of_time(bound, claim)]
    wrong = [claim for claim in of_time if not _fits(bound, claim)]
    return wrong[0] if wrong and len(wrong) == len(of_time) else None


def is_of_time(bound: Bound, claim: Told) -> bool:
    """Whether a claim tells the number at the baseline's time."""
    if bound.earliest is None or bound.latest is None or claim.day is None:
        return False
    return bound.earliest <= claim.day <= bound.latest


def _fits(bound: Bound, claim: Told) -> bool:
    low, high = claim.allowed
    return max(low, bound.low) <= min(high, bound.high)


def _bounds(connection: Connection, query: str, keys: Iterable[int]) -> Iterator[Bound]:
    """The bounds by the multiples that a query finds, each with the nearest figure before it."""
    asked = sorted(set(keys))
    if not asked:
        return
    ratios = set(connection.execute(text(query), {"keys": json.dumps(asked)}).scalars())
    if not ratios:
        return
    seen: set[int] = set()
    for row in connection.execute(text(_LEVELS), {"keys": json.dumps(sorted(ratios))}).mappings():
        if row["ratio_id"] not in seen:
            seen.add(row["ratio_id"])
            yield _bound(row)


def _bound(row: RowMapping) -> Bound:
    level = allowed(row["level_comparator"], row["level_low"], row["level_high"])
    multiple = multiple_range(row["comparator"], row["low"], row["high"])
    if row["direction"] == "down":  # "half as many", "three times fewer"
        multiple = (1 / multiple[1], 1 / multiple[0] if multiple[0] > 0 else math.inf)
    low, high = baseline_of(level, multiple)
    return Bound(
        ratio=row["ratio_id"],
        ratio_uid=row["ratio_uid"],
        level=row["level_id"],
        measure=row["measure_id"],
        series=row["series_id"],
        words=row["baseline"],
        place=row["place"],
        place_entity=row["place_entity"],
        date=row["date"],
        earliest=day_of(row["earliest"]),
        latest=day_of(row["latest"]),
        is_elsewhere=row["baseline_place"] is not None,
        low=low,
        high=high,
    )


def _rounded(number: float, *, up: bool) -> str:
    """A number of few digits that is no tighter than what it stands for."""
    if number <= 0:
        return "0"
    step = 10.0 ** (math.floor(math.log10(number)) - _DIGITS + 1)
    step = max(step, 1.0) if number >= _WHOLE else step
    # Divided twice, a whole number may miss itself by the last bit.
    cut = (math.ceil if up else math.floor)(round(number / step, 6)) * step
    return f"{round(cut, 9):,.15g}"
