"""What of a base is exported: conditions on figures and events, and what goes out with them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import text

from kb.errors import UsageError
from kb.query.filters import Filter
from kb.store import Store
from kb.store.connection import explained, snapshot

_FIGURES = """
    CREATE TEMP TABLE released_figure AS
    SELECT fact.uid, fact.article_uid AS source, series FROM (
        SELECT figures.*, (
            SELECT series.uid FROM claim JOIN series ON series.id = claim.series_id
            WHERE claim.uid = figures.uid LIMIT 1
        ) AS series
        FROM figures
    ) AS fact WHERE {} ORDER BY fact.uid, fact.article_uid"""
_REPORTS = """
    CREATE TEMP TABLE released_report AS
    SELECT fact.uid, fact.article_uid AS source, fact.event_uid AS event FROM reports AS fact
    WHERE {} AND fact.event_uid IN (SELECT uid FROM timeline) ORDER BY fact.uid, fact.article_uid"""
_SOURCES = """
    CREATE TEMP TABLE released_source AS
    SELECT source AS uid FROM released_figure UNION SELECT source FROM released_report ORDER BY 1"""
# The names in the sentences that go out.
_ENTITIES = """
    CREATE TEMP TABLE released_entity AS
    SELECT entity.uid, count(DISTINCT mention.uid) AS mentions,
        count(DISTINCT revision.article_id) AS articles
    FROM mention
    JOIN entity ON entity.id = mention.entity_id
    JOIN source ON source.revision_id = mention.revision_id AND source.run_id = mention.run_id
    JOIN revision ON revision.id = mention.revision_id
    WHERE mention.sentence_span_id IN (
        SELECT claim.sentence_span_id FROM released_figure JOIN claim ON claim.uid = released_figure.uid
        UNION
        SELECT report.sentence_span_id FROM released_report JOIN report ON report.uid = released_report.uid
    )
    GROUP BY entity.id ORDER BY entity.uid"""


@dataclass(frozen=True, slots=True)
class Selection:
    """What goes out; None and False ask nothing. What was rejected never goes out.

    `series` are words of a measure, or the uid of a series; with it, figures alone go out. `tag` is
    one of a fact or its article. `reviewed_only` keeps what a person accepted or corrected. Texts,
    and reviewers' names with their notes, stay at home unless they are asked for.
    """

    series: str | None = None
    place: str | None = None
    tag: str | None = None
    since: str | None = None
    until: str | None = None
    reviewed_only: bool = False
    texts: bool = False
    reviewers: bool = False

    def conditions(self) -> Filter:
        """Conditions on a view of facts, called `fact`.

        Raises:
            UsageError: `since` or `until` is no date.
        """
        asked = Filter()
        asked.conditions.append("fact.status <> 'rejected'")
        if self.reviewed_only:
            asked.conditions.append("fact.status <> 'machine'")
        asked.names("fact.place", self.place)
        asked.overlap(self.since, self.until, "fact.")
        asked.tagged(self.tag, "fact.uid", "fact.article_uid")
        return asked


@contextmanager
def released(store: Store, selection: Selection) -> Iterator[None]:
    """The keys of all that goes out, as temporary tables of one state of the base, while the block runs.

    `released_figure` (uid, source, series) and `released_report` (uid, source, event), in the order of
    uids; `released_source` and `released_entity`.

    Raises:
        UsageError: what is asked for is no date, or a series of which there is nothing.
        StoreError: the base cannot be read.
    """
    figures, reports = selection.conditions(), selection.conditions()
    if selection.series is not None:
        is_series = f"fact.series = {figures.value(selection.series)}"
        figures.conditions.append(f"({is_series} OR {figures.has_words('fact.measure', selection.series)})")
        reports.conditions.append("0")
    with explained(store.path), snapshot(store.connection):
        for statement, asked in ((_FIGURES, figures), (_REPORTS, reports)):
            store.connection.execute(text(statement.format(asked.where)), asked.values)
        for statement in (_SOURCES, _ENTITIES):
            store.connection.exec_driver_sql(statement)
        some = store.connection.exec_driver_sql("SELECT 1 FROM released_figure LIMIT 1").first()
        if selection.series is not None and some is None:
            raise UsageError(
                f"no figure that may go out is of {selection.series!r}: nothing is written; "
                f"kb measures list shows what is counted"
            )
        yield
