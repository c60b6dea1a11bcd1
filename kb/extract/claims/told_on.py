"""Figures that go on in the words of somebody named before in the sentence.

"Joblessness was 5 %, the ministry reported, or 835,000 people" and "the agency has verified 213 attacks, with
2,036 deaths" tell all in the words of one. A clause of contrast, of place or of time may be the text's own.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kb.model.values import Claim

_OWN = re.compile(
    r"[;:\u2014\u2013\"\u201c\u201d()]|"
    r"\b(?:while|whereas|although|though|but|which|who|whom|when|where|after|before|and yet)\b",
    re.IGNORECASE,
)
_OR = re.compile(r", or (?:(?:about|some|nearly|almost|roughly) )?$")
_LONGEST = 120  # characters between the two


def told_on(text: str, claim: Claim, last: Claim) -> Claim:
    """The claim with the speaker of the one before it, where the sentence goes on in their words.

    What is told a second time ("5 %, or 835,000 people") has the time of the first.
    """
    if (
        claim.interval is None
        and claim.sentence == last.sentence
        and _OR.search(text[last.phrase.end_char : claim.phrase.start_char])
    ):
        claim = replace(claim, interval=last.interval)
    if claim.speaker is not None or claim.voice != "own" or last.voice != "reported" or last.speaker is None:
        return claim
    between = text[last.phrase.end_char : claim.phrase.start_char]
    if claim.sentence != last.sentence or len(between) > _LONGEST or _OWN.search(between):
        return claim
    return replace(claim, speaker=last.speaker, voice=last.voice)
