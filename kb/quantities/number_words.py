"""The words that numbers are made of, as tables, and what a number read from tokens is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kb.lexicon import read_table
from kb.quantities.lexer import Token

MAX_DIGITS = 15  # more than a double holds exactly
HYPHENS_IN_NUMBERS = ("-", "‐", "‑", "–")


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
def small_numbers() -> dict[str, tuple[float, str]]:
    """Value and kind (unit, teen, tens, vulgar) of the words below one hundred."""
    return {row["word"]: (float(row["value"]), row["kind"]) for row in read_table("numbers")}


@cache
def scales(use: str) -> dict[str, float]:
    """The scale words and letters of one use, with what they multiply by."""
    return {row["word"]: float(row["factor"]) for row in read_table("scales") if row["use"] == use}


@cache
def plural_scales() -> dict[str, float]:
    """The plurals that stand for an indefinite number ("thousands"), with their scale."""
    return {row["plural"]: float(row["factor"]) for row in read_table("scales") if row["plural"]}


def scale_word(word: str) -> float | None:
    """What a scale word or abbreviation multiplies by ("million", "bn"), None for any other word."""
    return scales("word").get(word) or scales("letters").get(word)


def low_at(tokens: list[Token], i: int) -> str:
    """The token in lower case, empty after the last one."""
    return tokens[i].low if i < len(tokens) else ""


def is_glued(tokens: list[Token], j: int) -> bool:
    """Whether a word or numeral is joined to the token before it."""
    return j < len(tokens) and tokens[j].glued and tokens[j].kind != "sign"
