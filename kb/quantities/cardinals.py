"""Cardinals in words -> values, and the scale words and letters after any number."""

from __future__ import annotations

from dataclasses import replace

from kb.quantities.lexer import Token
from kb.quantities.number_words import (
    HYPHENS_IN_NUMBERS,
    MAX_DIGITS,
    Numeral,
    is_glued,
    low_at,
    plural_scales,
    scales,
    small_numbers,
)

_FOLLOWERS = frozenset(
    {"of", "in", "a", "per", "to", "and", "or", "for", "from", "at", "on", "by", "each", "as"}
)
_PARTS = {"half": 2, "third": 3, "quarter": 4}


def number_from_words(tokens: list[Token], i: int) -> Numeral | None:
    """Cardinals in words: "six", "twenty-eight thousand", "a hundred and five", "half a million"."""
    low, j = tokens[i].low, i
    if low in ("a", "an"):
        if low_at(tokens, i + 1) not in scales("word") and not (
            low_at(tokens, i + 1) in ("half", "quarter") and low_at(tokens, i + 2) in scales("word")
        ):
            return None
        if low_at(tokens, i + 1) in ("score",):
            return None
        j = i + 1
    if low_at(tokens, j) in ("half", "quarter"):
        return _part_of_scale(tokens, i, j)
    if low in scales("word") and j == i:
        part = and_a_part(tokens, i + 1)
        if part is None:
            return None  # a bare scale: "million-dollar", "hundred percent behind"
        whole = (1 + part[1]) * scales("word")[low]
        return Numeral(i, part[0], whole, whole, scaled=True)
    value, j, scaled = sum_of_words(tokens, j)
    if j == i:
        return None
    if value is None:
        return Numeral(i, j, None, None, scaled=scaled)
    return with_scale(tokens, Numeral(i, j, value, value, scaled=scaled))


def _part_of_scale(tokens: list[Token], i: int, j: int) -> Numeral | None:
    """A half or a quarter of a scale: "half a million", "a quarter million", "half a dozen"."""
    part = 0.5 if tokens[j].low == "half" else 0.25
    k = j + 1
    if low_at(tokens, k) in HYPHENS_IN_NUMBERS and tokens[k].glued:
        k += 1
    if low_at(tokens, k) == "of" and low_at(tokens, k + 1) == "a":
        k += 2
    elif low_at(tokens, k) in ("a", "of"):
        k += 1
    factor = scales("word").get(low_at(tokens, k))
    if factor is None or low_at(tokens, k) == "score":
        return None
    return Numeral(i, k + 1, part * factor, part * factor, scaled=True)


def sum_of_words(tokens: list[Token], i: int) -> tuple[float | None, int, bool]:
    """The value of the longest run of number words from token `i`, and the token after it."""
    small, factors = small_numbers(), scales("word")
    total, current, last, j, scaled = 0.0, None, "", i, False
    previous_scale = float("inf")
    while j < len(tokens):
        low, k = tokens[j].low, j
        if last and low in HYPHENS_IN_NUMBERS and tokens[j].glued and is_glued(tokens, j + 1):
            k, low = j + 1, low_at(tokens, j + 1)
            if (low not in small or last != "tens") and (low not in factors or low == "score"):
                break
        elif low == "and" and last == "scale" and low_at(tokens, j + 1) in small:
            k, low = j + 1, low_at(tokens, j + 1)
        if low in small and small[low][1] != "vulgar":
            value, kind = small[low]
            if last not in ("", "scale") and not (last == "tens" and kind == "unit" and value):
                break
            current = (current or 0) + value
            last = kind
        elif low in factors and low != "score" and (current is not None or j == i or last == "scale"):
            factor = factors[low]
            if factor == 100:
                current = (1 if current is None else current) * 100
            else:
                if factor > previous_scale and total:
                    total, current = (total + (current or 0)) * factor, None
                else:
                    total, current = total + (1 if current is None else current) * factor, None
                previous_scale = factor
            last, scaled = "scale", True
            if total >= 10**MAX_DIGITS:
                return None, _past_words(tokens, k + 1), True
        else:
            break
        j = k + 1
    return (total + (current or 0)) if j > i else None, j, scaled


