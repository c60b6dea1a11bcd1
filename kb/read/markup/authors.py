"""Who wrote a page: whom it names for machines, then its visible byline; of each persons before desks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice, takewhile
from typing import Any

from lxml.html import HtmlElement

from kb.lexicon import read_words
from kb.read.lines.bylines import find_authors, is_name
from kb.read.markup.structured import Structured, clean, types_of
from kb.read.markup.words import label_of, main_heading, near_heading, words_of

_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:by-?line|authors?|contributor|writer|byname)(?:$|[\s_-])|byline|author_?-?name", re.I
)
_OTHER = re.compile(r"related|recirc|comment|teaser|avatar|image|photo|caption|credit|description", re.I)
_BESIDE = re.compile(
    r"related|recirc|recommend|teaser|sidebar|comment|promo|trending|most-?read|footer", re.I
)
_SMALL = {"p", "span", "small", "address", "li", "div", "em", "h2", "h3", "h4", "h5", "h6"}
_BY_INSIDE = re.compile(
    r"(?:[|·•–—-]\s?|\d\s|[A-Z]{2,4}\s|(?:posted|published|submitted|written|reported|story|words)\s)"
    r"(?P<by>[Bb]y:? (?=[^\W\d_a-z]).{3,80})"
)
_SPLIT = re.compile(r"\s*(?:[,;|/•·&]|\band\b|\bund\b|\bet\b|\by\b)\s*|\s+[-–—]\s+")
# Where somebody writes from, and for whom; "in 't" and "in der" stand inside names.
_WHERE = re.compile(r"(?<=\w)\s+(?:in|for|at|from)\s+(?=[A-Z]).*")
SHORTEST_ALT = 40  # characters of a picture's description; an author's portrait has a name
LONGEST_CAPTION = 400  # characters, with the credit
LONGEST = 120  # characters of a byline
MOST_WORDS = 4  # of a name that stands by itself
SHORTEST_TEXT = 300  # characters of an article


@cache
def _profile() -> re.Pattern[str]:
    """The address of an author's own page."""
    folders = "|".join(sorted(map(re.escape, read_words("page_words", kind="profile"))))
    return re.compile(rf"/(?:{folders})/[^/]", re.IGNORECASE)


@cache
def _by() -> re.Pattern[str]:
    """What stands before the name in a byline."""
    words = "|".join(sorted(map(re.escape, read_words("page_words", kind="by")), key=len, reverse=True))
    return re.compile(rf"^\s*(?:{words})\s*(?::\s*|\s)", re.IGNORECASE)


def find_page_authors(tree: HtmlElement, page: Structured) -> tuple[str, ...]:
    """The authors as the page names them, in its order; none where it names nobody."""
    site = (page.site or "").lower()
    for source in (_stated_persons(page), _bylines(tree), _stated_metas(page), _stated_others(page)):
        names = [name for words in source for name in names_in(_without(words, page.site))]
        if persons := [
            name
            for name in names
            if _is_person(name) and name.lower() not in (site, site.removeprefix("the "))
        ]:
            return tuple(dict.fromkeys(persons))
        desks = [name for name in names if name.lower() not in site and name.lower() not in _accounts()]
        if desks:
            return (desks[0],)
    return ()


def _without(words: str, site: str | None) -> str:
    """A byline without the site's name behind the author's."""
    return words.removesuffix(site).rstrip() or words if site else words


def names_in(words: str) -> Iterator[str]:
    """The names in a byline, without "by", roles, addresses.

    >>> list(names_in("By Ann Doe and Rui Roe | Example News Staff"))
    ['Ann Doe', 'Rui Roe', 'Example News Staff']
    """
    words = clean(words)
    if not words or len(words) > LONGEST or "://" in words:
        return
    for part in _SPLIT.split(_by().sub("", words)):
        part = _WHERE.sub("", re.sub(r"\([^()]*\)|\S+@\S+|@\w+", "", part)).strip(" .,:-–—")
        if 2 < len(part) <= 60 and not any(c.isdigit() for c in part) and part[0].isalpha():
            yield part


