"""Number words without one value: "dozens", "several hundred", "tens of thousands", "a few"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from kb.lexicon import read_table
from kb.quantities.lexer import Token
from kb.quantities.number_words import Numeral, low_at, plural_scales, scales


@cache
def _vague_rows() -> tuple[tuple[tuple[str, ...], float, float], ...]:
    rows = [(tuple(r["words"].split()), float(r["low"]), float(r["high"])) for r in read_table("vague")]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def vague_number(tokens: list[Token], i: int) -> Numeral | None:
    """Words without one value: "dozens", "several hundred", "tens of thousands", "a few"."""
    plural = plural_scales()
    low = tokens[i].low
    if low in ("several", "many", "some") and (
        low_at(tokens, i + 1) in plural or low_at(tokens, i + 1) == "tens"
    ):
        number = _either(tokens, i + 1) or _one_guess(tokens, i + 1)
        return replace(number, start=i) if number else None
    return (_either(tokens, i) if low in plural or low == "tens" else None) or _one_guess(tokens, i)


def _one_guess(tokens: list[Token], i: int) -> Numeral | None:
    plural = plural_scales()
    low = tokens[i].low
    inner = plural.get(low_at(tokens, i + 2), 0) if low_at(tokens, i + 1) == "of" else 0
    if inner >= 1000 and (low == "tens" or low in plural):
        outer = {"tens": 10.0, "dozens": 24.0}.get(low) or plural[low]
        return _indefinite(i, i + 3, outer * inner)
    if low in plural and low_at(tokens, i + 1) == "upon" and low_at(tokens, i + 2) == low:
        again = _one_guess(tokens, i + 2)  # thousands upon thousands
        return replace(again, start=i) if again else None
    if low in plural and low not in ("scores", "dozens"):
        return _indefinite(i, i + 1, plural[low])
    for words, least, most in _vague_rows():
        if all(low_at(tokens, i + k) == word for k, word in enumerate(words)):
            j = i + len(words)
            scale = low_at(tokens, j + (low_at(tokens, j) == "of"))
            factor = scales("word").get(scale)
            if factor and scale != "score" and words[0] not in ("dozens", "scores", "tens"):
                j += 1 + (low_at(tokens, j) == "of")
                if "couple" in words:
                    return Numeral(i, j, 2 * factor, 2 * factor, vague=True, scaled=True)
                if factor == 12:
                    return Numeral(i, j, 24, 99, vague=True, scaled=True)
                return _indefinite(i, j, factor)
            return Numeral(i, j, least, most, vague=True)
    return None


def _either(tokens: list[Token], i: int) -> Numeral | None:
    """Two guesses of one number: "hundreds or thousands", "tens or hundreds of thousands"."""
    if low_at(tokens, i + 1) not in ("or", "to"):
        return None
    k = i + 2 + (low_at(tokens, i + 2) in ("even", "possibly", "perhaps", "maybe"))
    if low_at(tokens, k) not in plural_scales() and low_at(tokens, k) != "tens":
        return None
    first, last = _one_guess(tokens, i), _one_guess(tokens, k)
    if first is None or last is None or first.low is None or last.low is None:
        return None
    shared = plural_scales()[low_at(tokens, k + 2)] if last.end == k + 3 else 1.0
    low = first.low * shared if first.end == i + 1 and first.low * shared < last.low else first.low
    return replace(last, start=i, low=low) if low < last.low else None


def vague_words(low: float, high: float) -> str | None:
    """The words whose bounds these are: 24 and 99 are "dozens". None where no words are."""
    for words, least, most in _vague_rows():
        if (least, most) == (low, high):
            return " ".join(words)
    for outer, times in (("", 1), ("tens of ", 10), ("hundreds of ", 100)):
        for word, factor in plural_scales().items():
            if factor >= (1000 if outer else 100) and (2 * factor * times, 10 * factor * times - 1) == (
                low,
                high,
            ):
                return outer + word
    return None


def _indefinite(i: int, j: int, scale: float) -> Numeral:
    return Numeral(i, j, 2 * scale, 10 * scale - 1, vague=True, scaled=True)
