"""How the time of a draft's figure stands to that of one in the base. Pure."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from kb.compare.base import Stored
from kb.compare.draft import DraftFigure
from kb.resolve.relations.pairs import MOMENT, Told, same_time

# "same"; "within": the one's time is a part of the other's; "untold": one of them has none; "other".
When = Literal["same", "within", "untold", "other"]


def when(draft: DraftFigure, base: Stored) -> When:
    """How the two times stand to each other."""
    a, b = draft.told, base.told
    if not _is_bounded(a) or not _is_bounded(b):
        return "untold"
    if draft.figure.date == base.figure.date or same_time(a, b):
        return "same"
    return "within" if _holds(a, b) or _holds(b, a) else "other"


def is_now(draft: DraftFigure, as_of: dt.date) -> bool:
    """Whether the draft tells its figure of the present: of its own day, or of a time still open."""
    told = draft.told
    if told.latest is None:
        return told.earliest is not None
    return draft.date_basis == "publication" and told.earliest == told.latest == as_of


def is_recent(draft: Told, base: Told) -> bool:
    """Whether the base's figure is not so old that nobody would tell it of the present."""
    return draft.day is not None and base.day is not None and draft.day - base.day <= MOMENT


def is_moment(told: Told) -> bool:
    """Whether a count told of this time is one of a moment, rather than of all that happened in it."""
    ends = told.earliest, told.latest
    return ends[1] is not None and ends[1] - (ends[0] or ends[1]) <= MOMENT


def _is_bounded(told: Told) -> bool:
    return told.earliest is not None or told.latest is not None


def _holds(whole: Told, part: Told) -> bool:
    return (whole.earliest or dt.date.min) <= (part.earliest or dt.date.min) and (
        part.latest or dt.date.max
    ) <= (whole.latest or dt.date.max)
