"""Which article a source is, and whether it says anything new: articles and their revisions.

A page is known by its URL, else by its text, else (read by a newer reader) by its bytes. The same
text with at most one URL is one article, and is called by the URL as soon as it is known. What a source
does not say this time is not forgotten.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import Connection, Row, bindparam, func, select, update

from kb.errors import IntegrityError
from kb.model.plain import folded
from kb.model.tables import ArticleRow, AuthorRow, RawRow, RevisionRow, now, table_of
from kb.model.uids import article_uid, text_sha256, uid_of
from kb.model.values import Article, RevisionCause
from kb.store.called import call, uids_of
from kb.store.lookup import first_withdrawal, withdrawn_as
from kb.store.rows import insert_row

_ARTICLE, _REVISION, _AUTHOR, _RAW = (table_of(row) for row in (ArticleRow, RevisionRow, AuthorRow, RawRow))
# Made once: to build and compile them takes longer than to run them.
_OF_KIND = select(_ARTICLE).where(_ARTICLE.c.kind == bindparam("kind")).order_by(_ARTICLE.c.uid)
_AT_URL = _OF_KIND.where(_ARTICLE.c.url == bindparam("url"))
_OF_TEXT, _OF_BYTES = (
    _OF_KIND.where(_ARTICLE.c.id.in_(select(_REVISION.c.article_id).where(*conditions)))
    for conditions in (
        (_REVISION.c.text_sha256 == bindparam("sha256"),),
        (_REVISION.c.raw_sha256 == bindparam("sha256"), _REVISION.c.reader != bindparam("reader")),
    )
)
_STATED = ("url", "title", "publisher", "published", "modified")


@dataclass(frozen=True, slots=True)
class Known:
    """What a base knows of an article: its uid there, None if it is new, and whether it says nothing new.

    `article` is the one given, completed by what was said of the same text before.
    """

    article: Article
    uid: str | None
    unchanged: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What storing did; `revision_id` is the new revision, None where nothing was new."""

    status: Literal["loaded", "unchanged", "revised"]
    article_uid: str
    revision_id: int | None


@dataclass(frozen=True, slots=True)
class _Revision:
    """A stored revision without its text."""

    uid: str
    seq: int
    text_sha256: str
    raw_sha256: str | None
    reader: str
    said: dict[str, Any]  # the columns of _STATED, and authors


@dataclass(frozen=True, slots=True)
class Recognition:
    """An article as `recognise` found it, with the rows it needs to be stored."""

    known: Known
    text_sha256: str
    row: Row[Any] | None
    revisions: tuple[_Revision, ...]


def recognise(connection: Connection, article: Article, *, fetched: bool) -> Recognition:
    """Find the article and compare what it says with what is stored.

    It is unchanged if one revision (of a `fetched` one: the newest) has the same text and says all
    that it says, perhaps more.

    Raises:
        IntegrityError: the text cannot be stored, or the article was withdrawn.
    """
    article = _storable(article)
    text_hash = text_sha256(article.text)
    row = find_same(connection, article, text_hash)
    _refuse_withdrawn(connection, article, row, text_hash)
    if row is None:
        return Recognition(Known(article, None, unchanged=False), text_hash, None, ())
    revisions = _revisions(connection, row.id)
    same_text = [revision for revision in revisions if revision.text_sha256 == text_hash]
    if fetched:
        same_text = [revision for revision in same_text if revision is revisions[-1]]
    saying = [revision for revision in same_text if _says_all(revision, article, row)]
    before = (saying or same_text)[-1:]
    completed = _completed(article, row, before[0].said if before else {})
    return Recognition(Known(completed, row.uid, unchanged=bool(saying)), text_hash, row, revisions)


