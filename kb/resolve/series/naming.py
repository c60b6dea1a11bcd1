"""What series are called: by the smallest uid of their claims, and by its place where that is only words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, String, bindparam, cast, delete, text, update

from kb.model.tables import ConflictRow, SeriesRow, table_of
from kb.model.uids import uid_of
from kb.store import parts

_SERIES, _CONFLICT = table_of(SeriesRow), table_of(ConflictRow)
_LINES = text("""
    SELECT series.id, series.uid, series.place, series.place_entity_id, series.measure_id, measure.kind,
        (SELECT min(claim.uid) FROM claim WHERE claim.series_id = series.id) AS first
    FROM json_each(:keys) AS asked
    CROSS JOIN series ON series.id = asked.value
    LEFT JOIN measure ON measure.id = series.measure_id""")
# A claim whose place is lent to it tells none.
_PLACES = text("""
    SELECT asked.value, (
        SELECT coalesce(correction.place, claim.place) FROM claim
        LEFT JOIN correction ON correction.fact = claim.uid
        WHERE claim.series_id = asked.value AND coalesce(correction.place, claim.place, '') <> ''
        ORDER BY claim.uid, claim.id LIMIT 1)
    FROM json_each(:keys) AS asked""")


@dataclass(frozen=True, slots=True)
class Named:
    """A series as its claims make it: uid and place; its measure with its kind, its place's entity."""

    uid: str
    place: str | None
    measure: int
    kind: str | None
    place_entity: int | None


def name_series(connection: Connection, series: Iterable[int]) -> dict[int, Named]:
    """Name series after their claims, and return them; those without any go."""
    renamed, gone, kept = [], [], {}
    for key, stored, place, named in _named(connection, series):
        if named is None:
            gone.append(key)
            continue
        kept[key] = named
        if (stored, place) != (named.uid, named.place):
            renamed.append({"row_id": key, "uid": named.uid, "place": named.place})
    for part in parts(gone):
        connection.execute(delete(_CONFLICT).where(_CONFLICT.c.series_id.in_(part)))
        connection.execute(update(_SERIES).where(_SERIES.c.part_of_id.in_(part)).values(part_of_id=None))
        connection.execute(delete(_SERIES).where(_SERIES.c.id.in_(part)))
    if renamed:
        # First without a uid of their own: the claim that gave it may be in another of them by now.
        one = update(_SERIES).where(_SERIES.c.id == bindparam("row_id"))
        connection.execute(
            one.values(uid=cast(_SERIES.c.id, String)), [{"row_id": row["row_id"]} for row in renamed]
        )
        connection.execute(one, renamed)
    return kept


def misnamed(connection: Connection, series: Iterable[int]) -> Iterator[tuple[str, Named | None]]:
    """The stored uids of series that are not named after their claims, and what these make of them."""
    for _, uid, place, named in _named(connection, series):
        if named is None or (uid, place) != (named.uid, named.place):
            yield uid, named


def series_uid(claims: Iterable[str]) -> str:
    """The uid of a series: made of the smallest uid of its claims."""
    return uid_of("series", min(claims))


def _named(
    connection: Connection, series: Iterable[int]
) -> Iterator[tuple[int, str, str | None, Named | None]]:
    """Series with their stored uid and place, and what their claims make of them."""
    asked = json.dumps(sorted(set(series)))
    rows = connection.execute(_LINES, {"keys": asked}).mappings().all()
    written = [row["id"] for row in rows if row["place_entity_id"] is None and row["place"] is not None]
    told = connection.execute(_PLACES, {"keys": json.dumps(written)}).all()
    places: dict[int, str | None] = dict(told)
    for row in rows:
        named = None
        if row["first"] is not None:
            place = places.get(row["id"], row["place"])
            about = (row["measure_id"], row["kind"], row["place_entity_id"])
            named = Named(series_uid([row["first"]]), place, *about)
        yield row["id"], row["uid"], row["place"], named
