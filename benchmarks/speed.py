"""`python -m benchmarks.speed [ARTICLES.jsonl [SIZE [CLAIMS]]]`: what kb costs, as ratios of one run.

ARTICLES holds a line `{text, title, published, url}` an article; without it the articles of `data/`
are read. SIZE is the number of articles in the large base, made of the beginnings of some of these with
other names, figures and days (1000 unless told); the small one has 300. Both are grouped in one go, and the
articles that are measured come one by one. CLAIMS is that of `benchmarks.series`. Seconds are processor
seconds of this process, so that other work on the machine counts little, but where the clock is named; what
is compared is done on the same texts, one after the other. At the end stand the times of the browser's pages.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import mean, median
from typing import TypeVar

from benchmarks import browse
from benchmarks.series import asked_for, compared
from benchmarks.variations import Variation, lead
from kb.extract import extract
from kb.extract.document import MODEL, analyse, chunks
from kb.extract.quantities import find_quantities
from kb.extract.times import find_times
from kb.knowledge import KnowledgeBase
from kb.model.values import Article, Facts
from kb.read import find_files, read_file
from kb.resolve import regroup, regroup_articles
from kb.store import Store

MOST = 300  # articles of ARTICLES that are read
PROBES = 100  # articles whose storing and grouping is measured in a small and in a large base
WARMING = 10  # articles before them: word lists are read, statements prepared
SMALL = 300  # articles in the small one
TEMPLATES = 20  # articles that those in the bases are made of
DATA = Path(__file__).parents[1] / "data" / "articles"

Result = TypeVar("Result")


@dataclass(frozen=True)
class Ratio:
    """A line of the table: how many times as much one thing costs as another, and what we aim at."""

    what: str
    cost: float
    of: float
    aim: float | None = None

    def __str__(self) -> str:
        aim = f"{self.aim:g}" if self.aim else ""
        return f"{self.what:<66} {self.cost:8.3f} s {self.of:8.3f} s {self.cost / self.of:7.2f} {aim:>6}"


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Processor seconds, and the result."""
    begin = time.process_time()
    result = work()
    return time.process_time() - begin, result


def read_articles(source: Path | None) -> list[Article]:
    """The texts that everything is measured on."""
    if source is None:
        return [read_file(path) for path in find_files(DATA)] * 5
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()][:MOST]
    return [
        Article(
            row["text"],
            title=row.get("title"),
            published=row.get("published"),
            url=row.get("url"),
            language="en",
        )
        for row in rows
    ]


def reading(articles: list[Article], folder: Path) -> Iterator[Ratio]:
    """Extraction, and loading as a whole, against spaCy's pipeline as it comes."""
    import spacy

    bare = spacy.load(MODEL)
    texts = [article.text for article in articles]
    extract(articles[0])  # the model and the word lists are loaded before anything is measured
    spacy_alone, _ = timed(lambda: list(bare.pipe(part for text in texts for part in chunks(text))))
    documents = [analyse(article) for article in articles]
    rules, _ = timed(lambda: [find_quantities(document, find_times(document)) for document in documents])
    whole, found = timed(lambda: [extract(article) for article in articles])
    yield Ratio("times and quantities / spaCy's pipeline", rules, spacy_alone, 0.5)
    yield Ratio("kb extract / spaCy's pipeline", whole, spacy_alone, 1.4)
    with Store.open(folder / "read.db") as store:
        stored = sum(put(store, found))
        rows = timed(lambda: copied(store, folder / "raw.db"))[0]
    yield Ratio("extracting, storing and grouping / spaCy's pipeline", whole + stored, spacy_alone, 1.5)
    yield Ratio("storing and grouping / all of loading", stored, whole + stored, 0.15)
    yield Ratio("storing and grouping / inserting the same rows into bare SQLite", stored, rows)
    one, two = (loaded(articles, folder, jobs) for jobs in (1, 2))
    yield Ratio("kb load --jobs 2 / --jobs 1, by the clock, on an idle machine", two, one, 0.6)


def loaded(articles: list[Article], folder: Path, jobs: int) -> float:
    """The seconds by the clock that a load takes, with the start of its processes."""
    table = folder / "articles.jsonl"
    named = ("text", "title", "published", "url")
    lines = (json.dumps({name: getattr(article, name) for name in named}) for article in articles)
    table.write_text("\n".join(lines), encoding="utf-8")
    where = ["--db", str(folder / f"jobs-{jobs}.db")]
    command = [sys.executable, "-m", "kb", "load", str(table), *where, "--jobs", str(jobs)]
    begin = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    return time.monotonic() - begin


