"""Facts added by hand are looked for among the runs of persons: what a question costs grows not with the base."""

from pathlib import Path

from alembic import op

from kb.model.schema import made, split

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

(STATEMENT,) = split(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
BEFORE = next(
    statement
    for statement in split(Path(__file__).with_name("0011_reviews.sql").read_text(encoding="utf-8"))
    if made(statement) == made(STATEMENT)
)


def upgrade() -> None:
    op.execute("DROP VIEW added_fact")
    op.execute(STATEMENT)


def downgrade() -> None:
    op.execute("DROP VIEW added_fact")
    op.execute(BEFORE)
