"""The command `kb`: each command parses, makes one call and prints. Nothing heavy is imported before it runs.

Exit codes: 0 done, 1 something failed (told on standard error), 2 wrong usage, 3 a publisher
changed something (`kb refresh`), 130 interrupted.
"""

from __future__ import annotations

import io
import sys
from typing import Annotated, NoReturn

import typer

from kb import __version__
from kb.cli import (
    add,
    ask,
    assess,
    browse,
    compare,
    decide,
    export,
    history,
    load,
    maintain,
    measures,
    merge,
    names,
    refresh,
    reread,
    review,
    tags,
    withdraw,
)
from kb.errors import KbError, UsageError

COMMANDS = (
    *load.COMMANDS,
    *refresh.COMMANDS,
    *ask.COMMANDS,
    *compare.COMMANDS,
    *assess.COMMANDS,
    *decide.COMMANDS,
    *review.COMMANDS,
    *add.COMMANDS,
    *tags.COMMANDS,
    *history.COMMANDS,
    *reread.COMMANDS,
    *withdraw.COMMANDS,
    *export.COMMANDS,
    *merge.COMMANDS,
    *browse.COMMANDS,
    *maintain.COMMANDS,
)
app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for command in COMMANDS:
    app.command()(command)
app.add_typer(measures.app, name="measures")
app.add_typer(names.app, name="names")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kb {__version__}")
        raise typer.Exit


@app.callback()
def kb(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Read news articles and keep what they state: figures, events and names, each with its words and source.

    \b
    Begin with
      kb load ARTICLE.txt --url https://...    read an article into kb.db
      kb figures "political prisoners"         who published which figure, when, in which sentence
      kb timeline --since 2020                 what happened when
    """


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run a command line (else the one of this process) and exit; what kb raises on purpose is one line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without the letter still gets the rest
    try:
        app(arguments, prog_name="kb")
    except UsageError as error:
        typer.echo(f"kb: {error}", err=True)
        sys.exit(2)
    except KbError as error:
        typer.echo(f"kb: {error}", err=True)
        sys.exit(1)
    except OSError as error:  # without a file's name it is standard output: a full disk behind it
        where = error.filename or "the output cannot be written"
        typer.echo(f"kb: {where}: {error.strerror or error}", err=True)
        sys.exit(1)
    sys.exit(0)
