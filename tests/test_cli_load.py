"""Loading on the command line: what is told, what is stored, and what happens to bad input."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.kill import write_articles
from kb import KnowledgeBase
from kb.errors import StoreError
from tests.command import Command
from tests.conftest import ARTICLES

TEXT = """Harbour strike ends

June 3, 2026

About 300 dockers in Odesa went back to work on Tuesday, the port authority said.
"""


@pytest.fixture
def kb(capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(capsys)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "strike.txt"
    path.write_text(TEXT)
    return path


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "kb.db"


def count(db: Path, table: str) -> int:
    with sqlite3.connect(db) as connection:
        found: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    connection.close()
    return found


def contents(db: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows, but for the log: runs and attempts."""
    connection = sqlite3.connect(db)
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('run', 'attempt')"
    tables = [name for (name,) in connection.execute(query)]
    rows = {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables}
    connection.close()
    return rows


def test_loading_tells_and_stores(kb: Command, article: Path, db: Path) -> None:
    ran = kb("load", article, "--db", db)
    assert (ran.code, ran.out) == (0, "1 loaded\n")
    assert "strike.txt" in ran.err
    (figure,) = json.loads(kb("figures", "--db", db, "--json").out)
    assert (figure["comparator"], figure["low"], figure["high"]) == ("~", 300, 300)
    assert figure["title"] == "Harbour strike ends"
    assert figure["published"] == "2026-06-03"
    assert kb("check", "--db", db).code == 0


def test_loading_again_changes_nothing_but_the_log(kb: Command, base_path: Path) -> None:
    before, attempts = contents(base_path), count(base_path, "attempt")
    ran = kb("load", ARTICLES, "--db", base_path)
    assert (ran.code, ran.out) == (0, f"{attempts} unchanged\n")
    assert contents(base_path) == before
    assert count(base_path, "attempt") == 2 * attempts


def test_what_is_said_later_is_added_without_a_copy(kb: Command, article: Path, db: Path) -> None:
    kb("load", article, "--db", db)
    (before,) = json.loads(kb("figures", "--db", db, "--json").out)
    ran = kb("load", article, "--url", "https://example.org/strike", "--publisher", "Port Paper", "--db", db)
    assert ran.out == "1 revised\n"
    (after,) = json.loads(kb("figures", "--db", db, "--json").out)
    assert after == before | {"url": "https://example.org/strike", "publisher": "Port Paper"}
    assert kb("load", article, "--db", db).out == "1 unchanged\n"
    assert (count(db, "article"), count(db, "revision")) == (1, 2)
    assert kb("check", "--db", db).code == 0


def test_a_date_given_later_dates_what_was_relative(kb: Command, article: Path, db: Path) -> None:
    article.write_text("Dockers in Odesa went on strike on Tuesday.\n")
    kb("load", article, "--db", db)
    assert [row["date"] for row in json.loads(kb("timeline", "--db", db, "--json").out)] == [None]
    kb("load", article, "--published", "2026-06-04", "--db", db)
    assert [row["date"] for row in json.loads(kb("timeline", "--db", db, "--json").out)] == ["2026-06-02"]
    assert kb("check", "--db", db).code == 0


BAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "blank": (b" \n\n\t ", "empty"),
    "binary": (bytes(range(256)) * 20, "binary"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(100), "image"),
    "too large": (b"A word and another. " * 1_000_000, "--max-text"),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_sources_are_told_and_the_rest_goes_on(
    kb: Command, article: Path, db: Path, tmp_path: Path, kind: str
) -> None:
    content, said = BAD[kind]
    bad = tmp_path / "a bad one.txt"
    bad.write_bytes(content)
    ran = kb("load", bad, tmp_path / "missing.txt", article, "--db", db)
    assert (ran.code, ran.out) == (1, "1 loaded, 2 failed\n")
    (about_bad, about_missing, _) = ran.err.splitlines()
    assert str(bad) in about_bad
    assert said in about_bad
    assert "missing.txt" in about_missing
    assert count(db, "article") == 1
    with sqlite3.connect(db) as connection:
        logged = connection.execute("SELECT outcome, reason IS NOT NULL FROM attempt ORDER BY id").fetchall()
    connection.close()
    assert logged == [("failed", 1), ("failed", 1), ("loaded", 0)]
    assert kb("check", "--db", db).code == 0


