"""What in a series a change of some claims can have made otherwise: pairs of their days, numbers, wholes.

Two claims of one time are told up to one day, and a growing count is told anew within `GROWTH`; so a claim
that comes or goes bears on those of its day and the days after it, which are set against those before.
However long a series is, only these are read.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, RowMapping, bindparam, text

from kb.resolve.relations.counting import SETTLED, known_on
from kb.resolve.relations.multiples import Bound
from kb.resolve.relations.pairs import GROWTH
from kb.resolve.relations.same_numbers import is_telling
from kb.resolve.relations.told import counted_once, day_of, known_in, told_where
from kb.resolve.series.crowded import claims_to_look_at, with_neighbours
from kb.store import parts

# Claims as they are read, whatever became of them, and those of other articles of the same text.
_READ = text("""
    SELECT asked.value AS moved, claim.id, claim.series_id, claim.part_of_id, revision.published,
        nullif(coalesce(correction.earliest, claim.earliest), '') AS earliest,
        nullif(coalesce(correction.latest, claim.latest), '') AS latest,
        CAST(nullif(coalesce(correction.low, claim.low), '') AS REAL) AS low
    FROM json_each(:keys) AS asked
    CROSS JOIN claim AS mine ON mine.id = asked.value
    CROSS JOIN claim ON claim.uid = mine.uid
    JOIN revision ON revision.id = claim.revision_id
    LEFT JOIN correction ON correction.fact = claim.uid""")
# Spans are [series, first day, last day]. A claim without an end counts up to its publication; others up
# to a day from their first one to `SETTLED` days after their last one (`counting.known_on`).
_SPAN = """json_each(:spans) AS asked
    CROSS JOIN claim ON claim.series_id = json_extract(asked.value, '$[0]')"""
_WITHIN = text(f"""
    SELECT claim.id FROM {_SPAN}
        AND claim.latest >= date(json_extract(asked.value, '$[1]'), '-{SETTLED.days} days')
        AND coalesce(claim.earliest, claim.latest) <= json_extract(asked.value, '$[2]')
    UNION
    SELECT claim.id FROM {_SPAN} AND claim.latest IS NULL
    CROSS JOIN revision ON revision.id = claim.revision_id
    WHERE max(coalesce(claim.earliest, ''), substr(revision.published, 1, 10))
        BETWEEN json_extract(asked.value, '$[1]') AND json_extract(asked.value, '$[2]')
    UNION
    SELECT claim.id FROM correction CROSS JOIN claim ON claim.uid = correction.fact
    WHERE coalesce(correction.earliest, correction.latest) IS NOT NULL
        AND claim.series_id IN (SELECT json_extract(value, '$[0]') FROM json_each(:spans))""")
_OF_NUMBERS = text("""
    SELECT claim.id FROM claim
    WHERE claim.low IN :numbers AND +claim.series_id IN (SELECT value FROM json_each(:series))
    UNION
    SELECT claim.id FROM correction CROSS JOIN claim ON claim.uid = correction.fact
    WHERE correction.low IS NOT NULL AND claim.series_id IN (SELECT value FROM json_each(:series))
    """).bindparams(bindparam("numbers", expanding=True))
_WITH_COPIES = text("""
    SELECT DISTINCT copy.id FROM json_each(:keys) AS asked
    CROSS JOIN claim ON claim.id = asked.value
    CROSS JOIN claim AS copy ON copy.uid = claim.uid AND copy.series_id = claim.series_id""")

_FEW = 200  # series that are read as a whole sooner than told apart, which takes reading all at their places


@dataclass(slots=True)
class Affected:
    """What in a series may be otherwise now: `everything`, or what is told of these days and numbers.

    `kind` is that of its measure.
    """

    kind: str | None
    everything: bool
    days: set[dt.date] = field(default_factory=set)
    numbers: set[float] = field(default_factory=set)

    def has(self, day: dt.date) -> bool:
        """Whether a pair whose later claim is of this day may be otherwise."""
        return self.everything or any(one <= day <= one + self._reach for one in self.days)

    @property
    def spans(self) -> list[tuple[dt.date, dt.date]]:
        """The days of claims that are in such pairs: first and last ones."""
        return [(day - self._reach, day + self._reach) for day in sorted(self.days)]

    @property
    def _reach(self) -> dt.timedelta:
        return GROWTH if self.kind == "cumulative" else dt.timedelta(0)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Claims of the series affected, of `told_rows`: around the days, of the numbers, and the wholes."""

    by_day: Mapping[int, Sequence[RowMapping]]
    by_number: Mapping[int, Sequence[RowMapping]]
    wholes: Sequence[RowMapping]
    later: Collection[int]  # claims in series looked at in part, of which as the later one a pair is told
    numbered: Collection[int]  # claims in these of the numbers