def insert_revision(
    connection: Connection, article: Article, *, fetched: bool, retrieved_at: dt.datetime | None
) -> Outcome:
    """Store the article's bytes, text and metadata, unless it is unchanged."""
    found = recognise(connection, article, fetched=fetched)
    article = found.known.article
    if found.known.unchanged:
        assert found.row is not None
        return Outcome("unchanged", found.row.uid, None)
    article_id, uid = _put_article(connection, article, found)
    raw_sha256 = _put_raw(connection, article.raw)
    values = {
        "uid": _revision_uid(uid, article, found),
        "article_id": article_id,
        "seq": max((revision.seq for revision in found.revisions), default=0) + 1,
        "cause": _cause(article, raw_sha256, found.revisions, fetched=fetched),
        **{column: getattr(article, column) for column in _STATED},
        "reader": article.reader,
        "retrieved_at": retrieved_at,
        "recorded_at": now(),
        "raw_sha256": raw_sha256,
        "text_sha256": found.text_sha256,
        "text": article.text,
    }
    revision_id = insert_row(connection, RevisionRow, values)
    for position, name in enumerate(article.authors, 1):
        insert_row(connection, AuthorRow, {"revision_id": revision_id, "position": position, "name": name})
    return Outcome("revised" if found.row is not None else "loaded", uid, revision_id)


def _storable(article: Article) -> Article:
    """The article with its metadata on one line each.

    Raises:
        IntegrityError: there is no text, or it holds what no database can keep; readers replace that.
    """
    try:
        article.text.encode()
    except UnicodeEncodeError as error:
        raise IntegrityError(f"{article.source}: a lone surrogate at {error.start}; replace it") from None
    if not article.text.strip():
        raise IntegrityError(f"{article.source}: there is no text in it")
    if "\0" in article.text:
        raise IntegrityError(f"{article.source}: U+0000 at {article.text.index(chr(0))}; replace it")
    lines: dict[str, Any] = {
        name: _line(getattr(article, name)) for name in (*_STATED, "language", "cites_url")
    }
    lines["authors"] = tuple(name for name in map(_line, article.authors) if name)
    return replace(article, **lines)


def _line(words: str | None) -> str | None:
    """One line of metadata; None where it says nothing."""
    return folded(words.replace("\0", "")).encode(errors="replace").decode() or None if words else None


def _refuse_withdrawn(connection: Connection, article: Article, row: Row[Any] | None, text_hash: str) -> None:
    """Let nothing come back that had to go.

    The same text at another address is another article, unless it had to go without any address.

    Raises:
        IntegrityError: the article was withdrawn.
    """
    withdrawal = first_withdrawal(connection, row.uid) if row is not None else None
    withdrawal = withdrawal or withdrawn_as(connection, article_uid(article.kind, None, text_hash))
    if withdrawal is not None:
        day = withdrawal.recorded_at.date().isoformat()
        raise IntegrityError(
            f"{article.source}: this article was withdrawn on {day} and is not taken in again;"
            f" the reason given: {withdrawal.reason}"
        )


def find_same(connection: Connection, article: Article, text_hash: str) -> Row[Any] | None:
    """The stored article that this one is, or None: by its URL, its text, or its bytes."""
    said: dict[str, Any] = {"kind": article.kind}
    if article.kind == "page" and article.url:
        found = connection.execute(_AT_URL, said | {"url": article.url}).first()
        if found is not None:
            return found
    found = _of_one_url(connection.execute(_OF_TEXT, said | {"sha256": text_hash}), article)
    if found is None and article.kind == "page" and article.raw:
        # The same bytes, read by another reader; of one reader they would be two parts of one file.
        said |= {"sha256": hashlib.sha256(article.raw).hexdigest(), "reader": article.reader}
        found = _of_one_url(connection.execute(_OF_BYTES, said), article)
    return found


def _of_one_url(rows: Iterable[Row[Any]], article: Article) -> Row[Any] | None:
    """Of articles with the same text, the one that is or may be at the same URL; exact ones first."""
    url = article.url or article.cites_url
    fitting = [row for row in rows if not url or (row.url or row.cites_url) in (None, url)]
    return min(fitting, key=lambda row: ((row.url or row.cites_url) != url, row.uid), default=None)


