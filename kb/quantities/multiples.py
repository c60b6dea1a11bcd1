"""Multiples in one word: "doubled", "tenfold", "twice as many", "double the number"."""

from __future__ import annotations

from functools import cache
from typing import cast

from kb.lexicon import read_table
from kb.model.values import Direction
from kb.quantities.lexer import Token
from kb.quantities.number_words import small_numbers
from kb.quantities.numerals import read_numeral

_STANDARD = frozenset({"as", "the", "that", "what", "its", "their", "more", "those"})


@cache
def _multiples(use: str) -> dict[str, tuple[float, Direction | None]]:
    return {
        row["word"]: (float(row["times"]), cast("Direction | None", row["direction"] or None))
        for row in read_table("multiples")
        if row["use"] == use
    }


def _fold_after(tokens: list[Token], i: int) -> int | None:
    """The end of "5-fold", "10 fold", "four-fold" that begins at token `i`."""
    j = i + 2 if i + 1 < len(tokens) and tokens[i + 1].is_hyphen else i + 1
    return j + 1 if j < len(tokens) and tokens[j].low == "fold" else None


def read_multiple(tokens: list[Token], i: int) -> tuple[float, int, Direction | None] | None:
    """The multiple that token `i` begins: its value, the token after it, and the direction it moves.

    The base forms "double", "triple" are verbs only after "to" or a modal, and multiples before a standard
    ("double the number"); "half as many" is a multiple, "half of" a share.
    """
    low = tokens[i].low
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    if low.endswith("fold") and len(low) > 4:
        inner = [tokens[i]._replace(text=low[:-4], low=low[:-4])]
        number = read_numeral(inner, 0)
        return (number.low, i + 1, "up") if number and number.low else None
    if (tokens[i].kind == "number" or low in small_numbers()) and (end := _fold_after(tokens, i)):
        number = read_numeral(tokens[i : i + 1], 0)
        return (number.low, end, "up") if number and number.low else None
    if low in _multiples("adverb"):
        times, direction = _multiples("adverb")[low]
        if after == "as" or (low != "half" and after in _STANDARD):
            return times, i + 1, direction
    if low in _multiples("verb"):
        times, direction = _multiples("verb")[low]
        before = tokens[i - 1].low if i else ""
        if low.endswith(("ed", "ing")) or before in (
            "to",
            "will",
            "would",
            "could",
            "may",
            "might",
            "should",
        ):
            return times, i + 1, direction
    return None
