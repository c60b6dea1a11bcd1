"""Any source -> what it holds, one after the other: articles, pages to be fetched, and what is wrong."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from kb.errors import ReadError
from kb.model.values import Article
from kb.read.formats import told_format
from kb.read.given import Given
from kb.read.pointer import Pointer
from kb.read.rows import read_csv, read_json_lines
from kb.read.single import read_single
from kb.read.streams import CHUNK, GZIP, STDIN, Readable, Unpacked, look, opened, read_whole, unpacked_head

Found = Article | Pointer | ReadError


def read_source(path: Path, given: Given) -> Iterator[Found]:
    """Read all that a file holds; of "-", what comes from standard input.

    What cannot be read of it is an error in its place, and the rest follows. What the user says goes
    before what the source says.

    Raises:
        ReadError: the file as a whole cannot be read.
        UsageError: the date given is none, or a URL or title is given for more than one article.
    """
    with opened(path) as stream:
        name = "standard input" if str(path) == STDIN else str(path)
        yield from read_stream(stream, name, given.checked())


def read_stream(
    stream: Readable, source: str, given: Given, *, charset: str | None = None
) -> Iterator[Found]:
    """Read all that comes from a stream: `read_source` for bytes that are there already.

    Args:
        stream: what is read from, with a bounded amount in memory; it is not closed.
        source: what it is, for messages; a table may be told by its ending.
        given: what the user says of it, `checked`.
        charset: the encoding of a page that the server told.

    Raises:
        ReadError: the source as a whole cannot be read.
        UsageError: a URL or title is given for more than one article.
    """
    head, whole = look(stream)
    inside = unpacked_head(head)
    found = given.format or told_format(inside, source, given.columns)
    if found in ("text", "html", "pdf"):
        yield read_single(read_whole(whole, source, given.most_bytes), source, given, found, charset)
        return
    if head.startswith(GZIP):
        whole = io.BufferedReader(Unpacked(whole, source, given.most_bytes), CHUNK)
    if found == "jsonl":
        yield from read_json_lines(whole, source, given.of_each(source))
    elif found == "csv":
        yield from read_csv(whole, source, given.of_each(source))
