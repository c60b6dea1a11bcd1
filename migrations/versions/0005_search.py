"""The full-text index over passages."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SEARCH = (
    """
    CREATE VIRTUAL TABLE search USING fts5(
        folded, content = 'passage', content_rowid = 'id', tokenize = 'porter unicode61'
    )
    """,
)


def upgrade() -> None:
    for statement in SEARCH:
        op.execute(statement)


def downgrade() -> None:
    for name in ("search",):
        op.execute(f"DROP TABLE {name}")
