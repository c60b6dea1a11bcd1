"""Sources made to do harm: each ends in an error of its own, in little memory and time."""

from __future__ import annotations

import csv
import gzip
import io
import json
import struct
import subprocess
import sys
import zipfile
import zlib
from html import escape
from pathlib import Path

import pytest

from benchmarks import samples
from benchmarks.crawl import write_crawl
from benchmarks.fuzz import run
from kb.errors import KbError, ReadError
from kb.model.values import Article
from kb.read import Found, Given, Pointer, read_source, read_stream
from kb.read.streams.opened import Readable

SMALL = Given(max_text=20_000)  # 200 kB a source
LAUGHS = "<!DOCTYPE a [<!ENTITY l0 'lol'>" + "".join(
    f"<!ENTITY l{i} '{f'&l{i - 1};' * 10}'>" for i in range(1, 12)
)
OUTSIDE = "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY % y SYSTEM 'http://127.0.0.1:9/'>%y;"
LONG = f"<!DOCTYPE a [<!ENTITY x '{'a' * 50_000}'>"
RSS = "<rss version='2.0'><channel><item><title>{0}</title><link>https://example.org/</link></item></channel></rss>"


def read(raw: bytes, name: str = "source", given: Given = SMALL) -> list[Found]:
    return list(read_stream(io.BytesIO(raw), name, given))


@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE, LONG], ids=["laughs", "outside", "long"])
@pytest.mark.parametrize(
    "document",
    [
        RSS.format("&x;&l11;"),
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>&x;&l11;</title></entry></feed>",
        "<urlset><url><loc>https://example.org/&x;&l11;</loc></url></urlset>",
        "<html><body><p>About 40 people came, &x; and &l11;</p></body></html>",
    ],
    ids=["rss", "atom", "sitemap", "html"],
)
def test_entities(declared: str, document: str) -> None:
    with pytest.raises(ReadError, match="declares entities as attacks"):
        read(f"<?xml version='1.0'?>{declared}]>{document}".encode(), given=Given())


def test_entities_in_wide_letters() -> None:
    for document in (RSS.format("&l11;"), "<urlset><url><loc>https://example.org/&l11;</loc></url></urlset>"):
        raw = f"<?xml version='1.0' encoding='utf-16'?>{LAUGHS}]>{document}".encode("utf-16")
        with pytest.raises(ReadError, match="declares entities as attacks"):
            read(raw, given=Given())


