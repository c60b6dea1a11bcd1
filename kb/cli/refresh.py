"""`kb refresh`: stored pages asked for again."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli import network, options
from kb.cli.loading import INTERRUPTED
from kb.errors import UsageError

if TYPE_CHECKING:
    from kb.refresh import Refreshed
    from kb.resolve import FactChange

CHANGED = 3  # the exit code where a publisher changed something
_UNITS = {"min": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_AGE = re.compile(r"(\d{1,6})\s*(min|h|d|w)", re.IGNORECASE)

Urls = Annotated[
    list[str] | None,
    typer.Argument(metavar="[URL]", help="Pages by URL or uid; all of the database unless told."),
]
OlderThan = Annotated[
    str | None,
    typer.Option(metavar="AGE", help="Only what was not asked for that long: 30min, 12h, 7d, 2w."),
]
OfPublisher = Annotated[
    str | None, typer.Option("--publisher", metavar="NAME", help="Only pages of this one.")
]


def refresh(
    urls: Urls = None,
    older_than: OlderThan = None,
    publisher: OfPublisher = None,
    contact: network.Contact = None,
    delay: network.Delay = network.DELAY,
    timeout: network.Timeout = network.TIMEOUT,
    deadline: network.Deadline = network.DEADLINE,
    max_fetch: network.MaxFetch = network.MAX_FETCH,
    redirects: network.Redirects = network.REDIRECTS,
    retries: network.Retries = network.RETRIES,
    cache: network.Cache = None,
    no_cache: network.NoCache = False,
    archive: network.Archive = None,
    allow_private: network.AllowPrivate = False,
    as_json: options.AsJson = False,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """Ask for stored pages again, and tell what their publishers changed since.

    Which facts are new, changed or dropped, which pages say that they were corrected, which are gone or
    moved. What is new is stored as a further revision; nothing is overwritten. A newer reader of the
    same bytes is no change.

    The exit code is 3 where something changed, went or moved since the last time, else 1 where a page
    could not be had, else 0.

    \b
    kb refresh --older-than 7d --contact me@example.org
    kb refresh https://example.org/a --json
    """
    from kb.cli.show import show_json
    from kb.knowledge import KnowledgeBase
    from kb.refresh import plain_refreshed

    fetching = network.settings(
        contact=contact,
        delay=delay,
        timeout=timeout,
        deadline=deadline,
        max_fetch=max_fetch,
        redirects=redirects,
        retries=retries,
        cache=cache,
        no_cache=no_cache,
        archive=archive,
        allow_private=allow_private,
    )
    age = parse_age(older_than) if older_than is not None else None
    done: list[Refreshed] = []
    interrupted = False
    with KnowledgeBase(db) as base:
        try:
            for one in base.refresh(*urls or (), older_than=age, publisher=publisher, fetching=fetching):
                done.append(one)
                _tell(one)
        except KeyboardInterrupt:
            interrupted = True
            typer.echo("kb: interrupted; what was told of so far is stored", err=True)
    if as_json:
        show_json([plain_refreshed(one) for one in done])
    else:
        for one in done:
            _show(one)
        typer.echo(_summary(done))
    if interrupted:
        raise typer.Exit(INTERRUPTED)
    failed = any(one.outcome == "failed" for one in done)
    raise typer.Exit(CHANGED if any(one.is_news for one in done) else int(failed))


def parse_age(said: str) -> dt.timedelta:
    """A length of time: `7d`, `12h`, `30min`, `2w`.

    Raises:
        UsageError: it is none.
    """
    found = _AGE.fullmatch(said.strip())
    if found is None:
        raise UsageError(f"{said!r} is no length of time: give it like 30min, 12h, 7d or 2w")
    return dt.timedelta(**{_UNITS[found[2].lower()]: int(found[1])})


def _tell(one: Refreshed) -> None:
    """A line on standard error for a page that was asked for."""
    moved = f", moved to {one.moved_to}" if one.moved_to else ""
    reason = f": {one.reason}" if one.reason else ""
    typer.echo(f"{one.outcome:<9}  {one.url}{moved}{reason}", err=True)


def _show(one: Refreshed) -> None:
    """What changed of a page, for eyes."""
    if not one.is_news:
        return
    typer.echo(f"{one.outcome}: {one.title or one.url}\n  {one.url}")
    if one.moved_to:
        typer.echo(f"  moved to {one.moved_to}")
    if one.reason:
        typer.echo(f"  {one.reason}")
    for notice in one.corrections:
        typer.echo(f"  says of a {notice.kind}: {notice.words}")
    for change in one.facts:
        _show_change(change)
    if one.outcome == "changed" and one.changes is not None and not one.facts:
        said = ["text"] * one.changes.text + [name for name in one.changes.metadata if name != "modified"]
        typer.echo(f"  no fact changed: {', '.join(said)} did")


def _show_change(change: FactChange) -> None:
    values = [fact.value for fact in (change.before, change.after) if fact is not None and fact.value]
    typer.echo(f"  {change.what} {change.kind}: {change.about}{': ' if values else ''}{' -> '.join(values)}")
    for word, fact in (("was", change.before), ("now", change.after)):
        if fact is not None:
            typer.echo(f"    {word}: {fact.quote}")


def _summary(done: list[Refreshed]) -> str:
    """How many pages ended how, in a line."""
    from kb.refresh.refreshed import OUTCOMES

    counts = {outcome: sum(one.outcome == outcome for one in done) for outcome in OUTCOMES}
    said = [f"{count} {outcome}" for outcome, count in counts.items() if count]
    moved = sum(one.moved_to is not None for one in done)
    return ", ".join(said + ([f"{moved} moved"] if moved else [])) or "no page to ask for"


COMMANDS = (refresh,)
