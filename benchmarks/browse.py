"""How fast the pages of the browser are on a large base: `python -m benchmarks.browse [ARTICLES [BASE]]`.

The base is made by varying names, numbers and days of the articles of `data/`, and by copying what that
makes until there are 20,000 articles, or as many as told; or it is the one that is named. Each page is
asked for in one process, without network, the first time not counted: what is measured is the server's
time. The aim is 100 ms at the median and 300 ms at the 95th percentile, and that an article's page costs
what the article has, whatever the base has.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.multiplied import multiply
from benchmarks.variations import Variation, lead
from kb import KnowledgeBase
from kb.browse.serve import datasette_of
from kb.extract import extract
from kb.read import read_file
from kb.resolve import regroup
from kb.store import Store

ARTICLES = 20_000
VARIED = 300  # articles that are varied and loaded; the others are copies of them under other keys
SMALL = 100
TIMES = 20  # requests for a page, each for another thing where there are several
AIM = (0.1, 0.3)
_UIDS = {
    "article/{}": "SELECT uid FROM article ORDER BY random() LIMIT {}",
    "article/{}/history": "SELECT uid FROM article ORDER BY random() LIMIT {}",
    "series/{}": """SELECT series.uid FROM series JOIN claim ON claim.series_id = series.id
        GROUP BY 1 ORDER BY count(*) DESC LIMIT {}""",
    "event/{}": "SELECT uid FROM event ORDER BY random() LIMIT {}",
    "entity/{}": """SELECT entity.uid FROM entity JOIN mention ON mention.entity_id = entity.id
        GROUP BY 1 ORDER BY count(*) DESC LIMIT {}""",
    "conflict/{}": "SELECT uid FROM conflict ORDER BY random() LIMIT {}",
    "fact/{}": "SELECT uid FROM claim ORDER BY random() LIMIT {}",
}
_PAGES = ("", "series", "timeline", "entities", "conflicts", "review", "feed.atom")
_WORDS = ("political prisoners", "killed", "Belarus", "exports to Russia", "earthquake")


@dataclass(frozen=True, slots=True)
class Speed:
    """How long a page took, in seconds: the median and the 95th percentile."""

    page: str
    median: float
    slow: float

    def __str__(self) -> str:
        miss = "" if self.median <= AIM[0] and self.slow <= AIM[1] else "  misses the aim"
        return f"| {self.page:24} | {self.median * 1000:8.0f} ms | {self.slow * 1000:8.0f} ms |{miss}"


def made(path: Path, count: int, folder: Path = Path("data/articles")) -> None:
    """Make a base of so many varied articles: half of them whole, half their beginnings."""
    whole = [extract(read_file(file)) for file in sorted(folder.glob("0*"))]
    templates = [facts for pair in zip(whole, map(lead, whole), strict=True) for facts in pair]
    with Store.open(path) as store:
        run = store.start_run("benchmark")
        for number in range(count):
            with store.transaction() as connection:
                facts = Variation(templates[number % len(templates)], number).facts()
                if (revision := store.add(facts, run).revision_id) is not None:
                    regroup(connection, revision)
            if number % 1000 == 999:
                print(f"{number + 1} articles", file=sys.stderr)


def addresses(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Each page with the addresses to ask for, from the name of the base on."""
    yield from ((page or "start", [page] * TIMES) for page in _PAGES)
    yield "search", [f"search?q={words}" for words in _WORDS * (TIMES // len(_WORDS))]
    yield "series by words", [f"series?q={words}" for words in _WORDS * (TIMES // len(_WORDS))]
    with KnowledgeBase(path, read_only=True) as base:
        for page, query in _UIDS.items():
            found = [row["uid"] for row in base.sql(query.format(TIMES))]
            if found:
                yield page.format("UID"), [page.format(uid) for uid in found]
        places = base.sql(
            "SELECT place FROM claim WHERE place IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 5"
        )
    yield "timeline of a place", [f"timeline?place={row['place']}" for row in places]
    yield "timeline of a time", [f"timeline?since={year}&until={year}" for year in range(2008, 2028)]


async def measured(path: Path) -> list[Speed]:
    """The speed of each page of a base, and of Datasette's own first page of it."""
    datasette = datasette_of(path, review=True, by="benchmark")
    actor = {"ds_actor": datasette.sign({"a": {"id": "root"}}, "actor")}
    own = ("Datasette's list of tables", [f"/{path.stem}"] * 5)
    figures = ("Datasette's figures", [f"/{path.stem}/figures"] * 5)
    found = []
    for page, asked in (
        *((p, [f"/-/kb/{path.stem}/{a}" for a in some]) for p, some in addresses(path)),
        own,
        figures,
    ):
        await _seconds(datasette, asked[0], actor)
        found.append(_speed(page, [await _seconds(datasette, one, actor) for one in asked]))
        print(found[-1], flush=True)
    return found


async def _seconds(datasette: Any, address: str, actor: dict[str, str]) -> float:
    start = time.perf_counter()
    answer = await datasette.client.get(address, cookies=actor)
    assert answer.status_code in (200, 404), (address, answer.status_code)
    return time.perf_counter() - start


def _speed(page: str, seconds: Iterable[float]) -> Speed:
    told = sorted(seconds)
    slow = told[min(len(told) - 1, int(len(told) * 0.95))]
    return Speed(page, statistics.median(told), slow)


def main() -> None:
    """Make the bases, measure, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    with TemporaryDirectory() as folder:
        large = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder) / "large.db"
        if not large.exists():
            made(large, min(count, VARIED))
            multiply(large, max(1, count // VARIED))
        small = Path(folder) / "small.db"
        made(small, SMALL)
        print("| page                     |    median    |     95 %    |")
        of_large = {speed.page: speed for speed in asyncio.run(measured(large))}
        print(f"In a base of {SMALL} articles:")
        of_small = {speed.page: speed for speed in asyncio.run(measured(small))}
        times = of_large["article/UID"].median / of_small["article/UID"].median
        print(f"an article's page in the large base / in the small one: {times:.2f}")


if __name__ == "__main__":
    main()
