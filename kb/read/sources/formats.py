"""What a source is, by what it holds: formats are told by the first bytes, by the name only among tables."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from kb.errors import ReadError
from kb.read.documents.html import first_tag, is_html
from kb.read.documents.mhtml import is_mail, is_mhtml
from kb.read.given import Format
from kb.read.sources.tables import is_header
from kb.read.streams.encoding import wide_encoding
from kb.read.streams.opened import LOOK

FORMATS: Mapping[Format, str] = {
    "text": "a text, plain or Markdown",
    "html": "a page",
    "mhtml": "a page in one file (MHTML)",
    "pdf": "a PDF",
    "feed": "a feed (RSS, Atom)",
    "sitemap": "a sitemap",
    "urls": "a list of addresses",
    "warc": "a crawl (WARC)",
    "jsonl": "a table of sources (JSON Lines)",
    "csv": "a table of sources (CSV)",
    "zip": "a ZIP archive",
}
MANY: frozenset[Format] = frozenset({"feed", "sitemap", "urls", "warc", "jsonl", "csv", "zip"})
_MAGIC: Mapping[bytes, Format] = {
    b"%PDF-": "pdf",
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"WARC/": "warc",
}
_FEEDS = {"rss", "feed", "rdf"}
_SITEMAPS = {"urlset", "sitemapindex"}
_NAMES: Mapping[str, Format] = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "csv"}
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_JSON = re.compile(r"\{\s*\"|\[\s*[\[{\"]")
_OBJECT = re.compile(r"\{\s*\"")


def told_format(head: bytes, source: str, columns: Mapping[str, str]) -> Format:
    """The format of a source.

    Args:
        head: its first bytes, unpacked.
        source: its name; its ending tells tables.
        columns: the names that the user gave for a table's columns.

    Raises:
        ReadError: it is of a kind that holds no articles: JSON or XML of another shape.
    """
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, found in _MAGIC.items():
        if start.startswith(magic):
            return found
    text = _loose(start if head.startswith(b"\xef\xbb\xbf") else head)
    tag = first_tag(text)
    if tag in _FEEDS:
        return "feed"
    if tag in _SITEMAPS:
        return "sitemap"
    name = source.lower().removesuffix(".gz")
    for ending, found in _NAMES.items():
        if name.endswith(ending):
            return found
    return "html" if is_html(text) else _told_text(text, source, columns, cut=len(head) >= LOOK)


def _loose(head: bytes) -> str:
    """The first bytes as text, good enough for ASCII letters."""
    return head.decode(wide_encoding(head) or "utf-8", "replace").lstrip("\ufeff")


def _told_text(text: str, source: str, columns: Mapping[str, str], *, cut: bool) -> Format:
    """The format of a text that is no markup; of a long one only the beginning, the last line cut."""
    if is_mhtml(text):
        return "mhtml"
    if is_mail(text):
        raise ReadError(f"{source} is a mail, or a box of mails: save the text of each, or its page as HTML")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    first = lines[0] if lines else ""
    if _is_object(first, cut=cut and len(lines) == 1):
        return "jsonl"
    if _JSON.match(text):
        raise ReadError(
            f"{source} is JSON, but not an object a line: write each article as one line "
            '{"text": "...", "url": "..."}, or say --format text'
        )
    if text.startswith("<?xml"):
        raise ReadError(f"{source} is XML of a kind that kb does not know: save its articles as HTML or text")
    listed = [line for line in lines[: -1 if cut else None] if not line.startswith("#")]
    addresses = [line for line in listed if _ADDRESS.fullmatch(line)]
    if listed[:1] == addresses[:1] and 0 < len(addresses) >= 2 * (len(listed) - len(addresses)):
        return "urls"
    return "csv" if is_header(first, columns) else "text"


def _is_object(line: str, *, cut: bool) -> bool:
    """Whether a line is a JSON object, or begins as one where it is cut off."""
    if cut:
        return _OBJECT.match(line) is not None
    try:
        return line.startswith("{") and isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
