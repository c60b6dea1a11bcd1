"""A database file and a connection to it: paths, pragmas, and the driver's errors in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from kb.errors import IntegrityError, StoreError, UsageError

APPLICATION_ID = 0x6B620001  # "kb", written into the file's header: tells a base of kb from other databases
BUSY_SECONDS = 60.0  # how long to wait for another writer; one article is written in a fraction of it
_STATEMENTS = 1_000  # kept as compiled; those over the views cost more to compile than to run
_MAGIC = b"SQLite format 3\0"
_SCHEME = "sqlite:///"


def database_path(target: str | Path) -> Path:
    """The file that `--db` names: a path, or a URL that begins with `sqlite:///`.

    Raises:
        UsageError: another kind of URL, or no name at all.
    """
    name = str(target)
    if name.startswith(_SCHEME):
        name = name.removeprefix(_SCHEME)
    elif "://" in name:
        raise UsageError(f"{name}: kb keeps its base in one SQLite file; give a path or sqlite:///PATH")
    if not name or name.startswith((":memory:", "?")):
        raise UsageError("kb keeps its base in a file: give a path, as in --db kb.db")
    return Path(name)


def examine(path: Path, *, create: bool) -> bool:
    """Whether there is a database at the path; an empty file is none yet.

    Raises:
        StoreError: nothing is there and nothing may be made, or what is there is no SQLite file.
    """
    try:
        if path.is_dir():
            raise StoreError(f"{path} is a folder: name a file in it, as in --db {path / 'kb.db'}")
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except FileNotFoundError:
        head = b""
        if not create:
            raise StoreError(f"no database at {path}: load an article first, or name one with --db") from None
        if not path.parent.is_dir():
            raise StoreError(f"{path}: there is no folder {path.parent}; make it first") from None
    except OSError as error:
        raise StoreError(f"{path} cannot be opened: {error.strerror}") from error
    if not head and not create:
        raise StoreError(f"{path} is an empty file, no database: load an article first")
    if head and head != _MAGIC:
        raise StoreError(f"{path} is not a database: name another file with --db")
    return bool(head)


def connect(path: Path, *, read_only: bool = False) -> Connection:
    """A connection in autocommit mode, with foreign keys on.

    Raises:
        StoreError: the file cannot be opened or (unless `read_only`) written.
    """
    with explained(path):
        engine = create_engine(
            "sqlite://",
            creator=lambda: _driver(path, read_only=read_only),
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
        )
        return engine.connect()


def _driver(path: Path, *, read_only: bool) -> sqlite3.Connection:
    where = f"file:{quote(str(path.absolute()))}"
    driver = sqlite3.connect(
        f"{where}?mode={'ro' if read_only else 'rwc'}",
        uri=True,
        timeout=BUSY_SECONDS,
        cached_statements=_STATEMENTS,
        check_same_thread=False,  # a thread uses its own alone, but one of them closes all
    )
    try:
        if read_only:
            driver = _readable(driver, where, path)
        driver.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        driver.close()
        raise
    return driver


def _readable(driver: sqlite3.Connection, where: str, path: Path) -> sqlite3.Connection:
    """The connection, or one that takes no locks, where nobody can write (a read-only folder or disc).

    A database with a write-ahead log needs to make a file beside it, even to be read.
    """
    try:
        driver.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        refused = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
        if not refused or Path(f"{path}-wal").exists():
            raise
        driver.close()
        return sqlite3.connect(f"{where}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    return driver


def write_ahead(connection: Connection) -> None:
    """Let readers never wait for the writer. `NORMAL` outlives a killed process; the file is never torn."""
    if connection.exec_driver_sql("PRAGMA journal_mode").scalar() != "wal":
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")
    connection.exec_driver_sql("PRAGMA synchronous = NORMAL")


def defer_references(connection: Connection) -> None:
    """Let rows point at what is not there, or is there no more, until the transaction ends.

    Costly: SQLite forgets all statements that it has prepared, and to prepare them takes longer than to run
    them. So a load does without, and writes things before what points at them.
    """
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")


@contextmanager
def reading(connection: Connection) -> Iterator[None]:
    """Lets nothing be written inside, whatever the statements are."""
    connection.exec_driver_sql("PRAGMA query_only = ON")
    try:
        yield
    finally:
        connection.exec_driver_sql("PRAGMA query_only = OFF")


@contextmanager
def snapshot(connection: Connection) -> Iterator[None]:
    """Lets all statements inside see the base as it is at the first of them, whoever writes meanwhile."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    if driver.in_transaction:
        yield
        return
    connection.exec_driver_sql("BEGIN")
    try:
        yield
    finally:
        connection.exec_driver_sql("ROLLBACK")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns what the driver raises into a KbError that says what to do.

    Raises:
        StoreError: the file cannot be read or written.
        IntegrityError: the database refuses a row.
    """
    try:
        yield
    except DBAPIError as error:
        original = error.orig if isinstance(error.orig, sqlite3.Error) else sqlite3.Error(str(error))
        raise _in_words(path, original) from error
    except sqlite3.Error as error:
        raise _in_words(path, error) from error


def _in_words(path: Path, error: sqlite3.Error) -> StoreError | IntegrityError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_CONSTRAINT:
        return IntegrityError(f"{path} refuses a row: {error}")
    said = {
        sqlite3.SQLITE_FULL: "the disk is full: free some space and run this again; what was stored is whole",
        sqlite3.SQLITE_READONLY: "cannot be written: it, or its folder, is read-only; copy it elsewhere",
        sqlite3.SQLITE_CANTOPEN: "cannot be opened or made: are the folder and the file yours to write?",
        sqlite3.SQLITE_BUSY: "another process keeps writing to it: run this again when it is done",
        sqlite3.SQLITE_LOCKED: "another connection keeps it locked: run this again when it is done",
        sqlite3.SQLITE_NOTADB: "is not a database: name another file with --db",
        sqlite3.SQLITE_CORRUPT: "is damaged: go back to a copy made by kb backup",
        sqlite3.SQLITE_IOERR: "the disk fails or is full: free some space, or copy the file elsewhere",
    }.get(code)
    return StoreError(f"{path}: {said} ({error})" if said else f"{path}: {error}")
