"""Any source -> what it holds, one after the other: articles, pages to be fetched, and what is wrong."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from kb.errors import ReadError
from kb.model.values import Article
from kb.read.given import Format, Given
from kb.read.pointer import Pointer
from kb.read.sources.feed import read_feed
from kb.read.sources.formats import told_format
from kb.read.sources.lists import read_addresses, read_sitemap
from kb.read.sources.single import read_single
from kb.read.sources.tables import read_csv, read_json_lines
from kb.read.sources.warc import read_warc
from kb.read.sources.zipped import Budget, members
from kb.read.streams.opened import (
    CHUNK,
    GZIP,
    STDIN,
    Readable,
    Unpacked,
    is_seekable,
    look,
    name_of,
    opened,
    read_whole,
    unpacked,
    unpacked_head,
)

Found = Article | Pointer | ReadError
_LINEWISE: Mapping[Format, Callable[[BinaryIO, str, Given], Iterator[Found]]] = {
    "jsonl": read_json_lines,
    "csv": read_csv,
    "urls": read_addresses,
    "warc": read_warc,
}


def read_source(path: Path, given: Given) -> Iterator[Found]:
    """Read all that a file holds; of "-", what comes from standard input.

    What cannot be read of it is an error in its place, and the rest follows. What the user says goes
    before what the source says.

    Raises:
        ReadError: the file as a whole cannot be read.
        UsageError: the date given is none, or a URL or title is given for more than one article.
    """
    with opened(path) as stream:
        size = None if str(path) == STDIN else path.stat().st_size
        yield from read_stream(stream, name_of(path), given.checked(), size=size)


def read_stream(
    stream: Readable, source: str, given: Given, *, charset: str | None = None, size: int | None = None
) -> Iterator[Found]:
    """Read all that comes from a stream: `read_source` for bytes that are there already.

    Args:
        stream: what is read from, with a bounded amount in memory; it is not closed.
        source: what it is, for messages; a table may be told by its ending.
        given: what the user says of it, `checked`.
        charset: the encoding of a page that the server told.
        size: how many bytes the stream has, if that is known.

    Raises:
        ReadError: the source as a whole cannot be read.
        UsageError: a URL or title is given for more than one article.
    """
    return _read(stream, source, given, charset, size)


def _read(
    stream: Readable,
    source: str,
    given: Given,
    charset: str | None = None,
    size: int | None = None,
    depth: int = 0,
    budget: Budget | None = None,
) -> Iterator[Found]:
    """Read a stream that stands in `depth` archives, which may unpack to `budget`."""
    head, whole = look(stream, size, given.progress)
    found = given.format or told_format(unpacked_head(head), source, given.columns)
    if found == "zip":
        as_it_is = is_seekable(stream) and not head.startswith(GZIP)
        archive = stream if as_it_is else _unpacked(head, whole, source, given)
        yield from _members(archive, source, given.of_each(source), depth, budget)
    elif found in _LINEWISE:
        yield from _LINEWISE[found](_unpacked(head, whole, source, given), source, given.of_each(source))
    else:
        raw = read_whole(whole, source, given.most_bytes)
        if found in ("text", "html", "mhtml", "pdf"):
            given.tell(1.0)
            yield read_single(raw, source, given, found, charset)
            return
        raw, given = unpacked(raw, source, given.most_bytes), given.of_each(source, based=True)
        if found == "feed":
            yield from read_feed(raw, source, given, charset)
        else:
            yield from read_sitemap(raw, source, given)


def _unpacked(head: bytes, stream: BinaryIO, source: str, given: Given) -> BinaryIO:
    """The stream without gzip around it."""
    if not head.startswith(GZIP):
        return stream
    return io.BufferedReader(Unpacked(stream, source, given.most_bytes), CHUNK)


def _members(
    stream: Readable, source: str, given: Given, depth: int, budget: Budget | None
) -> Iterator[Found]:
    """What the members of an archive hold; one that cannot be read is an error in its place."""
    given = dataclasses.replace(given, format=None)  # what was said of the archive is not said of its members
    for member in members(stream, source, given, depth, budget):
        part = given.within(member.start, member.end)
        try:
            if isinstance(member.content, ReadError):
                raise member.content
            for found in _read(
                member.content, member.name, part, size=member.size, depth=depth + 1, budget=member.budget
            ):
                if isinstance(found, Pointer) and found.is_file:
                    yield ReadError(f"{found.source}: an archive may not name files: load {found.url} itself")
                else:
                    yield found
        except ReadError as error:
            part.tell(1.0)
            yield error
