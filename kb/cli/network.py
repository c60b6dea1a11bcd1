"""Options of the commands that fetch pages, each with its one meaning."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kb.fetch import Settings

Contact = Annotated[
    str | None,
    typer.Option(
        envvar="KB_CONTACT",
        metavar="MAIL",
        help="Where a server's owner reaches you, a mail address or a URL: sent to each server.",
    ),
]
Delay = Annotated[
    float, typer.Option(min=0, metavar="SECONDS", help="The least time between two requests to one host.")
]
Timeout = Annotated[
    float, typer.Option(min=0.001, metavar="SECONDS", help="How long a server may send nothing.")
]
Deadline = Annotated[
    float, typer.Option(min=0.001, metavar="SECONDS", help="How long one answer may take as a whole.")
]
MaxFetch = Annotated[
    float,
    typer.Option(min=0.000001, metavar="MB", help="Refuse larger answers, packed or unpacked."),
]
Redirects = Annotated[int, typer.Option(min=0, max=100, metavar="N", help="Follow at most so many of them.")]
Retries = Annotated[
    int, typer.Option(min=0, max=100, metavar="N", help="Ask so often again after an error that may pass.")
]
Cache = Annotated[
    Path | None,
    typer.Option(
        envvar="KB_CACHE", metavar="DIR", help="The folder of the HTTP cache; the user's own unless told."
    ),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Neither ask nor fill the HTTP cache.")]
Archive = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Write a WARC of all that is fetched into this folder; without cache."),
]
AllowPrivate = Annotated[
    bool,
    typer.Option("--allow-private", help="Ask private, loopback and link-local addresses too: your own."),
]
# What the commands say by default; `kb.fetch.Settings` would be slow to import for `kb --help`.
DELAY, TIMEOUT, DEADLINE, MAX_FETCH, REDIRECTS, RETRIES = 1.0, 20.0, 120.0, 50.0, 10, 3


def settings(  # an option each
    *,
    contact: str | None,
    delay: float,
    timeout: float,
    deadline: float,
    max_fetch: float,
    redirects: int,
    retries: int,
    cache: Path | None,
    no_cache: bool,
    archive: Path | None,
    allow_private: bool,
) -> Settings:
    """How pages are asked for, from what the options say.

    Raises:
        UsageError: the contact is none.
    """
    from kb.fetch import Settings

    return Settings(
        contact=contact or None,
        delay=delay,
        timeout=timeout,
        deadline=deadline,
        max_bytes=int(max_fetch * 1_000_000),
        redirects=redirects,
        retries=retries,
        cache=cache,
        use_cache=not no_cache,
        archive=archive,
        allow_private=allow_private,
    )
