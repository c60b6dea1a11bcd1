"""What changed since the release before, row by row: both are read in the order of their keys."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TextIO

from kb.errors import ReadError, UsageError
from kb.export.tables import columns

CHANGED = ("figures", "events", "reports", "entities", "sources")
HEAD = ("table", "uid", "source", "change", "column", "before", "after", "reason")
_COUNTS = ("mentions", "articles", "reports", "sources")  # numbers that grow with every source are no change
Row = Mapping[str, str]
Reason = Callable[[str, Row, str | None], str]


def write_changes(out: TextIO, folder: Path, previous: Path | None, reason: Reason) -> int:
    """CHANGES.csv: what was added, corrected and withdrawn between the tables of two releases.

    `reason(table, row, column)` says why a row went (column None) or differs in a column.

    Raises:
        UsageError: the folder of the release before holds none.
        ReadError: a table in it cannot be read.
    """
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    if previous is None:
        return 0
    if not (previous / "datapackage.json").is_file():
        raise UsageError(f"{previous} holds no release: there is no datapackage.json in it")
    count = 0
    for table in CHANGED:
        for change in _changes(table, previous / f"{table}.csv", folder / f"{table}.csv", reason):
            writer.writerow(change)
            count += 1
    return count


def _changes(table: str, before: Path, after: Path, reason: Reason) -> Iterator[tuple[str, ...]]:
    keys = [column.name for column in columns()[table] if column.is_key]
    for key, old, new in _side_by_side(rows_of(before), rows_of(after), keys):
        uid, source = key[0], key[1] if len(key) > 1 else ""
        if old is None:
            yield table, uid, source, "added", "", "", "", ""
        elif new is None:
            yield table, uid, source, "withdrawn", "", "", "", reason(table, old, None)
        else:
            for name, value in new.items():
                if name not in _COUNTS and old.get(name, "") != value:
                    said = reason(table, new, name)
                    yield table, uid, source, "corrected", name, old.get(name, ""), value, said


def _side_by_side(
    before: Iterator[Row], after: Iterator[Row], keys: list[str]
) -> Iterator[tuple[tuple[str, ...], Row | None, Row | None]]:
    """Two sorted tables merged by key: the key, and the row of each that has it."""

    def key_of(row: Row | None) -> tuple[str, ...] | None:
        return None if row is None else tuple(row[name] for name in keys)

    old, new = next(before, None), next(after, None)
    while old is not None or new is not None:
        a, b = key_of(old), key_of(new)
        if b is None or (a is not None and a < b):
            assert a is not None
            yield a, old, None
            old = next(before, None)
        elif a is None or b < a:
            yield b, None, new
            new = next(after, None)
        else:
            yield a, old, new
            old, new = next(before, None), next(after, None)


def rows_of(path: Path) -> Iterator[Row]:
    """The rows of a table of a release.

    Raises:
        ReadError: it is not there, or no table of UTF-8.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ReadError(f"{path} cannot be read: {error}") from error
