"""What was deleted taken out of the file: SQLite leaves it in free pages, in the index and in its log."""

from __future__ import annotations

from sqlalchemy import Connection

from kb.store.connection import explained
from kb.store.store import Store


def rebuild_index(connection: Connection) -> None:
    """Make the search index anew from the passages: the words of deleted ones stay in it until then."""
    connection.exec_driver_sql("INSERT INTO search (search) VALUES ('rebuild')")


def sweep(store: Store) -> bool:
    """Write the file anew without its free pages and empty its log; whether nothing was in the way.

    Another process that reads may keep the log alive: then it is False, and to be done again. Needs as
    much free disk as the base has bytes, twice.

    Raises:
        StoreError: the base cannot be written.
    """
    with explained(store.path):
        store.connection.exec_driver_sql("VACUUM")
        busy, _, _ = store.connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    return not busy
