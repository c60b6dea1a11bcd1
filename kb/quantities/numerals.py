"""Numerals and number words -> values: "3.5 billion", "twenty-eight thousand", "dozens", "10 1/2"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from kb.lexicon import read_table
from kb.quantities.cardinals import number_from_words, with_scale
from kb.quantities.digits import (
    digits_value,
    feet_and_inches,
    power_of_ten,
    slash_fraction,
    times_power,
)
from kb.quantities.lexer import MINUS, Token
from kb.quantities.number_words import Numeral, low_at, plural_scales, scales, small_numbers
from kb.quantities.shares import fraction_in_words, one_in_ten
from kb.quantities.vague import vague_number


@cache
def _starts() -> frozenset[str]:
    """The words that a number can begin with: all others need no look."""
    return frozenset(
        {"a", "an", "half", "quarter", *small_numbers(), *plural_scales(), *scales("word")}
        | {row["words"].split()[0] for row in read_table("vague")}
    )


def may_begin(token: Token) -> bool:
    """Whether a number may begin with the token; all others need no look."""
    return token.kind == "number" or (token.kind == "word" and token.low in _starts())


def read_numeral(tokens: list[Token], i: int, after_currency: bool = False) -> Numeral | None:
    """The number that begins at token `i`, with its scale; None where none begins there.

    `after_currency` lets "m", "b" and "t" joined to the digits stand for millions, billions, trillions.
    """
    token = tokens[i]
    if token.kind == "number":
        return _from_digits(tokens, i, after_currency)
    if may_begin(token):
        if small_numbers().get(token.low, (0, ""))[1] == "vulgar":
            value = small_numbers()[token.low][0]
            return Numeral(i, i + 1, value, value, digits=True)
        return vague_number(tokens, i) or fraction_in_words(tokens, i) or number_from_words(tokens, i)
    return None


def _from_digits(tokens: list[Token], i: int, after_currency: bool) -> Numeral:
    if (inches := feet_and_inches(tokens, i)) is not None:
        return Numeral(i, i + 1, inches, inches, digits=True)
    value = digits_value(tokens[i].text)
    j = i + 1
    if value is None:
        return Numeral(i, j, None, None, digits=True)
    if small := small_numbers().get(low_at(tokens, j)):  # 2½
        if small[1] == "vulgar":
            value, j = value + small[0], j + 1
    elif fraction := slash_fraction(tokens, j):  # 10 1/2
        value, j = value + fraction, j + 3
    elif (fraction := slash_fraction(tokens, i)) and not tokens[i].glued:
        value, j = fraction, i + 3
    elif low_at(tokens, j) == "±" and j + 1 < len(tokens) and tokens[j + 1].kind == "number":
        j += 2  # the error of a measurement is no figure of its own
    elif power := times_power(tokens, value, j):
        return Numeral(i, power[1], power[0], power[0], digits=True)
    elif low_at(tokens, j) not in MINUS and (power := power_of_ten(tokens, 1.0, i)):
        value, j = power
    elif (
        low_at(tokens, j) in ("in", "out")
        and value in (1, *range(2, 10))
        and (share := one_in_ten(tokens, i, j, value))
    ):
        return replace(share, digits=True)
    return with_scale(tokens, Numeral(i, j, value, value, digits=True), after_currency)
