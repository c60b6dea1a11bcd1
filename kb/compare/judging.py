"""What one claim of the base is to a draft's figure of the same measure: the rules of a comparison. Pure.

They rest on those of series (`kb.resolve.relations.pairs`): two claims of one time agree or clash, a count
that can only grow does not fall, a stock holds at a moment. A draft adds what no stored claim has: it is
told now, and what it tells of the present is measured against the last that the base has. So is a toll that
it dates by the disaster: "the quake of May 3 killed 412" is what the draft knows today.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from kb.compare.base import Stored
from kb.compare.draft import DraftFigure
from kb.compare.last import last_claims, overtakes
from kb.compare.matching import Match, may_be_one, tell_the_same
from kb.compare.numbers import fit, point, rounds_to, same_digits, same_number
from kb.compare.rows import Bearing
from kb.compare.sides import (
    MOVES,
    cannot_grow_to,
    is_count,
    is_quoted_alike,
    is_told_of_its_day,
    of_a_moment,
    one_happening,
    same_baseline,
    same_or_wider,
    turned,
)
from kb.compare.speakers import is_same_speaker
from kb.compare.times import is_now, is_recent, when
from kb.resolve.relations.pairs import MOMENT, of_one_count
from kb.resolve.relations.told import COUNTED


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim of the base, what it is to the draft's figure, and why.

    `is_weak`: it excludes little, or would contradict if it were sure that both are of one measure.
    """

    bearing: Bearing
    reason: str
    claim: Stored
    is_weak: bool = False


def judge(draft: DraftFigure, match: Match, claims: Sequence[Stored], as_of: dt.date) -> list[Judged]:
    """What the claims of one series at the draft's place are to its figure."""
    last = last_claims(claims, as_of, match.line.kind)
    judged = [_judge(draft, claim, match, last, as_of) for claim in claims]
    judged = [one for one in judged if match.measure == "one" or may_be_one(draft, one.claim)]
    if not draft.keys:  # what is told in next to no words is no ground for a contradiction
        judged = [one for one in judged if one.bearing != "contradicts"]
    return [one if _is_sure(draft, match, one.claim) else _doubted(one, match) for one in judged]


def _is_sure(draft: DraftFigure, match: Match, claim: Stored) -> bool:
    """Whether both are of one measure and place, beyond the words that somebody might choose."""
    return match.where == "same" and (match.measure == "one" or tell_the_same(draft, claim))


def _judge(draft: DraftFigure, claim: Stored, match: Match, last: Sequence[Stored], as_of: dt.date) -> Judged:
    kind, told = match.line.kind, when(draft, claim)
    if turned(draft, claim):
        bearing: Bearing = "contradicts" if told in ("same", "within") else "near"
        return Judged(
            bearing, f"the base says {claim.figure.direction}, the draft {draft.figure.direction}", claim
        )
    if is_count(draft) != claim.is_count or not same_baseline(draft, claim):
        return _of_another_sort(draft, claim, told)
    now = is_now(draft, as_of)
    if kind == "cumulative" and _is_of_its_happening(draft, claim):
        return _toll(draft, claim, last, as_of)
    if kind == "cumulative" and _is_of_another_happening(draft, claim):
        return _of_another_happening(draft, claim)
    if same_number(draft.told, claim.told):
        return _same(draft, claim, kind, last, told, as_of)
    if now and (told != "same" or draft.told.latest is None):
        return _against_the_last(draft, claim, kind, last, as_of)
    if told == "same" or (told == "within" and of_a_moment(draft, claim, kind)):
        return _of_one_time(draft, claim, told)
    if told == "untold" and kind is None and draft.figure.date is None and claim.figure.date is None:
        return _of_one_time(draft, claim, told)  # what is measured once and for all: a weight, a length
    if told == "untold" and kind == "cumulative" and claim in last:
        return _against_the_last(draft, claim, kind, last, as_of)
    if told == "untold" and draft.figure.date is None and kind in MOVES and claim in last:
        return _against_what_was(draft, claim, as_of)
    if kind == "cumulative" and cannot_grow_to(draft, claim):
        return Judged("contradicts", "a count that can only grow cannot have both", claim)
    return Judged("near", "another number of another time", claim)


