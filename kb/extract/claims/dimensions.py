"""What a unit measures, where the text names no dimension: "a three-day voyage": its duration.

The units' and adjectives' dimensions are data (`lexicon/dimensions.csv`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from kb.extract.claims.phrases import Reading, joined
from kb.lexicon import read_table
from kb.model.values import Quantity

if TYPE_CHECKING:
    from spacy.tokens import Token

DIMENSIONED = ("measurement", "duration", "age")
_FARTHEST = 8  # words between a distance and its direction
_LONGEST_DIRECTION = 6  # words after "west"


@cache
def _dimensions(role: str) -> Mapping[str, str]:
    return {row["word"]: row["dimension"] for row in read_table("dimensions") if row["role"] == role}


def dimension_adjectives() -> Mapping[str, str]:
    """The adjectives and adverbs that can follow a measure ("long", "west"), with the dimension they tell."""
    return _dimensions("adjective")


def is_dimension(token: Token) -> bool:
    """Whether a word only names the dimension of the measure before it: "30 feet high"."""
    return token.lower_ in dimension_adjectives()


def dimension_of_verb(verb: Token) -> str | None:
    """What a verb says of its subject with a measure after it ("costs": cost, "weighs": weight), or None."""
    return _dimensions("verb").get(verb.lemma_.lower())


def penalty_of(verb: Token) -> str | None:
    """What a verb lays on somebody with the measure after it ("fined": fine), or None."""
    table = _dimensions("penalty")
    return table.get(verb.lemma_.lower()) or table.get(verb.lower_)  # the model's lemma of "fined" is "fin"


def dimension_of(quantity: Quantity, anchor: Token) -> str | None:
    """The name of what the unit measures, by the adjective after it, else by the unit."""
    if quantity.kind not in DIMENSIONED:
        return None
    if quantity.kind == "age":
        return "age"
    by_unit = _dimensions("unit").get(quantity.unit)
    for token in (anchor.head, *anchor.rights, *anchor.head.rights):
        named = dimension_adjectives().get(token.lower_)
        if token.i > anchor.i and named and (named == "age" or by_unit != "duration"):
            return named
    return by_unit


def direction_of(reading: Reading, quantity: Quantity, anchor: Token) -> str:
    """The direction of a distance, with where it is counted from: "west of the island"."""
    if quantity.kind != "measurement":
        return ""
    for token in anchor.doc[anchor.i : anchor.i + _FARTHEST + 1]:
        if token.idx < quantity.span.end_char or token.is_punct or token.i in reading.numbered:
            continue
        if token.pos_ == "VERB":
            return ""
        if dimension_adjectives().get(token.lower_) == "distance":
            after = [inside for inside in token.subtree if inside.i > token.i and not inside.is_punct]
            return joined([token, *after[:_LONGEST_DIRECTION]])
    return ""
