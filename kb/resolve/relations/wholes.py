"""Parts that do not make the whole that they are told of: "968 men and 168 women" of "1,135". Pure.

A part alone may be any share of its whole: "including 12 children" clashes with nothing. It is wrong
where a part is more than the whole; where parts that exclude each other are more together; and where
those that are all there are, or whose list the text gives as the whole, add up to another number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kb.lexicon import read_table
from kb.resolve.relations.pairs import Told

Misfit = Literal["more", "together more", "not the sum"]
NEARLY = 0.02  # of the whole: what a list of parts misses it by, where it is told as a list of all
_SOME = re.compile(r"\b(?:including|include[sd]?|among|of (?:whom|them|these|those|which))\b", re.I)


@dataclass(frozen=True, slots=True)
class Part:
    """A claim that is told as a part: its name (`women`, None for others), and whether as one of several.

    `listed` if nothing before it in its sentence says that there are more parts.
    """

    told: Told
    name: str | None
    listed: bool


def is_listed(quote: str, whole: str, part: str) -> bool:
    """Whether a sentence tells the part after its whole without a word that says it is only some of it."""
    start, end = quote.find(whole), quote.find(part)
    return start >= 0 and end > start and not _SOME.search(quote, start + len(whole), end)


def misfits(whole: Told, parts: Sequence[Part]) -> Iterator[tuple[Misfit, tuple[Part, ...]]]:
    """The parts of one article that do not fit into their whole, each way once; the plainest first."""
    least, most = whole.allowed
    too_big = [part for part in parts if part.told.allowed[0] > most]
    for part in too_big:
        yield "more", (part,)
    fitting = [part for part in parts if part not in too_big]
    for together, is_all in _disjoint(fitting):
        low, high = _sum(together)
        if low > most:
            yield "together more", together
            return
        if is_all and high < least:
            yield "not the sum", together
            return
    listed = tuple(part for part in fitting if part.listed)
    if len(listed) > 1 and not too_big:
        low, high = _sum(listed)
        nearly = abs(low - least) <= NEARLY * least and abs(high - most) <= NEARLY * most
        if nearly and (low > most or high < least):
            yield "not the sum", listed


def _sum(parts: Iterable[Part]) -> tuple[float, float]:
    allowed = [part.told.allowed for part in parts]
    return sum(low for low, _ in allowed if low > 0), sum(high for _, high in allowed)


def _disjoint(parts: Sequence[Part]) -> Iterator[tuple[tuple[Part, ...], bool]]:
    """Parts of different names that exclude each other, the most first; whether they are the whole."""
    known = {part.name for part in parts} & {name for names, _ in _partitions() for name in names}
    for names, is_whole in _partitions():
        of_these = [part for part in parts if part.name in names]
        named = {part.name for part in of_these}
        if len(named) < 2 or len(of_these) != len(named):
            continue  # two numbers of women are of two countings, which nothing here tells apart
        yield tuple(of_these), is_whole and known == names and all(part.listed for part in of_these)


@cache
def _partitions() -> tuple[tuple[frozenset[str], bool], ...]:
    rows = [(frozenset(row["parts"].split("|")), row["whole"] == "yes") for row in read_table("partitions")]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))
