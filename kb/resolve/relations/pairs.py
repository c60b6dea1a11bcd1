"""How two claims of one series stand to each other: they agree, one updates the other, or they clash. Pure.

Numbers are compared as what they allow: "over 800" allows 969, "at least 1,500" does not allow 1,374.
An approximate number allows what lies within `TOLERANCE` of it. What an estimate, a forecast or a
supposition says is never set against a count. Counts that can only grow are compared as of the days up
to which they were told (see `counting`). Nothing here decides who is right.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Literal

from kb.model.values import Comparator
from kb.resolve.keys.measures import MeasureKind
from kb.resolve.keys.telling import sorts_in
from kb.resolve.relations.counting import Counts, known_on
from kb.resolve.texts.takes import one_text

Number = tuple[Comparator, float | None, float | None]
Relation = Literal["agree", "update", "restatement", "later take", "quoted differently", "conflict"]

TOLERANCE = 0.05  # of an approximate number: rounding to its first two digits changes it by less
GROWTH = dt.timedelta(31)  # days within which a count that falls is told anew, and is not another count
NEAR = 2.0  # times that one count is another of one happening, where no time tells that both are
VOICES = 4  # claims of one number that are looked at; they are of four publications at most
NEAREST = 40  # other numbers of one time that one is compared with
MOMENT = dt.timedelta(31)  # days; a longer span of time is no moment at which two counts must agree
SAME_DAY = dt.timedelta(0)  # between the last days of two claims of one time


@dataclass(frozen=True, slots=True)
class Told:
    """A claim of a series as far as it matters to others: what it allows, when, by whom, where it stands.

    `earliest` and `latest` bound the time for which it holds, `approximate` if that is stated as such;
    `published` is ISO 8601. `root` names the independent source that the article has its text from,
    `outlet` who published it. `speaker` is a key of the one who said it, None for the outlet itself;
    `primary` if that stands in the speaker's own publication. `opening` is the beginning of the article,
    by which two takes of one text are known; `about` are words of its sentence and title, or what sort of
    happening its beginning tells of, by which one knows of what it is. `counts` is how its sentence
    tells of its time, where its number grows with time: see `counting`.

    `allowed` are the least and the greatest number that it allows (see `TOLERANCE`); `day` the last day
    of its time, of an open one that of publication; `known` the day up to which it was told, on which
    claims of one series are compared.
    """

    uid: str
    comparator: Comparator
    low: float | None
    high: float | None
    earliest: dt.date | None
    latest: dt.date | None
    approximate: bool
    published: str | None
    article: str
    root: str
    outlet: str | None
    speaker: str | None
    opening: str
    about: frozenset[str] = frozenset()
    primary: bool = False
    counts: Counts = "up to"
    allowed: tuple[float, float] = field(init=False)
    day: dt.date | None = field(init=False)
    known: dt.date | None = field(init=False)

    def __post_init__(self) -> None:
        """Compute once what every comparison asks for."""
        time = self.earliest, self.latest, self.published
        day = known_on("up to", *time)
        object.__setattr__(self, "allowed", allowed(self.comparator, self.low, self.high))
        object.__setattr__(self, "day", day)
        object.__setattr__(self, "known", day if self.counts == "up to" else known_on(self.counts, *time))

    @property
    def is_moment(self) -> bool:
        """Whether its time is short enough for two counts to be of the same moment."""
        return (
            not self.approximate
            and self.latest is not None
            and (self.earliest is None or self.latest - self.earliest <= MOMENT)
        )


def allowed(comparator: Comparator, low: float | None, high: float | None) -> tuple[float, float]:
    """The least and the greatest number that a figure allows, infinite where it is open; see `TOLERANCE`."""
    least = -math.inf if low is None else low
    most = math.inf if high is None else high
    if comparator == "~" and least == most:
        slack = abs(least) * TOLERANCE
        return least - slack, most + slack
    if comparator == ">":
        return math.nextafter(least, math.inf), most
    if comparator == "<":
        return least, math.nextafter(most, -math.inf)
    return least, most


def agree(a: Told, b: Told) -> bool:
    """Whether one number can be what both claims say."""
    (low_a, high_a), (low_b, high_b) = a.allowed, b.allowed
    return max(low_a, low_b) <= min(high_a, high_b)


def relation(a: Told, b: Told, kind: MeasureKind | None) -> Relation | None:
    """How two claims of one series stand to each other, whichever comes first; None if nobody can tell."""
    a, b = sorted((a, b), key=_time)
    if a.known is None or b.known is None or a.uid == b.uid or a.approximate or b.approximate:
        return None
    if kind == "cumulative":
        return _of_growing(a, b)
    if same_time(a, b):
        return "agree" if agree(a, b) else _clash(a, b)
    if kind == "flow" or a.known == b.known:
        return None
    begin = b.known if b.counts == "after" else b.earliest
    if begin is None or begin <= a.known:
        return None  # the one's time is a part of the other's: both may hold in it
    return "update" if kind == "stock" or not agree(a, b) else "agree"


def clashes(claims: Sequence[Told], kind: MeasureKind | None) -> Iterator[tuple[Told, Told, Relation]]:
    """The pairs of a series that somebody should look at: what is no update and does not agree; older first.

    Claims of one number and time are told of once, by those who published it first; where one text of
    theirs has the other number in a later take, that is what explains it. Numbers are compared with the
    `NEAREST` of the same time before them, those of a growing count with the highest of the last
    `GROWTH`: what this takes grows with the claims, however many repeat a number. A growing count is of
    some happening: claims whose sentences and titles share no word that tells which are of two, unless
    neither has any such word.
    """
    values = _values(sorted((claim for claim in claims if claim.known is not None), key=_time))
    for i, later in enumerate(values):
        for earlier in islice(_last(values, i, SAME_DAY), NEAREST):
            if not agree(earlier[0], later[0]):
                yield from _between(earlier, later, kind)
    if kind == "cumulative":
        told: set[tuple[str, Number]] = set()
        for i, value in enumerate(values):
            for pair in _restated(list(islice(_last(values, i, GROWTH), NEAREST)), value[0]):
                number = pair[0].uid, _number(pair[1])
                if number not in told:  # repeated the next days, it is told anew but once
                    told.add(number)
                    yield pair


def steps(claims: Sequence[Told], kind: MeasureKind | None) -> Iterator[tuple[Told, Told, Relation]]:
    """How each number of a series stands to the one before it, where they agree or the one updates the other.

    A number that several tell of one time is taken once, as those have it who published it first.
    """
    dated = sorted((claim for claim in claims if claim.known is not None), key=_time)
    values = [voices[0] for voices in _values(dated)]
    for i, value in enumerate(values):
        for other in reversed(values[max(0, i - NEAREST) : i]):
            what = relation(other, value, kind)
            if what in ("agree", "update") and _one_happening(other, value, kind):
                yield other, value, what
                break


def _values(claims: Sequence[Told]) -> list[list[Told]]:
    """Claims that tell the same number of the same time, the first `VOICES` of each, in order."""
    found: dict[tuple[object, ...], list[Told]] = {}
    for claim in claims:
        time = claim.earliest, claim.latest, claim.approximate, claim.known, claim.counts
        voices = found.setdefault((_number(claim), time), [])
        if len(voices) < VOICES:
            voices.append(claim)
    return list(found.values())


def _number(claim: Told) -> Number:
    return claim.comparator, claim.low, claim.high


def _between(
    earlier: Sequence[Told], later: Sequence[Told], kind: MeasureKind | None
) -> Iterator[tuple[Told, Told, Relation]]:
    """The one pair that tells best what two numbers of one time are to each other."""
    found = []
    for a, b in product(earlier, later):
        first, second = sorted((a, b), key=_time)
        what = relation(first, second, kind)
        if what in ("conflict", "later take", "quoted differently") and _one_happening(first, second, kind):
            found.append((first, second, what))
    # The same speaker told in two ways tells more than two speakers, and another take explains both.
    yield from sorted(
        found, key=lambda pair: ("later take", "quoted differently", "conflict").index(pair[2])
    )[:1]


def _restated(before: Sequence[Sequence[Told]], claim: Told) -> Iterator[tuple[Told, Told, Relation]]:
    """A claim that a growing count cannot lead to, with the highest one not long before it."""
    higher = [
        voices[0]
        for voices in before
        if relation(voices[0], claim, "cumulative") == "restatement" and voices[0].about & claim.about
    ]
    if higher:
        yield max(higher, key=lambda other: (other.allowed[0], other.uid)), claim, "restatement"


def _last(values: Sequence[Sequence[Told]], at: int, span: dt.timedelta) -> Iterator[Sequence[Told]]:
    """The numbers sorted before the one at a place that are no more than `span` older, the nearest first."""
    day = values[at][0].known
    assert day is not None
    first = day - span
    for i in range(at - 1, -1, -1):
        earlier = values[i][0].known
        if earlier is None or earlier < first:
            return
        yield values[i]


def _one_happening(a: Told, b: Told, kind: MeasureKind | None) -> bool:
    """Whether words of both tell one happening, or no word of either tells any."""
    return kind != "cumulative" or bool(a.about & b.about) or not (a.about or b.about)


def _time(claim: Told) -> tuple[dt.date, str, float, str]:
    """The order of claims: by time, by publication, and of one day the smaller first, for counts grow."""
    return claim.known or dt.date.max, (claim.published or "")[:10], claim.allowed[0], claim.uid


def same_time(a: Told, b: Told) -> bool:
    """Whether both hold for the same time: the same span, or the same last day of a moment."""
    if a.approximate or b.approximate or a.known != b.known:
        return False
    if a.latest is not None and (a.earliest, a.latest) == (b.earliest, b.latest):
        return True
    return (a.is_moment or a.latest is None) and (b.is_moment or b.latest is None)


def _of_growing(a: Told, b: Told) -> Relation | None:
    """How two counts that can only grow stand to each other; `a` was told up to no later day."""
    how = of_one_count(a, b)
    if how is None or (how == "onwards" and a.known == b.known):
        return None
    if agree(a, b) and (a.known == b.known or b.allowed[0] <= a.allowed[0]):
        return "agree"
    if a.known == b.known:
        return _clash(a, b)
    if b.allowed[1] >= a.allowed[0]:
        return "update"
    # What is told up to a day, and was published before that which it is less than, is no news of it.
    return "restatement" if how == "one" and (a.published or "")[:10] <= (b.published or "")[:10] else None


def cannot_both_hold(a: Told, b: Told) -> bool:
    """Whether one count that can only grow cannot have been what both claims say."""
    a, b = sorted((a, b), key=_time)
    if a.known is None or b.known is None or of_one_count(a, b) != "one":
        return False
    return not agree(a, b) if a.known == b.known else b.allowed[1] < a.allowed[0]


def of_one_count(a: Told, b: Told) -> Literal["one", "onwards"] | None:
    """Whether two growing counts are of one thing as far as their times tell; None where they are not.

    `a` was told up to no later day. "onwards": the later one may go on from the other, but its being
    less would say nothing.
    """
    if "more" in (a.counts, b.counts):
        return None
    if "undated" in (a.counts, b.counts):
        # An earlier toll may be told without its day: that it is less says nothing.
        return ("one" if a.known == b.known else "onwards") if _are_of_one(a, b) else None
    if a.latest is None or b.latest is None:  # of all since a beginning
        if a.latest is None and b.latest is None:
            return "one" if a.earliest == b.earliest else "onwards"
        return "onwards" if a.counts == b.counts else None
    if (a.earliest, a.latest) == (b.earliest, b.latest):
        return "one"
    if a.counts == b.counts == "up to":
        return "one" if a.known != b.known or (a.is_moment and b.is_moment) else None
    if "up to" not in (a.counts, b.counts):
        whole, part = (a, b) if _holds(a, b) else (b, a)
        return "one" if whole.counts == "after" and _holds(whole, part) else None
    part, whole = (a, b) if b.counts == "up to" else (b, a)
    if part.earliest is None or whole.known is None or part.earliest > whole.known:
        return None
    if part.counts == "after":
        return "one"
    # Those killed on Friday are some of those killed by Sunday, and may be all there were so far.
    return "onwards" if part is a and a.latest < whole.known and whole.is_moment else None


def _are_of_one(a: Told, b: Told) -> bool:
    """Whether counts of which no time tells it are of one happening: of one sort, and near in number."""
    if a.article == b.article or not sorts_in(a.about & b.about):
        return False
    one, other = ((claim.low if claim.low is not None else claim.high) or 0.0 for claim in (a, b))
    return max(one, other) <= NEAR * min(one, other)


def _holds(whole: Told, part: Told) -> bool:
    """Whether the time of one claim holds that of another, both closed."""
    if whole.earliest is None or part.earliest is None or whole.latest is None or part.latest is None:
        return False
    return whole.earliest <= part.earliest and part.latest <= whole.latest


def _clash(a: Told, b: Told) -> Relation | None:
    """What two claims of one time are that cannot both hold; `b` was published later, or at the same time."""
    if a.article == b.article:
        # One article with two numbers tells two voices, or two things that its reading does not keep apart.
        return "conflict" if a.speaker and b.speaker and a.speaker != b.speaker else None
    if a.root == b.root or (a.outlet and a.outlet == b.outlet) or one_text(a.opening, b.opening):
        return "later take"
    if a.speaker and a.speaker == b.speaker and a.primary != b.primary:
        return "quoted differently"
    return "conflict"
