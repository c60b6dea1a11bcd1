"""What the database refuses: words that are not there, changes of evidence, facts and decisions."""

from pathlib import Path

from alembic import op

from kb.model.schema import made, split

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

STATEMENTS = tuple(split(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")))


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    for kind, name in map(made, reversed(STATEMENTS)):
        op.execute(f"DROP {kind} {name}")
