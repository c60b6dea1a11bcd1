"""Who and what is one: same, different, candidates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli import options
from kb.errors import UsageError

if TYPE_CHECKING:
    from kb.desk import Decided

A = Annotated[str | None, typer.Argument(metavar="A", help="A uid, or the name of an entity.")]
B = Annotated[str | None, typer.Argument(metavar="B", help="Another one.")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", envvar="KB_USER", help="Who decides.")]
Note = Annotated[str | None, typer.Option(metavar="TEXT", help="Why.")]
Withdraw = Annotated[
    str | None, typer.Option(metavar="DECISION", help="Take back the decision that has this uid, instead.")
]


def same(
    a: A = None,
    b: B = None,
    withdraw: Withdraw = None,
    across_kinds: Annotated[
        bool,
        typer.Option(
            "--across-kinds", help="Also a person and a place, where one was read as what it is not."
        ),
    ] = False,
    by: By = None,
    note: Note = None,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """Decide that two entities, events or measures are one. Nothing is rewritten; it can be taken back.

    \b
    kb same "Maria Kalesnikava" "Maria Kolesnikova" --note "transliterations of one name"
    kb same --withdraw 4yqk2c7nmmdbuxko
    """
    _decide("same", a, b, withdraw, by, note, db, across_kinds=across_kinds)


def different(
    a: A = None,
    b: B = None,
    withdraw: Withdraw = None,
    by: By = None,
    note: Note = None,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """Decide that two things are not one: they are not joined by themselves again.

    \b
    kb different "Viktor Babariko" "Eduard Babariko" --note "father and son"
    """
    _decide("different", a, b, withdraw, by, note, db)


def candidates(
    decided: Annotated[bool, typer.Option("--decided", help="What was decided, instead.")] = False,
    disputed: Annotated[
        bool, typer.Option("--disputed", help="Only what people contradict each other on.")
    ] = False,
    kind: Annotated[
        str | None,
        typer.Option(metavar="KIND", help="Only this kind: person, organisation, place, event, measure."),
    ] = None,
    limit: options.Limit = None,
    as_json: options.AsJson = False,
    as_table: options.AsTable = False,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """What people contradict each other on, then which entities or measures may be one, the likeliest first.

    Two people may say of two things that they are the same and that they differ, or accept, reject or
    correct one fact differently: with kb merge that comes into one base. All of it stays, the last one
    counts, and it is listed here until one takes it back or decides anew. Decide on pairs with kb same and
    kb different, on a single fact with kb review --uid, on a tag with kb tag and kb untag.

    Two measures may be one where the words of one are among those of the other ("prisoners", "political
    prisoners"), at one place, and near in time a number can be both. kb same joins them everywhere; where
    only one figure is meant, correct its measure with kb review --uid.

    \b
    kb candidates --limit 20
    kb candidates --disputed
    kb candidates --kind measure
    kb candidates --decided
    """
    from kb.cli.layouts import CANDIDATES, DECISIONS
    from kb.cli.show import show
    from kb.knowledge import KnowledgeBase

    if decided and (disputed or kind):
        raise UsageError("kb candidates takes --decided alone: what was decided is listed whole")
    with KnowledgeBase(db, read_only=True) as base:
        if decided:
            show(base.decisions(), DECISIONS, as_json=as_json, as_table=as_table)
        else:
            found = base.candidates(kind=kind, limit=limit, disputed=disputed)
            show(found, CANDIDATES, as_json=as_json, as_table=as_table)


def _decide(
    verdict: str,
    a: str | None,
    b: str | None,
    withdraw: str | None,
    by: str | None,
    note: str | None,
    db: str,
    *,
    across_kinds: bool = False,
) -> None:
    from kb.knowledge import KnowledgeBase

    if (withdraw is None) != (a is not None and b is not None) or (withdraw and a):
        raise UsageError(f"kb {verdict} takes two things, or --withdraw with the uid of a decision")
    with KnowledgeBase(db) as base:
        made: Decided
        if withdraw is not None:
            made = base.withdraw_decision(withdraw, by=by, note=note)
        else:
            assert a is not None
            assert b is not None
            if verdict == "same":
                made = base.same(a, b, by=by, note=note, across_kinds=across_kinds)
            else:
                made = base.different(a, b, by=by, note=note)
        told = {decision.uid: decision for decision in base.decisions()}[withdraw or made.uid]
    typer.echo(f"{made.uid}  {made.kind}: {told.a} {_SAYS[made.verdict]} {told.b}")
    if withdraw is None:
        typer.echo(f"kb {verdict} --withdraw {made.uid} takes it back", err=True)


_SAYS = {"same": "is the same as", "different": "is not", "withdrawn": "no longer decided about with"}

COMMANDS = (same, different, candidates)
