"""Files that are no base, or cannot be written: a message that says what to do, and nothing half-made."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from kb.errors import KbError, StoreError, UsageError
from kb.model.values import Article, Facts
from kb.store import Store
from tests.store_facts import empty_base

FACTS = Facts(Article("Ann saw 12 cats."))


@pytest.mark.parametrize(
    "target",
    [
        "postgresql://host/kb",
        "sqlite://",
        "http://x/kb.db",
        "",
        ":memory:",
        "sqlite:///",
        "sqlite:///:memory:",
    ],
)
def test_a_target_that_is_no_file(target: str) -> None:
    with pytest.raises(UsageError, match="kb keeps its base in"):
        Store.open(target)


def test_a_path_or_a_url(tmp_path: Path) -> None:
    path = tmp_path / "an odd ?name#.db"
    for target in (path, str(path), f"sqlite:///{path}"):
        with Store.open(target) as store:
            assert store.path == path
    assert path.is_file()


def test_nothing_is_made_by_asking(tmp_path: Path) -> None:
    for options in ({"create": False}, {"read_only": True}):
        with pytest.raises(StoreError, match=r"no database at .*: load an article first"):
            Store.open(tmp_path / "kb.db", **options)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"plain text, no database", "is not a database"),
        (b"SQLite format 3\0" + b"x" * 100, "is not a database"),
    ],
)
def test_files_of_another_kind_are_left_alone(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "kb.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=said):
        Store.open(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE article (id INTEGER)",
        "CREATE TABLE alembic_version (version_num TEXT); CREATE TABLE other (id INTEGER)",
    ],
)
def test_databases_of_others_are_left_alone(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "other.db"
    database = sqlite3.connect(path)
    database.executescript(statement)
    database.close()
    content = path.read_bytes()
    with pytest.raises(StoreError, match="is not a database of kb"):
        Store.open(path)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_an_empty_file_becomes_a_base(tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    path.touch()
    with pytest.raises(StoreError, match="empty file"):
        Store.open(path, create=False)
    Store.open(path).close()
    Store.open(path, create=False).close()


def test_folders(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder: name a file in it"):
        Store.open(tmp_path)
    with pytest.raises(StoreError, match="there is no folder"):
        Store.open(tmp_path / "nowhere" / "kb.db")


def test_what_is_open_for_reading_is_not_written(tmp_path: Path) -> None:
    empty_base(tmp_path).close()
    with Store.open(tmp_path / "kb.db", read_only=True) as store:
        assert not store.known(FACTS.article).unchanged
        with pytest.raises(StoreError, match="reading only"):
            store.start_run("kb", "1")


def test_a_full_disk(tmp_path: Path) -> None:
    with empty_base(tmp_path) as store:
        run = store.start_run("kb", "1")
        pages = store.driver.execute("PRAGMA page_count").fetchone()[0]
        store.driver.execute(f"PRAGMA max_page_count = {pages + 4}")  # SQLite says the same of a full disk
        with pytest.raises(StoreError, match="the disk is full: free some space and run this again"):
            store.add(Facts(Article("Ann saw 12 cats. " * 10_000)), run)
        store.driver.execute("PRAGMA max_page_count = 1000000")
        assert store.driver.execute("SELECT count(*) FROM article").fetchone() == (0,)
        assert store.add(FACTS, run).status == "loaded"


def test_a_damaged_base(tmp_path: Path) -> None:
    with empty_base(tmp_path) as store:
        store.add(FACTS, store.start_run("kb", "1"))
    path = tmp_path / "kb.db"
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\xff" * 3996
    path.write_bytes(content)
    with pytest.raises(StoreError, match="is damaged: go back to a copy"):
        Store.open(path)


READ_ONLY = """
import os, sys
import alembic.command, alembic.config
from kb.check import check
from kb.errors import StoreError
from kb.store import Store
with Store.open("kb.db", read_only=True) as store:
    check(store)  # loads what root alone may load
if os.geteuid() == 0:  # and root may write anywhere
    os.setgid(65534); os.setuid(65534)
with Store.open("kb.db", read_only=True) as store:
    print(store.driver.execute("SELECT count(*) FROM article").fetchone()[0], check(store))
for name in ("kb.db", "new.db"):
    try:
        with Store.open(name) as store:
            store.start_run("kb", "1")
    except StoreError as error:
        print(error)
"""


def test_a_read_only_folder() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with empty_base(folder) as store:
            store.add(FACTS, store.start_run("kb", "1"))
        (folder / "kb.db").chmod(0o444)
        folder.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", READ_ONLY],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
            capture_output=True,
            text=True,
            check=False,
        )
        folder.chmod(0o755)
    assert done.returncode == 0, done.stderr
    read, written, made = done.stdout.splitlines()
    assert read == "1 []"
    assert written.startswith("kb.db: cannot be")
    assert made.startswith("new.db: cannot be opened or made: are the folder and the file yours to write?")


def test_every_message_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    path.write_text("no database at all")
    with pytest.raises(KbError, match=str(path)):
        Store.open(path)
