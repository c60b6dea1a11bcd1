"""What a figure measures, in a few of the source's own words, and who or what has it.

A count measures the noun counted with what limits it and with what its clause says of it ("bodies
recovered", "seats the party gained"). Any other quantity measures what it modifies ("three-day voyage":
duration of the voyage), what it is an amount of ("75 mph winds", "37 % of the pollution"), or what the
clause says takes that value ("the toll rose to 31": the toll). Places and times are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kb.extract.clauses import clause_words, part_words
from kb.extract.phrases import NOMINAL, Reading, anchor_of, joined, limited, tokens_of
from kb.lexicon import read_table
from kb.model.values import Quantity, Reference

if TYPE_CHECKING:
    from spacy.tokens import Token

_TOTALS = frozenset(
    ["total", "number", "sum", "group", "amount", "maximum", "minimum", "average", "combined"]
)
_DETERMINED = ("compound", "nmod", "nummod", "amod", "quantmod", "npadvmod", "poss")
_MODIFYING_KINDS = ("measurement", "duration", "age")


@dataclass(frozen=True, slots=True)
class Measured:
    """What is measured, without its place, and the one who has it, where that is another thing."""

    words: str
    subject: str | None = None


@cache
def _dimensions(role: str) -> dict[str, str]:
    return {row["word"]: row["dimension"] for row in read_table("dimensions") if row["role"] == role}


def measured(reading: Reading, quantity: Quantity, place: Reference | None = None) -> Measured:
    """What the quantity measures. Never empty: without any other word it is the unit."""
    anchor = anchor_of(reading.document, quantity)
    without = _number_tokens(reading, quantity)
    finder = _Finder(reading, quantity, without, place)
    words, subject = finder.count(anchor) if quantity.kind == "count" else finder.amount(anchor)
    words = _tidy(words)
    return Measured(words or quantity.unit, subject)


def _number_tokens(reading: Reading, quantity: Quantity) -> frozenset[int]:
    """The tokens of the phrase that are no noun: number, comparator, determiner."""
    noun = {token.i for token in tokens_of(reading.document, quantity.noun)} if quantity.noun else set()
    return frozenset(token.i for token in tokens_of(reading.document, quantity.span) if token.i not in noun)


def _tidy(words: str) -> str:
    return " ".join(words.split()).strip(" ,;:-–—()\"'“”")


@dataclass(frozen=True, slots=True)
class _Finder:
    """One quantity's search: each method gives the words of the measure and the subject."""

    reading: Reading
    quantity: Quantity
    without: frozenset[int]
    place: Reference | None

    def phrase(self, token: Token, *more: int) -> str:
        return joined(limited(self.reading, token, self.without | frozenset(more), self.place))

    def count(self, anchor: Token) -> tuple[str, str | None]:
        """A count: the noun counted, then its clause."""
        own = self.phrase(anchor) if self.quantity.noun else self.quantity.unit
        node = anchor
        if node.dep_ in _DETERMINED and node.head.pos_ in ("NOUN", "PROPN") and not self._in_noun(node.head):
            owner = self.phrase(node.head, node.i)
            return self._with_clause(f"{own} of {owner}", node.head, owner)
        return self._with_clause(own, node, None)

    def amount(self, anchor: Token) -> tuple[str, str | None]:
        """Any other quantity: what has it."""
        host = self._modified(anchor)
        if host is not None:
            words = self.phrase(host, anchor.i)
            if self.quantity.kind in _MODIFYING_KINDS and (dimension := self._dimension(anchor)):
                words = f"{dimension} of {words}" if dimension.lower() not in words.lower() else words
            return self._with_clause(words, host, None)
        if partitive := self._partitive(anchor):
            words = self.phrase(partitive)
            if self.quantity.kind in ("percent", "share"):
                words = f"share of {words}"
            return self._with_clause(words, anchor, None)
        if (node := _unconjoined(anchor)).dep_ == "appos" and node.head.pos_ in NOMINAL:
            return self.amount(node.head) if self._is_quantity(node.head) else (self.phrase(node.head), None)
        if node.dep_ == "pobj" and node.head.dep_ == "prep" and node.head.head.pos_ in ("NOUN", "PROPN"):
            host = node.head.head
            return self._with_clause(self.phrase(host, node.head.i), host, None)
        words, subject = part_words(self.reading, node, self.without | {anchor.i}, self.place)
        dimension = self._dimension(anchor)
        if dimension and node.dep_ == "npadvmod" and dimension not in words:
            words = f"{dimension} {words}"
        return words, subject

    def _in_noun(self, token: Token) -> bool:
        noun = self.quantity.noun
        return noun is not None and noun.start_char <= token.idx < noun.end_char

    def _is_quantity(self, token: Token) -> bool:
        return token.pos_ == "NUM" or any(child.dep_ == "nummod" for child in token.children)

    def _modified(self, anchor: Token) -> Token | None:
        """The noun that the quantity modifies: "three-day voyage", "a 75 ft long boat", "$5 loan"."""
        node = anchor
        while node.dep_ in _DETERMINED and node.head.i != node.i:
            head = node.head
            if head.pos_ in ("NOUN", "PROPN") and head.lower_ not in _dimensions("adjective"):
                return head
            if head.pos_ not in ("ADJ", "NOUN", "ADV", "PROPN", "NUM", "SYM"):
                return None
            node = head
        return None

    def _dimension(self, anchor: Token) -> str | None:
        """The name of what the unit measures, by the adjective after it, else by the unit."""
        for token in (anchor.head, *anchor.rights, *anchor.head.rights):
            if token.i > anchor.i and (found := _dimensions("adjective").get(token.lower_)):
                return found
        return _dimensions("unit").get(self.quantity.unit)

    def _partitive(self, anchor: Token) -> Token | None:
        """What it is an amount of: "37 % of the pollution", "$90 billion in damage"."""
        for child in anchor.rights:
            if child.dep_ == "prep" and child.lower_ in ("of", "in", "worth"):
                for inside in child.children:
                    if (
                        inside.dep_ == "pobj"
                        and inside.i not in self.reading.timed
                        and not self._is_place(inside)
                    ):
                        return inside
        return None

    def _is_place(self, token: Token) -> bool:
        span = self.place.span if self.place else None
        return span is not None and span.start_char <= token.idx < span.end_char

    def _with_clause(self, words: str, node: Token, subject: str | None) -> tuple[str, str | None]:
        """The words, the nouns that they are said to be of, and what the clause says of them."""
        node = _unconjoined(node)
        if node.dep_ == "pobj" and node.head.dep_ == "prep" and node.head.head.pos_ in ("NOUN", "PROPN"):
            host = node.head.head
            if host.lemma_.lower() in _TOTALS or host.dep_ in ("appos",):
                return self._with_clause(words, host, subject)
            if node.head.lower_ == "of":
                return self._with_clause(f"{self.phrase(host, node.head.i)} of {words}", host, subject)
            return (
                self._with_clause(words, host, subject)
                if node.head.lower_ == "including"
                else (words, subject)
            )
        said, has = clause_words(self.reading, node, self.without, self.place)
        return f"{words} {said}", subject or has


def _unconjoined(node: Token) -> Token:
    """The first of the nouns that are joined by "and": its place in the clause is that of all."""
    while node.dep_ == "conj" and node.head.pos_ in NOMINAL and node.head.i != node.i:
        node = node.head
    return node
