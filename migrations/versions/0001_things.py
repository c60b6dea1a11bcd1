"""Entities, events, measures and series: what facts are about."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


APPLICATION_ID = 0x6B620001  # "kb" in the header of the file: this database is kb's


def upgrade() -> None:
    op.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    op.create_table(
        "entity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("wikidata", sa.String(), nullable=True),
        sa.CheckConstraint(
            "kind IS NOT NULL AND kind IN ('person', 'organisation', 'place')", name=op.f("ck_entity_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entity")),
        sa.UniqueConstraint("uid", name=op.f("uq_entity_uid")),
    )
    op.create_index(op.f("ix_entity_name"), "entity", ["name"], unique=False)
    op.create_table(
        "name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("spelling", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("script", sa.String(), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entity.id"], name=op.f("fk_name_entity_id_entity"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name")),
        sa.UniqueConstraint(
            "entity_id", "spelling", "source", name=op.f("uq_name_entity_id_spelling_source")
        ),
    )
    op.create_index(op.f("ix_name_key"), "name", ["key"], unique=False)
    op.create_table(
        "group_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IS NOT NULL AND kind IN ('entity', 'event', 'measure')", name=op.f("ck_group_key_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_key")),
        sa.UniqueConstraint("kind", "key", "thing_id", name=op.f("uq_group_key_kind_key_thing_id")),
    )
    op.create_index("ix_group_key_thing", "group_key", ["kind", "thing_id"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("date", sa.String(), nullable=True),
        sa.Column("earliest", sa.String(), nullable=True),
        sa.Column("latest", sa.String(), nullable=True),
        sa.Column("date_basis", sa.String(), nullable=True),
        sa.CheckConstraint(
            "date_basis IS NULL OR date_basis IN ('stated', 'publication', 'text')",
            name=op.f("ck_event_date_basis"),
        ),
        sa.CheckConstraint(
            "earliest IS NULL OR date(earliest, '+0 days') IS earliest", name=op.f("ck_event_earliest_day")
        ),
        sa.CheckConstraint(
            "latest IS NULL OR date(latest, '+0 days') IS latest", name=op.f("ck_event_latest_day")
        ),
        sa.CheckConstraint(
            "date IS NOT NULL OR (earliest IS NULL AND latest IS NULL)", name=op.f("ck_event_interval_date")
        ),
        sa.CheckConstraint(
            "earliest IS NULL OR latest IS NULL OR earliest <= latest", name=op.f("ck_event_interval_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("uid", name=op.f("uq_event_uid")),
    )
    op.create_table(
        "measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("definition", sa.String(), nullable=True),
        sa.CheckConstraint(
            "kind IS NULL OR kind IN ('stock', 'flow', 'cumulative', 'share', 'level')",
            name=op.f("ck_measure_kind"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
        sa.UniqueConstraint("uid", name=op.f("uq_measure_uid")),
    )
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("place_entity_id", sa.Integer(), nullable=True),
        sa.Column("part_of_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("part_of_id IS NULL OR part_of_id <> id", name=op.f("ck_series_part_of_itself")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_series_measure_id_measure")),
        sa.ForeignKeyConstraint(["part_of_id"], ["series.id"], name=op.f("fk_series_part_of_id_series")),
        sa.ForeignKeyConstraint(
            ["place_entity_id"], ["entity.id"], name=op.f("fk_series_place_entity_id_entity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("uid", name=op.f("uq_series_uid")),
    )
    op.create_index(op.f("ix_series_measure_id"), "series", ["measure_id"], unique=False)
    op.create_index(op.f("ix_series_part_of_id"), "series", ["part_of_id"], unique=False)
    op.create_index(op.f("ix_series_place_entity_id"), "series", ["place_entity_id"], unique=False)
    # ### end Alembic commands ###


def downgrade() -> None:
    op.execute("PRAGMA application_id = 0")
    op.drop_table("series")
    op.drop_table("measure")
    op.drop_table("event")
    op.drop_table("group_key")
    op.drop_table("name")
    op.drop_table("entity")
