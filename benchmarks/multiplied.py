"""A base many times over in one file, for measuring what reads it: rows are copied under other keys and uids.

Loading as many articles one by one takes hours; what reads a base cannot tell. The most frequent names are
those of all copies, as in news: a country is named everywhere.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

OFTEN = 20  # names that all copies share
_SHARED = """
    UPDATE mention SET entity_id = :first WHERE entity_id IN (
        SELECT entity.id FROM entity JOIN entity AS of_first ON of_first.id = :first
        WHERE entity.name = of_first.name AND entity.kind = of_first.kind
    )"""


def multiply(path: Path, times: int) -> None:
    """Have everything in a base so many times."""
    connection = sqlite3.connect(path)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    hidden = ("search_", "sqlite_", "alembic_")
    tables = [name for (name,) in connection.execute(query) if not name.startswith(hidden)]
    apart = 1 + max(_largest(connection, table) for table in tables)
    for table in tables:
        _copy(connection, table, times, apart)
    common = """
        SELECT entity_id FROM mention JOIN entity ON entity.id = mention.entity_id
        WHERE entity.id < ? GROUP BY 1 ORDER BY count(*) DESC LIMIT ?"""
    for (first,) in connection.execute(common, (apart, OFTEN)).fetchall():
        connection.execute(_SHARED, {"first": first})
    connection.execute("INSERT INTO search (search) VALUES ('rebuild')")
    for _, statement in triggers:
        connection.execute(statement)
    connection.commit()
    connection.execute("ANALYZE")
    connection.close()


def _largest(connection: sqlite3.Connection, table: str) -> int:
    (largest,) = connection.execute(f"SELECT max(rowid) FROM {table}").fetchone()
    return largest or 0


def _copy(connection: sqlite3.Connection, table: str, times: int, apart: int) -> None:
    """The rows of a table under other keys: numbers that point at rows move, public ids get a number."""
    fields = connection.execute(f"PRAGMA table_info({table})").fetchall()
    points = {row[3] for row in connection.execute(f"PRAGMA foreign_key_list({table})")}
    keys = {row[1] for row in fields if row[5] and "INT" in row[2].upper()}
    unique = set()
    for index in connection.execute(f"PRAGMA index_list({table})").fetchall():
        if index[2]:
            unique |= {row[2] for row in connection.execute(f"PRAGMA index_info({index[1]})")}
    chosen = []
    for _, name, kind, *_ in fields:
        if "INT" in kind.upper() and (name in points | keys or name.endswith("_id")):
            chosen.append(f'"{name}" + copy.nth * {apart}')
        elif name in (unique | points | {"uid", "fact"}) - {"kind"} and "INT" not in kind.upper():
            chosen.append(f"\"{name}\" || 'x' || copy.nth")
        else:
            chosen.append(f'"{name}"')
    columns = ", ".join(f'"{row[1]}"' for row in fields)  # without those that are computed
    connection.execute(
        f"""WITH RECURSIVE copy (nth) AS (
            SELECT 1 UNION ALL SELECT nth + 1 FROM copy WHERE nth + 1 < {times}
        ) INSERT INTO {table} ({columns})
        SELECT {", ".join(chosen)} FROM copy, {table} WHERE {table}.rowid < {apart}"""
    )
