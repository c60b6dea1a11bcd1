"""Sketches of texts, by which near-equal articles find each other."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sketch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_sketch_article_id_article")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sketch")),
    )
    op.create_index(op.f("ix_sketch_article_id"), "sketch", ["article_id"], unique=False)
    op.create_index(op.f("ix_sketch_hash"), "sketch", ["hash"], unique=False)


def downgrade() -> None:
    op.drop_table("sketch")
