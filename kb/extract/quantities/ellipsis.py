"""Units left out beside a number: taken from another figure, from a subject, or people where people die."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kb.extract.document import Document
from kb.extract.quantities.ages import goes_on_with_ages, is_age_of_group, is_bound_of_age
from kb.extract.quantities.beside import (
    compared,
    is_added,
    is_listed,
    is_parallel,
    is_part_of_measure,
    multiplied,
    sum_beside,
)
from kb.extract.quantities.carried import (
    Topics,
    carried_level,
    carried_noun,
    counted_before,
    difference,
    in_strength,
    in_unit_of,
    is_of_persons,
    is_part,
    predicated,
    topics_of,
    with_fate,
)
from kb.extract.quantities.counted import tokens_at
from kb.extract.quantities.counted_subjects import from_subject, from_verb, from_whole
from kb.extract.quantities.downed import downed
from kb.extract.quantities.joint_nouns import is_million, millions, noun_of_both, unit_of_sum
from kb.extract.quantities.of_names import as_before, name_before
from kb.lexicon import read_words
from kb.model.values import Quantity, QuantityKind

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan

_COUNTS = frozenset({"count", "rate"})
_OF = re.compile(
    r"\s+(?:out\s+)?of(?:\s+(?:the|its|their|his|her|these|those|all|a|an))?"
    r"(?:\s+(?:\S+\s+){0,2}\S+(?:['’]s|s['’]))?\s+",
    re.IGNORECASE,
)
_NEAR = 200  # characters on each side in which a vote is spoken of
_JOINED = re.compile(r"(?:of \w+ )?and")
_TO_NUMBER = re.compile(r"[-\s](?:to|against)[-\s]\d")
_NUMBER_TO = re.compile(r"\d[-\s](?:to|against)[-\s]$")
_GAUGED = re.compile(r"\b(?:measur|regist|gaug|rated)\w*(?: \w+){0,2} $", re.IGNORECASE)
_QUAKE = re.compile(r"quake|tremor|aftershock|foreshock|temblor|magnitude|richter", re.IGNORECASE)
_SCALE = re.compile(r"magnitude|richter", re.IGNORECASE)


def with_elided_nouns(document: Document, quantities: list[Quantity]) -> list[Quantity]:
    """The quantities, bare numbers with the unit that the text leaves out where it can be told."""
    found: list[Quantity] = []
    topics = topics_of(document)
    for k, quantity in enumerate(quantities):
        after = quantities[k + 1] if k + 1 < len(quantities) else None
        if quantity.kind == "bare":
            counted = [other for other in found if other.kind != "times"]
            quantity = _restored(document, quantity, counted, after, topics)
        elif quantity.unit == "others":
            others = counted_before(document, quantity, found) or ""
            quantity = replace(quantity, unit=others if is_of_persons(others) else "people")
        elif found and is_million(document, quantity, found):
            quantity = millions(quantity, found[-1])
        elif unit := unit_of_sum(document, quantity, found):
            quantity = replace(quantity, unit=unit, kind="money", noun=None)
        elif after is not None and (unit := noun_of_both(document, quantity, after)):
            quantity = replace(quantity, unit=unit)
        elif quantity.kind == "rate" and quantity.unit.startswith("per ") and found:
            quantity = _restored_rate(quantity, found)
        found.append(_approximate(document, quantity, found))
    return found


def _restored(
    document: Document,
    quantity: Quantity,
    before: list[Quantity],
    after: Quantity | None,
    topics: Topics,
) -> Quantity:
    number = tokens_at(document.doc, quantity.number.start_char, quantity.number.end_char)
    earlier = _earlier(document, quantity, before)
    if after and after.kind != "bare" and _belongs_to_next(document, quantity, after):
        return replace(quantity, unit=after.unit, kind=after.kind)
    if is_age_of_group(document, quantity, number):
        return replace(quantity, unit="years", kind="age")
    if before and before[-1].level == "before" and quantity.level == "after" and before[-1].unit:
        return replace(quantity, unit=before[-1].unit, kind=before[-1].kind)
    if name_before(document, quantity) is not None:
        return as_before(document, quantity, before)
    if _is_magnitude(document, quantity):
        return replace(quantity, unit="magnitude", kind="measurement")
    if before and goes_on_with_ages(document, quantity, before[-1]):
        return replace(quantity, unit=before[-1].unit, kind="age")
    if direction := difference(number):
        counted = counted_before(document, quantity, before)
        kind: QuantityKind = "count" if counted else "bare"
        return replace(quantity, unit=counted or "", kind=kind, relation="change", direction=direction)
    persons = earlier if earlier and is_of_persons(earlier) else "people"
    if unit := downed(number):
        return replace(quantity, unit=unit, kind="count")
    if unit := in_strength(number) or predicated(number) or carried_noun(document, quantity, before, number):
        return replace(quantity, unit=unit, kind="count")
    whole = (quantity.low or quantity.high or 0) % 1 == 0  # of persons
    if whole and from_verb(number):
        return replace(quantity, unit=persons, kind="count")
    if unit := from_subject(number) or from_whole(number):
        return replace(quantity, unit=unit, kind="count")
    if whole and with_fate(number) and (quantity.low or 2) > 1:
        return replace(quantity, unit=persons, kind="count")
    if unit := carried_level(document, quantity, before, topics, number):
        return replace(quantity, unit=unit, kind="count")
    return _from_neighbours(document, quantity, before, number)


def _from_neighbours(
    document: Document, quantity: Quantity, before: list[Quantity], number: TokenSpan
) -> Quantity:
    """The bare number with the unit of the figures before it, or people where it does something."""
    earlier = _earlier(document, quantity, before)
    if quantity.level and _is_of_toll(document, quantity):
        return replace(quantity, unit="deaths", kind="count")
    if other := compared(document, quantity, before):
        return in_unit_of(other, quantity)
    if before and (is_parallel(document, quantity, before[-1]) or is_listed(document, quantity, before[-1])):
        return in_unit_of(before[-1], quantity)
    if other := multiplied(document, quantity, before) or sum_beside(document, quantity, before):
        return in_unit_of(other, quantity)
    if before and is_bound_of_age(document, quantity, before[-1]):
        return replace(quantity, unit="years", kind="age")
    if _is_tally(document, quantity):
        return replace(quantity, unit="votes", kind="count")
    if "." in quantity.number.words and not quantity.number.words[-1].isalpha():
        return quantity
    if before and (
        is_added(document, quantity, before[-1]) or is_part_of_measure(document, quantity, before[-1])
    ):
        return in_unit_of(before[-1], quantity)
    if before and before[-1].kind == "duration" and _is_time_served(document, quantity, before[-1], number):
        return replace(quantity, unit=before[-1].unit, kind="duration")
    if earlier is None and before and before[-1].kind in _COUNTS and _stands_alone(number):
        earlier = counted_before(document, quantity, before) or _noun_of(before[-1])
    if earlier and _is_elliptic(number):
        return replace(quantity, unit=earlier, kind="count")
    if _is_agent(number) and (quantity.low or 2) > 1:
        return replace(quantity, unit="people", kind="count")
    return quantity


def _is_of_toll(document: Document, quantity: Quantity) -> bool:
    """Whether a toll stands before the level in its sentence: "the toll rose Thursday to 3,085"."""
    start = document.sentence_at(quantity.number.start_char).start_char
    return re.search(r"\btoll\b", document.text[start : quantity.span.start_char]) is not None


def _is_agent(number: TokenSpan) -> bool:
    """Whether the number does something or has it done: "over a thousand came"."""
    root, doc, i = number.root, number.doc, number.end
    if root.dep_ in ("nsubj", "nsubjpass"):
        return bool(root.head.lemma_ != "be")
    if root.dep_ == "pobj" and root.head.dep_ == "agent":
        return root.head.head.lemma_ not in read_words("trends")  # vigils attended by thousands
    if i >= len(doc) or doc[i].tag_ not in ("VBD", "VBP"):
        return False  # between 200 and 300 attended
    verb = doc[i].head if doc[i].dep_ in ("aux", "auxpass") else doc[i]
    if verb.lemma_ == "be":
        return False
    return not any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)


def _is_tally(document: Document, quantity: Quantity) -> bool:
    """Whether the number is one side of a vote: "passed 230 to 197"."""
    text, start, end = document.text, quantity.span.start_char, quantity.span.end_char
    if not (_TO_NUMBER.match(text[end : end + 16]) or _NUMBER_TO.search(text[max(0, start - 16) : start])):
        return False
    sentence = document.sentence_at(start)
    near = text[max(sentence.start_char, start - _NEAR) : min(sentence.end_char, end + _NEAR)]
    words = set(re.findall(r"[a-z]+", near.lower()))
    return bool(words & read_words("not_figures", **{"class": "tally"}))


def _is_magnitude(document: Document, quantity: Quantity) -> bool:
    """Whether a decimal below ten stands in a sentence that speaks of a magnitude."""
    words = quantity.number.words
    if "." not in words or not words[-1].isdecimal() or (quantity.low or 99) >= 10:
        return False
    sentence = document.sentence_span(quantity.number.start_char)
    lead = document.text[max(sentence.start_char, quantity.span.start_char - 40) : quantity.span.start_char]
    if _GAUGED.search(lead):
        return _QUAKE.search(sentence.words) is not None  # a tremor that measured 6.7
    return _SCALE.search(sentence.words) is not None


def _stands_alone(number: TokenSpan) -> bool:
    """Whether the number alone is object or subject of its clause, as after a count one sentence before."""
    root = number.root
    if root.dep_ == "pobj" and root.head.lower_ not in ("with", "at", "by", "including"):
        return False
    return root.dep_ in ("dobj", "nsubj", "nsubjpass", "pobj") and root.pos_ == "NUM"


def _belongs_to_next(document: Document, quantity: Quantity, after: Quantity) -> bool:
    """Whether the next figure is the whole ("7 out of 20 cases") or the level that this one moved to."""
    if quantity.level == "before" and after.level == "after":
        return True
    between = document.text[quantity.span.end_char : after.span.start_char] or " "
    lead = document.text[max(0, quantity.span.start_char - 4) : quantity.span.start_char].lower()
    if between.strip() == "and" and after.kind in _COUNTS and not lead.endswith("the "):
        return quantity.comparator == after.comparator == "="  # two and one packet
    if between.strip() in ("and", "or") and after.kind == "percent":
        return "." in quantity.number.words and "." in after.number.words  # 2.0 and 2.4 per cent
    if between.strip() == "or" and after.kind in ("count", "money"):
        return True  # seven or nine people
    return _OF.fullmatch(between) is not None and after.kind in ("count", "money", "measurement", "rate")


def _restored_rate(quantity: Quantity, before: list[Quantity]) -> Quantity:
    """The deaths of "six per 100,000" after "seven deaths per 100,000 people"."""
    for earlier in reversed(before[-3:]):
        if earlier.kind == "rate" and not earlier.unit.startswith("per "):
            return replace(quantity, unit=f"{earlier.unit.partition(' per ')[0]} {quantity.unit}")
    return quantity


def _approximate(document: Document, quantity: Quantity, before: list[Quantity]) -> Quantity:
    """A conversion in brackets, or a number joined by "and", is as approximate as the one before it."""
    if not before or before[-1].comparator != "~" or before[-1].vague or quantity.comparator != "=":
        return quantity
    between = document.text[before[-1].span.end_char : quantity.span.start_char].strip()
    if _JOINED.fullmatch(between) and len(quantity.number.words.split()) > 1:
        return replace(quantity, comparator="~")  # about 10 million cases and 140 thousand deaths
    same = before[-1].kind == quantity.kind and quantity.kind in ("measurement", "money")
    return replace(quantity, comparator="~") if between == "(" and same else quantity


def _earlier(document: Document, quantity: Quantity, before: list[Quantity]) -> str | None:
    """The unit of the last count in the same sentence."""
    sentence = document.sentence_at(quantity.number.start_char)
    for earlier in reversed(before):
        if earlier.span.start_char < sentence.start_char:
            return None
        if earlier.relation == "change" and earlier.kind == "percent":
            continue  # "212 arrests, 15 % fewer than in May, when 249 were made"
        if earlier.kind not in _COUNTS:
            return None
        between = document.text[earlier.span.end_char : quantity.span.start_char]
        if ")" not in between.partition("(")[0] and not is_part(document, earlier):
            return _noun_of(earlier)  # not from within brackets that are closed
    return None


def _noun_of(quantity: Quantity) -> str:
    """The noun counted, without the base of a rate."""
    return quantity.unit.partition(" per ")[0]


def _is_time_served(document: Document, quantity: Quantity, before: Quantity, number: TokenSpan) -> bool:
    """Whether the number goes on with a time in its sentence: "fourteen years, serving eight"."""
    same = before.span.start_char >= document.sentence_at(quantity.number.start_char).start_char
    return (
        same
        and number.root.dep_ == "dobj"
        and number.root.head.lemma_ in ("serve", "spend", "get", "receive")
    )


def _is_elliptic(number: TokenSpan) -> bool:
    """Whether the number stands where a noun phrase would: subject, object, apposition, in a list."""
    root, doc = number.root, number.doc
    end = number.end + (number.end < len(doc) and doc[number.end].lower_ in ("each", "more"))
    if number.end < len(doc) and doc[number.end].lower_ == "of":
        return True
    placed = end + 2 < len(doc) and doc[end].lower_ in ("in", "from", "at", "near")
    if placed and doc[end + 1 + (doc[end + 1].pos_ == "DET")].pos_ == "PROPN":
        return True
    if root.dep_ == "pobj" and root.head.lower_ in ("with", "at", "including"):
        return bool(root.pos_ == "NUM")
    if end < len(doc) and doc[end].pos_ == "ADV" and doc[end].lower_.endswith("ly"):
        return True  # four critically
    if end > number.end and end < len(doc) and doc[end].pos_ not in ("NOUN", "ADJ", "PROPN"):
        return True  # damaged 40 more
    return root.dep_ in ("nsubj", "nsubjpass", "dobj", "conj", "appos", "attr", "obj") and root.pos_ == "NUM"
