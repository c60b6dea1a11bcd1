"""Articles, their revisions, and the spans of words in them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tool", sa.String(), nullable=True),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("version", sa.String(), nullable=True),
        sa.Column("settings", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("(tool IS NULL) <> (person IS NULL)", name=op.f("ck_run_who")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("cites_url", sa.String(), nullable=True),
        sa.Column("publisher_id", sa.Integer(), nullable=True),
        sa.Column("genre", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "genre IS NULL OR genre IN ('news', 'opinion', 'statement', 'explainer')",
            name=op.f("ck_article_genre"),
        ),
        sa.CheckConstraint(
            "kind IS NOT NULL AND kind IN ('page', 'quote', 'note')", name=op.f("ck_article_kind")
        ),
        sa.ForeignKeyConstraint(["publisher_id"], ["entity.id"], name=op.f("fk_article_publisher_id_entity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("uid", name=op.f("uq_article_uid")),
    )
    op.create_index(op.f("ix_article_publisher_id"), "article", ["publisher_id"], unique=False)
    op.create_index(
        "ux_article_page_url", "article", ["url"], unique=True, sqlite_where=sa.text("kind = 'page'")
    )
    op.create_table(
        "raw",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_raw")),
        sa.UniqueConstraint("sha256", name=op.f("uq_raw_sha256")),
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("publisher", sa.String(), nullable=True),
        sa.Column("published", sa.String(), nullable=True),
        sa.Column("modified", sa.String(), nullable=True),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("retrieved_at", sa.DateTime(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("raw_sha256", sa.String(), nullable=True),
        sa.Column("text_sha256", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "cause IS NOT NULL AND cause IN ('fetched', 'supplied', 'reread')", name=op.f("ck_revision_cause")
        ),
        sa.CheckConstraint(
            "modified IS NULL OR date(substr(modified || '-01-01', 1, 10), '+0 days') IS substr(modified || '-01-01', 1, 10)",
            name=op.f("ck_revision_modified_day"),
        ),
        sa.CheckConstraint(
            "published IS NULL OR date(substr(published || '-01-01', 1, 10), '+0 days') IS substr(published || '-01-01', 1, 10)",
            name=op.f("ck_revision_published_day"),
        ),
        sa.CheckConstraint("length(text_sha256) = 64", name=op.f("ck_revision_text_sha256")),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_revision_seq")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_revision_article_id_article")),
        sa.ForeignKeyConstraint(["raw_sha256"], ["raw.sha256"], name=op.f("fk_revision_raw_sha256_raw")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("article_id", "seq", name=op.f("uq_revision_article_id_seq")),
        sa.UniqueConstraint("uid", name=op.f("uq_revision_uid")),
    )
    op.create_index(op.f("ix_revision_raw_sha256"), "revision", ["raw_sha256"], unique=False)
    op.create_index(op.f("ix_revision_text_sha256"), "revision", ["text_sha256"], unique=False)
    op.create_table(
        "author",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_author_revision_id_revision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_author")),
        sa.UniqueConstraint("revision_id", "position", name=op.f("uq_author_revision_id_position")),
    )
    op.create_table(
        "span",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("within_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column(
            "folded",
            sa.Text(),
            sa.Computed(
                "trim(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(words, char(9), ' '), char(10), ' '), char(11), ' '), char(12), ' '), char(13), ' '), char(133), ' '), char(160), ' '), char(8194), ' '), char(8195), ' '), char(8196), ' '), char(8197), ' '), char(8198), ' '), char(8199), ' '), char(8200), ' '), char(8201), ' '), char(8202), ' '), char(8232), ' '), char(8233), ' '), char(8239), ' '), char(12288), ' '), ' ', char(1, 2)), char(2, 1), ''), char(1, 2), ' '))",
                persisted=False,
            ),
            nullable=True,
        ),
        sa.CheckConstraint(
            "words = '' OR length(words) = end_char - start_char", name=op.f("ck_span_length")
        ),
        sa.CheckConstraint("start_char >= 0 AND end_char > start_char", name=op.f("ck_span_offsets")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_span_revision_id_revision")),
        sa.ForeignKeyConstraint(["within_id"], ["span.id"], name=op.f("fk_span_within_id_span")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_span")),
        sa.UniqueConstraint(
            "revision_id", "start_char", "end_char", name=op.f("uq_span_revision_id_start_char_end_char")
        ),
    )
    op.create_table(
        "passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=True),
        sa.Column("end_char", sa.Integer(), nullable=True),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind = 'title' OR (start_char >= 0 AND end_char > start_char)", name=op.f("ck_passage_offsets")
        ),
        sa.CheckConstraint(
            "kind IS NOT NULL AND kind IN ('title', 'sentence', 'paragraph')", name=op.f("ck_passage_kind")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_passage_revision_id_revision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage")),
    )
    op.create_index("ix_passage_revision_id", "passage", ["revision_id"], unique=False)
    op.create_table(
        "origin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("from_article_id", sa.Integer(), nullable=True),
        sa.Column("agency", sa.String(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "kind IS NOT NULL AND kind IN ('reprint', 'later take', 'excerpt', 'translation')",
            name=op.f("ck_origin_kind"),
        ),
        sa.CheckConstraint("(from_article_id IS NULL) <> (agency IS NULL)", name=op.f("ck_origin_source")),
        sa.CheckConstraint(
            "from_article_id IS NULL OR from_article_id <> article_id", name=op.f("ck_origin_itself")
        ),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_origin_article_id_article")),
        sa.ForeignKeyConstraint(
            ["from_article_id"], ["article.id"], name=op.f("fk_origin_from_article_id_article")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_origin_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_origin")),
    )
    op.create_index(op.f("ix_origin_article_id"), "origin", ["article_id"], unique=False)
    op.create_index(op.f("ix_origin_from_article_id"), "origin", ["from_article_id"], unique=False)
    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_reading_revision_id_revision")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_reading_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
        sa.UniqueConstraint("revision_id", "run_id", name=op.f("uq_reading_revision_id_run_id")),
    )
    op.create_index(op.f("ix_reading_run_id"), "reading", ["run_id"], unique=False)
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "outcome IS NOT NULL AND outcome IN ('loaded', 'unchanged', 'revised', 'failed')",
            name=op.f("ck_attempt_outcome"),
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_attempt_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index(op.f("ix_attempt_run_id"), "attempt", ["run_id"], unique=False)
    # ### end Alembic commands ###


def downgrade() -> None:
    op.drop_table("attempt")
    op.drop_table("reading")
    op.drop_table("origin")
    op.drop_table("passage")
    op.drop_table("span")
    op.drop_table("author")
    op.drop_table("revision")
    op.drop_table("raw")
    op.drop_table("article")
    op.drop_table("run")
