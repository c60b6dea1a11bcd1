"""`kb browse`: the base in a browser."""

from __future__ import annotations

from typing import Annotated

import typer

from kb.cli import options


def browse(
    host: Annotated[str, typer.Option(metavar="HOST", help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="PORT", min=1, max=65535, help="The port.")] = 8001,
    review: Annotated[
        bool, typer.Option("--review", help="Let whoever has the link that is printed judge facts.")
    ] = False,
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who judges; by default the user of this machine.")
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Open a browser.")] = False,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """Look at the base in a browser: pages of articles, series, names and clashes, tables and SQL.

    It is opened for reading; with --review, facts can be judged and added by whoever has the token in
    the link. Nobody but this machine can reach it unless --host says so, and by no other name than that
    or localhost. Ctrl-C ends it.

    \b
    kb browse
    kb browse --review --by "Ada Example" --port 8010
    """
    from kb.browse.serve import datasette_of, serve
    from kb.knowledge import KnowledgeBase
    from kb.store.connection import database_path

    with KnowledgeBase(db, read_only=True):
        pass  # whatever keeps it from being read is told before a server runs
    datasette = datasette_of(database_path(db), review=review, by=by)
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    if review:
        address += f"/-/auth-token?token={datasette._root_token}"
    typer.echo(f"{address}  (Ctrl-C ends it)", err=True)
    if open_browser:
        typer.launch(address)
    serve(datasette, host, port)


COMMANDS = (browse,)
