"""Where a place is put for those who govern from it: "Minsk said", "talks between Minsk and Washington"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kb.extract.document import Document
from kb.extract.entities.recognise import Name
from kb.lexicon import read_table, read_words
from kb.names.known import country_names, known_names

if TYPE_CHECKING:
    from spacy.tokens import Token

# Countries whose name has the article in a sentence.
_WITH_ARTICLE = re.compile(
    r"(?:United|Dominican|Czech|Central African) |(?:Netherlands|Philippines|Maldives|Bahamas|Comoros|Gambia|"
    r"Seychelles|Vatican|Democratic Republic.*|Republic of.*|.*Islands|.*Emirates)$"
)
_PARTY = re.compile(r"between|with|by|against|without")
_DEALT = re.compile(r"toward|towards|on|upon|for|of|from|to")
_OWNED_PLACE = re.compile(
    r"['’]s?\s+(?:[\w-]+\s+){0,2}(?:airport|streets?|suburbs?|centre|center|downtown|outskirts|"
    r"metro|subway|mayor|residents|population|square|district|park|hotel|cathedral|university)\b"
)


def stands_for(document: Document, name: Name) -> str | None:
    """What the place's name is put for at this mention, or None where it may well mean the place.

    A capital, or another seat of the lexicon, is put for its government where it acts or speaks, or where
    somebody acts with, against or by it, or accuses it; not where something is in, at or near it.
    """
    seat = _seats().get(name.text)
    if name.kind != "place" or seat is None:
        return None
    span = document.doc.char_span(name.start, name.end, alignment_mode="expand")
    if not span:
        return None
    return seat if _acts(span.root, document.text, name) else None


@cache
def _seats() -> dict[str, str]:
    table = {row["place"]: row["stands_for"] for row in read_table("seats")}
    for row in read_table("countries"):
        known = known_names().get(row["capital"])
        if known is not None and known.type == "capital" and row["code"] in country_names():
            the = "the " if _WITH_ARTICLE.match(row["name"]) else ""
            table.setdefault(row["capital"], f"government of {the}{row['name']}")
    for spelling, known in known_names().items():
        if known.name in table and known.kind == "place":
            table.setdefault(spelling, table[known.name])
    return table


def _acts(root: Token, text: str, name: Name) -> bool:
    """Whether the word is a verb's subject, spoken to, an owner of what governments own, or a party."""
    while root.dep_ == "conj" and root.head.i < root.i:
        root = root.head  # `between Minsk and Washington`
    if root.dep_ == "nsubj":
        return (
            root.head.lemma_ not in read_words("stative_verbs")
            and root.head.pos_ in ("VERB", "AUX")
            and (root.head.lemma_ not in ("be", "have", "become"))
        )
    if root.dep_ == "agent":
        return True
    if root.dep_ in ("dobj", "nsubjpass"):
        return root.head.lemma_.lower() in read_words("addressing_verbs")
    if root.dep_ == "poss":
        return _OWNED_PLACE.match(text, name.end) is None
    if root.dep_ != "pobj":
        return False
    if _PARTY.fullmatch(root.head.lower_):
        return True
    return bool(_DEALT.fullmatch(root.head.lower_)) and root.head.head.lemma_ in read_words("dealings")
