"""Reviews: a person accepts a fact, rejects it, or corrects how it reads. Appended, never rewritten.

A review names its fact by uid, so it holds when the article is loaded again and when a newer extractor
reads it. What is rejected stays in the base and shows with that status, and falls out of all groups:
series, conflicts, events, entities. What is corrected is grouped as corrected, and what was extracted
stays beside it. All that follows is computed in the transaction of the review, also when it is taken back.

One answer may be several rows (a date sets three columns, a name holds for all its mentions in an
article): they share `by` and `recorded_at`, and are taken back together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, text

from kb.desk.called import decision_uid
from kb.desk.corrections import columns_of
from kb.desk.found import Fact, chain_of, entity_of, fact_of
from kb.desk.person import person
from kb.errors import UsageError
from kb.model.tables import ReviewRow, now, table_of
from kb.resolve import regroup_facts
from kb.store import Store, insert_rows, next_id

Verdict = Literal["accepted", "rejected", "corrected", "withdrawn"]
Columns = Mapping[str, str]
_REVIEW = table_of(ReviewRow)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An answer as it was appended: `uid` takes it back; `facts` are all uids that it holds for.

    `corrections` are the columns that were set, empty where the source does not say.
    """

    uid: str
    fact: str
    facts: tuple[str, ...]
    fact_kind: str
    verdict: Verdict
    corrections: tuple[tuple[str, str], ...]
    by: str
    recorded_at: dt.datetime
    note: str | None


def accept(
    store: Store, uid: str, *, by: str | None = None, note: str | None = None, alone: bool = False
) -> Reviewed:
    """Append that a fact is right as it reads now.

    `uid` is the fact's. Of a name the answer holds for all its mentions in the article that read the same,
    or with `alone` for this mention only. `by` is the person, by default the user of this machine.

    Raises:
        UsageError: no fact has the uid.
        StoreError: the base cannot be written.
    """
    return _answer(store, uid, "accepted", lambda _connection, _fact: {}, by, note, alone)


def reject(
    store: Store, uid: str, *, by: str | None = None, note: str | None = None, alone: bool = False
) -> Reviewed:
    """Append that a fact is none: the text does not state it. See `accept`."""
    return _answer(store, uid, "rejected", lambda _connection, _fact: {}, by, note, alone)


def correct(
    store: Store,
    uid: str,
    corrections: Mapping[str, str | None],
    *,
    by: str | None = None,
    note: str | None = None,
    alone: bool = False,
) -> Reviewed:
    """Append how a fact should read: field -> its right reading in words, None or empty if it has none.

    The fields are those of `corrections.columns_of`; a name has `entity` too, which takes over kind and
    name of an entity given by uid or name. See `accept` for the rest.

    Raises:
        UsageError: no fact has the uid, there is no such field, or what is said cannot be its reading.
        StoreError: the base cannot be written.
    """

    def columns(connection: Connection, fact: Fact) -> Columns:
        said = dict(corrections)
        if fact.table == "mention" and "entity" in said:
            said["kind"], said["name"] = entity_of(connection, said.pop("entity") or "")
        return columns_of(fact.table, said, _present(connection, fact))

    return _answer(store, uid, "corrected", columns, by, note, alone)


def undo(store: Store, uid: str, *, by: str | None = None, note: str | None = None) -> Reviewed:
    """Take an answer back, given by its uid; given a fact's, the last answer of this person on it.

    Raises:
        UsageError: there is no such answer, or none that stands.
        StoreError: the base cannot be written.
    """
    with store.transaction() as connection:
        who = person(by)
        rows = _standing_answer(connection, uid, who)
        table = rows[0]["fact_kind"]
        withdrawn = [(row["fact"], None, None, row["uid"]) for row in rows]
        return _append(connection, Fact(rows[0]["fact"], table), "withdrawn", withdrawn, who, note)


def append_accepted(connection: Connection, fact: Fact, by: str, note: str | None) -> Reviewed:
    """Append, within a transaction, that the person stands by a fact; groups are the caller's."""
    return _insert(connection, fact, "accepted", [(fact.uid, None, None, None)], by, note)


_Rows = Sequence[tuple[str, str | None, str | None, str | None]]  # fact, field, value, withdraws


def _answer(
    store: Store,
    uid: str,
    verdict: Verdict,
    columns: Callable[[Connection, Fact], Columns],
    by: str | None,
    note: str | None,
    alone: bool,
) -> Reviewed:
    with store.transaction() as connection:
        fact = fact_of(connection, uid)
        uids = [uid] if alone else chain_of(connection, fact)
        set_ = columns(connection, fact)
        fields: list[tuple[str | None, str | None]] = [*set_.items()] or [(None, None)]
        rows = [(one, field, value, None) for one in uids for field, value in fields]
        return _append(connection, fact, verdict, rows, person(by), note)


def _append(
    connection: Connection, fact: Fact, verdict: Verdict, rows: _Rows, by: str, note: str | None
) -> Reviewed:
    """Append the rows of an answer, and bring the groups up to date if a fact reads otherwise by it."""
    uids = sorted({row[0] for row in rows})
    before = _readings(connection, fact.table, uids)
    made = _insert(connection, fact, verdict, rows, by, note)
    if _readings(connection, fact.table, uids) != before:
        regroup_facts(connection, fact.table, with_replaced(connection, fact.table, uids))
    return made


