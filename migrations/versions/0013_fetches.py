"""What servers answered: final address, status, headers and validators of each page, appended."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

from kb.model.schema import made, split

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

STATEMENTS = tuple(split(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")))


def upgrade() -> None:
    op.create_table(
        "fetch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("final_url", sa.String(), nullable=False),
        sa.Column("moved_to", sa.String(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.String(), nullable=True),
        sa.Column("etag", sa.String(), nullable=True),
        sa.Column("last_modified", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("retrieved_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("status BETWEEN 100 AND 599", name=op.f("ck_fetch_status")),
        sa.CheckConstraint("sha256 IS NULL OR length(sha256) = 64", name=op.f("ck_fetch_sha256")),
        sa.CheckConstraint("headers IS NULL OR json_valid(headers)", name=op.f("ck_fetch_headers")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_fetch_article_id_article")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_fetch_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fetch")),
    )
    for column in ("article_id", "final_url", "run_id", "sha256", "url"):
        op.create_index(op.f(f"ix_fetch_{column}"), "fetch", [column], unique=False)
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    for kind, name in map(made, reversed(STATEMENTS)):
        op.execute(f"DROP {kind} {name}")
    op.drop_table("fetch")
