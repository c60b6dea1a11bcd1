"""`python -m benchmarks.crawl [MB]`: how much memory reading a WARC of so many megabytes takes.

The crawl is made here: pages of text, pictures of random bytes, and one page in a hundred of a
megabyte. It is read to its end, page by page as `kb load` does, once plain and once gzipped; what
counts is that the peak of memory does not grow with the crawl.
"""

from __future__ import annotations

import io
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from benchmarks.samples import SENTENCES, page
from kb.model.values import Article
from kb.read import Given, read_source

PARAGRAPHS = 40  # of a page
PAGES = 0.2  # of all records; the others are pictures


def write_crawl(path: Path, size: int, *, gzipped: bool) -> int:
    """A crawl of about so many bytes of records; the number of its pages."""
    chance = random.Random(1)
    pages = 0
    written = 0
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=gzipped)
        while written < size:
            is_page = chance.random() < PAGES
            content = _page(pages, chance) if is_page else chance.randbytes(200_000)
            _record(
                writer, f"https://example.org/{written}", "text/html" if is_page else "image/jpeg", content
            )
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


def peak() -> float:
    """The most memory that this process had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Make the crawls, read them, print a line of each."""
    size = float(sys.argv[1]) if len(sys.argv) > 1 else 200.0
    with tempfile.TemporaryDirectory() as name:
        for ending in ("warc", "warc.gz"):
            path = Path(name) / f"crawl.{ending}"
            pages = write_crawl(path, int(size * 1e6), gzipped=ending.endswith("gz"))
            small = Path(name) / f"small.{ending}"
            write_crawl(small, 5_000_000, gzipped=ending.endswith("gz"))
            sum(isinstance(found, Article) for found in read_source(small, Given()))
            before, begin = peak(), time.monotonic()
            read = sum(isinstance(found, Article) for found in read_source(path, Given()))
            seconds = time.monotonic() - begin
            print(
                f"{ending:8} {path.stat().st_size / 1e6:7.0f} MB, {read} of {pages} pages in {seconds:.0f} s "
                f"({size / seconds:.1f} MB/s); peak {peak():.0f} MB, {before:.0f} MB after a crawl of 5 MB"
            )


if __name__ == "__main__":
    main()
