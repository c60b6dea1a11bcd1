"""Numerals and number words -> values: "3.5 billion", "twenty-eight thousand", "dozens", "two-thirds", "10 1/2"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from kb.lexicon import read_table
from kb.quantities.lexer import MINUS, Token

MAX_DIGITS = 15  # more than a double holds exactly
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_INDIAN = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?")
_EUROPEAN = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_OTHER = re.compile(r"[0-9]{1,3}(?:(?:'[0-9]{3})+|(?:[ \u00a0\u2009\u202f][0-9]{3})+)")
_DECIMAL = re.compile(r"[0-9]*\.[0-9]+|[0-9]+")
_DECIMAL_COMMA = re.compile(r"[0-9]+,[0-9]{1,2}")
_DENOMINATORS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "twentieth": 20, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in `tokens[start:end]` with its bounds; `low` is None where it is no number after all.

    `scaled` tells that a scale word or letter was read, `vague` that the words have no one value,
    `share` that they are a fraction of a whole, `digits` that they begin with digits.
    """

    start: int
    end: int
    low: float | None
    high: float | None
    digits: bool = False
    scaled: bool = False
    vague: bool = False
    share: bool = False


@cache
def _small() -> dict[str, tuple[float, str]]:
    return {row["word"]: (float(row["value"]), row["kind"]) for row in read_table("numbers")}


@cache
def _scales(use: str) -> dict[str, float]:
    return {row["word"]: float(row["factor"]) for row in read_table("scales") if row["use"] == use}


@cache
def _plural_scales() -> dict[str, float]:
    return {row["plural"]: float(row["factor"]) for row in read_table("scales") if row["plural"]}


@cache
def _vague() -> tuple[tuple[tuple[str, ...], float, float], ...]:
    rows = [(tuple(r["words"].split()), float(r["low"]), float(r["high"])) for r in read_table("vague")]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


@cache
def _starts() -> frozenset[str]:
    """The words that a number can begin with: all others need no look."""
    return frozenset(
        {"a", "an", "half", "quarter", *_small(), *_plural_scales(), *_scales("word")}
        | {words[0] for words, _, _ in _vague()}
    )


def scale_word(word: str) -> float | None:
    """What a scale word or abbreviation multiplies by ("million", "bn"), None for any other word."""
    return _scales("word").get(word) or _scales("letters").get(word)


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
        if _small().get(token.low, (0, ""))[1] == "vulgar":
            value = _small()[token.low][0]
            return Numeral(i, i + 1, value, value, digits=True)
        return _vague_number(tokens, i) or _fraction(tokens, i) or _from_words(tokens, i)
    return None


def _low(tokens: list[Token], i: int) -> str:
    return tokens[i].low if i < len(tokens) else ""


def _from_digits(tokens: list[Token], i: int, after_currency: bool) -> Numeral:
    value = digits_value(tokens[i].text)
    j = i + 1
    if value is None:
        return Numeral(i, j, None, None, digits=True)
    if small := _small().get(_low(tokens, j)):  # 2½
        if small[1] == "vulgar":
            value, j = value + small[0], j + 1
    elif fraction := _slash_fraction(tokens, j):  # 10 1/2
        value, j = value + fraction, j + 3
    elif (fraction := _slash_fraction(tokens, i)) and not tokens[i].glued:
        value, j = fraction, i + 3
    elif _low(tokens, j) in ("×", "x", "*") and _low(tokens, j + 1) == "10":
        value, j = _power(tokens, value, j + 2)
    elif (
        _low(tokens, j) in ("in", "out")
        and value in (1, *range(2, 10))
        and (share := _one_in_ten(tokens, i, j, value))
    ):
        return replace(share, digits=True)
    return _scaled(tokens, Numeral(i, j, value, value, digits=True), after_currency)


def _slash_fraction(tokens: list[Token], i: int) -> float | None:
    """The value of "1/2" at token `i`, for the denominators that measures have."""
    if i + 2 >= len(tokens) or tokens[i + 1].text != "/" or not (tokens[i + 1].glued and tokens[i + 2].glued):
        return None
    above, below = tokens[i].text, tokens[i + 2].text
    if i + 3 < len(tokens) and tokens[i + 3].text == "/":
        return None
    if above.isdecimal() and below in ("2", "3", "4", "5", "8", "10", "16") and int(above) < int(below):
        return round(int(above) / int(below), 3)
    return None


def _power(tokens: list[Token], value: float, j: int) -> tuple[float, int]:
    """The value times ten to the exponent at token `j`: "10^6", "10−30"."""
    if _low(tokens, j) == "^":
        j += 1
    sign = 1
    if j < len(tokens) and tokens[j].text in MINUS and tokens[j].glued:
        sign, j = -1, j + 1
    if (
        j < len(tokens)
        and tokens[j].kind == "number"
        and len(tokens[j].text) < 3
        and tokens[j].text.isdecimal()
    ):
        return float(f"{value!r}e{sign * int(tokens[j].text)}"), j + 1
    return value * 10, j


