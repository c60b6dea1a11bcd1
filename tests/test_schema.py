"""What the models, the SQL files and the migrations say of the schema is the same."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from kb.model.schema import FILES, one_line, statements
from kb.model.tables import METADATA
from kb.store import Store
from kb.store.migrate import HEAD, migrations_path

VIEWS = ("figures", "timeline", "reports", "mentions", "conflicts")
COLUMNS = {  # what DESIGN promises of each view
    "figures": "uid measure comparator low high unit relation direction baseline place date earliest latest "
    "speaker voice stance phrase start_char end_char quote quote_start quote_end title publisher published "
    "url source_kind status extracted_comparator extracted_low extracted_high extracted_unit extracted_date",
    "timeline": "uid date earliest latest title kind participants place reports sources status",
    "reports": "uid event_uid trigger date earliest latest stance quote start_char end_char title publisher "
    "published url source_kind",
    "mentions": "uid entity_uid entity kind mention stands_for quote start_char end_char title published url "
    "source_kind",
    "conflicts": "uid kind explanation a_phrase a_quote a_url b_phrase b_quote b_url",
}


def made_by(database: sqlite3.Connection) -> dict[tuple[str, str], list[str]]:
    """Everything in a database -> its SQL; of a table its parts, in whatever order they stand."""
    found = {}
    rows = database.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'"
    )
    for kind, name, sql in rows:
        parts = [one_line(sql)]
        if kind == "table" and not name.startswith("search"):
            parts = sorted(one_line(line).removesuffix(",") for line in split_columns(sql))
        found[kind, name] = parts
    return found


def split_columns(sql: str) -> list[str]:
    """The columns and constraints of a CREATE TABLE statement: split at commas outside of brackets."""
    inside = one_line(sql[sql.index("(") + 1 : sql.rindex(")")])
    parts, depth, start = [], 0, 0
    for position, letter in enumerate(inside):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            parts.append(inside[start:position])
            start = position + 1
    return [*parts, inside[start:]]


def test_models_and_migrations_agree(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'models.db'}")
    METADATA.create_all(engine)
    engine.dispose()
    models = sqlite3.connect(tmp_path / "models.db")
    for name in FILES:
        for statement in statements(name):
            models.execute(statement)
    with Store.open(tmp_path / "kb.db") as store:
        migrated = made_by(store.driver)
    assert made_by(models) == migrated
    models.close()


def test_head_is_the_newest_migration() -> None:
    assert ScriptDirectory(str(migrations_path())).get_current_head() == HEAD


def test_every_table_has_an_integer_key_and_named_checks() -> None:
    for table in METADATA.tables.values():
        assert [column.name for column in table.primary_key] == ["id"]
        for constraint in table.constraints:
            assert constraint.name


@pytest.mark.parametrize("view", VIEWS)
def test_views_have_the_columns_that_design_promises(tmp_path: Path, view: str) -> None:
    with Store.open(tmp_path / "kb.db") as store:
        columns = [column[0] for column in store.driver.execute(f"SELECT * FROM {view}").description]
    assert set(COLUMNS[view].split()) <= set(columns)
    assert len(columns) == len(set(columns))


def test_only_the_public_tables_are_there(tmp_path: Path) -> None:
    with Store.open(tmp_path / "kb.db") as store:
        tables = {
            name
            for (name,) in store.driver.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not re.match("search|alembic", name)
        }
    assert tables == set(METADATA.tables)
