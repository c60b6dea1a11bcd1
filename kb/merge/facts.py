"""The rows of a revision's readings: spans, mentions, reports, claims, with keys of this base."""

from __future__ import annotations

from sqlalchemy import Connection, select

from kb.merge.rows import Keys, Record, copy_rows, rows_there
from kb.model.tables import (
    ClaimRow,
    MentionRow,
    ParticipantRow,
    ReadingRow,
    ReportRow,
    Row,
    RunRow,
    SpanRow,
    table_of,
)

_SPAN, _READING, _RUN = (table_of(row) for row in (SpanRow, ReadingRow, RunRow))
_FACTS: tuple[type[Row], ...] = (MentionRow, ReportRow, ClaimRow)


def missing_readings(keys: Keys, there: int, here: int | None) -> list[Record]:
    """The readings of a revision there that its revision here does not have."""
    found = rows_there(keys, ReadingRow, _READING.c.revision_id == there)
    if here is None:
        return found
    query = select(_READING.c.run_id).where(_READING.c.revision_id == here)
    known = set(keys.here.execute(query).scalars())
    return [row for row in found if _run_here(keys, row["run_id"]) not in known]


def copy_readings(keys: Keys, there: int, here: int, readings: list[Record], *, blank: bool) -> None:
    """Insert readings with what they read; of a withdrawn article there is nothing but that it was read."""
    if not blank:
        _copy_spans(keys, there, here)
        _know_facts(keys, there, here)
        for reading in readings:
            _copy_facts(keys, there, reading["run_id"])
    copy_rows(keys, ReadingRow, readings)


def _run_here(keys: Keys, there: int) -> int | None:
    row = keys.there.execute(select(_RUN).where(_RUN.c.id == there)).mappings().one()
    return keys.find_run(dict(row))


def _copy_spans(keys: Keys, there: int, here: int) -> None:
    """All spans of the revision; one around others was proven before them, and so comes before them."""
    known = _spans(keys.here, here)
    missing = []
    for row in rows_there(keys, SpanRow, _SPAN.c.revision_id == there):
        del row["folded"]
        key = known.get((row["start_char"], row["end_char"]))
        if key is None:
            missing.append(row)
        else:
            keys.know("span", row["id"], key)
    copy_rows(keys, SpanRow, missing)


def _spans(connection: Connection, revision: int) -> dict[tuple[int, int], int]:
    query = select(_SPAN.c.start_char, _SPAN.c.end_char, _SPAN.c.id).where(_SPAN.c.revision_id == revision)
    return {(start, end): key for start, end, key in connection.execute(query)}


def _know_facts(keys: Keys, there: int, here: int) -> None:
    """What runs that both bases have read there: others may point at it."""
    runs = {
        row["run_id"]: _run_here(keys, row["run_id"])
        for row in rows_there(keys, ReadingRow, _READING.c.revision_id == there)
    }
    for facts in _FACTS:
        table = table_of(facts)
        columns = (table.c.id, table.c.run_id, table.c.uid)
        found = keys.here.execute(select(*columns).where(table.c.revision_id == here))
        stored = {(run, uid): key for key, run, uid in found}
        for key, run, uid in keys.there.execute(select(*columns).where(table.c.revision_id == there)):
            own = stored.get((runs.get(run), uid))
            if own is not None:
                keys.know(table.name, key, own)


def _copy_facts(keys: Keys, revision: int, run: int) -> None:
    """What a run read there. A mention that it points at may be of another run, which came before."""
    for facts in _FACTS:
        table = table_of(facts)
        rows = rows_there(keys, facts, table.c.revision_id == revision, table.c.run_id == run)
        copy_rows(keys, facts, rows)
        if facts is ReportRow:
            took_part = table_of(ParticipantRow).c.report_id.in_(
                select(table.c.id).where(table.c.revision_id == revision, table.c.run_id == run)
            )
            copy_rows(keys, ParticipantRow, rows_there(keys, ParticipantRow, took_part))
