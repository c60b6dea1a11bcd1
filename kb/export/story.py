"""Figures in Markdown, by series, each with a footnote that quotes its source: to be worked into a story."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TextIO

from sqlalchemy import text

from kb.export.passages import text_fragment
from kb.export.tables import BATCH
from kb.export.values import Row, in_words
from kb.store import Store
from kb.store.connection import explained

_IN_ORDER = """
    SELECT fact.*, released_figure.source, released_figure.series
    FROM released_figure CROSS JOIN figures AS fact
        ON fact.uid = released_figure.uid AND fact.article_uid = released_figure.source
    ORDER BY released_figure.series IS NULL, released_figure.series,
        coalesce(fact.earliest, fact.latest) IS NULL, coalesce(fact.earliest, fact.latest),
        fact.uid, fact.article_uid"""
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!])")


def write_story(store: Store, out: TextIO) -> None:
    """A heading a series, a line a figure, a footnote beneath each series; to be called within `released`."""
    series: object = ""
    notes: list[str] = []
    for number, row in enumerate(_figures(store), start=1):
        if row["series"] != series:
            _end(out, notes)
            series = row["series"]
            heading = row["measure"] if series is not None else "Other figures"
            out.write(f"## {_plain(heading)}\n\n")
        said = f", {row['speaker']}" if row["speaker"] else ""
        of = f" ({row['measure']})" if series is None else ""
        when = row["date"] or "no date told"
        out.write(f"- {_plain(when)}: {_plain(in_words(row) + of + said)}[^{number}]\n")
        notes.append(f"[^{number}]: {_footnote(row)}\n")
    _end(out, notes)


def _end(out: TextIO, notes: list[str]) -> None:
    if notes:
        out.write("\n" + "".join(notes) + "\n")
    notes.clear()


def _footnote(row: Row) -> str:
    """The quote with its source; a note says that it is one."""
    url = row["url"] or row["cites_url"]
    parts = [row["title"] or "", row["publisher"] or "", row["published"] or ""]
    source = ", ".join(_plain(part) for part in parts if part)
    if row["source_kind"] == "note":
        quoted = f"Our note: {_plain(row['quote'])}"
        link = f" <{_address(url)}>" if url else ""
    else:
        quoted = f"“{_plain(row['quote'])}”"
        link = f" <{_address(text_fragment(url, row['phrase']))}>" if url else ""
    return f"{quoted}{' ' + source + '.' if source else ''}{link}"


def _plain(said: str) -> str:
    """Words that Markdown shows as they are."""
    return _MARKUP.sub(r"\\\1", said)


def _address(url: str) -> str:
    return url.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")


def _figures(store: Store) -> Iterator[Row]:
    with explained(store.path):
        for batch in store.connection.execute(text(_IN_ORDER)).mappings().partitions(BATCH):
            for row in batch:
                yield dict(row)
