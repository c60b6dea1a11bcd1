"""Tables of sources -> Articles: CSV with a header, or JSON Lines, a source a row, read row by row.

A row is one of four things, told by the column that holds its words: `text` is an article, `quote` a
sentence copied from the page at `url`, `note` the user's own words about that page; with none of them
a `url` points to the page. A quote or a note is never taken for the page itself.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from kb.errors import ReadError, UsageError
from kb.model.values import Article, ArticleKind
from kb.read.days import parse_published
from kb.read.encoding import decode, decode_line, wide_encoding
from kb.read.fragment import paragraphs_of
from kb.read.given import Given, parse_url
from kb.read.html import is_html
from kb.read.html_dates import normalize_date
from kb.read.language import detect_language
from kb.read.pointer import Pointer
from kb.read.streams import LOOK, read_lines, read_whole

READER = "rows/1"
KINDS: Mapping[str, ArticleKind] = {"text": "page", "quote": "quote", "note": "note"}
LONGEST_NAME = 60  # characters of a column's name; what is longer is a text
_DELIMITERS = ",;\t|"
_LESS_THAN_A_DAY = re.compile(r"(\d{4}(?:-(?:0[1-9]|1[0-2]))?)[~?%]?")
_NO_OFFSET = re.compile(r"(\d{4}-\d\d-\d\d)T\d\d:\d\d(?::\d\d)?")
_UNSTORABLE = re.compile("[\\x00\\ud800-\\udfff]")
_LANGUAGE = re.compile(r"[a-z]{2}", re.IGNORECASE)
_Row = tuple[int, dict[str, Any] | str]  # the number of its line, and the row or what is wrong with it


def is_header(line: str, columns: Mapping[str, str]) -> bool:
    """Whether a line names the columns of a table of sources, at least two.

    Args:
        line: the first of a text.
        columns: what the user says the columns are called.
    """
    names = _names(line, _delimiter(line))
    return (
        len(set(names)) == len(names) > 1
        and all(0 < len(name) <= LONGEST_NAME for name in names)
        and _holds_sources(names, columns)
    )


def read_csv(stream: BinaryIO, source: str, given: Given) -> Iterator[Article | Pointer | ReadError]:
    """The sources in a table with a header, its columns parted by commas, semicolons, tabs or bars.

    Columns: one of `text`, `quote`, `note`, or a `url` alone; where known `url`, `title`, `published`,
    `modified`, `publisher`, `authors` (names between semicolons) and `language` or `lang`. Others are
    left alone. A row that cannot be read is an error in its place.

    Raises:
        ReadError: it is a table of something else.
    """
    lines = _texts(stream, source, given.most_bytes)
    header: str | ReadError = next((line for line in lines if not isinstance(line, str) or line.strip()), "")
    if not isinstance(header, str):
        raise header
    delimiter = _delimiter(header)
    names = _names(header, delimiter)
    missing = [theirs for theirs in given.columns.values() if theirs.lower() not in names]
    if missing or not _holds_sources(names, given.columns):
        lacks = f"column {missing[0]!r}" if missing else "column text, quote or note, and no url"
        raise ReadError(
            f"{source} has no {lacks}: its first line names the columns ({', '.join(names)[:200]}); "
            "say which is which with --map text=COLUMN"
        )
    csv.field_size_limit(given.most_bytes)
    yield from _sources(_csv_rows(lines, names, delimiter), source, given)


def read_json_lines(stream: BinaryIO, source: str, given: Given) -> Iterator[Article | Pointer | ReadError]:
    """The sources in JSON Lines, an object each; see `read_csv`. `authors` may be a list."""
    yield from _sources(_json_rows(_texts(stream, source, given.most_bytes)), source, given)


def _sources(rows: Iterable[_Row], source: str, given: Given) -> Iterator[Article | Pointer | ReadError]:
    for number, row in rows:
        where = f"{source}, row {number}"
        if isinstance(row, str):
            yield ReadError(f"{where}: {row}")
            continue
        for field, theirs in given.columns.items():
            row[field] = row.get(theirs.lower())
        try:
            yield _source(row, where, given)
        except (ReadError, UsageError) as error:
            yield ReadError(str(error) if str(error).startswith(where) else f"{where}: {error}")
        except RecursionError:
            yield ReadError(f"{where}: no JSON that can be read: it is nested too deeply")


def _texts(stream: BinaryIO, source: str, limit: int) -> Iterator[str | ReadError]:
    """The lines of a table, decoded, with their ends; what is wrong with one in its place."""
    head = stream.peek(LOOK)[:LOOK]  # type: ignore[attr-defined]  # the streams of kb.read.streams have it
    if wide_encoding(head) or (b"\n" not in head and b"\r" in head):
        # As spreadsheets save "Unicode text", or as those of old Macs did: no lines that end in a line feed.
        text = decode(read_whole(stream, source, limit), source)
        yield from io.StringIO(text)
        return
    guessed: str | None = None
    for number, line in enumerate(read_lines(stream, limit), 1):
        if line is None:
            yield ReadError(
                f"is longer than {limit / 1e6:g} MB: split it, or raise the limit with --max-text"
            )
            continue
        try:
            text, guessed = decode_line(line, guessed, f"{source}, row {number}")
        except ReadError as error:
            yield error
        else:
            yield text.removeprefix("\ufeff") if number == 1 else text


def _delimiter(header: str) -> str:
    """What parts the columns: of the marks that may, the most frequent in the header."""
    return max(_DELIMITERS, key=header.count)


def _names(header: str, delimiter: str) -> list[str]:
    """The names of columns in a header, in lower case."""
    try:
        cells = next(csv.reader([header.lstrip("\ufeff")], delimiter=delimiter), [])
    except csv.Error:
        return []
    return [cell.strip().lower() for cell in cells]


def _holds_sources(names: list[str], columns: Mapping[str, str]) -> bool:
    """Whether one of the columns holds the words of a source, or its address."""
    holding = {*KINDS, "url"}
    return bool(
        holding & set(names) or {columns[field].lower() for field in holding & set(columns)} & set(names)
    )


def _json_rows(lines: Iterable[str | ReadError]) -> Iterator[_Row]:
    for number, line in enumerate(lines, 1):
        if isinstance(line, ReadError):
            yield number, str(line)
            continue
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            yield number, f"no JSON: {error.msg} at character {error.pos + 1}"
            continue
        except (RecursionError, ValueError):  # or a number of more digits than Python takes
            yield number, "no JSON that can be read: it is nested too deeply, or has an endless number"
            continue
        yield (
            number,
            {str(key).lower(): value for key, value in row.items()}
            if isinstance(row, dict)
            else 'no JSON object: a row is like {"url": "https://...", "quote": "..."}',
        )


def _csv_rows(lines: Iterator[str | ReadError], names: list[str], delimiter: str) -> Iterator[_Row]:
    wrong: list[str] = []

    def readable() -> Iterator[str]:
        for line in lines:
            if isinstance(line, ReadError):
                wrong.append(str(line))
                yield "\n"
            else:
                yield line

    reader = csv.reader(readable(), delimiter=delimiter)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield reader.line_num + 1, f"no CSV ({error}): what follows is not read"
            return
        number = reader.line_num + 1  # the header is the first line
        while wrong:
            yield number, wrong.pop()
        if cells is None:
            return
        if cells:
            yield number, dict(zip(names, cells))


def _source(row: Mapping[str, Any], where: str, given: Given) -> Article | Pointer:
    """What a row holds, or the page that it points to."""
    said = _stripped(row)
    if any(said.get(column) for column in KINDS) or not said.get("url"):
        return given.applied(_article(row, where, given))
    return Pointer(
        parse_url(_text(said, "url", where) or ""),
        title=_text(said, "title", where),
        published=given.published or _day(said, "published", where),
        modified=_day(said, "modified", where),
        publisher=given.publisher or _text(said, "publisher", where),
        authors=_authors(said.get("authors") or said.get("author")),
        source=where,
    )


def _article(row: Mapping[str, Any], where: str, given: Given) -> Article:
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
        raw=json.dumps(dict(row), sort_keys=True, default=str).encode(),
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
