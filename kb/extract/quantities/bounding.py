"""Verbs that bind a level: "the toll passes 3,000", "exports neared $5 billion", "crossed the 900 mark".

Most of them have other uses ("passed 12 laws"): they bind money, shares and numbers that count what was
named before, and no number with a noun of its own.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, cast

from kb.extract.document import Document
from kb.extract.quantities.counted import tokens_at
from kb.lexicon import read_table, read_words
from kb.model.values import Comparator, Quantity

if TYPE_CHECKING:
    from spacy.tokens import Token

_UP_TO = re.compile(r"up\s+to\s+", re.IGNORECASE)
_AMOUNTS = ("money", "percent")
_COUNTS = ("count", "bare")
_SUBJECTS = ("nsubj", "nsubjpass")
_AFTER_VERBS = frozenset({"past"})  # "climbed past 300", no "half past 10"


def with_bounds(document: Document, quantities: list[Quantity]) -> list[Quantity]:
    """The quantities, those that a verb binds with its comparator and the verb in their phrase."""
    return [_bound(document, _risen(document, _in_course_of(document, quantity))) for quantity in quantities]


def _risen(document: Document, quantity: Quantity) -> Quantity:
    """A level that something "edged up to" is no bound."""
    lead = _UP_TO.match(quantity.span.words)
    if quantity.comparator != "<=" or lead is None:
        return quantity
    phrase = tokens_at(document.doc, quantity.span.start_char, quantity.span.end_char)
    verb = document.doc[phrase.start - 1] if phrase.start else None
    if verb is None or f"{verb.lemma_.lower()} up" not in read_words("trends"):
        return quantity
    span = document.span(quantity.span.start_char + lead.end(), quantity.span.end_char)
    return replace(quantity, span=span, comparator="=", low=quantity.high)


def _in_course_of(document: Document, quantity: Quantity) -> Quantity:
    """A time that "over" opens a clause with is its course and no bound: "Over 18 months, they plan to"."""
    words = quantity.span.words
    if quantity.kind != "duration" or quantity.comparator != ">" or not words.lower().startswith("over "):
        return quantity
    phrase = tokens_at(document.doc, quantity.span.start_char, quantity.span.end_char)
    before, after = phrase.start - 1, phrase.end
    opens = phrase[0].is_sent_start or document.doc[before].text in (",", "and", "-", "–", "—")
    if phrase.root.dep_ in _SUBJECTS or not opens or after >= len(document.doc):
        return quantity
    if document.doc[after].text != "," and document.doc[after].lower_ not in ("at", "with"):
        return quantity
    start = quantity.span.start_char + len("over ")
    span = document.span(start, quantity.span.end_char)
    return replace(quantity, span=span, comparator="=", high=quantity.low)


def is_mark(noun: Token) -> bool:
    """Whether a noun only calls the number before it a height that is reached: "the 1,000 mark"."""
    return noun.tag_ in ("NN", "NNP") and noun.lower_ in read_words("not_figures", **{"class": "mark"})


def is_level_mark(document: Document, quantity: Quantity) -> bool:
    """Whether a number of marks is a height that a level reaches, and no old German money."""
    if quantity.noun is None or quantity.noun.words != "mark":
        return False
    lead = document.text[max(0, quantity.span.start_char - 20) : quantity.span.start_char].rsplit(maxsplit=1)[
        -1:
    ]
    return bool(lead) and (lead[0] == "the" or lead[0].lower() in _verbs())


@cache
def _verbs() -> dict[str, Comparator]:
    rows = (row for row in read_table("comparators") if row["position"] == "level")
    return {row["words"]: cast(Comparator, row["comparator"]) for row in rows}


def _bound(document: Document, quantity: Quantity) -> Quantity:
    alone = quantity.kind in _COUNTS and quantity.noun is None and not quantity.number.words.isalpha()
    if quantity.comparator != "=" or not (quantity.kind in _AMOUNTS or alone) or quantity.unit == "votes":
        return quantity
    if alone and document.text.startswith(" of ", quantity.span.end_char):
        return quantity  # passed 12 of them
    phrase = tokens_at(document.doc, quantity.span.start_char, quantity.span.end_char)
    i = phrase.start - 1
    if i > 0 and document.doc[i].lower_ == "the":
        i -= int(is_mark(phrase[-1]))
    if i < 0 or phrase[0].is_sent_start or (bound := _verbs().get(document.doc[i].lower_)) is None:
        return quantity
    before = document.doc[i - 1] if i else None
    if document.doc[i].lower_ in _AFTER_VERBS and (before is None or before.pos_ != "VERB"):
        return quantity
    if document.doc[i].pos_ == "ADJ":
        return quantity  # the top 10
    denied = before is not None and before.dep_ == "neg"
    bound = "<=" if denied and bound == ">" else bound
    low = None if bound == "<=" else quantity.low
    high = None if bound == ">" else quantity.high
    span = document.span(document.doc[i].idx, quantity.span.end_char)
    return replace(quantity, span=span, comparator=bound, low=low, high=high)
