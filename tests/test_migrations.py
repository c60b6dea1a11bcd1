"""Migrations: up, down and up again with data in the tables, at first use and by plain alembic."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from kb.check import check
from kb.desk import withdraw
from kb.errors import StoreError
from kb.model.values import Article, Claim, Entity, Facts, Mention, Span
from kb.store import Store
from kb.store.migrate import HEAD, migrating, migrations_path

REPOSITORY = Path(__file__).parents[1]
TEXT = "Ann saw 12 cats."
FACTS = Facts(
    Article(TEXT, title="Cats", url="https://example.org/cats", raw=b"x"),
    (Span(0, 16, TEXT),),
    entities=(Entity("Ann", "person", (Mention(Span(0, 3, "Ann")),)),),
    claims=(Claim(Span(8, 15, "12 cats"), Span(0, 16, TEXT), "=", 12.0, 12.0, "cats", "cats"),),
)


def alembic(path: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "alembic", *arguments],
        cwd=REPOSITORY,
        env={**os.environ, "KB_DATABASE": str(path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def step(path: Path, revision: str, *, down: bool = False) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations_path()))
    with migrating(path) as connection:
        config.attributes["connection"] = connection
        (command.downgrade if down else command.upgrade)(config, revision)


def objects(path: Path) -> set[tuple[str, str]]:
    database = sqlite3.connect(path)
    try:
        return set(database.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"))
    finally:
        database.close()


def test_plain_alembic_makes_what_first_use_makes(tmp_path: Path) -> None:
    alembic(tmp_path / "plain.db", "upgrade", "head")
    Store.open(tmp_path / "used.db").close()
    assert objects(tmp_path / "plain.db") == objects(tmp_path / "used.db")
    with Store.open(tmp_path / "plain.db") as store:
        store.add(FACTS, store.start_run("kb", "1"))
    assert "No new upgrade operations detected" in alembic(tmp_path / "plain.db", "check")
    alembic(tmp_path / "plain.db", "downgrade", "base")
    assert objects(tmp_path / "plain.db") == {("table", "alembic_version")}


def test_down_to_nothing_and_up_again_with_data(tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    for _ in range(2):
        with Store.open(path) as store:
            assert store.add(FACTS, store.start_run("kb", "1")).status == "loaded"
        step(path, "base", down=True)
        assert objects(path) == {("table", "alembic_version")}


def test_the_views_and_triggers_go_and_come_with_the_data_in_place(tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    with Store.open(path) as store:
        store.add(FACTS, store.start_run("kb", "1"))
        before = store.driver.execute("SELECT * FROM figures").fetchall()
    step(path, "0005", down=True)
    assert not {name for kind, name in objects(path) if kind in ("view", "trigger")}
    with Store.open(path) as store:
        assert store.driver.execute("SELECT * FROM figures").fetchall() == before
        assert [str(problem) for problem in check(store) if problem.table != "groups"] == []


def test_withdrawals_stay_when_their_table_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    with Store.open(path) as store:
        store.add(FACTS, store.start_run("kb", "1"))
        article = FACTS.article.url or ""
        withdraw(store, article, reason="asked for", by="Ann", note="a letter")
    said = 'SELECT id, uid, article, reason, "by", recorded_at, note FROM withdrawal ORDER BY id'
    with sqlite3.connect(path) as database:
        (first,) = database.execute(said).fetchall()
    step(path, "0019", down=True)
    database = sqlite3.connect(path)
    assert database.execute(said).fetchall() == [first]
    with pytest.raises(sqlite3.IntegrityError, match="a withdrawal is never deleted"):
        database.execute("DELETE FROM withdrawal")
    database.close()
    with Store.open(path) as store:
        withdraw(store, article, reason="a court said so", by="Bob", note=None)
        both = store.driver.execute(said).fetchall()
        assert [tuple(row)[3:5] for row in both] == [("asked for", "Ann"), ("a court said so", "Bob")]
        with pytest.raises(sqlite3.IntegrityError, match="a withdrawal never changes"):
            store.driver.execute("UPDATE withdrawal SET reason = 'none'")
        assert check(store) == []
    step(path, "0019", down=True)  # where an article goes once
    database = sqlite3.connect(path)
    assert database.execute(said).fetchall() == [first]
    database.close()
    with Store.open(path) as store:
        assert check(store) == []


def test_a_failed_migration_leaves_the_base_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "kb.db"

    def failing() -> None:
        with migrating(path) as connection:
            connection.exec_driver_sql("CREATE TABLE half (made INTEGER)")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    assert not objects(path)


def test_a_base_of_a_newer_kb_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    with Store.open(path) as store:
        store.driver.execute("UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    for read_only in (True, False):
        with pytest.raises(
            StoreError, match=f"made by a newer kb .schema 9999, known here: {HEAD}.: upgrade kb"
        ):
            Store.open(path, read_only=read_only)
    assert path.read_bytes() == before


def test_an_older_base_is_not_changed_by_reading(tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    Store.open(path).close()
    step(path, "0006", down=True)
    with pytest.raises(StoreError, match="kb migrate"):
        Store.open(path, read_only=True)
    Store.open(path).close()
    Store.open(path, read_only=True).close()


def _open(path: Path) -> int:
    with Store.open(path) as store:
        return store.start_run("kb", "1")


def test_several_at_first_use_make_one_base(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        runs = list(pool.map(_open, [tmp_path / "kb.db"] * 4))
    assert sorted(runs) == [1, 2, 3, 4]


def test_the_sql_can_be_printed() -> None:
    assert "CREATE VIEW figures" in alembic(Path("unused.db"), "upgrade", "head", "--sql")
