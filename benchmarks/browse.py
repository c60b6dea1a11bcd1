"""How fast the pages of the browser are on a large base: `python -m benchmarks.browse [ARTICLES [BASE]]`.

The base is made by varying names, numbers and days of the articles of `data/`, and by copying what that
makes until there are 20,000 articles, or as many as told; or it is the one that is named. Each page is
asked for in one process, without network, the first time not counted. Seconds are processor seconds of this
process, so that other work on the machine counts little. The aim is 100 ms at the median and 300 ms at the
95th percentile, and that an article's page costs what the article has, whatever the base has: the last column
says how many times as long a page takes as in a base of a tenth of the articles.
"""

from __future__ import annotations

import asyncio
import shutil
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
SMALLER = 10  # times fewer articles in the base that the large one is compared with
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
_PAGES = ("", "series", "timeline", "entities", "conflicts", "candidates", "review", "feed.atom")
_WORDS = ("political prisoners", "killed", "Belarus", "exports to Russia", "earthquake")


@dataclass(frozen=True, slots=True)
class Speed:
    """How long a page took, in seconds: the median and the 95th percentile."""

    page: str
    median: float
    slow: float

    def against(self, smaller: Speed | None) -> str:
        """A line of the table, with the ratio to a smaller base."""
        miss = "" if self.median <= AIM[0] and self.slow <= AIM[1] else "  misses the aim"
        ratio = f"{self.median / smaller.median:8.2f}" if smaller else " " * 8
        return (
            f"| {self.page:26} | {self.median * 1000:8.0f} ms | {self.slow * 1000:8.0f} ms | {ratio} |{miss}"
        )


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


async def measured(path: Path) -> dict[str, Speed]:
    """The speed of each page of a base, and of Datasette's own of its tables."""
    datasette = datasette_of(path, review=True, by="benchmark")
    actor = {"ds_actor": datasette.sign({"a": {"id": "root"}}, "actor")}
    pages = {page: [f"/-/kb/{path.stem}/{one}" for one in some] for page, some in addresses(path)}
    pages["Datasette's list of tables"] = [f"/{path.stem}"] * 5
    for view in ("figures", "timeline", "reports", "mentions"):
        pages[f"Datasette's {view}"] = [f"/{path.stem}/{view}"] * 5
    found = {}
    for page, asked in pages.items():
        await _seconds(datasette, asked[0], actor)
        found[page] = _speed(page, [await _seconds(datasette, one, actor) for one in asked])
        print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return found


async def _seconds(datasette: Any, address: str, actor: dict[str, str]) -> float:
    start = time.process_time()
    answer = await datasette.client.get(address, cookies=actor)
    assert answer.status_code == 200, (address, answer.status_code)
    return time.process_time() - start


def _speed(page: str, seconds: Iterable[float]) -> Speed:
    told = sorted(seconds)
    slow = told[min(len(told) - 1, int(len(told) * 0.95))]
    return Speed(page, statistics.median(told), slow)


def table(large: Path, smaller: Path | None) -> Iterator[str]:
    """The speed of each page of a base, against that in a smaller one."""
    of_smaller = asyncio.run(measured(smaller)) if smaller else {}
    yield f"| {'page':26} |   median    |    95 %     | {f'of 1/{SMALLER}' if smaller else '':8} |"
    yield f"|{'-' * 28}|------------:|------------:|---------:|"
    for page, speed in asyncio.run(measured(large)).items():
        yield speed.against(of_smaller.get(page))


def compared(count: int = ARTICLES) -> Iterator[str]:
    """The table of two bases made for it: of so many articles, and of a tenth of them."""
    with TemporaryDirectory() as folder:
        large, smaller = Path(folder) / "large.db", Path(folder) / "smaller.db"
        varied = max(1, min(VARIED, count // SMALLER))
        made(large, varied)
        shutil.copy(large, smaller)
        multiply(smaller, max(1, count // varied // SMALLER))
        multiply(large, max(1, -(-count // varied)))
        sizes = " and ".join(f"{_articles(path):,}" for path in (large, smaller))
        yield f"Pages of the browser, in bases of {sizes} articles:"
        yield from table(large, smaller)


def _articles(path: Path) -> int:
    with KnowledgeBase(path, read_only=True) as base:
        return int(base.sql("SELECT count(*) AS number FROM article")[0]["number"])


def main() -> None:
    """Measure, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    for line in table(Path(sys.argv[2]), None) if len(sys.argv) > 2 else compared(count):
        print(line, flush=True)


if __name__ == "__main__":
    main()
