"""The schema of a base, brought up to date: at first use, and by `kb migrate`.

One transaction holds the whole upgrade, so that two processes at first use wait for each other and
a killed one leaves nothing half-made. Plain `alembic upgrade head` runs the same steps.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from kb.errors import IntegrityError, StoreError
from kb.store.connection import APPLICATION_ID, connect, explained, write_ahead

HEAD = "0023"  # the newest step in migrations/versions; a test compares them


def migrations_path() -> Path:
    """The folder of the migrations: inside an installed kb, beside the package in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "migrations"
    return inside if inside.is_dir() else package.parent / "migrations"


def version_of(connection: Connection) -> str | None:
    """The step that the schema of an opened database is at; None for an empty one.

    Raises:
        StoreError: the tables are not kb's.
    """
    named = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
    tables = {name for (name,) in named}
    if not tables:
        return None
    ours = connection.exec_driver_sql("PRAGMA application_id").scalar() == APPLICATION_ID
    if "alembic_version" not in tables or not (ours or tables == {"alembic_version"}):
        raise StoreError("is not a database of kb: name another file with --db")
    version: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return version


def require_head(connection: Connection, path: Path) -> bool:
    """Whether the schema is the one this kb knows; False if it is older or not made yet.

    Raises:
        StoreError: the database is not kb's, or a newer kb made it.
    """
    try:
        version = version_of(connection)
    except StoreError as error:
        raise StoreError(f"{path} {error}") from None
    if version is not None and version > HEAD:
        raise StoreError(f"{path} was made by a newer kb (schema {version}, known here: {HEAD}): upgrade kb")
    return version == HEAD


@contextmanager
def migrating(path: Path) -> Iterator[Connection]:
    """A connection on which migrations may run, all in one transaction that is kept if all goes well.

    Foreign keys are off meanwhile (a rebuilt table would take its children's rows along) and are
    checked as a whole before the end.

    Raises:
        IntegrityError: a row would point at nothing after the migration.
        StoreError: the database is not kb's, is newer than this kb, or cannot be written.
    """
    connection = connect(path)
    try:
        with explained(path):
            require_head(connection, path)
            write_ahead(connection)
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield connection
                loose = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if loose:
                    raise IntegrityError(f"{path}: {len(loose)} rows point at nothing, as {tuple(loose[0])}")
                connection.exec_driver_sql("COMMIT")
            except BaseException:
                driver = connection.connection.driver_connection
                if isinstance(driver, sqlite3.Connection) and driver.in_transaction:
                    connection.exec_driver_sql("ROLLBACK")
                raise
    finally:
        connection.close()
        connection.engine.dispose()


def upgrade(path: Path) -> None:
    """Bring the schema to the newest step, whatever it is at; nothing happens if it is there."""
    from alembic import command
    from alembic.config import Config

    with migrating(path) as connection:
        if require_head(connection, path):  # another process may have been faster
            return
        config = Config()
        config.set_main_option("script_location", str(migrations_path()))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
