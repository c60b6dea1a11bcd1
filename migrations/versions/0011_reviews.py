"""Reviews at work: what is rejected, added by hand or stood for by an addition; tags that stand."""

from pathlib import Path

from alembic import op

from kb.model.schema import made, split

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

STATEMENTS = tuple(split(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")))
BEFORE = {
    made(statement)[1]: statement
    for statement in split(Path(__file__).with_name("0007_views.sql").read_text(encoding="utf-8"))
}


def upgrade() -> None:
    for statement in STATEMENTS:
        _, name = made(statement)
        if name in BEFORE:
            op.execute(f"DROP VIEW {name}")
        op.execute(statement)


def downgrade() -> None:
    for statement in reversed(STATEMENTS):
        _, name = made(statement)
        op.execute(f"DROP VIEW {name}")
        if name in BEFORE:
            op.execute(BEFORE[name])
