"""Series on the screen: a heading and a table for each, or lines of a pipe; series and timelines drawn."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import typer

from kb.chart import series_chart, timeline_chart
from kb.cli.concluded import told
from kb.cli.layouts import FIGURES, in_turn
from kb.cli.show import save, show_fields, show_table
from kb.errors import UsageError
from kb.query import Answer, Event, Series

_LENT = 3  # figures without a place of their own that are told beside a series
_LINE = (
    "date",
    "value",
    "speaker",
    "stance",
    "quote",
    "title",
    "published",
    "url",
    "cites_url",
    "source_kind",
    "said_status",
    "uid",
    "chain",
)


def show_series(found: Answer[Series], *, as_json: bool, as_table: bool) -> None:
    """Print series in the form that was asked for, or that fits where the output goes."""
    if as_json:
        typer.echo(found.to_json())
    elif as_table or sys.stdout.isatty():
        for line in found:
            typer.echo(f"\n{line.heading}: {_counted(line)}; measure {line.measure_uid}")
            for said in _linked(line):
                typer.echo(f"  {said}")
            if line.figures:
                typer.echo()
                show_table(line.figures, FIGURES)
            for said in told(line):
                typer.echo(said)
            for related in line.relations:
                typer.echo(f"{related.kind}: {related.explanation}")
        if not found:
            typer.echo("No series: nothing in the database fits.")
    else:
        show_fields(("measure", "place", *_LINE))
        for line in found:
            for figure in line.figures:
                show_fields((line.measure, line.place, *(getattr(figure, name) for name in _LINE)))
            for bound in () if line.figures else line.implied:
                shown = {"date": bound.date, "value": f"{bound.value} (by a multiple)", "uid": bound.uid}
                show_fields((line.measure, line.place, *(shown.get(name) for name in _LINE)))
        for line in found:
            for said in _near(line):
                typer.echo(f"{line.heading}: {said}", err=True)


def draw_series(found: Answer[Series], path: Path) -> None:
    """Draw the first series into a file.

    Raises:
        UsageError: there is none.
    """
    if not found:
        raise UsageError("no series to draw: nothing in the database fits")
    save(series_chart(found[0]), path)
    if len(found) > 1:
        others = "; ".join(line.heading for line in found[1:4])
        typer.echo(f"{found[0].heading}, the first of {len(found)} series; others: {others}", err=True)


def draw_timeline(found: Answer[Event], path: Path, about: str | None) -> None:
    """Draw events into a file.

    Raises:
        UsageError: there are none.
    """
    if not found:
        raise UsageError("no events to draw: nothing in the database fits")
    save(timeline_chart(found, f"Timeline: {about}" if about else "Timeline"), path)


def _counted(line: Series) -> str:
    said = [_number(len(line.figures), "figure"), _number(line.sources, "independent source")]
    said.append(_number(line.voices, "voice"))
    if line.clashes:
        said.append(f"{line.clashes} to look at (kb conflicts)")
    return ", ".join(said)


def _linked(line: Series) -> Iterator[str]:
    """What it is defined as, the whole, the subgroups, the chains of reprints, what is told elsewhere."""
    if line.definition:
        yield line.definition
    if line.part_of:
        yield f"a part of: {line.part_of.heading} ({_number(line.part_of.figures, 'figure')})"
    for part in line.parts:
        yield f"subgroup: {part.heading} ({_number(part.figures, 'figure')})"
    for chain in dict.fromkeys(figure.chain for figure in line.figures if figure.chain):
        yield f"one source: {in_turn(chain)}"
    for bound in line.implied:
        yield f"by a multiple: {bound.explanation}"
    yield from _near(line)
    for one in line.lent[:_LENT]:
        yield f"place by another telling: {one.explanation}"
    if len(line.lent) > _LENT:
        yield f"place by another telling: of {_number(len(line.lent) - _LENT, 'more figure')}; see --json"


def _near(line: Series) -> Iterator[str]:
    """Other series that may count the same, with what decides on it."""
    for other in line.near:
        uids = f"{line.measure_uid} {other.measure_uid}"
        said = f"{other.heading} ({_number(other.figures, 'figure')})"
        yield f"may count the same: {said}; kb same {uids} joins the two, kb different {uids} parts them"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
