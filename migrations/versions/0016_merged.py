"""What two bases have of one article can stand in one base: in the order of when it was had, by either."""

from pathlib import Path

from alembic import op

from kb.model.schema import made, split

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def _statements(name: str) -> dict[tuple[str, str], str]:
    sql = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return {made(statement): statement for statement in split(sql)}


AFTER = _statements("0016_merged.sql")
BEFORE = _statements("0006_triggers.sql") | _statements("0007_views.sql") | _statements("0011_reviews.sql")


def upgrade() -> None:
    for made_by, statement in AFTER.items():
        if made_by in BEFORE:
            _drop(*made_by)
        op.execute(statement)


def downgrade() -> None:
    for made_by in reversed(AFTER):
        _drop(*made_by)
        if made_by in BEFORE:
            op.execute(BEFORE[made_by])


def _drop(kind: str, name: str) -> None:
    op.execute(f"DROP {kind.upper()} {name}")
