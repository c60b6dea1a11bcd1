"""The evidence of an origin can be blanked once one of its articles is withdrawn."""

from pathlib import Path

from alembic import op

from kb.model.schema import made, split

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

(STATEMENT,) = split(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
(BEFORE,) = (
    statement
    for statement in split(Path(__file__).with_name("0006_triggers.sql").read_text(encoding="utf-8"))
    if made(statement) == made(STATEMENT)
)


def upgrade() -> None:
    op.execute("DROP TRIGGER origin_frozen")
    op.execute(STATEMENT)


def downgrade() -> None:
    op.execute("DROP TRIGGER origin_frozen")
    op.execute(BEFORE)
