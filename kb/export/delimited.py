"""CSV and JSON Lines: a table as text, row by row, UTF-8, lines end with a line feed."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from kb.export.tables import Column

Rows = Iterable[Mapping[str, Any]]


def write_csv(out: TextIO, columns: tuple[Column, ...], rows: Rows) -> int:
    """A table as CSV (RFC 4180, but for the ends of lines); NULL is an empty cell. How many rows."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007 the last number is the answer
        writer.writerow([cell(row[column.name]) for column in columns])
    return count


def write_jsonl(out: TextIO, columns: tuple[Column, ...], rows: Rows) -> int:
    """A table as JSON Lines: an object a row, its keys in the order of the columns. How many rows."""
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007
        said = {column.name: whole(row[column.name]) for column in columns}
        out.write(json.dumps(said, ensure_ascii=False) + "\n")
    return count


def cell(value: Any) -> str:
    """A value as it stands in a cell: no digit lost, none added."""
    return "" if value is None else str(whole(value))


def whole(value: Any) -> Any:
    """A whole number without its `.0`; everything else as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
