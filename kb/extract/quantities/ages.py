"""Ages said without their unit: after a name, after "was", of a group of people, in a list of ages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.extract.document import Document
from kb.extract.quantities.of_names import named_in_brackets
from kb.lexicon import read_words
from kb.model.values import Quantity

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

OLDEST = 125
_GROWN = 13  # years: below it the number may be an hour or a count
_COUNTED = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "SYM"})
_A_PERSON = frozenset(
    {"man", "woman", "boy", "girl", "child", "lad", "youth", "teenager", "adult", "student"}
)
_PRONOUNS = frozenset({"he", "she", "i", "who"})


def is_age(number: TokenSpan, value: float | None) -> bool:
    """Whether a bare number is the age of the person named before it.

    "Emily Hart, 39, who", "and Paul Reed, 40 and 49, at", "now 22,", "She was 57".
    """
    doc, i = number.doc, number.start
    if value is None or value % 1 or not 0 < value < OLDEST or i < 1:
        return False
    if _is_said_of_person(number, value) or _is_of_death(number, value):
        return True
    if len(number) != 1:
        return False
    if doc[i - 1].lower_ == "of" and i > 1 and doc[i - 2].tag_ == "NN" and doc[i - 2].lower_ in _A_PERSON:
        return i + 1 >= len(doc) or doc[i + 1].pos_ not in _COUNTED  # a man of 26
    if i > 2 and doc[i - 1].lower_ in ("both", "each") and doc[i - 2].text in (",", "("):
        return i + 1 >= len(doc) or doc[i + 1].text in (",", ")", ".")
    if doc[i - 1].lower_ == "at" and (doc[i - 1].is_sent_start or (i > 1 and doc[i - 2].lower_ == "who")):
        return i + 1 < len(doc) and (doc[i + 1].text == "," or doc[i + 1].pos_ == "AUX") and value > 10
    if i > 1 and doc[i - 1].lower_ in ("now", "then") and doc[i - 2].text == ",":
        return i + 1 < len(doc) and doc[i + 1].text in (",", ")", ".")
    if i > 3 and doc[i - 1].lower_ == "and" and doc[i - 2].text.isdecimal() and len(doc[i - 2]) < 4:
        return _is_after_person(doc[i - 2 : i - 1])
    return _is_after_person(number)


def _is_after_person(number: TokenSpan) -> bool:
    """Whether the number stands between commas or in brackets after a name or a singular noun."""
    doc, i = number.doc, number.start
    if i < 2:
        return False
    person = doc[i - 2].pos_ == "PROPN" or doc[i - 2].tag_ == "NN"
    if doc[i - 1].text not in (",", "(") or not person or named_in_brackets(number) is not None:
        return False
    after = doc[i + 1] if i + 1 < len(doc) else None
    return after is None or after.text in (",", ".", ";", ")") or after.lower_ == "and"


def _is_said_of_person(number: TokenSpan, value: float) -> bool:
    """Whether a person is said to be so many, with nothing counted after it: "He would have been 80"."""
    root, doc = number.root, number.doc
    if root.head.lemma_ == "turn" and root.dep_ == "dobj" and number.end < len(doc):
        return doc[number.end].pos_ not in _COUNTED or doc[number.end].lower_ in ("last", "this", "next")
    if root.dep_ not in ("attr", "acomp") or root.head.lemma_ not in ("be", "turn"):
        return False
    after = doc[number.end] if number.end < len(doc) else None
    if after is not None and after.pos_ in _COUNTED:
        return False
    subjects = [child for child in root.head.children if child.dep_ == "nsubj"]
    if subjects and subjects[0].lower_ == "age":
        return True
    if subjects and _is_named(subjects[0], root.head) and 10 < value < 115:
        return True
    if subjects and subjects[0].tag_ == "NN" and _is_person(subjects[0].lower_):
        return value >= _GROWN
    return bool(subjects) and subjects[0].lower_ in _PRONOUNS


def _is_named(subject: Token, verb: Token) -> bool:
    """Whether the subject is a name, also one that looks like a plural: "Cummings was 68"."""
    plural = subject.tag_ == "NNS" and subject.text[0].isupper() and verb.lower_ in ("was", "is")
    return plural or subject.tag_ in ("NNP", "NNPS")


def _is_person(noun: str) -> bool:
    """Whether a noun in the singular is that of a person: "the singer was 78"."""
    trades = read_words("titles") | read_words("role_fields")
    return noun in _A_PERSON or noun in trades or noun.endswith(("ist", "man", "woman"))


def _is_of_death(number: TokenSpan, value: float) -> bool:
    """Whether the number is the age at which somebody died: "died at 92"."""
    root, doc = number.root, number.doc
    if root.dep_ != "pobj" or root.head.lower_ != "at" or root.head.head.lemma_ != "die":
        return False
    after = doc[number.end] if number.end < len(doc) else None
    return value >= _GROWN and (after is None or (after.pos_ not in _COUNTED and after.text != ":"))


def is_age_of_group(document: Document, quantity: Quantity, number: TokenSpan) -> bool:
    """Whether a bound after persons is their age: "children between 5 and 11", "people over 65"."""
    if quantity.comparator in ("=", "~") or (quantity.high or quantity.low or 0) > 110:
        return False
    words = document.text[max(0, quantity.span.start_char - 24) : quantity.span.start_char].split()
    if not words or words[-1].lower() not in read_words("people_nouns") | {"those", "anyone", "everyone"}:
        return False
    after = number.doc[number.end] if number.end < len(number.doc) else None
    return after is None or after.tag_ in ("NN", "VB", "VBP") or after.pos_ not in ("NOUN", "PROPN", "ADJ")


def is_bound_of_age(document: Document, quantity: Quantity, before: Quantity) -> bool:
    """Whether persons counted in the same sentence are said to be over or under it: "140 are over 60"."""
    if quantity.comparator in ("=", "~", "between") or (quantity.high or quantity.low or 0) > 110:
        return False
    start = document.sentence_at(quantity.number.start_char).start_char
    lead = document.text[max(start, quantity.span.start_char - 6) : quantity.span.start_char].split()
    persons = before.kind == "share" or (before.unit.split() or [""])[-1] in read_words("people_nouns")
    return (
        persons
        and bool(lead)
        and lead[-1] in ("is", "are", "was", "were")
        and before.span.start_char >= start
    )


def goes_on_with_ages(document: Document, quantity: Quantity, before: Quantity) -> bool:
    """Whether the number goes on with a list of ages: "aged nine, ten and 59"."""
    between = document.text[before.span.end_char : quantity.span.start_char].strip()
    return before.kind == "age" and before.unit == "years" and between in (",", "and", ", and")
