"""Facts: what a text states, as one run read it. Rows are never rewritten; only their groups change.

A fact's `uid` is the same in every base that read the same text, and in every article that has that
text: it is unique within a revision and a run. Names (`place`, `speaker`, `measure`, ...) have their
white space folded; the exact words are in the spans.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from kb.model import values
from kb.model.tables.columns import Row, interval_checks, one_of

# Which bounds a comparator has. IS NOT NULL is said, for a CHECK passes on NULL.
_BOUNDS = """CASE comparator
 WHEN '=' THEN low IS NOT NULL AND high IS NOT NULL AND low = high
 WHEN '~' THEN low IS NOT NULL AND high IS NOT NULL AND low <= high
 WHEN 'between' THEN low IS NOT NULL AND high IS NOT NULL AND low <= high
 WHEN '>' THEN low IS NOT NULL AND high IS NULL
 WHEN '>=' THEN low IS NOT NULL AND high IS NULL
 WHEN '<' THEN low IS NULL AND high IS NOT NULL
 WHEN '<=' THEN low IS NULL AND high IS NOT NULL
 ELSE 0 END"""


class MentionRow(Row, table=True):
    """A name in a text. `chain` is the uid of the first mention of the same one in the article.

    `name` and `kind` are the chain's: its fullest form, and person, organisation or place.
    `entity_id` is the group that the mention is in, across articles.
    """

    __tablename__ = "mention"
    __table_args__ = (
        UniqueConstraint("revision_id", "run_id", "uid"),
        one_of("kind", values.EntityKind),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(index=True)
    revision_id: int = Field(foreign_key="revision.id")
    run_id: int = Field(foreign_key="run.id", index=True)
    span_id: int = Field(foreign_key="span.id", index=True)
    sentence_span_id: int | None = Field(default=None, foreign_key="span.id", index=True)
    chain: str
    name: str
    kind: str
    stands_for: str | None
    entity_id: int | None = Field(default=None, foreign_key="entity.id", index=True)


class ReportRow(Row, table=True):
    """An event as one sentence tells it. `event_id` is the group that the report is in."""

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("revision_id", "run_id", "uid"),
        one_of("stance", values.Stance),
        *interval_checks(),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(index=True)
    revision_id: int = Field(foreign_key="revision.id")
    run_id: int = Field(foreign_key="run.id", index=True)
    trigger_span_id: int = Field(foreign_key="span.id", index=True)
    sentence_span_id: int = Field(foreign_key="span.id", index=True)
    event_id: int | None = Field(default=None, foreign_key="event.id", index=True)
    title: str
    kind: str | None
    date: str | None
    earliest: str | None
    latest: str | None
    date_basis: str | None
    stance: str
    place: str | None
    place_span_id: int | None = Field(default=None, foreign_key="span.id", index=True)
    place_mention_id: int | None = Field(default=None, foreign_key="mention.id", index=True)


class ParticipantRow(Row, table=True):
    """Who took part in the event of a report, and how; `position` counts from 1."""

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("report_id", "position"),
        one_of("role", values.Role),
    )

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="report.id")
    position: int
    role: str
    name: str
    span_id: int | None = Field(default=None, foreign_key="span.id", index=True)
    mention_id: int | None = Field(default=None, foreign_key="mention.id", index=True)


class ClaimRow(Row, table=True):
    """How much, how many: a figure as the text states it.

    `low` and `high` are in whole units; which of them is NULL follows from the comparator.
    `measure` is what is measured, in words; `measure_id` the group of claims that measure the same,
    `series_id` that group at one place. `part_of_id` is the claim of the whole.
    """

    __tablename__ = "claim"
    __table_args__ = (
        UniqueConstraint("revision_id", "run_id", "uid"),
        CheckConstraint(_BOUNDS, name="comparator_bounds"),
        CheckConstraint("relation <> 'change' OR coalesce(low, high) >= 0", name="change_is_positive"),
        CheckConstraint("part_of_id IS NULL OR part_of_id <> id", name="part_of_itself"),
        one_of("relation", values.Relation),
        one_of("direction", values.Direction, null=True),
        one_of("voice", values.Voice),
        one_of("stance", values.Stance),
        one_of("status", values.Status, null=True),
        *interval_checks(),
        *interval_checks("baseline_"),
        # Few of many: by this the multiples of a base are found.
        Index("ix_claim_ratio", "baseline_place_mention_id", sqlite_where=text("relation = 'ratio'")),
        Index("ix_claim_ratio_revision", "revision_id", sqlite_where=text("relation = 'ratio'")),
        # A series' name, and the neighbours of a claim in it.
        Index("ix_claim_series_uid", "series_id", "uid"),
        Index("ix_claim_series_latest", "series_id", "latest"),
        # By this those are found whose place is told by no mention: "Polish miners".
        Index("ix_claim_named_place", "place", sqlite_where=text("place_mention_id IS NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(index=True)
    revision_id: int = Field(foreign_key="revision.id")
    run_id: int = Field(foreign_key="run.id", index=True)
    phrase_span_id: int = Field(foreign_key="span.id", index=True)
    sentence_span_id: int = Field(foreign_key="span.id", index=True)
    measure_id: int | None = Field(default=None, foreign_key="measure.id", index=True)
    series_id: int | None = Field(default=None, foreign_key="series.id")
    measure: str
    subject: str | None
    place: str | None
    place_span_id: int | None = Field(default=None, foreign_key="span.id", index=True)
    place_mention_id: int | None = Field(default=None, foreign_key="mention.id", index=True)
    comparator: str
    low: float | None = Field(index=True)
    high: float | None
    unit: str
    relation: str
    direction: str | None
    baseline: str | None
    baseline_place: str | None
    baseline_place_span_id: int | None = Field(default=None, foreign_key="span.id", index=True)
    baseline_place_mention_id: int | None = Field(default=None, foreign_key="mention.id", index=True)
    baseline_date: str | None
    baseline_earliest: str | None
    baseline_latest: str | None
    baseline_date_basis: str | None
    date: str | None
    earliest: str | None
    latest: str | None
    date_basis: str | None
    speaker: str | None
    speaker_span_id: int | None = Field(default=None, foreign_key="span.id", index=True)
    speaker_mention_id: int | None = Field(default=None, foreign_key="mention.id", index=True)
    voice: str
    stance: str
    status: str | None
    part_of_id: int | None = Field(default=None, foreign_key="claim.id", index=True)
