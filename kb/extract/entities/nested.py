"""Names that stand inside a longer name of the same thing: who looks for either finds it.

`Alliance Party` stands in `Alliance Party of Northern Ireland`, `Green Party` in `Green Party (E & W)`,
`Brexit Party` in `The Brexit Party`, `WESH 2` in `WESH 2 news`. Only what is a name by itself counts:
`Bank of Finland` names no `Bank`, and a bracketed acronym is another name behind the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kb.extract.document import Document
from kb.extract.entities.word_lists import folded, head_words
from kb.model.values import Entity, Mention
from kb.names.known import known_names

_OF_PLACE = re.compile(r"(?P<short>\S+(?:\s\S+){1,4})\sof\s(?:the\s)?(?P<place>\S.*)", re.DOTALL)
_INITIALS = re.compile(r"\s\((?P<inside>(?:[A-Z]\.?\s?&\s?)+[A-Z]\.?)\)")  # `(E & W)`
_STATION = re.compile(r"[A-Z]{3,5}\s\d{1,2}")
_NEWS = re.compile(r"\snews\b(?!\s(?:anchor|director|editor|reporter|presenter|crew|team)\b)")
_ARTICLE = "The "


def with_nested(document: Document, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """The entities, each also with the forms of its name that stand around or inside its mentions.

    A form that the article has by itself, too, is told by that. The added mentions overlap others of the
    same entity, and no other entity's.
    """
    taken = frozenset(mention.span.start_char for entity in entities for mention in entity.mentions)
    return tuple(_completed(document, entity, taken) for entity in entities)


def _completed(document: Document, entity: Entity, taken: frozenset[int]) -> Entity:
    if entity.kind != "organisation":
        return entity
    forms = {folded(mention.span.words) for mention in entity.mentions}
    added = tuple(
        Mention(document.span(start, end), mention.stands_for)
        for mention in entity.mentions
        for start, end in _forms_at(document.text, mention, taken)
        if folded(document.text[start:end]) not in forms
    )
    if not added:
        return entity
    ordered = sorted(
        (*entity.mentions, *added), key=lambda found: (found.span.start_char, -found.span.end_char)
    )
    return replace(entity, mentions=tuple(ordered))


def _forms_at(text: str, mention: Mention, taken: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Where a shorter or longer form of the name stands, at one mention: half-open offsets.

    `taken` are the offsets at which mentions begin: what is bracketed there is a name of its own.
    """
    start, end = mention.span.start_char, mention.span.end_char
    words = mention.span.words
    if (match := _OF_PLACE.fullmatch(words)) and _is_short_form(match["short"], match["place"]):
        yield start, start + match.end("short")
    if text[max(0, start - len(_ARTICLE)) : start] == _ARTICLE and _has_article(words):
        yield start - len(_ARTICLE), end
    if (match := _INITIALS.match(text, end)) and match.start("inside") not in taken:
        yield start, match.end()
    if _STATION.fullmatch(words) and (match := _NEWS.match(text, end)):
        yield start, match.end()


def _is_short_form(short: str, place: str) -> bool:
    """Whether a body of a place is called by its own name alone, too: a party, a movement, a front.

    A short form that the lexicon lists is another body: the Republican Party of Idaho is a branch.
    """
    known = known_names().get(folded(place))
    of_place = known is not None and known.kind == "place" and short.split()[-1] in head_words("of_place")
    return of_place and folded(short) not in known_names()


def _has_article(words: str) -> bool:
    """Whether the lexicon lists a party with its article: `The Brexit Party`."""
    known = known_names().get(f"{_ARTICLE}{folded(words)}")
    return known is not None and known.type == "party"
