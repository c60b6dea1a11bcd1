"""All that was decided on one fact, in order, and what of it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping

from kb.errors import UsageError
from kb.query.answer import Answer
from kb.query.filters import Filter
from kb.query.select import selected
from kb.store import Store

_TABLES = ("claim", "report", "mention")
_DECISIONS = """
    SELECT review.uid, 'review' AS kind, review.verdict, review.field, review.value, review.withdraws,
        review."by", review.recorded_at, review.note, NULL AS other,
        EXISTS (SELECT 1 FROM review AS later WHERE later.withdraws = review.uid) AS gone
    FROM review WHERE review.fact = :uid
    UNION ALL
    SELECT made.uid, 'identity', made.verdict, NULL, NULL, made.withdraws, made."by", made.recorded_at,
        made.note, CASE WHEN made.uid_a = :uid THEN made.uid_b ELSE made.uid_a END,
        EXISTS (SELECT 1 FROM identity_decision AS later WHERE later.withdraws = made.uid)
    FROM identity_decision AS made WHERE :uid IN (made.uid_a, made.uid_b)
    UNION ALL
    SELECT tag.uid, 'tag', tag.verdict, 'tag', tag.tag, tag.withdraws, tag."by", tag.recorded_at, tag.note,
        NULL, EXISTS (SELECT 1 FROM tag AS later WHERE later.withdraws = tag.uid)
    FROM tag WHERE tag.target = :uid
    UNION ALL
    SELECT assessment.uid, 'assessment', assessment_claim.treatment, NULL, NULL, assessment.withdraws,
        assessment."by", assessment.recorded_at, assessment.note, assessment.series,
        EXISTS (SELECT 1 FROM assessment AS later WHERE later.withdraws = assessment.uid)
    FROM assessment_claim JOIN assessment ON assessment.id = assessment_claim.assessment_id
    WHERE assessment_claim.claim = :uid"""
_READINGS = """
    SELECT DISTINCT NULL AS uid, CASE WHEN run.person IS NULL THEN 'reading' ELSE 'addition' END AS kind,
        'read' AS verdict, NULL AS field, NULL AS value, NULL AS withdraws,
        coalesce(run.person, run.tool || ' ' || coalesce(run.version, '')) AS "by",
        min(reading.recorded_at) AS recorded_at, NULL AS note, NULL AS other,
        0 = sum(EXISTS (
            SELECT 1 FROM current_reading
            WHERE current_reading.revision_id = fact.revision_id AND current_reading.run_id = fact.run_id
        )) AS gone
    FROM {table} AS fact
    JOIN run ON run.id = fact.run_id
    JOIN reading ON reading.run_id = fact.run_id AND reading.revision_id = fact.revision_id
    WHERE fact.uid = :uid GROUP BY run.id"""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was read or decided of a fact: when (UTC), by whom, why, and whether it stands.

    `kind` is reading (by a tool), addition (by a person), review, identity, tag or assessment. A correction
    has `field` and `value`, empty where the source does not say; a decision of identity the `other` fact.
    `withdraws` is the uid of what it takes back.
    """

    uid: str | None
    kind: str
    verdict: str
    field: str | None
    value: str | None
    other: str | None
    by: str
    recorded_at: str
    note: str | None
    withdraws: str | None
    stands: bool


def is_fact(store: Store, uid: str) -> bool:
    """Whether some fact has the uid."""
    asked = Filter()
    value = asked.value(uid)
    query = " UNION ALL ".join(f"SELECT 1 FROM {table} WHERE uid = {value}" for table in _TABLES)
    return bool(selected(store, query, asked, 1))


def decided(store: Store, uid: str) -> Answer[Entry]:
    """What was read and decided of a fact (by uid), in order; what stands of it is marked so.

    Raises:
        UsageError: no fact has the uid.
    """
    asked = Filter()
    asked.values["uid"] = uid
    rows: list[RowMapping] = []
    for table in _TABLES:
        rows += selected(store, _READINGS.format(table=table), asked)
    if not rows:
        raise UsageError(f"no fact has the uid {uid!r}: kb figures --json shows those of figures")
    rows += selected(store, _DECISIONS, asked)
    return Answer((_entry(row) for row in sorted(rows, key=lambda row: str(row["recorded_at"]))), Entry)


def _entry(row: RowMapping) -> Entry:
    values: dict[str, Any] = {name: row[name] for name in Entry.__dataclass_fields__ if name != "stands"}
    return Entry(**values, stands=not row["gone"] and row["withdraws"] is None)
