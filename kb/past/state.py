"""A base in a past state: a copy without what came later, its groups computed anew by the same rules.

What it answers is exact by construction: the facts and decisions of that time, put into groups by the
functions that grouped them then. Only what the missing rows touch is computed; uids are the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from kb.past.families import articles_of, trace_again
from kb.past.homes import homes_of, part_again
from kb.past.leaving import Leaving, published_after, recorded_after, take_out
from kb.resolve import members_of, named_facts, regroup_articles, regroup_facts
from kb.store import Store, scratch
from kb.store.connection import explained, snapshot


@contextmanager
def as_of(
    store: Store, *, known_by: dt.datetime | None = None, published_by: dt.date | None = None
) -> Iterator[Store]:
    """The base as it was known at a moment, by what was published by the end of a day; None asks nothing.

    `known_by` takes out what was recorded later: sources, readings, decisions. `published_by` takes
    out what is not known to have been published by then (`kb.past.leaving`), and keeps all decisions.
    Where nothing came later it is the base itself. An article that was withdrawn stays so.

    Raises:
        StoreError: the base cannot be read.
    """
    cuts: list[Callable[[Connection], Leaving]] = []
    if known_by is not None:
        cuts.append(lambda connection: recorded_after(connection, known_by))
    if published_by is not None:
        cuts.append(lambda connection: published_after(connection, published_by))
    with explained(store.path), snapshot(store.connection):
        if not any(cut(store.connection) for cut in cuts):
            yield store
            return
        past = scratch(store)
    try:
        with explained(store.path):
            for cut in cuts:
                _rewind(past, cut(past.connection))
        yield past
    finally:
        past.close()


def _rewind(past: Store, leaving: Leaving) -> None:
    """Take the rows out of a copy and group anew what they were grouped with."""
    connection = past.connection
    before = members_of(connection, leaving.articles)
    decided = {kind: set(uids) for kind, uids in leaving.facts.items()}
    decided.setdefault("entity", set()).update(named_facts(connection, leaving.spellings))
    rooted = articles_of(connection, leaving.rows.get("origin", ()))
    homes = homes_of(connection, leaving.articles | leaving.rows.get("article", frozenset()))
    connection.exec_driver_sql("PRAGMA foreign_keys = OFF")  # what points at missing rows is not asked for
    with past.transaction():
        take_out(connection, leaving)
        parted = part_again(connection, homes)
        _restore_urls(connection, leaving.articles)
        if leaving.rows.get("measure_definition"):  # those that are left are put back with the groups
            connection.exec_driver_sql("UPDATE measure SET definition = NULL WHERE definition IS NOT NULL")
    connection.exec_driver_sql("PRAGMA foreign_keys = ON")
    with past.transaction():
        rooted |= trace_again(connection, leaving.family | (parted and parted | leaving.articles))
        regroup_articles(connection, leaving.articles | parted, before, decided, rooted)
        for table, uids in leaving.reviewed.items():
            regroup_facts(connection, table, uids)


def _restore_urls(connection: Connection, articles: Iterable[int]) -> None:
    """Give articles the URLs that their newest texts know: one given later is not known yet."""
    newest = text("""
        UPDATE article SET url = (
            SELECT url FROM revision WHERE article_id = article.id ORDER BY seq DESC LIMIT 1
        )
        WHERE id = :article""")
    for article in articles:
        connection.execute(newest, {"article": article})
