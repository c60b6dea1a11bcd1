"""Rows of the public views as typed rows: what every question does with its SELECT."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import sqlite3
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import RowMapping, text
from sqlalchemy.exc import DBAPIError

from kb.errors import UsageError
from kb.query.filters import Filter
from kb.store import Store, parts
from kb.store.connection import explained, reading

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

R = TypeVar("R", bound="DataclassInstance")
_DAYS = ("earliest", "latest")
_SHOWN = 60  # characters of a wrong query
_OWN = "give one statement with SELECT, VALUES or WITH; what changes the base are the other methods"
# Behind white space and comments. PRAGMA and ATTACH could write without a word: files, settings.
_ASKS = re.compile(
    r"(?:\s|--[^\n]*(?:\n|$)|/\*.*?\*/)*(?:SELECT|WITH|VALUES|EXPLAIN)\b", re.IGNORECASE | re.DOTALL
)


def related(
    store: Store, row_type: type[R], view: str, column: str, rows: Sequence[RowMapping], name: str
) -> list[RowMapping]:
    """The rows of a view whose column has one of the values that other rows have under a name."""
    found: list[RowMapping] = []
    for values in parts(sorted({row[name] for row in rows})):
        asked = Filter()
        asked.among(column, values)
        found += selected(store, f"SELECT {columns_of(row_type)} FROM {view} WHERE {asked.where}", asked)
    return found


def columns_of(row_type: type[R], *without: str, prefix: str = "") -> str:
    """The columns of a view that a row has, for a SELECT; `prefix` names the view where there are more."""
    fields = (field for field in dataclasses.fields(row_type) if "found" not in field.metadata)
    names = (field.name for field in fields if field.name not in without)
    return ", ".join(f'{prefix}"{name}"' for name in names)


def selected(store: Store, query: str, asked: Filter, limit: int | None = None) -> Sequence[RowMapping]:
    """The rows of a SELECT, the values of its conditions filled in.

    Raises:
        UsageError: `limit` is no count.
        StoreError: the base cannot be read.
    """
    at_most(limit)
    if limit is not None:
        query = f"{query} LIMIT {limit}"
    with explained(store.path):
        return store.connection.execute(text(query), asked.values).mappings().all()


def at_most(limit: int | None) -> None:
    """Refuse what is no number of rows: SQL and slices would each make something else of it.

    Raises:
        UsageError: it is none.
    """
    if limit is not None and (not isinstance(limit, int) or limit < 0):
        raise UsageError(f"limit {limit!r} is no number of rows: give one like 20, or leave it out")


def typed(row_type: type[R], row: RowMapping, **more: Any) -> R:
    """A typed row from columns of the same names; days become dates."""
    told = dict(row.items())
    values = {name: told[name] for name in _names(row_type) if name in told}
    values |= {day: dt.date.fromisoformat(values[day]) for day in _DAYS if values.get(day)}
    return row_type(**values | more)


@cache
def _names(row_type: type[DataclassInstance]) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(row_type))


def query_rows(store: Store, query: str, values: Mapping[str, object]) -> list[dict[str, Any]]:
    """The rows of somebody's own SELECT. Nothing can be written by it, in this file or another.

    Raises:
        UsageError: it is no single SELECT, or a value that it names is not given.
        StoreError: SQLite refuses the query.
    """
    if not _ASKS.match(query):
        raise UsageError(f"{query[:_SHOWN]!r} asks nothing: {_OWN}")
    statement = text(query)
    missing = sorted(set(statement.compile().params) - set(values))
    if missing:
        raise UsageError(f"the query has no value for :{missing[0]}: give it as {missing[0]}=...")
    with explained(store.path), reading(store.connection):
        try:
            return [dict(row) for row in store.connection.execute(statement, values).mappings()]
        except DBAPIError as error:
            if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_READONLY:
                raise UsageError(f"{query[:_SHOWN]!r} would write: {_OWN}") from error
            raise
