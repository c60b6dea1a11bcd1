"""The one place that an article is about, for the sentences that name none.

It is named at the article's head and most often of all. A dateline tells only where the text was written.
A capital often stands for its country ("between Brussels and Minsk"): where the text speaks of the country
or its people no less often, the country it is.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from kb.extract.attribution.reporting import use_of
from kb.extract.claims.addresses import place_of_address, place_of_site
from kb.extract.claims.describing import is_descriptive
from kb.extract.claims.phrases import Reading, tokens_of
from kb.extract.claims.places import capitals, demonyms
from kb.extract.datelines import find_datelines
from kb.extract.document import Document
from kb.extract.entities.mentions import Mentions, reference
from kb.lexicon import read_table
from kb.model.values import Article, Entity, Reference, Span

_LEAD = 2  # sentences in which the article's place must have been named
_SHARE = 0.4  # of all mentions of places that the article's place must have
_AFTER_PLACE = re.compile(r"[A-Z][\w.'’-]*, $")
_IN = re.compile(r"\b(?:in|at|near|on|off|outside|hits?|strikes?|rocks?|shakes?)\s+$", re.IGNORECASE)
_IN_COUNTRY = re.compile(
    r"\b(?:in|across|throughout) the (?:whole |entire )?(?:country|nation)\b", re.IGNORECASE
)
_LONGEST_DATELINE = 120  # characters
_DATELINE = re.compile(
    r"(?:, [A-Z][\w .]{1,20})?(?: \([^)\n]{1,30}\))?(?: ?[—–]| ?-) |, [A-Z][a-z]{2,8}\.? \d"
)


@cache
def _countries() -> frozenset[str]:
    return frozenset(row["name"] for row in read_table("countries"))


@cache
def _regions() -> frozenset[str]:
    return frozenset(row["name"] for row in read_table("places") if not row["country"])


def place_of_article(
    document: Document, entities: tuple[Entity, ...], mentions: Mentions
) -> Reference | None:
    """The article's place, as first written outside the dateline, or None.

    A quote or a note has no head: it is about the country that the address of its page names. What names no
    place at all is about the country whose body published it, if it is a national one's.
    """
    places = [entity for entity in entities if entity.kind == "place"]
    cited = place_of_address(document.article.cites_url) if document.article.kind != "page" else None
    if cited is not None:
        named = (entity for entity in places if entity.name == cited.name)
        return next((reference(entity.mentions[0]) for entity in named), cited)
    if not places:
        return place_of_site(document)
    if not document.sentences:
        return None
    lead_end = document.sentences[: _LEAD + 1][-1].end_char
    counts, early = _counted(document, places, mentions, lead_end)
    for capital, country in capitals().items():
        if counts[country] and counts[capital] and counts[capital] <= counts[country]:
            counts[country] += counts.pop(capital)
            early |= {country} if capital in early else set()
    title = document.article.title or ""
    entitled = [entity for entity in places if _is_named(entity, title)]
    scene = place_of_title(entitled, title)
    for mention, entity in mentions.within(0, len(document.text), "place"):
        if not counts[entity.name] and entity is not scene:
            continue
        if _is_dateline(document, mention.span) or (scene is not None and entity is not scene):
            continue
        if scene is not None:
            return reference(mention)
        first = counts[entity.name] == max(counts.values())
        if first and entity.name in early and counts[entity.name] / counts.total() >= _SHARE:
            return reference(mention)
        if entitled == [entity]:
            return reference(mention)
    return None


def place_of_paragraph(reading: Reading, start_char: int) -> Reference | None:
    """The place that the paragraph is about, told at its head, for a sentence after the first; else None.

    It is the subject of the first sentence or opens it ("In Kent, police said"); a capital may stand for a
    government there, and what a speaker is called tells no place.
    """
    text = reading.document.text
    head = text.rfind("\n", 0, start_char) + 1
    while head < start_char and text[head].isspace():
        head += 1
    first = reading.document.sentence_at(head)
    if first.end_char > start_char:
        return None
    root = first.root
    for child in root.children:
        opening = child.dep_ == "prep" and child.lower_ == "in" and child.i == first.start
        told = [word for word in child.children if word.dep_ == "pobj"] if opening else []
        own = child.dep_ in ("nsubj", "nsubjpass") and use_of(root) is None
        for word in (*told, *([child] if own else [])):
            named = reading.mentions.at(word)
            if (
                named is not None
                and named[1].kind == "place"
                and (opening or named[1].name not in capitals())
            ):
                return reference(named[0])
    return None


def country_meant(reading: Reading, sentence: Span, here: Reference | None = None) -> Reference | None:
    """The country named last before a sentence that tells of what is "in the country", else None.

    Where the article is about a country, `here`, only the same paragraph can have named another.
    """
    if not _IN_COUNTRY.search(sentence.words):
        return None
    text, start = reading.document.text, 0
    if here is not None and here.name in _countries():
        start = text.rfind("\n\n", 0, sentence.start_char) + 1
    before = list(reading.mentions.within(start, sentence.start_char, "place"))
    return next(
        (reference(mention) for mention, entity in reversed(before) if entity.name in _countries()), None
    )


def place_of_title(entitled: list[Entity], title: str) -> Entity | None:
    """The only place in a title that is no country, of "Reading, UK" the first; None where there are two.

    A capital is one where the title tells what is in it ("fire in Paris"): else it stands for a government.
    """
    local: list[Entity] = []
    for entity in entitled:
        if entity.name in _countries() or entity.name in _regions():
            continue
        spot = _spot(entity, title)
        if spot is None or _AFTER_PLACE.search(title[:spot]):
            continue  # named by its people, or Wisconsin in "Kenosha, Wisconsin"
        if entity.name not in capitals() or _IN.search(title[:spot]):
            local.append(entity)
    return local[0] if len(local) == 1 else None


def _spot(entity: Entity, title: str) -> int | None:
    """Where the title names the place itself, None where it does not."""
    for mention in entity.mentions:
        if match := re.search(rf"\b{re.escape(mention.span.words)}\b", title):
            return match.start()
    return None


def is_scene(reading: Reading, sentence: Span, place: Reference) -> bool:
    """Whether the sentence names a place that other sentences, the title or the address name too."""
    found = [
        m.span
        for m, entity in reading.mentions.within(0, len(reading.document.text), "place")
        if place.name in (m.span.words, entity.name)
    ]
    inside = [span for span in found if sentence.start_char <= span.start_char < sentence.end_char]
    article = reading.document.article
    entitled = place.name in (article.title or "") or _is_cited(article, place)
    return bool(inside) and (entitled or len(inside) < len(found))


def _is_cited(article: Article, place: Reference) -> bool:
    """Whether the address of the page that a quote or a note is of names the place."""
    cited = place_of_address(article.cites_url)
    return cited is not None and cited.name == place.name


def _counted(
    document: Document, places: list[Entity], mentions: Mentions, lead_end: int
) -> tuple[Counter[str], set[str]]:
    """How often each place or its people are named, and which of them are before the end of the lead.

    Where somebody is from or what they are head of does not count.
    """
    counts: Counter[str] = Counter()
    early = set()
    for entity in places:
        for mention in entity.mentions:
            last = tokens_of(document, mention.span)[-1]
            if not _is_dateline(document, mention.span) and not is_descriptive(mentions, last):
                counts[entity.name] += 1
                early |= {entity.name} if mention.span.start_char < lead_end else set()
    for token in document.doc:
        country = demonyms().get(token.text, "")
        if country in counts:
            counts[country] += 1
            early |= {country} if token.idx < lead_end else set()
    return counts, early


def _is_dateline(document: Document, span: Span) -> bool:
    """Whether a place only tells where the text was written: "KYIV, Ukraine - ", "Kyiv, March 2"."""
    text = document.text
    line = text.rfind("\n", 0, span.start_char) + 1
    head = text[line : line + _LONGEST_DATELINE]
    if any(start <= span.start_char - line < end for start, end in find_datelines(head)):
        return True
    return not text[line : span.start_char].strip() and bool(_DATELINE.match(text, span.end_char))


def _is_named(entity: Entity, title: str) -> bool:
    """Whether a title names the place or its people."""
    forms = {mention.span.words for mention in entity.mentions}
    forms |= {demonym for demonym, country in demonyms().items() if country in (entity.name, *forms)}
    return any(re.search(rf"\b{re.escape(form)}\b", title) for form in forms)
