"""Happenings dated by their distance from another: "two days after the sinking", "the day before she left".

Of the two words that "after" or "before" joins, the one with a date gives the other its own. Where
neither has one in the sentence, "the rally" is the one that the text has dated before (`told`). A
distance that is no number ("weeks after") or a bound ("within a week of") dates nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.dates.edtf import interval_of
from kb.dates.periods import Grain, Period
from kb.extract.dating.attachment import dated_word
from kb.extract.dating.happenings import is_happening
from kb.extract.dating.timing import VERBS
from kb.extract.reports.plans import is_empty
from kb.model.values import Interval, Time

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_SIDES = {"after": 1, "following": 1, "before": -1}
_UNITS: dict[str, Grain] = {"D": "day", "W": "week", "M": "month", "Y": "year"}
_EVE: tuple[int, Grain, bool] = (1, "day", False)
_COARSE: tuple[Grain, ...] = ("day", "week", "month", "year")
_WHOLE: dict[str, Grain] = {"week": "week", "month": "month", "year": "year"}  # "the week before" is a week
_SINGLE = frozenset(["day", "night", "morning", "evening", "afternoon"])
_SAME_DAY = frozenset(["hours", "minutes", "moments", "seconds"])
_DURATION = re.compile(r"P(\d+)([DWMY])|PT(\d+)[HMS]")
_HOURS = 12  # so many hours or minutes before or after are taken for the same day
_ABOUT = frozenset(["about", "around", "roughly", "approximately", "nearly", "almost", "some"])
_BOUNDS = frozenset(
    ["than", "least", "most", "within", "over", "under", "up", "until", "till", "since", "from", "by", "for"]
) | {"to", "every", "in"}
_PERIOD = re.compile(r"(\d{4})(?:-(0\d|1[0-2])(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class Distance:
    """That `token` happened so many units after `other`, or before it where `count` is negative.

    `whole` where the unit is one of the calendar ("the week before"), `about` where the number is not exact.
    """

    token: Token
    other: Token
    count: int
    unit: Grain
    whole: bool = False
    about: bool = False

    def from_other(self, interval: Interval) -> Interval | None:
        """When `token` was, from when `other` was."""
        return self._moved(interval, self.count)

    def to_other(self, interval: Interval) -> Interval | None:
        """When `other` was, from when `token` was."""
        return self._moved(interval, -self.count)

    def _moved(self, interval: Interval, count: int) -> Interval | None:
        start = _period(interval)
        if start is None or _COARSE.index(start.grain) > _COARSE.index(self.unit):
            return None
        if self.whole:
            moved = start.to(self.unit).shift(count)
        elif self.unit in ("day", "week"):
            moved = start.add(count, self.unit)
        else:  # "a year after" a day is no day
            grain: Grain = "year" if start.grain == "year" else "month"
            moved = start.to(grain).add(count, self.unit)
        return interval_of(f"{moved.edtf()}{'~' if self.about else ''}", "text") if moved.possible else None


def distances(sentence: TokenSpan, times: Iterable[Time]) -> Iterator[Distance]:
    """The distances that the sentence tells between two happenings."""
    lengths = {time.span.end_char: time for time in times if time.type == "DURATION"}
    for word in sentence[1:-1]:
        unit = sentence.doc[word.i - 1]
        eve = unit.lower_ == "eve" and word.lower_ == "of"
        side = -1 if eve else _SIDES.get(word.lower_)
        if side is None or unit.pos_ != "NOUN":
            continue
        length = _EVE if eve else _length(unit, lengths.get(unit.idx + len(unit)))
        joined = _joined(word, unit) if length is not None else None
        before = {token.lower_ for token in sentence.doc[max(unit.left_edge.i - 1, sentence.start) : unit.i]}
        if length is None or joined is None or before & _BOUNDS:
            continue
        count, grain, whole = length
        yield Distance(*joined, side * count, grain, whole, bool(before & _ABOUT))


def _length(unit: Token, time: Time | None) -> tuple[int, Grain, bool] | None:
    """How many units of what lie between: "two days", "the day", and 0 days of "hours"; None if unknown."""
    if time is not None:
        match = _DURATION.fullmatch(time.value)
        if match is None:
            return None
        if match[3]:
            return (0, "day", False) if int(match[3]) <= _HOURS else None
        return int(match[1]), _UNITS[match[2]], False
    modifiers = [child.lower_ for child in unit.lefts]
    if unit.lower_ in _SAME_DAY and not modifiers:
        return 0, "day", False
    if modifiers in (["a"], ["one"]) and unit.lower_ in _WHOLE:
        return 1, _WHOLE[unit.lower_], False
    if modifiers not in (["the"], ["very"], ["the", "very"]):
        return None
    if unit.lower_ in _SINGLE:
        return 1, "day", False
    return (1, _WHOLE[unit.lower_], True) if unit.lower_ in _WHOLE else None


def _joined(word: Token, unit: Token) -> tuple[Token, Token] | None:
    """The happening that is dated and the one that it is dated by; None where either is none."""
    if word.dep_ == "mark":
        other = word.head
        above = other.head if other.dep_ == "advcl" else next(_said_before(other, word), None)
    else:
        found = next((child for child in word.children if child.dep_ in ("pobj", "dobj", "pcomp")), None)
        if found is None:
            return None
        other = found if _happens(found) else next(_torn_clause(found), found)
        node = unit if word.head.i == unit.i else word
        above = dated_word(node.head, node) if node.head.i != node.i else None
    if above is None or above.i == other.i or not _happens(above) or not _happens(other):
        return None
    return above, other


def _said_before(verb: Token, word: Token) -> Iterator[Token]:
    """The main clause that the parser made a complement of the clause behind it."""
    return (child for child in verb.children if child.dep_ == "ccomp" and child.i < word.i)


def _torn_clause(noun: Token) -> Iterator[Token]:
    """The verb that the parser hung on its subject: "after one of the girls fled"."""
    for child in noun.subtree:
        relative = any(token.tag_[0] == "W" for token in child.lefts)
        if child.dep_ in ("relcl", "acl") and child.tag_ == "VBD" and not relative:
            yield child


def _happens(token: Token) -> bool:
    return (token.pos_ == "VERB" and not is_empty(token)) if token.pos_ in VERBS else is_happening(token)


def _period(interval: Interval) -> Period | None:
    """The one day, month or year that the interval is, or None."""
    match = _PERIOD.fullmatch(interval.date or "")
    if match is None:
        return None
    year, month, day = (int(number) if number else None for number in match.groups())
    if year is None or month is None:
        return Period.of("year", year) if year is not None else None
    return Period.of("month", year, month) if day is None else Period.day(year, month, day)
