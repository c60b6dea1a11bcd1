"""`kb withdraw`: an article that has to go."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli import options
from kb.cli.decide import By, Note
from kb.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.desk import Dependent

_MOST = 30  # of what rests on an article, shown before it goes


def withdraw(
    article: Annotated[str, typer.Argument(metavar="URL", help="The article, by its URL or uid.")],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why: all that is left of it, with its day.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what rests on it; keep everything.")
    ] = False,
    by: By = None,
    note: Note = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON: what was done, in an object.")] = False,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """Take an article's words out of the database for good: text, bytes, facts, index, free pages, cache.

    Its address, uids, hashes and days stay with the reason, and it is not taken in again. What people
    decided about its facts stays and holds nothing any more; what rests on it is listed. It cannot be
    undone. Copies made before (kb backup, exports) still have it.

    \b
    kb withdraw https://example.org/a --reason "asked for by the family" --dry-run
    kb withdraw https://example.org/a --reason "asked for by the family" --yes
    """
    from kb.cli.show import show_json
    from kb.knowledge import KnowledgeBase
    from kb.query.answer import plain

    with KnowledgeBase(db) as base:
        resting = base.resting_on(article)
        if dry_run:
            show_json([plain(one) for one in resting]) if as_json else _list(resting)
            return
        if not yes:
            _ask(article, resting)
        done = base.withdraw(article, reason=reason, by=by, note=note)
    if as_json:
        show_json(plain(done))
    else:
        if yes:
            _list(done.dependents)
        typer.echo(f"{done.uid}  {done.url or done.article} is withdrawn: {done.reason}")
    if not done.swept:
        typer.echo(
            f"kb: another process reads {db}, so its log still has the words:"
            " when that has ended, run this again",
            err=True,
        )
        raise typer.Exit(1)


def _ask(article: str, resting: tuple[Dependent, ...]) -> None:
    if not sys.stdin.isatty():
        raise UsageError("kb withdraw asks before it blanks an article, and there is no terminal: say --yes")
    _list(resting)
    typer.confirm(f"Blank {article} for good?", abort=True)


def _list(resting: Iterable[Dependent]) -> None:
    """Tell what rests on the article, on standard error: it is no answer to keep."""
    listed = [f"  {one.kind} {one.uid}: {one.what}" for one in resting]
    more = [f"  and {len(listed) - _MOST} more: --json lists them"] if len(listed) > _MOST else []
    lines = ["Resting on it:", *listed[:_MOST], *more] if listed else ["Nothing rests on it."]
    typer.echo("\n".join(lines), err=True)


COMMANDS = (withdraw,)
