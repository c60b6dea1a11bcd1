"""Spans: the exact words that an article's facts point at, each stored once a revision."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, select

from kb.model.tables import SpanRow, table_of
from kb.model.values import Facts, Reference, Span
from kb.store.rows import insert_rows, next_id

SECTION = 32_768  # characters; in a text of more, spans are proven within sections of it


def insert_spans(connection: Connection, facts: Facts, revision_id: int) -> dict[tuple[int, int], int]:
    """The keys of all spans that the facts point at, by offsets; those that are new are inserted."""
    table = table_of(SpanRow)
    stored = connection.execute(
        select(table.c.start_char, table.c.end_char, table.c.id).where(table.c.revision_id == revision_id)
    )
    keys = {(start, end): key for start, end, key in stored}
    following = next_id(connection, SpanRow)
    rows: list[dict[str, Any]] = []
    for span, within in _in_sections(facts.article.text, set(_spans(facts))):
        offsets = (span.start_char, span.end_char)
        if offsets in keys:
            continue
        keys[offsets] = following + len(rows)
        rows.append(
            {
                "id": keys[offsets],
                "revision_id": revision_id,
                "start_char": span.start_char,
                "end_char": span.end_char,
                "within_id": keys[within] if within else None,
                "words": span.words,
            }
        )
    insert_rows(connection, SpanRow, rows)
    return keys


def _in_sections(text: str, spans: Iterable[Span]) -> Iterator[tuple[Span, tuple[int, int] | None]]:
    """Spans in order, each with the offsets of its section; a section comes before what is in it.

    To look words up in the text costs time in proportion to their offset, which is too much for
    each of the thousands of spans of a long text. A short text is one section, and needs none.
    """
    section = None
    for span in sorted(spans, key=lambda span: (span.start_char, span.end_char)):
        start = span.start_char // SECTION * SECTION
        end = min(start + SECTION, len(text))
        if len(text) <= SECTION or span.end_char > end or (span.start_char, span.end_char) == (start, end):
            yield span, None
            continue
        if section != (start, end):
            section = (start, end)
            yield Span(start, end, text[start:end]), None
        yield span, section


def _spans(facts: Facts) -> Iterator[Span]:
    """Every span that a fact points at."""
    sentences = Sentences(facts.sentences)
    for entity in facts.entities:
        for mention in entity.mentions:
            yield mention.span
            sentence = sentences.around(mention.span)
            if sentence:
                yield sentence
    references: list[Reference | None] = []
    for report in facts.reports:
        yield from (report.trigger, report.sentence)
        references += [report.place, *(participant.reference for participant in report.participants)]
    for claim in facts.claims:
        yield from (claim.phrase, claim.sentence)
        references += [claim.place, claim.speaker, claim.baseline.place if claim.baseline else None]
    for reference in references:
        if reference and reference.span:
            yield reference.span


class Sentences:
    """The sentences of an article, to find the one that some words stand in."""

    def __init__(self, sentences: tuple[Span, ...]) -> None:
        self._sentences = sorted(sentences, key=lambda sentence: sentence.start_char)
        self._starts = [sentence.start_char for sentence in self._sentences]

    def around(self, span: Span) -> Span | None:
        """The last sentence that begins before the words, if it reaches to them."""
        position = bisect_right(self._starts, span.start_char) - 1
        if position >= 0 and self._sentences[position].overlaps(span):
            return self._sentences[position]
        return None
