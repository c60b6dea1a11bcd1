"""Fractions of a whole: "two-thirds", "a quarter of", "half of", "one in five", "nine out of ten"."""

from __future__ import annotations

from kb.quantities.cardinals import sum_of_words
from kb.quantities.digits import digits_value
from kb.quantities.lexer import Token
from kb.quantities.number_words import HYPHENS_IN_NUMBERS, Numeral, is_glued, low_at, scales, small_numbers
from kb.quantities.units import read_unit

_MEASURED = ("time", "length", "area", "mass", "volume")
_DENOMINATORS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "twentieth": 20, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip


def fraction_in_words(tokens: list[Token], i: int) -> Numeral | None:
    """Fractions of a whole: "two-thirds", "a quarter of", "half of", "one in five", "nine out of ten"."""
    low, j = tokens[i].low, i + 1
    if low == "half":
        if _is_of_unit(tokens, j):
            return Numeral(i, j, 0.5, 0.5)  # a half-hour talk
        if low_at(tokens, j) in ("a", "an") and low_at(tokens, j + 1) not in scales("word"):
            return Numeral(i, j + 1, 0.5, 0.5, share=True)
        if low_at(tokens, j) in (
            "of",
            "the",
            "its",
            "their",
            "his",
            "her",
            "our",
            "all",
            "that",
            "those",
            "these",
        ):
            return Numeral(i, j, 0.5, 0.5, share=True)
        if i and tokens[i - 1].low == "by" and low_at(tokens, j) not in HYPHENS_IN_NUMBERS:
            return Numeral(i, j, 0.5, 0.5, share=True)  # fell by half
        return None
    above = 1.0 if low in ("a", "an") else small_numbers().get(low, (0.0, "vulgar"))[0]
    if not above or small_numbers().get(low, (0, ""))[1] == "vulgar":
        return None
    if low_at(tokens, j) in HYPHENS_IN_NUMBERS and is_glued(tokens, j + 1):
        j += 1
    below = low_at(tokens, j)
    if below == "in" and low_at(tokens, j + 1) in HYPHENS_IN_NUMBERS and tokens[j].glued:  # one-in-five
        value, end, _ = sum_of_words(tokens, j + 2)
        if value and end > j + 2 and above < value:
            return Numeral(i, end, round(above / value, 3), round(above / value, 3), share=True)
        return None
    if below in ("in", "of", "out") and low not in ("a", "an"):
        return one_in_ten(tokens, i, j, above)
    singular = below if below in _DENOMINATORS else below.removesuffix("s")
    if singular not in _DENOMINATORS or (above != 1 and below == singular):
        return None
    if above == 1 and below != singular:
        return None
    if low_at(tokens, j + 1) in scales("word"):
        return None  # a quarter million
    if singular == "half" and low_at(tokens, j + 1) in HYPHENS_IN_NUMBERS and is_glued(tokens, j + 2):
        return None  # one half-sister
    value = round(above / _DENOMINATORS[singular], 3)
    of_scale = (
        low_at(tokens, j + 1) == "of"
        and low_at(tokens, j + 2) == "a"
        and scales("word").get(low_at(tokens, j + 3))
    )
    if of_scale:
        return Numeral(i, j + 4, value * of_scale, value * of_scale, scaled=True)  # a quarter of a million
    return Numeral(i, j + 1, value, value, share=True)


def _is_of_unit(tokens: list[Token], j: int) -> bool:
    """Whether a hyphen at token `j` joins a unit of measurement in the singular: "half-mile"."""
    if low_at(tokens, j) not in HYPHENS_IN_NUMBERS or not is_glued(tokens, j + 1):
        return False
    unit = read_unit(tokens, j + 1)
    return unit is not None and unit[0].kind in _MEASURED and tokens[j + 1].low == unit[0].singular


def one_in_ten(tokens: list[Token], i: int, j: int, above: float) -> Numeral | None:
    """The share "one in ten", "9 out of 10" that begins at token `i`; token `j` is "in" or "out"."""
    if tokens[j].low == "of":
        return None
    j += 2 if tokens[j].low == "out" and low_at(tokens, j + 1) == "of" else 1
    if low_at(tokens, j) == "every":
        j += 1
    if j >= len(tokens):
        return None
    if tokens[j].kind == "number":
        below = digits_value(tokens[j].text)
        end = j + 1
        rounds = (10, 100, 1000, 10000, 100000, 1000000)
        if below is None or (below not in rounds and (above != 1 or below > 1000)):
            return None
    else:
        below, end, _ = sum_of_words(tokens, j)
    if not below or above >= below:
        return None
    value = round(above / below, 3) if above / below >= 0.001 else above / below
    return Numeral(i, end, value, value, share=True)