def _past_words(tokens: list[Token], j: int) -> int:
    while j < len(tokens) and (tokens[j].low in small_numbers() or tokens[j].low in scales("word")):
        j += 1
    return j


def with_scale(tokens: list[Token], number: Numeral, after_currency: bool = False) -> Numeral:
    """The number times the scale words and letters that follow it, and "and a half" added."""
    value, j, scaled = number.low, number.end, number.scaled
    assert value is not None
    unscaled = value
    while j < len(tokens) and tokens[j].kind == "word":
        factor = _scale_at(tokens, j, after_currency)
        if factor is None:
            break
        value, j, scaled = value * factor, j + 1 + (tokens[j].is_hyphen), True
    if not scaled and low_at(tokens, j) in HYPHENS_IN_NUMBERS and j + 1 < len(tokens) and tokens[j].glued:
        factor = scales("word").get(tokens[j + 1].low)  # 100-million
        if factor and tokens[j + 1].glued and factor != 20:
            value, j, scaled = value * factor, j + 2, True
    if part := and_a_part(tokens, j):
        scale = _scale_of(value) if number.scaled else value / unscaled if scaled and unscaled else 1
        value, j = value + round(part[1], 3) * scale, part[0]
        if not scaled and (factor := scales("word").get(low_at(tokens, j))):
            value, j, scaled = value * factor, j + 1, True
    if abs(value) >= 10**MAX_DIGITS:
        return replace(number, low=None, high=None, end=j)
    value = float(f"{value:.15g}")
    return replace(number, low=value, high=value, end=j, scaled=scaled)


def _scale_of(value: float) -> float:
    """The scale word that a number in words ends with, by its value."""
    return next((scale for scale in (1e12, 1e9, 1e6, 1e3, 1e2) if value >= scale), 1.0)


def and_a_part(tokens: list[Token], j: int) -> tuple[int, float] | None:
    """The end and the value of "and a half", "-and-a-half", "and three-quarter" at token `j`."""
    hyphens = low_at(tokens, j) in HYPHENS_IN_NUMBERS
    k = j + hyphens
    if low_at(tokens, k) != "and" or (hyphens and not is_glued(tokens, k)):
        return None
    k += 1 + (hyphens and low_at(tokens, k + 1) in HYPHENS_IN_NUMBERS)
    count = {"a": 1, "one": 1, "two": 2, "three": 3, "half": 1}.get(low_at(tokens, k), 0)
    k += low_at(tokens, k) != "half"  # "two and half years"
    k += low_at(tokens, k) in HYPHENS_IN_NUMBERS
    below = _PARTS.get(low_at(tokens, k).removesuffix("s"), 0)
    return (k + 1, count / below) if 0 < count < below else None


def _scale_at(tokens: list[Token], j: int, after_currency: bool) -> float | None:
    token = tokens[j]
    if factor := scales("word").get(token.low):
        return factor if token.low != "score" else None
    if factor := scales("letters").get(token.low) or plural_scales().get(token.low):
        return factor if token.low != "scores" else None
    if token.glued and token.text in scales("glued") and not is_glued(tokens, j + 1):
        noun = j + 1 < len(tokens) and tokens[j + 1].kind == "word" and tokens[j + 1].low not in _FOLLOWERS
        if token.text == "K" and noun and not after_currency and not _counts_follow(tokens, j + 1):
            return None  # 4K video
        return scales("glued")[token.text]
    if token.text in scales("money") and (token.glued or token.text == "m"):
        if after_currency and not (
            j + 1 < len(tokens) and tokens[j + 1].kind == "number" and tokens[j + 1].glued
        ):
            return scales("money")[token.text]
        if token.glued and token.text in ("m", "b") and _counts_follow(tokens, j + 1):
            return scales("money")[token.text]
    if token.text == "B" and _counts_follow(tokens, j + 1):  # "8 B people"
        return scales("glued")["B"]
    return None


def _counts_follow(tokens: list[Token], j: int) -> bool:
    """Whether a plural follows: in "12m people" m is a million, in "12m long" it is a metre."""
    if j >= len(tokens) or tokens[j].kind != "word" or tokens[j].glued:
        return False
    low = tokens[j].low
    return low in ("people", "men", "women", "children") or (
        low.endswith("s") and not low.endswith(("ss", "us", "is"))
    )
