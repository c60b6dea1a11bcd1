"""Time and place told once for two figures: "Seven people were killed and 23 wounded on Friday in Leeds"."""

from __future__ import annotations

import re
from dataclasses import replace

from kb.extract.document import Document
from kb.model.values import Claim

_JOINED = re.compile(r"(?: (?!had\b|have\b|has\b|are\b|is\b)[a-z]+){0,4},? and(?: another)? ")


def with_shared_ends(document: Document, claims: list[Claim]) -> list[Claim]:
    """The claims, each without a time or place with those that end the clause joined to its own.

    Who says the first of two joined counts says the second.
    """
    found = list(claims)
    for i in range(1, len(found)):
        found[i] = _spoken(document, found[i - 1], found[i])
    for i in range(len(found) - 2, -1, -1):
        found[i] = _shared(document, found[i], found[i + 1])
    return found


def _spoken(document: Document, before: Claim, claim: Claim) -> Claim:
    """The claim with the speaker of the one that "and" joins it to: "it verified 12 dead and 30 injured"."""
    between = document.text[before.phrase.end_char : claim.phrase.start_char]
    plain = claim.relation == before.relation == "value" and claim.voice == "own" and claim.speaker is None
    if claim.sentence != before.sentence or not plain or not _JOINED.fullmatch(between):
        return claim
    return replace(claim, speaker=before.speaker, voice=before.voice)


def _shared(document: Document, claim: Claim, after: Claim) -> Claim:
    between = document.text[claim.phrase.end_char : after.phrase.start_char]
    plain = claim.relation == after.relation == "value" and claim.speaker == after.speaker
    if claim.sentence != after.sentence or not plain or not _JOINED.fullmatch(between):
        return claim
    timed = after.interval is not None and after.interval.basis != "publication"
    interval = claim.interval or (after.interval if timed else None)
    span = after.place.span if after.place else None
    follows = span is not None and span.start_char > after.phrase.end_char
    return replace(claim, interval=interval, place=claim.place or (after.place if follows else None))
