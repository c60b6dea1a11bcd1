"""Which claims of a series are the last word: those that no later one takes the place of. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from kb.compare.base import Stored
from kb.compare.numbers import differs, point
from kb.resolve.relations.pairs import TOLERANCE, of_one_count


def last_claims(claims: Sequence[Stored], as_of: dt.date, kind: str | None) -> list[Stored]:
    """The claims up to a day that no later one overtakes; "three more" are no number of all."""
    counts = (one for one in claims if one.is_count and one.told.counts != "more")
    before = [one for one in counts if one.told.known is None or one.told.known <= as_of]
    return [one for one in before if not any(overtakes(other, one, kind) for other in before)]


def overtakes(later: Stored, earlier: Stored, kind: str | None) -> bool:
    """Whether a claim takes the place of another: told of a later time, and more than a rounding off.

    Of a count that can only grow the higher one is the later one, if both count from one beginning;
    what somebody else puts far higher is another estimate and takes nobody's place.
    """
    a, b = earlier.told, later.told
    if later is earlier or not differs(a, b):
        return False
    if kind != "cumulative":
        return kind != "flow" and a.day is not None and b.day is not None and a.day < b.day
    if point(b) <= point(a) * (1 + TOLERANCE) or not _may_speak_for(later, earlier):
        return False
    open_ended = a.latest is None and b.latest is None
    from_one_beginning = open_ended and a.earliest == b.earliest
    if a.known is None or b.known is None:
        return from_one_beginning
    if a.known == b.known:
        return from_one_beginning
    return a.known < b.known and (open_ended or of_one_count(a, b) == "one")


def _may_speak_for(later: Stored, earlier: Stored) -> bool:
    """Whether a higher count goes on with another one: somebody else by name may count otherwise."""
    return later.speaker is None or later.told.speaker == earlier.told.speaker
