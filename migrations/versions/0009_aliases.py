"""Spellings that users list for a name, appended like every decision."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

from kb.model.schema import made, split

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

STATEMENTS = tuple(split(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")))


def upgrade() -> None:
    op.create_table(
        "alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("spelling", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("withdraws", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "kind IS NOT NULL AND kind IN ('person', 'organisation', 'place')", name=op.f("ck_alias_kind")
        ),
        sa.ForeignKeyConstraint(["withdraws"], ["alias.uid"], name=op.f("fk_alias_withdraws_alias")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alias")),
        sa.UniqueConstraint("uid", name=op.f("uq_alias_uid")),
    )
    op.create_index(op.f("ix_alias_withdraws"), "alias", ["withdraws"], unique=False)
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    for kind, name in map(made, reversed(STATEMENTS)):
        op.execute(f"DROP {kind} {name}")
    op.drop_table("alias")
