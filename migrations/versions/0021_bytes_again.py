"""Bytes that were blanked with an article come back with another one that has the same."""

from pathlib import Path

from alembic import op

from kb.model.schema import made, split

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

(STATEMENT,) = split(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
(BEFORE,) = (
    statement
    for statement in split(Path(__file__).with_name("0006_triggers.sql").read_text(encoding="utf-8"))
    if made(statement) == made(STATEMENT)
)


def upgrade() -> None:
    op.execute("DROP TRIGGER raw_frozen")
    op.execute(STATEMENT)


def downgrade() -> None:
    op.execute("DROP TRIGGER raw_frozen")
    op.execute(BEFORE)
