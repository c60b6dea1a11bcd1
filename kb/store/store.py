"""An open base: one connection to one file, its transactions, and what is written in them."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self
from weakref import WeakSet

from sqlalchemy import Connection

from kb.errors import StoreError
from kb.model.fetched import Fetched
from kb.model.tables import AttemptRow, RunRow, now
from kb.model.values import Article, Facts
from kb.store import articles, migrate
from kb.store.additions import carry_additions
from kb.store.articles import Known, Outcome
from kb.store.connection import connect, database_path, examine, explained, write_ahead
from kb.store.facts import insert_facts
from kb.store.fetches import insert_fetch, page_at, why_withdrawn
from kb.store.lookup import read_from
from kb.store.rows import insert_row

Result = Literal["loaded", "unchanged", "revised", "failed"]


class Store:
    """An open base. Use it as a context manager; every thread that uses it gets a connection of its own.

    Outside of `transaction` every statement stands for itself and sees the newest state.
    """

    def __init__(self, path: Path, connection: Connection, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self._here = threading.local()
        self._here.connection = connection
        self._open = WeakSet([connection])
        self._opening = threading.Lock()
        self._closed = False

    @property
    def connection(self) -> Connection:
        """The connection of this thread, made at first use.

        Raises:
            StoreError: the base is closed, or cannot be opened once more.
        """
        if self._closed:
            raise StoreError(f"{self.path} is closed: open it again")
        found: Connection | None = getattr(self._here, "connection", None)
        if found is None:
            with self._opening:
                found = self._here.connection = connect(self.path, read_only=self.read_only)
                self._open.add(found)
        return found

    @classmethod
    def open(cls, target: str | Path, *, read_only: bool = False, create: bool = True) -> Self:
        """Open the base at a path or `sqlite:///` URL; make it, or bring its schema up to date, if need be.

        Raises:
            UsageError: the target is no path.
            StoreError: there is none and `create` is False, it is not kb's, a newer kb made it, or
                it cannot be opened; with `read_only`, also one whose schema is old.
        """
        path = database_path(target)
        found = examine(path, create=create and not read_only)
        connection = connect(path, read_only=read_only)
        try:
            with explained(path):
                current = found and migrate.require_head(connection, path)
            if not current and read_only:
                raise StoreError(f"{path} was made by an older kb: run kb migrate --db {path} first")
            if not current:
                migrate.upgrade(path)
            if not read_only:
                write_ahead(connection)
        except BaseException:
            connection.close()
            raise
        return cls(path, connection, read_only=read_only)

    def close(self) -> None:
        """Close the file, for all threads. An open transaction is rolled back."""
        with self._opening:
            self._closed = True
            for connection in list(self._open):
                connection.close()
                connection.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def driver(self) -> sqlite3.Connection:
        """The connection of the standard library underneath."""
        driver = self.connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        return driver

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All or nothing: what is written inside is kept when the block ends well, else undone.

        It has the write lock from the start. Inside another one it is a part of that one.

        Raises:
            StoreError: the base is open for reading, or cannot be written.
            IntegrityError: the database refuses a row.
        """
        if self.read_only:
            raise StoreError(f"{self.path} is open for reading only")
        if self.driver.in_transaction:
            yield self.connection
            return
        with explained(self.path):
            self.connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.exec_driver_sql("COMMIT")
                self._still_there()
            except BaseException:
                if self.connection.invalidated:  # Ctrl-C within a statement closed it, with all begun
                    self.connection.rollback()
                elif self.driver.in_transaction:  # a full disk has rolled back by itself
                    self.connection.exec_driver_sql("ROLLBACK")
                raise

    def _still_there(self) -> None:
        """Refuse to call stored what went into a file that somebody took away meanwhile.

        Raises:
            StoreError: the file is gone.
        """
        if not self.path.exists():
            raise StoreError(
                f"{self.path} was deleted while it was open, with all that is in it: run this again"
            )

    def known(self, article: Article, *, fetched: bool = False) -> Known:
        """What the base knows of an article before anything is extracted from it.

        `fetched` articles are compared with the newest revision alone (a page may go back to what it
        said before), others with every one.
        """
        with explained(self.path):
            return articles.recognise(self.connection, article, fetched=fetched).known

    def add(
        self,
        facts: Facts,
        run_id: int,
        *,
        fetched: bool = False,
        retrieved_at: dt.datetime | None = None,
    ) -> Outcome:
        """Store an article with its facts: a new article, a new revision, or nothing that is not known.

        `facts.article` should be the one that `known` gave back: what is said of the article now,
        completed by what was said before. What persons read in the same text counts for a new revision
        too. Groups are the caller's: call this and `resolve` within
        one `transaction`.

        Raises:
            IntegrityError: words are not where their span says, or a row breaks a rule of the schema.
            StoreError: the base cannot be written.
        """
        with self.transaction() as connection:
            outcome = articles.insert_revision(
                connection, facts.article, fetched=fetched, retrieved_at=retrieved_at
            )
            if outcome.revision_id is not None:
                insert_facts(connection, facts, outcome.revision_id, run_id)
                carry_additions(connection, outcome.revision_id)
            return outcome

    def start_run(
        self,
        tool: str | None,
        version: str | None = None,
        settings: Mapping[str, Any] | None = None,
        *,
        person: str | None = None,
    ) -> int:
        """Record that a tool, with version and settings, or else a person begins to read; the run's id."""
        said = json.dumps(settings, sort_keys=True, ensure_ascii=False) if settings else None
        values = {
            "tool": tool,
            "person": person,
            "version": version,
            "settings": said,
            "recorded_at": now(),
        }
        with self.transaction() as connection:
            return insert_row(connection, RunRow, values)

    def attempt(self, run_id: int, source: str, outcome: Result, reason: str | None = None) -> None:
        """Record what came of a source in a run. Within a transaction it shares that one's fate."""
        values = {
            "run_id": run_id,
            "source": source,
            "outcome": outcome,
            "reason": reason,
            "recorded_at": now(),
        }
        with self.transaction() as connection:
            insert_row(connection, AttemptRow, values)

    def answered(self, run_id: int, fetched: Fetched | None, article_uid: str | None = None) -> None:
        """Record what a server answered, with the article that it was read as; nothing where nobody asked."""
        if fetched is not None:
            with self.transaction() as connection:
                insert_fetch(connection, fetched, run_id, article_uid)

    def page_at(self, url: str) -> str | None:
        """The uid of the article that was read from a URL, or has it as its own; None if there is none."""
        with explained(self.path):
            return page_at(self.connection, url)

    def read_from(self, raw: bytes) -> Article | None:
        """The article whose newest revision was read from these bytes; None if there is none, or several."""
        with explained(self.path):
            return read_from(self.connection, raw)

    def why_withdrawn(self, article_uid: str) -> str | None:
        """When and why an article was withdrawn; None if it was not."""
        with explained(self.path):
            return why_withdrawn(self.connection, article_uid)
