"""`kb measures`: what is counted, which figures are of it and why, and what users say that it means."""

from __future__ import annotations

from typing import Annotated

import typer

from kb.cli import options
from kb.cli.decide import By, Note

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="What is counted: list measures, see which figures are of one and why, define one in words.",
)
Which = Annotated[
    str, typer.Argument(metavar="MEASURE", help="Its uid, that of one of its figures, or words that name it.")
]


@app.command("list")
def list_(
    words: Annotated[
        str | None, typer.Argument(metavar="[WORDS]", help="Only with these in name, unit or definition.")
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(metavar="KIND", help="Only this kind: stock, flow, cumulative, share, level."),
    ] = None,
    limit: options.Limit = None,
    as_json: options.AsJson = False,
    as_table: options.AsTable = False,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """What is counted, with how many figures; the measures with the most sources first.

    Join two that are one with kb same, part them with kb different.

    \b
    kb measures list
    kb measures list "political prisoners" --kind stock --json
    """
    from kb.cli.measured import MEASURES
    from kb.cli.show import show
    from kb.knowledge import KnowledgeBase

    with KnowledgeBase(db, read_only=True) as base:
        rows = base.measures(words, kind=kind, limit=limit)
    show(rows, MEASURES, as_json=as_json, as_table=as_table)


@app.command("show")
def show_(
    measure: Which,
    as_json: options.AsObject = False,
    as_table: options.AsTable = False,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """Which figures are of one measure, and why: the words that say so, the decisions of people.

    \b
    kb measures show "political prisoners held"
    kb measures show 4yqk2c7nmmdbuxko --json
    """
    from kb.cli.measured import show_measure
    from kb.knowledge import KnowledgeBase

    with KnowledgeBase(db, read_only=True) as base:
        found = base.measure(measure)
    show_measure(found, as_json=as_json, as_table=as_table)


@app.command()
def define(
    measure: Which,
    words: Annotated[str, typer.Argument(metavar="TEXT", help="What is counted, with its limits.")],
    by: By = None,
    note: Note = None,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """Say in words what is counted; it is shown with the series. An earlier definition is kept.

    \b
    kb measures define "people killed" "deaths by violence, confirmed by name"
    """
    from kb.knowledge import KnowledgeBase

    with KnowledgeBase(db) as base:
        made = base.define(measure, words, by=by, note=note)
        name = base.measure(made.measure).measure.name
    typer.echo(f"{made.uid}  {name}: {made.definition}")


@app.command()
def undefine(
    measure: Annotated[
        str, typer.Argument(metavar="MEASURE", help="What names it, or the uid of one of its definitions.")
    ],
    by: By = None,
    note: Note = None,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """Take a definition back: an earlier one counts again, or none.

    \b
    kb measures undefine "people killed"
    kb measures undefine 4yqk2c7nmmdbuxko
    """
    from kb.knowledge import KnowledgeBase

    with KnowledgeBase(db) as base:
        gone = base.withdraw_definition(measure, by=by, note=note)
        name = base.measure(gone.measure).measure.name
    typer.echo(f"{name}: no longer defined as {gone.definition!r}")
