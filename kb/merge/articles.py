"""An article of another base in this one: which it is here, and what of it is not here yet.

A revision is the same in both bases if its uid is: the same text, of which the same is said. It counts
from when either base had it first, and an article's revisions are numbered in that order: so which one is
the newest does not depend on which base was brought into which.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, RowMapping, func, select, text, update

from kb.desk.withdrawals import missing, take_over
from kb.merge.facts import copy_readings, missing_readings
from kb.merge.rows import Keys, Record, copy_rows, rows_there
from kb.model.tables import (
    ArticleRow,
    AuthorRow,
    FetchRow,
    PassageRow,
    RawRow,
    RevisionRow,
    WithdrawalRow,
    table_of,
)
from kb.model.values import Article
from kb.resolve import members_of, regroup, regroup_articles, trace
from kb.store import Store
from kb.store.additions import carry_missing
from kb.store.articles import find_same
from kb.store.connection import defer_references
from kb.store.lookup import stored_article
from kb.store.rows import insert_row
from kb.store.search import index_passages, index_rows

_ARTICLE, _REVISION, _AUTHOR, _RAW, _FETCH, _PASSAGE, _WITHDRAWAL = (
    table_of(row) for row in (ArticleRow, RevisionRow, AuthorRow, RawRow, FetchRow, PassageRow, WithdrawalRow)
)
_SAID = ("url", "cites_url", "genre", "language")
Outcome = Literal["new", "more", "known", "withdrawn", "left out"]


def bring(store: Store, keys: Keys, article_id: int) -> tuple[Outcome, tuple[str, ...]]:
    """Bring one article in, with its revisions, readings, facts and fetches, in one transaction.

    What came of it: it is `new`, or `more` of it is known, or nothing; it was `withdrawn` there and is
    now here, with the addresses that caches may have it under; or it was withdrawn here and is left out.
    """
    keys.forget()
    there = _There.of(keys.there, article_id)
    if _is_known(keys, there):
        return "known", ()
    with store.transaction() as connection:
        defer_references(connection)
        own = _find(connection, there)
        withdrawn = own is not None and bool(_withdrawals(connection, own.uid))
        if withdrawn and not there.withdrawals:
            return "left out", ()
        if own is not None and there.withdrawals:
            urls = take_over(connection, own.uid, there.withdrawals)
            return ("more", ()) if withdrawn else ("withdrawn", urls)
        _Coming(keys, there, own).bring()
        return "more" if own is not None else "new", ()


def bring_answers(store: Store, keys: Keys) -> int:
    """The answers of servers that belong to no article: lists of pages, and what was none; how many."""
    keys.forget()
    with store.transaction():
        rows = _missing_answers(keys, rows_there(keys, FetchRow, _FETCH.c.article_id.is_(None)))
        copy_rows(keys, FetchRow, rows)
    return len(rows)


def uid_here(here: Connection, there: Connection, uid: str) -> str:
    """The uid under which an article of the other base (by uid) is known here, else its own.

    A page that one base had before its address was known has another one there. If several of there are
    one of here, the first one is: with its address the others are told from it.
    """
    article = there.execute(select(_ARTICLE.c.id).where(_ARTICLE.c.uid == uid)).scalar()
    if article is None:
        return uid
    that = _There.of(there, article)
    own = _find(here, that)
    if own is None or own.uid == uid:
        return uid
    texts = {row["text_sha256"] for row in that.revisions}
    has_text = select(_REVISION.c.article_id).where(_REVISION.c.text_sha256.in_(texts))
    alike = select(_ARTICLE.c.id).where(_ARTICLE.c.id.in_(has_text)).order_by(_ARTICLE.c.uid)
    for one in there.execute(alike).scalars():
        found = _find(here, _There.of(there, one))
        if found is not None and found.uid == own.uid:
            return str(own.uid) if one == article else uid
    return uid


@dataclass(frozen=True, slots=True)
class _There:
    """An article of the other base; its revisions without their texts, in the order of when they were had."""

    row: RowMapping
    revisions: tuple[RowMapping, ...]
    withdrawals: tuple[Record, ...]

    @classmethod
    def of(cls, connection: Connection, article_id: int) -> _There:
        row = connection.execute(select(_ARTICLE).where(_ARTICLE.c.id == article_id)).mappings().one()
        columns = [_REVISION.c[name] for name in ("id", "uid", "recorded_at", "retrieved_at", "text_sha256")]
        query = select(*columns).where(_REVISION.c.article_id == article_id)
        revisions = connection.execute(query.order_by(_REVISION.c.recorded_at, _REVISION.c.seq)).mappings()
        return cls(row, tuple(revisions), _withdrawals(connection, row["uid"]))


def _withdrawals(connection: Connection, uid: str) -> tuple[Record, ...]:
    """Who had an article (by uid) go, the first one first."""
    query = select(_WITHDRAWAL).where(_WITHDRAWAL.c.article == uid)
    ordered = query.order_by(_WITHDRAWAL.c.recorded_at, _WITHDRAWAL.c.uid)
    return tuple(dict(row) for row in connection.execute(ordered).mappings())


def _find(connection: Connection, there: _There) -> Row[Any] | None:
    """The article here that it is: of its uid, else the one that loading its newest text would find."""
    found = connection.execute(select(_ARTICLE).where(_ARTICLE.c.uid == there.row["uid"])).first()
    if found is not None:
        return found
    said = {name: there.row[name] for name in ("kind", "url", "cites_url")}
    return find_same(connection, Article(text="", **said), there.revisions[-1]["text_sha256"])


def _is_known(keys: Keys, there: _There) -> bool:
    """Whether there is nothing to bring in. Reads alone: what is known costs no transaction."""
    own = _find(keys.here, there)
    if own is None:
        return False
    gone_here = bool(_withdrawals(keys.here, own.uid))
    if there.withdrawals:
        return gone_here and not missing(keys.here, own.uid, there.withdrawals)
    if gone_here or any(there.row[name] and not getattr(own, name) for name in _SAID):
        return False
    if there.row["recorded_at"] < own.recorded_at:
        return False
    known = _revisions(keys.here, own.id)
    for revision in there.revisions:
        here = known.get(revision["uid"])
        if here is None or revision["recorded_at"] < here["recorded_at"]:
            return False
        if missing_readings(keys, revision["id"], here["id"]):
            return False
    return not _missing_answers(keys, rows_there(keys, FetchRow, _FETCH.c.article_id == there.row["id"]))


def _revisions(connection: Connection, article_id: int) -> dict[str, RowMapping]:
    columns = [_REVISION.c[name] for name in ("id", "uid", "seq", "recorded_at")]
    query = select(*columns).where(_REVISION.c.article_id == article_id).order_by(_REVISION.c.seq)
    return {row["uid"]: row for row in connection.execute(query).mappings()}


def _missing_answers(keys: Keys, found: list[Record]) -> list[Record]:
    """Answers that are not here: told by what was asked for when, and what came."""
    told = ("url", "final_url", "status", "retrieved_at", "recorded_at")
    missing = []
    for row in found:
        same = (_FETCH.c[name] == row[name] for name in told)
        if keys.here.execute(select(_FETCH.c.id).where(*same)).first() is None:
            missing.append(row)
    return missing


class _Coming:
    """One article on its way into this base, within a transaction."""

    def __init__(self, keys: Keys, there: _There, own: Row[Any] | None) -> None:
        self._keys, self._here = keys, keys.here
        self._there, self._own = there, own
        self._blank = bool(there.withdrawals)
        self._read: set[int] = set()  # revisions here that were read by runs that came in

    def bring(self) -> None:
        """Everything that is not here yet, and the groups that follow from it."""
        before = members_of(self._here, [self._own.id]) if self._own is not None else None
        newest_before = self._newest(self._own.id) if self._own is not None else None
        article = self._put_article()
        self._keys.know("article", self._there.row["id"], article)
        for revision in self._there.revisions:
            self._put_revision(article, revision)
        _number(self._here, article)
        self._put_answers()
        newest = self._newest(article)
        if self._blank:
            take_over(self._here, self._there.row["uid"], self._there.withdrawals)
            return
        carried = carry_missing(self._here, newest)
        moved: set[int] = set()
        if newest != newest_before:
            self._say(article, newest)
            self._index(newest)
            moved = trace(self._here, newest, self._run_of(newest))
        if before is None:
            regroup(self._here, newest, moved)
        elif newest != newest_before or newest in self._read or carried:
            regroup_articles(self._here, [article], before, {}, moved)

    def _newest(self, article: int) -> int:
        query = select(_REVISION.c.id).where(_REVISION.c.article_id == article)
        return int(self._here.execute(query.order_by(_REVISION.c.seq.desc()).limit(1)).scalar_one())

    def _put_article(self) -> int:
        """Its row here: a new one, or what is known of it now; since when it is known."""
        row = dict(self._there.row)
        if self._own is None:
            del row["id"]
            return insert_row(self._here, ArticleRow, row | {"publisher_id": None})
        values = {name: row[name] for name in _SAID if row[name] and not getattr(self._own, name)}
        values["recorded_at"] = min(self._own.recorded_at, row["recorded_at"])
        self._here.execute(update(_ARTICLE).where(_ARTICLE.c.id == self._own.id).values(values))
        return int(self._own.id)

    def _put_revision(self, article: int, revision: RowMapping) -> None:
        there = revision["id"]
        known = _revisions(self._here, article)
        own = known.get(revision["uid"])
        readings = missing_readings(self._keys, there, own["id"] if own else None)
        if own is None:
            here = self._insert(article, there, max((row["seq"] for row in known.values()), default=0) + 1)
        else:
            here = int(own["id"])
            self._date(here, own["recorded_at"], revision)
        self._keys.know("revision", there, here)
        if readings:
            copy_readings(self._keys, there, here, readings, blank=self._blank)
            self._read.add(here)

    def _insert(self, article: int, there: int, seq: int) -> int:
        (row,) = rows_there(self._keys, RevisionRow, _REVISION.c.id == there)
        if row["raw_sha256"] is not None:
            self._put_raw(row["raw_sha256"])
        del row["id"]
        here = insert_row(self._here, RevisionRow, row | {"article_id": article, "seq": seq})
        self._keys.know("revision", there, here)
        copy_rows(self._keys, AuthorRow, rows_there(self._keys, AuthorRow, _AUTHOR.c.revision_id == there))
        return here

    def _put_raw(self, sha256: str) -> None:
        same = _RAW.c.sha256 == sha256
        known = self._here.execute(select(_RAW.c.id, func.length(_RAW.c.bytes)).where(same)).first()
        if known is None:
            copy_rows(self._keys, RawRow, rows_there(self._keys, RawRow, same))
        elif not known[1] and not self._blank:  # blanked here with another article
            for row in rows_there(self._keys, RawRow, same):
                self._here.execute(update(_RAW).where(same).values(bytes=row["bytes"]))

    def _date(self, here: int, since: dt.datetime, revision: RowMapping) -> None:
        """Let a revision count from when either base had it first."""
        if revision["recorded_at"] < since:
            moments = {name: revision[name] for name in ("recorded_at", "retrieved_at")}
            self._here.execute(update(_REVISION).where(_REVISION.c.id == here).values(moments))

    def _put_answers(self) -> None:
        of_article = _FETCH.c.article_id == self._there.row["id"]
        found = _missing_answers(self._keys, rows_there(self._keys, FetchRow, of_article))
        copy_rows(self._keys, FetchRow, found)

    def _say(self, article: int, newest: int) -> None:
        """Let the article be of the genre and language that its newest text is said to be of."""
        theirs = {self._keys.of("revision", row["id"]) for row in self._there.revisions}
        values = {name: self._there.row[name] for name in ("genre", "language") if self._there.row[name]}
        if newest in theirs and values:
            self._here.execute(update(_ARTICLE).where(_ARTICLE.c.id == article).values(values))

    def _index(self, newest: int) -> None:
        """Put the newest text into the search index: as the other base has it, else by its paragraphs."""
        for revision in self._there.revisions:
            if self._keys.of("revision", revision["id"]) == newest:
                rows = rows_there(self._keys, PassageRow, _PASSAGE.c.revision_id == revision["id"])
                if rows:
                    index_rows(self._here, newest, rows)
                    return
        index_passages(self._here, stored_article(self._here, newest), (), newest)

    def _run_of(self, revision: int) -> int:
        """The run that read a revision last: what is told of its text's origin is told by it."""
        query = text("""
            SELECT run_id FROM reading WHERE revision_id = :revision
            ORDER BY recorded_at DESC, id DESC LIMIT 1""")
        return int(self._here.execute(query, {"revision": revision}).scalar_one())


def _number(connection: Connection, article: int) -> None:
    """Number the revisions of an article in the order of when they were had."""
    query = select(_REVISION.c.id, _REVISION.c.seq).where(_REVISION.c.article_id == article)
    rows = connection.execute(query.order_by(_REVISION.c.recorded_at, _REVISION.c.uid)).all()
    if [row.seq for row in rows] == list(range(1, len(rows) + 1)):
        return
    above = max(row.seq for row in rows)
    for shift in (above, 0):  # no two may have one number at any time
        for number, row in enumerate(rows, shift + 1):
            connection.execute(update(_REVISION).where(_REVISION.c.id == row.id).values(seq=number))
