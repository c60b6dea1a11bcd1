"""Stored articles, found by what people call them, and given back as they were read."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zlib
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, TextualSelect, text

from kb.errors import UsageError
from kb.model.fetched import stated_charset
from kb.model.tables import WithdrawalRow, table_of
from kb.model.values import Article

_WITHDRAWAL = table_of(WithdrawalRow)
_FIRST_WITHDRAWAL = """
    SELECT withdrawal.* FROM withdrawal WHERE withdrawal.article IN ({})
    ORDER BY withdrawal.recorded_at, withdrawal.uid LIMIT 1"""
_OF_ARTICLE = """
    SELECT known.uid FROM article JOIN article_uid AS known ON known.article_id = article.id
    WHERE article.uid = :article"""
_CALLED = """
    SELECT min(called.uid) FROM article_uid JOIN article AS called ON called.id = article_uid.article_id
    WHERE article_uid.uid = :said"""
_ARTICLE = """
    SELECT article.id, article.uid, article.kind, article.url, article.cites_url, article.language,
        article.genre, newest.id AS revision_id, newest.title, withdrawal.recorded_at AS withdrawn_at,
        withdrawal.reason
    FROM article
    JOIN revision AS newest ON newest.article_id = article.id
        AND newest.seq = (SELECT max(seq) FROM revision WHERE article_id = article.id)
    LEFT JOIN withdrawal ON withdrawal.uid = (
        SELECT uid FROM withdrawn WHERE article_id = article.id ORDER BY recorded_at, uid LIMIT 1
    )"""


@dataclass(frozen=True, slots=True)
class Stored:
    """An article of a base with its newest revision; `withdrawn_at` is None unless it had to go.

    Where several persons withdrew it, `withdrawn_at` and `reason` are the first one's.
    """

    id: int
    uid: str
    kind: str
    url: str | None
    title: str | None
    revision_id: int
    withdrawn_at: str | None
    reason: str | None

    @property
    def name(self) -> str:
        """What people call it: its address, else its title, else its uid."""
        return self.url or self.title or self.uid


def find_articles(connection: Connection, said: str) -> tuple[Stored, ...]:
    """The articles that a URL or a uid names: the page there, else the quotes and notes about it.

    A uid may also be one that the article has where it came with, or without, its address first; of several
    articles with one text it is the one with the smallest uid.

    Raises:
        UsageError: there is none.
    """
    for where in (
        "article.uid = :said OR article.id = (SELECT article_id FROM revision WHERE uid = :said)",
        "article.url = :said AND article.kind = 'page'",
        ":said IN (article.url, article.cites_url)",
        f"article.uid = ({_CALLED})",
    ):
        query = text(f"{_ARTICLE} WHERE {where} ORDER BY article.id")
        if rows := connection.execute(query, {"said": said}).mappings().all():
            return tuple(map(_stored, rows))
    raise UsageError(f"no article has the URL or uid {said}: kb search finds articles by their words")


def all_articles(connection: Connection) -> tuple[Stored, ...]:
    """Every article, in the order in which they came."""
    return tuple(map(_stored, connection.execute(text(f"{_ARTICLE} ORDER BY article.id")).mappings()))


def known_as(connection: Connection, uid: str) -> str | None:
    """The uid here of the article that is known by a uid, its own or another one; None if there is none."""
    found: str | None = connection.execute(text(_CALLED), {"said": uid}).scalar()
    return found


def first_withdrawal(connection: Connection, article_uid: str) -> Row[Any] | None:
    """The withdrawal of an article, the first one of several; None if it is still there."""
    return connection.execute(_withdrawal(_OF_ARTICLE), {"article": article_uid}).first()


def withdrawn_as(connection: Connection, uid: str) -> Row[Any] | None:
    """The withdrawal that names an article by just this uid, the first one of several; None if none does."""
    return connection.execute(_withdrawal(":article"), {"article": uid}).first()


@cache
def _withdrawal(uids: str) -> TextualSelect:
    return text(_FIRST_WITHDRAWAL.format(uids)).columns(*_WITHDRAWAL.columns)


def stored_article(connection: Connection, revision_id: int) -> Article:
    """An article as a revision has it, without its bytes."""
    query = text("""
        SELECT revision.*, article.kind, article.cites_url, article.language, article.genre,
            article.url AS article_url, article.uid AS article_uid
        FROM revision JOIN article ON article.id = revision.article_id WHERE revision.id = :revision""")
    row = connection.execute(query, {"revision": revision_id}).mappings().one()
    return Article(
        text=row["text"],
        title=row["title"],
        published=row["published"],
        modified=row["modified"],
        url=row["url"] or row["article_url"],
        publisher=row["publisher"],
        authors=_authors(connection, revision_id),
        language=row["language"],
        genre=row["genre"],
        kind=row["kind"],
        cites_url=row["cites_url"],
        source=row["article_url"] or row["title"] or row["article_uid"],
        reader=row["reader"],
        retrieved_at=_moment(row["retrieved_at"]),
    )


def read_from(connection: Connection, raw: bytes) -> Article | None:
    """The article whose newest revision was read from these bytes, without them.

    None if there is none, if it was withdrawn, or if several articles have the same bytes.
    """
    query = text("""
        SELECT newest.id FROM revision AS newest
        JOIN article ON article.id = newest.article_id
        WHERE newest.raw_sha256 = :sha256 AND article.kind = 'page'
            AND newest.seq = (SELECT max(seq) FROM revision WHERE article_id = article.id)
            AND article.id NOT IN (SELECT article_id FROM withdrawn)
        LIMIT 2""")
    found = connection.execute(query, {"sha256": hashlib.sha256(raw).hexdigest()}).scalars().all()
    return stored_article(connection, found[0]) if len(found) == 1 else None


def stored_bytes(connection: Connection, revision_id: int) -> tuple[bytes, str | None]:
    """The bytes that a revision was read from, if any, and the encoding that a server stated for them."""
    query = text("""
        SELECT raw.bytes, (
            SELECT headers FROM fetch WHERE fetch.sha256 = raw.sha256 ORDER BY fetch.id DESC LIMIT 1
        ) AS headers
        FROM revision JOIN raw ON raw.sha256 = revision.raw_sha256 WHERE revision.id = :revision""")
    row = connection.execute(query, {"revision": revision_id}).mappings().one_or_none()
    if row is None or not row["bytes"]:
        return b"", None
    headers = {name.lower(): value for name, value in json.loads(row["headers"] or "[]")}
    return zlib.decompress(row["bytes"]), stated_charset(headers.get("content-type"))


def _moment(said: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(said).replace(tzinfo=dt.UTC) if said else None


def _authors(connection: Connection, revision_id: int) -> tuple[str, ...]:
    query = text("SELECT name FROM author WHERE revision_id = :revision ORDER BY position")
    return tuple(connection.execute(query, {"revision": revision_id}).scalars())


def _stored(row: RowMapping) -> Stored:
    return Stored(**{name: row[name] for name in Stored.__dataclass_fields__})
