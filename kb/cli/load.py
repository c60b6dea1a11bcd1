"""`kb load` and `kb extract`: from sources to facts, stored or printed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kb.cli import network, options
from kb.cli.loading import follow

Failures = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE.jsonl",
        help="Write what failed into this file, in place of an old one; kb load takes it again.",
    ),
]


def load(
    sources: options.Sources,
    url: options.Url = None,
    title: options.Title = None,
    published: options.Published = None,
    publisher: options.Publisher = None,
    max_text: options.MaxText = None,
    format: options.Format = None,  # noqa: A002
    columns: options.Columns = None,
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
    jobs: options.Jobs = 1,
    failures: Failures = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the counts at the end as a JSON object, with what failed.")
    ] = False,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """Read articles into the database, each as a whole or not at all.

    A source is what its content is: text, Markdown, HTML, MHTML, PDF with a text layer; RSS and Atom feeds,
    sitemaps, lists of addresses; crawls (WARC); tables (CSV, JSON Lines); ZIP and gzip of any of these.
    What is in already is not read again, and a page that is in not fetched again: kb refresh does that.
    What you say of a source that is in (--url, --publisher) is added to it. A source that cannot be read
    is told, and the others go on; --failures keeps a list of them that kb load takes again.
    Each article is in for good when it is told: after an interrupt, run the same again for the rest.
    Several loads into one database, and questions meanwhile, go together.

    \b
    kb load article.txt --url https://example.org/a --published 2026-06-03
    kb load articles/ --publisher "The Daily Example"
    kb load crawl.warc.gz
    kb load archive.csv --map text=body,published=date
    curl https://example.org/a | kb load - --url https://example.org/a
    kb load https://example.org/a https://example.org/feed.xml --contact me@example.org
    kb load crawl.warc.gz --jobs 4 --failures failed.jsonl
    kb load failed.jsonl
    """
    from kb.knowledge import KnowledgeBase
    from kb.read import parse_columns

    said = {"url": url, "title": title, "published": published, "publisher": publisher, "format": format}
    called = parse_columns(columns or ())
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
    with KnowledgeBase(db) as base:
        steps = base.load_each(
            sources,
            **said,
            columns=called,
            max_text=options.in_bytes(max_text),
            fetching=fetching,
            jobs=jobs,
        )
        code = follow(steps, sources, failures=failures, as_json=as_json)
    raise typer.Exit(code)


def extract(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="The article; - is standard input.")],
    url: options.Url = None,
    title: options.Title = None,
    published: options.Published = None,
    publisher: options.Publisher = None,
    max_text: options.MaxText = None,
    format: options.Format = None,  # noqa: A002
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON, as docs/json.md describes it.")
    ] = False,
) -> None:
    """Print what one article states, without a database.

    \b
    kb extract article.txt
    kb extract article.txt --published 2026-06-03 --json
    """
    from kb.cli.facts import show_facts
    from kb.cli.show import show_json
    from kb.model.plain import plain_facts
    from kb.pipeline import read_and_extract
    from kb.read import Given, parse_format

    said = (url, title, published, publisher, options.in_bytes(max_text), parse_format(format))
    facts = read_and_extract(source, Given(*said))
    if as_json:
        show_json(plain_facts(facts))
    else:
        show_facts(facts)


COMMANDS = (load, extract)
