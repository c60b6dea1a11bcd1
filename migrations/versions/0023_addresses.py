"""Articles are known by all their uids, whichever base had them first; acceptances say what they accepted."""

from collections.abc import Iterable
from pathlib import Path

import sqlalchemy as sa
from alembic import context, op

from kb.model.schema import made, split
from kb.model.uids import article_uid

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

HERE = Path(__file__)


def _statements(*names: str) -> dict[tuple[str, str], str]:
    texts = (HERE.with_name(name).read_text(encoding="utf-8") for name in names)
    return {made(statement): statement for sql in texts for statement in split(sql)}


AFTER = _statements("0023_addresses.sql")
BEFORE = _statements(
    *("0006_triggers.sql", "0007_views.sql", "0011_reviews.sql", "0013_fetches.sql"),
    *("0014_withdrawn_origins.sql", "0015_few_runs.sql", "0016_merged.sql", "0018_first_rows.sql"),
    *("0019_checked_as_it_reads.sql", "0020_withdrawn_by_each.sql", "0021_bytes_again.sql"),
)
# What was corrected, and not taken back, when somebody accepted a fact.
FOUND = """
    SELECT json_group_object(field, value) FROM (
        SELECT said.field, said.value FROM review AS said
        WHERE said.fact = review.fact AND said.verdict = 'corrected'
            AND (said.recorded_at, said.id) < (review.recorded_at, review.id)
            AND NOT EXISTS (
                SELECT 1 FROM review AS gone WHERE gone.withdraws = said.uid
                    AND (gone.recorded_at, gone.id) < (review.recorded_at, review.id)
            )
            AND NOT EXISTS (
                SELECT 1 FROM review AS later
                WHERE later.fact = said.fact AND later.verdict = 'corrected' AND later.field = said.field
                    AND (later.recorded_at, later.id) > (said.recorded_at, said.id)
                    AND (later.recorded_at, later.id) < (review.recorded_at, review.id)
                    AND NOT EXISTS (
                        SELECT 1 FROM review AS gone WHERE gone.withdraws = later.uid
                            AND (gone.recorded_at, gone.id) < (review.recorded_at, review.id)
                    )
            )
        ORDER BY said.field
    )"""
# On the way back decisions name the article by the uid that it has.
OWN = """
    UPDATE {0} SET {1} = (
        SELECT min(article.uid) FROM article_uid JOIN article ON article.id = article_uid.article_id
        WHERE article_uid.uid = {0}.{1}
    )
    WHERE {1} IN (SELECT uid FROM article_uid) AND {1} NOT IN (SELECT uid FROM article)"""


def upgrade() -> None:
    _drop(AFTER.keys() & BEFORE.keys())
    op.add_column("review", sa.Column("accepted_as", sa.String(), nullable=True))
    op.execute(f"UPDATE review SET accepted_as = ({FOUND}) WHERE verdict = 'accepted'")
    op.create_table(
        "article_uid",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_uid_article_id_article")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_uid")),
        sa.UniqueConstraint("uid", "article_id", name=op.f("uq_article_uid_uid_article_id")),
    )
    op.create_index(op.f("ix_article_uid_article_id"), "article_uid", ["article_id"], unique=False)
    if not context.is_offline_mode():
        _name_articles()
    _make_withdrawal()
    for statement in AFTER.values():
        op.execute(statement)


def downgrade() -> None:
    _drop(AFTER.keys())
    for table, column in (("tag", "target"), ("withdrawal", "article")):
        op.execute(OWN.format(table, column))
    for column in ("uid_a", "uid_b"):
        op.execute(OWN.format("identity_decision", column))
    op.drop_table("article_uid")
    _make_withdrawal(
        sa.ForeignKeyConstraint(["article"], ["article.uid"], name=op.f("fk_withdrawal_article_article"))
    )
    for which in AFTER.keys() & BEFORE.keys():
        op.execute(BEFORE[which])
    op.drop_column("review", "accepted_as")  # it has all views looked at


def _drop(which: Iterable[tuple[str, str]]) -> None:
    """Drop triggers and views, that rows can be written and tables made anew."""
    for kind, name in sorted(which):
        op.execute(f"DROP {kind.upper()} {name}")


def _name_articles() -> None:
    """Let every article be known by its address and by its texts, and be called by its address."""
    connection = op.get_bind()
    query = sa.text("""
        SELECT article.id, article.uid, article.kind, coalesce(article.url, article.cites_url) AS url,
            revision.text_sha256
        FROM article JOIN revision ON revision.article_id = article.id ORDER BY article.id, revision.seq""")
    known: dict[tuple[str, int], None] = {}
    called: dict[int, tuple[str, str]] = {}
    for key, uid, kind, url, sha256 in connection.execute(query):
        called.setdefault(key, (uid, article_uid(kind, url, sha256) if url else uid))
        uids = (uid, article_uid(kind, url, sha256), article_uid(kind, None, sha256))
        known.update(((one, key), None) for one in uids)
    rows = [{"id": n, "uid": uid, "article": key} for n, (uid, key) in enumerate(known, 1)]
    if rows:
        insert = "INSERT INTO article_uid (id, uid, article_id) VALUES (:id, :uid, :article)"
        connection.execute(sa.text(insert), rows)
    taken = {uid for uid, _ in called.values()}
    for key, (_, now) in called.items():
        if now not in taken:
            taken.add(now)
            rename = sa.text("UPDATE article SET uid = :uid WHERE id = :id")
            connection.execute(rename, {"uid": now, "id": key})


def _make_withdrawal(*more: sa.Constraint) -> None:
    """Make the table anew with its rows: what it names may be any uid of an article."""
    op.execute("CREATE TABLE withdrawal_before AS SELECT * FROM withdrawal")
    op.drop_table("withdrawal")
    op.create_table(
        "withdrawal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawal")),
        sa.UniqueConstraint("uid", name=op.f("uq_withdrawal_uid")),
        *more,
    )
    op.create_index(op.f("ix_withdrawal_article"), "withdrawal", ["article"], unique=False)
    op.execute("INSERT INTO withdrawal SELECT * FROM withdrawal_before ORDER BY id")
    op.drop_table("withdrawal_before")