def _accounts() -> frozenset[str]:
    """Names of accounts of content systems, which tell nothing."""
    return read_words("bylines", kind="account")


def _is_person(name: str) -> bool:
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
    for one in (*page.values("author"), *page.values("creator")):
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            names = one.get("name")
            for name in names if isinstance(names, list) else [names]:
                yield {**one, "name": name}


def _stated_metas(page: Structured) -> Iterator[str]:
    yield from page.metas_for("author")


def _bylines(tree: HtmlElement) -> Iterator[str]:
    """The first byline near the heading; one under a photograph only if there is no other."""
    credit: tuple[str, ...] = ()
    heading = main_heading(tree)
    english = (tree.get("lang") or "en").lower().startswith("en")
    for element in near_heading(tree):
        found = _byline(element, english)
        if found and _is_aside(element, heading):
            continue
        if found and not _is_credit(element):
            yield from found
            return
        credit = credit or found
    yield from credit


def _byline(element: HtmlElement, english: bool) -> tuple[str, ...]:
    """The names in an element that is marked as a byline, links to an author's page, or says "by ..."."""
    label = label_of(element)
    marked = _BYLINE.search(label) is not None and not _OTHER.search(label)
    marked = marked or (element.tag == "a" and _profile().search(element.get("href") or "") is not None)
    if not marked and element.tag not in _SMALL:
        return ()
    words = words_of(element)
    if 2 < len(words) <= LONGEST:
        inside = _BY_INSIDE.search(words)
        found = find_authors(words) or (find_authors(inside["by"]) if inside else ())
        if not found and not english and (by := _by().match(words)):
            names = tuple(names_in(words[by.end() :]))
            found = names if names and all(map(_is_person, names)) else ()
        if found:
            return found
        if marked and (named := _named_inside(element, words)):
            return (named,)
    behind = " ".join((element.tail or "").split())
    return find_authors(behind) if element.tag == "small" or element.tag == "time" else ()


def _named_inside(block: HtmlElement, words: str) -> str | None:
    """The names in a block that is marked as a byline: its words, or in a mixture the first name by itself.

    Beside names may stand how old the page is, buttons, a role and its place.
    """
    names = tuple(names_in(words)) if len(words.split()) >= 2 else ()
    if "byline" in label_of(block).lower() and not (names and all(map(_is_person, names))):
        leaves = (words_of(node) for node in block.iter() if _is_element(node) and len(node) == 0)
        for leaf in leaves:
            if len(leaf.split()) <= MOST_WORDS and _is_person(leaf):
                return leaf
    return words if any(map(is_name, names)) else None


def _is_aside(element: HtmlElement, heading: HtmlElement | None) -> bool:
    """Whether the element is in a part of the page beside the one with the heading: teasers, comments."""
    above = set() if heading is None else set(heading.iterancestors())
    beside = takewhile(lambda node: node not in above and node.tag != "body", element.iterancestors())
    return any(
        node.tag in ("aside", "nav")
        or (node.tag == "footer" and _is_foot(node))
        or _BESIDE.search(label_of(node))
        for node in beside
    )


def _is_foot(footer: HtmlElement) -> bool:
    """Whether nothing but furniture follows: HTML has a footer tell of its part, and it may stand first."""
    return all(len(words_of(block)) < SHORTEST_TEXT for block in footer.itersiblings() if _is_element(block))


def _is_element(node: HtmlElement) -> bool:
    return isinstance(node.tag, str)


def _is_credit(element: HtmlElement) -> bool:
    """Whether the element is a picture's credit: in a figure, or in a small block with one."""
    around = (element, *islice(element.iterancestors(), 2))
    if any(node.tag in ("figure", "figcaption") for node in around):
        return True
    block = around[-1]
    described = any(len(image.get("alt") or "") >= SHORTEST_ALT for image in block.iter("img"))
    return described and next(block.iter("h1"), None) is None and len(words_of(block)) < LONGEST_CAPTION
