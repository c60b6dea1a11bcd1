"""Units that a number with a word of its own takes from the figure beside it."""

from __future__ import annotations

from dataclasses import replace

from kb.extract.document import Document
from kb.extract.quantities.counted import tokens_at
from kb.lexicon import read_words
from kb.model.values import Quantity

_LEAST_SUM = 1e5  # nobody writes of "a 40 loss"
_BETWEEN = ("and", "or", ",")


def unit_of_sum(document: Document, quantity: Quantity, before: list[Quantity]) -> str | None:
    """The currency of a sum told beside another: "a $9 million turnover for a 1.2 million loss".

    A noun of money in the singular after so high a number is a sum and nothing counted.
    """
    if quantity.kind != "count" or quantity.noun is None or (quantity.high or 0) < _LEAST_SUM:
        return None
    noun = tokens_at(document.doc, quantity.noun.start_char, quantity.noun.end_char)[-1]
    if noun.tag_ != "NN" or noun.lemma_.lower() not in read_words("money_nouns"):
        return None
    start = document.sentence_at(quantity.number.start_char).start_char
    near = (other for other in reversed(before) if other.span.start_char >= start)
    return next((other.unit for other in near if other.kind == "money"), None)


def is_million(document: Document, quantity: Quantity, before: list[Quantity]) -> bool:
    """Whether "900m" after a sum of money in its sentence means millions and no metres."""
    if quantity.noun is None or quantity.noun.words != "m" or before[-1].kind != "money":
        return False
    glued = quantity.noun.start_char == quantity.number.end_char
    return glued and document.sentence_at(quantity.number.start_char).start_char <= before[-1].span.start_char


def millions(quantity: Quantity, money: Quantity) -> Quantity:
    """The number of metres as millions of the other's currency."""
    low = quantity.low * 1e6 if quantity.low is not None else None
    high = quantity.high * 1e6 if quantity.high is not None else None
    return replace(quantity, low=low, high=high, unit=money.unit, kind="money", noun=None)


def noun_of_both(document: Document, quantity: Quantity, after: Quantity) -> str | None:
    """The noun that two numbered adjectives share: of "20 Thai and 74 Malay shops" the first are shops."""
    if quantity.kind != "count" or after.kind != "count" or quantity.noun is None or after.noun is None:
        return None
    between = document.text[quantity.span.end_char : after.span.start_char].strip()
    own = tokens_at(document.doc, quantity.noun.start_char, quantity.noun.end_char)
    other = tokens_at(document.doc, after.noun.start_char, after.noun.end_char)
    if between not in _BETWEEN or len(own) != 1 or len(other) < 2 or own[0].tag_ in ("NNS", "NNPS"):
        return None
    alike = own[0].text[0].isupper() and other[0].text[0].isupper() and not other[1].text[0].isupper()
    if not alike or other[0].tag_ in ("NNS", "NNPS"):
        return None
    return f"{own.text} {after.unit.removeprefix(other[0].text).strip()}"
