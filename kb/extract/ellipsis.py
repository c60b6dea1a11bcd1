"""Units and nouns left out beside a number: taken from another figure, from the subject, or people where people die."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kb.extract.counted import number_root, unit_of
from kb.extract.document import Document
from kb.lexicon import read_words
from kb.model.values import Quantity

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_COUNTS = frozenset({"count", "rate"})
_OF = re.compile(
    r"\s+(?:out\s+)?of(?:\s+(?:the|its|their|his|her|these|those|all|a|an))?(?:\s+(?:\S+\s+){0,2}\S+(?:['’]s|s['’]))?\s+",
    re.IGNORECASE,
)
_TO_NUMBER = re.compile(r"[-\s](?:to|against)[-\s]\d")
_NUMBER_TO = re.compile(r"\d[-\s](?:to|against)[-\s]$")
_COMPARED = re.compile(r"\b(?:up|down|compared (?:with|to)|against|versus|than|from) (?:from )?$")
_STANDS = frozenset({"stand", "bring", "go", "come", "put", "remain", "reach", "be", "stay"})
_SUMMED = frozenset({"number", "total", "count", "tally", "sum"})


def with_elided_nouns(document: Document, quantities: list[Quantity]) -> list[Quantity]:
    """The quantities, bare numbers with the unit that the text leaves out where it can be told."""
    found: list[Quantity] = []
    for k, quantity in enumerate(quantities):
        after = quantities[k + 1] if k + 1 < len(quantities) else None
        if quantity.kind == "bare":
            quantity = _restored(document, quantity, found, after)
        elif quantity.kind == "rate" and quantity.unit.startswith("per ") and found:
            quantity = _restored_rate(quantity, found)
        found.append(_approximate(document, quantity, found))
    return found


def _restored(
    document: Document, quantity: Quantity, before: list[Quantity], after: Quantity | None
) -> Quantity:
    number = number_root(document.doc, quantity.number.start_char, quantity.number.end_char)
    earlier = _earlier(document, quantity, before)
    if after and after.kind != "bare" and _belongs_to_next(document, quantity, after):
        return replace(quantity, unit=after.unit, kind=after.kind)
    if _is_age_of_group(document, quantity, number):
        return replace(quantity, unit="years", kind="age")
    if before and before[-1].level == "before" and quantity.level == "after" and before[-1].unit:
        return replace(quantity, unit=before[-1].unit, kind=before[-1].kind)
    if _is_magnitude(document, quantity):
        return replace(quantity, unit="magnitude", kind="measurement")
    if before and _goes_on_with_ages(document, quantity, before[-1]):
        return replace(quantity, unit=before[-1].unit, kind="age")
    if unit := _from_verb(number):
        return replace(quantity, unit=earlier if earlier and is_of_persons(earlier) else unit, kind="count")
    if unit := _from_subject(number):
        return replace(quantity, unit=unit, kind="count")
    if (unit := _compared(document, quantity, before)) is not None:
        return replace(quantity, unit=unit.unit, kind=unit.kind)
    if _is_tally(document, quantity):
        return replace(quantity, unit="votes", kind="count")
    if "." in quantity.number.words:
        return quantity
    if before and before[-1].kind == "duration" and _is_time_served(document, quantity, before[-1], number):
        return replace(quantity, unit=before[-1].unit, kind="duration")
    if earlier is None and before and before[-1].kind in _COUNTS and _stands_alone(number):
        earlier = _noun_of(before[-1])
    if earlier and _is_elliptic(number):
        return replace(quantity, unit=earlier, kind="count")
    if number.root.dep_ in ("nsubj", "nsubjpass") and number.root.head.lemma_ != "be" and (quantity.low or 2) > 1:
        return replace(quantity, unit="people", kind="count")  # over a thousand came
    return quantity


def _is_tally(document: Document, quantity: Quantity) -> bool:
    """Whether the number is one side of a vote: "passed 230 to 197"."""
    text, start, end = document.text, quantity.span.start_char, quantity.span.end_char
    if not (_TO_NUMBER.match(text[end : end + 16]) or _NUMBER_TO.search(text[max(0, start - 16) : start])):
        return False
    words = set(re.findall(r"[a-z]+", document.sentence_span(start).words.lower()))
    return bool(words & read_words("not_figures", **{"class": "tally"}))


def is_of_persons(unit: str) -> bool:
    """Whether a unit counts persons, by its last word."""
    last = unit.lower().split()[-1] if unit.split() else ""
    return last in read_words("people_nouns") or last.endswith(("ers", "ists", "ians", "ees", "men", "ors"))


def _is_age_of_group(document: Document, quantity: Quantity, number: TokenSpan) -> bool:
    """Whether a bound after persons is their age: "children between 5 and 11", "people over 65"."""
    if quantity.comparator in ("=", "~") or (quantity.high or quantity.low or 0) > 110:
        return False
    words = document.text[max(0, quantity.span.start_char - 24) : quantity.span.start_char].split()
    if not words or words[-1].lower() not in read_words("people_nouns") | {"those", "anyone", "everyone"}:
        return False
    after = number.doc[number.end] if number.end < len(number.doc) else None
    return after is None or after.pos_ not in ("NOUN", "PROPN", "ADJ")


def _is_magnitude(document: Document, quantity: Quantity) -> bool:
    """Whether a decimal below ten stands in a sentence that speaks of a magnitude."""
    if "." not in quantity.number.words or not quantity.number.words[-1].isdecimal() or (quantity.low or 99) >= 10:
        return False
    sentence = document.sentence_span(quantity.number.start_char).words.lower()
    return "magnitude" in sentence or "richter" in sentence


def _goes_on_with_ages(document: Document, quantity: Quantity, before: Quantity) -> bool:
    """Whether the number goes on with a list of ages: "aged nine, ten and 59"."""
    between = document.text[before.span.end_char : quantity.span.start_char].strip()
    return before.kind == "age" and before.unit == "years" and between in (",", "and", ", and")


def _compared(document: Document, quantity: Quantity, before: list[Quantity]) -> Quantity | None:
    """The figure that a bare number is compared with: "6 hectares (15 acres), up from 2.5"."""
    lead = document.text[max(0, quantity.span.start_char - 14) : quantity.span.start_char].lower()
    if not _COMPARED.search(lead):
        return None
    sentence = document.sentence_at(quantity.number.start_char)
    for earlier in reversed(before):
        if earlier.span.start_char < sentence.start_char:
            return None
        in_brackets = document.text[max(0, earlier.span.start_char - 1)] == "("
        if not in_brackets and earlier.kind not in ("bare", "duration", "age"):
            return earlier
    return None


def _stands_alone(number: TokenSpan) -> bool:
    """Whether the number alone is the object or subject of its clause, as after a count in the sentence before."""
    root = number.root
    if root.dep_ == "pobj" and root.head.lower_ not in ("with", "at", "by", "including"):
        return False
    return root.dep_ in ("dobj", "nsubj", "nsubjpass", "pobj") and root.pos_ == "NUM"


def _belongs_to_next(document: Document, quantity: Quantity, after: Quantity) -> bool:
    """Whether the next figure is the whole ("7 out of 20 cases") or the level that this one moved to."""
    if quantity.level == "before" and after.level == "after":
        return True
    between = document.text[quantity.span.end_char : after.span.start_char] or " "
    return _OF.fullmatch(between) is not None and after.kind in ("count", "money", "measurement", "rate")


def _restored_rate(quantity: Quantity, before: list[Quantity]) -> Quantity:
    """ "six per 100,000" after "seven deaths per 100,000 people"."""
    for earlier in reversed(before[-3:]):
        if earlier.kind == "rate" and not earlier.unit.startswith("per "):
            return replace(quantity, unit=f"{earlier.unit.partition(' per ')[0]} {quantity.unit}")
    return quantity


def _approximate(document: Document, quantity: Quantity, before: list[Quantity]) -> Quantity:
    """A conversion in brackets is as approximate as what it converts: "about eight kilometres (five miles)"."""
    if not before or before[-1].comparator != "~" or before[-1].vague or quantity.comparator != "=":
        return quantity
    between = document.text[before[-1].span.end_char : quantity.span.start_char].strip()
    same = before[-1].kind == quantity.kind and quantity.kind in ("measurement", "money")
    return replace(quantity, comparator="~") if between == "(" and same else quantity


def _earlier(document: Document, quantity: Quantity, before: list[Quantity]) -> str | None:
    """The unit of the last count in the same sentence."""
    if not before or before[-1].kind not in _COUNTS:
        return None
    sentence = document.sentence_at(quantity.number.start_char)
    return _noun_of(before[-1]) if before[-1].span.start_char >= sentence.start_char else None


def _noun_of(quantity: Quantity) -> str:
    """The noun counted, without the base of a rate."""
    return quantity.unit.partition(" per ")[0]


def _is_time_served(document: Document, quantity: Quantity, before: Quantity, number: TokenSpan) -> bool:
    """Whether the number goes on with a time in its sentence: "fourteen years, serving eight"."""
    same = before.span.start_char >= document.sentence_at(quantity.number.start_char).start_char
    return same and number.root.dep_ == "dobj" and number.root.head.lemma_ in ("serve", "spend", "get", "receive")


def _from_verb(number: TokenSpan) -> str | None:
    """People, where the number is what a verb of killing, hurting or holding is said of."""
    root = number.root
    head = root.head
    if head.lower_ in ("more", "others") and head.i == number.end:
        root, head = head, head.head
    if root.dep_ == "pobj" and head.lower_ == "of" and head.head.lower_ == "total":
        root, head = head.head, head.head.head
    verbs = read_words("casualties", pos="verb")
    if root.dep_ in ("dobj", "nsubj", "nsubjpass", "obj") and head.lemma_.lower() in verbs:
        return "people"
    if root.dep_ in ("nsubj", "nsubjpass") and _has_state(head):
        return "people"
    doc = number.doc
    if number.end < len(doc) and doc[number.end].lower_ == "who":
        return "people"
    return None


def _has_state(verb: Token) -> bool:
    """Whether the clause ends in a state of people: "39 are confirmed dead"."""
    states = read_words("casualties", pos="state")
    return verb.lower_ in states or any(
        child.lower_ in states and child.i > verb.i for child in verb.children
    )


def _from_subject(number: TokenSpan) -> str | None:
    """The plural that rises or falls to a level, or that is said to be so many: "cases surpassed one million"."""
    root = number.root
    if root.dep_ == "quantmod" and root.head.pos_ == "NUM":
        root = root.head
    verb = root.head
    if root.dep_ == "appos" and verb.lemma_.lower() in _SUMMED:
        return _counted_by(verb, verb, root)
    if root.dep_ == "pobj" and verb.lower_ in ("to", "from") and verb.head.pos_ == "NOUN":
        for noun in (verb.head, *verb.head.ancestors):
            if noun.pos_ in ("VERB", "AUX"):
                break
            if noun.lemma_.lower() in _SUMMED or noun.lemma_.lower() == "toll":
                return _counted_by(noun, noun, root)
    if root.dep_ == "pobj" and verb.lower_ == "of" and verb.head.lemma_.lower() in _groups():
        return "people"
    if root.dep_ == "pobj" and verb.lower_ in ("to", "at", "from"):
        verb = verb.head
        if verb.lemma_.lower() == "toll":
            return "deaths"
        if verb.lemma_.lower() not in read_words("trends") and verb.lemma_.lower() not in _STANDS:
            return None
    elif root.dep_ not in ("attr", "dobj"):
        return None
    if verb.pos_ not in ("VERB", "AUX"):
        return None
    if verb.dep_ == "acl" and verb.head.tag_ == "NNS":
        return _counted_by(verb.head, verb, root)  # deaths surpassing 300
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass", "dobj") and child.i < number.start:
            if unit := _counted_by(child, verb, root):
                return unit
    return None


def _groups() -> frozenset[str]:
    return read_words("casualties", pos="group")


def _counted_by(subject: Token, verb: Token, root: Token) -> str | None:
    if subject.lemma_.lower() == "toll":
        return "deaths"
    if subject.lemma_.lower() in _SUMMED:
        for preposition in subject.children:
            if preposition.lower_ == "of":
                whole = [child for child in preposition.children if child.dep_ == "pobj"]
                return unit_of(whole[0].doc[whole[0].i : whole[0].i + 1]) if whole else None
    moved = root.dep_ == "pobj" or verb.lemma_ in (
        "be",
        "reach",
        "surpass",
        "exceed",
        "top",
        "hit",
        "total",
        "number",
    )
    if subject.lemma_.lower() in _groups() and verb.lemma_ in ("be", "number", "total", "reach", "exceed"):
        return "people"
    if subject.tag_ == "NNS" and moved and subject.lemma_.lower() not in read_words("money_nouns"):
        return unit_of(subject.doc[subject.i : subject.i + 1])
    return None


def _is_elliptic(number: TokenSpan) -> bool:
    """Whether the number stands where a noun phrase would: subject, object, apposition, in a list."""
    root, doc = number.root, number.doc
    end = number.end + (number.end < len(doc) and doc[number.end].lower_ in ("each", "more"))
    if end + 2 < len(doc) and doc[end].lower_ in ("in", "from", "at", "near"):
        if doc[end + 1 + (doc[end + 1].pos_ == "DET")].pos_ == "PROPN":
            return True
    if root.dep_ == "pobj" and root.head.lower_ in ("with", "at", "including"):
        return root.pos_ == "NUM"
    return root.dep_ in ("nsubj", "nsubjpass", "dobj", "conj", "appos", "attr", "obj") and root.pos_ == "NUM"
