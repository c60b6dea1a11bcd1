"""A figure of the draft: everything that the base has on it, and the verdict."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kb.compare.base import Base, Stored
from kb.compare.draft import DraftFigure
from kb.compare.judging import Judged, judge
from kb.compare.matching import Match, is_related, is_unit_alone, matches, nearest
from kb.compare.numbers import differs, same_digits, same_number
from kb.compare.rows import Bearing, Comparison, Evidence, Looked, Verdict
from kb.compare.sides import is_count
from kb.compare.speakers import is_same_speaker
from kb.compare.times import is_now, is_recent, when
from kb.resolve.relations.same_numbers import is_telling, significant_digits

_NEAR = 3  # figures of another time that are shown
_MEASURES = 5  # series that are named where nothing was found
_ELSEWHERE: tuple[Bearing, ...] = ("other date", "other place", "other measure")


def compare_figure(draft: DraftFigure, base: Base, as_of: dt.date, looked: Looked) -> Comparison:
    """What the base has on a figure, the strongest first."""
    found = matches(draft, base)
    judged: list[Judged] = []
    for match in found:
        if match.where != "other":
            judged += judge(draft, match, base.claims([match.line]), as_of)
    judged += _elsewhere(draft, base, found)
    verdict, reason = _verdict(draft, judged)
    evidence = tuple(_evidence(draft, judged, verdict))
    against = any(one.bearing == "contradicts" for one in evidence)
    figure = draft.figure
    return Comparison(
        kind="figure",
        verdict=verdict,
        reason=reason,
        phrase=figure.phrase,
        start_char=figure.start_char,
        end_char=figure.end_char,
        quote=figure.quote,
        reading=figure.value,
        measure=figure.measure,
        place=figure.place,
        date=figure.date,
        earliest=figure.earliest,
        latest=figure.latest,
        speaker=figure.speaker,
        stance=figure.stance,
        as_of=as_of,
        is_disputed=against and verdict not in ("contradicts", "not found"),
        remarks=tuple(_remarks(draft, as_of)),
        evidence=evidence,
        looked=replace(looked, near=_near(draft, base)) if verdict == "not found" else looked,
    )


def _near(draft: DraftFigure, base: Base) -> tuple[str, ...]:
    return tuple(line.heading for line in nearest(draft, base, _MEASURES))


def _elsewhere(draft: DraftFigure, base: Base, found: Sequence[Match]) -> Iterable[Judged]:
    """The same number of the same measure at another place, and of other measures."""
    telling = is_telling(_number(draft))
    for match in found:
        if match.where == "other" and match.measure == "one":
            for claim in base.claims([match.line]):
                of_its_time = when(draft, claim) in ("same", "within") or is_recent(draft.told, claim.told)
                if same_number(draft.told, claim.told) and (telling or of_its_time):
                    reason = f"the same number, but of {match.line.place}, not of {draft.figure.place}"
                    yield Judged("other place", reason, claim)
    known = {match.line.id for match in found}
    ends = [end for end in (draft.told.low, draft.told.high) if end is not None]
    others = [line for line in base.with_number(ends) if line.id not in known and is_related(draft, line)]
    for claim in base.claims(others):
        if same_number(draft.told, claim.told):
            what = f"“{claim.figure.measure}”"
            if is_unit_alone(draft, claim.line):
                what = f"{claim.figure.unit}, not {draft.figure.unit}"
            yield Judged("other measure", f"the same number, but of {what}", claim)


def _verdict(draft: DraftFigure, judged: Sequence[Judged]) -> tuple[Verdict, str]:
    """The strongest of what was found: support first, then the number told of something else, then denial.

    A number that says little ("six") may well be told of something else by chance: then denial goes first.
    """
    number = _number(draft)
    elsewhere = [
        one
        for one in _ELSEWHERE
        if is_telling(number) or (one, significant_digits(number)) == ("other date", 2)
    ]
    order: tuple[Bearing, ...] = (
        "same",
        "other speaker",
        "superseded",
        "compatible",
        *elsewhere,
        "contradicts",
    )
    order = (*order, *(one for one in _ELSEWHERE if one not in elsewhere))
    for bearing in order:
        of_it = [one for one in judged if one.bearing == bearing and not one.is_weak]
        if bearing == "other speaker":
            of_it = _by_the_speaker(draft, judged) or of_it
        if of_it:
            best = _best(draft, of_it)
            return best.bearing, best.reason  # type: ignore[return-value]
    weak = [one for one in judged if one.is_weak and one.bearing != "near"]
    if weak:
        best = _best(draft, weak)
        return best.bearing, best.reason  # type: ignore[return-value]
    doubted = [one for one in judged if one.is_weak]
    if doubted:
        return "not found", f"nobody in the base gives this number; {_best(draft, doubted).reason}"
    if any(one.bearing == "near" and one.claim.is_count for one in judged):
        return "not found", "nobody in the base gives this number; for other times it has others"
    return "not found", "nobody in the base gives this number of this"


def _by_the_speaker(draft: DraftFigure, judged: Iterable[Judged]) -> list[Judged]:
    """What the draft's own speaker is quoted for with the same number, be it with another comparator."""
    return [
        one
        for one in judged
        if one.bearing == "compatible"
        and same_digits(draft.told, one.claim.told)
        and is_same_speaker(draft, one.claim)
    ]