def test_another_encoding_is_read(kb: Command, article: Path, db: Path) -> None:
    words = "Some 300 people lived near the café in Łódź, the “old” quarter, in 2020.\n"
    article.write_bytes(words.encode("cp1250"))
    ran = kb("load", article, "--db", db)
    if ran.code:
        assert "encoding" in ran.err
    else:
        assert "300" in kb("figures", "--db", db).out


@pytest.mark.parametrize(
    "options",
    [
        ["--published", "2026-02-31"],
        ["--published", "yesterdayish"],
        ["--url", "https://example.org/a", "another.txt"],
        ["--title", "One title", "another.txt"],
    ],
)
def test_wrong_options_store_nothing(kb: Command, article: Path, db: Path, options: list[str]) -> None:
    ran = kb("load", article, *options, "--db", db)
    assert ran.code == 2
    assert ran.err.startswith("kb: ")
    assert count(db, "article") == count(db, "attempt") == 0
    assert kb("extract", article, *options[:2]).code == (0 if len(options) == 3 else 2)


def test_databases_that_cannot_be(kb: Command, article: Path, db: Path, tmp_path: Path) -> None:
    assert "is a folder" in kb("load", article, "--db", tmp_path).err
    assert kb("load", article, "--db", "/proc/kb.db").code == 1
    assert "there is no folder" in kb("load", article, "--db", tmp_path / "none" / "kb.db").err
    assert "is not a database" in kb("load", article, "--db", article).err
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE things (name TEXT)")
    other.close()
    assert "not a database of kb" in kb("load", article, "--db", tmp_path / "other.db").err
    assert kb("load", article, "--db", db).code == 0
    with sqlite3.connect(db) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.close()
    for command in (["load", article], ["figures"], ["migrate"], ["check"]):
        ran = kb(*command, "--db", db)
        assert (ran.code, "upgrade kb" in ran.err) == (1, True)


