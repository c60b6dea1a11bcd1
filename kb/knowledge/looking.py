"""One thing at a time, with all that is known of it: what the pages of the browser show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.knowledge.opened import Opened
from kb.query import heads, pages, waiting

if TYPE_CHECKING:
    from kb.query import Conflict, Event, Figure
    from kb.query.page_rows import (
        ArticlePage,
        ConflictHead,
        EntityHead,
        EntityPage,
        EventHead,
        Overview,
        SeriesHead,
    )


class Looking(Opened):
    """What is known of one thing, by its uid. All raise UsageError where there is none."""

    def overview(self) -> Overview:
        """How much there is of everything, the newest articles, the largest series."""
        return pages.overview(self._store)

    def article(self, uid: str) -> ArticlePage:
        """An article: its text as read, and all that was found in it."""
        return pages.article_page(self._store, uid)

    def entity(self, uid: str) -> EntityPage:
        """A person, an organisation or a place: its names, where it is named, and with whom."""
        return pages.entity_page(self._store, uid)

    def event(self, uid: str) -> Event:
        """An event with all its reports, however they are told."""
        return pages.event_page(self._store, uid)

    def conflict(self, uid: str) -> Conflict:
        """A clash with all its figures."""
        return pages.conflict_page(self._store, uid)

    def event_heads(
        self,
        *,
        entity: str | None = None,
        place: str | None = None,
        kind: str | None = None,
        since: str | None = None,
        until: str | None = None,
        skip: int = 0,
        limit: int,
    ) -> tuple[EventHead, ...]:
        """The first events of a timeline, in a line each; `entity` and `place` are names, or a uid."""
        return heads.event_heads(
            self._store,
            entity=entity,
            place=place,
            kind=kind,
            since=since,
            until=until,
            skip=skip,
            limit=limit,
        )

    def series_heads(
        self, words: str | None = None, *, place: str | None = None, skip: int = 0, limit: int
    ) -> tuple[SeriesHead, ...]:
        """The series with most figures, in a line each, whose measure has all the words."""
        return heads.series_heads(self._store, words, place=place, skip=skip, limit=limit)

    def figures_of_entity(self, uid: str, role: str, *, limit: int) -> tuple[Figure, ...]:
        """The newest figures of which an entity (by uid) is the `speaker` or the `place`."""
        return heads.figures_of_entity(self._store, uid, role, limit=limit)

    def newest_figures(self, words: str | None = None, *, limit: int) -> tuple[Figure, ...]:
        """The figures that were published last, whose measure has all the words."""
        return heads.newest_figures(self._store, words, limit=limit)

    def alike(self, uid: str, *, limit: int) -> tuple[tuple[str, str], ...]:
        """Uid and name of entities that may be the same as one, the likeliest first."""
        return heads.alike(self._store, uid, limit=limit)

    def entity_heads(self, words: str | None = None, *, skip: int = 0, limit: int) -> tuple[EntityHead, ...]:
        """The entities that are named most, in a line each, of which one name has all the words."""
        return heads.entity_heads(self._store, words, skip=skip, limit=limit)

    def conflict_heads(
        self, kind: str | None = None, *, skip: int = 0, limit: int
    ) -> tuple[ConflictHead, ...]:
        """The first clashes, in a line each."""
        return heads.conflict_heads(self._store, kind, skip=skip, limit=limit)

    def clashing(
        self,
        measure: str | None = None,
        *,
        place: str | None = None,
        url: str | None = None,
        by: str | None = None,
        limit: int,
    ) -> tuple[str, ...]:
        """Uids of facts that people judge differently (last word not `by`'s), then of figures in conflict.

        Of the figures so many as `limit` says, of this measure, place and article (by its address or uid).
        """
        return waiting.clashing(self._store, measure, place=place, url=url, by=by, limit=limit)

    def waiting(
        self,
        measure: str | None = None,
        *,
        place: str | None = None,
        url: str | None = None,
        kind: str | None = None,
        limit: int,
    ) -> tuple[str, ...]:
        """Uids of facts that nobody reviewed, so many of each kind: those that `review` would tell first.

        Raises:
            UsageError: there is no such kind.
        """
        return waiting.waiting(self._store, measure, place=place, url=url, kind=kind, limit=limit)
