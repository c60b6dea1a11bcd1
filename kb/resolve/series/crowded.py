"""Which claims of whole series can be in a conflict at all: told by their columns, before any is read.

Most claims stand alone at their time: no other of their series is told of that day with another number,
nothing is told as a part of them, and no measure beside theirs may be mistaken for it. To read a claim
with its sentence, its source and what people said of it costs many times as much as to see that.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations

from sqlalchemy import Connection, TextClause, text

from kb.resolve.keys.measures import Measured, measured
from kb.resolve.keys.names import folded_place
from kb.resolve.relations.same_numbers import are_neighbours

_GROWING = ("stock", "cumulative")  # kinds of measures of which claims of different days are compared, too
_COMPARED = 100  # series of one unit at one place that are compared with each other; of more, all may be near
_OF_SERIES = text("""
    SELECT claim.id FROM json_each(:keys) AS asked CROSS JOIN claim ON claim.series_id = asked.value""")
# Of one day, and with another number beside it (`relations.same_time`). An open time ends with publication.
_TOGETHER = text("""
    SELECT id FROM (
        SELECT id, min(number) OVER day AS least, max(number) OVER day AS most FROM (
            SELECT claim.id, claim.series_id,
                claim.comparator || coalesce(claim.low, '') || ' ' || coalesce(claim.high, '') AS number,
                coalesce(claim.latest, (
                    SELECT max(claim.earliest, substr(revision.published, 1, 10)) FROM revision
                    WHERE revision.id = claim.revision_id
                )) AS day
            FROM json_each(:keys) AS asked CROSS JOIN claim ON claim.series_id = asked.value
        )
        WHERE day IS NOT NULL
        WINDOW day AS (PARTITION BY series_id, day)
    )
    WHERE least <> most""")
# Of articles of one text the first one published counts, whose days, numbers and parts may be others.
_COPIES = text("""
    SELECT copy.id FROM json_each(:keys) AS asked
    CROSS JOIN claim ON claim.id = asked.value
    CROSS JOIN claim AS copy ON copy.uid = claim.uid AND copy.series_id = claim.series_id""")
_WHOLES = text("""
    SELECT claim.id FROM json_each(:keys) AS asked CROSS JOIN claim ON claim.series_id = asked.value
    WHERE EXISTS (SELECT 1 FROM claim AS part WHERE part.part_of_id = claim.id)""")
_CORRECTED = text("""
    SELECT claim.series_id FROM correction CROSS JOIN claim ON claim.uid = correction.fact
    WHERE claim.series_id IS NOT NULL""")
_CORRECTED_UNITS = text("""
    SELECT series.id, measure.name, correction.unit, coalesce(series.place_entity_id, series.place, ''),
        series.place_entity_id IS NULL
    FROM correction
    CROSS JOIN claim ON claim.uid = correction.fact
    JOIN series ON series.id = claim.series_id
    JOIN measure ON measure.id = series.measure_id
    WHERE correction.unit IS NOT NULL""")
_AT_PLACES = text("""
    SELECT DISTINCT series.id, measure.name, coalesce(claim.unit, ''), series.place_entity_id
    FROM (
        SELECT DISTINCT place_entity_id FROM series
        WHERE id IN (SELECT value FROM json_each(:keys)) AND place_entity_id IS NOT NULL
    ) AS place
    CROSS JOIN series ON series.place_entity_id = place.place_entity_id
    CROSS JOIN claim ON claim.series_id = series.id
    JOIN measure ON measure.id = series.measure_id""")
_AT_WRITTEN = text("""
    SELECT DISTINCT series.id, measure.name, coalesce(claim.unit, ''), coalesce(series.place, '')
    FROM series
    CROSS JOIN claim ON claim.series_id = series.id
    JOIN measure ON measure.id = series.measure_id
    WHERE series.place_entity_id IS NULL""")


def claims_to_look_at(
    connection: Connection, kinds: Mapping[int, str | None], whole: Collection[int]
) -> set[int]:
    """The claims of series (with the kinds of their measures) that can clash; of the `whole` ones all."""
    full = {series for series, kind in kinds.items() if kind in _GROWING or series in whole}
    full |= set(connection.execute(_CORRECTED).scalars()) & kinds.keys()
    rest = kinds.keys() - full
    told = _keys(connection, _TOGETHER, rest) | _keys(connection, _WHOLES, rest)
    return _keys(connection, _OF_SERIES, full) | told | _keys(connection, _COPIES, told)


def with_neighbours(connection: Connection, series: Collection[int]) -> set[int]:
    """Those of some series at whose place another one's measure may be mistaken for theirs."""
    alike: dict[tuple[int | str, str], dict[int, set[Measured]]] = defaultdict(lambda: defaultdict(set))
    for one, name, unit, place in connection.execute(_AT_PLACES, {"keys": json.dumps(sorted(series))}):
        what = _measured(name, unit)
        alike[place, what.unit][one].add(what)
    for one, name, unit, words in connection.execute(_AT_WRITTEN):
        what = _measured(name, unit)
        alike[folded_place(words), what.unit][one].add(what)
    for one, name, unit, place, is_written in connection.execute(_CORRECTED_UNITS):
        what = _measured(name, unit)
        alike[folded_place(place) if is_written else place, what.unit][one].add(what)
    found = set(connection.execute(_CORRECTED).scalars())
    for told in alike.values():
        found |= set(told) if len(told) > _COMPARED else set(_near(told))
    return found & set(series)


def _near(told: Mapping[int, Iterable[Measured]]) -> Iterator[int]:
    for (a, of_a), (b, of_b) in combinations(told.items(), 2):
        if any(are_neighbours(one, other) for one in of_a for other in of_b):
            yield from (a, b)


@lru_cache(maxsize=4096)
def _measured(name: str, unit: str) -> Measured:
    return measured(name, unit)


def _keys(connection: Connection, query: TextClause, keys: Collection[int]) -> set[int]:
    if not keys:
        return set()
    return set(connection.execute(query, {"keys": json.dumps(sorted(keys))}).scalars())
