"""Word lists and tables as data: one CSV a subject, read once, checked by a test.

Every table has a header; lines that begin with `#` say where it comes from. Cells are stripped;
an empty cell is an empty string.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def read_table(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of `lexicon/NAME.csv`, each a mapping from column to cell, in the file's order.

    Raises:
        FileNotFoundError: there is no such table.
    """
    text = files(__package__).joinpath(f"{name}.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return tuple({key: (cell or "").strip() for key, cell in row.items()} for row in csv.DictReader(lines))


@cache
def read_words(name: str, column: str = "word", **where: str) -> frozenset[str]:
    """One column of a table as a set, of the rows whose other columns equal `where`."""
    return frozenset(
        row[column] for row in read_table(name) if all(row[key] == value for key, value in where.items())
    )
