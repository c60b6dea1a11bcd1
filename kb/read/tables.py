"""Tables of sources, CSV with a header or JSON Lines, read row by row: what a row is, `kb.read.rows` says."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from kb.errors import ReadError, UsageError
from kb.model.values import Article
from kb.read.encoding import decode, decode_line, wide_encoding
from kb.read.given import Given
from kb.read.pointer import Pointer
from kb.read.rows import KINDS, read_row
from kb.read.streams import LOOK, read_lines, read_whole

LONGEST_NAME = 60  # characters of a column's name; what is longer is a text
_DELIMITERS = ",;\t|"
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
            yield read_row(row, where, given)
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
