"""A draft against the base, on the screen: each figure and event, the verdict, and what the base has."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli import options

if TYPE_CHECKING:
    from kb.compare import Comparison, Evidence, Looked
    from kb.query import Answer

_SHOWN = 4  # facts of the base below a figure; --json has all
_INDENT = "    "


def compare(
    draft: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="The draft: text, Markdown, HTML or PDF; - for standard input."),
    ],
    published: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="The draft's day, YYYY-MM-DD: “now” counts from it. Else what it states, else today.",
        ),
    ] = None,
    as_json: options.AsJson = False,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """Check a draft: what the database has on each of its figures and events. Nothing is stored.

    \b
    same           this number, of this measure, place and time
    compatible     not this number word for word, but both can hold: a bound, a rounding, a wider date
    contradicts    both cannot hold
    superseded     this number, but there is a later one
    other date, other place, other measure, other speaker
                   this number, but told of something else, or by somebody else
    not found      nobody gives this number; what was looked at is told

    \b
    kb compare draft.txt
    kb compare - --published 2026-03-05 --json < draft.txt

    The exit code is 0 whatever is found.
    """
    from kb.knowledge import KnowledgeBase

    with KnowledgeBase(db, read_only=True) as base:
        rows = base.compare_file(draft, published=published)
    if as_json:
        typer.echo(rows.to_json())
    elif not rows:
        typer.echo("No figures or events in the draft.")
    else:
        _show(rows, is_told=published is not None)


def _show(rows: Answer[Comparison], *, is_told: bool) -> None:
    from rich.text import Text

    from kb.cli.show import screen

    console = screen()
    hint = "" if is_told else " (what it says, or else today: --published tells another)"
    _print(f"The draft is of {rows[0].as_of}{hint}. Compared with {_looked(rows[0].looked)}.")
    quote = None
    for row in rows:
        if row.quote != quote:
            typer.echo()
            console.print(Text(f"“{row.quote}”"))
            quote = row.quote
        console.print(Text(f"  {row.phrase}: ").append(_verdict(row), "bold").append(f" - {row.reason}"))
        for line in _below(row):
            _print(line, _INDENT)


def _verdict(row: Comparison) -> str:
    return f"{row.verdict}, disputed" if row.is_disputed else row.verdict


def _below(row: Comparison) -> Iterator[str]:
    """What is told under a figure or an event of the draft, a paragraph each."""
    read = (row.reading, row.measure, row.date, f"says {row.speaker}" if row.speaker else None, *row.remarks)
    yield f"read as: {'; '.join(part for part in read if part)}"
    for one in row.evidence[:_SHOWN]:
        yield _told(one)
    if len(row.evidence) > _SHOWN:
        yield f"and {len(row.evidence) - _SHOWN} more, with --json"
    if row.verdict == "not found":
        yield f"looked at {_looked(row.looked)}"
        if row.looked.near:
            yield f"nearest: {'; '.join(row.looked.near)}"


def _told(one: Evidence) -> str:
    """A fact of the base: what it is to the draft's, the words, and who stands behind them."""
    fact = one.fact
    value = getattr(fact, "value", None)
    speaker = getattr(fact, "speaker", None)
    what = ", ".join(part for part in (value, fact.date, f"says {speaker}" if speaker else None) if part)
    where = ", ".join(
        part
        for part in (
            fact.publisher or (f"“{fact.title}”" if fact.title else None),
            (fact.published or "")[:10],
        )
        if part
    )
    cited = getattr(fact, "cites_url", None)
    page = f"note on {cited}" if one.is_note and cited else fact.url
    source = ", ".join(part for part in (where, page) if part) or "source not named"
    counted = _number(one.sources, "independent source") + (f", {one.primary} primary" if one.primary else "")
    return f"{one.bearing}: {what or 'no date'} “{fact.quote}” {source} ({counted})"


def _looked(looked: Looked) -> str:
    said = [_number(looked.articles, "article")]
    if looked.notes:
        said.append(_number(looked.notes, "note"))
    published = f", published {looked.first[:10]} to {(looked.last or '')[:10]}" if looked.first else ""
    return f"{' and '.join(said)} of {_number(looked.publishers, 'publisher')}{published}"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _print(words: str, indent: str = "") -> None:
    """A paragraph as wide as the screen, its further lines set in."""
    from kb.cli.show import screen

    lines: Sequence[str] = textwrap.wrap(
        words,
        screen().width,
        initial_indent=indent,
        subsequent_indent=f"{indent}  " if indent else "",
        break_long_words=False,
        break_on_hyphens=False,
    )
    for line in lines:
        typer.echo(line)


COMMANDS = (compare,)
