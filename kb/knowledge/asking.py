"""The questions: every method is one of `kb.query`, asked of an open base."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kb import query
from kb.knowledge.opened import Opened
from kb.past import Day, as_of, last_day, moment_of
from kb.query.select import query_rows

if TYPE_CHECKING:
    from kb.query import (
        Answer,
        Candidate,
        Conflict,
        Decision,
        Event,
        Figure,
        Hit,
        Listed,
        Measure,
        MeasureFigures,
        Named,
        Series,
    )
    from kb.store import Store


class Asking(Opened):
    """What can be asked of a base; nothing is written.

    Where a question takes `known_by`, it is answered as it would have been then: by the sources, readings
    and decisions that were recorded up to the end of that day (in UTC), or up to that moment. With
    `published_by`, by what is known to have been published up to the end of that day; texts that do not
    say their day are left out. Both are exact, uids are the same; what was withdrawn stays away.
    """

    @contextmanager
    def _at(self, known_by: Day | None, published_by: Day | None) -> Iterator[Store]:
        """The base as it was; see the class."""
        moment = None if known_by is None else moment_of(known_by)
        day = None if published_by is None else last_day(published_by)
        with as_of(self._store, known_by=moment, published_by=day) as store:
            yield store

    def figures(
        self,
        measure: str | None = None,
        *,
        place: str | None = None,
        speaker: str | None = None,
        tag: str | None = None,
        primary: bool = False,
        since: str | None = None,
        until: str | None = None,
        limit: int | None = None,
        published_by: Day | None = None,
        known_by: Day | None = None,
    ) -> Answer[Figure]:
        """The figures whose measure, or phrase, has all the words, in order of the time for which they hold.

        `place` and `speaker` may be given by any of their names; `since` and `until` (2020, 2020-08,
        2020-08-09) keep what reaches into that time; `primary` what stands in its speaker's own publication;
        `tag` what is filed under it, or its article, as in all questions.

        Raises:
            UsageError: one of the dates is none.
        """
        with self._at(known_by, published_by) as store:
            return query.figures(
                store,
                measure,
                place=place,
                speaker=speaker,
                tag=tag,
                primary=primary,
                since=since,
                until=until,
                limit=limit,
            )

    def timeline(
        self,
        *,
        entity: str | None = None,
        place: str | None = None,
        kind: str | None = None,
        tag: str | None = None,
        stances: Sequence[str] | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int | None = None,
        published_by: Day | None = None,
        known_by: Day | None = None,
    ) -> Answer[Event]:
        """What happened, was alleged or is planned, in order of what is known of the date.

        `entity` took part or is the place; names and dates are given as in `figures`. `kind` is one of
        the event kinds of the lexicon; `stances` (of `query.STANCES`) take in what is told otherwise,
        as denied or supposed.

        Raises:
            UsageError: a date is none, or there is no such kind or stance.
        """
        with self._at(known_by, published_by) as store:
            return query.timeline(
                store,
                entity=entity,
                place=place,
                kind=kind,
                tag=tag,
                stances=stances or query.TIMELINE_STANCES,
                since=since,
                until=until,
                limit=limit,
            )

    def entities(
        self,
        name: str | None = None,
        *,
        kind: str | None = None,
        tag: str | None = None,
        limit: int | None = None,
    ) -> Answer[Named]:
        """Persons, organisations and places of which one name has all the words, the most named first.

        Raises:
            UsageError: there is no such kind.
        """
        return query.entities(self._store, name, kind=kind, tag=tag, limit=limit)

    def search(self, words: str, *, tag: str | None = None, limit: int = 20) -> Answer[Hit]:
        """The sentences and titles that hold all the words, or "phrases in quotes", the best first."""
        return query.search(self._store, words, tag=tag, limit=limit)

    def series(
        self,
        measure: str | None = None,
        *,
        uid: str | None = None,
        place: str | None = None,
        tag: str | None = None,
        primary: bool = False,
        relations: bool = False,
        since: str | None = None,
        until: str | None = None,
        limit: int | None = None,
        published_by: Day | None = None,
        known_by: Day | None = None,
    ) -> Answer[Series]:
        """One measure at one place, its figures in order of time; those with the most sources first.

        Words, names, dates and `primary` are given as in `figures`. `relations` tells how each figure
        stands to the one before it, and which do not fit together, each in a sentence.

        Raises:
            UsageError: one of the dates is none.
        """
        with self._at(known_by, published_by) as store:
            return query.series(
                store,
                measure,
                uid=uid,
                place=place,
                tag=tag,
                primary=primary,
                relations=relations,
                since=since,
                until=until,
                limit=limit,
            )

    def conflicts(
        self,
        measure: str | None = None,
        *,
        place: str | None = None,
        kind: str | None = None,
        tag: str | None = None,
        published_by: Day | None = None,
        known_by: Day | None = None,
    ) -> Answer[Conflict]:
        """Figures of one series that do not fit together, and why; `kind` is one of `query.CONFLICTS`.

        Raises:
            UsageError: there is no such kind.
        """
        with self._at(known_by, published_by) as store:
            return query.conflicts(store, measure, place=place, kind=kind, tag=tag)

    def measures(
        self, words: str | None = None, *, kind: str | None = None, limit: int | None = None
    ) -> Answer[Measure]:
        """What is counted: the measures whose name, unit or definition has all the words.

        Those with the most sources stand first; `kind` is stock, flow, cumulative, share or level.

        Raises:
            UsageError: there is no such kind.
        """
        return query.measures(self._store, words, kind=kind, limit=limit)

    def measure(self, measure: str) -> MeasureFigures:
        """One measure by its uid, that of one of its figures, or its words: which figures are of it, and why.

        Raises:
            UsageError: there is no such measure, or its words fit several.
        """
        return query.measure(self._store, measure)

    def names(self) -> Answer[Listed]:
        """The spellings that users listed and nobody took back."""
        return query.names(self._store)

    def candidates(
        self, *, kind: str | None = None, limit: int | None = None, disputed: bool = False
    ) -> Answer[Candidate]:
        """What people contradict each other on, then pairs of things that may be one, the likeliest first.

        Nobody decided on these pairs yet: entities, and measures of which one says more words than the
        other. With `disputed` only what people contradict each other on; `kind` is person, organisation,
        place, event or measure.

        Raises:
            UsageError: there is no such kind.
        """
        return query.candidates(self._store, kind=kind, limit=limit, disputed=disputed)

    def decisions(self) -> Answer[Decision]:
        """What was decided on who and what is one, the newest first."""
        return query.decisions(self._store)

    def sql(self, query: str, **values: object) -> list[dict[str, Any]]:
        """The rows of any SELECT over the tables and views, as dicts; `:name` in it takes a value.

        Raises:
            UsageError: it is no single SELECT, VALUES or WITH that only asks, or a value is not given.
            StoreError: SQLite refuses the query.
        """
        return query_rows(self._store, query, values)
