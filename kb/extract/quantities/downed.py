"""Drones and missiles that a number alone stands for: "Drones hit the port. Seventeen were shot down"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.lexicon import read_words

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_REACH = 80  # tokens back to what was told of
_ARGUMENTS = ("dobj", "nsubjpass", "obj")


def downed(number: TokenSpan) -> str | None:
    """The flying things that a number counts as what is shot down, None where it is no such thing."""
    root = number.root
    if root.dep_ not in _ARGUMENTS or not _brings_down(root.head):
        return None
    things = read_words("aircraft", role="thing")
    before = number.doc[max(0, number.start - _REACH) : number.start]
    return next((token.lower_ for token in reversed(before) if token.lower_ in things), None)


def _brings_down(verb: Token) -> bool:
    lemma = verb.lemma_.lower()
    if lemma in read_words("aircraft", role="down"):
        after = verb.doc[verb.i + 1 : verb.i + 3]
        return any(token.lower_ == "down" for token in (*after, *verb.children))
    return lemma in read_words("aircraft", role="verb")
