"""What people decide about facts and things."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "identity_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("uid_a", sa.String(), nullable=False),
        sa.Column("uid_b", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("withdraws", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(verdict = 'withdrawn') = (withdraws IS NOT NULL)", name=op.f("ck_identity_decision_withdraws")
        ),
        sa.CheckConstraint(
            "kind IS NOT NULL AND kind IN ('entity', 'event', 'measure')",
            name=op.f("ck_identity_decision_kind"),
        ),
        sa.CheckConstraint(
            "verdict IS NOT NULL AND verdict IN ('same', 'different', 'withdrawn')",
            name=op.f("ck_identity_decision_verdict"),
        ),
        sa.CheckConstraint("uid_a <> uid_b", name=op.f("ck_identity_decision_two")),
        sa.ForeignKeyConstraint(
            ["withdraws"],
            ["identity_decision.uid"],
            name=op.f("fk_identity_decision_withdraws_identity_decision"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_decision")),
        sa.UniqueConstraint("uid", name=op.f("uq_identity_decision_uid")),
    )
    op.create_index(op.f("ix_identity_decision_uid_a"), "identity_decision", ["uid_a"], unique=False)
    op.create_index(op.f("ix_identity_decision_uid_b"), "identity_decision", ["uid_b"], unique=False)
    op.create_index(op.f("ix_identity_decision_withdraws"), "identity_decision", ["withdraws"], unique=False)
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("fact_kind", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=True),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("withdraws", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint("(verdict = 'corrected') = (field IS NOT NULL)", name=op.f("ck_review_field")),
        sa.CheckConstraint(
            "(verdict = 'withdrawn') = (withdraws IS NOT NULL)", name=op.f("ck_review_withdraws")
        ),
        sa.CheckConstraint(
            "fact_kind IS NOT NULL AND fact_kind IN ('mention', 'report', 'claim')",
            name=op.f("ck_review_fact_kind"),
        ),
        sa.CheckConstraint(
            "verdict IS NOT NULL AND verdict IN ('accepted', 'rejected', 'corrected', 'withdrawn')",
            name=op.f("ck_review_verdict"),
        ),
        sa.CheckConstraint("(field IS NULL) = (value IS NULL)", name=op.f("ck_review_value")),
        sa.ForeignKeyConstraint(["withdraws"], ["review.uid"], name=op.f("fk_review_withdraws_review")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("uid", name=op.f("uq_review_uid")),
    )
    op.create_index(op.f("ix_review_fact"), "review", ["fact"], unique=False)
    op.create_index(op.f("ix_review_withdraws"), "review", ["withdraws"], unique=False)
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("date", sa.String(), nullable=True),
        sa.Column("earliest", sa.String(), nullable=True),
        sa.Column("latest", sa.String(), nullable=True),
        sa.Column("date_basis", sa.String(), nullable=True),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("best", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("withdraws", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "date_basis IS NULL OR date_basis IN ('stated', 'publication', 'text')",
            name=op.f("ck_assessment_date_basis"),
        ),
        sa.CheckConstraint(
            "earliest IS NULL OR date(earliest, '+0 days') IS earliest",
            name=op.f("ck_assessment_earliest_day"),
        ),
        sa.CheckConstraint(
            "latest IS NULL OR date(latest, '+0 days') IS latest", name=op.f("ck_assessment_latest_day")
        ),
        sa.CheckConstraint(
            "best IS NULL OR high IS NULL OR best <= high", name=op.f("ck_assessment_best_high")
        ),
        sa.CheckConstraint(
            "date IS NOT NULL OR (earliest IS NULL AND latest IS NULL)",
            name=op.f("ck_assessment_interval_date"),
        ),
        sa.CheckConstraint(
            "earliest IS NULL OR latest IS NULL OR earliest <= latest",
            name=op.f("ck_assessment_interval_order"),
        ),
        sa.CheckConstraint("low IS NULL OR best IS NULL OR low <= best", name=op.f("ck_assessment_low_best")),
        sa.CheckConstraint("low IS NULL OR high IS NULL OR low <= high", name=op.f("ck_assessment_low_high")),
        sa.CheckConstraint("provisional IN (0, 1)", name=op.f("ck_assessment_provisional")),
        sa.ForeignKeyConstraint(
            ["withdraws"], ["assessment.uid"], name=op.f("fk_assessment_withdraws_assessment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("uid", name=op.f("uq_assessment_uid")),
    )
    op.create_index(op.f("ix_assessment_series"), "assessment", ["series"], unique=False)
    op.create_index(op.f("ix_assessment_withdraws"), "assessment", ["withdraws"], unique=False)
    op.create_table(
        "assessment_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("claim", sa.String(), nullable=False),
        sa.Column("treatment", sa.String(), nullable=False),
        sa.CheckConstraint(
            "treatment IS NOT NULL AND treatment IN ('used', 'set aside')",
            name=op.f("ck_assessment_claim_treatment"),
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_assessment_claim_assessment_id_assessment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_claim")),
        sa.UniqueConstraint("assessment_id", "claim", name=op.f("uq_assessment_claim_assessment_id_claim")),
    )
    op.create_index(op.f("ix_assessment_claim_claim"), "assessment_claim", ["claim"], unique=False)
    op.create_table(
        "tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("target_kind", sa.String(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("withdraws", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(verdict = 'withdrawn') = (withdraws IS NOT NULL)", name=op.f("ck_tag_withdraws")
        ),
        sa.CheckConstraint(
            "target_kind IS NOT NULL AND target_kind IN ('article', 'mention', 'report', 'claim')",
            name=op.f("ck_tag_target_kind"),
        ),
        sa.CheckConstraint(
            "verdict IS NOT NULL AND verdict IN ('tagged', 'withdrawn')", name=op.f("ck_tag_verdict")
        ),
        sa.ForeignKeyConstraint(["withdraws"], ["tag.uid"], name=op.f("fk_tag_withdraws_tag")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("uid", name=op.f("uq_tag_uid")),
    )
    op.create_index(op.f("ix_tag_tag"), "tag", ["tag"], unique=False)
    op.create_index(op.f("ix_tag_target"), "tag", ["target"], unique=False)
    op.create_index(op.f("ix_tag_withdraws"), "tag", ["withdraws"], unique=False)
    op.create_table(
        "withdrawal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["article"], ["article.uid"], name=op.f("fk_withdrawal_article_article")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawal")),
        sa.UniqueConstraint("article", name=op.f("uq_withdrawal_article")),
        sa.UniqueConstraint("uid", name=op.f("uq_withdrawal_uid")),
    )
    # ### end Alembic commands ###


def downgrade() -> None:
    op.drop_table("withdrawal")
    op.drop_table("tag")
    op.drop_table("assessment_claim")
    op.drop_table("assessment")
    op.drop_table("review")
    op.drop_table("identity_decision")
