"""Numerals in digits -> values: separators of thousands and decimals, "10 1/2", "1.99×10−30"."""

from __future__ import annotations

import re

from kb.quantities.lexer import MINUS, Token
from kb.quantities.number_words import MAX_DIGITS, low_at

_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_INDIAN = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?")
_EUROPEAN = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_OTHER = re.compile(r"[0-9]{1,3}(?:(?:'[0-9]{3})+|(?:[ \u00a0\u2009\u202f][0-9]{3})+)")
_DECIMAL = re.compile(r"[0-9]*\.[0-9]+|[0-9]+")
_FEET = re.compile(r"([3-8])'([0-9]|1[01])")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
INCH_MARKS = ('"', "”", "″")
_DECIMAL_COMMA = re.compile(r"[0-9]+,[0-9]{1,2}")


def digits_value(words: str) -> float | None:
    """The value of a numeral in digits, or None where the separators or the length make it none.

    A comma before three digits, an apostrophe or a space divides thousands; a comma before one or two
    digits, and the last of mixed separators, is the decimal sign.
    """
    words = words.replace("’", "'")
    if sum(c.isdigit() for c in words.lstrip("0.,")) > MAX_DIGITS:
        return None
    if _DECIMAL.fullmatch(words):
        return float(words)
    if _GROUPED.fullmatch(words) or _INDIAN.fullmatch(words):
        return float(words.replace(",", ""))
    if _DECIMAL_COMMA.fullmatch(words):
        return float(words.replace(",", "."))
    if _EUROPEAN.fullmatch(words):
        return float(words.replace(".", "").replace(",", "."))
    if _OTHER.fullmatch(words):
        return float(re.sub(r"[^0-9]", "", words))
    return None


def slash_fraction(tokens: list[Token], i: int) -> float | None:
    """The value of "1/2" at token `i`, for the denominators that measures have."""
    if i + 2 >= len(tokens) or tokens[i + 1].text != "/" or not (tokens[i + 1].glued and tokens[i + 2].glued):
        return None
    above, below = tokens[i].text, tokens[i + 2].text
    if i + 3 < len(tokens) and tokens[i + 3].text == "/":
        return None
    if above.isdecimal() and below in ("2", "3", "4", "5", "8", "10", "16") and int(above) < int(below):
        return round(int(above) / int(below), 3)
    return None


def exponent_at(tokens: list[Token], j: int) -> tuple[int, int] | None:
    """The exponent at token `j`, and the token after it: the "^6" of "10^6", "⁵", "−30"."""
    caret = low_at(tokens, j) == "^"
    j += caret
    sign = 1
    if j < len(tokens) and tokens[j].text in (*MINUS, "⁻") and tokens[j].glued:
        sign, j = -1, j + 1
    if j >= len(tokens) or not tokens[j].glued:
        return None
    raised = tokens[j].text.translate(_SUPERSCRIPTS)
    plain = tokens[j].kind == "number" and (caret or sign < 0)
    if (plain or raised != tokens[j].text) and raised.isdecimal() and len(raised) < 3:
        return sign * int(raised), j + 1
    return None


def power_of_ten(tokens: list[Token], value: float, j: int) -> tuple[float, int] | None:
    """The value times the power of ten at token `j`: "10^6", "10⁵", "10−30"; "3 x 10 m" has none."""
    found = exponent_at(tokens, j + 1) if low_at(tokens, j) == "10" else None
    return (float(f"{value!r}e{found[0]}"), found[1]) if found else None


def times_power(tokens: list[Token], value: float, j: int) -> tuple[float, int] | None:
    """The value times the power that stands behind it: "3 × 10⁵", and as computers write it "1.6e-19"."""
    if low_at(tokens, j) in ("×", "x", "*", "·"):
        return power_of_ten(tokens, value, j + 1)
    if low_at(tokens, j) != "e" or not tokens[j].glued:
        return None
    k = j + 1 + (low_at(tokens, j + 1) in (*MINUS, "+"))
    if k < len(tokens) and tokens[k].glued and tokens[k].text.isdecimal() and len(tokens[k].text) < 3:
        sign = "-" if tokens[k - 1].text in MINUS else ""
        return float(f"{value!r}e{sign}{tokens[k].text}"), k + 1
    return None


def feet_and_inches(tokens: list[Token], i: int) -> float | None:
    """The inches of 5'7" at token `i`, None where no mark of inches follows."""
    feet = _FEET.fullmatch(tokens[i].text.replace("’", "'"))
    if feet is None or low_at(tokens, i + 1) not in INCH_MARKS or not tokens[i + 1].glued:
        return None
    return int(feet[1]) * 12 + int(feet[2])
