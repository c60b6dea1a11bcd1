"""An article that has to go: its words are blanked by the one path that the triggers allow.

What stays is that it was there: its address, uids and hashes, days, and why it went. Its text, title,
authors and bytes, its facts, and whatever the base made of its words are gone, from the file too. Its
facts' uids stay in decisions of people, whose own words are theirs and stay. It is not taken in again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, text

from kb.desk.called import decision_uid
from kb.desk.dependents import Dependent, dependents
from kb.desk.person import person
from kb.errors import UsageError
from kb.model.tables import WithdrawalRow, now, table_of
from kb.resolve.withdrawn import regroup_without
from kb.store import Store, insert_rows, next_id
from kb.store.connection import defer_references
from kb.store.lookup import Stored, find_articles
from kb.store.sweep import rebuild_index, sweep

_WITHDRAWAL = table_of(WithdrawalRow)
_OWN = (
    select(_WITHDRAWAL)
    .where(_WITHDRAWAL.c.article == bindparam("article"), _WITHDRAWAL.c.by == bindparam("who"))
    .order_by(_WITHDRAWAL.c.recorded_at, _WITHDRAWAL.c.uid)
)
_REVISIONS = "(SELECT id FROM revision WHERE article_id = :article)"
_REPORTS = f"(SELECT id FROM report WHERE revision_id IN {_REVISIONS})"
_URLS = """
    SELECT url FROM article WHERE id = :article AND url IS NOT NULL
    UNION SELECT url FROM revision WHERE article_id = :article AND url IS NOT NULL
    UNION SELECT url FROM fetch WHERE article_id = :article
    UNION SELECT final_url FROM fetch WHERE article_id = :article
    UNION SELECT moved_to FROM fetch WHERE article_id = :article AND moved_to IS NOT NULL"""
# In this order: rows that point at others go first. Bytes that another article has too stay with it.
_BLANK = (
    f"DELETE FROM participant WHERE report_id IN {_REPORTS}",
    f"DELETE FROM claim WHERE revision_id IN {_REVISIONS}",
    f"DELETE FROM report WHERE revision_id IN {_REVISIONS}",
    f"DELETE FROM mention WHERE revision_id IN {_REVISIONS}",
    f"DELETE FROM passage WHERE revision_id IN {_REVISIONS}",
    f"DELETE FROM author WHERE revision_id IN {_REVISIONS}",
    f"DELETE FROM span WHERE revision_id IN {_REVISIONS}",
    "UPDATE revision SET text = '', title = NULL WHERE article_id = :article",
    f"""
    UPDATE raw SET bytes = x'' WHERE sha256 IN (SELECT raw_sha256 FROM revision WHERE id IN {_REVISIONS})
        AND NOT EXISTS (
            SELECT 1 FROM revision JOIN article ON article.id = revision.article_id
            WHERE revision.raw_sha256 = raw.sha256
                AND article.id NOT IN (SELECT article_id FROM withdrawn)
        )""",
    "DELETE FROM sketch WHERE article_id = :article",
    "UPDATE origin SET evidence = '' WHERE :article IN (article_id, from_article_id)",
    "UPDATE fetch SET headers = NULL, etag = NULL, last_modified = NULL WHERE article_id = :article",
)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A withdrawal as it was appended, with what rested on the article.

    `swept` tells whether the file holds nothing of it any more: also no free page and no log beside it.
    `urls` are all addresses that it was asked for at: where caches may have it.
    """

    uid: str
    article: str
    url: str | None
    reason: str
    swept: bool
    urls: tuple[str, ...] = ()
    dependents: tuple[Dependent, ...] = field(default=())


def article_to_withdraw(store: Store, said: str) -> Stored:
    """The one article that a URL or uid names.

    Raises:
        UsageError: nothing or more than one thing has it.
    """
    found = find_articles(store.connection, said)
    if len(found) > 1:
        listed = ", ".join(f"{one.uid} ({one.kind})" for one in found)
        raise UsageError(
            f"{said} is what {len(found)} quotes and notes are about, say which by its uid: {listed}"
        )
    return found[0]


def resting_on(store: Store, said: str) -> tuple[Dependent, ...]:
    """What rests on the article that a URL or uid names, before it goes.

    Raises:
        UsageError: nothing or more than one thing has it.
    """
    return dependents(store.connection, article_to_withdraw(store, said).id)


def withdraw(store: Store, said: str, *, reason: str, by: str | None, note: str | None) -> Withdrawn:
    """Take the words of an article out of the base, in one transaction, and then out of the file.

    One that is withdrawn already is swept out of the file again. Another person's reason is kept too;
    of the same person the first one stays.

    Raises:
        UsageError: no reason is given, or nothing or more than one thing has the URL or uid; or nobody
            is named who says so.
        StoreError: the base cannot be written.
    """
    if not reason.strip():
        raise UsageError("say why: the reason is all that will be left of it")
    with store.transaction() as connection:
        article = article_to_withdraw(store, said)
        resting = () if article.withdrawn_at else dependents(connection, article.id)
        own = _own(connection, article, person(by), reason.strip(), note)
        if article.withdrawn_at is None:
            _blank(connection, article.id)
        urls = _urls(connection, article.id)
    swept = sweep(store)
    return Withdrawn(own.uid, article.uid, article.url, own.reason, swept, urls, resting)


def blank_withdrawn(connection: Connection, articles: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Take the words of those of some articles (by key) that were withdrawn out of the base.

    Within a transaction; they are in the file until `sweep`. All addresses that each of those that had
    words until now was asked for at.
    """
    standing = text("""
        SELECT 1 FROM withdrawn JOIN revision ON revision.article_id = withdrawn.article_id
        WHERE withdrawn.article_id = :article AND revision.text <> '' LIMIT 1""")
    found = {}
    for article in sorted(articles):
        if connection.execute(standing, {"article": article}).first():
            _blank(connection, article)
            found[article] = _urls(connection, article)
    return found


def named_by(connection: Connection, uids: Iterable[str]) -> set[int]:
    """The articles (by key) that are known by one of these uids."""
    query = text("SELECT article_id FROM article_uid WHERE uid = :uid")
    return {key for uid in set(uids) for key in connection.execute(query, {"uid": uid}).scalars()}


def _own(connection: Connection, article: Stored, who: str, reason: str, note: str | None) -> Row[Any]:
    """What a person said when withdrawing the article: now, unless they did so before."""
    key = {"article": article.uid, "who": who}
    own = connection.execute(_OWN, key).first()
    if own is None:
        _append(connection, article, {"by": who, "recorded_at": now(), "reason": reason, "note": note})
        own = connection.execute(_OWN, key).one()
    return own


def _append(connection: Connection, article: Stored, said: Mapping[str, Any]) -> None:
    uid = decision_uid(connection, WithdrawalRow, "withdrawal", article.uid, by=said["by"])
    row = {"id": next_id(connection, WithdrawalRow), "uid": uid, "article": article.uid, **said}
    insert_rows(connection, WithdrawalRow, [row])


def _urls(connection: Connection, article: int) -> tuple[str, ...]:
    return tuple(connection.execute(text(_URLS), {"article": article}).scalars())


def _blank(connection: Connection, article_id: int) -> None:
    """Take the facts out of their groups, then every word out of the tables and the index."""
    defer_references(connection)  # the facts point at their things until they go
    regroup_without(connection, article_id)
    for statement in _BLANK:
        connection.execute(text(statement), {"article": article_id})
    rebuild_index(connection)
