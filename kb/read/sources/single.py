"""The one article that some bytes hold: a text, a page, a PDF."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from kb.errors import ReadError
from kb.model.values import Article
from kb.read.documents import html, mhtml, pdf, text
from kb.read.documents.html import read_html
from kb.read.documents.mhtml import read_mhtml
from kb.read.documents.pdf import read_pdf
from kb.read.documents.text import read_text
from kb.read.given import Format, Given
from kb.read.sources.formats import FORMATS, MANY, told_format
from kb.read.streams.encoding import decode
from kb.read.streams.opened import LOOK, name_of, opened, read_whole, unpacked, unpacked_head

_READERS = {"html": html.READER, "mhtml": mhtml.READER, "pdf": pdf.READER, "text": text.READER}


def read_file(
    path: Path,
    *,
    url: str | None = None,
    title: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
    max_text: int | None = None,
    format: Format | None = None,  # noqa: A002 - the name of the option
) -> Article:
    """Read a file: its article's body, and what the page says of itself.

    What the caller says of the source goes before what the text says.

    Args:
        path: a file of plain text, Markdown, HTML, MHTML or PDF; told apart by what is in it.
        url: the article's address.
        title: its title; found again in the text, it is no part of the body.
        published: the day of publication, ISO 8601 or written out.
        publisher: who published it.
        max_text: bytes of UTF-8 that the text may have.
        format: what the file is, where its content misleads.

    Raises:
        ReadError: it is missing, empty, binary, too large, of an unknown encoding, or holds many articles.
        UsageError: `published` is no date, or `url` no address of a page.
    """
    return read_article(path, Given(url, title, published, publisher, max_text, format))


def read_article(path: Path, given: Given) -> Article:
    """Read the one article of a file, with what the user says of it; see `read_file`."""
    given = given.checked()
    name = name_of(path)
    with opened(path) as stream:
        raw = read_whole(stream, name, given.most_bytes)
    found = given.format or told_format(unpacked_head(raw[:LOOK]), name, {})
    if found in MANY:
        raise ReadError(
            f"{name} is no single article but {FORMATS[found]}: load it into a database, or save its articles"
        )
    return read_single(raw, name, given, found)


def read_single(
    raw: bytes, source: str, given: Given, format_: Format, charset: str | None = None
) -> Article:
    """The article in the bytes of a text, a page or a PDF.

    Args:
        raw: the bytes as they came, packed by gzip or not; kept with the article.
        source: what they are, for messages.
        given: what the user says of it.
        format_: "text", "html", "mhtml" or "pdf".
        charset: the encoding that the server said the bytes have.

    Raises:
        ReadError: they hold no article, or one that is too large.
    """
    before = _before(raw, given, format_)
    if before is not None:
        given.check_size(before.text, source)
        return dataclasses.replace(given.applied(before), source=source, raw=raw, retrieved_at=None)
    content = unpacked(raw, source, given.most_bytes)
    if format_ == "pdf":
        article = read_pdf(content, source, given)
    elif format_ == "mhtml":
        article = read_mhtml(content, source, given)
        given.check_size(article.text, source)
    elif format_ == "html":
        article = read_html(decode(content, source, charset), source=source, url=given.url, at=given.at)
        given.check_size(article.text, source)
    else:
        words = decode(content, source, charset)
        given.check_size(words, source)
        article = read_text(words, source=source, title=given.title)
    if not article.text:
        raise ReadError(f"{source} holds no article: nothing but page furniture was found in it")
    return dataclasses.replace(given.applied(article), raw=raw)


def _before(raw: bytes, given: Given, format_: Format) -> Article | None:
    """The article that the same bytes were read as, if reading them now would give nothing else.

    A title that the user gives is looked for in the text, and relative addresses count from the page's.
    """
    before = given.stored(raw) if given.stored is not None and given.title is None else None
    if before is None or before.reader != _READERS[format_]:
        return None
    address = given.url or given.at
    return before if address in (None, before.url) else None
