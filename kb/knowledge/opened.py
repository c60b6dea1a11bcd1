"""An open base: what all the methods of a knowledge base work on."""

from __future__ import annotations

from os import PathLike
from types import TracebackType
from typing import Self

from kb.errors import UsageError
from kb.resolve import is_current, renew
from kb.store import Store

Source = str | PathLike[str]


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
                with self._store.transaction() as connection:
                    renew(connection)
            except BaseException:
                self._store.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._store.close()
