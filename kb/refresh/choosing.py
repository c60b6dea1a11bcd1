"""Which stored pages are asked for again, one after the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import ExitStack

from kb.errors import UsageError
from kb.extract import VERSION
from kb.fetch import Fetcher, Settings
from kb.pipeline import TOOL
from kb.refresh.page import Asking
from kb.refresh.refreshed import Refreshed
from kb.store import Store
from kb.store.fetches import StoredPage, stored_pages
from kb.store.lookup import find_articles


def refresh(
    store: Store,
    urls: Collection[str] = (),
    *,
    older_than: dt.timedelta | None = None,
    publisher: str | None = None,
    fetching: Settings | None = None,
    fetcher: Fetcher | None = None,
) -> Iterator[Refreshed]:
    """Ask for stored pages again, conditionally, and store what is new, telling of each one in turn.

    Args:
        store: the base.
        urls: the pages' URLs or uids; none for all that the base has and can ask for.
        older_than: leave out what was asked for, or came in, less long ago.
        publisher: only pages of this one, by name, whatever its case.
        fetching: how pages are asked for.
        fetcher: the client to use instead of one of its own.

    Raises:
        UsageError: a URL or uid is not in the base, or of nothing that can be asked for.
        StoreError: the base cannot be written.
    """
    pages = choose(store, urls, older_than=older_than, publisher=publisher)
    run_id = store.start_run(TOOL, VERSION, {"refresh": True})
    with ExitStack() as stack:
        client = fetcher if fetcher is not None else stack.enter_context(Fetcher(fetching))
        for page in pages:
            yield Asking(store, client, run_id, page).refreshed()


def choose(
    store: Store, urls: Collection[str], *, older_than: dt.timedelta | None, publisher: str | None
) -> tuple[StoredPage, ...]:
    """The stored pages that are meant, those that were asked for longest ago first.

    Raises:
        UsageError: a URL or uid is not in the base, or of nothing that can be asked for.
    """
    wanted = {store.page_at(url) or find_articles(store.connection, url)[0].uid: url for url in urls}
    known = {page.uid for page in stored_pages(store.connection)} if wanted else set()
    for uid, url in wanted.items():
        if uid not in known:
            raise UsageError(
                f"{url} cannot be asked for again: it was withdrawn, or is no page with an address"
            )
    before = dt.datetime.now(dt.UTC) - older_than if older_than is not None else None
    return tuple(
        page
        for page in stored_pages(store.connection, before)
        if (not wanted or page.uid in wanted)
        and (publisher is None or publisher.casefold() in _publishers(page))
    )


def _publishers(page: StoredPage) -> set[str]:
    """The names of who published a page: as it says itself, and as the base calls that one."""
    return {name.casefold() for name in (page.publisher, page.publisher_entity) if name}
