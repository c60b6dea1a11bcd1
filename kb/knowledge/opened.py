"""An open base: what all the methods of a knowledge base work on."""

from __future__ import annotations

import logging
from os import PathLike
from types import TracebackType
from typing import Self

from kb.errors import UsageError
from kb.resolve import is_current, renew
from kb.store import Store

Source = str | PathLike[str]
MANY = 1_000  # articles whose groups take longer than one waits without a word
_LOG = logging.getLogger("kb")


class Opened:
    """The file behind a knowledge base, opened and closed."""

    def __init__(self, database: Source, *, read_only: bool = False) -> None:
        """Open the base at a path or `sqlite:///` URL; groups that an earlier kb made are computed anew.

        Raises:
            StoreError: it cannot be opened or made; with `read_only`, also where there is none.
            UsageError: it is no path.
        """
        if not isinstance(database, str | PathLike):
            raise UsageError(f"{database!r} is no path of a base: give one like kb.db")
        self._store = Store.open(str(database), read_only=read_only)
        if not read_only and not is_current(self._store.connection):
            try:
                self._tell_of_renewal()
                with self._store.transaction() as connection:
                    renew(connection)
            except BaseException:
                self._store.close()
                raise

    def _tell_of_renewal(self) -> None:
        """Say why opening takes so long: it is the only thing that a base does unasked."""
        count = self._store.connection.exec_driver_sql("SELECT count(*) FROM article").scalar_one()
        if count >= MANY:
            _LOG.warning(
                "%s: an earlier kb grouped its %d articles; it is done anew, once, and may take minutes",
                *(self._store.path, count),
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._store.close()
