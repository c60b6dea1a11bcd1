"""Bringing articles in, and keeping the file: the methods that load, prove and copy."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kb.check import Problem, check
from kb.errors import ReadError
from kb.knowledge.opened import Opened, Source
from kb.store import backup

if TYPE_CHECKING:
    from kb.fetch import Settings
    from kb.pipeline import Loaded
    from kb.refresh import Refreshed


class Loading(Opened):
    """What brings sources in and keeps the base whole."""

    def load(
        self,
        *sources: Source,
        url: str | None = None,
        title: str | None = None,
        published: str | None = None,
        publisher: str | None = None,
        fetching: Settings | None = None,
        jobs: int = 1,
    ) -> tuple[Loaded, ...]:
        """Load files, folders of them and pages; what came of each. See `load_each` for one after the other.

        Raises:
            ReadError: some could not be read; all the others are in.
            StoreError: the base cannot be written.
            UsageError: `published` is no date, or a URL or title is given for more than one article.
        """
        done = tuple(
            self.load_each(
                sources,
                url=url,
                title=title,
                published=published,
                publisher=publisher,
                fetching=fetching,
                jobs=jobs,
            )
        )
        failed = [step.reason for step in done if step.reason]
        if failed:
            raise ReadError("; ".join(failed))
        return done

    def load_each(
        self,
        sources: Sequence[Source],
        *,
        url: str | None = None,
        title: str | None = None,
        published: str | None = None,
        publisher: str | None = None,
        max_text: int | None = None,
        format: str | None = None,  # noqa: A002 - the name of the option
        columns: Mapping[str, str] | None = None,
        fetching: Settings | None = None,
        jobs: int = 1,
    ) -> Generator[Loaded, None, None]:
        """Load sources and tell of each as soon as it is stored, also of those that fail.

        `max_text` is the number of bytes that a text may have, `fetching` says how pages are asked for.
        `format` is one of `kb.read.FORMATS`, where the content misleads; `columns` says what a table's
        columns are called: {"text": "body"}. `jobs` is how many articles are extracted at once, in as many
        processes; what is stored, and in which order, is the same for any number. See `load` for the rest.
        """
        from kb.pipeline import load
        from kb.read import Given, parse_format

        given = Given(url, title, published, publisher, max_text, parse_format(format), columns or {})
        return load(self._store, [os.fspath(source) for source in sources], given, fetching, jobs)

    def refresh(
        self,
        *urls: str,
        older_than: dt.timedelta | None = None,
        publisher: str | None = None,
        fetching: Settings | None = None,
    ) -> Iterator[Refreshed]:
        """Ask for stored pages again, all or some, and tell of each what its publisher changed.

        `older_than` leaves out what was asked for less long ago, `publisher` what others published;
        `fetching` says how pages are asked for. What is new is stored before it is told.

        Raises:
            UsageError: a URL or uid is not in the base, or of nothing that can be asked for.
            StoreError: the base cannot be written.
        """
        from kb.refresh import refresh

        return refresh(self._store, urls, older_than=older_than, publisher=publisher, fetching=fetching)

    def check(self) -> list[Problem]:
        """What does not hold in the base: a moved word, a tampered text, a group that facts do not make.

        Raises:
            StoreError: it cannot be read at all.
        """
        return check(self._store)

    def backup(self, target: Source) -> Path:
        """Copy the base as it is at this moment into a new file; its path.

        Raises:
            StoreError: something is there already, or it cannot be written.
        """
        return backup(self._store, str(target))
