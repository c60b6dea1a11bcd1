"""`python -m benchmarks.crawl [MB [JOBS]]`: how much memory a WARC of so many megabytes takes.

The crawl is made here: pages of text, pictures of random bytes, and one page in a hundred of a
megabyte. It is read to its end, page by page as `kb load` does, once plain and once gzipped; what
counts is that the peak of memory does not grow with the crawl.

With JOBS it is loaded into a base instead, once, gzipped, by so many jobs. Its pages then are `TEXTS`
texts under many addresses, each address twice, as crawls have reprints and second visits: extraction
would take hours else, and its memory is that of one article. What is printed is the peak of the process
that reads and writes, and of the largest of those that extract.
"""

from __future__ import annotations

import io
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from benchmarks.samples import SENTENCES, page
from kb.knowledge import KnowledgeBase
from kb.model.values import Article
from kb.read import Given, read_source

PARAGRAPHS = 40  # of a page
PAGES = 0.2  # of all records; the others are pictures
PAGES_LOADED, TEXTS = 0.04, 50  # of a crawl that is loaded: how many are pages, and how many texts they have


def write_crawl(path: Path, size: int, *, gzipped: bool, texts: int | None = None) -> int:
    """A crawl of about so many bytes of records; the number of its pages.

    Args:
        path: where to.
        size: in bytes.
        gzipped: a member of gzip for each record, or plain.
        texts: how many texts its pages have, each under many addresses, each address twice; one each else.
    """
    chance = random.Random(1)
    pages = 0
    written = 0
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=gzipped)
        while written < size:
            is_page = chance.random() < (PAGES if texts is None else PAGES_LOADED)
            if not is_page:
                url, content = f"https://example.org/{written}", chance.randbytes(200_000)
            elif texts is None:
                url, content = f"https://example.org/{written}", _page(pages, chance)
            else:
                number = pages // 2
                url = f"https://example.org/page/{number}"
                content = _page(number % texts, random.Random(number % texts))
            _record(writer, url, "text/html" if is_page else "image/jpeg", content)
            pages += is_page
            written += len(content)
    return pages


def _page(number: int, chance: random.Random) -> bytes:
    """A page of its own words, padded to a megabyte by a script once in a hundred times."""
    sentences = [
        f"{chance.choice(SENTENCES)} It was case {chance.randrange(10**6)}." for _ in range(PARAGRAPHS)
    ]
    padding = b"<script>" + b"let a = 1; " * 90_000 + b"</script>" if number % 100 == 0 else b""
    return page(f"Bridge {number} closes for two years", sentences) + padding


def _record(writer: WARCWriter, url: str, kind: str, content: bytes) -> None:
    http = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
    record = writer.create_warc_record(
        url, "response", payload=io.BytesIO(content), length=len(content), http_headers=http
    )
    writer.write_record(record)


def peak(who: int = resource.RUSAGE_SELF) -> float:
    """The most memory that this process had, or the largest of its children, in megabytes."""
    return resource.getrusage(who).ru_maxrss / 1024


def measure_reading(size: float, folder: Path) -> None:
    """Make crawls, plain and gzipped, read them, print a line of each."""
    for ending in ("warc", "warc.gz"):
        path = folder / f"crawl.{ending}"
        pages = write_crawl(path, int(size * 1e6), gzipped=ending.endswith("gz"))
        small = folder / f"small.{ending}"
        write_crawl(small, 5_000_000, gzipped=ending.endswith("gz"))
        sum(isinstance(found, Article) for found in read_source(small, Given()))
        before, begin = peak(), time.monotonic()
        read = sum(isinstance(found, Article) for found in read_source(path, Given()))
        seconds = time.monotonic() - begin
        print(
            f"{ending:8} {path.stat().st_size / 1e6:7.0f} MB, {read} of {pages} pages in {seconds:.0f} s "
            f"({size / seconds:.1f} MB/s); peak {peak():.0f} MB, {before:.0f} MB after a crawl of 5 MB"
        )


def measure_loading(size: float, jobs: int, folder: Path) -> None:
    """Make a crawl, load it, and print how that went."""
    path = folder / "crawl.warc.gz"
    pages = write_crawl(path, int(size * 1e6), gzipped=True, texts=TEXTS)
    begin = time.monotonic()
    outcomes = Counter[str]()
    with KnowledgeBase(folder / "crawl.db") as base:
        for number, loaded in enumerate(base.load_each([path], jobs=jobs), 1):
            outcomes[loaded.outcome] += 1
            if number % 100 == 0:
                seconds = time.monotonic() - begin
                print(f"{number:6} pages, {seconds:5.0f} s, peak {peak():.0f} MB", flush=True)
    seconds = time.monotonic() - begin
    told = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.items())
    print(
        f"{path.stat().st_size / 1e6:.0f} MB of {pages} pages with {jobs} jobs in {seconds:.0f} s: {told}; "
        f"peak {peak():.0f} MB, of the largest of the others {peak(resource.RUSAGE_CHILDREN):.0f} MB"
    )


def main() -> None:
    """Measure what the command line asks for."""
    size = float(sys.argv[1]) if len(sys.argv) > 1 else 200.0
    with tempfile.TemporaryDirectory() as name:
        if len(sys.argv) > 2:
            measure_loading(size, int(sys.argv[2]), Path(name))
        else:
            measure_reading(size, Path(name))


if __name__ == "__main__":
    main()
