"""Loading with several processes, and several loads at once: the same base, whoever runs beside."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pexpect
import pytest

import kb.workers.pool
from benchmarks.kill import facts, write_articles
from kb import KnowledgeBase
from kb.errors import UsageError
from tests.command import Command

# A process that dies of one article, as one without memory would.
MORTAL = """
import os, signal
import kb.workers.process as process
whole = process.extract
def extract(article):
    if "Riga" in article.text:
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(article)
process.extract = extract
process.main()
"""
MOMENTS = ("recorded_at", "retrieved_at")


@pytest.fixture
def kb_command(capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(capsys)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four short articles, one of them in two files."""
    path = tmp_path_factory.mktemp("some") / "articles"
    write_articles(path)
    for file in sorted(path.iterdir())[4:]:
        file.unlink()
    (path / "99.txt").write_bytes((path / "02.txt").read_bytes())
    return path


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of a base, without the moments at which they were written."""
    connection = sqlite3.connect(path)
    found = {}
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info([{table}])")]
        kept = ", ".join(f"[{column}]" for column in columns if column not in MOMENTS)
        found[table] = connection.execute(f"SELECT {kept} FROM [{table}]").fetchall()
    connection.close()
    return found


def test_the_number_of_jobs_changes_nothing(tmp_path: Path, folder: Path) -> None:
    said = [folder, folder / "00.txt"]
    done = []
    for jobs in (1, 2):
        with KnowledgeBase(tmp_path / f"{jobs}.db") as base:
            done.append([(step.source, str(step)) for step in base.load(*said, jobs=jobs)])
            assert base.check() == []
    assert done[0] == done[1]
    assert [line.split()[0] for _, line in done[1]] == ["loaded"] * 4 + ["unchanged"] * 2
    assert rows(tmp_path / "1.db") == rows(tmp_path / "2.db")


def test_no_jobs_at_all(tmp_path: Path, folder: Path) -> None:
    with KnowledgeBase(tmp_path / "kb.db") as base, pytest.raises(UsageError, match="0 jobs"):
        base.load(folder, jobs=0)


@pytest.mark.slow
def test_what_one_source_says_of_another_is_known_when_it_is_stored(tmp_path: Path) -> None:
    """Both are extracted at once, but the second is stored as what the first one leaves it to be."""
    table = tmp_path / "rows.jsonl"
    text = "Nine dockers were freed in Gdansk on Monday, the union said."
    lines = [{"text": text, "published": "2026-03-04"}, {"text": text, "url": "https://example.org/a"}]
    table.write_text("\n".join(map(json.dumps, lines)))
    for jobs in (1, 2):
        with KnowledgeBase(tmp_path / f"{jobs}.db") as base:
            assert [step.outcome for step in base.load(table, jobs=jobs)] == ["loaded", "revised"]
            (figure,) = base.figures()
            assert (figure.date, figure.url) == ("2026-03-02", "https://example.org/a")
            assert base.check() == []
    assert rows(tmp_path / "1.db") == rows(tmp_path / "2.db")


@pytest.mark.slow
def test_a_process_that_dies_fails_its_article_alone(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kb.workers.pool, "_COMMAND", (sys.executable, "-c", MORTAL))
    with KnowledgeBase(tmp_path / "kb.db") as base:
        done = list(base.load_each([folder], jobs=2))
        outcomes = [(Path(step.source).name, step.outcome) for step in done]
        (failed,) = [step for step in done if step.outcome == "failed"]
        assert ("03.txt", "failed") in outcomes
        assert [outcome for _, outcome in outcomes].count("loaded") == 3
        assert "killed by signal 9" in str(failed.reason)
        assert failed.again == {"kb load": str(folder / "03.txt")}
        monkeypatch.undo()
        assert [step.outcome for step in base.load(folder)].count("loaded") == 1
        assert base.check() == []


def children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for file in listed for child in file.read_text().split()]


def is_running(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except FileNotFoundError:
        return False


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_no_process_is_left(tmp_path: Path, how: signal.Signals) -> None:
    write_articles(tmp_path / "many")
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    loading = subprocess.Popen(
        [sys.executable, "-m", "kb", "load", tmp_path / "many", "--db", tmp_path / "kb.db", "--jobs", "2"],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    signal.signal(signal.SIGINT, before)
    assert loading.stderr is not None
    assert loading.stderr.readline().startswith("loaded")
    workers = children(loading.pid)
    assert len(workers) == 2
    loading.send_signal(how)
    out, err = loading.communicate(timeout=300)
    assert "Traceback" not in err
    if how is signal.SIGINT:
        assert loading.returncode == 130
        told = 1 + sum(line.startswith("loaded") for line in err.splitlines())
        assert out.startswith(f"{told} loaded")
    for _ in range(300):  # those of a killed parent find out when they answer
        if not any(map(is_running, workers)):
            break
        time.sleep(0.1)
    assert not any(map(is_running, workers))
    with KnowledgeBase(tmp_path / "kb.db") as base:
        assert base.check() == []


@pytest.mark.slow
def test_two_loads_and_a_reader_at_once(tmp_path: Path) -> None:
    """Two processes load overlapping folders into a base that neither finds there; a third one reads it."""
    everything, parts = tmp_path / "all", [tmp_path / "first", tmp_path / "second"]
    write_articles(everything)
    files = sorted(everything.iterdir())
    for file in files[24:]:
        file.unlink()
    for part, some in zip(parts, (files[:16], [*reversed(files[8:24])])):
        part.mkdir()
        for number, file in enumerate(some):
            (part / f"{number:02}.txt").write_bytes(file.read_bytes())
    db = tmp_path / "kb.db"
    counts, publisher = [], ("--publisher", "The Example")
    with contextlib.ExitStack() as running:
        loading = [
            running.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", "kb", "load", part, "--db", db, "--jobs", jobs, *publisher],
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    text=True,
                )
            )
            for part, jobs in zip(parts, ("1", "2"))
        ]
        while any(process.poll() is None for process in loading):
            if db.exists() and db.stat().st_size:
                # Waits as any connection does: while the last writer empties the WAL, the base is locked.
                reader = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
                try:
                    counts.append(reader.execute("SELECT count(*) FROM article").fetchone()[0])
                except sqlite3.OperationalError as error:
                    if counts or "no such table" not in str(error):  # it is being made
                        raise
                finally:
                    reader.close()
            time.sleep(0.01)
        told = [process.communicate() for process in loading]
    assert [process.returncode for process in loading] == [0, 0], told
    assert counts == sorted(counts)
    assert {0, 24} < set(counts) | {0, 24}  # it has read in between
    outcomes = [line.split()[0] for _, err in told for line in err.splitlines()]
    assert (outcomes.count("loaded"), outcomes.count("unchanged")) == (24, 8)
    with KnowledgeBase(tmp_path / "one.db") as base:
        base.load(everything, publisher="The Example")
    with KnowledgeBase(db) as base:
        assert base.check() == []
    assert facts(db) == facts(tmp_path / "one.db")


def test_what_failed_is_written_so_that_it_loads_again(kb_command: Command, tmp_path: Path) -> None:
    table, empty, missing = tmp_path / "rows.csv", tmp_path / "a.txt", tmp_path / "b.txt"
    table.write_text("body,url\nSeven bells rang in 2024.,\n,nowhere\n")
    empty.write_text("")
    db, failed = tmp_path / "kb.db", tmp_path / "failed.jsonl"
    again = ("--db", db, "--failures", failed)
    ran = kb_command(
        "load", table, empty, missing, "--map", "text=body", "--publisher", "The Example", *again
    )
    assert (ran.code, ran.out) == (1, "1 loaded, 3 failed\n")
    written = [json.loads(line) for line in failed.read_text().splitlines()]
    assert [Path(row["kb load"]).name for row in written] == ["rows.csv", "a.txt", "b.txt"]
    assert all(row["publisher"] == "The Example" and row["reason"] for row in written)
    empty.write_text("Eight bells rang in Odesa in 2024.\n")
    table.write_text("body,url\nSeven bells rang in 2024.,\nNine bells rang in 2024.,https://example.org/a\n")
    ran = kb_command("load", failed, "--db", db, "--json")
    assert ran.code == 1
    counts = json.loads(ran.out)
    assert (counts["loaded"], counts["unchanged"], counts["failed"]) == (2, 1, 1)
    assert [Path(one["source"]).name for one in counts["failures"]] == ["b.txt"]
    with KnowledgeBase(db) as base:
        assert {figure.publisher for figure in base.figures()} == {"The Example"}


def test_failures_go_into_a_file_of_their_own(kb_command: Command, tmp_path: Path) -> None:
    source = tmp_path / "failed.jsonl"
    source.write_text('{"kb load": "/nowhere.txt"}\n')
    ran = kb_command("load", source, "--failures", source, "--db", tmp_path / "kb.db")
    assert (ran.code, "another file" in ran.err) == (2, True)
    assert source.read_text()
    ran = kb_command("load", source, "--failures", tmp_path / "no" / "f.jsonl", "--db", tmp_path / "kb.db")
    assert (ran.code, "cannot be written" in ran.err) == (2, True)


def test_files_are_named_by_their_user_alone(kb_command: Command, tmp_path: Path) -> None:
    import zipfile

    secret, archive, loop = tmp_path / "secret.txt", tmp_path / "rows.zip", tmp_path / "loop.jsonl"
    secret.write_text("Nine keys were lost in 2024.\n")
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("rows.jsonl", json.dumps({"kb load": str(secret)}) + "\n")
    ran = kb_command("load", archive, "--db", tmp_path / "kb.db")
    assert (ran.code, "an archive may not name files" in ran.err) == (1, True)
    loop.write_text(json.dumps({"kb load": str(loop)}) + "\n")
    ran = kb_command("load", loop, "--db", tmp_path / "kb.db")
    assert (ran.code, "leads to itself" in ran.err) == (1, True)


def test_reprints_are_counted(kb_command: Command, tmp_path: Path) -> None:
    body = (
        "The keeper of the old lighthouse counted 31 crates of pears on the quay before noon. "
        "Nobody had asked for them, said the harbour master, who sent most of the fruit to a school. "
        "What was left over went by rail to an inland market the following week."
    )
    for name, end in (("a", ""), ("b", " It was sold there.")):
        (tmp_path / f"{name}.txt").write_text(f"Pears on the quay\n\nMay 3, 2024\n\n{body}{end}\n")
    ran = kb_command("load", tmp_path / "a.txt", tmp_path / "b.txt", "--db", tmp_path / "kb.db")
    assert (ran.code, ran.out) == (0, "2 loaded (1 reprint)\n")


def test_a_terminal_shows_how_far_it_is(tmp_path: Path, folder: Path) -> None:
    command = ["-m", "kb", "load", str(folder), "--db", str(tmp_path / "kb.db")]
    shown = pexpect.spawn(sys.executable, command, encoding="utf-8", timeout=300, dimensions=(24, 200))
    shown.expect(r"loaded     \S*00\.txt")
    shown.expect(r"100%.* 5 articles, \S+/s")
    shown.expect("4 loaded.*, 1 unchanged")
    shown.expect(pexpect.EOF)
    shown.close()
    assert shown.exitstatus == 0


def test_what_is_in_is_not_read_again(
    kb_command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<html><head><title>Bells</title></head><body><article><h1>Bells of the town</h1>"
        + "<p>Nine bells rang in Odesa on May 3, 2024, the council of the town said on Monday.</p>" * 3
        + "</article></body></html>"
    )
    db = tmp_path / "kb.db"
    assert kb_command("load", page, "--db", db).out == "1 loaded\n"

    def read_html(*_: object, **__: object) -> None:
        raise AssertionError

    with monkeypatch.context() as patched:
        patched.setattr("kb.read.sources.single.read_html", read_html)
        assert kb_command("load", page, "--db", db).out == "1 unchanged\n"
        assert kb_command("load", page, "--publisher", "The Example", "--db", db).out == "1 revised\n"
        assert kb_command("load", page, "--publisher", "The Example", "--db", db).out == "1 unchanged\n"
    url = "https://example.org/bells"
    assert kb_command("load", page, "--url", url, "--db", db).out == "1 revised\n"
    assert kb_command("load", page, "--db", db).out == "1 unchanged\n"
    with KnowledgeBase(db) as base:
        assert {(figure.publisher, figure.url) for figure in base.figures()} == {("The Example", url)}
        assert base.check() == []
