"""Which series counts a subgroup of another: the women among those held, the children among the killed.

Told by the claims themselves, where one is a part of another ("including 168 women"); else by the
measure: "168 women are held" is a part of all who are held, at the same place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, RowMapping, TextClause, bindparam, text

from kb.store import parts

_ALL = "\uffff"  # sorts after every key that begins alike
_SERIES = "SELECT id FROM series WHERE id IN :keys"
_BY_CLAIMS = """
    SELECT claim.series_id AS id, whole.series_id AS whole_id, series.uid AS whole_uid, count(*) AS claims,
        (SELECT min(key) FROM group_key INDEXED BY ix_group_key_thing
            WHERE kind = 'measure' AND thing_id = claim.measure_id) AS key,
        (SELECT min(key) FROM group_key INDEXED BY ix_group_key_thing
            WHERE kind = 'measure' AND thing_id = whole.measure_id) AS whole_key
    FROM claim
    JOIN claim AS whole ON whole.id = claim.part_of_id
    JOIN series ON series.id = whole.series_id
    WHERE claim.series_id IN :keys AND whole.series_id <> claim.series_id
        AND coalesce(claim.unit, '') NOT IN ('%', 'share')
    GROUP BY claim.series_id, whole.series_id"""
_BY_MEASURE = """
    SELECT series.id, series.place, series.place_entity_id, group_key.key
    FROM series
    CROSS JOIN group_key INDEXED BY ix_group_key_thing
        ON group_key.kind = 'measure' AND group_key.thing_id = series.measure_id
    WHERE series.id IN :keys
    ORDER BY series.id, group_key.key"""
_OF_PARTS = text("""
    SELECT series.id FROM group_key
    CROSS JOIN series INDEXED BY ix_series_measure_id ON series.measure_id = group_key.thing_id
    WHERE group_key.kind = 'measure' AND group_key.key > :first AND group_key.key < :last
        AND series.place_entity_id IS :entity""")
_WHOLE = text("""
    SELECT series.id FROM group_key
    CROSS JOIN series INDEXED BY ix_series_measure_id ON series.measure_id = group_key.thing_id
    WHERE group_key.kind = 'measure' AND group_key.key = :key AND series.id <> :id
        AND series.place_entity_id IS :entity
        AND (series.place_entity_id IS NOT NULL OR series.place IS :place)
    ORDER BY series.id""")
_TOLD_PARTS = """
    SELECT DISTINCT part.series_id AS id FROM claim
    CROSS JOIN claim AS part INDEXED BY ix_claim_part_of_id ON part.part_of_id = claim.id
    WHERE claim.series_id IN :keys AND part.series_id IS NOT NULL"""


def link_subgroups(connection: Connection, series: Iterable[int]) -> None:
    """Point series that changed, and those that are or may be parts of them, at their wholes."""
    changed = set(series)
    concerned = changed | _told_parts(connection, changed) | _parts_by_measure(connection, changed)
    values = [{"row_id": part, "whole": whole} for part, whole in wholes_of(connection, concerned).items()]
    if values:
        connection.execute(text("UPDATE series SET part_of_id = :whole WHERE id = :row_id"), values)


def wholes_of(connection: Connection, series: Iterable[int]) -> dict[int, int | None]:
    """For each series the one that it is a subgroup of, or None."""
    series = set(series)
    found: dict[int, int | None] = {row["id"]: None for row in _rows(connection, _SERIES, series)}
    for row in _rows(connection, _BY_MEASURE, series):
        if found[row["id"]] is None:
            found[row["id"]] = _whole_by_measure(connection, row)
    told: dict[int, tuple[int, str]] = {}
    for row in _rows(connection, _BY_CLAIMS, series):
        if not _is_of_one_state(row["key"], row["whole_key"]):
            continue
        best = min(told.get(row["id"], (0, "")), (-row["claims"], row["whole_uid"]))
        if best == (-row["claims"], row["whole_uid"]):
            told[row["id"]] = best
            found[row["id"]] = row["whole_id"]
    return found


def _is_of_one_state(part: str | None, whole: str | None) -> bool:
    """Whether both are in one state, or words tell them: those freed are no part of those held."""
    states = [key.split("|")[1] for key in (part, whole) if key is not None and not key.startswith("words|")]
    return len(set(states)) <= 1


def _whole_by_measure(connection: Connection, row: RowMapping) -> int | None:
    """The series of the whole measure at the same place, where the measure is of a part."""
    fields = row["key"].split("|")
    if len(fields) != 4 or not fields[2]:
        return None
    asked = {
        "key": "|".join((*fields[:2], "", fields[3])),
        "id": row["id"],
        "entity": row["place_entity_id"],
        "place": row["place"],
    }
    found: int | None = connection.execute(_WHOLE, asked).scalar()
    return found


def _told_parts(connection: Connection, series: Iterable[int]) -> set[int]:
    """The series of claims that are told as parts of claims of these."""
    return {row["id"] for row in _rows(connection, _TOLD_PARTS, series)}


def _parts_by_measure(connection: Connection, series: Iterable[int]) -> set[int]:
    """The series whose measure is of a part of what one of these counts."""
    found: set[int] = set()
    for row in _rows(connection, _BY_MEASURE, series):
        fields = row["key"].split("|")
        if len(fields) == 4 and not fields[2]:
            begin = "|".join(fields[:2]) + "|"
            asked: Mapping[str, Any] = {
                "first": begin,
                "last": begin + _ALL,
                "entity": row["place_entity_id"],
            }
            found |= set(connection.execute(_OF_PARTS, asked).scalars())
    return found


def _rows(connection: Connection, query: str, keys: Iterable[int]) -> list[RowMapping]:
    found: list[RowMapping] = []
    for part in parts(sorted(keys)):
        found += connection.execute(_statement(query), {"keys": part}).mappings()
    return found


@cache
def _statement(query: str) -> TextClause:
    return text(query).bindparams(bindparam("keys", expanding=True))
