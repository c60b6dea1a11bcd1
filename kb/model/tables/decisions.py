"""Decisions: what people decided about facts and things. Triggers let rows be appended, nothing else.

Decisions name what they are about by uid, so they survive a new reading of the same text. One is
taken back by another that names it in `withdraws`.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from kb.model import values
from kb.model.tables.columns import Row, UTCDateTime, interval_checks, now, one_of


def _withdraws() -> CheckConstraint:
    """A decision that takes another back says which, and no other one does."""
    return CheckConstraint("(verdict = 'withdrawn') = (withdraws IS NOT NULL)", name="withdraws")


class IdentityDecisionRow(Row, table=True):
    """That two facts (by uid: two mentions, reports or claims) are about the same thing, or are not."""

    __tablename__ = "identity_decision"
    __table_args__ = (
        one_of("kind", ("entity", "event", "measure")),
        one_of("verdict", ("same", "different", "withdrawn")),
        _withdraws(),
        CheckConstraint("uid_a <> uid_b", name="two"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    kind: str
    uid_a: str = Field(index=True)
    uid_b: str = Field(index=True)
    verdict: str
    withdraws: str | None = Field(default=None, foreign_key="identity_decision.uid", index=True)
    by: str
    recorded_at: dt.datetime = Field(default_factory=now, sa_type=UTCDateTime)
    note: str | None


class AliasRow(Row, table=True):
    """That a spelling names somebody or something, as a user lists it; `source` says where that is from."""

    __tablename__ = "alias"
    __table_args__ = (one_of("kind", values.EntityKind),)

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    kind: str
    name: str
    spelling: str
    source: str
    withdraws: str | None = Field(default=None, foreign_key="alias.uid", index=True)
    by: str
    recorded_at: dt.datetime = Field(default_factory=now, sa_type=UTCDateTime)


class MeasureDefinitionRow(Row, table=True):
    """What is counted under a measure, in a user's words; `measure` is the uid of one of its claims."""

    __tablename__ = "measure_definition"
    __table_args__ = (CheckConstraint("definition <> ''", name="definition"),)

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    measure: str = Field(index=True)
    definition: str
    withdraws: str | None = Field(default=None, foreign_key="measure_definition.uid", index=True)
    by: str
    recorded_at: dt.datetime = Field(default_factory=now, sa_type=UTCDateTime)
    note: str | None


class ReviewRow(Row, table=True):
    """A person's judgement of a fact. Corrections are one field a row, beside what was extracted.

    `value` is the right reading as text; empty where the source does not say (NULL in the views).
    `accepted_as` is what an acceptance found corrected, as JSON of fields and values: two persons who
    accept different readings of one fact do not agree.
    """

    __tablename__ = "review"
    __table_args__ = (
        one_of("fact_kind", ("mention", "report", "claim")),
        one_of("verdict", ("accepted", "rejected", "corrected", "withdrawn")),
        _withdraws(),
        CheckConstraint("(verdict = 'corrected') = (field IS NOT NULL)", name="field"),
        CheckConstraint("(field IS NULL) = (value IS NULL)", name="value"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    fact: str = Field(index=True)
    fact_kind: str
    verdict: str
    field: str | None
    value: str | None
    withdraws: str | None = Field(default=None, foreign_key="review.uid", index=True)
    by: str
    recorded_at: dt.datetime = Field(default_factory=now, sa_type=UTCDateTime)
    note: str | None
    accepted_as: str | None = None


class AssessmentRow(Row, table=True):
    """One's own figure for a series and a time, with the rule that gave it. Never a source."""

    __tablename__ = "assessment"
    __table_args__ = (
        *interval_checks(),
        CheckConstraint("low IS NULL OR best IS NULL OR low <= best", name="low_best"),
        CheckConstraint("best IS NULL OR high IS NULL OR best <= high", name="best_high"),
        CheckConstraint("low IS NULL OR high IS NULL OR low <= high", name="low_high"),
        CheckConstraint("provisional IN (0, 1)", name="provisional"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    series: str = Field(index=True)
    date: str | None
    earliest: str | None
    latest: str | None
    date_basis: str | None
    low: float | None
    best: float | None
    high: float | None
    rule: str
    provisional: bool = False
    withdraws: str | None = Field(default=None, foreign_key="assessment.uid", index=True)
    by: str
    recorded_at: dt.datetime = Field(default_factory=now, sa_type=UTCDateTime)
    note: str | None


class AssessmentClaimRow(Row, table=True):
    """A claim (by uid) that an assessment used or set aside."""

    __tablename__ = "assessment_claim"
    __table_args__ = (
        UniqueConstraint("assessment_id", "claim"),
        one_of("treatment", ("used", "set aside")),
    )

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id")
    claim: str = Field(index=True)
    treatment: str


class TagRow(Row, table=True):
    """A word that an article or a fact (by uid) is filed under."""

    __tablename__ = "tag"
    __table_args__ = (
        one_of("target_kind", ("article", "mention", "report", "claim")),
        one_of("verdict", ("tagged", "withdrawn")),
        _withdraws(),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    target: str = Field(index=True)
    target_kind: str
    tag: str = Field(index=True)
    verdict: str
    withdraws: str | None = Field(default=None, foreign_key="tag.uid", index=True)
    by: str
    recorded_at: dt.datetime = Field(default_factory=now, sa_type=UTCDateTime)
    note: str | None


class WithdrawalRow(Row, table=True):
    """That an article (by one of its uids) had to go. From then on, and only then, its words can be blanked.

    Several persons may have said so of one article, in bases that were brought together: each for a reason.
    """

    __tablename__ = "withdrawal"

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    article: str = Field(index=True)
    reason: str
    by: str
    recorded_at: dt.datetime = Field(default_factory=now, sa_type=UTCDateTime)
    note: str | None
