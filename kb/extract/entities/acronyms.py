"""What a bracketed acronym says of the words before it: `Institute of Health, Water and Food (IHWF)`.

After Schwartz and Hearst (2003): the letters of the acronym are the first letters of the words before
it, so they tell where a name begins that commas and small words would take apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from kb.extract.entities.parts import Part
from kb.extract.entities.word_lists import bodies, head_words
from kb.extract.entities.words import CONNECTORS, Word, particles

LETTERS = 3  # of an acronym that tells enough
_BRACKETED = re.compile(r"(?<=[\w”\"]) \(([A-Z]{2,6}s?)\)")
_FULL_IN_BRACKETS = re.compile(r"\b([A-Z]{3,6}) \(([A-Z][^()\n]{5,80})\)")
_PARTS_OF_WORDS = re.compile(r"[^\w'’]+")


def spelled_out(
    text: str, parts: Sequence[Part], words: Sequence[Word], breaks: frozenset[int]
) -> list[Part]:
    """The parts with those joined that an acronym behind them spells out as one name."""
    position = {word.start: index for index, word in enumerate(words)}
    found: list[Part] = []
    for part in parts:
        first = _beginning(text, part, words, position, breaks)
        if first is not None and found and words[first].start < found[-1].start:
            end = position[found[-1].words[-1].start] + 1
            title = None
            while found and found[-1].end > words[first].start:
                title = found.pop().title
            found.append(Part(tuple(words[first:end]), title))
        found.append(part)
    return found


def _beginning(
    text: str, part: Part, words: Sequence[Word], position: dict[int, int], breaks: frozenset[int]
) -> int | None:
    """The index of the first word of the name that a bracketed acronym stands for, None if it is none."""
    acronym = part.words[0].text
    if len(part.words) > 1 or len(acronym) < LETTERS or not acronym.isupper() or not acronym.isalpha():
        return None
    if text[part.start - 1 : part.start] != "(" or text[part.end : part.end + 1] != ")":
        return None
    letters = list(acronym)
    index = position[part.start]
    while letters and index > 0 and words[index].start not in breaks:
        index -= 1
        word = words[index].text
        if word[0].upper() == letters[-1] and words[index].capital:
            letters.pop()
        elif word.lower() not in CONNECTORS and word.lower() not in particles():
            return None
    return None if letters else index


def expanded(text: str, parts: Sequence[Part], words: Sequence[Word]) -> list[Part]:
    """The parts, each full name in brackets behind its acronym whole: `IHWF (Institute of ...)`."""
    starts = [word.start for word in words]
    whole: list[Part] = []
    for match in _FULL_IN_BRACKETS.finditer(text):
        inside = words[bisect_left(starts, match.start(2)) : bisect_left(starts, match.end(2))]
        letters = "".join(word.text[0] for word in inside if word.capital)
        if letters == match[1] and all(word.capital or word.text in CONNECTORS for word in inside):
            whole.append(Part(tuple(inside)))
    if not whole:
        return list(parts)
    ends = [part.end for part in whole]
    apart = (part for part in parts if not _overlaps(part, whole, bisect_right(ends, part.start)))
    return sorted([*apart, *whole], key=lambda part: part.start)


def _overlaps(part: Part, whole: Sequence[Part], index: int) -> bool:
    """Whether the part lies over that one of `whole` which is the first to end behind its beginning."""
    return index < len(whole) and whole[index].start < part.end


def plain_acronyms(text: str) -> frozenset[str]:
    """Acronyms that the text spells out in lower-case words: `heart rate variability (HRV)` names a thing.

    The first of three or more letters may stand for a word farther off (`the new build system (CBS)`). What
    ends in an office, a ministry or the like is a body all the same.
    """
    return frozenset(match[1] for match in _BRACKETED.finditer(text) if _spelled_plainly(text, match))


def _spelled_plainly(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 30 * len(match[1])) : match.start()]
    words = [word for word in _PARTS_OF_WORDS.split(before.rpartition("\n")[2]) if word]
    letters = list(match[1].removesuffix("s").upper())
    head = head_words("last").get(words[-1].capitalize()) if words else None
    if head == ("organisation", True) or (words and words[-1] in bodies()):
        return False
    plain = 0
    while letters and words:
        word = words.pop()
        if word[0].upper() == letters[-1]:
            letters.pop()
            if word[0].isupper() and letters:
                return False
            plain += word.islower()
        elif word not in CONNECTORS:
            break
    return plain > 0 if not letters else len(letters) == 1 and plain >= LETTERS - 1
