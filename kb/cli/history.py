"""`kb history`: what happened to an article over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli import options

if TYPE_CHECKING:
    from kb.query import Step

_SAYS = {
    "first": "{kept} facts",
    "facts": "its publisher changed what it states: {counted}",
    "text": "other words around the same {kept} facts",
    "metadata": "said otherwise of itself",
    "reader": "a newer reader of kb ({reader}) read the same bytes: {counted}",
    "extractor": "another version of kb ({version}) read the same text: {counted}",
    "nothing": "nothing else",
    "person": "{who} added by hand: {counted}",
    "withdrawn": "withdrawn by {who}: {reason}",
    "blank": "a revision whose words are withdrawn",
}


def history(
    said: Annotated[
        str, typer.Argument(metavar="URL-OR-UID", help="An article, by its URL or uid, or a fact by its uid.")
    ],
    as_json: options.AsJson = False,
    as_table: options.AsTable = False,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """What happened to an article: its revisions, and which facts each added, dropped and changed.

    What the publisher changed is told apart from other furniture, other metadata, and from a newer version
    of kb that reads the same page otherwise. Quotes are those of their own revision.

    Of a fact: who read it, and all that was decided on it (reviews, corrections, identity, tags), by whom,
    when and why, and what of it stands.

    \b
    kb history https://example.org/a
    kb history 4yqk2c7nmmdbuxko
    kb history https://example.org/a --json
    """
    from kb.cli.layouts import ENTRIES
    from kb.cli.show import show
    from kb.knowledge import KnowledgeBase

    with KnowledgeBase(db, read_only=True) as base:
        if base.is_fact(said):
            show(base.decided(said), ENTRIES, as_json=as_json, as_table=as_table)
            return
        steps = base.article_history(said)
    if as_json:
        typer.echo(steps.to_json())
    else:
        for article in dict.fromkeys(step.article for step in steps):
            _show([step for step in steps if step.article == article])


def _show(steps: list[Step]) -> None:
    from kb.cli.changes import counted, lines_of

    typer.echo(steps[0].url or steps[0].article)
    for step in steps:
        said = _SAYS[step.kind].format(
            counted=counted(step.facts), **{name: getattr(step, name) for name in _NAMES}
        )
        number = "" if step.seq is None else str(step.seq)
        typer.echo(f"{number:>3}  {step.recorded_at[:16]}  {said}")
        for one in step.metadata:
            typer.echo(f"  {one.field}: {one.before or '-'} → {one.after or '-'}")
        for line in lines_of(step.facts):
            typer.echo(line)


_NAMES = ("kept", "reader", "version", "who", "reason")

COMMANDS = (history,)
