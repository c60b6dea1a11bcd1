"""What a rule finds (`Match`), what its reading depends on (`Context`), and what it means (`Reading`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kb.dates.periods import Grain, Period
from kb.dates.tokens import Token
from kb.model.values import DateBasis, TimeType

Order = Literal["DMY", "MDY"]

GRAINS: dict[str, Grain] = {
    "D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year", "DE": "decade", "CE": "century",
    "ML": "millennium", "WE": "weekend",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """Words that a rule has found: half-open offsets, their tokens, and the tokens of each named part."""

    rule: str
    start: int
    end: int
    tokens: tuple[Token, ...]
    parts: Mapping[str, tuple[Token, ...]]
    before: tuple[Token, ...] = ()
    after: tuple[Token, ...] = ()

    def find(self, *kinds: str) -> Token | None:
        """The first token of one of the classes, or None."""
        return next((token for token in self.tokens if token.kind in kinds), None)

    def number(self, *kinds: str) -> int | None:
        """The value of the first token of one of the classes as an integer, or None."""
        token = self.find(*kinds)
        return int(token.value) if token else None

    def has(self, *kinds: str) -> bool:
        return any(token.kind in kinds for token in self.tokens)

    @property
    def modifier(self) -> str:
        """`early`, `mid`, `late`, `start`, `end`, `whole` where the words say so, else an empty string."""
        token = self.find("EARLY", "MID", "EARLYIN", "EDGE")
        return token.value if token else ""


@dataclass(frozen=True, slots=True)
class Context:
    """What the reading of a relative time depends on; all of it may be unknown.

    `published` is the day of publication, `anchor` the time that the text spoke of last, `tense` -1, 0
    or 1 as the clause speaks of the past, of no known time or of what is to come. `narrative` marks a
    text that tells of other times than its own publication: a bare "April" is then the story's.
    `mentioned` is the time named last, where the text only looks aside to it ("that year" is meant of it),
    `day` the last one that was a day.
    `sentence_year` is the year that the sentence itself has named ("In 2019, ... on February 6").
    `horizon` is the month of the next full date that the text states, `quarter` the one it reports on,
    `last_quarter` the one named last.
    `lapsed` tells that the clause denies what was so until the time ("until Friday they had not named him").
    `attributive` tells that the words describe a noun ("winter quarters").
    `order` is how the publisher's country writes numeric dates, None where unknown.
    """

    published: dt.date | None = None
    anchor: Period | None = None
    tense: int = 0
    narrative: bool = False
    order: Order | None = None
    before_christ: bool = False
    quarter: Period | None = None
    last_quarter: Period | None = None
    horizon: Period | None = None
    mentioned: Period | None = None
    day: Period | None = None
    sentence_year: int | None = None
    lapsed: bool = False
    attributive: bool = False

    @property
    def today(self) -> Period | None:
        return Period.containing("day", self.published) if self.published else None

    def here(self, grain: Grain) -> Period | None:
        """The unit that the day of publication lies in, or in a narrative the time last spoken of."""
        if self.narrative and self.anchor:
            return self.anchor.to(grain)
        return Period.containing(grain, self.published) if self.published else None

    def there(self, grain: Grain) -> Period | None:
        """The unit of the time last spoken of, else that of publication."""
        return self.anchor.to(grain) if self.anchor else self.here(grain)


@dataclass(frozen=True, slots=True)
class Reading:
    """A time expression read: TIMEX3 type and value, EDTF (None: unresolved), basis, and its period.

    `calendar` tells that a place on the calendar is meant, resolved or not; a duration has none.
    """

    type: TimeType
    value: str
    edtf: str | None = None
    basis: DateBasis | None = None
    period: Period | None = None
    calendar: bool = True


def dated(period: Period, basis: DateBasis, value: str | None = None, edtf: str | None = None) -> Reading:
    """The reading of a period of the calendar; one beyond its ends cannot be resolved."""
    if not period.possible:
        return unknown("XXXX")
    return Reading("DATE", value or period.timex(), edtf or period.edtf(), basis, period)


def unknown(value: str, kind: TimeType = "DATE") -> Reading:
    """A time of the calendar that cannot be resolved."""
    return Reading(kind, value)
