"""Dossiers: tag, untag, tags."""

from __future__ import annotations

from typing import Annotated

import typer

from kb.cli import options
from kb.cli.decide import By, Note

Word = Annotated[str, typer.Argument(metavar="TAG", help="The word to file under; case does not matter.")]
Targets = Annotated[list[str], typer.Argument(metavar="TARGET", help="Articles by URL or uid, facts by uid.")]


def tag(
    word: Word,
    targets: Targets,
    by: By = None,
    note: Note = None,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """File articles and facts under a word; every question takes --tag.

    A tag of an article holds for all that it states. What is filed already is passed over.

    \b
    kb tag "prison deaths" https://example.org/a 4yqk2c7nmmdbuxko
    kb figures --tag "prison deaths"
    """
    from kb.knowledge import KnowledgeBase

    with KnowledgeBase(db) as base:
        made = base.tag(word, *targets, by=by, note=note)
    for one in made:
        typer.echo(f"{one.target}  {one.target_kind}: filed under {one.tag}")
    typer.echo(f"{len(made)} filed", err=True)


def untag(
    word: Word,
    targets: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TARGET]", help="Articles and facts; all if none is named."),
    ] = None,
    by: By = None,
    note: Note = None,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """Take articles and facts out of what is filed under a word.

    \b
    kb untag "prison deaths" 4yqk2c7nmmdbuxko
    kb untag "prison deaths"
    """
    from kb.knowledge import KnowledgeBase

    with KnowledgeBase(db) as base:
        made = base.untag(word, *(targets or ()), by=by, note=note)
    for one in made:
        typer.echo(f"{one.target}  {one.target_kind}: no longer under {one.tag}")
    typer.echo(f"{len(made)} taken out", err=True)


def tags(
    word: Annotated[
        str | None, typer.Argument(metavar="[TAG]", help="What is filed under this one, instead.")
    ] = None,
    as_json: options.AsJson = False,
    as_table: options.AsTable = False,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """Which tags there are, or what is filed under one.

    \b
    kb tags
    kb tags "prison deaths" --json
    """
    from kb.cli.layouts import FILED, TAGS
    from kb.cli.show import show
    from kb.knowledge import KnowledgeBase

    with KnowledgeBase(db, read_only=True) as base:
        if word is None:
            show(base.tags(), TAGS, as_json=as_json, as_table=as_table)
        else:
            show(base.filed(word), FILED, as_json=as_json, as_table=as_table)


COMMANDS = (tag, untag, tags)
