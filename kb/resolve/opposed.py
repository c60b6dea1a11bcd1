"""Decisions of several people that contradict each other: all of them stay, the last one counts."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, text

_STANDING = (
    "verdict <> 'withdrawn' AND NOT EXISTS (SELECT 1 FROM {0} AS later WHERE later.withdraws = {0}.uid)"
)
# The last word of each person on a pair, or on a fact.
_PAIRS = f"""
    SELECT kind, min(uid_a, uid_b) AS a, max(uid_a, uid_b) AS b, verdict, "by", recorded_at,
        row_number() OVER (
            PARTITION BY min(uid_a, uid_b), max(uid_a, uid_b), "by" ORDER BY recorded_at DESC, id DESC
        ) AS age
    FROM identity_decision WHERE {_STANDING.format("identity_decision")}"""
_FACTS = f"""
    SELECT fact_kind AS kind, fact AS a, NULL AS b,
        CASE verdict WHEN 'rejected' THEN 'rejected' ELSE 'accepted' END AS verdict, "by", recorded_at,
        row_number() OVER (PARTITION BY fact, "by" ORDER BY recorded_at DESC, id DESC) AS age
    FROM review WHERE {_STANDING.format("review")}"""
_OPPOSED = """
    WITH said AS (SELECT * FROM ({}) WHERE age = 1)
    SELECT kind, a, b, group_concat("by" || ': ' || verdict, '; ') AS said FROM (
        SELECT * FROM said ORDER BY recorded_at, "by"
    ) GROUP BY kind, a, b HAVING count(DISTINCT verdict) > 1 ORDER BY kind, a, b"""


@dataclass(frozen=True, slots=True)
class Opposed:
    """A pair of facts, or one fact (`b` is None), on which people say different things, the last one last.

    `kind` is entity, event or measure of a pair, mention, report or claim of a fact; `a` and `b` are uids.
    """

    kind: str
    a: str
    b: str | None
    said: str

    def __str__(self) -> str:
        return f"{self.kind} {' and '.join(filter(None, (self.a, self.b)))}: {self.said}"


def opposed(connection: Connection) -> tuple[Opposed, ...]:
    """The pairs and facts of a base on which people contradict each other and nobody took it back."""
    return tuple(
        Opposed(**row)
        for query in (_PAIRS, _FACTS)
        for row in connection.execute(text(_OPPOSED.format(query))).mappings()
    )
