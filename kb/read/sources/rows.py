"""A row of a table of sources -> an Article, or a Pointer to a page.

A row is one of four things, told by the column that holds its words: `text` is an article, `quote` a
sentence copied from the page at `url`, `note` the user's own words about that page; with none of them
a `url` points to the page. A quote or a note is never taken for the page itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kb.errors import ReadError, UsageError
from kb.model.values import Article, ArticleKind
from kb.read.documents.fragment import paragraphs_of
from kb.read.documents.html import is_html
from kb.read.failures import SOURCE, read_failed_source
from kb.read.given import Given, parse_url
from kb.read.language import detect_language
from kb.read.lines.days import parse_published
from kb.read.markup.dates import normalize_date
from kb.read.pointer import Pointer

READER = "rows/1"
KINDS: Mapping[str, ArticleKind] = {"text": "page", "quote": "quote", "note": "note"}
_OF_PAGES = (
    "quote",
    "note",
)  # what is told of a page is never the page: where it is missing, nothing is fetched
_LESS_THAN_A_DAY = re.compile(r"(\d{4}(?:-(?:0[1-9]|1[0-2]))?)[~?%]?")
_NO_OFFSET = re.compile(r"(\d{4}-\d\d-\d\d)T\d\d:\d\d(?::\d\d)?")
_UNSTORABLE = re.compile("[\\x00\\ud800-\\udfff]")
_LANGUAGE = re.compile(r"[a-z]{2}", re.IGNORECASE)


def read_row(row: Mapping[str, Any], where: str, given: Given, raw: bytes) -> Article | Pointer:
    """What a row holds, or the page that it points to.

    Args:
        row: its cells by their column's name in lower case.
        where: the place in the source, for messages.
        given: what the user says of each row.
        raw: its bytes as they came; kept with the article.

    Raises:
        ReadError: it holds nothing, or something that is no text.
        UsageError: a cell is no date or no address.
    """
    said = _stripped(row)
    if said.get(SOURCE) and not any(said.get(column) for column in KINDS):
        return read_failed_source(said, where, given)
    empty = next((column for column in _OF_PAGES if column in said), None)
    if empty is not None and said.get("url") and not any(said.get(column) for column in KINDS):
        raise ReadError(f"{where}: its {empty} is empty; a table of pages to fetch has no such column")
    if any(said.get(column) for column in KINDS) or not said.get("url"):
        return given.applied(_article(row, where, given, raw))
    return Pointer(
        parse_url(_text(said, "url", where) or ""),
        title=_text(said, "title", where),
        published=given.published or _day(said, "published", where),
        modified=_day(said, "modified", where),
        publisher=given.publisher or _text(said, "publisher", where),
        authors=_authors(said.get("authors") or said.get("author")),
        source=where,
    )


def _article(row: Mapping[str, Any], where: str, given: Given, raw: bytes) -> Article:
    said = _stripped(row)
    columns = [column for column in KINDS if said.get(column)]
    if len(columns) != 1:
        wanted = "text, quote or note"
        raise ReadError(f"{where}: it has {'more than one' if columns else 'none'} of {wanted}; give one")
    words = _text(said, columns[0], where) or ""
    kind = KINDS[columns[0]]
    if kind == "page" and is_html(words):
        words = "\n\n".join(paragraphs_of(words, where))
    given.check_size(words, where)
    url = _text(said, "url", where)
    if url is not None:
        url = parse_url(url)
    language = _text(said, "language", where) or _text(said, "lang", where)
    return Article(
        words,
        title=_text(said, "title", where),
        published=_day(said, "published", where),
        modified=_day(said, "modified", where),
        url=url if kind == "page" else None,
        publisher=_text(said, "publisher", where),
        authors=_authors(said.get("authors") or said.get("author")),
        language=language.lower()[:2] if language and _LANGUAGE.match(language) else detect_language(words),
        kind=kind,
        cites_url=None if kind == "page" else url,
        source=where,
        reader=READER,
        raw=raw,
    )


def _stripped(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value.strip() if isinstance(value, str) else value for key, value in row.items()}


def _text(row: Mapping[str, Any], column: str, where: str) -> str | None:
    value = row.get(column)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ReadError(f"{where}: {column} is {type(value).__name__}, not text")
    return _UNSTORABLE.sub("\ufffd", value)


def _day(row: Mapping[str, Any], column: str, where: str) -> str | None:
    """A day, or what is known of one: a month, a year; of a time without its offset the day alone."""
    words = _text(row, column, where)
    if words is None:
        return None
    if part := _LESS_THAN_A_DAY.fullmatch(words):
        return part[1]
    if moment := _NO_OFFSET.fullmatch(words):
        words = moment[1]
    try:
        return parse_published(words.rstrip("~?%"))
    except UsageError:
        if (date := normalize_date(words)) is None:
            raise
        return date


def _authors(said: Any) -> tuple[str, ...]:
    names = said.split(";") if isinstance(said, str) else said if isinstance(said, list) else []
    return tuple(name.strip() for name in names if isinstance(name, str) and name.strip())
