"""What a figure is told by: "per 100,000 people", "a day", "/km", "an ounce"."""

from __future__ import annotations

from kb.lexicon import read_words
from kb.quantities.lexer import Token
from kb.quantities.units import read_unit


def read_rate(tokens: list[Token], i: int) -> tuple[str, str, int] | None:
    """The base of a rate at token `i`: "per 100,000 people", "a day", "/km", "an ounce".

    Returns its name as units carry it ("100,000 people", "day"), and the token after it.
    """
    if i + 1 >= len(tokens):
        return None
    low, j = tokens[i].low, i + 1
    if low in ("-", "‐") and tokens[i].glued and tokens[j].glued:  # barrel-a-day
        low, j = tokens[j].low, j + 1
        if j < len(tokens) and tokens[j].is_hyphen and tokens[j].glued:
            j += 1
    elif low in ("a", "an") and tokens[j].is_hyphen and tokens[j].glued:
        j += 1
    if low not in ("per", "/", "a", "an", "each", "every", "p") or j >= len(tokens):
        return None
    if low == "/" and not (tokens[i].glued and tokens[j].glued):
        return None
    if low in ("per", "every") and tokens[j].kind == "number":
        return _per_number(tokens, j)
    if low in ("each", "every") or low == "p":
        return None
    if low == "per" and tokens[j].low in ("cent", "se"):
        return None
    if (unit := read_unit(tokens, j)) and not _is_past(tokens, unit[1]):
        if low in ("per", "/") or unit[0].kind in ("time", "mass", "volume", "length", "area"):
            return unit[0].singular.removesuffix("-mass"), unit[0].kind, unit[1]
        return None
    if low == "per" and tokens[j].low == "annum":
        return "year", "time", j + 1
    if tokens[j].low in read_words("per_words") or (low == "per" and tokens[j].kind == "word"):
        return tokens[j].low, "count", j + 1
    return None


def _is_past(tokens: list[Token], j: int) -> bool:
    """Whether "a year" before token `j` places something in time: "a year ago"."""
    return j < len(tokens) and tokens[j].low in ("ago", "earlier", "before", "later", "after", "on")


def _per_number(tokens: list[Token], j: int) -> tuple[str, str, int] | None:
    """A base of many: "per 100,000 people", "per 1,000 live births"; the people may go unsaid."""
    base = tokens[j].text
    if unit := read_unit(tokens, j + 1):
        return f"{base} {unit[0].name}", unit[0].kind, unit[1]
    k = j + 1
    if k < len(tokens) and tokens[k].low in ("live", "registered", "female", "male", "new"):
        k += 1
    if (
        k < len(tokens)
        and tokens[k].kind == "word"
        and tokens[k].low.endswith(("s", "people", "population", "children", "men", "women"))
    ):
        words = " ".join(token.text for token in tokens[j + 1 : k + 1])
        return f"{base} {words}", "count", k + 1
    return f"{base} people", "count", j + 1
