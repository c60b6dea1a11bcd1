"""A page's bytes of then and of now, read by the same reader: what differs is the publisher's doing."""

from __future__ import annotations

import dataclasses
import io

from kb.errors import FetchError, ReadError, UsageError
from kb.gather import page_of
from kb.model.fetched import Fetched
from kb.model.values import Article
from kb.read import Given, read_stream
from kb.read.documents.corrections import Notice, find_notices
from kb.read.streams.encoding import decode

_SAID = ("title", "published", "publisher", "authors")  # what a user or a feed may say of a page


def read_answer(fetched: Fetched, url: str) -> Article:
    """The article of an answer, under the URL that it has in the base.

    Raises:
        ReadError: it holds none.
    """
    found = _only_article(fetched.content, url, fetched.charset)
    if found is None:
        raise FetchError(f"{fetched.final_url} holds no article any more but a list of others: look at it")
    return dataclasses.replace(page_of(found, fetched), url=url, source=url)


def read_again(raw: bytes, stored: Article, new: Article, charset: str | None) -> Article | None:
    """What the present reader finds in a page's bytes of then; None where they were no state of the page.

    Args:
        raw: the bytes of then, if there are any.
        stored: the article that was read from them.
        new: the article of now. Bytes of another kind, a text that somebody saved, are no state of its page.
        charset: the encoding that a server stated for them.
    """
    if not raw or stored.reader.partition("/")[0] != new.reader.partition("/")[0]:
        return None
    try:
        found = _only_article(raw, new.source, charset)
    except ReadError:
        return None
    return found and dataclasses.replace(
        found, url=new.url, source=new.source, retrieved_at=stored.retrieved_at
    )


def _only_article(raw: bytes, url: str, charset: str | None) -> Article | None:
    """The article that some bytes are; None where they hold a list of others.

    Raises:
        ReadError: nothing that can be read.
    """
    try:
        found = next(iter(read_stream(io.BytesIO(raw), url, Given(url=url), charset=charset)), None)
    except UsageError:  # more than one article: they cannot all be at the URL
        return None
    return found if isinstance(found, Article) and found.raw == raw else None


def with_said(article: Article, old: Article, stored: Article) -> Article:
    """The article with what was said of it by others than the page itself, which goes before what it says.

    Args:
        article: what a page says of itself.
        old: what it said of itself then, by the present reader.
        stored: what the base has of then. Where it has something else, somebody said so.
    """
    said = {name: getattr(stored, name) for name in _SAID}
    if old.reader == stored.reader:
        said = {name: value for name, value in said.items() if value != getattr(old, name)}
    else:  # it may differ because readers do
        said = {name: value for name, value in said.items() if not getattr(old, name)}
    return dataclasses.replace(article, **{name: value for name, value in said.items() if value})


def new_notices(raw: bytes, charset: str | None, fetched: Fetched) -> tuple[Notice, ...]:
    """The notices of corrections in an answer that a page's bytes of then did not have."""
    seen = {notice.words for notice in _notices(raw, charset)}
    now = _notices(fetched.content, fetched.charset)
    return tuple(notice for notice in now if notice.words not in seen)


def _notices(raw: bytes, charset: str | None) -> tuple[Notice, ...]:
    """The notices in the bytes of a page; none where they are no text."""
    try:
        return find_notices(decode(raw, "the page", charset))
    except ReadError:
        return ()
