"""`python -m benchmarks.series [CLAIMS]`: series and conflicts in a base, and in one ten times as large.

CLAIMS (100000 unless told, at least `FEWEST`) are made up, `PER_SERIES` to a series, and stored without a
model. Seconds are processor seconds; the ratio of what a question costs stands beside that of the rows that
it has.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from kb import KnowledgeBase
from kb.model.values import Article, Claim, Facts, Interval, Reference, Span
from kb.resolve import regroup_articles
from kb.resolve.series.aligned import align
from kb.store import Store

CLAIMS = 100_000
FEWEST = 5_000  # claims, so that the smaller base has the series that is asked for
PER_ARTICLE = 100  # claims, or fewer where there are not so many series
PER_SERIES = 20  # claims; with their days, some of them are of one
PLACES = 100
DAYS = 60
_FIRST = dt.date(2024, 1, 1)
_ONE, _AT = "lamps000 counted", "Town 17"


@dataclass(frozen=True)
class Cost:
    """Processor seconds of one question, the rows that it answered with, and what we aim at."""

    what: str
    seconds: float
    rows: int
    aim: float | None = None


def measured_at(claims: int, folder: Path) -> Iterator[Cost]:
    """What questions cost in a base of so many made-up claims, `PER_SERIES` to a series."""
    path = folder / f"{claims}.db"
    with Store.open(path) as store:
        yield _cost("storing and grouping all", lambda: fill(store, claims))
    with KnowledgeBase(path, read_only=True) as base:
        base.series("lamps000 counted", place="Town 07")  # opened, and its statements compiled
        yield _cost("one series", lambda: len(base.series(_ONE, place=_AT)[0].figures), 0.05)
        yield _cost("the conflicts of one series", lambda: len(base.conflicts(_ONE, place=_AT)))
        yield _cost("all conflicts", lambda: len(base.conflicts()), 10)
    with Store.open(path) as store, store.transaction() as connection:
        yield _cost("all conflicts computed anew", lambda: _again(connection), 10)


def _again(connection: Connection) -> int:
    claims = list(connection.exec_driver_sql("SELECT id FROM claim").scalars())
    align(connection, claims)
    return len(claims)


def fill(store: Store, claims: int) -> int:
    """Store all articles, and group them in one go."""
    run_id = store.start_run("benchmark")
    series = max(1, claims // PER_SERIES)
    with store.transaction() as connection:
        for number in range(claims // min(PER_ARTICLE, series)):
            store.add(_article(number, series), run_id)
        articles = list(connection.exec_driver_sql("SELECT id FROM article").scalars())
        regroup_articles(connection, articles, {}, {}, ())
    return claims


def _article(number: int, series: int) -> Facts:
    """An article whose every sentence has a figure of another series, of some day of two months."""
    chance = random.Random(number)
    text, claims = "", []
    day = _FIRST + dt.timedelta(chance.randrange(DAYS))
    for line in chance.sample(range(series), min(PER_ARTICLE, series)):
        kind, place = f"lamps{line // PLACES:03}", f"Town {line % PLACES:02}"
        count = round(10 ** random.Random(line).uniform(1, 6) * chance.choice((1, 1, 1, 1.1)))
        words = f"{count} {kind}"
        sentence = f"In {place} {words} were counted."
        start = len(text)
        phrase = start + len(f"In {place} ")
        claims.append(
            Claim(
                Span(phrase, phrase + len(words), words),
                Span(start, start + len(sentence), sentence),
                "=",
                float(count),
                float(count),
                kind,
                f"{kind} counted",
                place=Reference(place, Span(start + 3, start + 3 + len(place), place)),
                interval=Interval(day.isoformat(), day, day),
            )
        )
        text += sentence + " "
    published = (day + dt.timedelta(1)).isoformat()
    article = Article(
        text.strip(),
        title=f"Counts {number}",
        published=published,
        url=f"https://site{number % 50}.example/{number}",
        publisher=f"Site {number % 50}",
        language="en",
    )
    return Facts(article, tuple(claim.sentence for claim in claims), (), (), tuple(claims), ())


def _cost(what: str, work: Callable[[], int], aim: float | None = None) -> Cost:
    begin = time.process_time()
    rows = work()
    return Cost(what, time.process_time() - begin, rows, aim)


def compared(claims: int) -> Iterator[str]:
    """A line a question: seconds in both bases, their ratio beside that of the rows, and the aim."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = (list(measured_at(count, Path(folder))) for count in (claims // 10, claims))
    head = f"{claims // 10} and {claims} claims"
    yield f"{head:<40} {'small':>10} {'large':>10} {'ratio':>7} {'rows':>7} {'aim':>6}"
    for one, ten in zip(small, large, strict=True):
        aim = f"{ten.aim:g}" if ten.aim else ""
        ratio, rows = ten.seconds / max(one.seconds, 1e-4), ten.rows / max(one.rows, 1)
        yield f"{ten.what:<40} {one.seconds:8.3f} s {ten.seconds:8.3f} s {ratio:7.1f} {rows:7.1f} {aim:>6}"


def asked_for(words: list[str]) -> int:
    """The number of claims that a command line asks for.

    Raises:
        SystemExit: there are too few.
    """
    claims = int(words[0]) if words else CLAIMS
    if claims < FEWEST:
        raise SystemExit(f"{claims} claims are too few: say {FEWEST} or more")
    return claims


if __name__ == "__main__":
    for line in compared(asked_for(sys.argv[1:])):
        print(line)
