"""What a quantity is said of: the content words of its subject, of the whole that it is part of, of the noun it limits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kb.extract.counted import number_root
from kb.extract.document import Document
from kb.model.values import Quantity

if TYPE_CHECKING:
    from spacy.tokens import Token
    from spacy.tokens import Span as TokenSpan

_NOUNS = frozenset({"NOUN", "PROPN"})
_LIMITS = frozenset({"nummod", "compound", "amod", "nmod", "quantmod", "poss", "appos"})
_WITHIN = frozenset({"compound", "amod", "nmod", "poss", "nummod", "conj", "prep", "pobj", "appos", "acl"})
_UPWARD = frozenset({"xcomp", "advcl", "ccomp", "pcomp", "conj", "acl", "relcl", "prep"})
_DEPTH = 6  # heads looked up through before giving up


def concept_words(
    document: Document, quantity: Quantity, quantities: tuple[Quantity, ...]
) -> tuple[str, ...]:
    """The content words of what the quantity is said of, nearest first; empty where nothing can be told.

    For a part it is the whole ("5 % of its workforce"), for a number that limits a noun that noun
    ("a 120 Hz refresh rate"), else the subject of its clause; a figure in brackets after another is said of the same.
    """
    phrase = number_root(document.doc, quantity.span.start_char, quantity.span.end_char)
    found: dict[int, Token] = {}
    for token in _said_of(phrase, quantity):
        if not phrase.start <= token.i < phrase.end and not _is_empty(token):
            found.setdefault(token.i, token)
    if not found and (before := _neighbour(document, phrase, quantity, quantities)):
        return concept_words(document, before, quantities)
    return tuple(token.text for token in found.values())


def _is_empty(token: Token) -> bool:
    return token.is_stop or token.is_punct or token.is_space or token.pos_ in ("PRON", "DET", "ADP", "CCONJ", "PART")


def _neighbour(
    document: Document, phrase: TokenSpan, quantity: Quantity, quantities: tuple[Quantity, ...]
) -> Quantity | None:
    """The figure that this one converts in brackets or continues in a list."""
    before = [q for q in quantities if q.span.end_char <= quantity.span.start_char]
    if not before or not phrase.start:
        return None
    between = document.text[before[-1].span.end_char : quantity.span.start_char].strip()
    return before[-1] if between in ("(", ",", "and", ", and", "or", "/", "to") else None


def _said_of(phrase: TokenSpan, quantity: Quantity) -> Iterator[Token]:
    root = phrase.root
    doc = phrase.doc
    if quantity.kind != "count" and phrase.end + 1 < len(doc) and doc[phrase.end].lower_ in ("of", "in", "on"):
        for child in doc[phrase.end].children:
            if child.dep_ == "pobj" and doc[phrase.end].lower_ == "of":
                yield from noun_phrase(child, phrase)
    for _ in range(_DEPTH):
        head = root.head
        if head == root:
            break
        if head.pos_ in _NOUNS and root.dep_ in _LIMITS:
            yield from noun_phrase(head, phrase)
            root = head
        elif head.pos_ in ("ADJ", "ADV", "NUM", "SYM") or phrase.start <= head.i < phrase.end:
            root = head
        elif root.dep_ in ("prep", "agent") and head.pos_ in _NOUNS:
            yield from noun_phrase(head, phrase)
            root = head
        elif root.dep_ in ("pobj", "pcomp", "prep", "agent", "dative") and head.pos_ == "ADP":
            root = head
        elif head.pos_ in ("VERB", "AUX"):
            yield from _subject(head, root, phrase)
            return
        elif head.pos_ in _NOUNS and root.dep_ == "conj":
            root = head
        else:
            root = head
    if root.pos_ in ("VERB", "AUX"):
        yield from _subject(root, root, phrase)


def _subject(verb: Token, root: Token, phrase: TokenSpan) -> Iterator[Token]:
    """The object that the number is about ("cut fees by 5 %") and the subject of the verb, or of the one it hangs on."""
    if root.dep_ not in ("nsubj", "nsubjpass"):
        for child in verb.children:
            if child.dep_ in ("dobj", "attr") and child != root and child.pos_ in _NOUNS:
                yield from noun_phrase(child, phrase)
    for _ in range(_DEPTH):
        subjects = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c != root]
        if subjects:
            if subjects[0].lower_ in ("which", "that", "who") and verb.dep_ == "relcl":
                yield from noun_phrase(verb.head, phrase)
            elif subjects[0].pos_ in (*_NOUNS, "NUM"):
                yield from noun_phrase(subjects[0], phrase)
            return
        if verb.dep_ in ("acl", "relcl") and verb.head.pos_ in _NOUNS:
            yield from noun_phrase(verb.head, phrase)
            return
        if verb.dep_ not in _UPWARD or verb.head == verb:
            return
        verb = verb.head


def noun_phrase(head: Token, phrase: TokenSpan) -> Iterator[Token]:
    """The head, its modifiers and what its prepositions govern, without the phrase of the quantity and without clauses."""
    yield head
    for child in head.children:
        if phrase.start <= child.i < phrase.end:
            continue
        if child.dep_ in _WITHIN and not (child.dep_ == "prep" and child.lower_ not in ("of", "for", "in", "on")):
            yield from noun_phrase(child, phrase)
