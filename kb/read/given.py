"""What a user says of a source, checked before it is stored."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args
from urllib.parse import urlsplit

from kb.errors import ReadError, UsageError
from kb.model.values import Article
from kb.read.lines.days import parse_published

MAX_TEXT = 5_000_000  # bytes of UTF-8; SQLite's triggers compare words with texts of this size in 0.6 ms
MARKUP = 10  # a source may be as many times larger than its text

FIELDS = (
    "text",
    "quote",
    "note",
    "url",
    "title",
    "published",
    "modified",
    "publisher",
    "authors",
    "language",
)
Format = Literal["text", "html", "mhtml", "pdf", "feed", "sitemap", "urls", "warc", "jsonl", "csv", "zip"]


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of sources; it goes before what they say of themselves. None says nothing.

    `at` is the address that answered, of what was fetched: relative addresses count from it.
    `format` overrules what the content looks like. `columns` names a table's columns where they are
    called otherwise: {"text": "body"} reads the text from the column "body". `stored` gives the article that
    bytes were read as before, where that is known: then they need not be read again. `progress` is told how
    much of a source was read, as a part of 1, wherever that is known.
    """

    url: str | None = None
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    max_text: int | None = None  # bytes
    format: Format | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    at: str | None = None
    stored: Callable[[bytes], Article | None] | None = field(default=None, compare=False, repr=False)
    progress: Callable[[float], None] | None = field(default=None, compare=False, repr=False)

    @property
    def base_url(self) -> str:
        """The address from which relative ones count; empty where none is known."""
        return self.url or self.at or ""

    @property
    def most_text(self) -> int:
        """The bytes of UTF-8 that a text may have."""
        return MAX_TEXT if self.max_text is None else self.max_text

    @property
    def most_bytes(self) -> int:
        """The bytes that one source, unpacked, may have: a page, a row, a record."""
        return self.most_text * MARKUP

    def checked(self) -> Given:
        """The same with the date in ISO form.

        Raises:
            UsageError: the date is none, or the URL no address of a page.
        """
        return dataclasses.replace(
            self,
            url=None if self.url is None else parse_url(self.url),
            published=None if self.published is None else parse_published(self.published),
        )

    def tell(self, part: float) -> None:
        """Say how much of the source was read, to whoever wants to know."""
        if self.progress is not None:
            self.progress(part)

    def within(self, start: float, end: float) -> Given:
        """The same of something that is a part of the source: half-open, as parts of 1."""
        told = self.progress
        if told is None:
            return self
        return dataclasses.replace(self, progress=lambda part: told(start + part * (end - start)))

    def of_each(self, source: str, *, based: bool = False) -> Given:
        """What is said of each of several articles in one source.

        Args:
            source: what it is, for messages.
            based: whether the URL may be the source's own, from which relative addresses in it count.

        Raises:
            UsageError: a URL or a title is given, which belongs to one article.
        """
        if self.title or (self.url and not based):
            raise UsageError(
                f"{source} holds more than one article: a URL or a title belongs to one, leave it out"
            )
        return self

    def check_size(self, text: str, source: str) -> None:
        """Refuse a text that is larger than allowed.

        Raises:
            ReadError: it is.
        """
        size = len(text) if text.isascii() else len(text.encode("utf-8", "replace"))
        if size > self.most_text:
            raise ReadError(
                f"{source} has {size / 1e6:.1f} MB of text, more than the {self.most_text / 1e6:g} MB "
                "allowed: split it, or raise the limit with --max-text"
            )

    def applied(self, article: Article) -> Article:
        """The article with what the user says of it in place of what it says of itself."""
        return dataclasses.replace(
            article,
            url=self.url or article.url,
            title=self.title or article.title,
            published=self.published or article.published,
            publisher=self.publisher or article.publisher,
        )


def parse_url(words: str) -> str:
    """The address of a page: http or https with a host, nothing that a browser would run.

    Raises:
        UsageError: it is no such address.
    """
    url = words.strip()
    try:
        parts = urlsplit(url)
        is_page = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_page = False
    if not is_page or any(letter.isspace() or not letter.isprintable() for letter in url):
        raise UsageError(f"{words!r} is no address of a page: give it like https://example.org/a")
    return url


def parse_format(words: str | None) -> Format | None:
    """A format by its name; None for none.

    Raises:
        UsageError: there is no such format.
    """
    if words is None:
        return None
    name = words.strip().lower()
    known: tuple[Format, ...] = get_args(Format)
    for format_ in known:
        if name == format_:
            return format_
    raise UsageError(f"{words!r} is no format that kb reads: give one of {', '.join(known)}")


def parse_columns(words: Iterable[str]) -> dict[str, str]:
    """What a table's columns are called: `["text=body,published=date"]` as {"text": "body", ...}.

    Raises:
        UsageError: it is not of that form, or names a field that a source does not have.
    """
    found: dict[str, str] = {}
    for pair in (pair for part in words for pair in part.split(",") if pair.strip()):
        name, equals, column = (part.strip() for part in pair.partition("="))
        if not equals or not column or name.lower() not in FIELDS:
            raise UsageError(
                f"{pair!r} names no column: give it like text=body,published=date; "
                f"what can be named is {', '.join(FIELDS)}"
            )
        found[name.lower()] = column
    return found