NESTED = (
    "<html><body><p>About 40 people came to Riga.</p>" + "{0}" * 70_000 + "<p>Nobody left.</p></body></html>"
)
PAGES = {
    "div": NESTED.replace("{0}", "<div>"),
    "closed": "<html><body>" + "<b>" * 70_000 + "Forty people came." + "</b>" * 70_000 + "</body></html>",
    "tables": NESTED.replace("{0}", "<table><tr><td>"),
    "items": NESTED.replace("{0}", "<ul><li>"),
    "entities": f"{LAUGHS}]><html><body><p>About 40 people came to Riga, &l11; said.</p></body></html>",
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_hostile_page_is_an_error_by_whatever_way_it_comes(page: str, tmp_path: Path) -> None:
    raw = page.encode()
    file = tmp_path / "page.html"
    file.write_bytes(raw)
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + raw
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/\r\n"
        f"Content-Type: application/http\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    item = f"<item><title>A bell</title><description>{escape(page)}</description></item>"
    wide = io.StringIO()
    csv.writer(wide).writerows([["title", "text"], ["A bell", page]])
    ways: dict[str, bytes] = {
        "a.html": raw,
        "a.html.gz": gzip.compress(raw),
        "a.zip": samples.archive({"a.html": raw}),
        "a.warc": head.encode() + http + b"\r\n\r\n",
        "a.jsonl": json.dumps({"text": page}).encode() + b"\n",
        "a.csv": wide.getvalue().encode(),
        "a.xml": f"<rss><channel>{item}</channel></rss>".encode(),
        "a.txt.zip": samples.archive({"b.zip": samples.archive({"a.html": raw})}),
    }
    for name, content in ways.items():
        try:
            found = read(content, name, given=Given())
        except ReadError as error:
            found = [error]
        assert [type(one) for one in found] == [ReadError], name
        assert any(told in str(found[0]) for told in ("nested tags", "no article has", "attacks")), name
    with pytest.raises(ReadError, match=r"no article has|attacks"):
        list(read_source(file, Given()))


def test_a_page_is_read_whole_however_deep_within_reason() -> None:
    paragraph = "<p>The council of Riga closed bridge {0} for two years, a spokesman said on Tuesday.</p>"
    inside = "<font>" * 400 + paragraph.format(2) + "</font>" * 400
    page = f"<html><body><article>{paragraph.format(1)}{inside}{paragraph.format(3)}</article></body></html>"
    (found,) = read(page.encode(), given=Given())
    assert isinstance(found, Article)
    assert [f"bridge {number}" in found.text for number in (1, 2, 3)] == [True] * 3


def test_a_page_is_had_although_its_feed_has_what_nobody_reads() -> None:
    markup = "&lt;div&gt;" * 70_000
    (found,) = read(
        RSS.replace("<title>", f"<description>{markup}</description><title>").encode(), given=Given()
    )
    assert isinstance(found, Pointer)
    assert found.content is None


def test_marks_that_never_end_take_no_time() -> None:
    for raw in (b"<rss>" + b"<![CDATA[" * 300_000, b"<urlset>" + b"<!--" * 300_000):
        with pytest.raises(ReadError):
            read(raw, given=Given())


def test_harmless_entities_are_no_attack() -> None:
    (found,) = read(f"<!DOCTYPE rss [<!ENTITY nbsp '&#160;'>]>{RSS.format('A bell')}".encode())
    assert not isinstance(found, ReadError)


@pytest.mark.parametrize(
    "raw",
    [
        b"<rss version='2.0'>" + b"<channel>" * 100_000,
        b"<rss><channel><item><description>" + b"<b>" * 100_000,
        b"<feed><entry><title type='xhtml'>" + b"<div>" * 100_000,
        b"<urlset>" + b"<url>" * 100_000 + b"<loc>https://example.org/</loc>",
        b"<rss><channel>" + b"<item/>" * 50_001,
        b"<html><body>" + b"<p>a" * 250_000,
    ],
    ids=["channels", "inline", "xhtml", "sitemap", "items", "html"],
)
def test_tags_without_end(raw: bytes) -> None:
    with pytest.raises(ReadError, match=r"nested tags|entries: split it|no article has"):
        read(raw, given=Given())


@pytest.mark.parametrize(
    ("name", "begin"),
    [
        ("a.html", b"<html><body><p>"),
        ("a.jsonl", b'{"text": "'),
        ("a.csv", b"url,text\n,"),
        ("a.warc", b"WARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: 99999999\r\n\r\n"),
        ("a.warc", b"WARC/1.0\r\nWARC-Type: "),
        ("a.xml", b"<urlset>"),
    ],
    ids=["html", "jsonl", "csv", "warc", "warc-header", "sitemap"],
)
def test_bombs_of_gzip(name: str, begin: bytes) -> None:
    raw = gzip.compress(begin + b"a" * 5_000_000)
    errors: list[object] = []
    try:
        errors = [one for one in read(raw, name) if isinstance(one, ReadError)]
    except ReadError as error:
        errors = [error]
    assert len(errors) == 1
    assert any(told in str(errors[0]) for told in ("unpacks to more", "when unpacked", "headers are longer"))


def test_a_bomb_in_a_response() -> None:
    for coding, packed in (
        ("gzip", gzip.compress(bytes(9_000_000), mtime=0)),
        ("deflate", zlib.compress(bytes(9_000_000))),
    ):
        http = (
            f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {coding}\r\n\r\n".encode()
            + packed
        )
        head = f"Content-Type: application/http\r\nContent-Length: {len(http)}\r\n\r\n".encode()
        raw = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/\r\n" + head + http
        (error,) = read(raw + b"\r\n\r\n")
        assert "when unpacked" in str(error)


def test_bombs_of_zip() -> None:
    found = read(samples.archive({"a.txt": b"a" * 9_000_000, "b.txt": b"a" * 9_000_000}))
    assert ["larger than 0.2 MB" in str(one) for one in found] == [True, True]
    nested = samples.archive({"a.txt": b"One bell rang in Riga."})
    for _ in range(4):
        nested = samples.archive({f"{i}.zip": nested for i in range(5)})
    found = read(nested)
    assert len(found) == 25
    assert all("an archive in an archive in an archive" in str(one) for one in found)


def test_members_that_share_their_bytes() -> None:
    content = b"word " * 30_000
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(content) + packer.flush()
    sizes = (zlib.crc32(content), len(packed), len(content), 5)
    local = struct.pack("<4s5HLLLHH", b"PK\3\4", 20, 0, 8, 0, 0, *sizes, 0) + b"a.txt" + packed
    entry = struct.pack("<4s6HLLLHHHHHLL", b"PK\1\2", 20, 20, 0, 8, 0, 0, *sizes, 0, 0, 0, 0, 0, 0) + b"a.txt"
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, 999, 999, 999 * len(entry), len(local), 0)
    found = read(local + 999 * entry + end)
    assert len(found) < 500
    assert "unpacks to more than 200 times" in str(found[-1]) or "damaged" in str(found[-1])


