"""What servers answered, and which pages the base has already."""

from __future__ import annotations

import json

from sqlalchemy import Connection, bindparam, select, text

from kb.model.fetched import Fetched
from kb.model.tables import ArticleRow, FetchRow, now, table_of
from kb.store.rows import insert_row

_ARTICLE = table_of(ArticleRow)
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


def page_at(connection: Connection, url: str) -> str | None:
    """The uid of the article that was read from a URL, or has it as its own; None if there is none."""
    uid: str | None = connection.execute(_PAGE, {"url": url}).scalar()
    return uid


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
