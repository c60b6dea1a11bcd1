"""Looking after a base: check, migrate, backup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kb.cli import options


def check(
    as_json: options.AsJson = False,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """Prove that the base holds what it promises.

    Every fact's words stand where it says, every group follows from facts and decisions. Where
    something does not hold the row is named, and the exit code is 1.

    \b
    kb check
    """
    from kb.cli.show import show_json
    from kb.knowledge import KnowledgeBase

    with KnowledgeBase(db, read_only=True) as base:
        problems = base.check()
    if as_json:
        show_json([str(problem) for problem in problems])
    else:
        for problem in problems:
            typer.echo(f"{problem}", err=True)
        found = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        typer.echo(f"{found} found" if problems else "all holds")
    raise typer.Exit(int(bool(problems)))


def migrate(db: options.Database = options.DEFAULT_DATABASE) -> None:
    """Make the database, or bring its schema up to date.

    `kb load` does so by itself.

    \b
    kb migrate --db kb.db
    """
    from kb.knowledge import KnowledgeBase

    with KnowledgeBase(db):
        typer.echo(f"{db} has the present schema")


def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="The copy; it must not be there yet.")],
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """Copy the base as it is at this moment.

    Others may load into it meanwhile.

    \b
    kb backup kb-2026-11-21.db
    """
    from kb.knowledge import KnowledgeBase

    with KnowledgeBase(db, read_only=True) as base:
        base.backup(target)
    typer.echo(f"{db} copied to {target}")


COMMANDS = (check, migrate, backup)
