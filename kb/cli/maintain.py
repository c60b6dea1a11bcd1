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
    """Prove the base: every fact's words stand where it says, every group follows from facts and decisions.

    Exits with 1 and names the rows where something does not hold.

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
        typer.echo(f"{len(problems)} problems found" if problems else "all holds")
    raise typer.Exit(int(bool(problems)))


def migrate(db: options.Database = options.DEFAULT_DATABASE) -> None:
    """Make the database, or bring it to the schema of this version of kb. Every other command does so too.

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
    """Copy the base as it is at this moment, also while others load into it.

    \b
    kb backup kb-2026-11-21.db
    """
    from kb.knowledge import KnowledgeBase

    with KnowledgeBase(db, read_only=True) as base:
        base.backup(target)
    typer.echo(f"{db} copied to {target}")


COMMANDS = (check, migrate, backup)