def _same(
    draft: DraftFigure, claim: Stored, kind: str | None, last: Sequence[Stored], told: str, as_of: dt.date
) -> Judged:
    later = next((one for one in last if overtakes(one, claim, kind)), None)
    now, is_timeless = is_now(draft, as_of), draft.told.latest is None
    if (
        later
        and (now or (kind == "cumulative" and told in ("untold", "other")))
        and (told != "same" or is_timeless)
    ):
        reason = f"the number of {_day(claim)}; the base has a later one: {later.figure.value}, {_day(later)}"
        return Judged("superseded", reason, claim)
    if told == "other" and not (now and (kind == "cumulative" or is_recent(draft.told, claim.told))):
        return Judged("other date", f"the same number, but the base tells it of {_day(claim)}", claim)
    if not is_same_speaker(draft, claim):
        return _of_another_speaker(draft, claim)
    if told == "same":
        return Judged("same", "the same number of the same time", claim)
    if told == "within" and not (now and kind == "cumulative" and is_told_of_its_day(claim)):
        return Judged("compatible", f"the same number; the base tells it of {_day(claim)}", claim)
    if (
        told == "untold"
        and draft.figure.date is None
        and kind != "stock"
        and is_quoted_alike(draft, claim, as_of)
    ):
        reason = f"the same number by the same speaker; the draft does not say when ({_day(claim)})"
        return Judged("same", reason, claim)
    if told == "untold" and kind is None and not (draft.figure.date or claim.figure.date):
        return Judged("same", "the same number; neither says when", claim)
    if told == "untold":
        silent = "the draft does not say when" if draft.figure.date is None else "the base does not say when"
        return Judged("compatible", f"the same number; {silent} ({_day(claim)})", claim)
    return Judged("same", f"the last number that the base has, of {_day(claim)}", claim)


def _of_another_speaker(draft: DraftFigure, claim: Stored) -> Judged:
    has = claim.figure.speaker or claim.figure.publisher
    whose = f"has it from {has}" if has else "names no speaker"
    reason = f"the same number, but the base {whose}, not from {draft.figure.speaker}"
    return Judged("other speaker", reason, claim)


def _of_one_time(draft: DraftFigure, claim: Stored, told: str) -> Judged:
    """Two numbers that are not the same, of times that are."""
    has = f"the base has {claim.figure.value}" + (f" of {_day(claim)}" if told != "same" else "")
    match fit(draft.told, claim.told):
        case "near" | "borne out" if same_digits(draft.told, claim.told):
            return Judged("compatible", f"the same number with another comparator: {has}", claim)
        case "bare":
            reason = f"{has}, the draft {draft.figure.value}: the comparator is a part of the number"
            return Judged("contradicts", reason, claim)
        case "near":
            return Judged("compatible", f"{has}, which is the same within a rounding or a range", claim)
        case "borne out":
            return Judged("compatible", f"{has}, which bears it out", claim)
        case "open" if same_or_wider(draft, claim):
            return Judged(
                "compatible", f"{has}, which is so far off that it says little", claim, is_weak=True
            )
        case "open":
            reason = f"{has}, which does not exclude it; it does not give this number either"
            return Judged("compatible", reason, claim, is_weak=True)
    return Judged("contradicts", f"{has}; both cannot hold{_rounding(draft, claim)}", claim)


def _toll(draft: DraftFigure, claim: Stored, last: Sequence[Stored], as_of: dt.date) -> Judged:
    """What the draft tells of all victims of a happening, against the last count of them."""
    later = next((one for one in last if overtakes(one, claim, "cumulative")), None)
    if later is not None and same_digits(draft.told, claim.told):
        reason = f"an early count; the base has a later one: {later.figure.value}, {_told(later)}"
        return Judged("superseded", reason, claim)
    if not same_number(draft.told, claim.told):
        if draft.told.known == claim.told.known:
            return _of_one_time(draft, claim, "same")
        return _against_the_last(draft, claim, "cumulative", last, as_of)
    if not is_same_speaker(draft, claim):
        return _of_another_speaker(draft, claim)
    return Judged("same", f"the last count that the base has, {_told(claim)}", claim)


def _is_of_its_happening(draft: DraftFigure, claim: Stored) -> bool:
    """Whether the draft dates its count by a happening that the base's count is of, too."""
    if draft.told.counts == "up to" or draft.told.known is None or claim.told.known is None:
        return False
    if claim.told.known > draft.told.known or not draft.told.about & claim.told.about:
        return False
    return of_one_count(claim.told, draft.told) == "one"


def _is_of_another_happening(draft: DraftFigure, claim: Stored) -> bool:
    """Whether the draft names a happening by its date, of which the base's sentence has no word."""
    mine, theirs = draft.told.about, claim.told.about
    return draft.told.counts == "after" and bool(mine and theirs) and not mine & theirs


