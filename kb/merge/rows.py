"""Rows of another base with the keys that they have in this one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select

from kb.model.tables import Row, RunRow, table_of
from kb.store import insert_rows, next_id
from kb.store.rows import insert_row

Record = dict[str, Any]
_RUN = table_of(RunRow)
# Groups are computed in every base anew.
_COMPUTED = ("entity_id", "event_id", "measure_id", "series_id", "publisher_id")


class Keys:
    """Which key a row of the other base has here, by table; runs are told by what they are."""

    def __init__(self, here: Connection, there: Connection) -> None:
        self.here, self.there = here, there
        self._keys: dict[str, dict[int, int]] = defaultdict(dict)
        self._runs: dict[int, int] = {}

    def forget(self) -> None:
        """Begin with another article; a transaction that was undone leaves no keys either."""
        self._keys.clear()
        self._runs.clear()

    def know(self, table: str, there: int, here: int) -> None:
        """Let rows that point at the one point at the other."""
        self._keys[table][there] = here

    def of(self, table: str, there: int) -> int:
        """The key here."""
        return self.run(there) if table == "run" else self._keys[table][there]

    def knows(self, table: str, there: int) -> bool:
        """Whether the row has a key here."""
        return there in self._keys[table]

    def run(self, there: int) -> int:
        """The same run here: of the same tool or person, begun at the same moment; made if need be."""
        if there not in self._runs:
            row = dict(self.there.execute(select(_RUN).where(_RUN.c.id == there)).mappings().one())
            del row["id"]
            found = self.find_run(row)
            self._runs[there] = insert_row(self.here, RunRow, row) if found is None else found
        return self._runs[there]

    def find_run(self, row: Record) -> int | None:
        """The key of a run here by what it is, None if it is not there."""
        same = (_RUN.c[name].is_not_distinct_from(row[name]) for name in row if name != "id")
        found: int | None = self.here.execute(select(_RUN.c.id).where(*same).order_by(_RUN.c.id)).scalar()
        return found

    def pointing(self, table: Table, row: Record) -> Record:
        """A row that points at rows of this base; its groups are left open."""
        for column in table.columns:
            target = next((key.column.table.name for key in column.foreign_keys), None)
            if column.name in _COMPUTED:
                row[column.name] = None
            elif target is not None and row[column.name] is not None and target != "raw":
                row[column.name] = self.of(target, row[column.name])
        return row


def rows_there(keys: Keys, rows: type[Row], *where: ColumnElement[bool]) -> list[Record]:
    """Rows of the other base, in the order in which they came in."""
    table = table_of(rows)
    found = keys.there.execute(select(table).where(*where).order_by(table.c.id))
    return [dict(row) for row in found.mappings()]


def copy_rows(keys: Keys, rows: type[Row], found: Sequence[Record]) -> None:
    """Insert rows of the other base, in their order."""
    table = table_of(rows)
    first = next_id(keys.here, rows)
    for number, row in enumerate(found):
        keys.know(table.name, row["id"], first + number)
    copies = [keys.pointing(table, row) | {"id": first + number} for number, row in enumerate(found)]
    insert_rows(keys.here, rows, copies)
