"""A fact is double-checked by two persons who stand by how it reads now, not by what it read as before."""

from pathlib import Path

from alembic import op

from kb.model.schema import made, split

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def _views(name: str) -> dict[str, str]:
    sql = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return {made(statement)[1]: statement for statement in split(sql)}


AFTER = _views("0019_checked_as_it_reads.sql")
BEFORE = _views("0018_first_rows.sql")


def upgrade() -> None:
    for name, statement in AFTER.items():
        op.execute(f"DROP VIEW {name}")
        op.execute(statement)


def downgrade() -> None:
    for name in AFTER:
        op.execute(f"DROP VIEW {name}")
        op.execute(BEFORE[name])
