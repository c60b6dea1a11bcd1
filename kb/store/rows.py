"""Rows in bulk, by Core statements: for storing facts and for writing groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, func, insert, select, update

from kb.model.tables import Row, table_of

MANY = 4_096  # values in one statement; SQLite allows 32,766

Value = TypeVar("Value")


def parts(values: Iterable[Value]) -> Iterator[list[Value]]:
    """The values in lists that fit into one statement: what `IN` looks for.

    The last of a list stands there as often as makes their number a power of two: so there are few
    different statements, which are compiled once.
    """
    everything = list(values)
    for start in range(0, len(everything), MANY):
        part = everything[start : start + MANY]
        yield part + part[-1:] * ((1 << (len(part) - 1).bit_length()) - len(part))


def next_id(connection: Connection, row: type[Row]) -> int:
    """The first free integer key of a table. Only sound inside a write transaction: one writer at a time."""
    highest: int | None = connection.exec_driver_sql(_highest(row)).scalar()
    return (highest or 0) + 1


@cache
def _highest(row: type[Row]) -> str:
    return str(select(func.max(table_of(row).c.id)))


def insert_row(connection: Connection, row: type[Row], values: Mapping[str, Any]) -> int:
    """Insert one row and return the key that it got."""
    key = connection.execute(insert(table_of(row)).values(values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def insert_rows(connection: Connection, row: type[Row], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows; every mapping names the same columns, the key too or not. No rows are fine."""
    if rows:
        connection.execute(insert(table_of(row)), rows)


def set_links(
    connection: Connection, row: type[Row], column: str, links: Iterable[tuple[int, int | None]]
) -> None:
    """Point facts at their groups: set `column` of the rows by pairs of (row's id, group's id)."""
    table = table_of(row)
    values = [{"row_id": row_id, "group_id": group_id} for row_id, group_id in links]
    if values:
        statement = update(table).where(table.c.id == bindparam("row_id"))
        connection.execute(statement.values({column: bindparam("group_id")}), values)
