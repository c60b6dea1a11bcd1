"""What a decision is about, found by its uid or name: facts, entities, articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, text

from kb.errors import UsageError
from kb.model.values import EntityKind
from kb.resolve.keys.names import folded_name

TABLES = ("claim", "report", "mention")
_MANY = 12  # names to choose from in a message


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact by its uid, and the table that it is in: claim, report or mention."""

    uid: str
    table: str


def fact_of(connection: Connection, uid: str) -> Fact:
    """The fact that has a uid, be it of a current reading or of one before.

    Raises:
        UsageError: no fact has it.
    """
    for table in TABLES:
        if connection.execute(text(f"SELECT 1 FROM {table} WHERE uid = :uid"), {"uid": uid}).first():
            return Fact(uid, table)
    raise UsageError(f"no fact has the uid {uid!r}: kb review --json lists what there is to review")


def chain_of(connection: Connection, fact: Fact) -> list[str]:
    """The fact, and if it is a name the mentions of the same one in its article that read as it does now."""
    if fact.table != "mention":
        return [fact.uid]
    query = text("""
        SELECT DISTINCT other.uid FROM corrected_mention AS one
        JOIN current_reading USING (revision_id, run_id)
        JOIN corrected_mention AS other ON other.revision_id = one.revision_id AND other.run_id = one.run_id
            AND other.chain = one.chain AND other.name = one.name AND other.kind = one.kind
        WHERE one.uid = :uid ORDER BY other.uid""")
    return sorted({fact.uid, *connection.execute(query, {"uid": fact.uid}).scalars()})


def entity_of(connection: Connection, said: str) -> tuple[EntityKind, str]:
    """Kind and name of the entity that has a uid (or one of its mentions has it) or a name.

    Raises:
        UsageError: there is none, or several have the name.
    """
    query = text("""
        SELECT DISTINCT entity.uid, entity.name, entity.kind FROM entity
        WHERE entity.uid = :said
            OR entity.id IN (SELECT entity_id FROM mention WHERE uid = :said)
            OR entity.id IN (SELECT entity_id FROM name WHERE key = :key)
        ORDER BY entity.uid <> :said, entity.name, entity.uid""")
    rows = connection.execute(query, {"said": said, "key": folded_name(said)}).mappings().all()
    if not rows:
        raise UsageError(f"no entity has the uid or the name {said!r}: kb entities lists them")
    named = {(row["kind"], row["name"]) for row in rows}
    if len(named) > 1 and rows[0]["uid"] != said:
        raise UsageError(f"{said!r} names {len(rows)} entities, say which by its uid: {_listed(rows)}")
    return rows[0]["kind"], rows[0]["name"]


def _listed(rows: Sequence[RowMapping]) -> str:
    return ", ".join(f"{row['uid']} ({row['name']}, {row['kind']})" for row in rows[:_MANY])
