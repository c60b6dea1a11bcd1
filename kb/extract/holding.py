"""The time for which a figure holds.

Its own, its noun's or its clause's time goes first; then the last "as of" of the paragraph; then, for a
statement in the present, the day of publication ("there are over 800": on the day it was written). A
sentence that goes on about the one before it ("of these, 12 ...") shares its time. A past statement
without a time has none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kb.extract.clauses import verb_above
from kb.extract.phrases import Reading
from kb.extract.timing import time_of
from kb.model.values import Interval, Span, Time

if TYPE_CHECKING:
    from spacy.tokens import Token

_AS_OF = re.compile(r"\b(?:as of|as at)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_NOW = frozenset(["currently", "now", "presently", "nowadays", "today"])
_BEFORE = 30  # characters before a time in which "as of" can stand
_PRESENT_TAGS = ("VBP", "VBZ")


def holding_of(reading: Reading, anchor: Token, baselines: tuple[Span, ...]) -> Interval | None:
    """The time in the quantity's own sentence for which it holds, or None; no baseline's time."""
    times = tuple(time for time in reading.times if not any(time.span.overlaps(span) for span in baselines))
    found = time_of(reading.document, times, anchor)
    return found.interval if found else None


def as_of(reading: Reading, start_char: int, end_char: int) -> Interval | None:
    """The last time that the stretch of text gives with "as of", or None."""
    for time in reversed(_within(reading, start_char, end_char)):
        before = reading.document.text[max(0, time.span.start_char - _BEFORE) : time.span.start_char]
        if time.interval and (_AS_OF.search(before) or time.span.words.lower().startswith("as of")):
            return time.interval
    return None


def _within(reading: Reading, start_char: int, end_char: int) -> list[Time]:
    return [time for time in reading.times if start_char <= time.span.start_char < end_char]


def of_publication(reading: Reading, anchor: Token) -> Interval | None:
    """The day of publication, for a statement about the present; None for others, and without that day."""
    day = reading.document.published
    if day is None or not is_present(anchor):
        return None
    return Interval(day.isoformat(), day, day, "publication")


def is_present(anchor: Token) -> bool:
    """Whether the clause speaks of the present: by "currently" or its like, or by its tense."""
    verb = verb_above(anchor)
    if verb is None:
        return False
    if verb.dep_ in ("aux", "auxpass"):
        verb = verb.head
    for _ in range(6):
        if any(child.lower_ in _NOW for child in verb.children):
            return True
        finite = _finite(verb)
        if finite is not None:
            return finite.tag_ in _PRESENT_TAGS
        if verb.head.i == verb.i:
            return False
        above = verb_above(verb)
        if above is None:
            return False
        verb = above
    return False


def _finite(verb: Token) -> Token | None:
    """What carries the tense: the verb or its first auxiliary; None for "to go", "going"."""
    if verb.tag_ in ("VBD", "VBP", "VBZ"):
        return verb
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass") and child.tag_ in ("VBD", "VBP", "VBZ", "MD"):
            return child
    return None
