"""Tables of sources -> Articles: CSV with a header, or JSON Lines, a source a row.

A row is one of three things, told by the column that holds its words: `text` is an article, `quote` a
sentence copied from the page at `url`, `note` the user's own words about that page. A quote or a note
is never taken for the page itself.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from kb.errors import ReadError, UsageError
from kb.model.values import Article, ArticleKind
from kb.read.days import parse_published
from kb.read.given import parse_url
from kb.read.language import detect_language

READER = "rows/1"
KINDS: Mapping[str, ArticleKind] = {"text": "page", "quote": "quote", "note": "note"}
_JSON_LINES = (".jsonl", ".ndjson")
TABLES = (*_JSON_LINES, ".csv")
_LESS_THAN_A_DAY = re.compile(r"(\d{4}(?:-(?:0[1-9]|1[0-2]))?)[~?%]?")
_NO_OFFSET = re.compile(r"(\d{4}-\d\d-\d\d)T\d\d:\d\d(?::\d\d)?")
_UNSTORABLE = re.compile("[\\x00\\ud800-\\udfff]")
_LANGUAGE = re.compile(r"[a-z]{2}", re.IGNORECASE)


def is_table(name: str, text: str) -> bool:
    """Whether a file is a table of sources: by its name's ending, and by the columns that it has."""
    if name.lower().endswith(_JSON_LINES):
        return True
    if not name.lower().endswith(".csv"):
        return False
    header = next(csv.reader(io.StringIO(text[:10_000])), [])
    return bool(KINDS.keys() & {column.strip().lower() for column in header})


def read_rows(text: str, source: str) -> Iterator[Article | ReadError]:
    """The sources in a table in order; one that cannot be read is an error in its place, with its row.

    Columns: one of `text`, `quote`, `note`; where known `url`, `title`, `published`, `publisher`,
    `authors` (a list, or names between semicolons) and `language` or `lang`. Others are left alone.
    """
    rows = _json_rows if source.lower().endswith(_JSON_LINES) else _csv_rows
    for number, row in rows(text):
        where = f"{source}, row {number}"
        try:
            yield _article(row, where) if isinstance(row, dict) else ReadError(f"{where}: {row}")
        except (ReadError, UsageError) as error:
            yield ReadError(str(error) if str(error).startswith(where) else f"{where}: {error}")


def _json_rows(text: str) -> Iterator[tuple[int, dict[str, Any] | str]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            yield number, f"no JSON: {error.msg} at character {error.pos + 1}"
            continue
        except RecursionError:
            yield number, "no JSON that can be read: it is nested too deeply"
            continue
        yield (
            number,
            {str(key).lower(): value for key, value in row.items()}
            if isinstance(row, dict)
            else ('no JSON object: a row is like {"url": "https://...", "quote": "..."}'),
        )


def _csv_rows(text: str) -> Iterator[tuple[int, dict[str, Any] | str]]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        for row in reader:
            yield reader.line_num, {(key or "").strip().lower(): value for key, value in row.items()}
    except csv.Error as error:
        yield reader.line_num, f"no CSV: {error}"


def _article(row: Mapping[str, Any], where: str) -> Article:
    said = {key: value.strip() if isinstance(value, str) else value for key, value in row.items()}
    columns = [column for column in KINDS if said.get(column)]
    if len(columns) != 1:
        wanted = "text, quote or note"
        raise ReadError(f"{where}: it has {'more than one' if columns else 'none'} of {wanted}; give one")
    words = _text(said, columns[0], where) or ""
    kind = KINDS[columns[0]]
    url = _text(said, "url", where)
    if url is not None:
        url = parse_url(url)
    language = _text(said, "language", where) or _text(said, "lang", where)
    return Article(
        words,
        title=_text(said, "title", where),
        published=_published(_text(said, "published", where)),
        url=url if kind == "page" else None,
        publisher=_text(said, "publisher", where),
        authors=_authors(said.get("authors") or said.get("author")),
        language=language.lower()[:2] if language and _LANGUAGE.match(language) else detect_language(words),
        kind=kind,
        cites_url=None if kind == "page" else url,
        source=where,
        reader=READER,
        raw=json.dumps(dict(row), sort_keys=True, default=str).encode(),
    )


def _text(row: Mapping[str, Any], column: str, where: str) -> str | None:
    value = row.get(column)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ReadError(f"{where}: {column} is {type(value).__name__}, not text")
    return _UNSTORABLE.sub("\ufffd", value)


def _published(words: str | None) -> str | None:
    """A day, or what is known of one: a month, a year; of a time without its offset the day alone."""
    if words is None:
        return None
    if part := _LESS_THAN_A_DAY.fullmatch(words):
        return part[1]
    if moment := _NO_OFFSET.fullmatch(words):
        words = moment[1]
    return parse_published(words.rstrip("~?%"))


def _authors(said: Any) -> tuple[str, ...]:
    names = said.split(";") if isinstance(said, str) else said if isinstance(said, list) else []
    return tuple(name.strip() for name in names if isinstance(name, str) and name.strip())
