"""Which texts come from one: near-equal ones, excerpts, another take with newer numbers. Pure.

Texts are compared as sets of runs of three words without their numbers, by resemblance and containment
(Broder 1997, On the resemblance and containment of documents). To be found at all, a text keeps the
smallest hashes of its runs: two texts with much in common share some of them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b
from typing import Literal

from kb.resolve.texts.changed import changed_numbers

Kinship = Literal["reprint", "later take", "excerpt"]

SKETCH = 24  # hashes kept of a text; of two texts half the same, one pair in 2**24 shares none
SAME = 0.42  # resemblance from which two texts are one: a third cut, a paragraph of the house's own added
BEGUN = 0.4  # resemblance from which two beginnings are of one text: later takes change the first sentences
INSIDE = 0.8  # share of the shorter text's runs that stand in the longer one: an excerpt
SHORTEST = 20  # runs; less is a sentence that two people may write
_RUN = 3
_SHORT = 20_000  # characters of a text whose runs are kept for a while
_WORD = re.compile(r"[^\W\d]+|\d[\d.,]*")
_UNSEEN = re.compile(
    "[\u00ad\u200b-\u200d\u2060\ufeff]"
)  # hyphens and spaces that only tell where a line may end
_HASH = 8  # bytes


def runs(text: str) -> frozenset[tuple[str, ...]]:
    """The runs of three words of a text, each number as a mere number."""
    return _short_runs(text) if len(text) <= _SHORT else _runs(text)


@lru_cache(maxsize=64)
def _short_runs(text: str) -> frozenset[tuple[str, ...]]:
    """The same of a text that is compared with many."""
    return _runs(text)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    plain = text if text.isascii() else _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    words = ["0" if word[0].isdigit() else word.lower() for word in _WORD.findall(plain)]
    return frozenset(tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1))


def one_text(a: str, b: str) -> bool:
    """Whether two beginnings are those of one text, told by more than a sentence that two may write alike."""
    runs_a, runs_b = _beginning(a), _beginning(b)
    return min(len(runs_a), len(runs_b)) >= SHORTEST and len(runs_a & runs_b) >= BEGUN * len(runs_a | runs_b)


@lru_cache(maxsize=2048)
def _beginning(text: str) -> frozenset[int]:
    """The runs of a beginning as numbers: beginnings are compared often, and many are kept."""
    return frozenset(map(hash, _runs(text)))


def sketch(text: str) -> tuple[int, ...]:
    """The smallest hashes of the text's runs, by which texts like it are found; short ones have none."""
    found = runs(text)
    if len(found) < SHORTEST:
        return ()
    hashes = (blake2b(" ".join(run).encode(), digest_size=_HASH).digest() for run in found)
    return tuple(sorted(int.from_bytes(value, "big", signed=True) for value in hashes)[:SKETCH])


def kinship(original: str, other: str) -> tuple[Kinship, str] | None:
    """How the other text comes from the original, and by what one sees that; None if it does not."""
    runs_a, runs_b = runs(original), runs(other)
    common = len(runs_a & runs_b)
    if min(len(runs_a), len(runs_b)) < SHORTEST:
        return None
    alike = common / len(runs_a | runs_b)
    if alike >= SAME:
        evidence = f"{alike:.0%} of the runs of three words of both texts are the same"
        if changed := changed_numbers(original, other):
            return "later take", f"{evidence}; numbers that are others there: {', '.join(changed[:5])}"
        return "reprint", evidence
    inside = common / min(len(runs_a), len(runs_b))
    if inside >= INSIDE:
        return "excerpt", f"{inside:.0%} of the runs of three words of the shorter text stand in the other"
    return None