class Change:
    """Claims that came into series, left them, or read otherwise now."""

    def __init__(
        self, connection: Connection, affected: Mapping[int, Affected], homes: Mapping[int, set[int]]
    ) -> None:
        """`homes` are the claims with the series that they are or were in; `affected` is filled in."""
        self._connection = connection
        self.wholes: set[int] = set()  # whose parts may be others now
        full = {series for series, one in affected.items() if one.everything}
        self._with_neighbours = with_neighbours(connection, full) if len(full) > _FEW else full
        if len(full) == len(affected):
            return
        for row in connection.execute(_READ, {"keys": json.dumps(sorted(homes))}).mappings():
            time = day_of(row["earliest"]), day_of(row["latest"]), row["published"]
            told = [known_on(counts, *time) for counts in ("up to", "after", "undated")]
            days, number = {day for day in told if day is not None}, row["low"]
            for series in {*homes[row["moved"]], row["series_id"]} & affected.keys():
                affected[series].days |= days
                affected[series].numbers |= {number} if number is not None and is_telling(number) else set()
            self.wholes |= {row["id"], row["part_of_id"]} - {None}

    def around(self, some: Mapping[int, Affected], bounds: Mapping[int, Sequence[Bound]]) -> Surroundings:
        """The claims to look at in some series; also those of the times of these bounds on them."""
        full = {series: one.kind for series, one in some.items() if one.everything}
        bounded = {series for series in full if bounds.get(series)}
        keys = claims_to_look_at(self._connection, full, self._with_neighbours | bounded)
        if len(full) < len(some):
            keys |= self._near({series: one for series, one in some.items() if not one.everything}, bounds)
        rows = told_where(self._connection, "id", keys)
        found: dict[int, list[RowMapping]] = defaultdict(list)
        for row in rows:
            if row["series_id"] in some:
                found[row["series_id"]].append(row)
        by_number, wholes, later, numbered = {}, [], set(), set()
        for series, told in found.items():
            one = some[series]
            if one.everything:
                by_number[series] = told if series in self._with_neighbours else []
                wholes += counted_once(told)
                continue
            by_number[series] = [row for row in told if row["low"] in one.numbers]
            wholes += [row for row in counted_once(told) if row["id"] in self.wholes]
            numbered |= {row["id"] for row in by_number[series]}
            later |= {row["id"] for row in told if (day := known_in(row)) is not None and one.has(day)}
        return Surroundings(found, by_number, wholes, later, numbered)

    def _near(self, some: Mapping[int, Affected], bounds: Mapping[int, Sequence[Bound]]) -> set[int]:
        """The claims of series looked at in part that matter, with those of other articles of one text."""
        spans = [(series, *span) for series, one in some.items() for span in one.spans]
        spans += [
            (series, bound.earliest, bound.latest)
            for series in some
            for bound in bounds.get(series, ())
            if bound.earliest is not None and bound.latest is not None
        ]
        asked = json.dumps([(series, first.isoformat(), last.isoformat()) for series, first, last in spans])
        found = set(self._connection.execute(_WITHIN, {"spans": asked}).scalars()) if spans else set()
        series_with = json.dumps([series for series, one in some.items() if one.numbers])
        for numbers in parts(sorted({number for one in some.values() for number in one.numbers})):
            values = {"numbers": numbers, "series": series_with}
            found |= set(self._connection.execute(_OF_NUMBERS, values).scalars())
        keys = json.dumps(sorted(found | self.wholes))
        return set(self._connection.execute(_WITH_COPIES, {"keys": keys}).scalars())
