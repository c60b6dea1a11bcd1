"""What a page says of itself for machines: JSON-LD (schema.org), `<meta>` of Open Graph and others, microdata."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

MOST_NODES = 20_000  # of a page's JSON-LD; more of them is no description of an article
_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|Review|PressRelease|LiveBlogPosting|CreativeWork)$")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_WRAPPED = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*.{0,40}?\*/)|(?:-->|//\s*\]\]>)\s*;?\s*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Structured:
    """The machine-readable side of a page: its article nodes, and the contents of its metas by lower-case key."""

    nodes: tuple[Mapping[str, Any], ...]
    metas: Mapping[str, tuple[str, ...]]
    site: str | None

    def meta(self, *keys: str) -> Iterator[str]:
        """The contents of the metas of these names, in the order of the keys."""
        for key in keys:
            yield from self.metas.get(key, ())

    def values(self, key: str) -> Iterator[Any]:
        """What the article nodes say under a key, whatever its form."""
        for node in self.nodes:
            if node.get(key):
                yield node[key]


def read_structured(tree: HtmlElement) -> Structured:
    """The structured data of a page. What is ill-formed is left out."""
    found = [node for block in _blocks(tree) for node in _walk(block)]
    articles = tuple(node for node in found if _is_article(node))
    metas = _metas(tree)
    return Structured(articles, metas, _site(found, articles, metas))


def clean(words: object) -> str:
    """A string of structured data as plain words: entities (twice escaped ones too) and tags resolved."""
    if not isinstance(words, str):
        return ""
    text = html.unescape(html.unescape(words))
    return " ".join(re.sub(r"</?[a-zA-Z][^<>]{0,300}>", "", text).split())


def _blocks(tree: HtmlElement) -> Iterator[Any]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = _CONTROL.sub(" ", _WRAPPED.sub("", script.text or ""))
        try:
            yield json.loads(text, strict=False)
        except (json.JSONDecodeError, RecursionError):
            continue


def _walk(block: Any) -> Iterator[Mapping[str, Any]]:
    """All objects of a JSON value, outer ones first, without recursion: depth is the page's choice."""
    queue = [block]
    for _ in range(MOST_NODES):
        if not queue:
            return
        value = queue.pop(0)
        if isinstance(value, dict):
            yield value
            queue.extend(v for v in value.values() if isinstance(v, dict | list))
        elif isinstance(value, list):
            queue.extend(v for v in value if isinstance(v, dict | list))


def types_of(node: Mapping[str, Any]) -> list[str]:
    """The schema.org types of a node."""
    types = node.get("@type") or ()
    return [str(t) for t in types] if isinstance(types, list) else [str(types)]


def _is_article(node: Mapping[str, Any]) -> bool:
    if any(_ARTICLE.search(kind) for kind in types_of(node)):
        return bool(node.get("headline") or node.get("datePublished") or node.get("author"))
    return bool(node.get("headline") and node.get("datePublished"))


def _metas(tree: HtmlElement) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        content = (meta.get("content") or "").strip()
        keys = {(meta.get(name) or "").strip().lower() for name in ("property", "name", "itemprop")} - {""}
        for key in keys if content else ():
            found.setdefault(key, []).append(content)
    return {key: tuple(contents) for key, contents in found.items()}


def _site(
    nodes: list[Mapping[str, Any]],
    articles: tuple[Mapping[str, Any], ...],
    metas: Mapping[str, tuple[str, ...]],
) -> str | None:
    """The site's name as it states it: Open Graph, then the article's publisher, then the site's own node."""
    for name in (*metas.get("og:site_name", ()), *metas.get("application-name", ())):
        if clean(name):
            return clean(name)
    publishers = [node.get("publisher") for node in articles]
    sites = [node for node in nodes if {"WebSite", "NewsMediaOrganization"} & set(types_of(node))]
    for value in (*publishers, *sites):
        for one in value if isinstance(value, list) else [value]:
            name = clean(one.get("name")) if isinstance(one, dict) else clean(one)
            if name and "://" not in name:
                return name
    return next((clean(name) for name in metas.get("dc.publisher", ()) if clean(name)), None)
