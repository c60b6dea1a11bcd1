"""What a page says of itself for machines: JSON-LD (schema.org), and `<meta>` of Open Graph and others."""

from __future__ import annotations

import html
import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from kb.lexicon import read_table

Node = Mapping[str, Any]
MOST_NODES = 20_000  # of a page's JSON-LD; more of them is no description of an article
ALIKE = 0.35  # of 1: the share of words that two titles of one article have in common
_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|Review|PressRelease|CreativeWork)$")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LAST_COMMA = re.compile(r",(?=\s*[}\]])")
_PAIR = re.compile(r'"(headline|datePublished|dateModified)"\s*:\s*("(?:[^"\\\n]|\\.){1,500}")')
_WRITER = re.compile(r'"author"\s*:\s*[\[{][^\]}]{0,300}?"name"\s*:\s*("(?:[^"\\\n]|\\.){1,200}")')


@dataclass(frozen=True, slots=True)
class Structured:
    """The machine-readable side of a page: its article's nodes, metas by lower-case key, the site's name."""

    nodes: Sequence[Node]
    metas: Mapping[str, Sequence[str]]
    site: str | None

    def meta(self, *keys: str) -> Iterator[str]:
        """The contents of the metas of these names, in the order of the keys."""
        for key in keys:
            yield from self.metas.get(key, ())

    def metas_for(self, says: str) -> Iterator[str]:
        """The contents of the metas that say this of the article: see lexicon/page_metas.csv."""
        return self.meta(*(row["key"] for row in read_table("page_metas") if row["says"] == says))

    def values(self, key: str) -> Iterator[Any]:
        """What the article's nodes say under a key; the members of a list one by one."""
        for node in self.nodes:
            value = node.get(key)
            yield from value if isinstance(value, list) else [value] if value else []


def read_structured(tree: HtmlElement) -> Structured:
    """The structured data of a page. What is ill-formed is read as far as it can be, or left out."""
    found = [node for block in _blocks(tree) for node in _walk(block)]
    metas = _metas(tree)
    named = {str(node["@id"]): node for node in found if node.get("@id") and node.get("name")}
    articles = [_resolved(node, named) for node in found if _is_article(node)]
    articles = articles or [
        node for node in found if "WebPage" in types_of(node) and node.get("datePublished")
    ]
    titles = [*metas.get("og:title", ()), *(element.text or "" for element in tree.iter("title", "h1"))]
    return Structured(_main(articles, titles), metas, _site(found, articles, metas))


def clean(words: object) -> str:
    """A string of structured data as plain words: entities (twice escaped ones too) and tags resolved."""
    if not isinstance(words, str):
        return ""
    text = html.unescape(html.unescape(words))
    return " ".join(re.sub(r"</?[a-zA-Z][^<>]{0,300}>", "", text).split())


def likeness(one: str, other: str) -> float:
    """The share of words that two titles have in common: 1 for the same words, 0 for none of them.

    >>> likeness("Rain in May", "Rain in May - The Example") > ALIKE
    True
    """
    mine, theirs = (set(re.findall(r"\w+", words.lower())) for words in (one, other))
    if not mine or not theirs:
        return 0.0
    return len(mine & theirs) / min(len(mine | theirs), 2 * min(len(mine), len(theirs)))


def types_of(node: Node) -> list[str]:
    """The schema.org types of a node."""
    types = node.get("@type") or ()
    return [str(kind) for kind in types] if isinstance(types, list) else [str(types)]


def _blocks(tree: HtmlElement) -> Iterator[Any]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = _CONTROL.sub(" ", _unwrapped(script.text or ""))
        try:
            yield json.loads(text, strict=False)
        except (json.JSONDecodeError, RecursionError):
            yield _nearly_formed(text)


def _unwrapped(text: str) -> str:
    """A script's text without the comment or CDATA section that some pages put it in."""
    text = text.strip()
    for mark in ("<!--", "//", "<![CDATA["):
        text = text.removeprefix(mark).lstrip()
    for mark in ("-->", "]]>", "//", ";"):
        text = text.removesuffix(mark).rstrip()
    return text


def _nearly_formed(text: str) -> Any:
    """JSON in which nothing is wrong but commas before closing brackets; else what can be told of it."""
    try:
        return json.loads(_LAST_COMMA.sub("", text), strict=False)
    except (json.JSONDecodeError, RecursionError):
        return _ill_formed(text)


def _ill_formed(text: str) -> dict[str, Any]:
    """The few pairs that matter of JSON that is none: an unescaped quote or a comma too many elsewhere."""
    node: dict[str, Any] = {}
    for pattern in (_PAIR, _WRITER):
        for match in pattern.finditer(text):
            key = match[1] if pattern is _PAIR else "author"
            try:
                node.setdefault(key, json.loads(match[match.lastindex or 1], strict=False))
            except json.JSONDecodeError:
                continue
    return node


def _walk(block: Any) -> Iterator[Node]:
    """All objects of a JSON value, outer ones first, without recursion: depth is the page's choice."""
    queue = deque([block])
    for _ in range(MOST_NODES):
        if not queue:
            return
        value = queue.popleft()
        if isinstance(value, dict):
            yield value
            queue.extend(v for v in value.values() if isinstance(v, dict | list))
        elif isinstance(value, list):
            queue.extend(v for v in value if isinstance(v, dict | list))


def _is_article(node: Node) -> bool:
    if any(_ARTICLE.search(kind) for kind in types_of(node)):
        return bool(node.get("headline") or node.get("datePublished") or node.get("author"))
    return bool(node.get("headline") and node.get("datePublished"))


def _resolved(node: Node, named: Mapping[str, Node]) -> Node:
    """The node with an author that it gives by reference alone replaced by whom the page names there."""
    value = node.get("author")
    authors = value if isinstance(value, list) else [value]
    known = [_named(author, named) for author in authors]
    return {**node, "author": known} if value else node


def _named(author: Any, named: Mapping[str, Node]) -> Any:
    by_reference = isinstance(author, dict) and not author.get("name")
    return named.get(str(author.get("@id")), author) if by_reference else author


def _main(articles: list[Node], titles: list[str]) -> Sequence[Node]:
    """The page's own article among those that it describes: like its title, or the first."""
    alike = [
        node
        for node in articles
        if any(likeness(clean(node.get("headline")), clean(title)) >= ALIKE for title in titles)
    ]
    return alike or articles[:1]


def _metas(tree: HtmlElement) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        content = (meta.get("content") or "").strip()
        keys = {(meta.get(name) or "").strip().lower() for name in ("property", "name", "itemprop")} - {""}
        for key in keys if content else ():
            found.setdefault(key, []).append(content)
    return {key: tuple(contents) for key, contents in found.items()}


def _site(nodes: list[Node], articles: Sequence[Node], metas: Mapping[str, Sequence[str]]) -> str | None:
    """The site's name as it states it: Open Graph, then the article's publisher, then the site's own node."""
    stated = [*metas.get("og:site_name", ()), *metas.get("application-name", ())]
    publishers = [node.get("publisher") for node in articles]
    sites = [node for node in nodes if {"WebSite", "NewsMediaOrganization"} & set(types_of(node))]
    for value in (*stated, *publishers, *sites, *metas.get("dc.publisher", ())):
        for one in value if isinstance(value, list) else [value]:
            name = clean(one.get("name")) if isinstance(one, dict) else clean(one)
            if name and "://" not in name:
                return name
    return None
