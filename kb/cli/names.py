"""`kb names`: spellings that users list for a name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kb.cli import options
from kb.cli.decide import By

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Spellings of names that kb does not know: list them, see them, take them back.",
)


@app.command()
def add(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="CSV: name, spelling, kind, source.")],
    by: By = None,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """List the spellings in a file; what they name becomes one, in articles that are in and in those to come.

    The columns kind (person, organisation or place; person if left out) and source may be missing.

    \b
    kb names add spellings.csv
    """
    from kb.knowledge import KnowledgeBase

    with KnowledgeBase(db) as base:
        added = base.add_names(source, by=by)
    for alias in added:
        typer.echo(f"{alias.uid}  {alias.spelling}: {alias.name}")
    typer.echo(f"{len(added)} added", err=True)


@app.command("list")
def list_(
    as_json: options.AsJson = False,
    as_table: options.AsTable = False,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """Show the spellings that are listed.

    \b
    kb names list
    """
    from kb.cli.layouts import LISTED
    from kb.cli.show import show
    from kb.knowledge import KnowledgeBase

    with KnowledgeBase(db, read_only=True) as base:
        rows = base.names()
    show(rows, LISTED, as_json=as_json, as_table=as_table)


@app.command()
def remove(
    spelling: Annotated[
        str, typer.Argument(metavar="SPELLING", help="As kb names list shows it, or its uid there.")
    ],
    by: By = None,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """Take a listed spelling back: what only it had joined is parted.

    \b
    kb names remove "Maria Kolesnikova"
    kb names remove 4yqk2c7nmmdbuxko
    """
    from kb.knowledge import KnowledgeBase

    with KnowledgeBase(db) as base:
        alias = base.remove_name(spelling, by=by)
    typer.echo(f"{alias.spelling}: no longer listed for {alias.name}")
