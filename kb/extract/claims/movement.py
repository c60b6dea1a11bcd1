"""A figure and the change that led to it, told side by side: "1,500 died, an increase of 54 % on 2024's 975".

The change and the level before it measure what the figure does; only their numbers and their time are others.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from kb.extract.document import Document
from kb.lexicon import read_words
from kb.model.values import Claim, Quantity

if TYPE_CHECKING:
    from spacy.tokens import Token

_ABOUT = r"(?:(?:about|around|nearly|almost|roughly|some|just|only|more than|less than|over|under) )?"
_UP = re.compile(rf"(?:,|[(–—-]) ?(?:up|down)(?: by)? {_ABOUT}$", re.IGNORECASE)
_UP_FROM = re.compile(
    rf"\b(?:up|down|increased|decreased|rising|falling) (?:\S+ (?:on|in) \S+ )?from {_ABOUT}(?:the )?$",
    re.IGNORECASE,
)
_OPENING = r"(?:,|;|[(–—]| -) ?(?:which (?:is|was) |(?:or|representing|marking|reflecting|being) )?"
_ARTICLE = re.compile(rf"{_OPENING}(?:an?|the) {_ABOUT}$", re.IGNORECASE)
_MORE = re.compile(r"\s*(?:more|fewer|higher|lower|less) than\b", re.IGNORECASE)
_MOVES = {"up": "growth", "down": "fall"}
_SHARES = ("%", "share", "times", "percentage points")


@cache
def _nouns() -> str:
    return "|".join(sorted(read_words("trends", pos="noun")))


@cache
def _apposed() -> re.Pattern[str]:
    """Ends a stretch that names a change behind the figure: ", an annual increase of"."""
    return re.compile(rf"{_OPENING}(?:an?|the) (?:[a-z-]+ ){{0,3}}(?:{_nouns()}) of {_ABOUT}$", re.IGNORECASE)


@cache
def _noun_of_change() -> re.Pattern[str]:
    """Begins what follows the number of such a change: "a 12 % annual increase"."""
    return re.compile(rf"\s*(?:[a-z-]+ ){{0,2}}(?:{_nouns()})\b", re.IGNORECASE)


def with_level(document: Document, claim: Claim, last: Claim, before: bool) -> Claim:
    """The claim with what it measures by the figure before it, where the two are told side by side.

    `before` tells that the claim is the level that a change left.
    """
    if claim.sentence != last.sentence or last.phrase.end_char > claim.phrase.start_char:
        return claim
    lead = " ".join(document.text[last.phrase.end_char : claim.phrase.start_char].split()) + " "
    if claim.relation == "change" and last.relation == "value" and claim.unit in (last.unit, *_SHARES):
        if _UP.search(lead):
            return replace(claim, measure=last.measure, place=claim.place or last.place)
        if _MORE.match(document.text, claim.phrase.end_char):
            return _beside(claim, last)
        behind = document.text[claim.phrase.end_char : claim.sentence.end_char]
        if _apposed().search(lead) or (_ARTICLE.search(lead) and _noun_of_change().match(behind)):
            return _beside(claim, last)
    if _is_baseline(claim, last):
        claim = replace(_beside(claim, last), interval=last.baseline.interval if last.baseline else None)
        return replace(claim, relation="value", direction=None)
    converted = lead.startswith(")")  # "6 hectares (15 acres), up from 2"
    if before and (claim.unit == last.unit or converted) and _UP_FROM.search(lead):
        return replace(claim, measure=last.measure, place=claim.place or last.place)
    return claim


def _is_baseline(claim: Claim, last: Claim) -> bool:
    """Whether the claim stands in the words that the change before it is compared with: "on 2024's 975"."""
    if last.baseline is None or last.relation == "value" or claim.relation != "value":
        return False
    words, phrase = last.baseline.words, claim.phrase.words
    start = claim.phrase.start_char - claim.sentence.start_char
    return phrase in words and claim.sentence.words.find(words, 0, start + len(words)) <= start


def _beside(claim: Claim, last: Claim) -> Claim:
    """The claim with all that the figure before it has: what its own words hang on is somebody saying so."""
    return replace(
        claim,
        measure=last.measure,
        subject=last.subject,
        place=last.place,
        interval=last.interval,
        speaker=last.speaker,
        voice=last.voice,
    )


def growth_of(level: str, quantity: Quantity, node: Token) -> str:
    """A level, or its growth or fall where a share of it is told: "trade grew by 18 %"."""
    moved = _MOVES.get(quantity.direction or "")
    by = node.dep_ == "pobj" and node.head.lower_ == "by"
    total = read_words("collectives", role="total")
    if moved is None or not by or quantity.kind != "percent" or level.lower() in total:
        return level
    return f"{moved} of {level[0].lower() + level[1:] if level.istitle() and ' ' not in level else level}"
