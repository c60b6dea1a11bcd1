"""One thing at a time, with all that is known of it: what the pages of the browser show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.knowledge.opened import Opened
from kb.query import pages

if TYPE_CHECKING:
    from kb.query import Conflict, Event
    from kb.query.page_rows import ArticlePage, EntityPage, Overview


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
