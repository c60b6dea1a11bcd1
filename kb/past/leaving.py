"""Which rows a past state does not have yet: what was recorded later, what was published later.

Withdrawals are left alone: what had to go is not shown at any moment.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, select, text

from kb.dates import parse_interval
from kb.model.tables import (
    METADATA,
    AliasRow,
    IdentityDecisionRow,
    ReadingRow,
    ReviewRow,
    RevisionRow,
    table_of,
)
from kb.past.families import families_of, origins_of
from kb.store import parts

_REVISION, _READING = table_of(RevisionRow), table_of(ReadingRow)
_ALIAS, _REVIEW, _DECISION = table_of(AliasRow), table_of(ReviewRow), table_of(IdentityDecisionRow)
_AT = "recorded_at"
_DAYS = ("published", "modified", "otherwise")
# Logs say nothing of what is known; withdrawals hold at all times.
_UNASKED = {"attempt", "run", "withdrawal"}


@dataclass(frozen=True, slots=True)
class Leaving:
    """Rows that go, and what has to be grouped anew without them.

    `rows` are keys by table. `articles` lose a text or a reading of it; `facts` are uids by kind of
    thing on which a decision goes, `reviewed` those by table on which a review does, `spellings` those
    that were listed later; `family` are articles whose texts are to be traced anew.
    """

    rows: Mapping[str, frozenset[int]] = field(default_factory=dict)
    articles: frozenset[int] = frozenset()
    facts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    reviewed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    spellings: frozenset[str] = frozenset()
    family: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return any(self.rows.values())


def recorded_after(connection: Connection, moment: dt.datetime) -> Leaving:
    """What was recorded after a moment: sources, readings, decisions."""
    rows = {
        table.name: frozenset(connection.execute(select(table.c.id).where(table.c[_AT] > moment)).scalars())
        for table in _recorded()
    }
    listed = select(_ALIAS.c.name, _ALIAS.c.spelling).where(_ALIAS.c[_AT] > moment)
    return Leaving(
        rows,
        _articles_of(connection, rows),
        facts=_by_first(connection, select(_DECISION.c.kind, _DECISION.c.uid_a, _DECISION.c.uid_b), moment),
        reviewed=_by_first(connection, select(_REVIEW.c.fact_kind, _REVIEW.c.fact), moment),
        spellings=frozenset(words for row in connection.execute(listed) for words in row),
    )


def published_after(connection: Connection, day: dt.date) -> Leaving:
    """What is not known to have been published by the end of a day.

    A text counts from the day of its publication, as the source states it in its own time zone, or of
    the change that it states (`modified`); of a month or a year from its last day on. What says nothing
    of its day goes. A page that was found changed cannot have been published before it was last seen
    otherwise.
    """
    query = text("""
        SELECT revision.id, revision.published, revision.modified,
            CASE WHEN revision.cause = 'fetched' AND before.text_sha256 <> revision.text_sha256
                THEN substr(coalesce(before.retrieved_at, before.recorded_at), 1, 10) END AS otherwise
        FROM revision
        LEFT JOIN revision AS before
            ON before.article_id = revision.article_id AND before.seq = revision.seq - 1""")
    gone = frozenset(
        row["id"]
        for row in connection.execute(query).mappings()
        if row["published"] is None or any(row[name] and _is_later(row[name], day) for name in _DAYS)
    )
    return _without_revisions(connection, gone)


def take_out(connection: Connection, leaving: Leaving) -> None:
    """Delete the rows, whatever points at them."""
    for name, keys in leaving.rows.items():
        table = METADATA.tables[name]
        for part in parts(sorted(keys)):
            connection.execute(delete(table).where(table.c.id.in_(part)))


def _recorded() -> Iterator[Table]:
    return (table for table in METADATA.sorted_tables if _AT in table.columns and table.name not in _UNASKED)


def _by_first(connection: Connection, query: Select[Any], moment: dt.datetime) -> dict[str, frozenset[str]]:
    """The values of rows that were recorded later, by that of their first column."""
    found: dict[str, set[str]] = defaultdict(set)
    (table,) = query.get_final_froms()
    for first, *others in connection.execute(query.where(table.c[_AT] > moment)):
        found[first].update(others)
    return {first: frozenset(others) for first, others in found.items()}


def _articles_of(connection: Connection, rows: Mapping[str, Iterable[int]]) -> frozenset[int]:
    """The articles that revisions, and readings of revisions, in these rows are of."""
    found: set[int] = set()
    for part in parts(sorted(rows["revision"])):
        found |= set(
            connection.execute(select(_REVISION.c.article_id).where(_REVISION.c.id.in_(part))).scalars()
        )
    for part in parts(sorted(rows["reading"])):
        query = select(_REVISION.c.article_id).join(_READING, _READING.c.revision_id == _REVISION.c.id)
        found |= set(connection.execute(query.where(_READING.c.id.in_(part))).scalars())
    return frozenset(found)


def _without_revisions(connection: Connection, gone: frozenset[int]) -> Leaving:
    """The rows that go with revisions: their readings, and the articles that have no other one."""
    readings: set[int] = set()
    for part in parts(sorted(gone)):
        query = select(_READING.c.id).where(_READING.c.revision_id.in_(part))
        readings |= set(connection.execute(query).scalars())
    articles = _articles_of(connection, {"revision": gone, "reading": ()})
    kept: set[int] = set()
    for part in parts(sorted(articles)):
        query = select(_REVISION.c.article_id, _REVISION.c.id).where(_REVISION.c.article_id.in_(part))
        kept |= {article for article, revision in connection.execute(query) if revision not in gone}
    family = families_of(connection, articles)
    rows = {
        "revision": gone,
        "reading": frozenset(readings),
        "article": articles - kept,
        "origin": origins_of(connection, family),
    }
    return Leaving(rows, articles, family=family) if gone else Leaving()


def _is_later(said: str, day: dt.date) -> bool:
    """Whether a stated date ends after a day; ISO days compare as they are written."""
    if len(said) >= len("2026-06-03"):
        return said[:10] > day.isoformat()
    last = parse_interval(said).latest
    return last is None or last > day
