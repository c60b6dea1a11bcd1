"""How the figures of a stored series stand to each other, where nothing clashes: told when it is asked."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from kb.model.tables import SeriesRow, table_of
from kb.resolve.relations.explain import explanation
from kb.resolve.relations.multiples import Bound
from kb.resolve.relations.pairs import Told, steps
from kb.resolve.relations.told import counted_once, told_claims, told_rows, told_where

_SERIES = table_of(SeriesRow)


def steps_of(connection: Connection, series: int) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """What each number of a series agrees with or updates: the kind, why, and the uids of both claims."""
    rows = counted_once(told_rows(connection, series))
    kind = next((row["measure_kind"] for row in rows), None)
    by_uid = {row["uid"]: row for row in rows}
    for a, b, what in steps(list(told_claims(connection, rows).values()), kind):
        yield what, explanation(what, by_uid[a.uid], by_uid[b.uid]), (a.uid, b.uid)


def told_of(connection: Connection, bound: Bound) -> list[Told]:
    """The figures of the series that a multiple's baseline is in; none where there is no such series."""
    if not bound.is_elsewhere:
        series = [bound.series]
    elif bound.place_entity is None:
        series = []
    else:
        at = _SERIES.c.place_entity_id == bound.place_entity
        query = select(_SERIES.c.id).where(_SERIES.c.measure_id == bound.measure, at)
        series = list(connection.execute(query).scalars())
    rows = counted_once(told_where(connection, "series_id", series))
    return list(told_claims(connection, rows).values())
