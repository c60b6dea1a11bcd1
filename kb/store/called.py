"""The uids that articles are known by: their own, and those that they have where they came in another order.

An article is called by its address, and by its text as long as nobody gave an address. Bases that had it
one way and the other mean the same article: so each is known by both, for good. A text that stands at
several addresses is known by each of them; what is said of the text alone is said of the article with the
smallest uid.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, bindparam, select, text

from kb.model.tables import ArticleUidRow, table_of
from kb.model.uids import article_uid
from kb.store.rows import insert_row, parts

_KNOWN = table_of(ArticleUidRow)
_CALLED = text("""
    SELECT known.uid, min(article.uid) FROM article_uid AS known
    JOIN article ON article.id = known.article_id
    WHERE known.uid IN :uids AND known.uid NOT IN (SELECT uid FROM article WHERE uid IN :uids)
    GROUP BY known.uid""").bindparams(bindparam("uids", expanding=True))


def call(connection: Connection, article_id: int, uids: Iterable[str]) -> None:
    """Let an article be known by these uids too."""
    query = select(_KNOWN.c.uid).where(_KNOWN.c.article_id == article_id)
    known = set(connection.execute(query).scalars())
    for uid in dict.fromkeys(uids):
        if uid not in known:
            insert_row(connection, ArticleUidRow, {"uid": uid, "article_id": article_id})


def uids_of(kind: str, address: str | None, text_hash: str) -> tuple[str, ...]:
    """The uids of an article that has this text: with its address, if there is one, and without."""
    return tuple(dict.fromkeys(article_uid(kind, url, text_hash) for url in (address, None)))


def called(connection: Connection, uids: Iterable[str]) -> Mapping[str, str]:
    """Of these uids those by which articles of the base are known that have another one, with that one."""
    found: dict[str, str] = {}
    for part in parts(sorted(set(uids))):
        found.update((known, uid) for known, uid in connection.execute(_CALLED, {"uids": part}))
    return found
