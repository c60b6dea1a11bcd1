"""Things: groups of facts, computed from facts and decisions and stored in the same transaction.

A thing's uid is the smallest uid of its member facts, so it does not depend on the order of loading;
the uid of any member leads to the thing.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from kb.model import values
from kb.model.tables.columns import Row, interval_checks, one_of

MEASURE_KINDS = ("stock", "flow", "cumulative", "share", "level")
CONFLICT_KINDS = (
    "conflict",
    "update",
    "restatement",
    "later take",
    "other measure",
    "parts",
    "baseline",
    "quoted differently",
)


class EntityRow(Row, table=True):
    """A person, an organisation or a place."""

    __tablename__ = "entity"
    __table_args__ = (one_of("kind", values.EntityKind),)

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    kind: str
    name: str = Field(index=True)
    wikidata: str | None


class NameRow(Row, table=True):
    """A spelling of an entity's name. `key` folds script and diacritics; `source` says who knows it."""

    __tablename__ = "name"
    __table_args__ = (UniqueConstraint("entity_id", "spelling", "source"),)

    id: int | None = Field(default=None, primary_key=True)
    entity_id: int = Field(foreign_key="entity.id", ondelete="CASCADE")
    spelling: str
    language: str | None
    script: str | None
    key: str = Field(index=True)
    source: str


class GroupKeyRow(Row, table=True):
    """A key under which facts find their thing: facts that share one are about one thing, decisions apart.

    `thing_id` is the key of the entity, event or measure, as `kind` says.
    """

    __tablename__ = "group_key"
    __table_args__ = (
        UniqueConstraint("kind", "key", "thing_id"),
        Index("ix_group_key_thing", "kind", "thing_id"),
        one_of("kind", ("entity", "event", "measure")),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    key: str
    thing_id: int


class EventRow(Row, table=True):
    """Something that happened or is due; its interval is what its reports agree on."""

    __tablename__ = "event"
    __table_args__ = (
        *interval_checks(),
        # The order of the timeline: its first events are found without a look at the others.
        Index(
            "ix_event_time",
            text("coalesce(earliest, latest) IS NULL"),
            text("coalesce(earliest, latest)"),
            text("latest IS NOT NULL"),
            text("latest DESC"),
            "uid",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    title: str
    kind: str | None
    place: str | None
    date: str | None
    earliest: str | None
    latest: str | None
    date_basis: str | None


class MeasureRow(Row, table=True):
    """What is measured, without its place."""

    __tablename__ = "measure"
    __table_args__ = (one_of("kind", MEASURE_KINDS, null=True),)

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    name: str
    unit: str
    kind: str | None
    definition: str | None


class SeriesRow(Row, table=True):
    """One measure at one place: claims that line up over time. `part_of_id` is the series of the whole."""

    __tablename__ = "series"
    __table_args__ = (CheckConstraint("part_of_id IS NULL OR part_of_id <> id", name="part_of_itself"),)

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    measure_id: int = Field(foreign_key="measure.id", index=True)
    place: str | None
    place_entity_id: int | None = Field(default=None, foreign_key="entity.id", index=True)
    part_of_id: int | None = Field(default=None, foreign_key="series.id", index=True)


class ConflictRow(Row, table=True):
    """Claims that cannot all hold as they stand, and why; its uid is made of theirs."""

    __tablename__ = "conflict"
    __table_args__ = (one_of("kind", CONFLICT_KINDS),)

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    kind: str
    explanation: str
    series_id: int | None = Field(default=None, foreign_key="series.id", index=True)


class ConflictClaimRow(Row, table=True):
    """A claim in a conflict; `position` counts from 1."""

    __tablename__ = "conflict_claim"
    __table_args__ = (
        UniqueConstraint("conflict_id", "position"),
        UniqueConstraint("conflict_id", "claim_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    conflict_id: int = Field(foreign_key="conflict.id", ondelete="CASCADE")
    position: int
    claim_id: int = Field(foreign_key="claim.id", index=True)
