"""One page asked for again: what the server answers, and what that changes in the base."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from kb.errors import IntegrityError, ReadError
from kb.fetch import Fetcher, Validators, forget, require_page
from kb.model.fetched import GONE, NOT_MODIFIED, Fetched
from kb.pipeline import load_article
from kb.read.documents.corrections import Notice
from kb.refresh.reading import new_notices, read_again, read_answer, with_said
from kb.refresh.refreshed import Refreshed
from kb.resolve import Changes, State, compare_states, states
from kb.store import Store
from kb.store.fetches import StoredPage
from kb.store.lookup import stored_article, stored_bytes

_FEED = "feed/"  # the reader of what a feed has of a page, while the page cannot be had
# What a page says otherwise of itself without having changed: many are "modified" at every visit.
_UNTOLD = {"modified", "publisher", "url"}


@dataclass(frozen=True, slots=True)
class Asking:
    """A page, and where and by whom it is asked for."""

    store: Store
    fetcher: Fetcher
    run_id: int
    page: StoredPage

    def refreshed(self) -> Refreshed:
        """Ask, store what is new, and tell.

        Raises:
            StoreError: the base cannot be written.
        """
        page = self.page
        validators = Validators(page.final_url or page.ask, page.etag, page.last_modified)
        try:
            fetched = self.fetcher.get(page.ask, validators=validators)
            told = self._told(fetched)
            return told if told.outcome == "gone" else self._with_move(told, fetched)
        except (ReadError, IntegrityError) as error:
            self.store.attempt(self.run_id, page.url, "failed", str(error))
            return dataclasses.replace(self._unchanged(), outcome="failed", reason=str(error))

    def _unchanged(self) -> Refreshed:
        return Refreshed(self.page.uid, self.page.url, self.page.title, "unchanged")

    def _told(self, fetched: Fetched) -> Refreshed:
        """What an answer says of the page.

        Raises:
            ReadError: it is no page, or holds no article.
            IntegrityError: its facts cannot be stored.
        """
        page = self.page
        same = fetched.status == NOT_MODIFIED
        if not same:
            self._forget_cached(fetched)
            gone = self._why_gone(fetched)
            if gone is not None:
                self._log("failed", fetched, gone, of_page=fetched.status in GONE)
                before = page.last_status in GONE or page.reader.startswith(_FEED)  # it never was there
                return dataclasses.replace(self._unchanged(), outcome="gone", reason=gone, gone_before=before)
        if same or (200 <= fetched.status < 300 and fetched.sha256 in (page.sha256, page.raw_sha256)):
            self._log("unchanged", fetched)
            return self._unchanged()
        try:
            return self._compared(require_page(fetched))
        except ReadError:
            self.store.answered(self.run_id, fetched)  # of no article: what it said of its state is not kept
            raise

    def _compared(self, fetched: Fetched) -> Refreshed:
        """The page as it is now, stored, beside what it was.

        Raises:
            ReadError: it holds no article.
        """
        new = read_answer(fetched, self.page.url)
        stored = stored_article(self.store.connection, self.page.revision_id)
        raw, charset = stored_bytes(self.store.connection, self.page.revision_id)
        old = read_again(raw, stored, new, charset)
        corrections: tuple[Notice, ...] = ()
        if old is not None:
            corrections = new_notices(raw, charset, fetched)
            new = with_said(new, old, stored)
            if old.reader != stored.reader:  # of the same bytes: no change by the publisher
                load_article(self.store, with_said(old, old, stored), self.run_id)
        before = self._newest()
        note = "; ".join(notice.words for notice in corrections) or None
        changes = None
        if load_article(self.store, new, self.run_id, fetched, note).outcome != "unchanged":
            changes = compare_states(self.store.connection, before, self._newest())
        found = dataclasses.replace(self._unchanged(), changes=changes, corrections=corrections)
        if old is None:
            return dataclasses.replace(found, outcome="first")
        return dataclasses.replace(found, outcome="changed") if corrections or _is_change(changes) else found

    def _why_gone(self, fetched: Fetched) -> str | None:
        """Why the page is not there any more; None while it is."""
        if fetched.status in GONE:
            return f"{fetched.final_url} is gone ({fetched.status})"
        asked, final = urlsplit(self.page.ask), urlsplit(fetched.final_url)
        if asked.path.strip("/") and not final.path.strip("/") and not final.query:
            return f"{self.page.ask} leads to the front page of the site now"
        return None

    def _with_move(self, told: Refreshed, fetched: Fetched) -> Refreshed:
        """The same with where the page permanently moved since it was last asked for."""
        known = {None, self.page.url, self.page.ask, self.page.final_url, self.page.moved_to}
        return told if fetched.moved_to in known else dataclasses.replace(told, moved_to=fetched.moved_to)

    def _forget_cached(self, fetched: Fetched) -> None:
        """Leave nothing in the cache that is older than what the base has."""
        settings = self.fetcher.settings
        if settings.use_cache:
            forget(self.page.ask, fetched.url, fetched.final_url, folder=settings.cache)

    def _newest(self) -> State:
        return states(self.store.connection, self.page.uid)[-1]

    def _log(
        self,
        outcome: Literal["unchanged", "failed"],
        fetched: Fetched,
        reason: str | None = None,
        *,
        of_page: bool = True,
    ) -> None:
        with self.store.transaction():
            self.store.attempt(self.run_id, self.page.url, outcome, reason)
            self.store.answered(self.run_id, fetched, self.page.uid if of_page else None)


def _is_change(changes: Changes | None) -> bool:
    """Whether the publisher changed the page: its text, title, day or authors."""
    return changes is not None and (changes.text or bool(set(changes.metadata) - _UNTOLD))
