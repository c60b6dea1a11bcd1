"""What an addition hides is found from the additions, which are few, and not from all facts for each fact."""

from pathlib import Path

from alembic import op

from kb.model.schema import made, split

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

VIEW = "hidden_fact"


def _view(name: str) -> str:
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return next(statement for statement in split(text) if made(statement)[1] == VIEW)


def upgrade() -> None:
    _replace("0022_few_additions.sql")


def downgrade() -> None:
    _replace("0016_merged.sql")


def _replace(name: str) -> None:
    op.execute(f"DROP VIEW {VIEW}")
    op.execute(_view(name))