def _scaled(tokens: list[Token], number: Numeral, after_currency: bool = False) -> Numeral:
    """The number times the scale words and letters that follow it, and "and a half" added."""
    value, j, scaled = number.low, number.end, number.scaled
    assert value is not None
    unscaled = value
    while j < len(tokens) and tokens[j].kind == "word":
        factor = _scale_at(tokens, j, after_currency)
        if factor is None:
            break
        value, j, scaled = value * factor, j + 1 + (tokens[j].is_hyphen), True
    if not scaled and _low(tokens, j) in HYPHEN and j + 1 < len(tokens) and tokens[j].glued:
        factor = _scales("word").get(tokens[j + 1].low)  # 100-million
        if factor and tokens[j + 1].glued and factor != 20:
            value, j, scaled = value * factor, j + 2, True
    if [_low(tokens, j + k) for k in range(3)] == ["and", "a", "half"]:
        half = 0.5 * (value / unscaled if scaled and unscaled else 1)
        value, j = value + half, j + 3
        if not scaled and (factor := _scales("word").get(_low(tokens, j))):
            value, j, scaled = value * factor, j + 1, True
    if abs(value) >= 10**MAX_DIGITS:
        return replace(number, low=None, high=None, end=j)
    value = float(f"{value:.15g}")
    return replace(number, low=value, high=value, end=j, scaled=scaled)


HYPHEN = ("-", "‐", "‑", "–")


def _scale_at(tokens: list[Token], j: int, after_currency: bool) -> float | None:
    token = tokens[j]
    if factor := _scales("word").get(token.low):
        return factor if token.low != "score" else None
    if factor := _scales("letters").get(token.low):
        return factor
    if token.glued and token.text in _scales("glued") and not _is_glued(tokens, j + 1):
        return _scales("glued")[token.text]
    if token.text in _scales("money") and (token.glued or token.text == "m"):
        if after_currency and not (
            j + 1 < len(tokens) and tokens[j + 1].kind == "number" and tokens[j + 1].glued
        ):
            return _scales("money")[token.text]
        if token.glued and token.text in ("m", "b") and _counts_follow(tokens, j + 1):
            return _scales("money")[token.text]
    if token.text == "B" and _counts_follow(tokens, j + 1):  # "8 B people"
        return _scales("glued")["B"]
    return None


def _is_glued(tokens: list[Token], j: int) -> bool:
    return j < len(tokens) and tokens[j].glued and tokens[j].kind != "sign"


def _counts_follow(tokens: list[Token], j: int) -> bool:
    """Whether a plural follows: in "12m people" m is a million, in "12m long" it is a metre."""
    if j >= len(tokens) or tokens[j].kind != "word" or tokens[j].glued:
        return False
    low = tokens[j].low
    return low in ("people", "men", "women", "children") or (
        low.endswith("s") and not low.endswith(("ss", "us", "is"))
    )


def _from_words(tokens: list[Token], i: int) -> Numeral | None:
    """Cardinals in words: "six", "twenty-eight thousand", "a hundred and five", "half a million"."""
    low, j = tokens[i].low, i
    if low in ("a", "an"):
        if _low(tokens, i + 1) not in _scales("word") and not (
            _low(tokens, i + 1) in ("half", "quarter") and _low(tokens, i + 2) in _scales("word")
        ):
            return None
        if _low(tokens, i + 1) in ("score",):
            return None
        j = i + 1
    if _low(tokens, j) in ("half", "quarter"):
        return _part_of_scale(tokens, i, j)
    if low in _scales("word") and j == i:
        return None  # a bare scale: "million-dollar", "hundred percent behind"
    value, j, scaled = _sum_of_words(tokens, j)
    if j == i:
        return None
    if value is None:
        return Numeral(i, j, None, None, scaled=scaled)
    return _scaled(tokens, Numeral(i, j, value, value, scaled=scaled))


def _part_of_scale(tokens: list[Token], i: int, j: int) -> Numeral | None:
    """ "half a million", "a quarter million", "half a dozen"."""
    part = 0.5 if tokens[j].low == "half" else 0.25
    k = j + 1
    if _low(tokens, k) in HYPHEN and tokens[k].glued:
        k += 1
    if _low(tokens, k) == "of" and _low(tokens, k + 1) == "a":
        k += 2
    elif _low(tokens, k) in ("a", "of"):
        k += 1
    factor = _scales("word").get(_low(tokens, k))
    if factor is None or _low(tokens, k) == "score":
        return None
    return Numeral(i, k + 1, part * factor, part * factor, scaled=True)


def _sum_of_words(tokens: list[Token], i: int) -> tuple[float | None, int, bool]:
    """The value of the longest run of number words from token `i`, and the token after it."""
    small, scales = _small(), _scales("word")
    total, current, last, j, scaled = 0.0, None, "", i, False
    previous_scale = float("inf")
    while j < len(tokens):
        low, k = tokens[j].low, j
        if last and low in HYPHEN and tokens[j].glued and _is_glued(tokens, j + 1):
            k, low = j + 1, _low(tokens, j + 1)
            if low not in small or last != "tens":
                if low not in scales or low == "score":
                    break
        elif low == "and" and last == "scale" and _low(tokens, j + 1) in small:
            k, low = j + 1, _low(tokens, j + 1)
        if low in small and small[low][1] != "vulgar":
            value, kind = small[low]
            if last not in ("", "scale") and not (last == "tens" and kind == "unit" and value):
                break
            current = (current or 0) + value
            last = kind
        elif low in scales and low != "score" and (current is not None or j == i or last == "scale"):
            factor = scales[low]
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
    while j < len(tokens) and (tokens[j].low in _small() or tokens[j].low in _scales("word")):
        j += 1
    return j


