"""What was done to the things counted, after their noun: "seats won by the party", "people injured"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kb.lexicon import read_table

if TYPE_CHECKING:
    from spacy.tokens import Token

_DOUBLED = re.compile(r"[^aeiou]*[aeiou][bdgkmnprtz]")  # one syllable: "stop", "ban"
_DONE = ("VBN", "VBD")


@cache
def _irregular() -> dict[str, str]:
    return {row["lemma"]: row["participle"] for row in read_table("participles")}


def participle(verb: Token) -> str:
    """The verb's past participle, whatever form the text has: "injured" of "injuring", "won" of "wins"."""
    text: str = verb.lower_
    if not verb.whitespace_ and verb.doc[verb.i + 1 : verb.i + 2].text == "-":
        hyphened: str = verb.doc[verb.i : verb.i + 3].text
        return hyphened.lower()  # "co-written"
    lemma = verb.lemma_.lower()
    if lemma in _irregular():
        return _irregular()[lemma]
    if verb.tag_ in _DONE:
        return text
    return regular(lemma)


def regular(lemma: str) -> str:
    """The participle by the rules of spelling.

    >>> [regular(verb) for verb in ("injure", "bury", "ban", "arrest", "destroy")]
    ['injured', 'buried', 'banned', 'arrested', 'destroyed']
    """
    if lemma.endswith("e"):
        return f"{lemma}d"
    if lemma.endswith("y") and lemma[-2:-1] not in tuple("aeiou"):
        return f"{lemma[:-1]}ied"
    if _DOUBLED.fullmatch(lemma):
        return f"{lemma}{lemma[-1]}ed"
    return f"{lemma}ed"


def with_participle(verb: Token) -> str:
    """The participle with the verb's negation and particle: "not sold", "given up"."""
    negation = any(child.dep_ == "neg" for child in verb.children)
    particle = next((child.lower_ for child in verb.children if child.dep_ == "prt"), "")
    return " ".join(filter(None, ["not" if negation else "", participle(verb), particle]))