def _best(draft: DraftFigure, judged: Iterable[Judged]) -> Judged:
    return min(
        judged,
        key=lambda one: (
            _apart(draft, one),
            differs(draft.told, one.claim.told),
            one.claim.figure.source_kind == "note",
            one.claim.figure.uid,
        ),
    )


def _evidence(draft: DraftFigure, judged: Sequence[Judged], verdict: Verdict) -> Iterable[Evidence]:
    """What was found, one row for each number and time; of what is only near, the next in time."""
    groups: dict[tuple[object, ...], list[Judged]] = defaultdict(list)
    for one in judged:
        told = one.claim.told
        groups[
            one.bearing, told.comparator, told.low, told.high, one.claim.figure.date, one.claim.line.id
        ].append(one)
    ranks: dict[str, int] = {verdict: 0, "contradicts": 1, "near": 9}
    ordered = sorted(
        groups.values(),
        key=lambda of_it: (
            ranks.get(of_it[0].bearing, 5),
            of_it[0].is_weak,
            _apart(draft, of_it[0]),
            of_it[0].claim.figure.uid,
        ),
    )
    near = 0
    for of_it in ordered:
        if of_it[0].bearing == "near":
            near += 1
            if near > _NEAR or not of_it[0].claim.is_count:
                continue
        yield _one(of_it)


def _one(judged: Sequence[Judged]) -> Evidence:
    """One number of one time, in the words of a page before those of a note, of the speaker's own first."""
    best = min(judged, key=lambda one: _standing(one.claim))
    claims = [one.claim for one in judged]
    return Evidence(
        bearing=best.bearing,
        reason=best.reason,
        fact=best.claim.figure,
        sources=len({claim.told.root for claim in claims}),
        primary=len({claim.told.root for claim in claims if claim.told.primary}),
        repeats=len(claims) - 1,
    )


def _standing(claim: Stored) -> tuple[bool, bool, str, str]:
    figure = claim.figure
    return not claim.told.primary, figure.source_kind == "note", figure.published or "9", figure.uid


def _apart(draft: DraftFigure, judged: Judged) -> int:
    """How many days lie between the two; what has no day comes last."""
    mine, other = draft.told.day, judged.claim.told.day
    if mine is None or other is None:
        return 10**6 if mine else -(other.toordinal() if other else 0)
    return abs((mine - other).days)


def _remarks(draft: DraftFigure, as_of: dt.date) -> Iterable[str]:
    if not is_count(draft):
        said = (
            draft.figure.stance if draft.figure.stance not in ("asserted", "alleged") else draft.said_status
        )
        yield f"the draft tells it as {said}, not as what is"
    if draft.figure.date is None:
        yield "the draft does not say of when"
    elif is_now(draft, as_of) and draft.told.latest is not None:
        yield f"told of the present, taken as {as_of.isoformat()}"


def _number(draft: DraftFigure) -> float:
    number = draft.told.low if draft.told.low is not None else draft.told.high
    assert number is not None
    return number