def _of_another_happening(draft: DraftFigure, claim: Stored) -> Judged:
    if not same_number(draft.told, claim.told):
        return Judged("near", "a number of another happening", claim)
    return Judged("other measure", f"the same number, but told of something else {_told(claim)}", claim)


def _against_what_was(draft: DraftFigure, claim: Stored, as_of: dt.date) -> Judged:
    """What the draft tells without saying when, against the last number of the base, if that is of late."""
    if fit(draft.told, claim.told) != "against" or not _is_of_late(claim, as_of):
        return Judged("near", "another number of another time", claim)
    reason = f"the draft does not say when; the last number that the base has is {claim.figure.value}"
    return Judged("contradicts", f"{reason}, of {_day(claim)}", claim, is_weak=True)


def _is_of_late(claim: Stored, as_of: dt.date) -> bool:
    """Whether the draft was written not long after the day up to which the base's number was told."""
    day = claim.told.known
    return day is not None and dt.timedelta(0) <= as_of - day <= MOMENT


def _against_the_last(
    draft: DraftFigure, claim: Stored, kind: str | None, last: Sequence[Stored], as_of: dt.date
) -> Judged:
    """What the draft tells of the present, against the last number that the base has."""
    if claim not in last:
        return Judged("near", "an earlier number", claim)
    if fit(draft.told, claim.told) != "against":
        return _of_one_time(draft, claim, "last")
    if kind == "cumulative" and point(draft.told) < point(claim.told) and one_happening(draft, claim):
        reason = f"the base has {claim.figure.value} already, {_told(claim)}, and the count can only grow"
        return Judged("contradicts", reason + _rounding(draft, claim), claim)
    told_today = kind == "cumulative" and (draft.figure.date is None or draft.told.counts != "up to")
    of_late = _is_of_late(claim, as_of) if told_today else is_recent(draft.told, claim.told)
    if (kind in MOVES or is_told_of_its_day(claim)) and of_late:
        reason = f"the last number that the base has is {claim.figure.value}, of {_day(claim)}"
        return Judged("contradicts", reason + _rounding(draft, claim), claim)
    return Judged("near", f"the last number that the base has is of {_day(claim)}", claim)


def _of_another_sort(draft: DraftFigure, claim: Stored, told: str) -> Judged:
    """A count beside an estimate, a plan beside a fact, a change from another baseline: never set against."""
    if not same_number(draft.told, claim.told) or told == "other":
        return Judged("near", "told as something else", claim)
    if not same_baseline(draft, claim):
        reason = f"the same number, compared with {claim.figure.baseline}, not with {draft.figure.baseline}"
        return Judged("other measure", reason, claim)
    reason = f"the same number, but the base tells it as {_sort(claim)}, the draft as {_sort_of_draft(draft)}"
    return Judged("compatible", reason, claim, is_weak=True)


def _doubted(judged: Judged, match: Match) -> Judged:
    """What is told of a measure in other words, or of a place that one of them leaves out."""
    if judged.bearing in ("near", "superseded", "other date", "other speaker"):
        return judged
    if match.measure == "alike":
        doubt = f"if it is the same as what the base tells as “{judged.claim.figure.measure}”"
    else:
        doubt = f"if it is of {match.line.place or 'the same place'}: one of them does not say where"
    if judged.bearing == "contradicts" and match.measure == "alike":
        return Judged("near", f"{judged.reason}, {doubt}", judged.claim, is_weak=True)
    bearing: Bearing = "compatible" if judged.bearing == "same" else judged.bearing
    return Judged(bearing, f"{judged.reason}, {doubt}", judged.claim, judged.is_weak)


def _rounding(draft: DraftFigure, claim: Stored) -> str:
    if rounds_to(draft.told, claim.told):
        return "; rounded they are the same: the draft could say “about”"
    return ""


def _sort(claim: Stored) -> str:
    return (
        "what is"
        if claim.is_count
        else (claim.figure.stance if claim.figure.stance not in COUNTED else "an estimate")
    )


def _sort_of_draft(draft: DraftFigure) -> str:
    if is_count(draft):
        return "what is"
    return draft.figure.stance if draft.figure.stance not in COUNTED else draft.said_status or "an estimate"


def _day(claim: Stored) -> str:
    return claim.figure.date or "an unknown time"


def _told(claim: Stored) -> str:
    """The time of a count, or where that is the happening's, when it was published."""
    told, published = claim.told, claim.told.published
    return f"published {published[:10]}" if published and told.known != told.day else f"of {_day(claim)}"
