"""Distances with a direction: "12 km (7 miles) west of Malindi": of what, and from where.

However the words were parsed: a distance in brackets, a second one after a comma and the direction between
them make trees that differ from one sentence to the next.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from kb.extract.claims.amounts import AmountClause
from kb.extract.claims.dimensions import dimension_adjectives
from kb.extract.claims.governing import object_of, subject_of, verb_above
from kb.extract.claims.phrases import joined
from kb.extract.document import Document
from kb.model.values import Quantity, Reference

if TYPE_CHECKING:
    from spacy.tokens import Token

_WAY = r"(?:north|south|east|west)"
_COMPASS = rf"(?:{_WAY}[- ]?)?(?:{_WAY}[- ]?)?{_WAY}(?:ern|wards?)?"
_FROM = (
    r"\s*(?:\([^()\n]{1,40}\)|\))?\s*(?:to the\s+|due\s+)?"
    rf"(?P<way>(?:{_COMPASS}|inland|offshore|upstream|downstream)\s+(?:of|from)|outside(?:\s+of)?)\s+"
)
_DIRECTED = re.compile(_FROM, re.IGNORECASE)
_IN = re.compile(r"\s+(?:in|at|across|inside|throughout|within)\s+(?:[a-z]+\s+){0,2}")
_TO_PLACE = re.compile(rf"{_FROM}(?:the\s+)?(?:[a-z]+\s+){{0,2}}(?:of\s+)?", re.IGNORECASE)
_NEAR = 80  # characters
_LONGEST_NAME = 5  # words of the place that a distance is counted from
_IN_NAMES = ("compound", "amod", "poss", "case", "nmod")


def leads_to_place(between: str) -> bool:
    """Whether the words between a quantity and a place say that it is there, or so far from there."""
    return _IN.fullmatch(between) is not None or _TO_PLACE.fullmatch(between) is not None


def place_from(document: Document, end_char: int) -> Reference | None:
    """The name from which a distance that ends there is counted: "5 km west of Malindi"; None for a noun."""
    match = _DIRECTED.match(document.text, end_char, end_char + _NEAR)
    if match is None or not document.text[match.end() : match.end() + 1].isupper():
        return None
    first = _token_at(document, match.end())
    after = takewhile(lambda token: token.pos_ == "PROPN", first.doc[first.i :])
    last = max((token.i for token in after), default=None)
    if last is None:
        return None
    name = document.span(first.idx, first.doc[last].idx + len(first.doc[last]))
    return Reference(name.words, name)


def bearing_of(quantity: Quantity, clause: AmountClause) -> tuple[str, str | None] | None:
    """What a distance with a direction measures ("distance of the epicentre west of Malindi"), and of what.

    None where no direction follows the quantity.
    """
    document = clause.reading.document
    end = quantity.span.end_char
    match = _DIRECTED.match(document.text, end, end + _NEAR)
    if quantity.kind != "measurement" or match is None:
        return None
    start = _token_at(document, match.end())
    owner = _placed(clause, quantity.span.start_char)
    of = f"distance of {owner}" if owner else "distance"
    return f"{of} {match['way'].lower()} {_name_from(start)}", owner


def _placed(clause: AmountClause, start_char: int) -> str | None:
    """What is so far away: the noun before the comma, the subject, or what somebody places there."""
    before = [token for token in clause.node.sent if token.idx < start_char][-2:]
    aside = len(before) > 1 and before[1].text == "," and before[0].pos_ in ("NOUN", "PROPN")
    if aside and not _is_counted_from(before[0]):
        return clause.words(before[0], short=True)  # "the mine, 80 km west of Kabul,"
    verb = verb_above(clause.node)
    if verb is None:
        return None
    thing = object_of(verb)
    numbered = thing is None or thing.i in clause.reading.numbered or thing.i == clause.node.i
    return (None if numbered else clause.words(thing, short=True)) or clause.words(
        subject_of(verb), short=True
    )


def _token_at(document: Document, char: int) -> Token:
    return next(iter(document.doc.char_span(char, char + 1, alignment_mode="expand")))


def _is_counted_from(noun: Token) -> bool:
    """Whether another distance is from there: "5 km west of Malindi, 40 km south of Lamu"."""
    nearby = noun.doc[max(noun.sent.start, noun.i - _LONGEST_NAME) : noun.i]
    return any(dimension_adjectives().get(token.lower_) == "distance" for token in nearby)


def _name_from(start: Token) -> str:
    """The name or the noun that begins at a word: "Malindi", "the city of Malindi"."""
    head = start
    while (head.dep_ in _IN_NAMES or head.dep_ == "det") and head.head.i > head.i:
        head = head.head
    of = next((child for child in head.rights if child.lower_ == "of" and child.i == head.i + 1), None)
    last = max((token.i for token in of.subtree), default=head.i) if of is not None else head.i
    words = [token for token in start.doc[start.i : last + 1] if token.dep_ != "det"]
    return joined(words[:_LONGEST_NAME]).split(",")[0].strip()
