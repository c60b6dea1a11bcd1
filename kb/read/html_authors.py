"""Who wrote a page: persons that it names for machines, then its visible byline, then desks and agencies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

from kb.read.html_title import words_of
from kb.read.stated import find_authors, is_name
from kb.read.structured import Structured, clean, types_of

_METAS = ("author", "article:author", "article_author", "byl", "byline", "parsely-author", "sailthru.author")
_METAS = (
    *_METAS,
    "sailthru.byline_name",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "cxenseparse:author",
)
_METAS = (*_METAS, "author.name", "og:article:author", "twitter:data1")
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:by-?line|author|authors|byline\w*|author-?name|contributor|writer)(?:$|[\s_-])", re.I
)
_OTHER = re.compile(
    r"related|recirc|sidebar|comment|card|teaser|more-|footer|avatar|bio|image|photo|caption|credit", re.I
)
_BY = re.compile(
    r"^\s*(?:by|von|par|por|di|door|av|af|autor[ae]?|author|written by|text|text by|words by)\s*:?\s+", re.I
)
_SPLIT = re.compile(r"\s*(?:[,;|/•·&]|\band\b|\bund\b|\bet\b|\by\b)\s*|\s+[-–—]\s+")
LONGEST = 120  # characters of a byline


def find_page_authors(tree: HtmlElement, page: Structured) -> tuple[str, ...]:
    """The authors as the page names them, in its order; none where it names nobody."""
    site = (page.site or "").lower()
    desks: list[str] = []
    for source in (_stated_persons(page), _bylines(tree), _stated_metas(page), _stated_others(page)):
        names = list(dict.fromkeys(name for words in source for name in names_in(words)))
        persons = [name for name in names if _is_person(name, site)]
        if persons:
            return tuple(persons)
        desks.extend(names)
    return tuple(dict.fromkeys(desks))[:1]


def names_in(words: str) -> Iterator[str]:
    """The names in a byline, without "by", roles, addresses.

    >>> list(names_in("By Ann Doe and Rui Roe | Example News Staff"))
    ['Ann Doe', 'Rui Roe', 'Example News Staff']
    """
    words = clean(words)
    if not words or len(words) > LONGEST or "://" in words:
        return
    for part in _SPLIT.split(_BY.sub("", words)):
        part = re.sub(r"\([^()]*\)|\S+@\S+|@\w+", "", part).strip(" .,:-–—")
        if 2 < len(part) <= 60 and not any(c.isdigit() for c in part) and part[0].isalpha():
            yield part


def _is_person(name: str, site: str) -> bool:
    lower = name.lower()
    if site and (lower in site or site in lower):
        return False
    return len(name.split()) >= 2 and is_name(name)


def _stated_persons(page: Structured) -> Iterator[str]:
    for author in _authors(page):
        if isinstance(author, str):
            yield author
        elif "Organization" not in str(types_of(author)):
            yield clean(author.get("name"))


def _stated_others(page: Structured) -> Iterator[str]:
    for author in _authors(page):
        yield clean(author if isinstance(author, str) else author.get("name"))


def _authors(page: Structured) -> Iterator[str | Mapping[str, Any]]:
    for value in (*page.values("author"), *page.values("creator")):
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str):
                yield one
            elif isinstance(one, dict):
                names = one.get("name")
                for name in names if isinstance(names, list) else [names]:
                    yield {**one, "name": name}


def _stated_metas(page: Structured) -> Iterator[str]:
    yield from page.meta(*_METAS)


def _bylines(tree: HtmlElement) -> Iterator[str]:
    """The words of byline elements; those of teasers, comments and captions left out."""
    for element in tree.xpath('//*[@rel="author" or @itemprop="author" or @class or @data-testid]'):
        label = " ".join(element.get(key) or "" for key in ("class", "rel", "itemprop", "data-testid"))
        if not _BYLINE.search(label) or _OTHER.search(label):
            continue
        if any(
            _OTHER.search(f"{a.get('class') or ''} {a.get('id') or ''}")
            for a in element.iterancestors()
            if a.tag not in ("body", "html")
        ):
            continue
        words = words_of(element)
        if 2 < len(words) <= 200:
            found = find_authors(words)
            yield from found or ([words] if len(words) <= 60 else ())
            if found or len(words.split()) >= 2:
                return
