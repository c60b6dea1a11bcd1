"""Quantities of an article: the grammar of `kb.quantities` with what the parse tells of units and nouns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kb import quantities as grammar
from kb.extract.document import Document
from kb.extract.quantities.ages import is_age, is_age_of_group
from kb.extract.quantities.bounding import is_level_mark, is_mark, with_bounds
from kb.extract.quantities.counted import (
    counted_noun,
    is_crowd,
    people_after,
    state_after,
    state_of,
    tokens_at,
    unit_of,
)
from kb.extract.quantities.currencies import with_currencies
from kb.extract.quantities.ellipsis import with_elided_nouns
from kb.extract.quantities.named import is_name_or_pronoun
from kb.extract.quantities.trends import with_trends
from kb.lexicon import read_words
from kb.model.values import Quantity, Time
from kb.quantities.comparators import comparator_after
from kb.quantities.lexer import tokens_of

_DAY_LAST = re.compile(r"[A-Za-z]{3,}\.? [0-3]?[0-9]$")  # a month and a day

_TAIL = 20  # characters after a noun that are looked at for "or more"
_ROW, _CELLS = 400, 2  # characters of a row that are looked at; bars from which a line is one

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan


def find_quantities(document: Document, times: tuple[Time, ...]) -> tuple[Quantity, ...]:
    """The article's quantities in order; numbers inside dates, names and labels are none.

    A duration that is also a time ("two weeks") is a quantity, a date or a time of day is not.
    """
    found: list[Quantity] = []
    for quantity in _candidates(document, times):
        if found and quantity.kind in ("bare", "count") and _is_inside(quantity, found[-1]):
            continue  # "two new 737 Max jets"
        quantity = _with_noun(document, quantity)
        if not _is_pronoun(quantity):
            found.append(quantity)
    found = with_currencies(document, found)
    return tuple(with_bounds(document, with_elided_nouns(document, with_trends(document, found))))


def _is_pronoun(quantity: Quantity) -> bool:
    """Whether a vague word stands for things without a noun: "several of them said"."""
    return quantity.kind == "bare" and quantity.vague and (quantity.low or 0) < 20


def _is_inside(quantity: Quantity, before: Quantity) -> bool:
    return quantity.number.end_char <= before.span.end_char


def _candidates(document: Document, times: tuple[Time, ...]) -> Iterator[Quantity]:
    """What the grammar finds outside of times and names; both lists are in the order of the text."""
    doc, k = document.doc, 0
    for quantity in grammar.find_quantities(document.text):
        while k < len(times) and times[k].span.end_char <= quantity.number.start_char:
            k += 1
        number = tokens_at(doc, quantity.number.start_char, quantity.number.end_char)
        if k < len(times) and _is_time(quantity, number, times[k]):
            continue
        if k and _is_second_day(document, quantity, number, times[k - 1]):
            continue
        if not is_name_or_pronoun(number, quantity) and not _in_table(
            document.text, quantity.number.start_char
        ):
            yield quantity


def _in_table(text: str, at: int) -> bool:
    """Whether the place is in a row of a table: what its cells count stands in their column's heading."""
    start = max(text.rfind("\n", 0, at), at - _ROW) + 1
    end = text.find("\n", at, at + _ROW)
    return text.count("|", start, end if end >= 0 else at + _ROW) >= _CELLS


def _is_time(quantity: Quantity, number: TokenSpan, time: Time) -> bool:
    """Whether the number belongs to a date or a time of day, and is no length of time by itself."""
    if not time.span.overlaps(quantity.number) or quantity.kind not in ("bare", "count"):
        return False
    after = number.doc[number.end : number.end + 2]
    band = len(after) == 2 and after[1].lower_ in read_words("not_figures", **{"class": "band"})
    if band and after[0].text == "AM":
        return False  # five AM radio stations
    words = quantity.number.words
    if time.span.words.endswith(words) and not _reads_as_year(words):
        # 1720 had been discharged; over 1100 prisoners; by an average of 1500
        noun = counted_noun(number, number.end, vague=False)
        counts = noun is not None and noun[-1].tag_ == "NNS"
        led = quantity.span.start_char < quantity.number.start_char and quantity.comparator != "<="
        return not (counts or led or number.root.dep_ in ("nsubj", "nsubjpass"))
    return not (time.span.words == words and number.root.dep_ == "nsubjpass")


