"""The first rows of a view, and those of one article, are had without the others and their reviews."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

from kb.model.schema import made, split

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def _views(*names: str) -> dict[str, str]:
    texts = (Path(__file__).with_name(name).read_text(encoding="utf-8") for name in names)
    return {made(statement)[1]: statement for sql in texts for statement in split(sql)}


AFTER = _views("0018_first_rows.sql")
BEFORE = _views("0007_views.sql", "0011_reviews.sql", "0015_few_runs.sql", "0016_merged.sql")


def upgrade() -> None:
    in_order = ["coalesce(earliest, latest) IS NULL", "coalesce(earliest, latest)", "latest IS NOT NULL"]
    op.create_index("ix_event_time", "event", [*map(sa.text, in_order), sa.text("latest DESC"), "uid"])
    for name, statement in AFTER.items():
        op.execute(f"DROP VIEW {name}")
        op.execute(statement)


def downgrade() -> None:
    for name in reversed(AFTER):
        op.execute(f"DROP VIEW {name}")
        op.execute(BEFORE[name])
    op.drop_index("ix_event_time", table_name="event")
