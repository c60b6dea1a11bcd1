"""Loading sources of every kind on the command line: a folder of them, a crawl twice, a table, a pipe."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import samples
from tests.command import Command

ELSEWHERE = "http://127.0.0.1:9"  # never asked: an address of one's own network


@pytest.fixture
def kb(capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(capsys)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "kb.db"


def rows(db: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(db)
    found = connection.execute(query).fetchall()
    connection.close()
    return found


def test_a_folder_of_everything(kb: Command, tmp_path: Path, db: Path) -> None:
    folder = tmp_path / "all"
    folder.mkdir()
    for name, raw in samples.samples().items():
        (folder / name).write_bytes(
            raw.replace(b"https://example.org", ELSEWHERE.encode()) if name[0] in "ars" else raw
        )
    (folder / "all.zip").unlink()
    (folder / "index.xml.gz").unlink()
    (folder / ".hidden.txt").write_text("Nobody reads this.")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "again").symlink_to(folder)
    (folder / "gone.txt").symlink_to(folder / "nothing")
    ran = kb("load", folder, "--no-cache", "--db", db)
    assert ran.code == 1
    told = ran.err.splitlines()
    assert not any("hidden" in line or "again" in line for line in told)
    failed = [line for line in told if line.startswith("failed")]
    assert sum("is a PNG image" in line or "gone.txt does not exist" in line for line in failed) == 2
    assert all("127.0.0.1" in line for line in failed if "picture.png" not in line and "gone.txt" not in line)
    readers = {reader for (reader,) in rows(db, "SELECT DISTINCT reader FROM revision")}
    assert {"text/3", "html/3", "pdf/2", "feed/1", "rows/1"} <= readers
    assert kb("check", "--db", db).code == 0


def test_a_crawl_is_loaded_once(kb: Command, tmp_path: Path, db: Path) -> None:
    crawl = tmp_path / "crawl.warc.gz"
    crawl.write_bytes(samples.crawl(gzipped=True))
    assert kb("load", crawl, "--db", db).out == "3 loaded (1 reprint)\n"
    assert kb("load", crawl, "--db", db).out == "3 unchanged\n"
    said = rows(db, "SELECT url, retrieved_at FROM revision ORDER BY url")
    assert [(url, str(at)[:19]) for url, at in said] == [
        ("https://example.org/bridge", "2026-06-05 12:00:00"),
        ("https://example.org/ferry", "2026-06-05 12:00:00"),
        ("https://example.org/note.txt", "2026-06-05 12:00:00"),
    ]
    assert kb("check", "--db", db).code == 0


def test_the_columns_of_a_table(kb: Command, tmp_path: Path, db: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text('Body;When\n"About 300 dockers went home, they say.";3 June 2026\n', encoding="utf-8")
    ran = kb("load", table, "--map", "text=body,published=when", "--db", db)
    assert (ran.code, ran.out) == (0, "1 loaded\n")
    (figure,) = json.loads(kb("figures", "--db", db, "--json").out)
    assert (figure["low"], figure["published"]) == (300, "2026-06-03")
    ran = kb("load", table, "--map", "words=body", "--db", db)
    assert ran.code == 2
    assert "what can be named is text, quote, note" in ran.err
    ran = kb("load", table, "--map", "text=corpus", "--db", db)
    assert ran.code == 1
    assert "no column 'corpus'" in ran.err


def test_a_format_overrules(kb: Command, tmp_path: Path, db: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        f"{ELSEWHERE}/a\nAbout 300 dockers in Odesa went home on Tuesday, they say.\n{ELSEWHERE}/b\n"
    )
    assert "127.0.0.1" in kb("load", path, "--no-cache", "--db", db).err
    assert kb("load", path, "--format", "text", "--db", db).out == "1 loaded\n"
    assert kb("extract", path, "--format", "text").code == 0
    ran = kb("extract", path)
    assert ran.code == 1
    assert "a list of addresses" in ran.err
    for command in ("load", "extract"):
        ran = kb(command, path, "--format", "docx")
        assert ran.code == 2
        assert "no format that kb reads" in ran.err


def test_standard_input(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kb", "extract", "-", "--json"]
    ran = subprocess.run(command, input=samples.page(), capture_output=True, cwd=tmp_path, check=True)
    assert json.loads(ran.stdout)["article"]["title"] == "Bridge closes for two years"
    assert list(tmp_path.iterdir()) == []
