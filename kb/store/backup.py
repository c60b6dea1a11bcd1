"""A copy of an open base, by SQLite's online backup: whole, whoever writes meanwhile."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from kb.errors import StoreError
from kb.store.connection import database_path, explained
from kb.store.store import Store


def backup(store: Store, target: str | Path) -> Path:
    """Copy the base into a new file and return its path.

    Raises:
        StoreError: something is there already, or it cannot be written; then nothing is left there.
    """
    path = database_path(target)
    try:
        path.open("xb").close()  # claims the name: a file made meanwhile is never overwritten
    except FileExistsError:
        raise StoreError(f"{path} is there already: name a new file for the backup") from None
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}") from error
    try:
        with explained(path):
            copy = sqlite3.connect(path)
            try:
                store.driver.backup(copy)
            finally:
                copy.close()
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path
