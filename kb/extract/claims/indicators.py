"""Figures of one release: growth and prices that a paragraph tells of one period.

Statistics offices and companies name a period once: "Prices rose 2.7 % in April. Food was 0.8 % cheaper;
rents went up by 5.9 %." And they join forecasts: "growth of 2.3 % this year and 2.6 % in 2027".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from kb.extract.claims.governing import subject_of, verb_above
from kb.extract.claims.phrases import Reading
from kb.model.values import Claim, Interval

if TYPE_CHECKING:
    from spacy.tokens import Token

_JOINED = re.compile(r"[^;:.,]{0,30},?\s+(?:and|or|but)\s+(?:by\s+)?", re.IGNORECASE)
_OF_DAYS = frozenset(["share", "stock", "index", "bond", "future", "yield", "currency"])  # priced day by day
_PAST = ("VBD", "VBN")
_SHORT = 366  # days; what is told of more than a year is no period of a release
_DAYS = 27  # a shorter time is that of a happening


def with_joined(text: str, claim: Claim, last: Claim) -> Claim:
    """The claim with speaker, status and direction of the one that "and" joins it to."""
    between = text[last.phrase.end_char : claim.phrase.start_char]
    if claim.sentence != last.sentence or claim.unit != last.unit or not _JOINED.fullmatch(between):
        return claim
    moved = (
        last.relation == "change"
        and claim.relation == "value"
        and claim.measure in (last.measure, claim.unit)
    )
    return replace(
        claim,
        relation=last.relation if moved else claim.relation,
        direction=last.direction if moved else claim.direction,
        speaker=claim.speaker or last.speaker,
        voice=last.voice if claim.speaker is None and claim.voice == "own" else claim.voice,
        status=claim.status or last.status,
    )


def period_of(reading: Reading, claims: Iterable[Claim], claim: Claim, anchor: Token) -> Interval | None:
    """The period of the last change in the paragraph, for a past change or sum that names no time itself.

    `claims` are those before it, the last first.
    """
    verb = verb_above(anchor)
    if claim.unit != "%" or claim.relation != "change" or verb is None or not _is_past(verb):
        return None
    subject = subject_of(verb)
    if subject is not None and subject.lemma_.lower() in _OF_DAYS:
        return None
    for other in claims:
        gap = reading.document.text[other.phrase.end_char : claim.phrase.start_char]
        if "\n\n" in gap.replace(" ", ""):
            return None
        if other.unit == "%" and other.relation == "change" and other.interval:
            return replace(other.interval, basis="text") if _is_period(other.interval) else None
    return None


def _is_past(verb: Token) -> bool:
    helping = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    return verb.tag_ in _PAST and not any(child.tag_ in ("MD", "VBZ", "VBP") for child in helping)


def _is_period(interval: Interval) -> bool:
    first, last = interval.earliest, interval.latest
    return first is not None and last is not None and _DAYS <= (last - first).days <= _SHORT
