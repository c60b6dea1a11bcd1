"""Figures that are quoted differently from their speaker's own publication; what finds figures by number, page and baseline."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BEFORE = ("conflict", "update", "restatement", "later take", "other measure", "parts", "baseline")
QUOTED = "quoted differently"


def upgrade() -> None:
    remake((*BEFORE, QUOTED))
    op.create_index(op.f("ix_claim_low"), "claim", ["low"], unique=False)
    op.create_index(
        "ix_claim_ratio",
        "claim",
        ["baseline_place_mention_id"],
        unique=False,
        sqlite_where=sa.text("relation = 'ratio'"),
    )
    op.create_index(
        "ix_claim_named_place",
        "claim",
        ["place"],
        unique=False,
        sqlite_where=sa.text("place_mention_id IS NULL"),
    )
    op.create_index(op.f("ix_article_cites_url"), "article", ["cites_url"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_article_cites_url"), table_name="article")
    op.drop_index("ix_claim_named_place", table_name="claim")
    op.drop_index("ix_claim_ratio", table_name="claim")
    op.drop_index(op.f("ix_claim_low"), table_name="claim")
    made = f"SELECT id FROM conflict WHERE kind = '{QUOTED}'"
    op.execute(f"DELETE FROM conflict_claim WHERE conflict_id IN ({made})")
    op.execute(f"DELETE FROM conflict WHERE kind = '{QUOTED}'")
    remake(BEFORE)


def remake(kinds: Sequence[str]) -> None:
    """Give the table another CHECK: SQLite can only make it anew. Foreign keys are off meanwhile."""
    op.execute("CREATE TABLE conflict_kept AS SELECT * FROM conflict")
    op.drop_table("conflict")
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    op.create_table(
        "conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(f"kind IS NOT NULL AND kind IN ({listed})", name=op.f("ck_conflict_kind")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_conflict_series_id_series")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict")),
        sa.UniqueConstraint("uid", name=op.f("uq_conflict_uid")),
    )
    op.create_index(op.f("ix_conflict_series_id"), "conflict", ["series_id"], unique=False)
    op.execute("INSERT INTO conflict SELECT id, uid, kind, explanation, series_id FROM conflict_kept")
    op.drop_table("conflict_kept")
