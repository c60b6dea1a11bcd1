"""The tables of a release: their columns, and their rows as a stream in the order of their keys."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from sqlalchemy import text

from kb.store import Store
from kb.store.connection import explained

ColumnType = Literal["string", "number", "integer", "date"]
TABLES = ("figures", "events", "reports", "entities", "sources")
BATCH = 2_000  # rows in memory at a time

_SELECTS = {
    "figures": """
        SELECT fact.*, released_figure.source, released_figure.series, (
            SELECT measure.kind FROM measure WHERE measure.uid = fact.measure_uid
        ) AS measure_kind
        FROM released_figure CROSS JOIN figures AS fact
            ON fact.uid = released_figure.uid AND fact.article_uid = released_figure.source
        ORDER BY released_figure.rowid""",
    "events": """
        SELECT * FROM timeline WHERE uid IN (SELECT event FROM released_report) ORDER BY uid""",
    "reports": """
        SELECT fact.*, released_report.source, released_report.event
        FROM released_report CROSS JOIN reports AS fact
            ON fact.uid = released_report.uid AND fact.article_uid = released_report.source
        ORDER BY released_report.rowid""",
    "entities": """
        SELECT entity.uid, entity.name, entity.kind, entity.wikidata, released_entity.mentions,
            released_entity.articles, (
                SELECT group_concat(spelling, '; ') FROM (
                    SELECT DISTINCT spelling FROM name WHERE name.entity_id = entity.id ORDER BY spelling
                )
            ) AS names
        FROM released_entity CROSS JOIN entity ON entity.uid = released_entity.uid
        ORDER BY released_entity.rowid""",
    "sources": """
        SELECT article.uid, article.kind, article.url, article.cites_url, article.language,
            revision.title, revision.publisher, revision.published, revision.modified,
            strftime('%Y-%m-%dT%H:%M:%SZ', revision.retrieved_at) AS retrieved,
            revision.raw_sha256, revision.text_sha256, length(revision.text) AS characters, revision.text, (
                SELECT group_concat(name, '; ') FROM (
                    SELECT name FROM author WHERE author.revision_id = revision.id ORDER BY position
                )
            ) AS authors, (
                SELECT origin.kind || ' of ' || coalesce(origin.agency, other.uid)
                FROM standing_origin AS origin
                LEFT JOIN article AS other ON other.id = origin.from_article_id
                WHERE origin.article_id = article.id
            ) AS origin, (
                SELECT coalesce('article ' || other.uid, independent_source.root) FROM independent_source
                LEFT JOIN article AS other ON 'article ' || other.id = independent_source.root
                WHERE independent_source.article_id = article.id
            ) AS root
        FROM released_source CROSS JOIN article ON article.uid = released_source.uid
        JOIN revision ON revision.article_id = article.id
            AND revision.seq = (SELECT max(seq) FROM revision AS other WHERE other.article_id = article.id)
        ORDER BY released_source.rowid""",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a release: its type in Frictionless' Table Schema, its unit, and what it means."""

    name: str
    type: ColumnType
    unit: str
    is_key: bool
    meaning: str


@cache
def columns() -> Mapping[str, tuple[Column, ...]]:
    """The columns of every table, in order, from `columns.csv`."""
    lines = files(__package__).joinpath("columns.csv").read_text(encoding="utf-8").splitlines()
    found: dict[str, list[Column]] = {name: [] for name in TABLES}
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        found[row["table"]].append(
            Column(row["column"], row["type"], row["unit"], row["key"] == "key", row["meaning"])  # type: ignore[arg-type]
        )
    return {name: tuple(of_table) for name, of_table in found.items()}


def rows(store: Store, table: str, *more: str) -> Iterator[dict[str, Any]]:
    """The rows of a table that go out, one after the other; to be called within `released`.

    `more` are columns of the views beside those of the release.

    Raises:
        StoreError: the base cannot be read.
    """
    names = [*(column.name for column in columns()[table]), *more]
    with explained(store.path):
        found = store.connection.execute(text(_SELECTS[table]))
        for batch in found.mappings().partitions(BATCH):
            for row in batch:
                yield {name: row[name] for name in names}
