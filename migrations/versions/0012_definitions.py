"""Measures that users define in words, appended like every decision."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

from kb.model.schema import made, split

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

STATEMENTS = tuple(split(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")))


def upgrade() -> None:
    op.create_table(
        "measure_definition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("definition", sa.String(), nullable=False),
        sa.Column("withdraws", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint("definition <> ''", name=op.f("ck_measure_definition_definition")),
        sa.ForeignKeyConstraint(
            ["withdraws"],
            ["measure_definition.uid"],
            name=op.f("fk_measure_definition_withdraws_measure_definition"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_definition")),
        sa.UniqueConstraint("uid", name=op.f("uq_measure_definition_uid")),
    )
    for column in ("measure", "withdraws"):
        op.create_index(op.f(f"ix_measure_definition_{column}"), "measure_definition", [column], unique=False)
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    for kind, name in map(made, reversed(STATEMENTS)):
        op.execute(f"DROP {kind} {name}")
    op.drop_table("measure_definition")
