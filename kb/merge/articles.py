"""An article of another base brought into this one: what of it is not here yet.

A revision is the same in both bases if its uid is: the same text, of which the same is said. It counts
from when either base had it first, and an article's revisions are numbered in that order: so which one is
the newest does not depend on which base was brought into which. Of an article that had to go, in whichever
base, comes that it was there: its uids, hashes and days.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

from sqlalchemy import Connection, Row, RowMapping, delete, func, select, text, update

from kb.desk.withdrawals import blank_withdrawn
from kb.merge.facts import copy_readings, missing_readings
from kb.merge.rows import Keys, copy_rows, rows_there
from kb.merge.there import SAID, Here, There, find, is_gone, is_known, known_revisions, missing_answers, since
from kb.model.tables import (
    ArticleRow,
    AuthorRow,
    FetchRow,
    PassageRow,
    RawRow,
    RevisionRow,
    table_of,
)
from kb.resolve import bring_home, members_of, regroup, regroup_articles, trace
from kb.resolve.texts.origins import run_of
from kb.store import Store
from kb.store.additions import carry_missing
from kb.store.called import call
from kb.store.connection import defer_references
from kb.store.lookup import stored_article
from kb.store.revisions import newest_of, number_revisions
from kb.store.rows import insert_row
from kb.store.search import index_passages, index_rows

_ARTICLE, _REVISION, _AUTHOR, _RAW, _PASSAGE = (
    table_of(row) for row in (ArticleRow, RevisionRow, AuthorRow, RawRow, PassageRow)
)
_HAD = ("cause", "reader", "raw_sha256", "retrieved_at", "recorded_at")  # how a base came by a revision
Outcome = Literal["new", "more", "known", "withdrawn", "left out"]


def bring(
    store: Store, keys: Keys, article_id: int, gone: Collection[int]
) -> tuple[Outcome, tuple[str, ...]]:
    """Bring one article in, with its revisions, readings, facts and fetches, in one transaction.

    What came of it: it is `new`, or `more` of it is known, or nothing; it was `withdrawn` there and is
    now here (its key is in `gone`, or it had stood without its address), with the addresses that
    caches may have it under; or it was withdrawn here alone and is left out.
    """
    keys.forget()
    there = There.of(keys.there, article_id)
    own = find(keys.here, there)
    if not is_known(keys, there, own):
        with store.transaction() as connection:
            defer_references(connection)
            own = find(connection, there)
            urls = _Coming(keys, there, own).bring()
        if own is None:
            return "new", urls
        if urls:
            return "withdrawn", urls
        outcome: Outcome = "more"
    else:
        outcome = "known"
    assert own is not None
    if own.id in gone:
        return "withdrawn", ()
    if is_gone(keys.here, _uids(keys.here, own.id)) and not is_gone(keys.there, there.uids):
        return "left out", ()
    return outcome, ()


def bring_answers(store: Store, keys: Keys) -> int:
    """The answers of servers that belong to no article: lists of pages, and what was none; how many."""
    keys.forget()
    with store.transaction():
        rows = missing_answers(keys, None)
        copy_rows(keys, FetchRow, rows)
    return len(rows)


def _uids(connection: Connection, article: int) -> tuple[str, ...]:
    query = text("SELECT uid FROM article_uid WHERE article_id = :article")
    return tuple(connection.execute(query, {"article": article}).scalars())


class _Coming:
    """One article on its way into this base, within a transaction."""

    def __init__(self, keys: Keys, there: There, own: Row[Any] | None) -> None:
        self._keys, self._here = keys, keys.here
        self._there, self._own = there, own
        uids = (*there.uids, *(_uids(keys.here, own.id) if own is not None else ()))
        self._blank = is_gone(keys.here, uids)
        self._known = known_revisions(self._here, there)
        self._had: set[int] = set()  # articles here that got states

    def bring(self) -> tuple[str, ...]:
        """Everything that is not here yet, and the groups that follow; addresses of what went by it."""
        touched = {here.article_id for here in self._known.values()}
        touched |= {self._own.id} if self._own is not None else set()
        before = members_of(self._here, touched)
        newest_before = {one: newest_of(self._here, one) for one in touched}
        article = self._put_article()
        self._keys.know("article", self._there.row["id"], article)
        for revision in self._there.revisions:
            self._put_revision(article, revision)
        self._put_answers()
        touched.add(article)
        moved: set[int] = set()
        for one in sorted(touched):
            number_revisions(self._here, one)
            if not self._blank:
                moved |= self._follow(one, newest_before.get(one))
        if self._blank:
            pass  # there is nothing to group
        elif self._own is None and touched == {article}:
            regroup(self._here, newest_of(self._here, article), moved)
        else:
            regroup_articles(self._here, touched, before, {}, moved)
        settled = bring_home(self._here, article)
        return tuple(url for urls in blank_withdrawn(self._here, settled).values() for url in urls)

    def _follow(self, article: int, newest_before: int | None) -> set[int]:
        """What follows from the newest revision of an article; articles whose text is from elsewhere now."""
        newest = newest_of(self._here, article)
        carry_missing(self._here, newest)
        if newest != newest_before:
            self._say(article, newest)
            self._index(newest)
        elif article not in self._had:
            return set()
        return trace(self._here, newest, run_of(self._here, newest))

    def _put_article(self) -> int:
        """Its row here: a new one, or what is known of it now; since when it is known."""
        row = dict(self._there.row)
        if self._own is None:
            del row["id"]
            article = insert_row(self._here, ArticleRow, row | {"publisher_id": None})
            call(self._here, article, self._there.uids)
            return article
        call(self._here, self._own.id, self._there.uids)
        values = {name: row[name] for name in SAID if row[name] and not getattr(self._own, name)}
        if since(self._own, self._there) < self._own.recorded_at:
            values["recorded_at"] = row["recorded_at"]
        if not any(getattr(self._own, name) for name in ("url", "cites_url")):
            values["uid"] = min(self._own.uid, row["uid"])  # two texts of one article without an address
        if values:
            self._here.execute(update(_ARTICLE).where(_ARTICLE.c.id == self._own.id).values(values))
        return int(self._own.id)

    def _put_revision(self, article: int, revision: RowMapping) -> None:
        own = self._known.get(revision["uid"])
        readings = missing_readings(self._keys, revision["id"], own.id if own else None)
        if own is None:
            here = self._insert(article, revision["id"])
        else:
            here = own.id
            self._date(own, revision)
        self._keys.know("revision", revision["id"], here)
        if readings:
            copy_readings(self._keys, revision["id"], here, readings, blank=self._blank)

    def _insert(self, article: int, there: int) -> int:
        (row,) = rows_there(self._keys, RevisionRow, _REVISION.c.id == there)
        if row["raw_sha256"] is not None:
            self._put_raw(row["raw_sha256"])
        del row["id"]
        if self._blank:
            row |= {"text": "", "title": None}
        last = select(func.coalesce(func.max(_REVISION.c.seq), 0)).where(_REVISION.c.article_id == article)
        seq = self._here.execute(last).scalar_one() + 1
        here = insert_row(self._here, RevisionRow, row | {"article_id": article, "seq": seq})
        self._keys.know("revision", there, here)
        self._had.add(article)
        if not self._blank:
            authors = rows_there(self._keys, AuthorRow, _AUTHOR.c.revision_id == there)
            copy_rows(self._keys, AuthorRow, authors)
        return here

    def _put_raw(self, sha256: str) -> None:
        same = _RAW.c.sha256 == sha256
        known = self._here.execute(select(_RAW.c.id, func.length(_RAW.c.bytes)).where(same)).first()
        if known is None:
            rows = rows_there(self._keys, RawRow, same)
            copy_rows(self._keys, RawRow, [row | {"bytes": b""} for row in rows] if self._blank else rows)
        elif not known[1] and not self._blank:  # blanked here with another article
            for row in rows_there(self._keys, RawRow, same):
                self._here.execute(update(_RAW).where(same).values(bytes=row["bytes"]))

    def _date(self, own: Here, revision: RowMapping) -> None:
        """Let a revision count from when either base had it first, with its bytes of then."""
        if revision["recorded_at"] >= own.recorded_at:
            return
        (row,) = rows_there(self._keys, RevisionRow, _REVISION.c.id == revision["id"])
        if row["raw_sha256"] is not None:
            self._put_raw(row["raw_sha256"])
        of_own = _REVISION.c.id == own.id
        before = self._here.execute(select(_REVISION.c.raw_sha256).where(of_own)).scalar()
        values = {name: row[name] for name in _HAD}
        self._here.execute(update(_REVISION).where(of_own).values(values))
        others = select(_REVISION.c.id).where(_REVISION.c.raw_sha256 == before)
        if before not in (None, row["raw_sha256"]) and self._here.execute(others.limit(1)).first() is None:
            self._here.execute(delete(_RAW).where(_RAW.c.sha256 == before))

    def _put_answers(self) -> None:
        found = missing_answers(self._keys, self._there.row["id"])
        if self._blank:
            found = [row | {"headers": None, "etag": None, "last_modified": None} for row in found]
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
