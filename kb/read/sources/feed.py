"""Feeds, RSS and Atom, well-formed or not -> a Pointer for each entry, with its content as an Article."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import re
from calendar import timegm
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from kb.errors import ReadError, UsageError
from kb.model.values import Article
from kb.read.documents.fragment import paragraphs_of
from kb.read.given import Given, parse_url
from kb.read.language import detect_language
from kb.read.lines.body import body_of
from kb.read.lines.page import part_of
from kb.read.lines.paragraphs import Line, join_broken
from kb.read.lines.titles import Page, read_page
from kb.read.markup.authors import names_in
from kb.read.markup.dates import normalize_date
from kb.read.markup.structured import clean
from kb.read.pointer import Pointer
from kb.read.streams.encoding import as_utf8
from kb.read.streams.hostile import refuse_depth, refuse_entities

READER = "feed/1"
MOST_ENTRIES = 50_000  # half a minute's reading
_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)
_PARTS = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<(?P<end>/?)(?:\w+:)?(?:item|entry)(?=[\s/>])[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_FOOTER = re.compile(r"^The post .+ (?:appeared first on|first appeared on) .+$")  # WordPress adds it
Entry = Mapping[str, Any]


def read_feed(
    raw: bytes, source: str, given: Given, charset: str | None = None
) -> Iterator[Article | Pointer | ReadError]:
    """The entries of a feed: pointers to their pages; an entry without an address is its content.

    What the entry says of its page goes with it. Its last change is none of its publication.

    Args:
        raw: the feed's bytes.
        source: what they are, for messages.
        given: what the user says; its URL is the feed's own, from which relative addresses count.
        charset: the encoding that the server told.

    Raises:
        ReadError: there is no entry in it, or what only attacks have.
    """
    import feedparser

    came, raw = raw, as_utf8(raw, source, charset)
    refuse_entities(raw, source)
    refuse_depth(raw, source)
    if len(_ENTRY.findall(raw)) > MOST_ENTRIES:
        raise ReadError(f"{source} has more than {MOST_ENTRIES:,} entries: split it")
    headers = {"content-location": given.base_url, "content-type": "application/xml; charset=utf-8"}
    # What is in the entries goes through our own reading: it is neither cleaned nor resolved before.
    feed = feedparser.parse(
        io.BytesIO(raw), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not feed.entries:
        why = f" ({feed.get('bozo_exception')})" if feed.bozo else ""
        raise ReadError(
            f"{source} is a feed in which no entry can be found{why}: look at it, or fetch it again"
        )
    base = given.base_url or str(feed.feed.get("link") or "")
    rss = not str(feed.version).startswith("atom")
    elements = _elements(came)
    for number, entry in enumerate(feed.entries, 1):
        where = f"{source}, entry {number}"
        given.tell(number / len(feed.entries))
        bytes_ = elements[number - 1] if len(elements) == len(feed.entries) else None
        try:
            yield _entry(dict(entry), bytes_, where, given, base, rss=rss)
        except (ReadError, UsageError) as error:
            yield ReadError(str(error) if str(error).startswith(where) else f"{where}: {error}")


def _elements(raw: bytes) -> list[bytes]:
    """The bytes of each entry as they came, from its tag to the end of its element, or to the next entry."""
    tags = [tag for tag in _PARTS.finditer(raw) if tag["end"] is not None]
    found = []
    for tag, following in zip(tags, [*tags[1:], None]):
        if not tag["end"]:
            closed = following is not None and following["end"]
            end = len(raw) if following is None else following.end() if closed else following.start()
            found.append(raw[tag.start() : end])
    return found


def _entry(
    entry: Entry, bytes_: bytes | None, where: str, given: Given, base: str, *, rss: bool
) -> Article | Pointer:
    published, modified = _days(entry, rss=rss)
    title = clean(entry.get("title")) or None
    publisher = clean(dict(entry.get("source") or {}).get("title")) or clean(entry.get("publisher")) or None
    said = Pointer(
        "",
        title=title,
        published=given.published or published,
        modified=modified,
        publisher=given.publisher or publisher,
        authors=_authors(entry),
        source=where,
    )
    link = str(entry.get("feedburner_origlink") or entry.get("link") or "").strip()
    try:
        url = parse_url(urljoin(base, link) if link else "")
    except (UsageError, ValueError):  # it is nowhere; what the feed has of it is all there is
        content = _content(entry, bytes_, said, None, given)
    else:
        try:
            content = _content(entry, bytes_, said, url, given)
        except ReadError:
            content = None  # the page stands for itself, and tells what is wrong with it
        return dataclasses.replace(said, url=url, content=content)
    if content is None:
        raise ReadError(
            f"{where}: it has neither the address of a page nor content: there is nothing to read"
        )
    return content


def _content(
    entry: Entry, bytes_: bytes | None, said: Pointer, url: str | None, given: Given
) -> Article | None:
    """The text that the feed has of an entry: its content, or else its summary.

    Its bytes are those of its element in the feed; of a feed whose elements nobody can tell apart, the
    markup of the content.

    Raises:
        ReadError: it is too large, or no markup that an article has.
    """
    contents = [dict(one).get("value") for one in entry.get("content") or ()]
    markup = max((one for one in contents if isinstance(one, str)), key=len, default="")
    markup = markup or str(entry.get("summary") or "")
    paragraphs = paragraphs_of(markup, said.source)
    if paragraphs and _FOOTER.match(paragraphs[-1]):
        del paragraphs[-1]
    lines = [part_of(Line(words)) for words in paragraphs]
    page = read_page(lines, said.title, whole=True) if said.title else Page(lines, None, 0, menu=False)
    text = "\n\n".join(join_broken([part.text for part in body_of(page)]))
    if not text:
        return None
    given.check_size(text, said.source)
    return Article(
        text,
        title=said.title,
        published=said.published,
        modified=said.modified,
        url=url,
        publisher=said.publisher,
        authors=said.authors,
        language=detect_language(text),
        source=said.source,
        reader=READER,
        raw=bytes_ or markup.encode("utf-8", "replace"),
    )


def _days(entry: Entry, *, rss: bool) -> tuple[str | None, str | None]:
    """The dates of publication and of the last change.

    RSS has no change of an item: a date that is not called one of publication there is Dublin Core's,
    of when the item came to be.
    """
    published = _day(entry, "published") or _day(entry, "created")
    updated = _day(entry, "updated")
    if published is None and rss:
        return updated, None
    return published, updated


def _day(entry: Entry, key: str) -> str | None:
    words = str(entry.get(key) or "")
    if (date := normalize_date(words)) is not None or not words:
        return date
    moment = entry.get(f"{key}_parsed")  # a struct_time in UTC: feedparser knows more forms
    try:
        return dt.datetime.fromtimestamp(timegm(moment), dt.UTC).isoformat() if moment else None
    except (ValueError, OverflowError):
        return None


def _authors(entry: Entry) -> tuple[str, ...]:
    """The names of an entry's authors, without addresses and roles."""
    said = [clean(dict(one).get("name")) for one in entry.get("authors") or () if one]
    return tuple(dict.fromkeys(name for words in said for name in names_in(words)))
