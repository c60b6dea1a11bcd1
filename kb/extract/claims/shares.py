"""Of what a share is, where only the share before it tells: "60 % of voters backed it and 30 % did not"."""

from __future__ import annotations

import re
from dataclasses import replace

from kb.model.values import Claim

_UNITS = ("%", "share")
_OF_WHOLE = re.compile(r"share of (?P<whole>.+?)(?: that\b.*)?")


def with_whole(claim: Claim, last: Claim) -> Claim:
    """The share with the whole of the share before it in its sentence, where it names none of its own."""
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
