"""A page of HTML -> an Article: the main text by trafilatura, and what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml.etree import ErrorTypes, LxmlError, iterwalk
from lxml.html import HtmlElement

from kb.errors import ReadError
from kb.model.values import Article, Genre
from kb.read.documents.html_text import find_main_text
from kb.read.language import detect_language
from kb.read.lines.furniture import furniture_class
from kb.read.markup.authors import find_page_authors
from kb.read.markup.canonical import canonical_url
from kb.read.markup.dates import find_page_dates
from kb.read.markup.structured import Structured, read_structured, types_of
from kb.read.markup.title import find_page_title
from kb.read.streams.hostile import DEEPEST, refuse_entities

READER = "html/3"
MOST_TAGS = 200_000  # a long page has a tenth; each takes the tree some thousand bytes
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # no characters of XML
TYPES: Mapping[str, Genre] = {"OpinionNewsArticle": "opinion", "PressRelease": "statement"}
_PAGES = {"!doctype", "html", "head", "body", "article", "main", "div", "p", "h1", "meta", "title", "section"}
_PAGES |= {
    "header",
    "nav",
    "link",
    "base",
    "style",
    "script",
    "noscript",
    "table",
    "ul",
    "ol",
    "h2",
    "figure",
    "form",
}
_TAG = re.compile(r"<(!?[a-z][\w:-]{0,40})", re.IGNORECASE)
_PASSED = re.compile(
    r"(?:<\?.*?\?>|<!--.*?-->|<!doctype\b(?!\s+html)[^<>\[]*(?:\[.*?\]\s*)?>)\s*", re.IGNORECASE | re.DOTALL
)


def is_html(text: str) -> bool:
    """Whether a text is a page of HTML, by what it begins with."""
    return first_tag(text) in _PAGES


def first_tag(text: str) -> str:
    """The name of the element that a text begins with, without its prefix and in lower case; "" for none.

    An XML declaration, comments and a document type that is not HTML's are passed over.
    """
    start = text[:20_000].lstrip("\ufeff \t\n\r\f")
    for _ in range(100):
        if (passed := _PASSED.match(start)) is None:
            break
        start = start[passed.end() :]
    tag = _TAG.match(start)
    return tag[1].lower().rpartition(":")[2] if tag else ""


def read_html(text: str, *, source: str = "<page>", url: str | None = None, at: str | None = None) -> Article:
    """The article of a page.

    Args:
        text: the page, decoded.
        source: what was read, for messages.
        url: its address, if the user knows it.
        at: what answered, of a page that was fetched: what it says of its own address must agree.

    Raises:
        ReadError: it is no page that can be parsed, or holds no article.
    """
    tree = parse_markup(text, source)
    page = read_structured(tree)
    url = url or _canonical(tree, page, at)
    title = find_page_title(tree, page, url)
    published, modified = find_page_dates(tree, page, url)
    authors = find_page_authors(tree, page)
    found = find_main_text(tree, page, title, authors)
    if not found.paragraphs:
        raise ReadError(f"{source} holds no article that could be told from the page around it")
    body = "\n\n".join(found.paragraphs)
    return Article(
        body,
        title=title,
        published=published or found.published,
        modified=modified,
        url=url,
        publisher=page.site,
        authors=authors or found.authors,
        language=detect_language(body) or _declared_language(tree),
        genre=_genre(page),
        source=source,
        reader=READER,
    )


def parse_markup(text: str, source: str) -> HtmlElement:
    """The tree of a page or of a piece of one; nothing is fetched or run for it.

    Raises:
        ReadError: it is no markup that can be parsed, or more of it than an article can have.
    """
    if text.count("<") > MOST_TAGS:
        raise ReadError(
            f"{source} has more than {MOST_TAGS:,} tags, which no article has: save its text alone"
        )
    content = _CONTROLS.sub(" ", text).encode("utf-8", "replace")
    refuse_entities(content, source)
    # By itself the parser goes no deeper than 256 tags and leaves out the rest of the page without a word.
    tree, whole = _parsed(content, source, huge=False)
    if not whole:
        tree, whole = _parsed(content, source, huge=True)
    if not whole or _is_too_deep(tree):
        raise ReadError(
            f"{source} has more than {DEEPEST:,} nested tags, which no article has: save its text alone"
        )
    return tree


def _parsed(content: bytes, source: str, *, huge: bool) -> tuple[HtmlElement, bool]:
    """The tree, and whether all of the page is in it.

    Raises:
        ReadError: there is no tree.
    """
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True, huge_tree=huge)
    try:
        tree = lxml.html.document_fromstring(content, parser=parser)
    except (LxmlError, ValueError) as error:
        raise ReadError(
            f"{source} is no page that can be read ({error}): save it again, or as plain text"
        ) from error
    if not isinstance(tree, HtmlElement):
        raise ReadError(f"{source} is no page that can be read: save it again, or as plain text")
    return tree, not any(error.type == ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log)


def _is_too_deep(tree: HtmlElement) -> bool:
    """Whether more than `DEEPEST` elements stand in each other."""
    depth = 0
    for event, _ in iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            return True
    return False


def _canonical(tree: HtmlElement, page: Structured, at: str | None) -> str | None:
    stated = _stated_url(tree, page, at)
    return canonical_url(stated, at) if at else stated


def _stated_url(tree: HtmlElement, page: Structured, at: str | None) -> str | None:
    links = [
        link.get("href") or "" for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"
    ]
    own = next(page.meta("og:url"), "")
    for href in (*links, own):
        url = urljoin(at or own, href.strip())
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.hostname and (parts.path.strip("/") or parts.query):
            return str(url)
    return None


def _genre(page: Structured) -> Genre | None:
    """What the page calls itself: by its schema.org type, or by the section that it stands in."""
    kinds = {kind for node in page.nodes for kind in types_of(node)}
    for kind, genre in TYPES.items():
        if kind in kinds:
            return genre
    sections = (*page.meta("article:section"), *page.values("articleSection"))
    found = (furniture_class(words) or "" for words in sections if isinstance(words, str))
    genre_of: Mapping[str, Genre] = {
        "genre-opinion": "opinion",
        "genre-explainer": "explainer",
        "genre-statement": "statement",
    }
    return next((genre_of[kind] for kind in found if kind in genre_of), None)


def _declared_language(tree: HtmlElement) -> str | None:
    """What `<html lang>` says, as ISO 639-1; taken where the text is too short to tell."""
    code = re.match(r"[a-z]{2}(?![a-z])", (tree.get("lang") or "").strip().lower())
    return code[0] if code else None
