"""The proof of a base: what DESIGN's rules promise, looked up row by row. What `kb check` runs."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select
from sqlalchemy import column as one_column
from sqlalchemy import table as named

from kb.errors import StoreError
from kb.model import schema
from kb.model.tables import (
    METADATA,
    ArticleRow,
    ClaimRow,
    MentionRow,
    PassageRow,
    RawRow,
    ReportRow,
    RevisionRow,
    SpanRow,
    table_of,
)
from kb.model.uids import fact_uid, text_sha256
from kb.resolve import differences, is_current
from kb.store import Store
from kb.store.connection import connect, explained
from kb.store.search import folded_letters, index_matches

_REVISION, _SPAN, _PASSAGE = table_of(RevisionRow), table_of(SpanRow), table_of(PassageRow)
_ARTICLE, _WITHDRAWN = table_of(ArticleRow), named("withdrawn", one_column("article_id"))
_OF_WITHDRAWN = """
    JOIN article ON article.id = withdrawn.article_id JOIN revision ON revision.article_id = article.id"""
_BLANK = {
    "revision": "WHERE revision.text <> '' OR revision.title IS NOT NULL",
    "span": "JOIN span ON span.revision_id = revision.id AND span.words <> ''",
    "origin": "JOIN origin ON article.id IN (origin.article_id, origin.from_article_id) AND evidence <> ''",
    "sketch": "JOIN sketch ON sketch.article_id = article.id",
    "raw": """
        JOIN raw ON raw.sha256 = revision.raw_sha256 AND raw.bytes <> x''
        WHERE NOT EXISTS (
            SELECT 1 FROM revision AS other JOIN article AS there ON there.id = other.article_id
            WHERE other.raw_sha256 = raw.sha256 AND there.id NOT IN (SELECT article_id FROM withdrawn)
        )""",
    **{
        table: f"JOIN {table} ON {table}.revision_id = revision.id"
        for table in ("mention", "report", "claim", "author", "passage")
    },
}
_FACTS = (
    ("mention", MentionRow, "span_id"),
    ("report", ReportRow, "trigger_span_id"),
    ("claim", ClaimRow, "phrase_span_id"),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not hold: in which table, at which row (its uid, or its key), and what."""

    table: str
    row: str
    what: str

    def __str__(self) -> str:
        return f"{self.table} {self.row}: {self.what}" if self.row else f"{self.table}: {self.what}"


def check(store: Store) -> list[Problem]:
    """Everything that does not hold in a base, in the order in which it was looked at.

    Where a table or a view is missing or not kb's, nothing more is looked at.

    Raises:
        StoreError: the base cannot be read at all.
    """
    connection = store.connection
    with explained(store.path):
        problems = [*_file(connection), *_schema(connection)]
        if not any(problem.table in ("table", "view") for problem in problems):
            problems += [problem for proof in _PROOFS for problem in proof(connection)]
            problems += _index(store)
    return problems


def _file(connection: Connection) -> Iterator[Problem]:
    """SQLite's own proofs: pages, indexes, CHECKs and foreign keys."""
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if said != "ok":
            yield Problem("database", "", said)
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Problem(table, str(row), f"points at a row of {parent} that is not there")


def _schema(connection: Connection) -> Iterator[Problem]:
    """Tables, triggers and views are there, the last two word for word."""
    stored = {
        (kind, name): schema.one_line(sql)
        for kind, name, sql in connection.exec_driver_sql(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
        )
    }
    for table in METADATA.tables:
        if ("table", table) not in stored:
            yield Problem("table", table, "is missing")
    for (kind, name), sql in schema.defined().items():
        if (kind, name) not in stored:
            yield Problem(kind, name, "is missing")
        elif stored[kind, name] != sql:
            yield Problem(kind, name, "is not the one that kb made")


def _bytes(connection: Connection) -> Iterator[Problem]:
    raw = table_of(RawRow)
    revisions = select(_REVISION.c.raw_sha256).join(_ARTICLE, _ARTICLE.c.id == _REVISION.c.article_id)
    standing = set(connection.execute(revisions.where(~_gone())).scalars())
    for sha256, size, stored in connection.execute(select(raw.c.sha256, raw.c.size, raw.c.bytes)):
        if not stored:  # a withdrawn source
            if sha256 in standing:
                yield Problem(
                    "raw", sha256, "the bytes of an article that was not withdrawn are gone: load it again"
                )
            continue
        try:
            content = zlib.decompress(stored)
        except zlib.error as error:
            yield Problem("raw", sha256, f"cannot be decompressed: {error}")
            continue
        if hashlib.sha256(content).hexdigest() != sha256 or len(content) != size:
            yield Problem("raw", sha256, "the bytes have another hash or size")


