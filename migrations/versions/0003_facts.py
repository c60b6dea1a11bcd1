"""Mentions, reports and claims, and the conflicts between claims."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("span_id", sa.Integer(), nullable=False),
        sa.Column("sentence_span_id", sa.Integer(), nullable=True),
        sa.Column("chain", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("stands_for", sa.String(), nullable=True),
        sa.Column("entity_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IS NOT NULL AND kind IN ('person', 'organisation', 'place')", name=op.f("ck_mention_kind")
        ),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name=op.f("fk_mention_entity_id_entity")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_mention_revision_id_revision")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_mention_run_id_run")),
        sa.ForeignKeyConstraint(
            ["sentence_span_id"], ["span.id"], name=op.f("fk_mention_sentence_span_id_span")
        ),
        sa.ForeignKeyConstraint(["span_id"], ["span.id"], name=op.f("fk_mention_span_id_span")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention")),
        sa.UniqueConstraint("revision_id", "run_id", "uid", name=op.f("uq_mention_revision_id_run_id_uid")),
    )
    op.create_index(op.f("ix_mention_entity_id"), "mention", ["entity_id"], unique=False)
    op.create_index(op.f("ix_mention_run_id"), "mention", ["run_id"], unique=False)
    op.create_index(op.f("ix_mention_sentence_span_id"), "mention", ["sentence_span_id"], unique=False)
    op.create_index(op.f("ix_mention_span_id"), "mention", ["span_id"], unique=False)
    op.create_index(op.f("ix_mention_uid"), "mention", ["uid"], unique=False)
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("trigger_span_id", sa.Integer(), nullable=False),
        sa.Column("sentence_span_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("date", sa.String(), nullable=True),
        sa.Column("earliest", sa.String(), nullable=True),
        sa.Column("latest", sa.String(), nullable=True),
        sa.Column("date_basis", sa.String(), nullable=True),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("place_span_id", sa.Integer(), nullable=True),
        sa.Column("place_mention_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "date_basis IS NULL OR date_basis IN ('stated', 'publication', 'text')",
            name=op.f("ck_report_date_basis"),
        ),
        sa.CheckConstraint(
            "earliest IS NULL OR date(earliest, '+0 days') IS earliest", name=op.f("ck_report_earliest_day")
        ),
        sa.CheckConstraint(
            "latest IS NULL OR date(latest, '+0 days') IS latest", name=op.f("ck_report_latest_day")
        ),
        sa.CheckConstraint(
            "stance IS NOT NULL AND stance IN ('asserted', 'hedged', 'alleged', 'planned', 'hypothetical', 'denied', 'opinion')",
            name=op.f("ck_report_stance"),
        ),
        sa.CheckConstraint(
            "date IS NOT NULL OR (earliest IS NULL AND latest IS NULL)", name=op.f("ck_report_interval_date")
        ),
        sa.CheckConstraint(
            "earliest IS NULL OR latest IS NULL OR earliest <= latest", name=op.f("ck_report_interval_order")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_report_event_id_event")),
        sa.ForeignKeyConstraint(
            ["place_mention_id"], ["mention.id"], name=op.f("fk_report_place_mention_id_mention")
        ),
        sa.ForeignKeyConstraint(["place_span_id"], ["span.id"], name=op.f("fk_report_place_span_id_span")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_report_revision_id_revision")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_report_run_id_run")),
        sa.ForeignKeyConstraint(
            ["sentence_span_id"], ["span.id"], name=op.f("fk_report_sentence_span_id_span")
        ),
        sa.ForeignKeyConstraint(
            ["trigger_span_id"], ["span.id"], name=op.f("fk_report_trigger_span_id_span")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("revision_id", "run_id", "uid", name=op.f("uq_report_revision_id_run_id_uid")),
    )
    op.create_index(op.f("ix_report_event_id"), "report", ["event_id"], unique=False)
    op.create_index(op.f("ix_report_place_mention_id"), "report", ["place_mention_id"], unique=False)
    op.create_index(op.f("ix_report_place_span_id"), "report", ["place_span_id"], unique=False)
    op.create_index(op.f("ix_report_run_id"), "report", ["run_id"], unique=False)
    op.create_index(op.f("ix_report_sentence_span_id"), "report", ["sentence_span_id"], unique=False)
    op.create_index(op.f("ix_report_trigger_span_id"), "report", ["trigger_span_id"], unique=False)
    op.create_index(op.f("ix_report_uid"), "report", ["uid"], unique=False)
    op.create_table(
        "participant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("span_id", sa.Integer(), nullable=True),
        sa.Column("mention_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "role IS NOT NULL AND role IN ('agent', 'patient', 'place', 'other')",
            name=op.f("ck_participant_role"),
        ),
        sa.ForeignKeyConstraint(
            ["mention_id"], ["mention.id"], name=op.f("fk_participant_mention_id_mention")
        ),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_participant_report_id_report")),
        sa.ForeignKeyConstraint(["span_id"], ["span.id"], name=op.f("fk_participant_span_id_span")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint("report_id", "position", name=op.f("uq_participant_report_id_position")),
    )
    op.create_index(op.f("ix_participant_mention_id"), "participant", ["mention_id"], unique=False)
    op.create_index(op.f("ix_participant_span_id"), "participant", ["span_id"], unique=False)
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("phrase_span_id", sa.Integer(), nullable=False),
        sa.Column("sentence_span_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("place_span_id", sa.Integer(), nullable=True),
        sa.Column("place_mention_id", sa.Integer(), nullable=True),
        sa.Column("comparator", sa.String(), nullable=False),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=True),
        sa.Column("baseline", sa.String(), nullable=True),
        sa.Column("baseline_place", sa.String(), nullable=True),
        sa.Column("baseline_place_span_id", sa.Integer(), nullable=True),
        sa.Column("baseline_place_mention_id", sa.Integer(), nullable=True),
        sa.Column("baseline_date", sa.String(), nullable=True),
        sa.Column("baseline_earliest", sa.String(), nullable=True),
        sa.Column("baseline_latest", sa.String(), nullable=True),
        sa.Column("baseline_date_basis", sa.String(), nullable=True),
        sa.Column("date", sa.String(), nullable=True),
        sa.Column("earliest", sa.String(), nullable=True),
        sa.Column("latest", sa.String(), nullable=True),
        sa.Column("date_basis", sa.String(), nullable=True),
        sa.Column("speaker", sa.String(), nullable=True),
        sa.Column("speaker_span_id", sa.Integer(), nullable=True),
        sa.Column("speaker_mention_id", sa.Integer(), nullable=True),
        sa.Column("voice", sa.String(), nullable=False),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("part_of_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "CASE comparator\n WHEN '=' THEN low IS NOT NULL AND high IS NOT NULL AND low = high\n WHEN '~' THEN low IS NOT NULL AND high IS NOT NULL AND low <= high\n WHEN 'between' THEN low IS NOT NULL AND high IS NOT NULL AND low <= high\n WHEN '>' THEN low IS NOT NULL AND high IS NULL\n WHEN '>=' THEN low IS NOT NULL AND high IS NULL\n WHEN '<' THEN low IS NULL AND high IS NOT NULL\n WHEN '<=' THEN low IS NULL AND high IS NOT NULL\n ELSE 0 END",
            name=op.f("ck_claim_comparator_bounds"),
        ),
        sa.CheckConstraint(
            "baseline_date_basis IS NULL OR baseline_date_basis IN ('stated', 'publication', 'text')",
            name=op.f("ck_claim_baseline_date_basis"),
        ),
        sa.CheckConstraint(
            "baseline_earliest IS NULL OR date(baseline_earliest, '+0 days') IS baseline_earliest",
            name=op.f("ck_claim_baseline_earliest_day"),
        ),
        sa.CheckConstraint(
            "baseline_latest IS NULL OR date(baseline_latest, '+0 days') IS baseline_latest",
            name=op.f("ck_claim_baseline_latest_day"),
        ),
        sa.CheckConstraint(
            "date_basis IS NULL OR date_basis IN ('stated', 'publication', 'text')",
            name=op.f("ck_claim_date_basis"),
        ),
        sa.CheckConstraint(
            "direction IS NULL OR direction IN ('up', 'down')", name=op.f("ck_claim_direction")
        ),
        sa.CheckConstraint(
            "earliest IS NULL OR date(earliest, '+0 days') IS earliest", name=op.f("ck_claim_earliest_day")
        ),
        sa.CheckConstraint(
            "latest IS NULL OR date(latest, '+0 days') IS latest", name=op.f("ck_claim_latest_day")
        ),
        sa.CheckConstraint(
            "relation <> 'change' OR coalesce(low, high) >= 0", name=op.f("ck_claim_change_is_positive")
        ),
        sa.CheckConstraint(
            "relation IS NOT NULL AND relation IN ('value', 'change', 'ratio')",
            name=op.f("ck_claim_relation"),
        ),
        sa.CheckConstraint(
            "stance IS NOT NULL AND stance IN ('asserted', 'hedged', 'alleged', 'planned', 'hypothetical', 'denied', 'opinion')",
            name=op.f("ck_claim_stance"),
        ),
        sa.CheckConstraint(
            "status IS NULL OR status IN ('provisional', 'revised', 'estimate', 'forecast')",
            name=op.f("ck_claim_status"),
        ),
        sa.CheckConstraint(
            "voice IS NOT NULL AND voice IN ('own', 'quoted', 'reported', 'unnamed')",
            name=op.f("ck_claim_voice"),
        ),
        sa.CheckConstraint(
            "baseline_date IS NOT NULL OR (baseline_earliest IS NULL AND baseline_latest IS NULL)",
            name=op.f("ck_claim_baseline_interval_date"),
        ),
        sa.CheckConstraint(
            "baseline_earliest IS NULL OR baseline_latest IS NULL OR baseline_earliest <= baseline_latest",
            name=op.f("ck_claim_baseline_interval_order"),
        ),
        sa.CheckConstraint(
            "date IS NOT NULL OR (earliest IS NULL AND latest IS NULL)", name=op.f("ck_claim_interval_date")
        ),
        sa.CheckConstraint(
            "earliest IS NULL OR latest IS NULL OR earliest <= latest", name=op.f("ck_claim_interval_order")
        ),
        sa.CheckConstraint("part_of_id IS NULL OR part_of_id <> id", name=op.f("ck_claim_part_of_itself")),
        sa.ForeignKeyConstraint(
            ["baseline_place_mention_id"],
            ["mention.id"],
            name=op.f("fk_claim_baseline_place_mention_id_mention"),
        ),
        sa.ForeignKeyConstraint(
            ["baseline_place_span_id"], ["span.id"], name=op.f("fk_claim_baseline_place_span_id_span")
        ),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_claim_measure_id_measure")),
        sa.ForeignKeyConstraint(["part_of_id"], ["claim.id"], name=op.f("fk_claim_part_of_id_claim")),
        sa.ForeignKeyConstraint(["phrase_span_id"], ["span.id"], name=op.f("fk_claim_phrase_span_id_span")),
        sa.ForeignKeyConstraint(
            ["place_mention_id"], ["mention.id"], name=op.f("fk_claim_place_mention_id_mention")
        ),
        sa.ForeignKeyConstraint(["place_span_id"], ["span.id"], name=op.f("fk_claim_place_span_id_span")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_claim_revision_id_revision")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_claim_run_id_run")),
        sa.ForeignKeyConstraint(
            ["sentence_span_id"], ["span.id"], name=op.f("fk_claim_sentence_span_id_span")
        ),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_claim_series_id_series")),
        sa.ForeignKeyConstraint(
            ["speaker_mention_id"], ["mention.id"], name=op.f("fk_claim_speaker_mention_id_mention")
        ),
        sa.ForeignKeyConstraint(["speaker_span_id"], ["span.id"], name=op.f("fk_claim_speaker_span_id_span")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("revision_id", "run_id", "uid", name=op.f("uq_claim_revision_id_run_id_uid")),
    )
    op.create_index(
        op.f("ix_claim_baseline_place_mention_id"), "claim", ["baseline_place_mention_id"], unique=False
    )
    op.create_index(
        op.f("ix_claim_baseline_place_span_id"), "claim", ["baseline_place_span_id"], unique=False
    )
    op.create_index(op.f("ix_claim_measure_id"), "claim", ["measure_id"], unique=False)
    op.create_index(op.f("ix_claim_part_of_id"), "claim", ["part_of_id"], unique=False)
    op.create_index(op.f("ix_claim_phrase_span_id"), "claim", ["phrase_span_id"], unique=False)
    op.create_index(op.f("ix_claim_place_mention_id"), "claim", ["place_mention_id"], unique=False)
    op.create_index(op.f("ix_claim_place_span_id"), "claim", ["place_span_id"], unique=False)
    op.create_index(op.f("ix_claim_run_id"), "claim", ["run_id"], unique=False)
    op.create_index(op.f("ix_claim_sentence_span_id"), "claim", ["sentence_span_id"], unique=False)
    op.create_index(op.f("ix_claim_series_id"), "claim", ["series_id"], unique=False)
    op.create_index(op.f("ix_claim_speaker_mention_id"), "claim", ["speaker_mention_id"], unique=False)
    op.create_index(op.f("ix_claim_speaker_span_id"), "claim", ["speaker_span_id"], unique=False)
    op.create_index(op.f("ix_claim_uid"), "claim", ["uid"], unique=False)
    op.create_table(
        "conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IS NOT NULL AND kind IN ('conflict', 'update', 'restatement', 'later take', 'other measure', 'parts', 'baseline')",
            name=op.f("ck_conflict_kind"),
        ),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_conflict_series_id_series")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict")),
        sa.UniqueConstraint("uid", name=op.f("uq_conflict_uid")),
    )
    op.create_index(op.f("ix_conflict_series_id"), "conflict", ["series_id"], unique=False)
    op.create_table(
        "conflict_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conflict_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_conflict_claim_claim_id_claim")),
        sa.ForeignKeyConstraint(
            ["conflict_id"],
            ["conflict.id"],
            name=op.f("fk_conflict_claim_conflict_id_conflict"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_claim")),
        sa.UniqueConstraint("conflict_id", "claim_id", name=op.f("uq_conflict_claim_conflict_id_claim_id")),
        sa.UniqueConstraint("conflict_id", "position", name=op.f("uq_conflict_claim_conflict_id_position")),
    )
    op.create_index(op.f("ix_conflict_claim_claim_id"), "conflict_claim", ["claim_id"], unique=False)
    # ### end Alembic commands ###


def downgrade() -> None:
    op.drop_table("conflict_claim")
    op.drop_table("conflict")
    op.drop_table("claim")
    op.drop_table("participant")
    op.drop_table("report")
    op.drop_table("mention")
