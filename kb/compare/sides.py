"""A draft's figure beside one claim of the base: what is alike in the two, and what cannot both be. Pure."""

from __future__ import annotations

import datetime as dt

from kb.compare.base import Stored
from kb.compare.draft import DraftFigure
from kb.compare.times import is_moment
from kb.resolve.relations.pairs import GROWTH, MOMENT, cannot_both_hold
from kb.resolve.relations.told import COUNTED, OPEN

MOVES = ("stock", "share", "level")  # kinds of measures whose numbers hold at a moment


def is_count(draft: DraftFigure) -> bool:
    """Whether the draft says what is, and not what may be, is planned or is estimated."""
    return draft.figure.stance in COUNTED and draft.said_status not in OPEN


def same_baseline(draft: DraftFigure, claim: Stored) -> bool:
    """Whether a change or a ratio is told against the same, as far as both say so."""
    mine, theirs = draft.figure.baseline, claim.figure.baseline
    return (
        draft.figure.relation == "value"
        or not (mine and theirs)
        or bool(set(mine.split()) & set(theirs.split()))
    )


def same_or_wider(draft: DraftFigure, claim: Stored) -> bool:
    """Whether the draft's number allows all that the base's does."""
    (low, high), (least, most) = draft.told.allowed, claim.told.allowed
    return low <= least and most <= high


def turned(draft: DraftFigure, claim: Stored) -> bool:
    """Whether one tells a rise and the other a fall."""
    mine, theirs = draft.figure.direction, claim.figure.direction
    return draft.figure.relation == "change" and bool(mine and theirs) and mine != theirs


def of_a_moment(draft: DraftFigure, claim: Stored, kind: str | None) -> bool:
    """Whether two times, one a part of the other, are near enough for a stock to be told once of both."""
    return kind in MOVES and is_moment(draft.told) and is_moment(claim.told)


def is_quoted_alike(draft: DraftFigure, claim: Stored, as_of: dt.date) -> bool:
    """Whether both quote one speaker by name, and the base not long before the draft."""
    day = claim.told.day
    both = draft.figure.speaker is not None and claim.figure.speaker is not None
    return both and day is not None and dt.timedelta(0) <= as_of - day <= MOMENT


def is_told_of_its_day(claim: Stored) -> bool:
    """Whether the base, too, tells it of the present: of the day on which it was published."""
    return (
        claim.date_basis == "publication"
        and claim.told.day is not None
        and claim.figure.date == (claim.told.published or "")[:10]
    )


def cannot_grow_to(draft: DraftFigure, claim: Stored) -> bool:
    """Whether both count one happening, soon after one another, and the later one has less."""
    a, b = draft.told, claim.told
    if a.known is None or b.known is None or a.known == b.known or abs(a.known - b.known) > GROWTH:
        return False
    return cannot_both_hold(a, b) and one_happening(draft, claim)


def one_happening(draft: DraftFigure, claim: Stored) -> bool:
    """Whether both tell of one happening, as far as the draft names any."""
    return bool(draft.told.about & claim.told.about) or not draft.told.about
