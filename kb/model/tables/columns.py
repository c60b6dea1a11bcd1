"""What the tables share: the metadata with its naming convention, types and checks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar, get_args

from sqlalchemy import CheckConstraint, DateTime, MetaData, Table
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(SQLModel):
    """A row of a table of kb; all tables share one metadata, apart from those of other SQLModel users."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)


def table_of(row: type[Row]) -> Table:
    """The table behind a class of rows, for Core statements."""
    return row.metadata.tables[str(row.__tablename__)]


class UTCDateTime(TypeDecorator[dt.datetime]):
    """A moment, aware of its time zone in Python, kept in UTC in the database (SQLite drops offsets)."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, _dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a time zone: {value}")
        return value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(self, value: dt.datetime | None, _dialect: Dialect) -> dt.datetime | None:
        return None if value is None else value.replace(tzinfo=dt.UTC)


def now() -> dt.datetime:
    """The present moment in UTC: the default of every `recorded_at`."""
    return dt.datetime.now(dt.UTC)


def one_of(column: str, values: Iterable[str] | Any, *, null: bool = False) -> CheckConstraint:
    """A CHECK that a TEXT column holds one of the values: a Literal type or a list of strings."""
    words = ", ".join(f"'{value}'" for value in (get_args(values) or values))
    said = f"{column} IN ({words})"
    return CheckConstraint(
        f"{column} IS NULL OR {said}" if null else f"{column} IS NOT NULL AND {said}", name=column
    )


def interval_checks(prefix: str = "") -> tuple[CheckConstraint, ...]:
    """The CHECKs of an interval's four columns: ISO days, in order, none where the date is unknown."""
    date, earliest, latest = f"{prefix}date", f"{prefix}earliest", f"{prefix}latest"

    def check(words: str, name: str) -> CheckConstraint:
        return CheckConstraint(words, name=prefix + name)

    return (
        # `date('2021-02-31')` is valid to SQLite; adding no days normalizes it, and is not fooled.
        check(f"{earliest} IS NULL OR date({earliest}, '+0 days') IS {earliest}", "earliest_day"),
        check(f"{latest} IS NULL OR date({latest}, '+0 days') IS {latest}", "latest_day"),
        check(f"{earliest} IS NULL OR {latest} IS NULL OR {earliest} <= {latest}", "interval_order"),
        check(f"{date} IS NOT NULL OR ({earliest} IS NULL AND {latest} IS NULL)", "interval_date"),
        one_of(f"{prefix}date_basis", ("stated", "publication", "text"), null=True),
    )
