"""Results of one period told on one day: "reported a 17 % drop in second-quarter profit on Thursday".

The parser hangs the day on the drop; it is the day of the report, and the drop is of the quarter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.lexicon import read_words
from kb.model.values import Time

if TYPE_CHECKING:
    from spacy.tokens import Token

Anchors = list[tuple[Time, "Token"]]
_DAY = len("2026-06-03")


def with_periods(anchors: Anchors) -> Anchors:
    """The anchored times: the day of a report with its verb, the period in what it reports with that."""
    if len(anchors) < 2:
        return anchors
    found = list(anchors)
    for k, (day, noun) in enumerate(anchors):
        if len(day.value) != _DAY or not _is_reported(noun):
            continue
        for m, (period, thing) in enumerate(anchors):
            if (
                len(period.value) < _DAY
                and period.span.start_char < day.span.start_char
                and noun.is_ancestor(thing)
            ):
                found[m], found[k] = (period, noun), (day, noun.head)
    return found


def _is_reported(noun: Token) -> bool:
    """Whether the noun is what a body made known."""
    known = noun.head.lemma_.lower() in (*read_words("reporting_verbs"), "post", "announce", "unveil")
    return bool(noun.dep_ == "dobj" and noun.head.pos_ == "VERB" and known)
