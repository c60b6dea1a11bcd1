"""What decisions are called: uids of what they say and of who says it, the same in whatever base."""

from __future__ import annotations

from collections.abc import Set

from sqlalchemy import Connection, select

from kb.desk.person import person
from kb.model.tables import Row, table_of
from kb.model.uids import fresh_uid


def decision_uid(
    connection: Connection,
    rows: type[Row],
    *said: str,
    by: str | None,
    taken: Set[str] = frozenset(),
) -> str:
    """The uid of a decision of one table: of what it says, by whom, and how often they said it before.

    Two people who say the same are two voices, and keep their uids when their bases are merged. `taken` are
    uids given in this transaction that are not in the table yet.
    """
    table = table_of(rows)

    def is_taken(uid: str) -> bool:
        query = select(table.c.id).where(table.c.uid == uid)
        return uid in taken or connection.execute(query).first() is not None

    return fresh_uid(is_taken, *said, person(by))
