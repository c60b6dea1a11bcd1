"""Numbers told of names in a row: "Chad (12) and Niger (9)", "followed by Chad with 12".

Behind a person's name such a number is an age, behind the name of a place or a body it is the count that the
text speaks of.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kb.extract.document import Document
from kb.extract.quantities.carried import counted_before, in_unit_of
from kb.extract.quantities.counted import tokens_at, unit_of
from kb.model.values import Quantity
from kb.names.known import LONGEST, known_names

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_RANKING = frozenset(["most", "more", "many", "fewest", "fewer"])
_FEW = 3  # tokens of a bracketed number at most: "about 1.5 million"


def name_before(document: Document, quantity: Quantity) -> TokenSpan | None:
    """The name of a place or body that a number without a noun is told of, or None.

    In brackets the number stands alone. A place or a body in a row of names tells what the others are.
    """
    counted = quantity.noun is not None and quantity.kind != "percent"
    if counted or quantity.kind not in ("bare", "count", "percent"):
        return None
    phrase = tokens_at(document.doc, quantity.span.start_char, quantity.span.end_char)
    return _with_number(phrase) or in_gap(phrase) or named_in_brackets(phrase)


def in_gap(number: TokenSpan) -> TokenSpan | None:
    """The place of a clause that leaves out its verb: "Chad reported 17 and Niger 9", or None."""
    doc, i = number.doc, number.start
    if i < 3 or number.end >= len(doc) or doc[number.end].pos_ in ("NOUN", "PROPN", "ADJ", "NUM"):
        return None
    name = _name_ending(doc[i - 1 : i])
    if name is None or not name.start or not _is_of_place(name):
        return None
    if doc[name.start - 1].lower_ not in ("and", ","):
        return None
    lead = doc[number.root.sent.start : name.start]
    told = any(token.like_num for token in lead) and any(token.pos_ == "VERB" for token in lead)
    return name if told else None


def as_before(document: Document, quantity: Quantity, before: list[Quantity]) -> Quantity:
    """The number of a place in the unit of what is told of the places: "30 boats sank, most in Chad (12)"."""
    start = document.sentence_at(quantity.number.start_char).start_char
    inside = (other for other in reversed(before) if other.span.start_char >= start)
    told = next((other for other in inside if other.unit and other.kind != "duration"), None)
    if told is not None:
        return in_unit_of(told, quantity)
    unit = _most_of(document, quantity) or counted_before(document, quantity, before)
    return replace(quantity, unit=unit, kind="count") if unit else quantity


def _most_of(document: Document, quantity: Quantity) -> str | None:
    """The plural of which the sentence ranks the places: "most deaths were in Texas (12)", or None."""
    for token in document.sentence_at(quantity.number.start_char):
        ranked = token.tag_ == "NNS" and any(child.lower_ in _RANKING for child in token.lefts)
        if ranked and token.idx < quantity.span.start_char:
            return unit_of(token.doc[token.i : token.i + 1])
    return None


def named_in_brackets(phrase: TokenSpan) -> TokenSpan | None:
    """The name of a place or body before a bracket that holds these words alone, or None."""
    name = _before_bracket(phrase)
    if name is None or _is_of_place(name) or _has_article(name):
        return name
    sentence = phrase.root.sent
    inside = [token.i + 1 for token in sentence if token.text == "("]
    row = [sentence.doc[i : i + size] for i in inside for size in range(1, _FEW + 1)]
    names = [other for words in row if (other := _before_bracket(words)) is not None]
    return name if any(_is_of_place(other) or _has_article(other) for other in names) else None


def _with_number(phrase: TokenSpan) -> TokenSpan | None:
    """The place before "with": "followed by Chad with 12"."""
    doc, i = phrase.doc, phrase.start
    if i < 2 or doc[i - 1].lower_ != "with" or phrase.end >= len(doc) or doc[phrase.end].pos_ == "NOUN":
        return None
    name = _name_ending(doc[i - 2 : i - 1])
    return name if name is not None and _is_of_place(name) else None


def _before_bracket(words: TokenSpan) -> TokenSpan | None:
    """The run of proper nouns before a bracket that holds the words, a number, and nothing else."""
    doc, i = words.doc, words.start
    if i < 2 or words.end >= len(doc) or doc[i - 1].text != "(" or doc[words.end].text != ")":
        return None
    if not any(token.like_num for token in words) or any(map(_is_wordy, words)):
        return None
    return _name_ending(doc[i - 2 : i - 1])


def _is_wordy(token: Token) -> bool:
    """Whether a word makes the bracket more than a number: "(12 May)", "(3 dead)"."""
    return token.pos_ in ("NOUN", "PROPN", "VERB", "AUX") and not (token.like_num or token.text == "%")


def _name_ending(last: TokenSpan) -> TokenSpan | None:
    doc, start = last.doc, last.start
    if doc[start].pos_ != "PROPN":
        return None
    while start > 0 and doc[start - 1].pos_ == "PROPN" and last.end - start < LONGEST:
        start -= 1
    return doc[start : last.end]


def _is_of_place(name: TokenSpan) -> bool:
    """Whether the lexicon lists the name as that of a place."""
    known = known_names().get(name.text)
    return known is not None and known.kind == "place"


def _has_article(name: TokenSpan) -> bool:
    """Whether "the" stands before it, as before no person's name: "the Greens (4)"."""
    return bool(name.start > 0 and name.doc[name.start - 1].lower_ == "the")
