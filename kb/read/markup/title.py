"""The title of a page: as it stands over the article, without the site's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from kb.read.markup.structured import ALIKE, Structured, clean, likeness
from kb.read.markup.words import words_of

_SEPARATED = re.compile(r"\s+[|\-–—·•«»:/~]\s+|\s*[|«»]\s*|:\s+|\s+[-–—]{2}\s+")
_BOLD = ("b", "strong", "big", "font")
LONGEST = 400  # characters of a title
LONGEST_LABEL = 20  # characters, of a section inside a heading
_SECTION = re.compile(r"\s+[|»/]\s+[^|»/]{2,25}$")


def find_page_title(tree: HtmlElement, page: Structured, url: str | None) -> str | None:
    """The page's title: the heading over the article if it is like what the metadata say, else theirs."""
    names = _site_names(page, url)
    stated = [without_site(words, names) for words in _stated(tree, page)]
    headings = [words for words in _headings(tree) if _fold(words) not in names]
    names |= _sites_among(headings, tree)
    stated = [without_site(words, names) for words in stated]
    headings = [words for words in headings if _fold(words) not in names]
    best = max(headings, key=lambda words: _alike(words, stated), default=None)
    if best is None or (stated and _alike(best, stated) < ALIKE):
        if best is not None and len(headings) == 1 and len(best.split()) >= 4:
            return without_site(best, names)
        return next(iter(stated), best)
    inside = [words for words in stated if len(words.split()) >= 4 and _is_labelled(best, words)]
    return max(inside, key=len) if inside else without_site(best, names)


def _stated(tree: HtmlElement, page: Structured) -> Iterator[str]:
    for words in map(clean, (*page.values("headline"), *page.metas_for("title"))):
        if 0 < len(words) <= LONGEST:
            yield words
    for element in tree.xpath("//title[not(ancestor::svg)]"):
        words = clean(element.text_content())
        if 0 < len(words) <= LONGEST:
            yield words
            return


def _headings(tree: HtmlElement) -> list[str]:
    found = (words_of(heading) for heading in tree.iter("h1"))
    return [words for words in found if 2 <= len(words) <= LONGEST]


def _sites_among(headings: list[str], tree: HtmlElement) -> frozenset[str]:
    """Main headings, folded, that name the site: beside one in `<title>` stands a longer, lower heading.

    Old pages have no headings: there both are in bold or large letters.
    """
    lower = {_fold(words_of(heading)) for heading in tree.iter("h2", "h3")}
    higher = {_fold(words) for words in headings}
    if not headings and not lower:
        higher = lower = {_fold(words_of(bold)) for bold in tree.iter(*_BOLD)}
    whole = next((clean(element.text_content()) for element in tree.xpath("//title[not(ancestor::svg)]")), "")
    found = set()
    for cut in _SEPARATED.finditer(whole):
        ends = whole[: cut.start()], whole[cut.end() :]
        for site, title in (ends, ends[::-1]):
            if len(title.split()) > max(2, len(site.split())) and _fold(title) in lower:
                found |= {_fold(site)} & higher
    return frozenset(found)


def _is_labelled(heading: str, title: str) -> bool:
    """Whether the heading is the title with a section's label before it."""
    label = heading[: -len(title)].strip()
    parted = label.endswith((":", "-", "–", "|"))
    return heading.endswith(title) and 0 < len(label) < LONGEST_LABEL and not parted


def _alike(words: str, stated: list[str]) -> float:
    return max((likeness(words, other) for other in stated), default=0.0)


def _site_names(page: Structured, url: str | None) -> frozenset[str]:
    """The names by which the site may stand in a title, folded: its own, its host, the host's main label."""
    names = {_fold(page.site or "")}
    host = (urlsplit(url).hostname or "") if url else ""
    host = host.removeprefix("www.")
    labels = host.split(".")
    names |= {_fold(host), *(_fold(label) for label in labels[:-1] if len(label) > 3)}
    return frozenset(names - {""})


def without_site(words: str, names: frozenset[str]) -> str:
    """The title without the site's name before or behind it, and without sections beside that name.

    >>> without_site("Rain in May | World | The Example", frozenset({"theexample"}))
    'Rain in May'
    """
    whole = words
    for _ in range(4):
        cuts = [match.span() for match in _SEPARATED.finditer(words)]
        for start, end in reversed(cuts):
            if _is_site(words[end:], names) and len(words[:start].split()) >= 2:
                words = words[:start]
                break
        else:
            for start, end in cuts:
                if _is_site(words[:start], names) and len(words[end:].split()) >= 3:
                    words = words[end:]
                    break
            else:
                break
    if words != whole and (section := _SECTION.search(words)) and len(words[: section.start()].split()) >= 2:
        words = words[: section.start()]
    return words.strip()


def _is_site(words: str, names: frozenset[str]) -> bool:
    folded = _fold(words)
    if not folded:
        return False
    return any(
        folded == name
        or (len(name) > 3 and name in folded and len(folded) < 3 * len(name))
        or (len(folded) > 4 and folded in name)
        for name in names
    )


def _fold(words: str) -> str:
    return re.sub(r"[\W_]+", "", words.lower())
