"""Answers on the screen: tables for eyes on a terminal, tab-separated lines in a pipe, JSON on demand.

A pipe gets one line a fact under a line with the columns' names, whatever the width of anybody's
screen. Cells are white-space-folded, so that a tab or a line break is always a separator.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import typer

from kb.errors import ReadError, UsageError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from rich.console import Console
    from rich.text import Text

    from kb.query import Answer

Row = TypeVar("Row", bound="DataclassInstance")
WIDTH_OF_A_FILE = 120  # columns of a table that does not go to a terminal
_NARROWEST = 50  # columns in which every cell still has room for words; a smaller terminal breaks the lines


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column of a table: `cell` draws it of a row; `ratio` is its share of the width, 0 what it needs."""

    header: str
    cell: Callable[[Row], Text]
    ratio: int = 0


@dataclass(frozen=True, slots=True)
class Layout(Generic[Row]):
    """How rows of one type are shown: columns for eyes, attributes for a pipe, a word for nothing."""

    table: tuple[Column[Row], ...]
    line: tuple[str, ...]
    nothing: str


def show(rows: Answer[Row], layout: Layout[Row], *, as_json: bool = False, as_table: bool = False) -> None:
    """Print an answer in the form that was asked for, or that fits where the output goes."""
    if as_json:
        typer.echo(rows.to_json())
    elif as_table or sys.stdout.isatty():
        show_table(rows, layout)
    else:
        show_lines(rows, layout)


def show_json(data: Any) -> None:
    """Print plain data as JSON, letters as they are."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=1))


def show_lines(rows: Sequence[Row], layout: Layout[Row]) -> None:
    """A line of names, then one line a row, cells separated by tabs."""
    show_fields(layout.line)
    for row in rows:
        show_fields(getattr(row, name) for name in layout.line)


def show_fields(values: Iterable[object]) -> None:
    """One line of a pipe."""
    typer.echo("\t".join(map(_plain, values)))


def show_table(rows: Sequence[Row], layout: Layout[Row]) -> None:
    """A table as wide as the terminal; where there is no row, a sentence that says so."""
    from rich import box
    from rich.table import Table

    if not rows:
        typer.echo(layout.nothing)
        return
    table = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, leading=1, expand=True, header_style="bold"
    )
    for column in layout.table:
        table.add_column(column.header, ratio=column.ratio or None, overflow="fold", no_wrap=not column.ratio)
    for row in rows:
        table.add_row(*(column.cell(row) for column in layout.table))
    screen().print(table)


def save(picture: str, path: Path) -> None:
    """Write a picture to a file, whole or not at all, and say so.

    Raises:
        UsageError: the file's name does not end in .svg: what it names may be something else.
        ReadError: it cannot be written.
    """
    if path.suffix.lower() != ".svg":
        raise UsageError(f"{path}: a picture goes into a file whose name ends in .svg")
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(picture, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise ReadError(f"{path} cannot be written: {error.strerror}") from error
    typer.echo(f"{path} drawn")


def screen(*, error: bool = False) -> Console:
    """The console that tables (or, on standard error, progress) are drawn on."""
    from rich.console import Console

    stream = sys.stderr if error else sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else WIDTH_OF_A_FILE
    console = Console(file=stream, width=width, highlight=False, soft_wrap=False)
    if console.width < _NARROWEST:
        console.width = _NARROWEST
    return console


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(_plain(part) for part in value)
    return " ".join(str(value).split())
