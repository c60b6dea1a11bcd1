"""The exact words of what goes out, with what stands around them: what selectors and links are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from sqlalchemy import text

from kb.export.tables import BATCH
from kb.store import Store
from kb.store.connection import explained

AROUND = 32  # characters before and after the words: enough to tell them from the same words elsewhere
_PASSAGES = """
    SELECT '{kind}' AS kind, released.uid, released.source, span.start_char, span.end_char, span.words,
        substr(
            revision.text, max(1, span.start_char + 1 - {around}), min({around}, span.start_char)
        ) AS prefix,
        substr(revision.text, span.end_char + 1, {around}) AS suffix, article.url, {said} AS said
    FROM released_{kind} AS released
    JOIN article ON article.uid = released.source
    JOIN source ON source.article_id = article.id
    JOIN {kind_table} AS fact ON fact.uid = released.uid
        AND fact.revision_id = source.revision_id AND fact.run_id = source.run_id
    JOIN span ON span.id = fact.{span}
    JOIN revision ON revision.id = source.revision_id
    ORDER BY released.rowid"""


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of a figure or a report: exact, half-open offsets in code points of the source's text."""

    kind: str
    uid: str
    source: str
    start_char: int
    end_char: int
    words: str
    prefix: str
    suffix: str
    url: str | None
    said: str


def passages(store: Store) -> Iterator[Passage]:
    """The words of all figures, then of all reports that go out; to be called within `released`.

    Raises:
        StoreError: the base cannot be read.
    """
    for kind, table, span, said in (
        ("figure", "claim", "phrase_span_id", "fact.measure"),
        ("report", "report", "trigger_span_id", "fact.title"),
    ):
        query = _PASSAGES.format(kind=kind, kind_table=table, span=span, said=said, around=AROUND)
        with explained(store.path):
            found = store.connection.execute(text(query)).mappings()
            for batch in found.partitions(BATCH):
                yield from (Passage(**row) for row in batch)


def text_fragment(url: str, words: str) -> str:
    """The address of words on a page: `https://example.org/a#:~:text=over%20800`.

    Source: WICG, URL Fragment Text Directives. A dash, a comma and an ampersand in the words are
    written as percent escapes, as the directive asks for; a fragment that the URL has is kept.
    """
    said = quote(" ".join(words.split()), safe="").replace("-", "%2D")
    return f"{url}{'' if '#' in url else '#'}:~:text={said}"
