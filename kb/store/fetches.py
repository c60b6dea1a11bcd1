"""What servers answered, and which pages the base has already."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select, text

from kb.model.fetched import Fetched
from kb.model.tables import ArticleRow, FetchRow, now, table_of
from kb.store.lookup import first_withdrawal
from kb.store.rows import insert_row

_ARTICLE = table_of(ArticleRow)
_MOMENT = "%Y-%m-%d %H:%M:%S.%f"  # as moments stand in the file
# The text that a feed has of a page stands for the page only until that can be had.
_PAGE = text("""
    SELECT article.uid FROM fetch JOIN article ON article.id = fetch.article_id
    WHERE (fetch.url = :url OR fetch.final_url = :url) AND fetch.status BETWEEN 200 AND 299
    UNION
    SELECT article.uid FROM article
    WHERE article.url = :url AND article.kind = 'page' AND EXISTS (
        SELECT 1 FROM revision WHERE revision.article_id = article.id AND revision.reader NOT GLOB 'feed/*'
    )
    ORDER BY 1 LIMIT 1""").bindparams(bindparam("url"))
_PAGES = text("""
    SELECT article.uid, article.url, newest.title, newest.publisher, entity.name AS publisher_entity,
        newest.id AS revision_id, newest.reader, newest.raw_sha256,
        coalesce(page.moved_to, page.url, article.url) AS ask,
        page.final_url, page.moved_to, page.etag, page.last_modified, page.sha256,
        last.status AS last_status
    FROM article
    JOIN revision AS newest ON newest.article_id = article.id
        AND newest.seq = (SELECT max(seq) FROM revision WHERE article_id = article.id)
    LEFT JOIN entity ON entity.id = article.publisher_id
    LEFT JOIN fetch AS page ON page.id = (
        SELECT id FROM fetch WHERE article_id = article.id AND status BETWEEN 200 AND 299
        ORDER BY retrieved_at DESC, id DESC LIMIT 1
    )
    LEFT JOIN fetch AS last ON last.id = (
        SELECT id FROM fetch WHERE article_id = article.id ORDER BY retrieved_at DESC, id DESC LIMIT 1
    )
    WHERE article.kind = 'page' AND article.url IS NOT NULL
        AND article.id NOT IN (SELECT article_id FROM withdrawn)
        AND (:until IS NULL
            OR coalesce(last.retrieved_at, newest.retrieved_at, newest.recorded_at) < :until)
    ORDER BY coalesce(last.retrieved_at, newest.retrieved_at, newest.recorded_at), article.uid""")


def page_at(connection: Connection, url: str) -> str | None:
    """The uid of the article that was read from a URL, or has it as its own; None if there is none."""
    uid: str | None = connection.execute(_PAGE, {"url": url}).scalar()
    return uid


def why_withdrawn(connection: Connection, article_uid: str) -> str | None:
    """When and why an article was withdrawn; None if it was not."""
    row = first_withdrawal(connection, article_uid)
    return f"{row.recorded_at.date().isoformat()}: {row.reason}" if row is not None else None


def insert_fetch(connection: Connection, fetched: Fetched, run_id: int, article_uid: str | None) -> None:
    """Append an answer, with the article that it was read as, if it is one."""
    article_id = None
    if article_uid is not None:
        article_id = connection.execute(
            select(_ARTICLE.c.id).where(_ARTICLE.c.uid == article_uid)
        ).scalar_one()
    values = {
        "run_id": run_id,
        "article_id": article_id,
        "url": fetched.url,
        "final_url": fetched.final_url,
        "moved_to": fetched.moved_to,
        "status": fetched.status,
        "headers": json.dumps(fetched.headers, ensure_ascii=False),
        "etag": fetched.header("etag"),
        "last_modified": fetched.header("last-modified"),
        "sha256": fetched.sha256,
        "retrieved_at": fetched.retrieved_at,
        "recorded_at": now(),
    }
    insert_row(connection, FetchRow, values)


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page of the base, its newest revision, and what was had of it when it was last fetched.

    `ask` is where to ask for it again: where permanent redirects led, else what was asked for then, else
    the article's own URL. `final_url`, `etag`, `last_modified` and `sha256` are None where it was never
    fetched; `last_status` is that of the last answer, which may be that it is gone.
    """

    uid: str
    url: str
    title: str | None
    publisher: str | None
    publisher_entity: str | None
    revision_id: int
    reader: str
    raw_sha256: str | None
    ask: str
    final_url: str | None
    moved_to: str | None
    etag: str | None
    last_modified: str | None
    sha256: str | None
    last_status: int | None


def stored_pages(connection: Connection, asked_before: dt.datetime | None = None) -> tuple[StoredPage, ...]:
    """The pages that can be asked for again, those that were asked for longest ago first.

    Args:
        connection: the base.
        asked_before: leave out those that were asked for, or came in, at that moment or later.
    """
    until = asked_before.astimezone(dt.UTC).strftime(_MOMENT) if asked_before else None
    rows = connection.execute(_PAGES, {"until": until}).mappings()
    return tuple(StoredPage(**{name: row[name] for name in StoredPage.__dataclass_fields__}) for row in rows)
