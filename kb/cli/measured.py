"""How measures look: a line each, and one with its figures and why these are of it."""

from __future__ import annotations

import sys

import typer
from rich.text import Text

from kb.cli.layouts import HIT, QUIET, marked, source_of
from kb.cli.show import Column, Layout, show_fields, show_json, show_table
from kb.query.answer import plain
from kb.query.counted import Counted, Measure, MeasureFigures

_LINE = ("key", "why", "decisions", "uid")
_FIGURE = ("date", "value", "measure", "place", "quote", "title", "published", "url")


def _named(row: Measure) -> Text:
    text = Text(row.name, HIT).append(f"\n{row.unit}", QUIET)
    return text.append(f"\n{row.definition} ({row.defined_by})", "default") if row.definition else text


def _why(row: Counted) -> Text:
    return Text("\n").join(Text(said) for said in (row.why, *row.decisions))


def _quoted(row: Counted) -> Text:
    figure = row.figure
    text = Text(f"{figure.value}, {figure.date or 'undated'}\n", HIT)
    return text.append(marked(figure.quote, figure.phrase)).append("\n" + source_of(figure), QUIET)


MEASURES: Layout[Measure] = Layout(
    (
        Column("measure", _named, 3),
        Column("kind", lambda row: Text(row.kind or "-")),
        Column("figures", lambda row: Text(str(row.figures), justify="right")),
        Column("sources", lambda row: Text(str(row.sources), justify="right")),
        Column("at", lambda row: Text("; ".join(row.places)), 2),
        Column("uid", lambda row: Text(row.uid, QUIET)),
    ),
    (
        *("name", "unit", "kind", "definition", "defined_by", "figures", "sources", "places", "uid"),
        "definition_uid",
    ),
    "No measures: nothing in the database fits.",
)
_COUNTED: Layout[Counted] = Layout(
    (
        Column("figure", _quoted, 3),
        Column("why", _why, 2),
        Column("uid", lambda row: Text(row.uid, QUIET)),
    ),
    (),
    "No figures.",
)


def show_measure(found: MeasureFigures, *, as_json: bool, as_table: bool) -> None:
    """Print a measure with its figures in the form that was asked for, or that fits where the output goes."""
    if as_json:
        show_json(plain(found))
    elif as_table or sys.stdout.isatty():
        row = found.measure
        typer.echo(f"\n{row.name}: {row.kind or 'of no known kind'}, in {row.unit}, uid {row.uid}")
        if row.definition:
            typer.echo(f"{row.definition} (says {row.defined_by}; {row.definition_uid})")
        typer.echo()
        show_table(found.figures, _COUNTED)
    else:
        show_fields((*_FIGURE, *_LINE))
        for counted in found.figures:
            figure = (getattr(counted.figure, name) for name in _FIGURE)
            show_fields((*figure, *(getattr(counted, name) for name in _LINE)))