def _texts(connection: Connection) -> Iterator[Problem]:
    """Every text has its hash, every span and passage the words that stand there; one text at a time."""
    withdrawn = set(connection.execute(select(_ARTICLE.c.id).where(_gone())).scalars())
    for key in connection.execute(select(_REVISION.c.id).order_by(_REVISION.c.id)).scalars().all():
        row = connection.execute(select(_REVISION).where(_REVISION.c.id == key)).one()
        if not row.text and row.article_id in withdrawn:
            continue
        if text_sha256(row.text) != row.text_sha256:
            yield Problem("revision", row.uid, "the text has another hash")
        for span in connection.execute(select(_SPAN).where(_SPAN.c.revision_id == key)):
            if row.text[span.start_char : span.end_char] != span.words:
                where = f"{span.start_char}:{span.end_char} of revision {row.uid}"
                yield Problem("span", str(span.id), f"{span.words!r} does not stand at {where}")
        yield from _passages(connection, key, row.uid, row.text, row.title or "")


def _withdrawn(connection: Connection) -> Iterator[Problem]:
    """Of an article that was withdrawn no word is left: no text, no title, no facts, no passage."""
    for table, words in _BLANK.items():
        rows = f"SELECT DISTINCT article.uid FROM withdrawn {_OF_WITHDRAWN} {words}"
        for (uid,) in connection.exec_driver_sql(rows):
            yield Problem("article", uid, f"was withdrawn, but its {table} has words")


def _passages(connection: Connection, key: int, uid: str, text: str, title: str) -> Iterator[Problem]:
    rows = connection.execute(select(_PASSAGE).where(_PASSAGE.c.revision_id == key))
    for row in rows:
        words = title if row.kind == "title" else text[row.start_char : row.end_char]
        if folded_letters(words) != row.folded:
            yield Problem("passage", str(row.id), f"is not what revision {uid} says there")


def _places(connection: Connection) -> Iterator[Problem]:
    """The spans and mentions that a fact points at are of the revision that it was read in."""
    for name, facts, _ in _FACTS:
        table = table_of(facts)
        for column in table.columns:
            target = next((key.column.table for key in column.foreign_keys), None)
            if target is None or target.name not in ("span", "mention"):
                continue
            other = target.alias()
            query = select(table.c.uid).join(other, other.c.id == column)
            for uid in connection.execute(query.where(other.c.revision_id != table.c.revision_id)).scalars():
                yield Problem(name, uid, f"{column.name} is in another revision")


def _uids(connection: Connection) -> Iterator[Problem]:
    """A fact's uid is made of the text, its kind and its place, and of a count where several share them."""
    for name, facts, column in _FACTS:
        table = table_of(facts)
        query = (
            select(
                table.c.uid,
                table.c.run_id,
                _SPAN.c.id.label("span"),
                _SPAN.c.start_char,
                _SPAN.c.end_char,
                _REVISION.c.text_sha256,
            )
            .join(_SPAN, _SPAN.c.id == table.c[column])
            .join(_REVISION, _REVISION.c.id == table.c.revision_id)
            .order_by(table.c.id)
        )
        seen: dict[tuple[int, int], int] = {}
        for row in connection.execute(query):
            ordinal = seen[row.run_id, row.span] = seen.get((row.run_id, row.span), 0) + 1
            if row.uid != fact_uid(row.text_sha256, name, row.start_char, row.end_char, ordinal):
                yield Problem(name, row.uid, "the uid is not that of its words")


def _groups(connection: Connection) -> Iterator[Problem]:
    found = list(differences(connection))
    if found and not is_current(connection):
        yield Problem("groups", "", "were made by the rules of an earlier kb: run kb migrate")
    yield from (Problem("groups", "", difference) for difference in found)


def _index(store: Store) -> Iterator[Problem]:
    """The search index has the passages of the newest revisions, all of them and no others."""
    if not _index_matches(store):
        yield Problem("search", "", "the index is not in step with the passages")
    passages = select(_PASSAGE.c.id).where(_PASSAGE.c.revision_id == _REVISION.c.id).exists()
    query = (
        select(_REVISION.c.uid, _newest() & ~_gone(), passages)
        .join(_ARTICLE, _ARTICLE.c.id == _REVISION.c.article_id)
        .where((_newest() & ~_gone()) != passages)
    )
    for uid, wanted, _ in store.connection.execute(query):
        yield Problem("revision", uid, "is not indexed" if wanted else "should be indexed no more")


def _index_matches(store: Store) -> bool:
    """Whether the index is in step; of a base that is open for reading too, if its file can be written."""
    if not store.read_only:
        return index_matches(store.connection)
    try:
        with explained(store.path), connect(store.path) as connection:
            return index_matches(connection)
    except StoreError:
        return index_matches(store.connection)


def _newest() -> ColumnElement[bool]:
    """That a revision is its article's newest one."""
    other = _REVISION.alias()
    newest = select(func.max(other.c.seq)).where(other.c.article_id == _REVISION.c.article_id)
    return _REVISION.c.seq == newest.scalar_subquery()


def _gone() -> ColumnElement[bool]:
    """That an article was withdrawn."""
    return _ARTICLE.c.id.in_(select(_WITHDRAWN.c.article_id))


_PROOFS: tuple[Callable[[Connection], Iterator[Problem]], ...] = (
    _bytes,
    _texts,
    _withdrawn,
    _places,
    _uids,
    _groups,
)
