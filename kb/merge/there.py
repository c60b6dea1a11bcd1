"""An article of the other base as it stands there, and which article here it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, select, text

from kb.merge.facts import missing_readings
from kb.merge.rows import Keys, Record, rows_there
from kb.model.tables import ArticleRow, ArticleUidRow, FetchRow, RevisionRow, table_of

_ARTICLE, _KNOWN, _REVISION, _FETCH = (
    table_of(row) for row in (ArticleRow, ArticleUidRow, RevisionRow, FetchRow)
)
SAID = ("url", "cites_url", "genre", "language")
_ADDRESS = ("url", "cites_url")
_TOLD = ("url", "final_url", "status", "retrieved_at", "recorded_at")  # what tells one answer from another


@dataclass(frozen=True, slots=True)
class There:
    """An article of the other base; its revisions without their texts, in the order of when they were had.

    `uids` are all that it is known by.
    """

    row: RowMapping
    revisions: tuple[RowMapping, ...]
    uids: tuple[str, ...]

    @classmethod
    def of(cls, connection: Connection, article_id: int) -> There:
        """The article of a key."""
        row = connection.execute(select(_ARTICLE).where(_ARTICLE.c.id == article_id)).mappings().one()
        columns = [_REVISION.c[name] for name in ("id", "uid", "recorded_at", "retrieved_at")]
        query = select(*columns).where(_REVISION.c.article_id == article_id)
        revisions = connection.execute(query.order_by(_REVISION.c.recorded_at, _REVISION.c.seq)).mappings()
        known = select(_KNOWN.c.uid).where(_KNOWN.c.article_id == article_id).order_by(_KNOWN.c.uid)
        return cls(row, tuple(revisions), tuple(connection.execute(known).scalars()))


@dataclass(frozen=True, slots=True)
class Here:
    """A revision that is here already: its key, its article and since when it is had."""

    id: int
    article_id: int
    recorded_at: dt.datetime


def find(connection: Connection, there: There) -> Row[Any] | None:
    """The article here that it is: of its uid; of one without an address also the one that has its text.

    Of several that do the one that was withdrawn, else the one with the smallest uid.
    """
    row = connection.execute(select(_ARTICLE).where(_ARTICLE.c.uid == there.row["uid"])).first()
    if row is not None or any(there.row[name] for name in _ADDRESS):
        return row
    has = select(_KNOWN.c.article_id).where(_KNOWN.c.uid.in_(there.uids))
    gone = _ARTICLE.c.id.in_(select(text("article_id")).select_from(text("withdrawn")))
    same = select(_ARTICLE).where(_ARTICLE.c.id.in_(has), _ARTICLE.c.kind == there.row["kind"])
    return connection.execute(same.order_by(~gone, _ARTICLE.c.uid)).first()


def is_gone(connection: Connection, uids: tuple[str, ...]) -> bool:
    """Whether a withdrawal names an article by one of these uids."""
    query = text("SELECT 1 FROM withdrawal WHERE article = :uid")
    return any(connection.execute(query, {"uid": uid}).first() for uid in uids)


def since(own: Row[Any], there: There) -> dt.datetime:
    """Since when either base has the article here; its text may have been there before, without address."""
    same = own.uid == there.row["uid"] or not any(getattr(own, name) for name in _ADDRESS)
    moment: dt.datetime = own.recorded_at
    return min(moment, there.row["recorded_at"]) if same else moment


def is_known(keys: Keys, there: There, own: Row[Any] | None) -> bool:
    """Whether there is nothing to bring in. Reads alone: what is known costs no transaction."""
    if own is None or any(there.row[name] and not getattr(own, name) for name in SAID):
        return False
    if since(own, there) < own.recorded_at:
        return False
    known = known_revisions(keys.here, there)
    for revision in there.revisions:
        here = known.get(revision["uid"])
        if here is None or revision["recorded_at"] < here.recorded_at:
            return False
        if missing_readings(keys, revision["id"], here.id):
            return False
    return not missing_answers(keys, there.row["id"])


def known_revisions(connection: Connection, there: There) -> dict[str, Here]:
    """Its revisions that are here already, by uid, in whatever article: a text may be at home elsewhere."""
    columns = [_REVISION.c[name] for name in ("uid", "id", "article_id", "recorded_at")]
    found = {}
    for revision in there.revisions:
        row = connection.execute(select(*columns).where(_REVISION.c.uid == revision["uid"])).first()
        if row is not None:
            found[row.uid] = Here(row.id, row.article_id, row.recorded_at)
    return found


def missing_answers(keys: Keys, article: int | None) -> list[Record]:
    """Answers of servers on an article there, or on none, that are not here."""
    missing = []
    for row in rows_there(keys, FetchRow, _FETCH.c.article_id.is_not_distinct_from(article)):
        same = (_FETCH.c[name] == row[name] for name in _TOLD)
        if keys.here.execute(select(_FETCH.c.id).where(*same)).first() is None:
            missing.append(row)
    return missing
