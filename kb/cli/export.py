"""`kb export`: a release for strangers, or a file in the format of others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kb.cli import options

_FORMATS = (
    "csv, jsonl, parquet (figures); jsonld (schema.org), annotations (W3C Web Annotation), prov (PROV-O), "
    "ftm (FollowTheMoney), quickstatements (Wikidata), markdown (with footnotes), ris, bibtex (sources)"
)


def export(
    target: Annotated[Path, typer.Argument(metavar="TARGET", help="A folder for a release, or a file.")],
    form: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="FORMAT", help=f"Of one file, where its ending does not tell: {_FORMATS}."
        ),
    ] = None,
    series: Annotated[
        str | None, typer.Option(metavar="WORDS|UID", help="Only figures of this measure, or of one series.")
    ] = None,
    place: options.Place = None,
    tag: Annotated[str | None, typer.Option(metavar="TAG", help="Only what is filed under this tag.")] = None,
    since: options.Since = None,
    until: options.Until = None,
    reviewed_only: Annotated[
        bool, typer.Option("--reviewed-only", help="Only what a person accepted or corrected.")
    ] = False,
    previous: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="The release before: CHANGES.csv tells what changed."),
    ] = None,
    texts: Annotated[bool, typer.Option("--texts", help="With the texts of the articles.")] = False,
    reviewers: Annotated[
        bool, typer.Option("--reviewers", help="With the names of reviewers, and their notes.")
    ] = False,
    as_json: options.AsObject = False,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """Hand facts on: a release that others can use without kb, or one file in a format of theirs.

    A release is a folder: figures, events, reports, entities and sources as CSV and Parquet,
    datapackage.json (Frictionless), METHODOLOGY.md, CHANGES.csv and CITATION.cff. What was rejected
    never goes out.

    \b
    kb export release-2026-06/ --reviewed-only
    kb export release-2026-07/ --previous release-2026-06/
    kb export prisoners.csv --series "political prisoners" --place Belarus
    kb export spans.json --format annotations
    """
    from kb.cli.show import show_json
    from kb.knowledge import KnowledgeBase
    from kb.query.answer import plain

    with KnowledgeBase(db, read_only=True) as base:
        made = base.export(
            target,
            form=form,
            series=series,
            place=place,
            tag=tag,
            since=since,
            until=until,
            reviewed_only=reviewed_only,
            previous=previous,
            texts=texts,
            reviewers=reviewers,
        )
    if as_json:
        show_json(plain(made) if made else {"file": str(target)})
    elif made is None:
        typer.echo(f"{target} is written")
    else:
        counts = ", ".join(f"{count} {table}" for table, count in made.rows.items())
        changes = f"; {made.changes} changes since {previous}" if previous else ""
        typer.echo(f"{made.folder}, version {made.version}: {counts}{changes}")
        typer.echo("In METHODOLOGY.md and CITATION.cff, [TO FILL: ...] marks what only you can say.")


COMMANDS = (export,)
