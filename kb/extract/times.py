"""Time expressions of an article, each with the interval that its context gives it.

`kb.dates` finds the words and reads them; here is what needs the analysis and the whole text: which
words are no time after all, the tense of the clause, the time that the text spoke of last, and the
preposition before the words ("since 2022"), which changes the interval and not the span.
"""

from __future__ import annotations

from kb.dates.edtf import interval_of
from kb.dates.readers import read
from kb.dates.reading import Match, Reading
from kb.dates.rules import find_matches
from kb.extract.anchors import numeric_order, story_of
from kb.extract.bounded import bounded
from kb.extract.document import Document
from kb.extract.tense import TokenAt, is_time, tense_at
from kb.model.values import Interval, Time


def find_times(document: Document) -> tuple[Time, ...]:
    """The article's time expressions in order, none inside another.

    A time's span and value are TIMEX3's: the preposition stands outside. Its interval takes the
    preposition in: "since 2022" has the span "2022" and the interval `2022/..`.
    """
    matches = find_matches(document.text)
    at = TokenAt(document)
    story = story_of(document, matches)
    order = numeric_order(document.article)
    found = []
    for reader, match in matches:
        if not is_time(match, at):
            continue
        reading = read(reader, match, story.context(match, tense_at(match, at), order))
        if reading is None:
            continue
        story.told(match, reading)
        span = document.span(match.start, match.end)
        found.append(Time(span, reading.type, reading.value, _interval(match, reading)))
    return tuple(found)


def _interval(match: Match, reading: Reading) -> Interval | None:
    if reading.edtf is None:
        return Interval(None, None, None, None) if reading.calendar else None
    return interval_of(bounded(match, reading.edtf), reading.basis)
