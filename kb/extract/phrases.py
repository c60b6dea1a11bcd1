"""Words of a parse put together again: a quantity's anchor, a noun phrase with what limits it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.extract.document import Document
from kb.extract.mentions import Mentions
from kb.model.values import Quantity, Reference, Span, Time

if TYPE_CHECKING:
    from spacy.tokens import Token

NOMINAL = frozenset(["NOUN", "PROPN", "NUM", "PRON", "ADJ", "SYM", "DET"])
_LIMITING = frozenset(
    ["amod", "compound", "nmod", "poss", "case", "prep", "pobj", "acl", "npadvmod", "advmod", "nummod"]
)
_LIMITING |= frozenset(["pcomp", "dobj", "prt", "agent", "quantmod", "punct", "acomp", "dative", "oprd"])
_UNLIMITING_PREPOSITIONS = frozenset(
    ["including", "according", "as", "despite", "following", "such", "like", "with"]
)
_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as its figures are read: the analysis with its times and names looked up by word."""

    document: Document
    times: tuple[Time, ...]
    mentions: Mentions
    timed: frozenset[int]  # positions of the tokens inside time expressions

    @classmethod
    def of(cls, document: Document, times: tuple[Time, ...], mentions: Mentions) -> Reading:
        timed: set[int] = set()
        for time in times:
            span = document.doc.char_span(time.span.start_char, time.span.end_char, alignment_mode="expand")
            timed.update(token.i for token in span or ())
        return cls(document, times, mentions, frozenset(timed))


def tokens_of(document: Document, span: Span) -> list[Token]:
    """The tokens that the span touches."""
    found = document.doc.char_span(span.start_char, span.end_char, alignment_mode="expand")
    return list(found or ())


def anchor_of(document: Document, quantity: Quantity) -> Token:
    """Where the quantity hangs in the parse: the head of its noun or unit, else of its number."""
    tokens = tokens_of(document, quantity.noun or quantity.number)
    inside = {token.i for token in tokens}
    return next(
        (token for token in tokens if token.head.i not in inside or token.head.i == token.i), tokens[-1]
    )


def limited(
    reading: Reading, head: Token, without: frozenset[int], place: Reference | None = None
) -> list[Token]:
    """The noun phrase of `head` with what limits it, in order: no determiner, time, apposition or place.

    `without` are positions of tokens to leave out with all that hangs on them.
    """
    kept: list[Token] = []
    stack = [head]
    while stack:
        token = stack.pop()
        kept.append(token)
        for child in token.children:
            if child.i in without or child.i in reading.timed or child.dep_ not in _LIMITING:
                continue
            if child.dep_ in ("prep", "agent") and not _limits(reading, child, without, place):
                continue
            if child.is_punct and child.text != "-":
                continue
            if child.dep_ == "advmod" and token.pos_ not in ("ADJ", "VERB"):
                continue
            stack.append(child)
    kept.sort(key=lambda token: token.i)
    return _nearest(kept, head)


def _limits(reading: Reading, preposition: Token, without: frozenset[int], place: Reference | None) -> bool:
    if preposition.lower_ in _UNLIMITING_PREPOSITIONS:
        return False
    inside = [child for child in preposition.children if child.dep_ in ("pobj", "pcomp")]
    if not inside or any(child.i in reading.timed or child.i in without for child in inside):
        return False
    if place and place.span:
        return not any(place.span.start_char <= child.idx < place.span.end_char for child in inside)
    return True


def _nearest(tokens: list[Token], head: Token) -> list[Token]:
    """At most so many words, those around the head."""
    if len(tokens) <= _MOST_WORDS:
        return tokens
    at = tokens.index(head)
    start = max(0, min(at - _MOST_WORDS // 2, len(tokens) - _MOST_WORDS))
    return tokens[start : start + _MOST_WORDS]


def joined(tokens: Iterable[Token]) -> str:
    """The tokens' words: with one space between, none where the text has none between neighbours."""
    words = ""
    last: Token | None = None
    for token in tokens:
        if last is not None and not (token.i == last.i + 1 and not last.whitespace_):
            words += " "
        words += token.text
        last = token
    return " ".join(words.split())
