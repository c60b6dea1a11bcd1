"""What a series is told with beside its figures: other series, and what follows for it from other claims."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Linked:
    """Another series: a subgroup, or the whole; `figures` counts those in it."""

    uid: str
    heading: str
    figures: int


@dataclass(frozen=True, slots=True)
class Near:
    """Another series at the same place that may count the same, and why one may think so.

    `measure_uid` is that of its measure: what `kb same` and `kb different` take. Nobody decided on it yet.
    """

    uid: str
    measure_uid: str
    heading: str
    figures: int
    explanation: str


@dataclass(frozen=True, slots=True)
class Implied:
    """What a multiple says of a time, or a place, of which no figure is told; `uid` is the multiple's.

    `value` are words: `more than 228`, `229 to 320`.
    """

    uid: str
    value: str
    place: str | None
    date: str | None
    explanation: str


@dataclass(frozen=True, slots=True)
class Lent:
    """Why a figure that tells no place is at one: another telling of its text has its sentence and the place.

    `uid` is the figure's, `lender` that of the other one.
    """

    uid: str
    lender: str
    place: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Related:
    """How two or more claims stand to each other, by their uids; see `kb.resolve.relations.pairs`."""

    kind: str
    explanation: str
    uids: tuple[str, ...]
