"""What a comparison answers with: a row for each figure and event of the draft, with what the base has."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from kb.query.rows import Figure, Report

Verdict = Literal[
    "same",
    "compatible",
    "contradicts",
    "superseded",
    "other date",
    "other place",
    "other measure",
    "other speaker",
    "not found",
]
# What a fact of the base is to the draft's; "near" ones neither support nor contradict it.
Bearing = Literal[
    "same",
    "compatible",
    "contradicts",
    "superseded",
    "other date",
    "other place",
    "other measure",
    "other speaker",
    "near",
]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact of the base beside the draft's, and in words what it is to it.

    `sources` counts the independent sources that have just this number (or event), `primary` those of
    them that are the speaker's own publication, `repeats` the further claims (or reports).
    """

    bearing: Bearing
    reason: str
    fact: Figure | Report
    sources: int
    primary: int
    repeats: int

    @property
    def is_note(self) -> bool:
        """Whether it is told in the words of a user's note, and not in those of the page."""
        return self.fact.source_kind == "note"


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at: how many sources of how many publishers, published from when to when (ISO 8601).

    `near` are the series that came nearest, by their headings, where nothing was found.
    """

    articles: int
    notes: int
    publishers: int
    first: str | None
    last: str | None
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the base has on one figure or event of a draft.

    Offsets count code points of the draft's text, half-open. `reading` is how kb reads the words (a
    value, or the line of an event); where it read them wrongly, so is the verdict. `as_of` is the day of
    the draft. `is_disputed` says that other sources of the base contradict what the verdict rests on.
    """

    kind: Literal["figure", "event"]
    verdict: Verdict
    reason: str
    phrase: str
    start_char: int
    end_char: int
    quote: str
    reading: str
    measure: str | None
    place: str | None
    date: str | None
    earliest: dt.date | None
    latest: dt.date | None
    speaker: str | None
    stance: str
    as_of: dt.date
    looked: Looked
    is_disputed: bool = False
    remarks: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