def _insert(
    connection: Connection, fact: Fact, verdict: Verdict, rows: _Rows, by: str, note: str | None
) -> Reviewed:
    moment, first = now(), next_id(connection, ReviewRow)
    taken: set[str] = set()
    made: list[dict[str, Any]] = []
    for number, (uid, field, value, withdraws) in enumerate(rows):
        parts = ("review", uid, verdict, field or "", value or "")
        name = decision_uid(connection, ReviewRow, *parts, by=by, taken=taken)
        taken.add(name)
        about = {"fact": uid, "fact_kind": fact.table, "verdict": verdict, "field": field, "value": value}
        about["accepted_as"] = _present_reading(connection, uid) if verdict == "accepted" else None
        who = {"withdraws": withdraws, "by": by, "recorded_at": moment, "note": note or None}
        made.append({"id": first + number, "uid": name, **about, **who})
    insert_rows(connection, ReviewRow, made)
    facts = tuple(sorted({row[0] for row in rows}))
    own = tuple((row["field"], row["value"]) for row in made if row["field"] and row["fact"] == fact.uid)
    return Reviewed(made[0]["uid"], fact.uid, facts, fact.table, verdict, own, by, moment, note or None)


def _present_reading(connection: Connection, uid: str) -> str:
    """What is corrected of a fact now, as the base tells it."""
    query = text("SELECT reading FROM present_reading WHERE fact = :uid")
    return str(connection.execute(query, {"uid": uid}).scalar() or "{}")


def _standing_answer(connection: Connection, uid: str, by: str) -> Sequence[Any]:
    """All rows of an answer that stands, in order."""
    last = text("""
        SELECT uid, "by", recorded_at FROM standing_review
        WHERE uid = :uid OR (fact = :uid AND "by" = :by)
        ORDER BY recorded_at DESC, id DESC LIMIT 1""")
    found = connection.execute(last, {"uid": uid, "by": by}).mappings().one_or_none()
    if found is None:
        known = text("SELECT 1 FROM review WHERE uid = :uid OR fact = :uid LIMIT 1")
        there = connection.execute(known, {"uid": uid}).first()
        why = (
            f"nothing that {by} said of it stands" if there else "no review and no reviewed fact has the uid"
        )
        raise UsageError(f"{uid}: {why}; kb history shows the reviews of a fact with their uids")
    query = text("""
        SELECT uid, fact, fact_kind FROM standing_review
        WHERE "by" = :by AND recorded_at = :at ORDER BY id""")
    values = {"by": found["by"], "at": found["recorded_at"]}
    return connection.execute(query, values).mappings().all()


def _present(connection: Connection, fact: Fact) -> Mapping[str, Any]:
    """How a fact reads now."""
    query = text(f"""
        SELECT fact.* FROM corrected_{fact.table} AS fact
        LEFT JOIN current_reading USING (revision_id, run_id)
        WHERE fact.uid = :uid ORDER BY current_reading.article_id IS NULL, fact.id DESC LIMIT 1""")
    found = connection.execute(query, {"uid": fact.uid}).mappings().one_or_none()
    if found is None:
        raise UsageError(f"{fact.uid} was taken back: add it again first")
    return dict(found)


def _readings(connection: Connection, table: str, uids: Collection[str]) -> list[tuple[Any, ...]]:
    """What of facts may change by a review: whether they are rejected, stood by if added, how corrected."""
    query = text("""
        SELECT asked.uid, correction.*,
            asked.uid IN (SELECT fact FROM rejected_fact) AS rejected,
            asked.uid IN (SELECT uid FROM added_fact WHERE kind = :table AND NOT stands) AS gone
        FROM (SELECT DISTINCT fact AS uid FROM review WHERE fact IN :uids) AS asked
        LEFT JOIN correction ON correction.fact = asked.uid
        ORDER BY asked.uid""").bindparams(bindparam("uids", expanding=True))
    rows = connection.execute(query, {"table": table, "uids": list(uids)})
    # A fact without a review reads as extracted: as one whose reviews change nothing.
    return [tuple(row) for row in rows if any(row[1:])]


def with_replaced(connection: Connection, table: str, uids: Iterable[str]) -> list[str]:
    """The facts with those that they stand for, or might, where they were added by hand."""
    span = {"claim": "phrase_span_id", "report": "trigger_span_id", "mention": "span_id"}[table]
    query = text(f"""
        SELECT DISTINCT other.uid FROM added_fact AS added
        JOIN {table} AS other ON other.revision_id = added.revision_id
        JOIN span ON span.id = other.{span}
        WHERE added.kind = :table AND added.uid IN :uids
            AND span.start_char < added.end_char AND added.start_char < span.end_char
        """).bindparams(bindparam("uids", expanding=True))
    asked = list(uids)
    return sorted({*asked, *connection.execute(query, {"table": table, "uids": asked}).scalars()})
