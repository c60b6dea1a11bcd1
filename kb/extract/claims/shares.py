"""Of what a share is, where only the share before it tells: "60 % of voters backed it and 30 % did not"."""

from __future__ import annotations

import re
from dataclasses import replace

from kb.model.values import Claim

_UNITS = ("%", "share")
_COMPARED = re.compile(r"\b(?:compared (?:with|to)|against|versus|as against) (?:its |their |the )?$")
_LONGEST_BETWEEN = 150  # characters
_OF_WHOLE = re.compile(r"share of (?P<whole>.+?)(?: that\b.*)?")


def with_whole(claim: Claim, last: Claim, between: str) -> Claim:
    """The share with the whole of the figure before it in its sentence, where it names none of its own.

    `between` are the words between the two: in brackets after a count it is the share of that.
    """
    if between.strip() == "(" and claim.unit == "%" and last.unit not in _UNITS and last.measure:
        return replace(claim, measure=f"share of {last.measure}", place=claim.place or last.place)
    compared = len(between) < _LONGEST_BETWEEN and _COMPARED.search(between) is not None
    if compared and claim.sentence == last.sentence and claim.unit == last.unit != "":
        return replace(claim, measure=last.measure)
    if claim.sentence != last.sentence or claim.unit not in _UNITS or last.unit not in _UNITS:
        return claim
    told = _OF_WHOLE.fullmatch(last.measure)
    if told is None:
        return claim
    if claim.measure in _UNITS and claim.measure != "share":
        return replace(claim, measure=last.measure)
    own = claim.measure.removeprefix("share")
    if own == claim.measure or own.startswith(" of "):
        return claim
    return replace(claim, measure=f"share of {told['whole']}{own}")
