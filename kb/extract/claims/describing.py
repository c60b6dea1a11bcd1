"""Places that only tell who somebody is: "the governor of Kent, Ada Bell", "Senator Bell of Kent"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.extract.claims.phrases import Reading
from kb.extract.entities.mentions import Mentions
from kb.lexicon import read_words

if TYPE_CHECKING:
    from spacy.tokens import Token

_WHOSE = ("of", "from", "for")


def describing(reading: Reading, anchor: Token) -> frozenset[int]:
    """The positions of what the anchor's sentence says of where somebody is from or what they are head of."""
    found: set[int] = set()
    for noun in reading.document.sentence_at(anchor.idx):
        if not tells_of_person(reading.mentions, noun):
            continue
        for child in noun.rights:
            if child.dep_ == "prep" and not child.left_edge.i <= anchor.i <= child.right_edge.i:
                found.update(inside.i for inside in child.subtree)
    return frozenset(found)


def tells_of_person(mentions: Mentions, noun: Token) -> bool:
    """Whether the noun is said of somebody named beside it, or is that name with a title before it."""
    if noun.dep_ == "appos" and (named := mentions.at(noun.head)) and named[1].kind != "place":
        return True
    own = mentions.at(noun)
    if own is not None and own[1].kind == "person":
        return True
    role = noun.pos_ in ("NOUN", "PROPN") and noun.lemma_.lower() in read_words("sources", kind="role")
    if not role or own is not None:
        return False
    beside = [child for child in noun.children if child.dep_ in ("appos", "compound", "nmod")]
    return any((named := mentions.at(t)) is not None and named[1].kind == "person" for t in beside)


def is_descriptive(mentions: Mentions, place: Token) -> bool:
    """Whether a place hangs on such a noun: "of Kent" in "the governor of Kent, Ada Bell, won"."""
    node = place
    while node.dep_ in ("compound", "appos", "conj") and node.head.i != node.i:
        node = node.head
    preposition = node.head
    if node.dep_ != "pobj" or preposition.lower_ not in _WHOSE:
        return False
    return tells_of_person(mentions, preposition.head)
