"""A claim's neighbours in its series, the series' name and an article's multiples are found by indexes."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_claim_ratio_revision",
        "claim",
        ["revision_id"],
        unique=False,
        sqlite_where=sa.text("relation = 'ratio'"),
    )
    op.create_index("ix_claim_series_uid", "claim", ["series_id", "uid"], unique=False)
    op.create_index("ix_claim_series_latest", "claim", ["series_id", "latest"], unique=False)
    op.drop_index(op.f("ix_claim_series_id"), table_name="claim")


def downgrade() -> None:
    op.create_index(op.f("ix_claim_series_id"), "claim", ["series_id"], unique=False)
    op.drop_index("ix_claim_series_latest", table_name="claim")
    op.drop_index("ix_claim_series_uid", table_name="claim")
    op.drop_index("ix_claim_ratio_revision", table_name="claim")
