"""A process killed in the middle of a load: the base opens, holds, and another load completes it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

from kb.check import check
from kb.store import Store

ARTICLES, ROUNDS = 50, 4  # without extraction; `benchmarks.kill` has the whole way of an article
LOAD = """
import sys
from kb.model.values import Article, Claim, Entity, Facts, Mention, Span
from kb.resolve import regroup
from kb.store import Store

with Store.open(sys.argv[1]) as store:
    run = store.start_run("kb", "1")
    for number in range(int(sys.argv[2])):
        lines = [f"Ann {number} saw {line} cats." for line in range(20)]
        text, sentences = "\\n".join(lines), []
        for line in lines:
            start = text.index(line)
            sentences.append(Span(start, start + len(line), line))
        claims = []
        for line, sentence in enumerate(sentences):
            start = sentence.end_char - len(f"{line} cats.")
            phrase = Span(start, sentence.end_char - 1, f"{line} cats")
            claims.append(Claim(phrase, sentence, "=", line, line, "cats", f"cats of {number}"))
        ann = Entity("Ann", "person", (Mention(Span(0, 3, "Ann")),))
        article = Article(text, title="Cats", url=f"https://example.org/{number}", raw=text.encode())
        known = store.known(article)
        print(number, flush=True)
        if not known.unchanged:
            with store.transaction() as connection:
                facts = Facts(known.article, tuple(sentences), (), (ann,), tuple(claims))
                outcome = store.add(facts, run)
                regroup(connection, outcome.revision_id)
                store.attempt(run, article.url, outcome.status)
"""


def load(path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", LOAD, str(path), str(ARTICLES)],
        cwd=Path(__file__).parents[1],
        stdout=subprocess.PIPE,
        text=True,
    )


def counts(store: Store) -> tuple[int, ...]:
    tables = ("article", "revision", "raw", "reading", "claim", "mention", "attempt", "passage")
    return tuple(store.driver.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)


def test_a_killed_load_leaves_whole_articles(tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    for _ in range(ROUNDS):
        process = load(path)
        assert process.stdout
        for _ in range(random.randrange(ARTICLES)):
            process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)
        process.stdout.close()
        process.wait()
        if path.exists() and path.stat().st_size:
            with Store.open(path) as store:
                assert check(store) == []
                articles, *others = counts(store)
                assert others == [articles] * 3 + [articles * 20, articles, articles, articles * 21]
    with load(path) as process:
        assert process.stdout
        process.stdout.read()
    with Store.open(path) as store:
        assert check(store) == []
        assert counts(store)[:2] == (ARTICLES, ARTICLES)
