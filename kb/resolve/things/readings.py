"""How facts read now: what persons corrected goes before what was extracted, and what they rejected is out.

A fact counts in groups if it is of a current reading of its article, if its last review does not reject
it, and if no fact that was added by hand stands in its place. The views say the same in SQL.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from sqlalchemy import ColumnElement, FromClause, and_, column, exists, func, not_, select, table

from kb.model.tables import MentionRow, Row, table_of

FIELDS = (
    *("measure", "comparator", "low", "high", "unit", "relation", "direction", "baseline", "subject"),
    *("place", "speaker", "voice", "stance", "date", "earliest", "latest", "title", "kind", "name"),
)  # the columns of facts that can be corrected
CORRECTION = table("correction", column("fact"), *map(column, FIELDS))  # views
_CURRENT = table("current_reading", column("revision_id"), column("run_id"))
_REJECTED = table("rejected_fact", column("fact"))
_HIDDEN = table("hidden_fact", column("kind"), column("id"))


@cache
def as_read(facts: FromClause, correction: FromClause, name: str) -> ColumnElement[str | None]:
    """A column of facts with its corrections; empty text in one says that the source does not say."""
    return func.nullif(func.coalesce(correction.c[name], facts.c[name]), "").label(name)


def standing(facts: type[Row], revision: int | None = None, *, few: bool = False) -> ColumnElement[bool]:
    """The condition that a fact counts in groups; for one revision its readings are looked up but once.

    What additions hide is looked up once for all facts, which reads all of a base, or for each of a `few`.
    """
    fact = table_of(facts)
    current: ColumnElement[bool]
    if revision is None:
        current = exists().where(
            _CURRENT.c.revision_id == fact.c.revision_id, _CURRENT.c.run_id == fact.c.run_id
        )
    else:
        runs = select(_CURRENT.c.run_id).where(_CURRENT.c.revision_id == revision)
        current = and_(fact.c.revision_id == revision, fact.c.run_id.in_(runs))
    hidden = select(_HIDDEN.c.id).where(_HIDDEN.c.kind == fact.name)
    is_hidden = exists(hidden.where(_HIDDEN.c.id == fact.c.id)) if few else fact.c.id.in_(hidden)
    return and_(current, not_(is_hidden), not_(is_rejected(fact)))


@cache
def is_rejected(fact: FromClause) -> ColumnElement[bool]:
    """The condition that a fact's last review rejects it."""
    return exists().where(_REJECTED.c.fact == fact.c.uid)


def chained(uids: Collection[str]) -> ColumnElement[bool]:
    """The condition that a mention is in one chain with one of these: who is meant is told of all of them."""
    mention, other = table_of(MentionRow), table_of(MentionRow).alias()
    chains, revisions = (
        select(other.c[name]).where(other.c.uid.in_(uids)) for name in ("chain", "revision_id")
    )
    return and_(mention.c.revision_id.in_(revisions), mention.c.chain.in_(chains))
