"""Nouns that name a happening by themselves: "protests", "press release", "the 1974 definition"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kb.lexicon import read_table, read_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token


_PEOPLE_ENDINGS = ("ers", "ists", "ians", "ees", "men", "women")
_SOMEBODY = frozenset(
    ["he", "she", "him", "her", "his", "them", "who", "whom", "woman", "man", "person", "child"]
)


@cache
def _kinds(pos: str) -> dict[str, str]:
    rows = (row for row in read_table("event_words") if row["pos"] == pos)
    return {row["word"]: "" if row["done_to"] else row["kind"] for row in rows}


@cache
def _kinds_of_people(pos: str) -> dict[str, str]:
    rows = (row for row in read_table("event_words") if row["pos"] == pos)
    return {row["word"]: row["kind"] for row in rows if row["done_to"] == "people"}


def kind_of_words(words: str, pos: str) -> str | None:
    """The kind that the lexicon gives to a lemma or a phrase of lemmas; None where it gives none."""
    return _kinds(pos).get(words) or None


def kind_of(token: Token, words: str) -> str | None:
    """The kind of the happening that `token` names by these words, also where it takes people to be it."""
    pos = "verb" if token.pos_ == "VERB" else "noun"
    if kind := kind_of_words(words, pos):
        return kind
    kind = _kinds_of_people(pos).get(words)
    return kind if kind and any(_is_somebody(patient) for patient in _patients(token)) else None


def _patients(token: Token) -> Iterator[Token]:
    """What is done to whom: the object, the subject of a passive, what follows "of", a possessor."""
    for child in token.children:
        if child.dep_ in ("dobj", "obj", "nsubjpass", "poss"):
            yield token.head if child.tag_ in ("WDT", "WP") else child
        elif child.lower_ == "of":
            yield from (grandchild for grandchild in child.children if grandchild.dep_ == "pobj")
    if token.tag_ == "VBN" and token.dep_ in ("acl", "conj", "relcl"):
        yield token.head if token.dep_ != "conj" else _passive_subject(token.head)


def _passive_subject(verb: Token) -> Token:
    return next((child for child in verb.children if child.dep_ in ("nsubjpass", "nsubj")), verb)


def _is_somebody(noun: Token) -> bool:
    word = noun.lower_
    if word in _SOMEBODY or noun.ent_type_ == "PERSON" or noun.pos_ == "NUM":
        return True
    people = read_words("people_nouns")
    return noun.pos_ == "NOUN" and (word in people or f"{word}s" in people or word.endswith(_PEOPLE_ENDINGS))


def is_happening(noun: Token) -> bool:
    """Whether the noun (or the compound that it heads) names a happening."""
    if noun.text == "March" and noun.pos_ == "PROPN":
        return _is_in_name(noun)
    return noun.pos_ in ("NOUN", "PROPN") and happening_words(noun) is not None


def _is_in_name(noun: Token) -> bool:
    """Whether a month's name is that of a happening: "the Women's March", no "March 2025"."""
    before = noun.doc[noun.i - 1] if noun.i else noun
    return bool(before.pos_ == "PROPN" or before.tag_ == "POS")


def happening_words(noun: Token) -> str | None:
    """The lexicon's entry for the noun: its compound ("press release") before the noun alone."""
    nouns = _kinds("noun")
    lemma = noun.lemma_.lower()
    before = noun.doc[noun.i - 1].lower_ if noun.i else ""
    for words in (f"{before} {lemma}", lemma, noun.lower_):
        if words in nouns:
            return words
    if noun.pos_ == "PROPN" and nouns.get(before) == "disaster":
        return before  # "Hurricane Maria"
    return None
