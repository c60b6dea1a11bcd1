"""Tables of sources, CSV with a header or JSON Lines, row by row: what a row is, `rows` says."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from kb.errors import ReadError, UsageError
from kb.model.values import Article
from kb.read.given import Given
from kb.read.pointer import Pointer
from kb.read.sources.rows import KINDS, read_row
from kb.read.streams.encoding import decode, decode_line, wide_encoding
from kb.read.streams.opened import LOOK, read_lines, read_whole

LONGEST_NAME = 60  # characters of a column's name; what is longer is a text
_DELIMITERS = ",;\t|"
# The number of its line, the row or what is wrong with it, and its bytes as they came.
_Row = tuple[int, dict[str, Any] | str, bytes]


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
    lines = _Lines(stream, source, given.most_bytes)
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
    lines.taken()
    csv.field_size_limit(given.most_bytes)
    yield from _sources(_csv_rows(lines, names, delimiter), source, given)


def read_json_lines(stream: BinaryIO, source: str, given: Given) -> Iterator[Article | Pointer | ReadError]:
    """The sources in JSON Lines, an object each; see `read_csv`. `authors` may be a list."""
    yield from _sources(_json_rows(_Lines(stream, source, given.most_bytes)), source, given)


def _sources(rows: Iterable[_Row], source: str, given: Given) -> Iterator[Article | Pointer | ReadError]:
    for number, row, raw in rows:
        where = f"{source}, row {number}"
        if isinstance(row, str):
            yield ReadError(f"{where}: {row}")
            continue
        for field, theirs in given.columns.items():
            row[field] = row.get(theirs.lower())
        try:
            yield read_row(row, where, given, raw)
        except (ReadError, UsageError) as error:
            yield ReadError(str(error) if str(error).startswith(where) else f"{where}: {error}")
        except RecursionError:
            yield ReadError(f"{where}: no JSON that can be read: it is nested too deeply")


class _Lines:
    """The lines of a table, decoded, with their ends; what is wrong with one in its place."""

    def __init__(self, stream: BinaryIO, source: str, limit: int) -> None:
        self._lines = self._texts(stream, source, limit)
        self._taken: list[bytes] = []

    def __iter__(self) -> Iterator[str | ReadError]:
        return self

    def __next__(self) -> str | ReadError:
        text, raw = next(self._lines)
        self._taken.append(raw)
        return text

    def taken(self) -> bytes:
        """The bytes of the lines that were taken since this was last asked."""
        raw, self._taken = b"".join(self._taken), []
        return raw

    def _texts(self, stream: BinaryIO, source: str, limit: int) -> Iterator[tuple[str | ReadError, bytes]]:
        head = stream.peek(LOOK)[:LOOK]  # type: ignore[attr-defined]  # the streams of kb.read.streams.opened have it
        if wide_encoding(head) or (b"\n" not in head and b"\r" in head):
            # As spreadsheets save "Unicode text", or as old Macs did: no lines that end in a line feed.
            text = decode(read_whole(stream, source, limit), source)
            yield from ((line, line.encode()) for line in io.StringIO(text))
            return
        guessed: str | None = None
        for number, line in enumerate(read_lines(stream, limit), 1):
            if line is None:
                yield (
                    ReadError(
                        f"is longer than {limit / 1e6:g} MB: split it, or raise the limit with --max-text"
                    ),
                    b"",
                )
                continue
            try:
                text, guessed = decode_line(line, guessed, f"{source}, row {number}")
            except ReadError as error:
                yield error, b""
            else:
                yield text.removeprefix("\ufeff") if number == 1 else text, line


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


def _json_rows(lines: _Lines) -> Iterator[_Row]:
    for number, line in enumerate(lines, 1):
        raw = lines.taken()
        if isinstance(line, ReadError):
            yield number, str(line), raw
        elif line.strip():
            yield number, _json_row(line), raw


def _json_row(line: str) -> dict[str, Any] | str:
    """The object of a line with its keys in lower case, or what is wrong with it."""
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        return f"no JSON: {error.msg} at character {error.pos + 1}"
    except (RecursionError, ValueError):  # or a number of more digits than Python takes
        return "no JSON that can be read: it is nested too deeply, or has an endless number"
    if not isinstance(row, dict):
        return 'no JSON object: a row is like {"url": "https://...", "quote": "..."}'
    return {str(key).lower(): value for key, value in row.items()}


def _csv_rows(lines: _Lines, names: list[str], delimiter: str) -> Iterator[_Row]:
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
            yield reader.line_num + 1, f"no CSV ({error}): what follows is not read", lines.taken()
            return
        number, raw = reader.line_num + 1, lines.taken()  # the header is the first line
        while wrong:
            yield number, wrong.pop(), b""
        if cells is None:
            return
        if any(cell.strip() for cell in cells[len(names) :]):
            told = f"it has {len(cells)} cells, its first line names {len(names)}: put"
            yield number, f'{told} a cell that holds {delimiter!r} between quotation marks (")', raw
        elif any(cell.strip() for cell in cells):
            yield number, dict(zip(names, cells)), raw
