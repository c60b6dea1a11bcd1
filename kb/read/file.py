"""Files and folders -> Articles."""

from __future__ import annotations

import dataclasses
import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path

from kb.errors import ReadError, UsageError
from kb.model.values import Article
from kb.read.days import parse_published
from kb.read.encoding import decode
from kb.read.given import parse_url
from kb.read.html import is_feed, is_html, read_html
from kb.read.rows import TABLES, is_table, read_rows
from kb.read.text import read_text

MAX_TEXT = 5_000_000  # bytes of UTF-8; SQLite's triggers compare words with texts of this size in 0.6 ms
GZIP = b"\x1f\x8b"
MARKUP = 10  # a file may be as many times larger than its text


def read_file(
    path: Path,
    *,
    url: str | None = None,
    title: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
    max_text: int = MAX_TEXT,
) -> Article:
    """Read a file: its article's body, and what the page says of itself.

    What the caller says of the source goes before what the text says.

    Args:
        path: a file of plain text, Markdown or HTML; told apart by what is in it.
        url: the article's address.
        title: its title; found again in the text, it is no part of the body.
        published: the day of publication, ISO 8601 or written out.
        publisher: who published it.
        max_text: bytes of UTF-8 that the text may have.

    Raises:
        ReadError: it is missing, empty, binary, too large or of an unknown encoding.
        UsageError: `published` is no date, or `url` no address of a page.
    """
    day = parse_published(published) if published is not None else None
    url = parse_url(url) if url is not None else None
    raw = _bytes(path, max_text * MARKUP)
    text = decode(unpacked(raw, str(path), max_text * MARKUP), str(path))
    if is_feed(text):
        raise ReadError(f"{path} is a feed or a sitemap, not an article: save the pages that it names")
    if is_html(text):
        article = read_html(text, source=str(path), url=url)
        check_size(article.text, str(path), max_text)
    else:
        check_size(text, str(path), max_text)
        article = read_text(text, source=str(path), title=title)
    if not article.text:
        raise ReadError(f"{path} holds no article: nothing but page furniture was found in it")
    return dataclasses.replace(
        article,
        raw=raw,
        url=url or article.url,
        title=title or article.title,
        published=day or article.published,
        publisher=publisher or article.publisher,
    )


def unpacked(raw: bytes, source: str, limit: int) -> bytes:
    """The bytes, decompressed if they are gzip's: never more than `limit` of them.

    Raises:
        ReadError: they are damaged, or would become larger than the limit.
    """
    if not raw.startswith(GZIP):
        return raw
    try:
        with gzip.open(io.BytesIO(raw)) as file:
            content = file.read(limit + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError(f"{source} is damaged gzip ({error}): fetch or compress it again") from error
    if len(content) > limit:
        raise ReadError(
            f"{source} is larger than {limit / 1e6:g} MB when unpacked: raise the limit with --max-text"
        )
    return content


def read_articles(
    path: Path,
    *,
    url: str | None = None,
    title: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
    max_text: int = MAX_TEXT,
) -> Iterator[Article | ReadError]:
    """Read all articles of a file: one, or a row each of a table (`kb.read.rows`).

    What the caller says goes before what the file says. A row that cannot be read is an error in its
    place, and the next one follows.

    Raises:
        ReadError: the file as a whole cannot be read; see `read_file`.
        UsageError: `published` is no date, or a URL or title is given for a table.
    """
    text = _text_of_table(path, max_text)
    if text is None:
        yield read_file(
            path, url=url, title=title, published=published, publisher=publisher, max_text=max_text
        )
        return
    if url or title:
        raise UsageError(f"{path} is a table of sources: a URL or a title belongs into its rows")
    day = parse_published(published) if published else None
    for article in read_rows(text, str(path)):
        if isinstance(article, Article):
            article = dataclasses.replace(article, published=day or article.published)
            yield dataclasses.replace(article, publisher=publisher or article.publisher)
        else:
            yield article


def _text_of_table(path: Path, max_text: int) -> str | None:
    """The text of a table of sources; None where the file is none.

    Raises:
        ReadError: it is a table, but of something else.
    """
    if path.suffix.lower() not in TABLES or not path.is_file():
        return None
    text = decode(_bytes(path, max_text * MARKUP), str(path))
    if is_table(path.name, text):
        return text
    raise ReadError(f"{path} has no column text, quote or note: its first line names the columns")


def check_size(text: str, source: str, max_text: int) -> None:
    """Refuse a text that is larger than allowed.

    Raises:
        ReadError: it is.
    """
    size = len(text) if text.isascii() else len(text.encode("utf-8", "replace"))
    if size > max_text:
        raise ReadError(
            f"{source} has {size / 1e6:.1f} MB of text, more than the {max_text / 1e6:g} MB allowed: "
            "split it, or raise the limit with --max-text"
        )


def find_files(path: Path) -> Iterator[Path]:
    """The files to read at a path: itself, or all in the folder and its folders, sorted.

    Hidden files are left out, and a README, which tells of its folder and is no article. A folder within
    that cannot be listed, or a link to nothing, is given as it is: reading it tells what is wrong.

    Raises:
        ReadError: there is nothing at the path.
    """
    if not path.exists():
        raise ReadError(f"{path} does not exist: check the path")
    if path.is_dir():
        yield from _files_in(path, frozenset({path.resolve()}))
    else:
        yield path


def _files_in(folder: Path, above: frozenset[Path]) -> Iterator[Path]:
    """The files in a folder that is reached through the folders `above`, itself among them."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        yield folder
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.stem.upper() == "README":
            continue
        if entry.is_dir():
            real = entry.resolve()
            if real not in above:  # else a link back
                yield from _files_in(entry, above | {real})
        elif entry.is_file() or entry.is_symlink():
            yield entry


def _bytes(path: Path, limit: int) -> bytes:
    try:
        if path.is_dir():
            next(path.iterdir(), None)  # tells first if it cannot be listed
            raise ReadError(f"{path} is a folder: name the files in it, or load the folder as a whole")
        if path.exists() and not path.is_file():
            raise ReadError(f"{path} is no file but a pipe or a device: copy what comes from it into a file")
        with path.open("rb") as file:
            raw = file.read(limit + 1)
    except FileNotFoundError as error:
        raise ReadError(f"{path} does not exist: check the path") from error
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror}") from error
    if len(raw) > limit:
        raise ReadError(
            f"{path} is larger than {limit / 1e6:g} MB: split it, or raise the limit with --max-text"
        )
    return raw
