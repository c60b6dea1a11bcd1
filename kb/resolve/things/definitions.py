"""What measures are, in words of users: the last one that stands, stored beside the measure it defines."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, bindparam, select, update

from kb.model.tables import ClaimRow, MeasureDefinitionRow, MeasureRow, table_of

_DEFINITION, _MEASURE, _CLAIM = (table_of(row) for row in (MeasureDefinitionRow, MeasureRow, ClaimRow))


def define_measures(connection: Connection) -> None:
    """Bring the definitions of all measures up to date after claims moved, or somebody defined one."""
    changed = [{"row_id": measure, "words": words} for measure, (_, words) in _differing(connection).items()]
    if changed:
        statement = update(_MEASURE).where(_MEASURE.c.id == bindparam("row_id"))
        connection.execute(statement.values(definition=bindparam("words")), changed)


def definition_differences(connection: Connection) -> Iterator[str]:
    """The measures whose stored definition is not the last word on them, one sentence each."""
    for measure in _differing(connection):
        uid = connection.execute(select(_MEASURE.c.uid).where(_MEASURE.c.id == measure)).scalar_one()
        yield f"measure {uid} has another definition than was decided"


def _differing(connection: Connection) -> dict[int, tuple[str | None, str | None]]:
    """Measures -> the stored and the wanted definition, where these differ.

    A definition hangs on a claim, so it follows that one from measure to measure; of several that come
    together in one, the last word counts.
    """
    if connection.execute(select(_DEFINITION.c.id).limit(1)).first() is None:
        return {}
    gone = select(_DEFINITION.c.withdraws).where(_DEFINITION.c.withdraws.is_not(None))
    query = (
        select(_CLAIM.c.measure_id, _DEFINITION.c.definition)
        .join(_DEFINITION, _DEFINITION.c.measure == _CLAIM.c.uid)
        .where(
            _CLAIM.c.measure_id.is_not(None),
            _DEFINITION.c.withdraws.is_(None),
            _DEFINITION.c.uid.not_in(gone),
        )
        .order_by(_DEFINITION.c.recorded_at, _DEFINITION.c.id)
    )
    wanted: dict[int, str] = dict(connection.execute(query).all())
    query = select(_MEASURE.c.id, _MEASURE.c.definition).where(_MEASURE.c.definition.is_not(None))
    stored: dict[int, str] = dict(connection.execute(query).all())
    return {
        measure: (stored.get(measure), wanted.get(measure))
        for measure in sorted(stored.keys() | wanted.keys())
        if stored.get(measure) != wanted.get(measure)
    }
