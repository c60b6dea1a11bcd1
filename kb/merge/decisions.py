"""What people decided in another base, appended here: each with its author, its moment and its note.

A decision is known by all that it says: who decided what on which facts, and when. It keeps its uid,
unless another decision has that uid here: somebody may have said the same twice, once in each base.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Table, select

from kb.desk.reviews import with_replaced
from kb.desk.withdrawals import blank_withdrawn, named_by
from kb.merge.rows import Record
from kb.model.tables import (
    AliasRow,
    AssessmentClaimRow,
    AssessmentRow,
    IdentityDecisionRow,
    MeasureDefinitionRow,
    ReviewRow,
    Row,
    TagRow,
    WithdrawalRow,
    table_of,
)
from kb.model.uids import fresh_uid
from kb.resolve import named_facts, regroup_around, regroup_facts
from kb.resolve.things.definitions import define_measures
from kb.store import Store, insert_rows, next_id, parts
from kb.store.rows import insert_row

_KINDS: tuple[type[Row], ...] = (
    IdentityDecisionRow,
    ReviewRow,
    AliasRow,
    TagRow,
    MeasureDefinitionRow,
    AssessmentRow,
    WithdrawalRow,
)
_ASSESSED = table_of(AssessmentClaimRow)
_UNTOLD = ("accepted_as",)  # what an older kb did not record, and a migration told as well as it could


@dataclass(frozen=True, slots=True)
class Brought:
    """How many decisions came in, by table, and which articles went by them: keys, with their addresses."""

    counts: Mapping[str, int]
    gone: Mapping[int, tuple[str, ...]]


def bring_decisions(store: Store, there: Connection) -> Brought:
    """Append all decisions that are not here, and bring the groups that they touch up to date.

    What is about facts and articles that are not here yet waits for them.
    """
    with store.transaction() as connection:
        came = {rows: list(_append(connection, there, rows)) for rows in _KINDS}
        named = named_by(connection, (row["article"] for row in came[WithdrawalRow]))
        gone = blank_withdrawn(connection, named)
        _regroup(connection, came)
    counts = {table_of(rows).name: len(appended) for rows, appended in came.items() if appended}
    return Brought(counts, gone)


def _append(connection: Connection, there: Connection, rows: type[Row]) -> Iterator[Record]:
    """The decisions of one table that were not here, as they are now."""
    table = table_of(rows)
    uids: dict[str, str] = {}
    for found in there.execute(select(table).order_by(table.c.id)).mappings():
        row = dict(found)
        key, uid = row.pop("id"), row.pop("uid")
        if row.get("withdraws") is not None:
            row["withdraws"] = uids.get(row["withdraws"], row["withdraws"])
        known = _known(connection, table, row)
        uids[uid] = known or _uid(connection, table, uid)
        if known is None:
            row["uid"] = uids[uid]
            here = insert_row(connection, rows, row)
            if rows is AssessmentRow:
                _append_claims(connection, there, key, here)
            yield row


def _known(connection: Connection, table: Table, row: Record) -> str | None:
    said = ((name, value) for name, value in row.items() if name not in _UNTOLD)
    same = (table.c[name].is_not_distinct_from(value) for name, value in said)
    uid: str | None = connection.execute(select(table.c.uid).where(*same)).scalar()
    return uid


def _uid(connection: Connection, table: Table, uid: str) -> str:
    """Its own uid, or another one where a decision has it that is not this one."""

    def is_taken(one: str) -> bool:
        return connection.execute(select(table.c.id).where(table.c.uid == one)).first() is not None

    return fresh_uid(is_taken, uid) if is_taken(uid) else uid


def _append_claims(connection: Connection, there: Connection, assessment: int, here: int) -> None:
    query = select(_ASSESSED.c.claim, _ASSESSED.c.treatment).where(_ASSESSED.c.assessment_id == assessment)
    first = next_id(connection, AssessmentClaimRow)
    found = there.execute(query.order_by(_ASSESSED.c.id)).mappings()
    rows = [{**row, "id": first + n, "assessment_id": here} for n, row in enumerate(found)]
    insert_rows(connection, AssessmentClaimRow, rows)


def _regroup(connection: Connection, came: dict[type[Row], list[Record]]) -> None:
    """Bring up to date what the decisions are about, as far as it is here."""
    decided: dict[str, set[str]] = defaultdict(set)
    for row in came[IdentityDecisionRow]:
        decided[row["kind"]] |= {row["uid_a"], row["uid_b"]}
    spellings = {row[name] for row in came[AliasRow] for name in ("name", "spelling")}
    if spellings:
        decided["entity"] |= named_facts(connection, sorted(spellings))
    for kind, uids in sorted(decided.items()):
        regroup_around(connection, kind, sorted(uids))
    reviewed: dict[str, set[str]] = defaultdict(set)
    for row in came[ReviewRow]:
        reviewed[row["fact_kind"]].add(row["fact"])
    for table, facts in sorted(reviewed.items()):
        for part in parts(sorted(facts)):
            regroup_facts(connection, table, with_replaced(connection, table, part))
    if came[MeasureDefinitionRow]:
        define_measures(connection)
