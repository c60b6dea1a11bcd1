"""A page as browsers save it with all that belongs to it in one file (MHTML, RFC 2557) -> an Article.

Its form is that of a mail: headers, and parts of which one is the page. Mails themselves are none.
"""

from __future__ import annotations

import dataclasses
import re
from email import message_from_bytes
from email.message import Message
from itertools import islice

from kb.errors import ReadError
from kb.model.values import Article
from kb.read.documents.html import read_html
from kb.read.given import Given
from kb.read.streams.encoding import decode

READER = "mhtml/1"
MOST_PARTS = 5_000  # a page with its pictures and styles has some hundred
MOST_HEADERS = 100  # lines of a header
_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]*):\s*(.*)|[ \t]+\S.*")
_MAILBOX = re.compile(r"From \S+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d\d:\d\d")
_ENCODED = ("base64", "quoted-printable")
_WEB = ("http://", "https://")


def is_mhtml(text: str) -> bool:
    """Whether a text begins with the headers of a saved page."""
    headers = _headers(text)
    return "mime-version" in headers and headers.get("content-type", "").startswith("multipart/related")


def is_mail(text: str) -> bool:
    """Whether a text is a box of mails, or a mail whose words are packed; one in plain words is a text."""
    headers = _headers(text)
    packed = headers.get("content-type", "").startswith("multipart/") or (
        headers.get("content-transfer-encoding", "").strip() in _ENCODED
    )
    return _MAILBOX.match(text) is not None or ("mime-version" in headers and packed)


def _headers(text: str) -> dict[str, str]:
    """The headers that a text begins with, in lower case; none where it begins otherwise."""
    found: dict[str, str] = {}
    for line in islice(text.splitlines(), MOST_HEADERS):
        if not line.strip():
            break
        header = _HEADER.fullmatch(line)
        if header is None:
            return {}
        if header[1]:
            found.setdefault(header[1].lower(), header[2].lower())
    return found


def read_mhtml(content: bytes, source: str, given: Given) -> Article:
    """The article of a saved page; its address is the one that it was saved from.

    Args:
        content: the file, unpacked.
        source: what it is, for messages.
        given: what the user says of it.

    Raises:
        ReadError: no page is in it, or one that cannot be read.
    """
    try:
        message = message_from_bytes(content)
        page = next((part for part in islice(message.walk(), MOST_PARTS) if _is_page(part)), None)
        raw = page.get_payload(decode=True) if page is not None else None
    except (
        RecursionError,
        ValueError,
        LookupError,
    ) as error:  # parts within parts, endless numbers, encodings
        raise ReadError(f"{source} is a damaged MHTML page: save it again as HTML") from error
    if page is None or not isinstance(raw, bytes) or not raw.strip():
        raise ReadError(f"{source} holds no page (no part of text/html): save it again as HTML")
    named = (page.get("Content-Location"), message.get("Snapshot-Content-Location"))
    saved = next((url for url in map(_folded, named) if url.lower().startswith(_WEB)), None)
    text = decode(raw, source, page.get_content_charset())
    article = read_html(text, source=source, url=given.url, at=given.at or saved)
    return dataclasses.replace(article, reader=READER)


def _is_page(part: Message) -> bool:
    return part.get_content_type() == "text/html"


def _folded(header: object) -> str:
    """A header on one line; "" where there is none."""
    return "".join(str(header or "").split())