def _vague_number(tokens: list[Token], i: int) -> Numeral | None:
    """Words without one value: "dozens", "several hundred", "tens of thousands", "a few"."""
    plural = _plural_scales()
    low = tokens[i].low
    if low in ("tens", "hundreds", "thousands", "dozens", "millions") and _low(tokens, i + 1) == "of":
        if (inner := plural.get(_low(tokens, i + 2))) and inner >= 1000:
            outer = {"tens": 10.0, "dozens": 24.0}.get(low) or plural[low]
            return _indefinite(i, i + 3, outer * inner)
    if low in plural and low not in ("scores", "dozens"):
        return _indefinite(i, i + 1, plural[low])
    for words, least, most in _vague():
        if all(_low(tokens, i + k) == word for k, word in enumerate(words)):
            j = i + len(words)
            scale = _low(tokens, j + (_low(tokens, j) == "of"))
            factor = _scales("word").get(scale)
            if factor and scale != "score" and words[0] not in ("dozens", "scores", "tens"):
                j += 1 + (_low(tokens, j) == "of")
                if "couple" in words:
                    return Numeral(i, j, 2 * factor, 2 * factor, vague=True, scaled=True)
                if factor == 12:
                    return Numeral(i, j, 24, 99, vague=True, scaled=True)
                return _indefinite(i, j, factor)
            return Numeral(i, j, least, most, vague=True)
    return None


def vague_words(low: float, high: float) -> str | None:
    """The words whose bounds these are: 24 and 99 are "dozens". None where no words are."""
    for words, least, most in _vague():
        if (least, most) == (low, high):
            return " ".join(words)
    for outer, times in (("", 1), ("tens of ", 10), ("hundreds of ", 100)):
        for word, factor in _plural_scales().items():
            if factor >= (1000 if outer else 100) and (2 * factor * times, 10 * factor * times - 1) == (
                low,
                high,
            ):
                return outer + word
    return None


def _indefinite(i: int, j: int, scale: float) -> Numeral:
    return Numeral(i, j, 2 * scale, 10 * scale - 1, vague=True, scaled=True)


def _fraction(tokens: list[Token], i: int) -> Numeral | None:
    """Fractions of a whole: "two-thirds", "a quarter of", "half of", "one in five", "nine out of ten"."""
    low, j = tokens[i].low, i + 1
    if low == "half":
        if _low(tokens, j) in ("a", "an") and _low(tokens, j + 1) not in _scales("word"):
            return Numeral(i, j + 1, 0.5, 0.5, share=True)
        if _low(tokens, j) in (
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
        return None
    above = 1.0 if low in ("a", "an") else _small().get(low, (0.0, "vulgar"))[0]
    if not above or _small().get(low, (0, ""))[1] == "vulgar":
        return None
    if _low(tokens, j) in HYPHEN and _is_glued(tokens, j + 1):
        j += 1
    below = _low(tokens, j)
    if below == "in" and _low(tokens, j + 1) in HYPHEN and tokens[j].glued:  # one-in-five
        value, end, _ = _sum_of_words(tokens, j + 2)
        if value and end > j + 2 and above < value:
            return Numeral(i, end, round(above / value, 3), round(above / value, 3), share=True)
        return None
    if below in ("in", "of", "out") and low not in ("a", "an"):
        return _one_in_ten(tokens, i, j, above)
    singular = below if below in _DENOMINATORS else below.removesuffix("s")
    if singular not in _DENOMINATORS or (above != 1 and below == singular):
        return None
    if above == 1 and below != singular:
        return None
    if _low(tokens, j + 1) in _scales("word"):
        return None  # a quarter million
    value = round(above / _DENOMINATORS[singular], 3)
    of_scale = (
        _low(tokens, j + 1) == "of"
        and _low(tokens, j + 2) == "a"
        and _scales("word").get(_low(tokens, j + 3))
    )
    if of_scale:
        return Numeral(i, j + 4, value * of_scale, value * of_scale, scaled=True)  # a quarter of a million
    return Numeral(i, j + 1, value, value, share=True)


def _one_in_ten(tokens: list[Token], i: int, j: int, above: float) -> Numeral | None:
    if tokens[j].low == "of":
        return None
    j += 2 if tokens[j].low == "out" and _low(tokens, j + 1) == "of" else 1
    if _low(tokens, j) == "every":
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
        below, end, _ = _sum_of_words(tokens, j)
    if not below or above >= below:
        return None
    value = round(above / below, 3) if above / below >= 0.001 else above / below
    return Numeral(i, end, value, value, share=True)
