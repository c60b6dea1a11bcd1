"""A knowledge base in Python: one class, whose methods bear the names of the commands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from kb import query
from kb.check import Problem, check
from kb.desk import Alias, Decided, add_names, decide, remove_name, withdraw_decision
from kb.errors import ReadError
from kb.query.select import query_rows
from kb.store import Store, backup

if TYPE_CHECKING:
    from kb.pipeline import Loaded
    from kb.query import Answer, Candidate, Conflict, Decision, Event, Figure, Hit, Listed, Named, Series

Source = str | PathLike[str]


class KnowledgeBase:
    """A base of facts in one SQLite file: made and brought up to date at first use.

    Use it as a context manager, and from one thread; open another for another. Answers are tuples of
    frozen rows, each with the words and the source that it rests on, and turn into plain data by
    `to_dicts()` and `to_json()`.

    >>> with KnowledgeBase("kb.db") as base:  # doctest: +SKIP
    ...     base.load("article.txt", url="https://example.org/a", published="2026-06-03")
    ...     for figure in base.figures("political prisoners", since="2020"):
    ...         print(figure.value, figure.date, figure.quote, figure.url)
    """

    def __init__(self, database: Source, *, read_only: bool = False) -> None:
        """Open the base at a path or `sqlite:///` URL.

        Raises:
            StoreError: it cannot be opened or made; with `read_only`, also where there is none.
            UsageError: it is no path.
        """
        self._store = Store.open(str(database), read_only=read_only)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    def load(
        self,
        *sources: Source,
        url: str | None = None,
        title: str | None = None,
        published: str | None = None,
        publisher: str | None = None,
    ) -> tuple[Loaded, ...]:
        """Load files and folders of them; what came of each. See `load_each` for one after the other.

        Raises:
            ReadError: some could not be read; all the others are in.
            StoreError: the base cannot be written.
            UsageError: `published` is no date, or a URL or title is given for more than one article.
        """
        done = tuple(self.load_each(sources, url=url, title=title, published=published, publisher=publisher))
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
    ) -> Iterator[Loaded]:
        """Load sources and tell of each as soon as it is stored, also of those that fail.

        `max_text` is the number of bytes that a text may have. See `load` for the rest.
        """
        from kb.pipeline import Given, load

        given = Given(url, title, published, publisher, max_text)
        return load(self._store, [Path(source) for source in sources], given)

    def figures(
        self,
        measure: str | None = None,
        *,
        place: str | None = None,
        speaker: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int | None = None,
    ) -> Answer[Figure]:
        """The figures whose measure, or phrase, has all the words, in order of the time for which they hold.

        `place` and `speaker` may be given by any of their names; `since` and `until` (2020, 2020-08,
        2020-08-09) keep what reaches into that time.

        Raises:
            UsageError: `since` or `until` is no date.
        """
        return query.figures(
            self._store, measure, place=place, speaker=speaker, since=since, until=until, limit=limit
        )

    def timeline(
        self,
        *,
        entity: str | None = None,
        place: str | None = None,
        kind: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int | None = None,
    ) -> Answer[Event]:
        """What happened, was alleged or is planned, in order of what is known of the date.

        `entity` took part or is the place; names and dates are given as in `figures`.

        Raises:
            UsageError: `since` or `until` is no date.
        """
        return query.timeline(
            self._store, entity=entity, place=place, kind=kind, since=since, until=until, limit=limit
        )

    def entities(
        self, name: str | None = None, *, kind: str | None = None, limit: int | None = None
    ) -> Answer[Named]:
        """Persons, organisations and places of which one name has all the words, the most named first.

        Raises:
            UsageError: there is no such kind.
        """
        return query.entities(self._store, name, kind=kind, limit=limit)

    def search(self, words: str, *, limit: int = 20) -> Answer[Hit]:
        """The sentences and titles that hold all the words, or "phrases in quotes", the best first."""
        return query.search(self._store, words, limit=limit)

    def series(
        self,
        measure: str | None = None,
        *,
        place: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int | None = None,
    ) -> Answer[Series]:
        """One measure at one place, its figures in order of time; those with the most sources first.

        Words, names and dates are given as in `figures`.

        Raises:
            UsageError: `since` or `until` is no date.
        """
        return query.series(self._store, measure, place=place, since=since, until=until, limit=limit)

    def conflicts(
        self, measure: str | None = None, *, place: str | None = None, kind: str | None = None
    ) -> Answer[Conflict]:
        """Figures of one series that do not fit together, and why; `kind` is one of `query.CONFLICTS`.

        Raises:
            UsageError: there is no such kind.
        """
        return query.conflicts(self._store, measure, place=place, kind=kind)

    def same(self, a: str, b: str, *, by: str | None = None, note: str | None = None) -> Decided:
        """Decide that two entities, events or measures are one; their groups become one.

        `a` and `b` are uids of things or of their facts, or names of entities; `by` is the person, by
        default the user of this machine.

        Raises:
            UsageError: one is unknown or names several things, or the two are not of one kind.
            StoreError: the base cannot be written.
        """
        return decide(self._store, a, b, "same", by=by, note=note)

    def different(self, a: str, b: str, *, by: str | None = None, note: str | None = None) -> Decided:
        """Decide that two things are not one: what links them by itself joins them no more. See `same`."""
        return decide(self._store, a, b, "different", by=by, note=note)

    def withdraw_decision(self, uid: str, *, by: str | None = None, note: str | None = None) -> Decided:
        """Take a "same" or a "different" back: just what it had joined or kept apart changes.

        Raises:
            UsageError: there is no such decision, or it is taken back already.
            StoreError: the base cannot be written.
        """
        return withdraw_decision(self._store, uid, by=by, note=note)

    def add_names(self, source: Source, *, by: str | None = None) -> list[Alias]:
        """List spellings from a CSV (columns name, spelling, kind, source): what they name is joined.

        Raises:
            ReadError: the file, or a line of it, cannot be read.
            StoreError: the base cannot be written.
        """
        return add_names(self._store, Path(source), by=by)

    def remove_name(self, uid: str, *, by: str | None = None) -> Alias:
        """Take a listed spelling back.

        Raises:
            UsageError: nothing that is listed has the uid.
            StoreError: the base cannot be written.
        """
        return remove_name(self._store, uid, by=by)

    def names(self) -> Answer[Listed]:
        """The spellings that users listed and nobody took back."""
        return query.names(self._store)

    def candidates(self, *, limit: int | None = None) -> Answer[Candidate]:
        """Pairs of entities that may be one and that nobody decided on, the likeliest first."""
        return query.candidates(self._store, limit=limit)

    def decisions(self) -> Answer[Decision]:
        """What was decided on who and what is one, the newest first."""
        return query.decisions(self._store)

    def sql(self, query: str, **values: object) -> list[dict[str, Any]]:
        """The rows of any SELECT over the tables and views, as dicts; `:name` in it takes a value.

        Raises:
            StoreError: SQLite refuses the query.
        """
        return query_rows(self._store, query, values)

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