def put(store: Store, found: Iterable[Facts]) -> list[float]:
    """Store and group articles, each in its transaction; the seconds that each took."""
    run_id = store.start_run("benchmark")
    return [timed(lambda: _put(store, facts, run_id))[0] for facts in found]  # noqa: B023


def _put(store: Store, facts: Facts, run_id: int) -> None:
    with store.transaction() as connection:
        revision_id = store.add(facts, run_id).revision_id
        if revision_id is not None:
            regroup(connection, revision_id)


def fill(store: Store, found: Iterable[Facts]) -> None:
    """Store articles and group them in one go: the base is the same as if they had come one by one."""
    run_id = store.start_run("benchmark")
    with store.transaction() as connection:
        for facts in found:
            store.add(facts, run_id)
        articles = list(connection.exec_driver_sql("SELECT id FROM article").scalars())
        regroup_articles(connection, articles, {}, {}, ())


def copied(store: Store, target: Path) -> None:
    """All rows of a base into tables without keys, indexes and checks, in one transaction."""
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%'"
    with sqlite3.connect(target) as raw:
        for (name,) in store.driver.execute(names).fetchall():
            rows = store.driver.execute(f"SELECT * FROM {name}")
            columns = [column[0] for column in rows.description]
            raw.execute(f"CREATE TABLE {name} ({', '.join(f'[{column}]' for column in columns)})")
            raw.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", rows)
    raw.close()


def growing(size: int, articles: list[Article], folder: Path) -> Iterator[Ratio]:
    """Grouping, and the questions, in a small base and in one of so many articles."""
    templates = _templates(articles)

    def made_up(first: int, count: int) -> Iterator[Facts]:
        return (Variation(templates[n % len(templates)], n).facts() for n in range(first, first + count))

    small, large = folder / "small.db", folder / "large.db"
    costs = []
    for path, count in ((small, SMALL), (large, size)):
        with Store.open(path) as store:
            fill(store, made_up(0, count))
            put(store, made_up(count, WARMING))
            costs.append(put(store, made_up(size + WARMING, PROBES)))
    what = f"storing and grouping an article in a base of {size} / of {SMALL}"
    for of, figure in (("mean", mean), ("median", median)):
        yield Ratio(f"{what}, {of} of {PROBES}", figure(costs[1]), figure(costs[0]), 2)
    with KnowledgeBase(small, read_only=True) as base:
        one = next(figure for figure in base.figures() if figure.place)
        (name, *_) = (entity.name for entity in base.entities(kind="person", limit=1))
    questions: dict[str, Callable[[KnowledgeBase], object]] = {
        "figures of one measure and place": lambda base: base.figures(one.measure, place=one.place),
        "timeline of one entity": lambda base: base.timeline(entity=name),
        "search of a name": lambda base: base.search(name),
    }
    for what, ask in questions.items():
        with KnowledgeBase(large, read_only=True) as base:
            after = timed(lambda: ask(base))[0]  # noqa: B023
        with KnowledgeBase(small, read_only=True) as base:
            before = timed(lambda: ask(base))[0]  # noqa: B023
        yield Ratio(f"{what} in a base of {size} / of {SMALL}", after, before)


def _templates(articles: list[Article]) -> list[Facts]:
    """Beginnings of articles that state a figure and an event, and name more than countries."""
    found = (lead(extract(article)) for article in articles)
    telling = (facts for facts in found if facts.claims and facts.reports and _varies(facts))
    return list(islice(telling, TEMPLATES))


def _varies(facts: Facts) -> bool:
    """Whether others with other names are other texts; of one that names countries alone all were copies."""
    return Variation(facts, 0).facts().article.text != facts.article.text


def main() -> None:
    """Measure and print the table."""
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    size = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    claims = asked_for(sys.argv[3:])
    articles = read_articles(source)
    print(f"{len(articles)} articles, {sum(len(article.text.split()) for article in articles)} words")
    print(f"{'what / of what':<66} {'what':>10} {'of':>10} {'ratio':>7} {'aim':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for part in (reading(articles, Path(folder)), growing(size, articles, Path(folder))):
            for ratio in part:
                print(ratio, flush=True)
    for line in compared(claims):
        print(line, flush=True)
    for line in browse.compared():
        print(line, flush=True)


if __name__ == "__main__":
    main()
