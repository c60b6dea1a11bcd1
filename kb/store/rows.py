"""Rows in bulk: for storing facts, and for finding and writing groups.

Their statements are the same for every article, so their text is made once: to build and compile them
anew, as Core does, takes several times as long as SQLite takes to run them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.dialects import sqlite

from kb.model.tables import Row, table_of

MANY = 4_096  # values in one statement; SQLite allows 32,766
_DIALECT = sqlite.dialect()

Value = TypeVar("Value")
_Binder = Callable[[Any], Any] | None  # what makes a value one of the driver's, where it is none


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
    return f"SELECT max(id) FROM {_name(row)}"


def insert_row(connection: Connection, row: type[Row], values: Mapping[str, Any]) -> int:
    """Insert one row and return the key that it got."""
    statement, binders = _insert(row, tuple(values))
    return int(connection.exec_driver_sql(statement, _bound(values, binders)).lastrowid)


def insert_rows(connection: Connection, row: type[Row], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows; every mapping names the same columns, the key too or not. No rows are fine."""
    if rows:
        statement, binders = _insert(row, tuple(rows[0]))
        connection.exec_driver_sql(statement, [_bound(values, binders) for values in rows])


@cache
def _insert(row: type[Row], names: tuple[str, ...]) -> tuple[str, tuple[tuple[str, _Binder], ...]]:
    """The statement, and the columns in the order of its values."""
    types = [(name, table_of(row).c[name].type.dialect_impl(_DIALECT)) for name in names]
    marks = ", ".join("?" * len(names))
    statement = f"INSERT INTO {_name(row)} ({_listed(names)}) VALUES ({marks})"
    return statement, tuple((name, one.bind_processor(_DIALECT)) for name, one in types)


def _bound(values: Mapping[str, Any], binders: Iterable[tuple[str, _Binder]]) -> tuple[Any, ...]:
    return tuple(values[name] if bind is None else bind(values[name]) for name, bind in binders)


def set_links(
    connection: Connection, row: type[Row], column: str, links: Iterable[tuple[int, int | None]]
) -> None:
    """Point facts at their groups: set `column` of the rows by pairs of (row's id, group's id)."""
    values = [(group_id, row_id) for row_id, group_id in links]
    if values:
        connection.exec_driver_sql(f"UPDATE {_name(row)} SET {column} = ? WHERE id = ?", values)


def look_up(
    connection: Connection,
    row: type[Row],
    names: tuple[str, ...],
    by: str,
    values: Iterable[Any],
    **equal: str,
) -> Iterator[tuple[Any, ...]]:
    """Columns of the rows of which the column `by` is one of the values, and others `equal` theirs.

    For columns of numbers and texts: what the driver gives is told as it is.
    """
    for part in parts(values):
        statement = _looking_up(row, names, by, tuple(equal), len(part))
        yield from map(tuple, connection.exec_driver_sql(statement, (*equal.values(), *part)))


@cache
def _looking_up(row: type[Row], names: tuple[str, ...], by: str, equal: tuple[str, ...], number: int) -> str:
    beside = "".join(f'"{name}" = ? AND ' for name in equal)
    marks = ", ".join("?" * number)
    return f'SELECT {_listed(names)} FROM {_name(row)} WHERE {beside}"{by}" IN ({marks})'


def _name(row: type[Row]) -> str:
    return f'"{table_of(row).name}"'


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
