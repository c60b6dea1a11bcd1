"""Words that bind a number: "over", "no fewer than", "or more", "nearly", read beside its tokens."""

from __future__ import annotations

from functools import cache
from typing import cast

from kb.lexicon import read_table, read_words
from kb.model.values import Comparator
from kb.quantities.lexer import Token, tokens_of

Phrases = dict[str, list[tuple[tuple[str, ...], Comparator]]]


@cache
def _phrases(position: str) -> Phrases:
    """Phrases before a number by their last token, after it by their first; the longest first."""
    found: Phrases = {}
    for row in read_table("comparators"):
        if row["position"] == position:
            pieces = tuple(token.low for token in tokens_of(row["words"]))
            key = pieces[-1] if position == "before" else pieces[0]
            found.setdefault(key, []).append((pieces, cast(Comparator, row["comparator"])))
    return {key: sorted(rest, key=lambda phrase: -len(phrase[0])) for key, rest in found.items()}


def comparator_before(tokens: list[Token], i: int) -> tuple[Comparator, int] | None:
    """What binds the number that begins at token `i`, with the token that the phrase begins with.

    Adverbs before it ("just over", "well below") belong to it.
    """
    if i == 0:
        return None
    for pieces, comparator in _phrases("before").get(tokens[i - 1].low, ()):
        start = i - len(pieces)
        if start >= 0 and all(tokens[start + k].low == piece for k, piece in enumerate(pieces)):
            if comparator != "=":
                while start and tokens[start - 1].low in read_words("modifiers"):
                    start -= 1
            return comparator, start
    return None


def comparator_after(tokens: list[Token], j: int) -> tuple[Comparator, int] | None:
    """What binds the number that ends before token `j`, with the token after the phrase."""
    hyphen = j + 1 < len(tokens) and tokens[j].is_hyphen and tokens[j].glued
    if hyphen and tokens[j + 1].low in ("plus", "odd", "ish"):
        return (">=" if tokens[j + 1].low == "plus" else "~"), j + 2
    if j >= len(tokens):
        return None
    for pieces, comparator in _phrases("after").get(tokens[j].low, ()):
        end = j + len(pieces)
        if end <= len(tokens) and all(tokens[j + k].low == piece for k, piece in enumerate(pieces)):
            if pieces == ("+",) and not tokens[j].glued:
                continue
            if pieces in (("plus",), ("odd",), ("ish",)) and not tokens[j].glued and pieces != ("plus",):
                continue
            if pieces == ("plus",) and end < len(tokens) and _adds(tokens[end]):
                continue  # "£55m plus £5m"
            return comparator, end
    return None


def _adds(token: Token) -> bool:
    """Whether a number, a currency, an article or "or minus" follows, so that "plus" only adds."""
    return (
        token.kind == "number"
        or token.text in "$£€¥₹"
        or token.low in ("a", "an", "the", "another", "some", "or")
    )
