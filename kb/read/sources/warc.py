"""Crawls (WARC, ISO 28500) -> an Article for each page in them, one record in memory at a time.

Read are responses, resources and conversions (text made of a page) at web addresses that are HTML or
text and were found (status 2xx). A revisit says that a page was as before, and holds nothing to read.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import re
import zlib
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from warcio.bufferedreaders import ChunkedDataReader
from warcio.limitreader import LimitReader
from warcio.statusandheaders import (
    StatusAndHeaders,
    StatusAndHeadersParser,
    StatusAndHeadersParserException,
)

from kb.errors import ReadError, UsageError
from kb.model.values import Article
from kb.read.given import Given, parse_url
from kb.read.sources.formats import told_format
from kb.read.sources.single import read_single
from kb.read.streams.opened import CHUNK, LOOK, Readable, read_whole, unpacked_head

READ = {"response", "resource", "conversion"}
TYPES = {"text/html", "application/xhtml+xml", "text/plain"}
LONGEST_HEAD = 262_144  # bytes of the headers of a record, or of a response
_FOR_ROBOTS = re.compile(
    r"https?://[^/]+/(?:(?:robots|ads|app-ads|humans|security|llms)\.txt$|\.well-known/)", re.I
)
_WARC = ("WARC/1.0", "WARC/1.1", "WARC/0.")
_HTTP = ("HTTP/1.0", "HTTP/1.1", "HTTP/2.0", "HTTP/2", "HTTP/3")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)


def read_warc(stream: BinaryIO, source: str, given: Given) -> Iterator[Article | ReadError]:
    """The pages of a crawl in its order; one that cannot be read is an error in its place.

    Each has the record's address, and when it came from the web.

    Raises:
        ReadError: it is damaged, or holds no page at all; what was read before that is whole.
    """
    pages = number = 0
    for number, (head, block) in enumerate(_records(stream, source), 1):
        url = _address(head)
        if url is None:
            continue
        where = f"{source}, record {number} ({url})"
        try:
            article = _article(head, block, url, where, given)
        except ReadError as error:
            pages += 1
            yield error
            continue
        if article is not None:
            pages += 1
            yield article
    if not pages:
        raise ReadError(f"{source} holds no page: of {number} records none is a response of HTML or text")


def _records(stream: BinaryIO, source: str) -> Iterator[tuple[StatusAndHeaders, LimitReader]]:
    """The records with their headers; what is not read of a block is passed over."""
    number = 0
    while (line := _first_line(stream)) is not None:
        number += 1
        where = f"{source}, record {number}"
        head = _parsed(line + _head(stream, where), _WARC, where)
        length = (head.get_header("Content-Length") or "").strip()
        if not length.isascii() or not length.isdigit() or len(length) > 15:
            raise ReadError(f"{where}: the crawl is damaged: it does not say how long the record is")
        block = LimitReader(stream, int(length))
        yield head, block
        while block.read(CHUNK):
            pass
        if block.limit:
            raise ReadError(f"{where}: the crawl ends within the record: fetch or copy it again")


def _first_line(stream: BinaryIO) -> bytes | None:
    """The next line that is not empty; None at the end."""
    while line := stream.readline(LONGEST_HEAD):
        if line.strip():
            return line
    return None


def _head(stream: Readable, where: str) -> bytes:
    """The lines up to the next empty one."""
    lines: list[bytes] = []
    size = 0
    while line := stream.readline(LONGEST_HEAD):  # type: ignore[attr-defined]
        size += len(line)
        if size >= LONGEST_HEAD:
            raise ReadError(f"{where}: it is damaged: its headers are longer than {LONGEST_HEAD // 1024} kB")
        lines.append(line)
        if not line.strip():
            break
    return b"".join(lines)


def _parsed(head: bytes, versions: Sequence[str], where: str) -> StatusAndHeaders:
    try:
        return StatusAndHeadersParser(versions).parse(io.BytesIO(head))
    except (StatusAndHeadersParserException, EOFError) as error:
        name = versions[0].partition("/")[0]
        raise ReadError(f"{where}: it is damaged: it has no {name} header: fetch it again") from error


def _address(head: StatusAndHeaders) -> str | None:
    """The address of a record that may be a page; None of any other."""
    if head.get_header("WARC-Type") not in READ:
        return None
    try:
        url = parse_url((head.get_header("WARC-Target-URI") or "").strip("<> ").replace(" ", "%20"))
    except UsageError:
        return None
    return None if _FOR_ROBOTS.match(url) else url


def _article(
    head: StatusAndHeaders, block: LimitReader, url: str, where: str, given: Given
) -> Article | None:
    """The page in a record; None where there is none: an error, a picture.

    Raises:
        ReadError: it cannot be read.
    """
    stated = head.get_header("Content-Type") or ""
    response: StatusAndHeaders | None = None
    if stated.lower().startswith("application/http"):
        first = block.readline(LONGEST_HEAD)
        response = _parsed(first + _head(block, where), _HTTP, where)
        if not response.get_statuscode().startswith("2"):
            return None
        stated = response.get_header("Content-Type") or ""
    if stated.partition(";")[0].strip().lower() not in TYPES | {""}:
        return None
    raw = _body(block, response, where, given)
    found = told_format(unpacked_head(raw[:LOOK]), url, {})
    if found not in ("html", "text"):
        return None  # a feed, a list: its pages are in the crawl, or are not
    charset = _CHARSET.search(stated)
    article = read_single(
        raw, where, dataclasses.replace(given, at=url), found, charset[1] if charset else None
    )
    when = _moment(head.get_header("WARC-Date"))
    return dataclasses.replace(article, url=article.url if found == "html" else url, retrieved_at=when)


def _body(block: LimitReader, response: StatusAndHeaders | None, where: str, given: Given) -> bytes:
    """The bytes of the page, without chunks; what is packed by gzip stays packed.

    Raises:
        ReadError: they are too many, or packed in a way that kb does not read.
    """
    raw = read_whole(block, where, given.most_bytes)
    if response is None:
        return raw
    if (response.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        raw = read_whole(ChunkedDataReader(io.BytesIO(raw)), where, given.most_bytes)
    coding = (response.get_header("Content-Encoding") or "identity").strip().lower()
    if coding == "deflate":
        return _inflated(raw, where, given)
    if coding not in ("identity", "gzip", "x-gzip", "utf-8"):
        raise ReadError(f"{where}: it is packed by {coding[:20]!r}, which kb does not read: fetch it without")
    return raw


def _inflated(raw: bytes, where: str, given: Given) -> bytes:
    """What is packed by zlib; many servers leave its header out."""
    for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            content = zlib.decompressobj(window).decompress(raw, given.most_bytes + 1)
        except zlib.error:
            continue
        if len(content) > given.most_bytes:
            raise ReadError(
                f"{where} is larger than {given.most_bytes / 1e6:g} MB when unpacked: raise --max-text"
            )
        return content
    return raw  # a server that says so of what is not packed


def _moment(words: str | None) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat((words or "").strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
