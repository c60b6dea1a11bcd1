"""`kb merge`: another base's articles, facts and decisions brought into this one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kb.cli import options
from kb.cli.loading import INTERRUPTED


def merge(
    other: Annotated[Path, typer.Argument(metavar="OTHER.db", help="The base to bring in; it is only read.")],
    as_json: options.AsJson = False,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """Bring in what another base has: articles, facts and the decisions of people.

    Each decision keeps its author and its moment. Where people contradict each other both stay, and the
    last one counts; kb candidates lists them. What was withdrawn in one of the two bases is withdrawn here;
    what both withdrew keeps the reason of each. Doing it twice changes nothing, and the order of several
    bases does not matter.

    \b
    kb merge colleague.db
    kb merge east.db --db all.db && kb merge west.db --db all.db
    """
    from kb.cli.show import show_json
    from kb.knowledge import KnowledgeBase
    from kb.query.answer import plain

    def told(done: int, articles: int) -> None:
        if done % 100 == 0 or done == articles:
            typer.echo(f"{done} of {articles} articles", err=True)

    try:
        with KnowledgeBase(db) as base:
            merged = base.merge(other, told=told)
    except KeyboardInterrupt:
        typer.echo("kb: interrupted; what came in is in, whole: run this again for the rest", err=True)
        raise typer.Exit(INTERRUPTED) from None
    if as_json:
        show_json(plain(merged))
        return
    said = {
        "new": merged.new,
        "known otherwise": merged.more,
        "known": merged.known,
        "withdrawn": merged.withdrawn,
        "left out, for they were withdrawn here": merged.left_out,
    }
    typer.echo("articles: " + (", ".join(f"{n} {what}" for what, n in said.items() if n) or "none"))
    decided = ", ".join(f"{n} {table.replace('_', ' ')}" for table, n in merged.decisions.items())
    typer.echo(f"decisions: {decided or 'none that are new'}")
    if merged.opposed:
        typer.echo(f"{len(merged.opposed)} on which people contradict each other; the last one counts:")
        for one in merged.opposed:
            typer.echo(f"  {one}")
    if not merged.swept:
        typer.echo("words of withdrawn articles are still in the log: another process reads it", err=True)


COMMANDS = (merge,)
