"""What the words around a quantity in its noun phrase or its line tell of what is measured."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kb.extract.claims.governing import subject_of
from kb.extract.claims.parts import OF_WHOM
from kb.extract.claims.phrases import NOMINAL, Reading, joined, tokens_of
from kb.extract.dating.happenings import is_happening
from kb.extract.document import words_in
from kb.model.values import Quantity, Span
from kb.quantities import lexer
from kb.quantities.units import read_unit

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONGEST_LABEL = 80  # characters
_BRACKET = re.compile(r"\s*\([^()\n]{1,40}\)\s+(?:[“\"])?(?=[A-Za-z])")
_LEADING = ("ADJ", "NOUN", "PROPN")  # words before the head of a noun phrase
_CLAUSE_WORDS = 6
_SHORT = 2  # letters of a unit's symbol, which has no plural
_BULLET = re.compile(r"^[\W_]+|\s*[-–—:|]+\s*$")


def listed(reading: Reading, quantity: Quantity) -> str | None:
    """Whose figure a line of a list gives: "Labour - 203 seats", "Exports: $5m"."""
    text, start = reading.document.text, quantity.span.start_char
    line = text.rfind("\n", 0, start) + 1
    before = text[line:start]
    if len(before) > _LONGEST_LABEL or not before.strip():
        return None
    if any(token.pos_ in ("VERB", "AUX") for token in tokens_of(reading.document, Span(line, start, before))):
        return None
    if not re.search(r"[-–—:|]\s*$", before):
        return None
    return " ".join(_BULLET.sub("", before).split()).strip(" -–—:|") or None


def verb_of_some(quantity: Quantity, anchor: Token) -> Token | None:
    """The verb of "980 (120 of them women) of whom are in prison", wherever the parser hung the number."""
    sentence, end = anchor.sent, quantity.span.end_char
    match = OF_WHOM.match(words_in(sentence, end, sentence.end_char))
    if match is None:
        return None
    after = (token for token in sentence if token.idx >= end + match.end())
    verb = next((token for token in after if token.pos_ in ("VERB", "AUX")), None)
    while verb is not None and verb.dep_ in ("aux", "auxpass"):
        verb = verb.head  # "12 of whom were later released"
    return verb


def is_free(quantity: Quantity, token: Token) -> bool:
    """Whether the word is outside the counted noun."""
    noun = quantity.noun
    return noun is None or not noun.start_char <= token.idx < noun.end_char


def is_of_share(quantity: Quantity, anchor: Token) -> bool:
    """Whether a share alone does or is something: the text told before of whom it is a share."""
    alone = not any(child.dep_ == "prep" for child in anchor.children)
    return quantity.kind in ("percent", "share") and anchor.dep_ in ("nsubj", "nsubjpass") and alone


def is_theirs(host: Token) -> bool:
    """Whether the noun before "of" is what the counted things have, unlike "a tower of 5 floors"."""
    indefinite = any(child.dep_ == "det" and child.lower_ in ("a", "an") for child in host.children)
    return is_happening(host) or not indefinite


def beyond_bracket(reading: Reading, quantity: Quantity) -> Token | None:
    """The noun that a measure modifies over a bracket: "a 48-acre (19-hectare) park"; else None.

    The measure is written as a modifier is: with a hyphen or with its unit in the singular.
    """
    many = quantity.kind in ("measurement", "duration") and quantity.low not in (None, 1)
    words = quantity.span.words
    if not many or words.endswith("s") or not (words[-1].isalpha() and len(words.split()[-1]) > _SHORT):
        return None
    document = reading.document
    end = quantity.span.end_char
    match = _BRACKET.match(document.text, end, end + _LONGEST_LABEL)
    if match is None:
        return None
    head: Token = next(iter(document.doc.char_span(match.end(), match.end() + 1, alignment_mode="expand")))
    while head.i + 1 < len(head.doc) and head.pos_ in _LEADING and head.nbor().pos_ in (*_LEADING, "NOUN"):
        head = head.nbor()
    return head if head.pos_ in ("NOUN", "PROPN") else None


def told(pronoun: Token) -> bool:
    """Whether a clause says who "those" are: "those who left"."""
    return any(child.dep_ in ("relcl", "acl") for child in pronoun.children)


def clause_told(reading: Reading, pronoun: Token) -> str:
    """The pronoun with the first words of its clause: "those who left the country"."""
    clause = next(child for child in pronoun.children if child.dep_ in ("relcl", "acl"))
    aside = reading.timed | reading.numbered
    words = [
        word
        for word in clause.subtree
        if word.i not in aside and not any(child.i in aside for child in word.children)
    ]
    return joined([pronoun, *words[:_CLAUSE_WORDS]])


def is_of_pronoun(anchor: Token) -> bool:
    """Whether it is a share of what was told before: "91 % of those"."""
    return any(
        child.lower_ == "of"
        and any(inside.lower_ in ("those", "these", "them") and not told(inside) for inside in child.children)
        for child in anchor.children
    )


def thing_worth(node: Token) -> Token | None:
    """What is worth an amount: "economies worth $5 billion"."""
    if node.head.lower_ != "worth":
        return None
    if node.head.dep_ == "acomp" and (subject := subject_of(node.head.head)):
        return subject
    return next((child for child in node.head.lefts if child.dep_ == "nsubj"), None) or (
        node.head.head if node.head.head.pos_ == "NOUN" else None
    )


def unconjoined(node: Token) -> Token:
    """The first of the nouns that are joined by "and": its place in the clause is that of all."""
    while node.head.i != node.i and node.head.pos_ in NOMINAL and (node.dep_ == "conj" or _is_listed(node)):
        node = node.head
    return node


def _is_listed(node: Token) -> bool:
    """Whether a counted noun goes on a list, however parsed: "40 tusks, 6 skins and 9 horns"."""
    counted = all(any(child.dep_ == "nummod" for child in noun.children) for noun in (node, node.head))
    after = any(child.dep_ == "conj" for child in node.children)
    comma = node.doc[max(0, node.left_edge.i - 1)].text == ","
    return node.dep_ == "appos" and counted and after and comma and node.lemma_ != node.head.lemma_


def is_rate_of_things(quantity: Quantity) -> bool:
    """Whether a rate counts things and no unit: "740,000 deaths a year", unlike "9 tonnes a year"."""
    if quantity.kind != "rate" or quantity.noun is None:
        return False
    words = lexer.tokens_of(quantity.noun.words)
    return bool(words) and read_unit(words, len(words) - 1) is None
