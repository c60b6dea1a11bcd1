"""An article may have had to go for several persons, each with a reason: all of them are kept."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

from kb.model.schema import split

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TRIGGERS = Path(__file__).with_name("0020_withdrawn_by_each.sql").read_text(encoding="utf-8")
# Before, an article was withdrawn once: the first of its withdrawals is what stays on the way back.
FIRST = """
    WHERE NOT EXISTS (
        SELECT 1 FROM withdrawal AS earlier
        WHERE earlier.article = withdrawal.article
            AND (earlier.recorded_at, earlier.uid) < (withdrawal.recorded_at, withdrawal.uid)
    )"""


def upgrade() -> None:
    _rebuild()
    op.create_index(op.f("ix_withdrawal_article"), "withdrawal", ["article"], unique=False)


def downgrade() -> None:
    _rebuild(sa.UniqueConstraint("article", name=op.f("uq_withdrawal_article")), kept=FIRST)


def _rebuild(*more: sa.Constraint, kept: str = "") -> None:
    """Make the table anew with its rows. It is not renamed: views and triggers name it all the while."""
    op.execute(f"CREATE TABLE withdrawal_before AS SELECT * FROM withdrawal {kept}")
    op.drop_table("withdrawal")
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
        sa.UniqueConstraint("uid", name=op.f("uq_withdrawal_uid")),
        *more,
    )
    op.execute("INSERT INTO withdrawal SELECT * FROM withdrawal_before ORDER BY id")
    op.drop_table("withdrawal_before")
    for statement in split(TRIGGERS):
        op.execute(statement)
