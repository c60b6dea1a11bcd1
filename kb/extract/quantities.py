"""Quantities of an article: the grammar of `kb.quantities` with what the parse tells of units and nouns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kb import quantities as grammar
from kb.extract.counted import counted_noun, number_root, state_after, unit_of
from kb.extract.document import Document
from kb.extract.ellipsis import with_elided_nouns
from kb.extract.named import is_name_or_pronoun
from kb.extract.trends import trend_of
from kb.model.values import Quantity, Time

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as TokenSpan


def find_quantities(document: Document, times: tuple[Time, ...]) -> tuple[Quantity, ...]:
    """The article's quantities in order; numbers inside dates, names and labels are none.

    A duration that is also a time ("two weeks") is a quantity, a date or a time of day is not.
    """
    found = [_with_noun(document, quantity) for quantity in _candidates(document, times)]
    found = with_elided_nouns(document, found)
    return tuple(_with_trends(document, found))


def _candidates(document: Document, times: tuple[Time, ...]) -> Iterator[Quantity]:
    """What the grammar finds outside of times and names; both lists are in the order of the text."""
    doc, k = document.doc, 0
    for quantity in grammar.find_quantities(document.text):
        while k < len(times) and times[k].span.end_char <= quantity.number.start_char:
            k += 1
        in_time = k < len(times) and times[k].span.overlaps(quantity.number)
        if in_time and quantity.kind in ("bare", "count", "share"):
            continue
        number = number_root(doc, quantity.number.start_char, quantity.number.end_char)
        if not is_name_or_pronoun(number, quantity):
            yield quantity


def _with_noun(document: Document, quantity: Quantity) -> Quantity:
    """The quantity with the noun it counts, where it has no unit of its own."""
    if quantity.kind not in ("bare", "rate"):
        return quantity
    doc = document.doc
    number = number_root(doc, quantity.number.start_char, quantity.number.end_char)
    phrase = number_root(doc, quantity.span.start_char, quantity.span.end_char)
    after = phrase.end if quantity.kind == "bare" else number.end
    noun = counted_noun(number, after, quantity.vague or "million" in number.text.lower())
    if noun is None:
        state = state_after(doc, after)
        if state is None:
            return quantity
        return _counted(document, quantity, state, f"{state.text} people")
    return _counted(document, quantity, noun, unit_of(noun))


def _counted(document: Document, quantity: Quantity, noun: TokenSpan, unit: str) -> Quantity:
    """The quantity as a count of `unit`, its phrase reaching to the end of the noun and of a rate after it."""
    end = max(quantity.span.end_char, noun.end_char)
    span = document.span(quantity.span.start_char, end)
    words = document.span(noun.start_char, noun.end_char)
    if quantity.kind == "rate":
        return replace(quantity, span=span, noun=words, unit=f"{unit} {quantity.unit}".strip())
    if rate := grammar.find_rate(document.text, end):
        base, rate_end = rate
        span = document.span(quantity.span.start_char, rate_end)
        return replace(quantity, span=span, noun=words, unit=f"{unit} per {base}", kind="rate")
    return replace(quantity, span=span, noun=words, unit=unit, kind="count")


def _with_trends(document: Document, quantities: list[Quantity]) -> Iterator[Quantity]:
    doc = document.doc
    phrases = [phrase_tokens(doc, quantity) for quantity in quantities]
    covered = {phrase.end - 1: phrase.start for phrase in phrases}
    for quantity, phrase in zip(quantities, phrases):
        trend = trend_of(phrase, covered) if quantity.relation == "value" else None
        if trend is None or quantity.kind in ("age", "share"):
            yield quantity
        elif trend.level:
            yield replace(quantity, level=trend.level)
        elif quantity.kind == "duration" and trend.source != "verb":
            yield quantity
        else:
            yield replace(quantity, relation="change", direction=trend.direction)


def phrase_tokens(doc: Doc, quantity: Quantity) -> TokenSpan:
    """The tokens of a quantity's phrase."""
    return number_root(doc, quantity.span.start_char, quantity.span.end_char)