def _revisions(connection: Connection, article_id: int) -> tuple[_Revision, ...]:
    """The article's revisions in order."""
    columns = [
        _REVISION.c[name] for name in ("id", "uid", "seq", "text_sha256", "raw_sha256", "reader", *_STATED)
    ]
    rows = connection.execute(
        select(*columns).where(_REVISION.c.article_id == article_id).order_by(_REVISION.c.seq)
    ).all()
    authors: dict[int, list[str]] = {row.id: [] for row in rows}
    bylines = select(_AUTHOR.c.revision_id, _AUTHOR.c.name).where(_AUTHOR.c.revision_id.in_(authors))
    for revision_id, name in connection.execute(bylines.order_by(_AUTHOR.c.position)):
        authors[revision_id].append(name)
    return tuple(
        _Revision(
            row.uid,
            row.seq,
            row.text_sha256,
            row.raw_sha256,
            row.reader,
            {name: getattr(row, name) for name in _STATED} | {"authors": tuple(authors[row.id])},
        )
        for row in rows
    )


def _says_all(revision: _Revision, article: Article, row: Row[Any]) -> bool:
    """Whether the revision says all that the article says, or the article's row does; of the same text."""
    here = revision.said | {"url": row.url, "cites_url": row.cites_url}
    here |= {"language": row.language, "genre": row.genre}
    return all(getattr(article, name) in (None, (), said) for name, said in here.items())


def _completed(article: Article, row: Row[Any], said: dict[str, Any]) -> Article:
    """The article with what it does not say filled in from the stored row and what was said before."""
    before = {name: getattr(row, name) for name in ("url", "cites_url", "genre", "language")}
    stored = {**said, **{name: value for name, value in before.items() if value}}
    return replace(article, **{name: value for name, value in stored.items() if not getattr(article, name)})


def _put_article(connection: Connection, article: Article, found: Recognition) -> tuple[int, str]:
    """Make the article's row, or write into it what is known now; its key and uid."""
    address = article.url or article.cites_url
    values = {name: getattr(article, name) for name in ("url", "cites_url", "genre", "language")}
    known = uids_of(article.kind, address, found.text_sha256)
    if found.row is None:
        values |= {"uid": known[0], "kind": article.kind, "recorded_at": now()}
        article_id = insert_row(connection, ArticleRow, values)
        call(connection, article_id, known)
        return article_id, known[0]
    uid = str(found.row.uid)
    if address and not (found.row.url or found.row.cites_url):
        uid = _uid_with(address, article.kind, found)
    call(connection, found.row.id, (uid, *known))
    connection.execute(update(_ARTICLE).where(_ARTICLE.c.id == found.row.id).values(values | {"uid": uid}))
    return int(found.row.id), uid


def _uid_with(address: str, kind: str, found: Recognition) -> str:
    """The uid of a stored article whose address is known now: with the text that it was called by."""
    assert found.row is not None
    texts = [revision.text_sha256 for revision in found.revisions]
    own = next((one for one in texts if article_uid(kind, None, one) == found.row.uid), found.text_sha256)
    return article_uid(kind, address, own)


def _put_raw(connection: Connection, raw: bytes) -> str | None:
    """Keep the bytes, once; their hash, or None where there are none.

    Those that were blanked with a withdrawn article are kept again with this one.
    """
    if not raw:
        return None
    sha256 = hashlib.sha256(raw).hexdigest()
    known = connection.execute(
        select(_RAW.c.id, func.length(_RAW.c.bytes)).where(_RAW.c.sha256 == sha256)
    ).first()
    if known is None:
        insert_row(connection, RawRow, {"sha256": sha256, "size": len(raw), "bytes": zlib.compress(raw)})
    elif not known[1]:
        connection.execute(update(_RAW).where(_RAW.c.id == known.id).values(bytes=zlib.compress(raw)))
    return sha256


def _cause(
    article: Article, raw_sha256: str | None, revisions: tuple[_Revision, ...], *, fetched: bool
) -> RevisionCause:
    """Why there is a new revision: the same bytes read by another reader are no change by the publisher."""
    newest = revisions[-1] if revisions else None
    if newest and raw_sha256 and newest.raw_sha256 == raw_sha256 and newest.reader != article.reader:
        return "reread"
    return "fetched" if fetched else "supplied"


def _revision_uid(uid: str, article: Article, found: Recognition) -> str:
    """The uid of a state of the article; a page that comes back to a state gets a further one for it."""
    said = [getattr(article, name) or "" for name in _STATED]
    taken = {revision.uid for revision in found.revisions}
    ordinal = 1
    while (name := uid_of("revision", uid, found.text_sha256, *said, *article.authors, ordinal)) in taken:
        ordinal += 1
    return name
