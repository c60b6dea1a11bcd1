"""One number told of two things: "969 held" here, "969 ever recognised" there. Pure.

That happens by chance with small and round numbers and hardly ever with others: what a number says is
told by its significant digits. Of neighbouring measures at one place and near one time, two claims of
one telling number are worth a look: one of them may be mistaken for the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from kb.resolve.keys.measures import Measured
from kb.resolve.keys.nouns import PEOPLE
from kb.resolve.relations.pairs import Told

NEAR = dt.timedelta(31)  # days between two claims of one number
NEARER = dt.timedelta(7)  # of one that is round
TELLING = 3  # significant digits from which a number is hardly told twice by chance
SURE = 4  # from which nothing else need be common to both
ROUND = 1_000  # a number of two significant digits below it says nothing
LOOKED_AT = 20  # claims of one number in a series that are compared


@dataclass(frozen=True, slots=True)
class Counting:
    """A claim with what it counts, the row that it stands in, and whether its place is known."""

    id: int
    told: Told
    what: Measured
    placed: bool


def significant_digits(number: float) -> int:
    """How many digits of a number say something: 969 has three, 1,700 two, 0.5 one.

    >>> [significant_digits(number) for number in (969.0, 1700.0, 0.5, 3.25)]
    [3, 2, 1, 3]
    """
    digits = f"{number:.15g}".replace("-", "").replace(".", "").strip("0")
    return len(digits.partition("e")[0])


def is_telling(number: float) -> bool:
    """Whether the same number of two things can mean more than chance."""
    digits = significant_digits(number)
    return digits >= TELLING or (digits == TELLING - 1 and abs(number) >= ROUND)


def mistaken(a: Sequence[Counting], b: Sequence[Counting]) -> tuple[Counting, Counting] | None:
    """The pair of claims of one number, one of each series, that tells best that both are about one count.

    None where nothing says so. The order of the claims does not matter.
    """
    found = [
        (one, other)
        for one, other in product(sorted(a, key=_order)[:LOOKED_AT], sorted(b, key=_order)[:LOOKED_AT])
        if _is_one_count(one, other)
    ]
    if not found:
        return None
    best = min(found, key=lambda pair: (*_distance(*pair), *map(_order, pair)))
    first, second = sorted(best, key=_order)
    return first, second


def _is_one_count(a: Counting, b: Counting) -> bool:
    one, other = a.told, b.told
    if one.article == other.article or one.uid == other.uid or not are_neighbours(a.what, b.what):
        return False
    if (one.comparator, one.low, one.high) != (other.comparator, other.low, other.high) or one.low is None:
        return False
    if one.day is None or other.day is None or not is_telling(one.low):
        return False
    digits, apart = significant_digits(one.low), abs(one.day - other.day)
    common = _in_common(a, b)
    if digits < TELLING or not a.placed:
        return apart <= NEARER and common > 1
    return apart <= NEAR and (digits >= SURE or common > 0)


def _in_common(a: Counting, b: Counting) -> int:
    """What else both have: a source, a speaker, words of one happening, a name of those counted."""
    one, other = a.told, b.told
    found = len(one.about & other.about)
    found += 2 * (one.root == other.root)
    found += 2 * (one.speaker is not None and one.speaker == other.speaker)
    return found + (a.what.head == b.what.head != PEOPLE and a.what.state is not None)


def are_neighbours(a: Measured, b: Measured) -> bool:
    """Whether one may be mistaken for the other: counts of the same persons or things, told otherwise."""
    if a.key is None or b.key is None or a.key == b.key or a.unit != b.unit:
        return False
    if a.state and b.state:
        heads = set(a.head.split()) & set(b.head.split())
        return PEOPLE in (a.head, b.head) or bool(heads)
    common = a.rest & b.rest
    return 2 * len(common) > min(len(a.rest), len(b.rest)) > 0


def _distance(a: Counting, b: Counting) -> tuple[int, int]:
    assert a.told.day is not None
    assert b.told.day is not None
    return -_in_common(a, b), abs((a.told.day - b.told.day).days)


def _order(claim: Counting) -> tuple[str, str, str]:
    day = claim.told.day or dt.date.max
    return day.isoformat(), claim.told.published or "9999", claim.told.uid
