"""The tables of a base. Their names and columns are public: people write SQL against them.

evidence   what was read, and where every word stands
facts      what the texts state: mentions, reports, claims
things     what the facts are about: groups, computed from facts and decisions
decisions  what people decided: only ever appended

Triggers and the search index are in `kb/model/sqlite.sql`, the views in `kb/model/views.sql`; the
migrations make the same schema step by step, and a test compares the two.
"""

from kb.model.tables.columns import Row, UTCDateTime, now, table_of
from kb.model.tables.decisions import (
    AliasRow,
    AssessmentClaimRow,
    AssessmentRow,
    IdentityDecisionRow,
    MeasureDefinitionRow,
    ReviewRow,
    TagRow,
    WithdrawalRow,
)
from kb.model.tables.evidence import (
    ArticleRow,
    ArticleUidRow,
    AttemptRow,
    AuthorRow,
    FetchRow,
    OriginRow,
    PassageRow,
    RawRow,
    ReadingRow,
    RevisionRow,
    RunRow,
    SketchRow,
    SpanRow,
)
from kb.model.tables.facts import ClaimRow, MentionRow, ParticipantRow, ReportRow
from kb.model.tables.things import (
    ConflictClaimRow,
    ConflictRow,
    EntityRow,
    EventRow,
    GroupKeyRow,
    MeasureRow,
    NameRow,
    SeriesRow,
)

METADATA = Row.metadata

__all__ = [
    "METADATA",
    "AliasRow",
    "ArticleRow",
    "ArticleUidRow",
    "AssessmentClaimRow",
    "AssessmentRow",
    "AttemptRow",
    "AuthorRow",
    "ClaimRow",
    "ConflictClaimRow",
    "ConflictRow",
    "EntityRow",
    "EventRow",
    "FetchRow",
    "GroupKeyRow",
    "IdentityDecisionRow",
    "MeasureDefinitionRow",
    "MeasureRow",
    "MentionRow",
    "NameRow",
    "OriginRow",
    "ParticipantRow",
    "PassageRow",
    "RawRow",
    "ReadingRow",
    "ReportRow",
    "ReviewRow",
    "RevisionRow",
    "Row",
    "RunRow",
    "SeriesRow",
    "SketchRow",
    "SpanRow",
    "TagRow",
    "UTCDateTime",
    "WithdrawalRow",
    "now",
    "table_of",
]
