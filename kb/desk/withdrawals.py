"""An article that has to go: its words are blanked by the one path that the triggers allow.

What stays is that it was there: its address, uids and hashes, days, and why it went. Its text, title,
authors and bytes, its facts, and whatever the base made of its words are gone, from the file too. Its
facts' uids stay in decisions of people, whose own words are theirs and stay. It is not taken in again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, text

from kb.desk.dependents import Dependent, dependents
from kb.desk.person import person
from kb.errors import UsageError
from kb.model.tables import WithdrawalRow, now
from kb.model.uids import uid_of
from kb.resolve.withdrawn import regroup_without
from kb.store import Store, insert_rows, next_id
from kb.store.connection import defer_references
from kb.store.lookup import Stored, find_articles
from kb.store.sweep import rebuild_index, sweep

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
    f"UPDATE span SET words = '' WHERE revision_id IN {_REVISIONS}",
    "UPDATE revision SET text = '', title = NULL WHERE article_id = :article",
    f"""
    UPDATE raw SET bytes = x'' WHERE sha256 IN (SELECT raw_sha256 FROM revision WHERE id IN {_REVISIONS})
        AND NOT EXISTS (
            SELECT 1 FROM revision JOIN article ON article.id = revision.article_id
            WHERE revision.raw_sha256 = raw.sha256
                AND article.uid NOT IN (SELECT article FROM withdrawal)
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

    One that is withdrawn already is only swept out of the file again.

    Raises:
        UsageError: no reason is given, or nothing or more than one thing has the URL or uid.
        StoreError: the base cannot be written.
    """
    if not reason.strip():
        raise UsageError("say why: the reason is all that will be left of it")
    with store.transaction() as connection:
        article = article_to_withdraw(store, said)
        if article.withdrawn_at is None:
            resting = dependents(connection, article.id)
            _append(connection, article, reason.strip(), by, note)
            _blank(connection, article.id)
        else:
            resting = ()
        urls = tuple(connection.execute(text(_URLS), {"article": article.id}).scalars())
    swept = sweep(store)
    said = article.reason or reason.strip()
    return Withdrawn(_uid(article), article.uid, article.url, said, swept, urls, resting)


def take_over(connection: Connection, uid: str, decision: Mapping[str, Any]) -> tuple[str, ...]:
    """Withdraw an article (by uid) as another base did: by whom, when and why it was done there.

    Within a transaction; its words are in the file until `sweep`. All addresses that it was asked for at.
    """
    (article,) = find_articles(connection, uid)
    said = {name: decision[name] for name in ("reason", "by", "recorded_at", "note")}
    row = {"id": next_id(connection, WithdrawalRow), "uid": _uid(article), "article": article.uid, **said}
    insert_rows(connection, WithdrawalRow, [row])
    _blank(connection, article.id)
    return tuple(connection.execute(text(_URLS), {"article": article.id}).scalars())


def _append(connection: Connection, article: Stored, reason: str, by: str | None, note: str | None) -> None:
    row = {
        "id": next_id(connection, WithdrawalRow),
        "uid": _uid(article),
        "article": article.uid,
        "reason": reason,
        "by": person(by),
        "recorded_at": now(),
        "note": note,
    }
    insert_rows(connection, WithdrawalRow, [row])


def _uid(article: Stored) -> str:
    return uid_of("withdrawal", article.uid)


def _blank(connection: Connection, article_id: int) -> None:
    """Take the facts out of their groups, then every word out of the tables and the index."""
    defer_references(connection)  # the facts point at their things until they go
    regroup_without(connection, article_id)
    for statement in _BLANK:
        connection.execute(text(statement), {"article": article_id})
    rebuild_index(connection)
