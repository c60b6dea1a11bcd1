"""Time expressions of an article, each with the interval that its context gives it.

`kb.dates` finds the words and reads them; here is what needs the analysis and the whole text: which
words are no time after all, the tense of the clause, the time that the text spoke of last, and the
words before a time ("since 2022"), which change its interval and not its span.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kb.dates.edtf import interval_of
from kb.dates.readers import read
from kb.dates.reading import Match, Reading
from kb.dates.rules import find_matches
from kb.errors import ParseError
from kb.extract.document import Document
from kb.extract.times.anchors import numeric_order, story_of
from kb.extract.times.bounded import bounded, counted_from, in_order, joined, listed, stretch_to, whole
from kb.extract.times.positions import TokenAt
from kb.extract.times.tense import describes, is_time, lapsed, tense_at
from kb.model.values import Interval, Time

_THAN = re.compile(r"\s+than\b", re.IGNORECASE)


def find_times(document: Document) -> tuple[Time, ...]:
    """The article's time expressions in order, none inside another.

    A time's span and value are TIMEX3's: the preposition stands outside. Its interval takes the
    preposition in: "since 2022" has the span "2022" and the interval `2022/..`; both times of "from
    July to September" have the interval of the whole.
    """
    at = TokenAt(document)
    found = _joined(document, at, _readings(document, at))
    return tuple(
        Time(
            document.span(match.start, match.end),
            reading.type,
            reading.value,
            _interval(reading, None if describes(match, at) else match),
        )
        for match, reading in found
    )


def _readings(document: Document, at: TokenAt) -> list[tuple[Match, Reading]]:
    matches = find_matches(document.text)
    story = story_of(document, matches, at)
    order = numeric_order(document.article)
    found = []
    for reader, match in matches:
        if not is_time(match, at):
            continue
        context = replace(
            story.context(match, tense_at(match, at), order),
            attributive=describes(match, at),
            lapsed=lapsed(match, at),
        )
        reading = read(reader, match, context)
        beside = match.tokens[-1].kind in ("EARLIER", "LATER")
        if reading is not None and beside and _THAN.match(document.text, match.end):
            reading = replace(reading, edtf=None, calendar=False)  # "four days earlier than usual"
        if reading is not None:
            story.told(match, reading)
            found.append((match, reading))
    return found


def _joined(
    document: Document, at: TokenAt, found: list[tuple[Match, Reading]]
) -> list[tuple[Match, Reading]]:
    """The two ends of "from A to B", each with the interval of the whole; "two days after A" counted."""
    for index in range(len(found) - 1):
        (left, first), (right, last) = found[index : index + 2]
        if counted := counted_from(left, first, right, last):
            found[index] = left, counted
        elif edtf := listed(left, first, right, last):
            if not _each_its_own(document, right):
                found[index] = left, replace(first, edtf=edtf)
                found[index + 1] = right, replace(last, edtf=edtf)
        elif edtf := stretch_to((left, first), (right, last), document.published, tense_at(right, at) <= 0):
            found[index] = replace(left, before=()), replace(first, edtf=edtf, calendar=True)
            found[index + 1] = replace(right, before=()), replace(last, edtf=edtf)
        elif first.edtf and last.edtf and joined(left, right):
            past = tense_at(right, at) < 0
            first, last = in_order((left, first), (right, last), document.published, past)
            edtf = whole(first.edtf or "", last.edtf or "")
            if _runs_forward(edtf):
                found[index] = replace(left, before=()), replace(first, edtf=edtf)
                found[index + 1] = replace(right, before=()), replace(last, edtf=edtf)
    return found


def _each_its_own(document: Document, match: Match) -> bool:
    """Whether the sentence tells the times apart: "5 and 7 in 2017 and 2018, respectively"."""
    words = document.sentence_at(match.start).text.lower()
    return "respectively" in words or "both" in words or "each" in words


def _runs_forward(edtf: str) -> bool:
    try:
        interval_of(edtf)
    except ParseError:  # the two were read as of different years
        return False
    return True


def _interval(reading: Reading, match: Match | None) -> Interval | None:
    if reading.edtf is None:
        return Interval(None, None, None, None) if reading.calendar else None
    return interval_of(bounded(match, reading.edtf) if match else reading.edtf, reading.basis)