def test_a_list_of_members_that_fills_the_memory() -> None:
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, 1, 1, 40_000_000, 4, 0)
    with pytest.raises(ReadError, match="list of members of 40 MB"):
        read(b"PK\3\4" + b"PK\1\2" * 10 + end)


def test_members_that_cannot_be_unpacked() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as out:
        out.writestr("a.txt", "One bell rang in Riga.")
    (rare,) = read(file.getvalue())
    assert "packed in a rare way" in str(rare)
    raw = bytearray(samples.archive({"a.txt": b"One bell rang in Riga."}))
    raw[raw.index(b"PK\1\2") + 8] |= 1
    (encrypted,) = read(bytes(raw))
    assert "is encrypted" in str(encrypted)


class Endless:
    """A source that never ends; it counts what was taken from it."""

    def __init__(self, begin: bytes) -> None:
        self.begin, self.taken = begin, 0

    def read(self, size: int, /) -> bytes:
        self.taken += size
        piece, self.begin = self.begin[:size], self.begin[size:]
        return piece or b"a" * size


@pytest.mark.parametrize(
    "begin",
    [
        b"Nine bells rang. ",
        b"<html><p>",
        b"<rss>",
        b"<urlset>",
        b"%PDF-1.4\n",
        b"WARC/1.0\r\nA: ",
        b"\x89PNG",
    ],
)
def test_sources_without_end(begin: bytes) -> None:
    stream = Endless(begin)
    source: Readable = stream
    with pytest.raises(ReadError, match=r"larger than 0\.2 MB|headers are longer"):
        list(read_stream(source, "source", SMALL))
    assert stream.taken < 3_000_000


@pytest.mark.parametrize("long", [b'{"text": "', b"url,note\n,"])
def test_a_line_without_end_is_passed_over(long: bytes) -> None:
    rest = b'\n{"note": "Two bells."}\n' if long.startswith(b"{") else b"\n,Two bells.\n"
    error, found = read(long + b"a" * 5_000_000 + rest, "a.jsonl" if long.startswith(b"{") else "a.csv")
    assert "is longer than 0.2 MB" in str(error)
    assert isinstance(found, Article)


def test_a_pdf_that_unpacks_without_end() -> None:
    packed = zlib.compress(b"BT (" + b"a" * 90_000_000 + b") Tj ET", 9)
    whole = samples.pdf([["A bell rang."]])
    start, end = whole.index(b"<< /Length"), whole.index(b"\nendstream")
    head = b"<< /Filter /FlateDecode /Length %d >> stream\n" % len(packed)
    with pytest.raises(ReadError, match="damaged PDF, or one that kb cannot read"):
        read(whole[:start] + head + packed + whole[end:], given=Given())


MEASURE = """
import resource, sys
from pathlib import Path
from kb.read import Given, read_source
for path in sys.argv[1:]:
    pages = sum(1 for _ in read_source(Path(path), Given()))
    print(pages, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.slow
def test_the_memory_does_not_grow_with_the_crawl(tmp_path: Path) -> None:
    small, large = tmp_path / "small.warc", tmp_path / "large.warc.gz"
    few, many = write_crawl(small, 4_000_000, gzipped=False), write_crawl(large, 60_000_000, gzipped=True)
    ran = subprocess.run(
        [sys.executable, "-c", MEASURE, small, large], capture_output=True, text=True, check=True
    )
    first, second = (tuple(map(int, line.split())) for line in ran.stdout.splitlines())
    assert (first[0], second[0]) == (few, many)
    assert second[1] - first[1] < 40_000  # kilobytes, of 60,000 that were read


@pytest.mark.slow
def test_damaged_sources_raise_nothing_but_our_errors(tmp_path: Path) -> None:
    tally = run(300, 2, tmp_path)
    assert tally.problems == []
    assert tally.read > 50
    assert tally.refused > 50
    assert tally.loaded


def test_every_error_says_which_source() -> None:
    for name, raw in samples.samples().items():
        errors: list[object] = []
        try:
            errors += [
                one
                for one in read(raw[: len(raw) // 2], f"the {name}", Given())
                if isinstance(one, ReadError)
            ]
        except KbError as error:
            errors.append(error)
        assert all(f"the {name}" in str(error) for error in errors)
