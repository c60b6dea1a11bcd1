"""How the number of a draft stands to one of the base, comparators and rounding honoured. Pure."""

from __future__ import annotations

import math
from typing import Literal

from kb.resolve.relations.pairs import TOLERANCE, Told, agree
from kb.resolve.relations.same_numbers import significant_digits

# "same": number and comparator; "borne out": what the base has implies the draft's; "near": they differ
# by no more than a rounding; "open": the base's bound does not exclude it, and that is all; "bare": one
# says "more than 800" where the other says "800".
Fit = Literal["same", "borne out", "near", "open", "bare", "against"]
_FAR = 3.0  # a bound that is as many times off says so little that it is no confirmation


def fit(draft: Told, base: Told) -> Fit:
    """How far a number of the base supports the draft's, whatever both count."""
    if same_number(draft, base):
        return "same"
    if not agree(draft, base):
        return "bare" if same_digits(draft, base) else "against"
    (low, high), (least, most) = draft.allowed, base.allowed
    if low <= least and most <= high:
        return "borne out" if _times_apart(draft, base) <= _FAR else "open"
    if _apart(draft, base) <= TOLERANCE:
        return "near"
    return "near" if math.isfinite(least) and math.isfinite(most) else "open"


def same_number(a: Told, b: Told) -> bool:
    """Whether both say one number with one comparator."""
    return a.comparator == b.comparator and _ends(a) == _ends(b)


def same_digits(a: Told, b: Told) -> bool:
    """Whether both say one number, be it with other comparators."""
    return _ends(a) == _ends(b)


def point(told: Told) -> float:
    """The number told, of a range its middle."""
    ends = [end for end in (told.low, told.high) if end is not None]
    return sum(ends) / len(ends)


def differs(a: Told, b: Told) -> bool:
    """Whether one number is more than a rounding away from the other, bounds taken for what they name."""
    return not same_digits(a, b) and _apart(a, b) > TOLERANCE


def rounds_to(number: Told, other: Told) -> bool:
    """Whether an exact number is what another one rounds to: 23 of 23.4, 3,100 of 3,085."""
    if number.comparator != "=" or number.low is None or number.low == 0:
        return False
    digits = significant_digits(number.low)
    return digits > 0 and float(f"{point(other):.{digits - 1}e}") == number.low and point(other) != number.low


def _ends(told: Told) -> tuple[float, ...]:
    return tuple(dict.fromkeys(end for end in (told.low, told.high) if end is not None))


def _apart(a: Told, b: Told) -> float:
    """The distance of two numbers as a share of the larger one; of a range, from its nearer end."""
    nearest = min((abs(x - y), max(abs(x), abs(y))) for x in _ends(a) for y in _ends(b))
    return nearest[0] / nearest[1] if nearest[1] else 0.0


def _times_apart(a: Told, b: Told) -> float:
    smaller, larger = sorted((abs(point(a)), abs(point(b))))
    return larger / smaller if smaller else math.inf
