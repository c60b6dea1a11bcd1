"""Series on the screen: a heading and a table for each, or all their figures as lines of a pipe."""

from __future__ import annotations

import sys

import typer

from kb.cli.layouts import FIGURES
from kb.cli.show import show_fields, show_table
from kb.query import Answer, Series

_LINE = ("date", "value", "speaker", "stance", "quote", "title", "published", "url", "uid")


def show_series(found: Answer[Series], *, as_json: bool, as_table: bool) -> None:
    """Print series in the form that was asked for, or that fits where the output goes."""
    if as_json:
        typer.echo(found.to_json())
    elif as_table or sys.stdout.isatty():
        for line in found:
            typer.echo(f"{line.heading}: {_counted(line)}\n")
            show_table(line.figures, FIGURES)
        if not found:
            typer.echo("No series: nothing in the database fits.")
    else:
        show_fields(("measure", "place", *_LINE))
        for line in found:
            for figure in line.figures:
                show_fields((line.measure, line.place, *(getattr(figure, name) for name in _LINE)))


def _counted(line: Series) -> str:
    said = [f"{len(line.figures)} figures", f"{line.sources} independent sources"]
    if line.clashes:
        said.append(f"{line.clashes} to look at (kb conflicts)")
    return ", ".join(said)
