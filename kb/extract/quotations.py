"""Quotations of a text: what stands between quotation marks, over sentences and paragraphs.

By the custom of the press a quotation that runs over several paragraphs opens anew with each of them
and closes with the last alone; all its parts carry the same number.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

_OPENING, _CLOSING, _STRAIGHT = "“„«", "”»", '"'
_MARK = re.compile(f"[{_OPENING}{_CLOSING}{_STRAIGHT}]")
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words between two marks and the marks, half-open; parts of one quotation share `number`."""

    start_char: int
    end_char: int
    number: int


@lru_cache(maxsize=4)
def quotations(text: str) -> tuple[Quotation, ...]:
    """The text's quotations in order, none inside another, none beyond a paragraph."""
    found: list[Quotation] = []
    number = 0
    still_open = False  # the paragraph before ended within a quotation
    start = 0
    for break_ in [*_PARAGRAPH.finditer(text), None]:
        end = break_.start() if break_ else len(text)
        opened: int | None = None
        for mark in _MARK.finditer(text, start, end):
            if opened is None and _opens(text, mark.start()):
                opened = mark.start()
                if not (still_open and not text[start:opened].strip()):
                    number += 1
                still_open = False
            elif opened is not None and mark.group() not in _OPENING:
                found.append(Quotation(opened, mark.end(), number))
                opened = None
        still_open = opened is not None
        if opened is not None:
            found.append(Quotation(opened, end, number))
        start = break_.end() if break_ else end
    return tuple(found)


def quotation_at(text: str, char: int) -> Quotation | None:
    """The quotation in which the character stands, or None."""
    found = quotations(text)
    index = bisect_right(found, char, key=lambda quotation: quotation.start_char) - 1
    return found[index] if index >= 0 and char < found[index].end_char else None


def opening_of(text: str, part: Quotation) -> Quotation:
    """The first part of the quotation that this is a part of."""
    found = quotations(text)
    index = bisect_right(found, part.start_char, key=lambda quotation: quotation.start_char) - 1
    while index > 0 and found[index - 1].number == part.number:
        index -= 1
    return found[index]


def _opens(text: str, at: int) -> bool:
    """Whether the mark can open: a directed one by its form, a straight one where no word ends before it."""
    if text[at] in _OPENING:
        return True
    return text[at] == _STRAIGHT and (at == 0 or not (text[at - 1].isalnum() or text[at - 1] in ".,!?%)"))
