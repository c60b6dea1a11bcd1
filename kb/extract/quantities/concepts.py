"""What a quantity is said of: the content words of its subject, its whole, or the noun that it limits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kb.extract.document import Document
from kb.extract.quantities.counted import tokens_at
from kb.model.values import Quantity

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_NOUNS = frozenset({"NOUN", "PROPN"})
_LIMITS = frozenset({"nummod", "compound", "amod", "nmod", "quantmod", "poss", "appos"})
_WITHIN = frozenset({"compound", "amod", "nmod", "poss", "nummod", "conj", "prep", "pobj", "appos"})
_UPWARD = frozenset({"xcomp", "advcl", "ccomp", "pcomp", "conj", "acl", "relcl", "prep", "acomp", "dep"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PRONOUNS = frozenset({"it", "he", "she", "they"})
_PREPOSITIONS = frozenset({"of", "for", "in", "on"})
_PLACES = frozenset({"GPE", "LOC", "FAC", "DATE"})
_STEPS = 12  # heads looked up through: lists are long
_DEPTH = 6  # verbs looked up through before giving up


def concept_words(
    document: Document, quantity: Quantity, quantities: tuple[Quantity, ...]
) -> tuple[str, ...]:
    """The content words of what the quantity is said of, nearest first; empty where nothing can be told.

    For a part it is the whole ("5 % of its workforce"), for a number that limits a noun that noun
    ("a 120 Hz refresh rate"), else the subject of its clause; a figure in brackets is said of what the
    figure before it is said of.
    """
    doc = document.doc
    before: Quantity | None = None
    figures: set[int] = set()
    for other in quantities:
        other_phrase = tokens_at(doc, other.span.start_char, other.span.end_char)
        figures.update(range(other_phrase.start, other_phrase.end))
        if other.span.end_char <= quantity.span.start_char:
            before = other
    phrase = tokens_at(doc, quantity.span.start_char, quantity.span.end_char)
    figures.update(range(phrase.start, phrase.end))
    if before and _continues(document, before, quantity):
        return concept_words(document, before, quantities)
    found: dict[int, Token] = {}
    for token in _said_of(phrase, quantity):
        if token.i not in figures and not _is_empty(token):
            found.setdefault(token.i, token)
    if not found and quantity.kind != "count":
        for token in _nearest_before(phrase, figures):
            if not _is_empty(token):
                found.setdefault(token.i, token)
    return tuple(dict.fromkeys(_hyphened(token) for token in found.values()))


def _hyphened(token: Token) -> str:
    """The token with what hyphens join to it: "Ben" of "Ben-Moshe" is no word."""
    doc, start, end = token.doc, token.i, token.i + 1
    while (
        start > 1
        and doc[start - 1].text == "-"
        and not (doc[start - 1].whitespace_ or doc[start - 2].whitespace_)
    ):
        start -= 2
    while (
        end + 1 < len(doc) and doc[end].text == "-" and not (doc[end].whitespace_ or doc[end - 1].whitespace_)
    ):
        end += 2
    return str(doc[start:end].text)


def _is_empty(token: Token) -> bool:
    return (
        token.is_stop
        or token.is_punct
        or token.is_space
        or token.pos_ in ("PRON", "DET", "ADP", "CCONJ", "PART")
    )


def _continues(document: Document, before: Quantity, quantity: Quantity) -> bool:
    """Whether the figure converts the one before it in brackets, or goes on with it in a list."""
    between = document.text[before.span.end_char : quantity.span.start_char].strip()
    if between in ("(", "or", ", or", "/", "to"):
        return True
    return between in (",", "and", ", and") and before.unit == quantity.unit


def _said_of(phrase: TokenSpan, quantity: Quantity) -> Iterator[Token]:
    """Candidates for the concept, from the noun beside the phrase up to the subject of its clause."""
    yield from _whole(phrase, quantity)
    if quantity.kind != "count":
        yield from _noun_after(phrase)
        yield from _noun_before(phrase)
    token = phrase.root
    moment = quantity.kind == "duration" and token.dep_ in ("pobj", "npadvmod")
    for _ in range(_STEPS):
        head = token.head
        if head == token:
            break
        if head.pos_ in ("VERB", "AUX") and head.dep_ != "prep":  # "including", "following"
            yield from _clause(head, token, phrase, moment)
            return
        limits = token.dep_ in _LIMITS or token.dep_ in ("prep", "agent")
        if head.pos_ in _NOUNS and limits and not phrase.start <= head.i < phrase.end:
            yield from noun_phrase(head, phrase)
        token = head
    if token.pos_ in ("VERB", "AUX"):
        yield from _clause(token, token, phrase, moment)


def _whole(phrase: TokenSpan, quantity: Quantity) -> Iterator[Token]:
    """The whole after "of" ("5 % of its workforce"), for money also after "in" ("$1 billion in gains")."""
    doc, i = phrase.doc, phrase.end
    if i < len(doc) and (doc[i].lower_ == "of" or (doc[i].lower_ == "in" and quantity.kind == "money")):
        for child in doc[i].children:
            if child.dep_ == "pobj":
                yield from noun_phrase(child, phrase)


def _noun_after(phrase: TokenSpan) -> Iterator[Token]:
    """The noun that the phrase limits from the left: "a 10 kW solar capacity", whatever the parse says."""
    doc, j = phrase.doc, phrase.end
    while (
        j < len(doc)
        and (doc[j].pos_ == "ADJ" or doc[j].tag_ in ("VBN", "VBG", "HYPH"))
        and j < phrase.end + 4
    ):
        j += 1
    if j < len(doc) and doc[j].pos_ in _NOUNS and doc[j].ent_type_ != "DATE":
        while j + 1 < len(doc) and doc[j + 1].pos_ in _NOUNS:
            j += 1
        yield from noun_phrase(doc[j], phrase)


def _noun_before(phrase: TokenSpan) -> Iterator[Token]:
    """The noun right before the phrase, or before "at": "carbon levels at 1200 ppm", "Dow +0.2 %"."""
    doc, i = phrase.doc, phrase.start - 1
    if i > phrase.sent.start and doc[i].lower_ in ("at", "worth"):
        i -= 1
    if i >= phrase.sent.start and doc[i].pos_ in _NOUNS and doc[i].ent_type_ not in ("DATE", "TIME"):
        yield from noun_phrase(doc[i], phrase)


def _nearest_before(phrase: TokenSpan, figures: set[int]) -> Iterator[Token]:
    """The noun phrase nearest to the left in the sentence, where the parse gives nothing."""
    doc = phrase.doc
    for i in range(phrase.start - 1, phrase.sent.start - 1, -1):
        if doc[i].pos_ in _NOUNS and i not in figures:
            yield from noun_phrase(doc[i], phrase)
            return


def _clause(verb: Token, token: Token, phrase: TokenSpan, moment: bool) -> Iterator[Token]:
    """The object that the number is about ("cut fees by 5 %") and the subject of the verb or of its head."""
    if not moment:
        for child in verb.children:
            if child.dep_ in ("dobj", "attr") and child != token and child.pos_ in _NOUNS:
                yield from noun_phrase(child, phrase)
    own = token.dep_ in _SUBJECTS and token.head == verb
    for _ in range(_DEPTH):
        if any(child.dep_ == "expl" for child in verb.children):
            return  # "there are thousands of fighters"
        subjects = [child for child in verb.children if child.dep_ in _SUBJECTS and child != token]
        if subjects and subjects[0].lower_ in ("which", "that", "who") and verb.dep_ in ("relcl", "ccomp"):
            yield from noun_phrase(_who(verb.head) if subjects[0].lower_ == "who" else verb.head, phrase)
            return
        if subjects:
            if moment and phrase.start < subjects[0].i:
                return  # "Two years later, ..." places the clause in time
            if subjects[0].pos_ in (*_NOUNS, "NUM", "ADJ", "ADV", "X"):
                yield from noun_phrase(subjects[0], phrase)
                return
            if subjects[0].lower_ not in _PRONOUNS or verb.dep_ not in ("ccomp", "advcl"):
                return
            verb = verb.head
            continue
        if verb.dep_ in ("acl", "relcl") and verb.head.pos_ in _NOUNS:
            yield from noun_phrase(verb.head, phrase)
            verb = verb.head
            while verb.head != verb and verb.pos_ not in ("VERB", "AUX"):
                verb = verb.head
            continue
        if verb.dep_ not in _UPWARD or verb.head == verb or (verb.dep_ == "ccomp" and own):
            return  # who tells that "two suspects were held" is not what they are said of
        verb = verb.head


def _who(noun: Token) -> Token:
    """The person that "who" goes on from: not the place named last ("the mayor of South Bend, who")."""
    for token in (noun, *noun.ancestors):
        if token.pos_ in _NOUNS and token.ent_type_ not in _PLACES:
            return token
        if token.pos_ in ("VERB", "AUX"):
            break
    return noun


def noun_phrase(head: Token, phrase: TokenSpan) -> Iterator[Token]:
    """The head, its modifiers and what its prepositions govern, without clauses and without the phrase."""
    yield head
    for child in head.children:
        inside = phrase.start <= child.i < phrase.end
        if (
            inside
            or child.dep_ not in _WITHIN
            or (child.dep_ == "prep" and child.lower_ not in _PREPOSITIONS)
        ):
            continue
        yield from noun_phrase(child, phrase)