def _is_second_day(document: Document, quantity: Quantity, number: TokenSpan, time: Time) -> bool:
    """Whether the number goes on with the days of a date: "March 4 and 5 respectively"."""
    if quantity.kind != "bare" or not number.text.isdecimal() or not 0 < int(number.text) < 32:
        return False
    between = document.text[time.span.end_char : quantity.span.start_char].strip()
    if between not in ("and", "or", ",", ", and", "&") or not _DAY_LAST.search(time.span.words):
        return False
    return counted_noun(number, number.end, vague=False) is None


def _reads_as_year(words: str) -> bool:
    return words.isdecimal() and len(words) == 4 and 1800 <= int(words) <= 2100


def _with_noun(document: Document, quantity: Quantity) -> Quantity:
    """The quantity with the noun it counts, where it has no unit of its own."""
    if quantity.kind == "money" and is_level_mark(document, quantity):
        quantity = replace(quantity, unit="", kind="bare", noun=None)
    if quantity.kind not in ("bare", "rate"):
        return quantity
    doc = document.doc
    number = tokens_at(doc, quantity.number.start_char, quantity.number.end_char)
    phrase = tokens_at(doc, quantity.span.start_char, quantity.span.end_char)
    if quantity.low == quantity.high and is_age(number, quantity.low):
        return replace(quantity, unit="years", kind="age")
    if quantity.comparator in ("<", ">") and is_age_of_group(document, quantity, number):
        return replace(quantity, unit="years", kind="age")
    after = phrase.end if quantity.kind == "bare" else number.end
    if state := state_of(doc, after):
        return _counted(document, quantity, state, f"{state.text} people")
    if noun := counted_noun(number, after, quantity.vague):
        if len(noun) == 1 and is_mark(noun[0]):
            return replace(quantity, span=document.span(quantity.span.start_char, noun.end_char))
        if len(noun) == 1 and noun[0].lower_ in read_words("casualties", pos="verb"):
            return replace(quantity, unit="people", kind="count")  # "Three die as bus overturns"
        if is_crowd(quantity, noun):
            return replace(quantity, unit="people", kind="count")
        return _counted(document, quantity, noun, unit_of(noun, quantity.number.words))
    if people := people_after(doc, after):
        return _counted(document, quantity, people, people.text)
    if state := state_after(doc, after):
        return _counted(document, quantity, state, f"{state.text} people")
    return quantity


def _counted(document: Document, quantity: Quantity, noun: TokenSpan, unit: str) -> Quantity:
    """The quantity as a count of `unit`, its phrase reaching to the end of noun, rate and "or more"."""
    end = max(quantity.span.end_char, noun.end_char)
    span = document.span(quantity.span.start_char, end)
    words = document.span(noun.start_char, noun.end_char)
    if quantity.kind == "rate":
        return replace(quantity, span=span, noun=words, unit=f"{unit} {quantity.unit}".strip())
    if rate := grammar.find_rate(document.text, end):
        base, rate_end = rate
        span = document.span(quantity.span.start_char, rate_end)
        return replace(quantity, span=span, noun=words, unit=f"{unit} per {base}", kind="rate")
    return _or_more(document, replace(quantity, span=span, noun=words, unit=unit, kind="count"))


def _or_more(document: Document, quantity: Quantity) -> Quantity:
    """The quantity with a bound that stands after its noun: "sixty people or more"."""
    tail = document.text[quantity.span.end_char : quantity.span.end_char + _TAIL].partition("\n")[0]
    tokens = tokens_of(tail)
    if quantity.comparator not in ("=", "~") or quantity.low is None or not tokens or tokens[0].low != "or":
        return quantity
    after = comparator_after(tokens, 0)
    if after is None or after[0] not in (">", ">=", "<", "<="):
        return quantity
    comparator, end = after
    span = document.span(quantity.span.start_char, quantity.span.end_char + tokens[end - 1].end)
    if comparator in (">", ">="):
        return replace(quantity, span=span, comparator=comparator, high=None)
    return replace(quantity, span=span, comparator=comparator, low=None)
