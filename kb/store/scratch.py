"""A private copy of a base, to be rewritten at will: what a question about the past is asked of."""

from __future__ import annotations

import sqlite3

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from kb.store.connection import explained
from kb.store.store import Store


def scratch(store: Store) -> Store:
    """A copy of the base as it is at this moment, without the triggers that keep its rows as they are.

    It has no name: SQLite keeps it in memory, spills what is too much into a file of its own, and
    forgets all when it is closed. The base itself is only read.

    Raises:
        StoreError: the base cannot be read.
    """
    driver = sqlite3.connect("")
    try:
        with explained(store.path):
            store.driver.backup(driver)
            for (name,) in driver.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                driver.execute(f"DROP TRIGGER {name}")
            driver.execute("PRAGMA synchronous = OFF")
            driver.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        driver.close()
        raise
    engine = create_engine(
        "sqlite://", creator=lambda: driver, poolclass=NullPool, isolation_level="AUTOCOMMIT"
    )
    return Store(store.path, engine.connect(), read_only=False)
