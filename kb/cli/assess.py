"""What one concludes oneself: a figure for a series and a time, appended, listed, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli import options
from kb.cli.decide import By, Note
from kb.errors import UsageError

if TYPE_CHECKING:
    from kb.query import Answer, Assessment

Value = float | None
Uids = Annotated[
    list[str] | None, typer.Option(metavar="UID", help="A figure that it rests on; say it for each.")
]


def assess(
    series: Annotated[
        str | None,
        typer.Argument(
            metavar="[SERIES]", help="Its uid, that of one of its figures, or words of its measure."
        ),
    ] = None,
    place: options.Place = None,
    date: Annotated[
        str | None, typer.Option(metavar="DATE", help="The time of which it is: 2026, 2026-02, 2026-02-28.")
    ] = None,
    low: Annotated[Value, typer.Option(metavar="N", help="The lowest value held possible.")] = None,
    best: Annotated[Value, typer.Option(metavar="N", help="The value held best.")] = None,
    high: Annotated[Value, typer.Option(metavar="N", help="The highest value held possible.")] = None,
    rule: Annotated[
        str | None,
        typer.Option("--rule", "--reason", metavar="TEXT", help="The rule or the reason that gives it."),
    ] = None,
    used: Uids = None,
    set_aside: Annotated[
        list[str] | None,
        typer.Option("--set-aside", metavar="UID", help="A figure that it leaves out; say it for each."),
    ] = None,
    provisional: Annotated[bool, typer.Option("--provisional", help="It may change.")] = False,
    withdraw: Annotated[
        str | None, typer.Option(metavar="ASSESSMENT", help="Take back the one that has this uid, instead.")
    ] = None,
    list_: Annotated[
        bool, typer.Option("--list", help="What was concluded, and whether it still stands, instead.")
    ] = False,
    by: By = None,
    note: Note = None,
    as_json: options.AsJson = False,
    as_table: options.AsTable = False,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """Conclude: write down a figure of your own for a series and a time. It never counts as a source.

    The figures of the series for that time are taken as used, or those that you name; the others as set
    aside. It is marked stale when one of them is reviewed, withdrawn or read otherwise, or a new one
    comes in, and is shown beside the series.

    \b
    kb assess "political prisoners held" --place Belarus --date 2026-02-28 \\
        --low 969 --best 969 --high 1180 --rule "Freedom Ledger names everyone; the UN adds house arrest"
    kb assess --list
    kb assess --withdraw 4yqk2c7nmmdbuxko
    """
    from kb.knowledge import KnowledgeBase

    if list_ + (withdraw is not None) + (series is not None) != 1:
        raise UsageError(
            "kb assess takes a series with --date, a value and --rule; or --withdraw UID; or --list"
        )
    if list_:
        with KnowledgeBase(db, read_only=True) as base:
            _show(base.assessments(), as_json=as_json, as_table=as_table)
        return
    with KnowledgeBase(db) as base:
        if withdraw is not None:
            made = base.withdraw_assessment(withdraw, by=by, note=note)
        else:
            assert series is not None
            if date is None or rule is None:
                raise UsageError("an assessment is of a time, and has a reason: give --date and --rule")
            made = base.assess(
                series,
                place=place,
                date=date,
                low=low,
                best=best,
                high=high,
                rule=rule,
                used=used or (),
                set_aside=set_aside or (),
                provisional=provisional,
                by=by,
                note=note,
            )
    counted = f": {len(made.used)} figures used, {len(made.set_aside)} set aside" if made.used else ""
    typer.echo(f"{made.uid}  {'taken back' if withdraw else 'concluded'}{counted}")


def _show(found: Answer[Assessment], *, as_json: bool, as_table: bool) -> None:
    from kb.cli.concluded import ASSESSMENTS
    from kb.cli.show import show

    show(found, ASSESSMENTS, as_json=as_json, as_table=as_table)


COMMANDS = (assess,)
