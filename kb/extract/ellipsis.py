"""Nouns left out beside a number: taken from the count before it, from the subject, or people where people die."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kb.extract.counted import number_root, unit_of
from kb.extract.document import Document
from kb.lexicon import read_words
from kb.model.values import Quantity

if TYPE_CHECKING:
    from spacy.tokens import Token
    from spacy.tokens import Span as TokenSpan

_COUNTS = frozenset({"count", "rate"})
_TOLLS = frozenset({"toll", "fatality", "casualty"})


def with_elided_nouns(document: Document, quantities: list[Quantity]) -> list[Quantity]:
    """The quantities, bare numbers with the unit that the text leaves out where it can be told."""
    found: list[Quantity] = []
    for quantity in quantities:
        if quantity.kind == "bare":
            quantity = _restored(document, quantity, found)
        elif quantity.kind == "rate" and quantity.unit.startswith("per ") and found:
            quantity = _restored_rate(document, quantity, found)
        found.append(quantity)
    return found


def _restored(document: Document, quantity: Quantity, before: list[Quantity]) -> Quantity:
    number = number_root(document.doc, quantity.number.start_char, quantity.number.end_char)
    if unit := _from_verb(number):
        earlier = _earlier(document, quantity, before)
        return replace(quantity, unit=earlier or unit, kind="count")
    if unit := _from_subject(number):
        return replace(quantity, unit=unit, kind="count")
    if _is_elliptic(number) and (unit := _earlier(document, quantity, before)):
        return replace(quantity, unit=unit, kind="count")
    return quantity


def _restored_rate(document: Document, quantity: Quantity, before: list[Quantity]) -> Quantity:
    """ "six per 100,000" after "seven deaths per 100,000 people"."""
    earlier = before[-1]
    if earlier.kind == "rate" and not earlier.unit.startswith("per "):
        return replace(quantity, unit=earlier.unit)
    return quantity


def _earlier(document: Document, quantity: Quantity, before: list[Quantity]) -> str | None:
    """The unit of the last count in the same sentence."""
    if not before or before[-1].kind not in _COUNTS:
        return None
    sentence = document.sentence_at(quantity.number.start_char)
    return before[-1].unit if before[-1].span.start_char >= sentence.start_char else None


def _from_verb(number: TokenSpan) -> str | None:
    """People, where the number is what a verb of killing, hurting or holding is said of."""
    root = number.root
    head = root.head
    if root.dep_ == "pobj" and head.lower_ in ("of",) and head.head.lower_ == "total":
        root, head = head.head, head.head.head
    verbs = read_words("casualties", pos="verb")
    if root.dep_ in ("dobj", "nsubj", "nsubjpass", "obj") and head.lemma_.lower() in verbs:
        return "people"
    if root.dep_ in ("nsubj", "nsubjpass") and _has_state(head):
        return "people"
    return None


def _has_state(verb: Token) -> bool:
    """Whether the clause ends in a state of people: "39 are confirmed dead"."""
    states = read_words("casualties", pos="state")
    return verb.lower_ in states or any(child.lower_ in states and child.i > verb.i for child in verb.children)


def _from_subject(number: TokenSpan) -> str | None:
    """The plural that rises or falls to a level, or that is said to be so many."""
    root = number.root
    verb = root.head
    if root.dep_ == "pobj" and verb.lower_ in ("to", "at", "from"):
        verb = verb.head
    elif root.dep_ not in ("attr", "dobj"):
        return None
    if verb.pos_ not in ("VERB", "AUX"):
        return None
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass", "dobj") and child.i < number.start:
            lemma = child.lemma_.lower()
            if lemma in _TOLLS and lemma == "toll":
                return "deaths"
            if child.tag_ == "NNS" and lemma in ("casualty", "death", "fatality", "case", "injury", "arrest"):
                return unit_of(child.doc[child.i : child.i + 1])
    return None


def _is_elliptic(number: TokenSpan) -> bool:
    """Whether the number stands where a noun phrase would: subject, object, apposition, in a list."""
    root = number.root
    return root.dep_ in ("nsubj", "nsubjpass", "dobj", "conj", "appos", "attr", "pobj", "obj") and root.pos_ == "NUM"
