"""The full-text index: passages in plain Latin letters, found by any spelling of their words.

FTS5 folds accents, but not Ł, Ё or Ў; so the index holds a copy of each passage in plain letters
(anyascii), with stems of English, and every hit is led back to the exact words of its revision.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from anyascii import anyascii
from sqlalchemy import Connection, delete, select
from sqlalchemy.exc import DatabaseError

from kb.model.tables import PassageRow, RevisionRow, table_of
from kb.model.values import Article, Span
from kb.store.rows import insert_rows, next_id

_BEGIN, _END = "\x02", "\x03"  # around a hit in a folded passage, where neither can stand
_CONTROL = re.compile(r"[\x00-\x1f]")
_TERM = re.compile(r'"([^"]*)"?|(\S+)')
_FIND = """
SELECT passage.revision_id, passage.start_char, passage.end_char,
       CASE passage.kind WHEN 'title' THEN revision.title
            ELSE substr(revision.text, passage.start_char + 1, passage.end_char - passage.start_char)
       END AS words,
       highlight(search, 0, ?, ?) AS marked
FROM search
JOIN passage ON passage.id = search.rowid
JOIN revision ON revision.id = passage.revision_id
WHERE search MATCH ?
ORDER BY rank, passage.id
LIMIT ?
"""
_OUT_OF_STEP = """
SELECT (SELECT count(*) FROM search_docsize) <> (SELECT count(*) FROM passage)
    OR EXISTS (SELECT 1 FROM passage WHERE id NOT IN (SELECT id FROM search_docsize))
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found: `start_char` and `end_char` are None for a title.

    `marks` are the half-open offsets, within `words`, of what was searched for.
    """

    revision_id: int
    start_char: int | None
    end_char: int | None
    words: str
    marks: tuple[tuple[int, int], ...]


def folded_letters(words: str) -> str:
    """The words in plain Latin letters, as the index has them."""
    return _CONTROL.sub(" ", anyascii(words))


def index_passages(
    connection: Connection, article: Article, sentences: tuple[Span, ...], revision_id: int
) -> None:
    """Put a revision's title and sentences into the index, in the place of older ones of the article."""
    index_rows(
        connection,
        revision_id,
        [
            {
                "kind": kind,
                "start_char": span.start_char if span else None,
                "end_char": span.end_char if span else None,
                "folded": folded_letters(span.words if span else article.title or ""),
            }
            for kind, span in passages(article, sentences)
        ],
    )


def index_rows(connection: Connection, revision_id: int, found: Iterable[Mapping[str, Any]]) -> None:
    """Put passages of a revision into the index, in the place of older ones of the article."""
    table, revision = table_of(PassageRow), table_of(RevisionRow)
    same_article = select(revision.c.article_id).where(revision.c.id == revision_id).scalar_subquery()
    older = select(revision.c.id).where(revision.c.article_id == same_article)
    connection.execute(delete(table).where(table.c.revision_id.in_(older)))
    first = next_id(connection, PassageRow)
    rows = [{**row, "id": key, "revision_id": revision_id} for key, row in enumerate(found, first)]
    insert_rows(connection, PassageRow, rows)
    # One statement for all: a trigger for each row would flush the index each time.
    connection.exec_driver_sql(
        "INSERT INTO search (rowid, folded) SELECT id, folded FROM passage WHERE id >= ?", (first,)
    )


def passages(article: Article, sentences: tuple[Span, ...]) -> Iterator[tuple[str, Span | None]]:
    """What is indexed of an article: its title (no span), its sentences, or its paragraphs without them."""
    if article.title:
        yield "title", None
    for sentence in sentences:
        yield "sentence", sentence
    if not sentences:
        start = 0
        for blank, lines in groupby(article.text.splitlines(keepends=True), key=str.isspace):
            paragraph = "".join(lines)
            if not blank:
                begin = start + len(paragraph) - len(paragraph.lstrip())
                words = paragraph.strip()
                yield "paragraph", Span(begin, begin + len(words), words)
            start += len(paragraph)


def find_passages(connection: Connection, words: str, *, limit: int = 20) -> tuple[Hit, ...]:
    """The passages that hold all the words, or "phrases in quotes", the best first; `word*` is a beginning.

    Words are found in any of their English forms and in any spelling that folds to the same letters.
    """
    query = _match(words)
    if not query:
        return ()
    found = connection.exec_driver_sql(_FIND, (_BEGIN, _END, query, limit))
    return tuple(
        Hit(row.revision_id, row.start_char, row.end_char, row.words, _marks(row.words, row.marked))
        for row in found
    )


def index_matches(connection: Connection) -> bool:
    """Whether the index holds exactly the passages as they are.

    FTS5's own proof is a command that writes nothing and yet asks for the write lock; where it cannot
    have it, only the keys of the passages are compared.
    """
    try:
        connection.exec_driver_sql("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    except DatabaseError as error:
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_READONLY:
            return not connection.exec_driver_sql(_OUT_OF_STEP).scalar()
        if code != sqlite3.SQLITE_CORRUPT:
            raise
        return False
    return True


def _match(words: str) -> str:
    """The words as a query of FTS5 in which nothing but quotes and a last `*` has a meaning."""
    terms = []
    for phrase, word in _TERM.findall(words):
        letters = folded_letters(phrase or word).replace('"', " ").strip()
        if any(letter.isalnum() for letter in letters):
            begins = bool(word) and letters.endswith("*")
            terms.append(f'"{letters}"' + (" *" if begins else ""))
    return " ".join(terms)


def _marks(words: str, marked: str) -> tuple[tuple[int, int], ...]:
    """Where the marked hits of a folded passage lie in its words."""
    starts: list[int] = []  # for every letter of the folded passage, the character it comes from
    for position, character in enumerate(words):
        starts.extend([position] * len(anyascii(character)))
    marks, offset, begin = [], 0, 0
    for letter in marked:
        if letter == _BEGIN:
            begin = offset
        elif letter == _END:
            marks.append((starts[begin], starts[offset - 1] + 1))
        else:
            offset += 1
    return tuple(marks)
