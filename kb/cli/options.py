"""Options that several commands share, each with its one meaning."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

DEFAULT_DATABASE = "kb.db"

Database = Annotated[
    str,
    typer.Option(
        "--db", envvar="KB_DATABASE", metavar="PATH", help="The database: a path or sqlite:///PATH."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON: a list with one object a row.")]
AsObject = Annotated[bool, typer.Option("--json", help="Print JSON: one object.")]
AsTable = Annotated[bool, typer.Option("--table", help="Print a table even where the output is no terminal.")]
Since = Annotated[
    str | None,
    typer.Option(
        metavar="DATE", help="Only what reaches into the time from then on: 2020, 2020-08, 2020-08-09."
    ),
]
Until = Annotated[
    str | None,
    typer.Option(
        metavar="DATE", help="Only what reaches into the time up to then, that day, month or year included."
    ),
]
PublishedBy = Annotated[
    str | None,
    typer.Option(
        metavar="DATE", help="Only by what is known to have been published up to the end of that day."
    ),
]
KnownBy = Annotated[
    str | None,
    typer.Option(
        metavar="DATE", help="As the base knew it at the end of that day (UTC), or at 2026-06-03T14:30:00Z."
    ),
]
Primary = Annotated[
    bool, typer.Option("--primary", help="Only what stands in its speaker's own publication.")
]
Measure = Annotated[str | None, typer.Argument(metavar="[WORDS]", help="What is counted or measured.")]
Limit = Annotated[int | None, typer.Option(min=1, max=10**12, metavar="N", help="At most so many rows.")]
Place = Annotated[str | None, typer.Option(metavar="NAME", help="Only of this place.")]
Tag = Annotated[str | None, typer.Option(metavar="TAG", help="Only what is filed under this tag.")]
Entity = Annotated[
    str | None, typer.Option(metavar="NAME", help="Only with this person, organisation or place.")
]

Plot = Annotated[
    Path | None,
    typer.Option(metavar="FILE.svg", help="Draw it into this file instead, in place of an old one."),
]

Url = Annotated[str | None, typer.Option(metavar="URL", help="Where the article was published.")]
Title = Annotated[
    str | None, typer.Option(metavar="TEXT", help="Its title, where the text does not give it.")
]
Published = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Its day of publication, YYYY-MM-DD: relative dates count from it."),
]
Publisher = Annotated[str | None, typer.Option(metavar="NAME", help="Who published it.")]
MaxText = Annotated[
    float | None, typer.Option(metavar="MB", min=0, help="Refuse texts that are larger; 5 unless told.")
]
Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE",
        help="Files, folders of them, addresses of pages, feeds and sitemaps; - is standard input.",
    ),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="What the source is, where its content misleads: text (also Markdown), html, mhtml, pdf, "
        "feed (RSS, Atom), sitemap, urls (an address a line), warc, jsonl, csv or zip.",
    ),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="FIELD=COLUMN,...",
        help="What a table's columns are called, of text, quote, note, url, title, published, modified, "
        "publisher, authors, language.",
    ),
]
Jobs = Annotated[
    int,
    typer.Option(
        min=1, max=256, metavar="N", help="Extract N articles at once, in as many processes (0.3 GB each)."
    ),
]


def in_bytes(megabytes: float | None) -> int | None:
    """A number of megabytes in bytes."""
    return None if megabytes is None else int(megabytes * 1_000_000)
