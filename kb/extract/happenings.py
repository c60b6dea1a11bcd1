"""Nouns that name a happening by themselves: "protests", "press release", "the 1974 definition"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kb.lexicon import read_table

if TYPE_CHECKING:
    from spacy.tokens import Token


@cache
def _kinds(pos: str) -> dict[str, str]:
    return {row["word"]: row["kind"] for row in read_table("event_words") if row["pos"] == pos}


def kind_of_words(words: str, pos: str) -> str | None:
    """The kind that the lexicon gives to a lemma or a phrase of lemmas; None where it gives none."""
    return _kinds(pos).get(words) or None


def is_happening(noun: Token) -> bool:
    """Whether the noun (or the compound that it heads) names a happening."""
    return noun.pos_ in ("NOUN", "PROPN") and happening_words(noun) is not None


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
