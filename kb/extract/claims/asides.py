"""Stretches of a sentence that are about another time or place than the rest: what a figure is compared with.

"5 %, down from 6 % in 2020", "most of them in Chad (12)", "$45 million, compared with $3 million in 2022":
the years and the place belong to the figures beside them alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from kb.extract.claims.phrases import Reading, anchor_of
from kb.extract.quantities.of_names import name_before
from kb.model.values import Quantity, Span

_COMPARING = re.compile(
    r"\b(?:compared (?:with|to)|versus|as against|in contrast (?:with|to)|(?:un|little )changed (?:from|on)"
    r"|(?:same|many|much) as(?= in\b| on\b| a\b))",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:compared (?:with|to)|versus|against|in contrast (?:with|to))\s+$", re.IGNORECASE
)
_LINK = re.compile(
    r"(?:\s*\([^()]{1,20}\))?\s*,?\s*(?:in|on|at|of|for)?\s*(?:all\s+(?:of\s+)?|the\s+whole\s+of\s+|the\s+)?",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"\s*of (?:them|whom|these|those)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;:.)]\s|\s[—–-]\s|\n|$")
_NEAR = 30  # characters after a level within which its own time begins


class Asides:
    """The stretches of an article, and how a quantity's sentence reads without those that it is not in."""

    def __init__(self, reading: Reading, quantities: Sequence[Quantity], baselines: Sequence[Span]) -> None:
        self._reading = reading
        spans = [*baselines, *_comparisons(reading)]
        spans += [span for quantity in quantities if (span := level_with_time(reading, quantity))]
        spans += _in_brackets(reading)
        spans += _of_names(reading, quantities)
        spans += _of_parts(reading, quantities)
        self._spans = sorted(set(spans), key=lambda span: span.start_char)
        self._starts = [span.start_char for span in self._spans]

    def reading_for(self, quantity: Quantity) -> Reading:
        """The reading without the times and places of the stretches that the quantity is not in."""
        sentence = self._reading.document.sentence_span(quantity.span.start_char)
        first = bisect_left(self._starts, sentence.start_char)
        last = bisect_left(self._starts, sentence.end_char)
        above = [token.idx for token in anchor_of(self._reading.document, quantity).ancestors]
        aside = [
            span
            for span in self._spans[first:last]
            # "158 fewer than in May, when there were 700": the clause after it is of that time
            if not span.overlaps(quantity.span)
            and not (
                span.end_char <= quantity.span.start_char
                and any(span.start_char <= at < span.end_char for at in above)
            )
        ]
        return self._reading.besides(aside) if aside else self._reading


def _of_names(reading: Reading, quantities: Sequence[Quantity]) -> list[Span]:
    """Names with the numbers that are told of them alone: "most in Chad (12) and Niger (9)"."""
    found = []
    for quantity in quantities:
        if (name := name_before(reading.document, quantity)) is not None:
            ends = [other.idx + len(other) for other in name.root.conjuncts if other.sent == name.root.sent]
            end = max([quantity.span.end_char, *ends])  # "Chad (12), Niger (9) and Mali"
            found.append(reading.document.span(name.start_char, end))
    return found


def _of_parts(reading: Reading, quantities: Sequence[Quantity]) -> list[Span]:
    """Parts with what is told of them alone: "67 died, almost half of them in Chad"."""
    text, found = reading.document.text, []
    for quantity in quantities:
        if _OF_THEM.match(text, quantity.span.end_char):
            last = anchor_of(reading.document, quantity).right_edge
            end = max(quantity.span.end_char, last.idx + len(last))
            found.append(reading.document.span(quantity.span.start_char, end))
    return found


def _in_brackets(reading: Reading) -> list[Span]:
    """Brackets that give the same of another time: "sales of $10.7bn (2024: $12.1bn)"."""
    text, found = reading.document.text, []
    for time in reading.times:
        start, end = time.span.start_char, time.span.end_char
        if (
            text[start - 1 : start] == "("
            and text[end : end + 1] == ":"
            and (close := text.find(")", end)) > 0
        ):
            found.append(reading.document.span(start, close))
    return found


def _comparisons(reading: Reading) -> list[Span]:
    """What follows "compared with" up to the end of its clause."""
    text, found = reading.document.text, []
    for match in _COMPARING.finditer(text):
        end = _CLAUSE_END.search(text, match.end())
        if end and text[match.end() : end.start()].strip():
            found.append(reading.document.span(match.end(), end.start()))
    return found


def level_with_time(reading: Reading, quantity: Quantity) -> Span | None:
    """The level that is compared with and the time right after it: "from 6 % in 2020"; else None."""
    start = quantity.span.start_char
    lead = reading.document.text[max(0, start - _NEAR) : start]
    if quantity.level != "before" and not _COMPARED.search(lead):
        return None
    start, after = quantity.span.start_char, quantity.span.end_char
    index = bisect_left(reading.times, after, key=lambda time: time.span.start_char)
    if index == len(reading.times) or reading.times[index].span.start_char > after + _NEAR:
        return None
    time = reading.times[index].span
    if not _LINK.fullmatch(reading.document.text[after : time.start_char]):
        return None
    return reading.document.span(start, time.end_char)