def test_a_full_disk(kb: Command, base_path: Path, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(base_path)
    whole = KnowledgeBase.__init__

    def on_a_full_disk(self: KnowledgeBase, *arguments: object, **options: object) -> None:
        whole(self, *arguments, **options)  # type: ignore[arg-type]
        pages = self._store.driver.execute("PRAGMA page_count").fetchone()[0]
        self._store.driver.execute(f"PRAGMA max_page_count = {pages}")

    monkeypatch.setattr(KnowledgeBase, "__init__", on_a_full_disk)
    article.write_text(TEXT * 400)
    ran = kb("load", article, "--db", base_path)
    assert ran.code == 1
    assert "the disk is full" in ran.err
    monkeypatch.undo()
    assert contents(base_path) == before
    assert kb("check", "--db", base_path).code == 0


@pytest.mark.slow
def test_an_interrupt_leaves_whole_articles(kb: Command, tmp_path: Path, db: Path) -> None:
    folder = tmp_path / "many"
    write_articles(folder)
    number = len(list(folder.iterdir()))
    # Tests that run in the background of a shell ignore the signal, and what they start would do so too.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    loading = subprocess.Popen(
        [sys.executable, "-m", "kb", "load", folder, "--db", db],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    signal.signal(signal.SIGINT, before)
    assert loading.stderr is not None
    first = loading.stderr.readline()
    assert "loaded" in first
    loading.send_signal(signal.SIGINT)
    out, err = loading.communicate(timeout=300)
    assert loading.returncode == 130
    assert "interrupted" in err
    assert "Traceback" not in err
    told = 1 + sum(line.startswith("loaded") for line in err.splitlines())
    assert out.startswith(f"{told} loaded")
    assert told <= count(db, "article") <= told + 1  # one may be in, and not told yet
    assert kb("check", "--db", db).code == 0
    assert kb("load", folder, "--db", db).code == 0
    assert count(db, "article") == number


def test_backup_and_migrate(kb: Command, base_path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert kb("backup", copy, "--db", base_path).code == 0
    assert contents(copy) == contents(base_path)
    ran = kb("backup", copy, "--db", base_path)
    assert (ran.code, "already" in ran.err) == (1, True)
    assert kb("migrate", "--db", tmp_path / "new.db").code == 0
    assert kb("figures", "--db", tmp_path / "new.db", "--json").out == "[]\n"


def test_check_names_what_was_tampered_with(kb: Command, base_path: Path) -> None:
    with sqlite3.connect(base_path) as connection:
        connection.execute("DROP TRIGGER revision_frozen")
        connection.execute("UPDATE revision SET text = 'x' || text WHERE id = 1")
        connection.execute("UPDATE mention SET entity_id = NULL WHERE id = 1")
    connection.close()
    ran = kb("check", "--db", base_path)
    assert ran.code == 1
    assert "revision" in ran.err
    assert "entity" in ran.err
    assert len(json.loads(kb("check", "--db", base_path, "--json").out)) == len(ran.err.splitlines())


def test_extract_needs_no_database(
    kb: Command, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    facts = json.loads(kb("extract", article, "--json").out)
    assert facts["article"]["published"] == "2026-06-03"
    assert [figure["low"] for figure in facts["figures"]] == [300]
    assert "Harbour strike ends" in kb("extract", article).out
    assert [path.name for path in tmp_path.iterdir()] == ["strike.txt"]


def test_an_extract_that_cannot_be(kb: Command, tmp_path: Path) -> None:
    ran = kb("extract", tmp_path / "missing.txt", "--json")
    assert (ran.code, ran.out) == (1, "")
    assert "missing.txt" in ran.err


def test_python_tells_of_failures_at_the_end(article: Path, db: Path, tmp_path: Path) -> None:
    from kb import KbError

    with KnowledgeBase(db) as base:
        with pytest.raises(KbError, match="missing"):
            base.load(tmp_path / "missing.txt", article)
        assert len(base.figures()) == 1
        assert [step.outcome for step in base.load(article)] == ["unchanged"]
    shutil.copy(db, tmp_path / "copy.db")


def test_rows_that_cannot_be_read_and_the_rest(kb: Command, tmp_path: Path, db: Path) -> None:
    table = tmp_path / "rows.jsonl"
    table.write_text(
        '{"quote": "\\ud800 Nine people died in Riga on May 3, 2024."}\n'
        + "[" * 200_000
        + '\n{"quote": "Four lamps fell.", "url": "javascript:alert(1)"}\n'
        + '{"note": "Two bells rang in 2024."}\n',
        encoding="utf-8",
    )
    ran = kb("load", table, "--db", db)
    assert ran.code == 1
    assert "2 loaded, 2 failed" in ran.out
    assert "nested too deeply" in ran.err
    assert "no address of a page" in ran.err
    assert kb("check", "--db", db).code == 0


def test_a_table_of_something_else(kb: Command, tmp_path: Path, db: Path) -> None:
    table = tmp_path / "prices.csv"
    table.write_text("foo,bar\n1,2\n", encoding="utf-8")
    ran = kb("load", table, "--db", db)
    assert ran.code == 1
    assert "no column text, quote or note" in ran.err


def test_a_pipe_is_no_file(kb: Command, tmp_path: Path, db: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    ran = kb("load", tmp_path / "pipe.txt", "--db", db)
    assert ran.code == 1
    assert "a pipe or a device" in ran.err


def test_a_base_that_is_deleted_meanwhile(tmp_path: Path, article: Path, db: Path) -> None:
    with KnowledgeBase(db) as base:
        db.unlink()
        with pytest.raises(StoreError, match="deleted while it was open"):
            base.load(article)


def test_a_picture_never_replaces_a_database(kb: Command, base_path: Path, tmp_path: Path) -> None:
    before = base_path.read_bytes()
    ran = kb("series", "--plot", base_path, "--db", base_path)
    assert ran.code == 2
    assert "ends in .svg" in ran.err
    assert base_path.read_bytes() == before
    assert kb("timeline", "--plot", tmp_path / "none" / "x.svg", "--db", base_path).code == 1
    assert kb("timeline", "--plot", tmp_path / "x.svg", "--db", base_path).code == 0
    assert [path.name for path in tmp_path.glob("*.svg")] == ["x.svg"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "not a url", "https://", "https://a b.example.org/"])
def test_only_addresses_of_pages_are_kept(kb: Command, article: Path, db: Path, url: str) -> None:
    ran = kb("load", article, "--url", url, "--db", db)
    assert ran.code == 2
    assert "no address of a page" in ran.err
