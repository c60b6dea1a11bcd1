"""A page of HTML -> an Article: the main text by trafilatura, and what the page says of itself."""

from __future__ import annotations

import logging
import re
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml.etree import LxmlError
from lxml.html import HtmlElement

from kb.errors import ReadError
from kb.model.values import Article
from kb.read.body import body_of
from kb.read.html_authors import find_page_authors
from kb.read.html_dates import find_page_dates, find_shown_day
from kb.read.html_title import find_page_title
from kb.read.language import detect_language
from kb.read.markup import strip_markup
from kb.read.page import parts_of
from kb.read.paragraphs import Line, join_broken
from kb.read.structured import Structured, read_structured

logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # what it has to say is in our errors
READER = "html/1"
HEAD = 6  # lines of the main text that may still belong to the page's header
LONGEST_DAY = 60  # characters of a line that tells the day, and the time and the place with it
_BREAKS = re.compile(r"[ \t]*\n\s*")
_FEED = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:rdf|urlset|sitemapindex|opml)\b", re.I | re.S
)
_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|meta|title)\b",
    re.I | re.S,
)


def is_feed(text: str) -> bool:
    """Whether a text is XML that lists pages: a feed, a sitemap."""
    return _FEED.match(text[:20_000].lstrip("\ufeff")) is not None


def is_html(text: str) -> bool:
    """Whether a text is a page of HTML, by what it begins with."""
    return _START.match(text[:20_000].lstrip("\ufeff")) is not None


def read_html(text: str, *, source: str = "<page>", url: str | None = None) -> Article:
    """The article of a page.

    Args:
        text: the page, decoded.
        source: what was read, for messages.
        url: where it came from, if known.

    Raises:
        ReadError: it is no page that can be parsed, or holds no article.
    """
    tree = _parse(text, source)
    _fold_spaces(tree)
    page = read_structured(tree)
    url = url or _canonical(tree, page)
    title = find_page_title(tree, page, url)
    published, modified = find_page_dates(tree, page, url)
    body = "\n\n".join(_paragraphs(tree, title, source))
    return Article(
        body,
        title=title,
        published=published,
        modified=modified,
        url=url,
        publisher=page.site,
        authors=find_page_authors(tree, page),
        language=detect_language(body) or _declared_language(tree),
        source=source,
        reader=READER,
    )


def _parse(text: str, source: str) -> HtmlElement:
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (LxmlError, ValueError) as error:
        raise ReadError(
            f"{source} is no page that can be read ({error}): save it again, or as plain text"
        ) from error
    if not isinstance(tree, HtmlElement):
        raise ReadError(f"{source} is no page that can be read: save it again, or as plain text")
    return tree


def _fold_spaces(tree: HtmlElement) -> None:
    """Make a space of every line break in the page's source, as browsers do: it is no break of the text."""
    preformatted = {node for pre in tree.iter("pre", "textarea", "script", "style") for node in pre.iter()}
    for node in tree.iter():
        if node.text and "\n" in node.text and node not in preformatted:
            node.text = _BREAKS.sub(" ", node.text)
        if node.tail and "\n" in node.tail and node.getparent() not in preformatted:
            node.tail = _BREAKS.sub(" ", node.tail)


def _paragraphs(tree: HtmlElement, title: str | None, source: str) -> list[str]:
    """The paragraphs of the main text, without the furniture that stands among them.

    trafilatura looks again with looser settings where its first look finds little, and then may take
    the articles around this one; its wide setting does without the second look and tells it.
    """
    found = _extracted(tree, wide=False)
    if found and len(wide := _extracted(tree, wide=True)) < len(found) // 2:
        found = wide
    language = tree.get("lang") or ""
    lines = [Line(words) for words in map(strip_markup, found.splitlines()) if words]
    lines = [line for i, line in enumerate(lines) if i >= HEAD or not _is_day(line.text, language)]
    parts, _ = parts_of(lines, title) if title else ([], None)
    paragraphs = join_broken([part.text for part in body_of(parts)]) or [line.text for line in lines]
    if not paragraphs:
        raise ReadError(f"{source} holds no article that could be told from the page around it")
    return paragraphs


def _is_day(words: str, language: str) -> bool:
    """Whether a line is the day of the page, in whatever language."""
    return len(words) <= LONGEST_DAY and find_shown_day(words, language.lower()) is not None


def _extracted(tree: HtmlElement, *, wide: bool) -> str:
    from trafilatura import bare_extraction

    document = bare_extraction(tree, include_comments=False, with_metadata=False, favor_recall=wide)
    return str(document.text or "") if document is not None and not isinstance(document, dict) else ""


def _canonical(tree: HtmlElement, page: Structured) -> str | None:
    links = [
        link.get("href") or "" for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"
    ]
    base = next(page.meta("og:url"), "")
    for href in (*links, base):
        url = urljoin(base, href.strip())
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.hostname and (parts.path.strip("/") or parts.query):
            return str(url)
    return None


def _declared_language(tree: HtmlElement) -> str | None:
    """What `<html lang>` says, as ISO 639-1; taken where the text is too short to tell."""
    code = re.match(r"[a-z]{2}(?![a-z])", (tree.get("lang") or "").strip().lower())
    return code[0] if code else None
