"""What people say is counted under a measure: in words, appended, and taken back by appending."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Row, Select, select, text

from kb.desk.called import decision_uid
from kb.desk.person import person
from kb.errors import UsageError
from kb.model.plain import folded
from kb.model.tables import ClaimRow, MeasureDefinitionRow, now, table_of
from kb.resolve.keys.names import folded_name
from kb.resolve.things.definitions import define_measures
from kb.store import Store, insert_rows, next_id

_DEFINITION, _CLAIM = table_of(MeasureDefinitionRow), table_of(ClaimRow)
_MANY = 12  # measures to choose from in a message


@dataclass(frozen=True, slots=True)
class Definition:
    """A definition as it was appended: its uid, that of a claim of the measure, and the words."""

    uid: str
    measure: str
    definition: str


def define(store: Store, measure: str, words: str, *, by: str | None, note: str | None = None) -> Definition:
    """Append what is counted under a measure, given by its uid, by that of a claim of it, or by its words.

    Raises:
        UsageError: there is no such measure, the words fit several, or nothing is said of it.
        StoreError: the base cannot be written.
    """
    said = folded(words)
    if not said:
        raise UsageError("a definition says in words what is counted: give some")
    with store.transaction() as connection:
        fact = measure_of(connection, measure)
        made = Definition(_new_uid(connection, fact, said, by), fact, said)
        _append(connection, made, None, by, note)
    return made


def withdraw_definition(store: Store, said: str, *, by: str | None, note: str | None = None) -> Definition:
    """Take a definition back, given by its uid or by what names its measure; an earlier one counts again.

    Raises:
        UsageError: no definition that stands has the uid, and there is no such measure with one.
        StoreError: the base cannot be written.
    """
    with store.transaction() as connection:
        row = connection.execute(_standing().where(_DEFINITION.c.uid == said)).first()
        if (
            row is None
            and connection.execute(select(_DEFINITION.c.id).where(_DEFINITION.c.uid == said)).first()
        ):
            raise UsageError(f"no definition that stands has the uid {said}: it is taken back already")
        row = row or _last_of(connection, measure_of(connection, said))
        if row is None:
            raise UsageError(f"nobody defined the measure {said!r}: kb measures list --json has definitions")
        gone = Definition(_new_uid(connection, row.measure, row.definition, by), row.measure, row.definition)
        _append(connection, gone, row.uid, by, note)
    return gone


def _last_of(connection: Connection, fact: str) -> Row[tuple[str, str, str]] | None:
    """The definition that counts for the measure of a claim."""
    measure = select(_CLAIM.c.measure_id).where(_CLAIM.c.uid == fact).limit(1).scalar_subquery()
    claims = select(_CLAIM.c.uid).where(_CLAIM.c.measure_id == measure)
    last_first = (_DEFINITION.c.recorded_at.desc(), _DEFINITION.c.id.desc())
    return connection.execute(
        _standing().where(_DEFINITION.c.measure.in_(claims)).order_by(*last_first).limit(1)
    ).first()


def measure_of(connection: Connection, said: str) -> str:
    """The uid of a claim of a measure, of such a uid or of the measure's own, or of words that name it.

    Raises:
        UsageError: nothing has the uid or the words, or several measures do.
    """
    if connection.execute(text("SELECT 1 FROM claim WHERE uid = :uid"), {"uid": said}).first():
        return said
    found = measures_named(connection, said)
    if len(found) == 1:
        return found[0][0]
    if not found:
        raise UsageError(f"no measure has the uid or the words {said!r}: kb measures list shows them")
    listed = ", ".join(f"{uid} ({name}, {unit})" for uid, name, unit in found[:_MANY])
    raise UsageError(f"{said!r} fits {len(found)} measures, say which by its uid: {listed}")


def measures_named(connection: Connection, said: str) -> list[tuple[str, str, str]]:
    """Uid, name and unit of the measures with this name, else of those whose names have all the words."""
    words = folded_name(said).split()
    if not words:
        return []
    query = text("SELECT uid, name, unit FROM measure WHERE name LIKE :word ORDER BY name, unit, uid")
    likely = connection.execute(query, {"word": f"%{words[0]}%"}).all()
    named = {row: folded_name(row[1]) for row in likely}
    return [row for row, name in named.items() if name.split() == words] or [
        row for row, name in named.items() if all(word in name for word in words)
    ]


def _standing() -> Select[tuple[str, str, str]]:
    """The definitions that were not taken back."""
    gone = select(_DEFINITION.c.withdraws).where(_DEFINITION.c.withdraws.is_not(None))
    return select(_DEFINITION.c.uid, _DEFINITION.c.measure, _DEFINITION.c.definition).where(
        _DEFINITION.c.withdraws.is_(None), _DEFINITION.c.uid.not_in(gone)
    )


def _append(
    connection: Connection, made: Definition, withdraws: str | None, by: str | None, note: str | None
) -> None:
    row = {
        "id": next_id(connection, MeasureDefinitionRow),
        "uid": made.uid,
        "measure": made.measure,
        "definition": made.definition,
        "withdraws": withdraws,
        "by": person(by),
        "recorded_at": now(),
        "note": note,
    }
    insert_rows(connection, MeasureDefinitionRow, [row])
    define_measures(connection)


def _new_uid(connection: Connection, measure: str, words: str, by: str | None) -> str:
    return decision_uid(connection, MeasureDefinitionRow, "definition", measure, words, by=by)
