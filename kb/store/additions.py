"""What persons read in a text, carried over to a newer revision that has the same text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, select, text

from kb.model.tables import (
    ClaimRow,
    MentionRow,
    ParticipantRow,
    ReadingRow,
    ReportRow,
    Row,
    RunRow,
    SpanRow,
    now,
    table_of,
)
from kb.store.rows import insert_row, insert_rows, next_id

_READING, _RUN, _SPAN, _MENTION = (table_of(row) for row in (ReadingRow, RunRow, SpanRow, MentionRow))
_GROUPS = ("entity_id", "event_id", "measure_id", "series_id", "part_of_id")
Keys = Mapping[int, int]  # of rows of the older revision -> of the newer one


def carry_additions(connection: Connection, revision_id: int) -> None:
    """Let what persons read in the same text of the article before count for a new revision too.

    The text is the same where only what is said of it has changed, or where a page went back to it. Call
    it when the revision's own facts are in: what referred to a mention then refers to that of the same words.
    """
    older = connection.execute(
        text("""
            SELECT max(older.id) FROM revision AS newer
            JOIN revision AS older ON older.article_id = newer.article_id AND older.seq < newer.seq
                AND older.text_sha256 = newer.text_sha256
            JOIN reading ON reading.revision_id = older.id
            JOIN run ON run.id = reading.run_id AND run.person IS NOT NULL
            WHERE newer.id = :revision"""),
        {"revision": revision_id},
    ).scalar()
    if older is None:
        return
    runs = (
        select(_READING.c.run_id)
        .join(_RUN, _RUN.c.id == _READING.c.run_id)
        .where(_READING.c.revision_id == older, _RUN.c.person.is_not(None))
        .order_by(_READING.c.id)
    )
    carried = _Carried(connection, older, revision_id)
    for run in connection.execute(runs).scalars().all():
        carried.run(run)


def carry_missing(connection: Connection, revision_id: int) -> bool:
    """Let what persons read in the same text of the article, before or after, count for a revision too.

    Where two bases come together, one of them may have the newest revision and the other the additions.
    Whether there were any.
    """
    query = text("""
        SELECT other.id, reading.run_id FROM revision AS newest
        JOIN revision AS other ON other.article_id = newest.article_id AND other.id <> newest.id
            AND other.text_sha256 = newest.text_sha256
        JOIN reading ON reading.revision_id = other.id
        JOIN run ON run.id = reading.run_id AND run.person IS NOT NULL
        WHERE newest.id = :revision AND NOT EXISTS (
            SELECT 1 FROM reading AS own WHERE own.revision_id = newest.id AND own.run_id = run.id
        )
        ORDER BY run.recorded_at, other.seq""")
    last = {run: older for older, run in connection.execute(query, {"revision": revision_id})}
    for run, older in last.items():
        _Carried(connection, older, revision_id).run(run)
    return bool(last)


class _Carried:
    """Rows of one revision copied to another with the same text."""

    def __init__(self, connection: Connection, older: int, newer: int) -> None:
        self._connection = connection
        self._older, self._newer = older, newer
        self._mentions: dict[int, int] = {}

    def run(self, run: int) -> None:
        """All that a run read."""
        own = self._copies(MentionRow, run)
        self._mentions = {**self._same_mentions(), **own}
        reports = self._copies(ReportRow, run)
        self._copies(ClaimRow, run)
        participants = table_of(ParticipantRow)
        rows = select(participants).where(participants.c.report_id.in_(reports)).order_by(participants.c.id)
        first = next_id(self._connection, ParticipantRow)
        copies = [
            self._pointing(participants, dict(row))
            | {"id": first + i, "report_id": reports[row["report_id"]]}
            for i, row in enumerate(self._connection.execute(rows).mappings())
        ]
        insert_rows(self._connection, ParticipantRow, copies)
        reading = {"revision_id": self._newer, "run_id": run, "recorded_at": now()}
        insert_rows(self._connection, ReadingRow, [{"id": next_id(self._connection, ReadingRow), **reading}])

    def _copies(self, facts: type[Row], run: int) -> Keys:
        """The facts of one table; their keys before and after."""
        table = table_of(facts)
        mine = select(table).where(table.c.revision_id == self._older, table.c.run_id == run)
        rows = self._connection.execute(mine.order_by(table.c.id)).mappings().all()
        keys = {row["id"]: key for key, row in enumerate(rows, next_id(self._connection, facts))}
        groups = dict.fromkeys(name for name in _GROUPS if name in table.c)
        copies = [
            self._pointing(table, dict(row)) | {"id": keys[row["id"]], "revision_id": self._newer} | groups
            for row in rows
        ]
        insert_rows(self._connection, facts, copies)
        return keys

    def _pointing(self, table: Table, row: dict[str, Any]) -> dict[str, Any]:
        """A row whose spans and mentions are those of the newer revision; without a mention that is gone."""
        for column in table.columns:
            target = next((key.column.table.name for key in column.foreign_keys), None)
            if row[column.name] is not None and target == "span":
                row[column.name] = self._span(row[column.name])
            elif row[column.name] is not None and target == "mention":
                row[column.name] = self._mentions.get(row[column.name])
        return row

    def _span(self, older: int) -> int:
        """The span of the same words, which is inserted if it is not there yet."""
        row = self._connection.execute(select(_SPAN).where(_SPAN.c.id == older)).mappings().one()
        offsets = {name: row[name] for name in ("start_char", "end_char")}
        at = (_SPAN.c[name] == value for name, value in offsets.items())
        same = select(_SPAN.c.id).where(_SPAN.c.revision_id == self._newer, *at)
        found: int | None = self._connection.execute(same).scalar()
        values = {"revision_id": self._newer, **offsets, "within_id": None, "words": row["words"]}
        return found or insert_row(self._connection, SpanRow, values)

    def _same_mentions(self) -> Keys:
        """The mentions of the same words, by uid; of several readings those of the newest."""
        query = text("""
            SELECT older.id AS older, max(newer.id) AS newer FROM mention AS older
            JOIN mention AS newer ON newer.uid = older.uid AND newer.revision_id = :newer
            WHERE older.revision_id = :older GROUP BY older.id""")
        rows = self._connection.execute(query, {"older": self._older, "newer": self._newer})
        return {row.older: row.newer for row in rows}
