"""One number in two series: claims of neighbouring measures at one place that may be of one count.

Such a pair belongs to the series of its earlier claim. It is looked for wherever one of its series
changes, by the number: what that costs does not depend on the size of the base.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from sqlalchemy import Connection, RowMapping, text

from kb.model.uids import uid_of
from kb.resolve.keys.measures import Measured, measured
from kb.resolve.keys.names import folded_place
from kb.resolve.relations.conflicts import Clash
from kb.resolve.relations.explain import doubled
from kb.resolve.relations.same_numbers import NEAR, Counting, are_neighbours, is_telling, mistaken
from kb.resolve.relations.told import as_told, counted_once, day_in, told_where
from kb.resolve.relations.voices import heard, names_in

_FOUND = """claim.id, claim.unit, claim.series_id, series.place, series.place_entity_id, measure.name,
    EXISTS (SELECT 1 FROM review WHERE review.fact = claim.uid) AS is_reviewed"""
# The order of the tables is that of the search: from claims, or from the few corrections, on.
_BY_NUMBER = text(f"""
    SELECT {_FOUND}, own.id AS own, own.place AS own_place, mine.low AS number
    FROM json_each(:keys) AS asked
    CROSS JOIN claim AS mine ON mine.id = asked.value
    CROSS JOIN series AS own ON own.id = mine.series_id
    CROSS JOIN claim ON claim.low = mine.low AND claim.series_id <> own.id
    CROSS JOIN series ON series.id = claim.series_id AND series.place_entity_id IS own.place_entity_id
    JOIN measure ON measure.id = series.measure_id
    WHERE claim.latest IS NULL OR mine.latest IS NULL
        OR abs(julianday(claim.latest) - julianday(mine.latest)) <= :days
        OR EXISTS (SELECT 1 FROM review WHERE review.fact IN (claim.uid, mine.uid))""")
_BY_CORRECTION = text(f"""
    SELECT {_FOUND}, own.id AS own, own.place AS own_place, CAST(correction.low AS REAL) AS number
    FROM correction
    CROSS JOIN claim ON claim.uid = correction.fact
    CROSS JOIN series ON series.id = claim.series_id
    JOIN series AS own ON own.place_entity_id IS series.place_entity_id AND own.id <> series.id
        AND own.id IN (SELECT value FROM json_each(:keys))
    JOIN measure ON measure.id = series.measure_id
    WHERE correction.low IS NOT NULL""")
_OF_NUMBER = text(f"""
    SELECT {_FOUND}, own.id AS own, own.place AS own_place, claim.low AS number
    FROM claim
    CROSS JOIN series ON series.id = claim.series_id AND series.id <> :own
    JOIN series AS own ON own.id = :own AND own.place_entity_id IS series.place_entity_id
    JOIN measure ON measure.id = series.measure_id
    WHERE claim.low = :number""")
# Of articles of one text the first one published counts: all of them are needed to tell.
_COPIES = text("""
    SELECT claim.id, copy.id FROM json_each(:keys) AS asked
    CROSS JOIN claim ON claim.id = asked.value
    CROSS JOIN claim AS copy ON copy.uid = claim.uid AND copy.series_id = claim.series_id""")

_Number = tuple[int, float]  # a series and a number in it


def doubles(
    connection: Connection, rows_of: Mapping[int, Sequence[RowMapping]]
) -> Iterator[tuple[int, Clash]]:
    """The pairs of a claim of these series and one of another; with the series that each belongs to.

    `rows_of` are the claims of each series, of `told_rows`: all, or all of some numbers.
    """
    mine: dict[_Number, list[RowMapping]] = defaultdict(list)
    for series, rows in rows_of.items():
        for row in counted_once(rows):
            if _is_telling(row):
                mine[series, row["low"]].append(row)
    others = _others(connection, mine)
    names = names_in(connection, [row for rows in (*mine.values(), *others.values()) for row in rows])
    for (own, number, _), claims in sorted(others.items(), key=lambda item: item[0]):
        pair = _mistaken(mine[own, number], claims, names)
        if pair is not None:
            a, b = pair
            uid = uid_of("other measure", *sorted((a["uid"], b["uid"])))
            yield (
                int(a["series_id"]),
                Clash(uid, "other measure", doubled(a, b), (int(a["id"]), int(b["id"]))),
            )


def _mistaken(
    mine: Sequence[RowMapping], others: Sequence[RowMapping], names: Mapping[int, frozenset[str]]
) -> tuple[RowMapping, RowMapping] | None:
    """The pair that tells best that both are of one count; see `same_numbers.mistaken`."""
    a = [row for row in mine if any(_may_be_one(row, other) for other in others)]
    b = [row for row in others if any(_may_be_one(row, one) for one in mine)]
    voices = heard([*a, *b], names)
    counted = {
        row["id"]: Counting(
            row["id"], as_told(row, voices[row["id"]]), _of(row), row["series_place"] is not None
        )
        for row in (*a, *b)
    }
    pair = mistaken([counted[row["id"]] for row in a], [counted[row["id"]] for row in b])
    said = {row["id"]: row for row in (*a, *b)}
    return (said[pair[0].id], said[pair[1].id]) if pair is not None else None


def _may_be_one(a: RowMapping, b: RowMapping) -> bool:
    """Whether two rows of one number are of neighbouring measures, and near enough in time."""
    day, other = day_in(a), day_in(b)
    near = day is not None and other is not None and abs(day - other) <= NEAR
    return near and are_neighbours(_of(a), _of(b))


@lru_cache(maxsize=4096)
def _measured(measure: str, unit: str) -> Measured:
    return measured(measure, unit)


def _of(row: RowMapping) -> Measured:
    return _measured(row["measure_name"], row["unit"] or "")


def _is_telling(row: RowMapping) -> bool:
    return row["relation"] == "value" and row["low"] is not None and is_telling(row["low"])


def _others(
    connection: Connection, mine: Mapping[_Number, Sequence[RowMapping]]
) -> dict[tuple[int, float, int], list[RowMapping]]:
    """The claims of neighbouring measures at the same places that have one of the numbers, as read now.

    By series, number and the other series.
    """
    found: dict[int, set[_Number]] = defaultdict(set)  # claims -> whose number they have
    units = {key: {_of(row) for row in rows} for key, rows in mine.items()}
    for row in _candidates(connection, mine):
        here, there = (folded_place(row[name] or "") for name in ("own_place", "place"))
        placed = row["place_entity_id"] is not None or here == there
        what = _measured(row["name"], row["unit"] or "")
        beside = units.get((row["own"], row["number"]), ())
        # What is counted in a corrected unit is told when it is read.
        if placed and (row["is_reviewed"] or any(are_neighbours(what, one) for one in beside)):
            found[row["id"]].add((row["own"], row["number"]))
    if found:
        copies = connection.execute(_COPIES, {"keys": json.dumps(sorted(found))}).all()
        for claim, copy in copies:
            found[copy] |= found[claim]
    by_series: dict[int, list[RowMapping]] = defaultdict(list)
    for row in told_where(connection, "id", found):
        by_series[row["series_id"]].append(row)
    others: dict[tuple[int, float, int], list[RowMapping]] = defaultdict(list)
    for series, rows in by_series.items():
        for row in counted_once(rows):
            if _is_telling(row):
                for own, number in found[row["id"]]:
                    if row["low"] == number:
                        others[own, number, series].append(row)
    return others


def _candidates(connection: Connection, mine: Mapping[_Number, Sequence[RowMapping]]) -> Iterator[RowMapping]:
    """Claims at the places of series that have, or had before corrections, one of their numbers."""
    asked: list[int] = []
    corrected: list[_Number] = []
    for key, rows in mine.items():
        as_extracted = {row["latest"]: row["id"] for row in rows if row["low"] == row["extracted_low"]}
        asked += as_extracted.values()
        corrected += [] if as_extracted else [key]
    yield from _rows(connection, asked)
    for own, number in corrected:
        yield from connection.execute(_OF_NUMBER, {"own": own, "number": number}).mappings()
    if mine:
        series = sorted({own for own, _ in mine})
        yield from connection.execute(_BY_CORRECTION, {"keys": json.dumps(series)}).mappings()


def _rows(connection: Connection, keys: Collection[int]) -> Sequence[RowMapping]:
    asked = {"keys": json.dumps(sorted(keys)), "days": NEAR.days}
    return connection.execute(_BY_NUMBER, asked).mappings().all() if keys else []
