"""A text cut into pieces, so that each piece has the same facts in it: what is marked in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """A fact in a text: half-open offsets in code points, its kind (figure, event, name), its uid."""

    start: int
    end: int
    kind: str
    uid: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a paragraph and the mark that they are in, the innermost one; None where there is none.

    `start` is where they begin in the text, in code points.
    """

    words: str
    mark: Mark | None
    start: int


def paragraphs(text: str, marks: Iterable[Mark]) -> Iterator[tuple[Piece, ...]]:
    """The paragraphs of a text, each in pieces; a mark that reaches beyond one is marked in both.

    Linear in the text and its marks.
    """
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end))
    first = 0
    for start, end in _lines(text):
        while first < len(ordered) and ordered[first].end <= start:
            first += 1
        inside = [mark for mark in _within(ordered, first, end) if mark.end > start]
        yield tuple(_pieces(text, start, end, inside))


def _within(ordered: Sequence[Mark], first: int, end: int) -> Iterator[Mark]:
    for index in range(first, len(ordered)):
        if ordered[index].start >= end:
            return
        yield ordered[index]


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Where the paragraphs stand: what empty lines part."""
    start = 0
    for part in text.split("\n\n"):
        if part.strip():
            yield start, start + len(part)
        start += len(part) + 2


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[Piece]:
    cuts = {start, end}
    for mark in marks:
        cuts |= {max(mark.start, start), min(mark.end, end)}
    for left, right in pairwise(sorted(cuts)):
        covering = [mark for mark in marks if mark.start <= left and right <= mark.end]
        innermost = min(covering, key=lambda mark: mark.end - mark.start, default=None)
        yield Piece(text[left:right], innermost, left)
