"""Two operands that belong together: a range ("between 5 and 7"), or a level left and a level reached."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kb.lexicon import read_words
from kb.quantities.lexer import Token
from kb.quantities.operands import Operand, read_operand

_WINDOW = 12  # tokens looked back over for a verb of movement before "from"


@dataclass(frozen=True, slots=True)
class Range:
    """Two operands in one unit from token `start`; `levels` tells that a quantity moved between them."""

    start: int
    first: Operand
    last: Operand
    levels: bool = False


def read_range(tokens: list[Token], first: Operand) -> Range | None:
    """The range that begins with an operand, None where no second operand belongs to it."""
    j = first.end
    if j >= len(tokens):
        return None
    lead = tokens[first.start - 1].low if first.start else ""
    ages = _ages_lead(tokens, first.start)
    if ages is not None:
        lead = "between"
    link, k = _link(tokens, j, lead, first)
    if link is None:
        return None
    last = _operand_at(tokens, k)
    if last is None or last.number.low is None:
        return None
    pair = _in_one_unit(first, last)
    if pair is None:
        return None
    first, last = pair
    if link == "or" and not _is_either(first, last):
        return None
    start = first.start - 1 if lead in ("between", "from") else first.start
    if ages is not None:
        start = ages
    if lead == "from" and link == "to" and _moved(tokens, start):
        return Range(first.start, first, last, levels=True)
    if link == "to" and lead != "from" and lead != "between" and _changed(tokens, first.start):
        return None
    if first.low >= last.low and lead != "from":
        return None
    return Range(start, first, last)


def _is_either(first: Operand, last: Operand) -> bool:
    """Whether "or" joins two guesses of one number: "two or three", "1,300 or 1,400"."""
    if first.number.digits != last.number.digits or (last.unit is not None and last.unit.kind == "money"):
        return False
    if first.number.digits:
        return 10 <= first.low < last.low <= 1.34 * first.low
    scale = _scale_of(last, words=True) if first.number.scaled else 1.0
    return 0 < last.low - first.low <= 2 * scale


def _ages_lead(tokens: list[Token], start: int) -> int | None:
    """Where "between the ages of" begins before token `start`."""
    words = [token.low for token in tokens[max(0, start - 4) : start]]
    if words == ["between", "the", "ages", "of"]:
        return start - 4
    return start - 3 if words[-3:] == ["between", "ages", "of"] else None


def _link(tokens: list[Token], j: int, lead: str, first: Operand) -> tuple[str | None, int]:
    """The word that joins two ends ("to", "and", "or", a dash), and the token after it."""
    token = tokens[j]
    if first.hanging and token.low in ("to", "or"):
        return ("to", j + 1) if token.low == "to" else (None, j)
    if token.is_hyphen and token.glued and [t.low for t in tokens[j + 1 : j + 3]] == ["to", "-"]:
        return "to", j + 3  # one-to-two hundred
    if token.is_hyphen and j + 1 < len(tokens) and token.glued == tokens[j + 1].glued:
        spelled = (
            first.unit is not None and first.unit.kind not in ("percent", "money") and first.noun is not None
        )
        return (None, j) if spelled and not token.glued else ("-", j + 1)
    if token.low in ("to", "till", "until"):
        return "to", j + 2 if j + 1 < len(tokens) and tokens[j + 1].is_hyphen else j + 1
    if token.low == "and" and lead == "between":
        return "and", j + 1
    if token.low == "or" and first.unit is None and first.noun is None and not first.number.scaled:
        return "or", j + 1
    return None, j


def _operand_at(tokens: list[Token], k: int) -> Operand | None:
    """The operand that begins at token `k`, with a currency sign of up to three tokens before its numeral."""
    for i in range(k, min(k + 4, len(tokens))):
        if tokens[i].kind == "number" or i == k:
            operand = read_operand(tokens, i)
            if operand and (operand.start == k or (operand.start == k - 1 and tokens[k - 1].is_hyphen)):
                return replace(operand, start=k, negative=operand.negative and operand.start == k)
            if operand:
                return None
    return None


def _in_one_unit(first: Operand, last: Operand) -> tuple[Operand, Operand] | None:
    """Both ends with the unit and the scale that one of them names; None where they name two."""
    if first.unit and last.unit and first.unit != last.unit:
        return None
    if first.number.share != last.number.share or first.number.vague or last.number.vague:
        return None
    if first.unit and first.unit.kind != "money" and last.unit is None and first.noun and not first.hyphened:
        return None  # "fell 3 points to 20": two figures
    low = first.number.low
    if last.number.scaled and not first.number.scaled and low is not None and low < 1000:
        assert last.number.low is not None
        factor = _scale_of(last, words=not (first.number.digits or last.number.digits))
        if low * factor < last.number.low or (factor >= 1000 and first.low > last.low / factor):
            number = replace(first.number, low=low * factor, high=low * factor, scaled=True)
            first = replace(first, number=number)
    unit = first.unit or last.unit
    return replace(first, unit=unit), replace(last, unit=unit)


def _scale_of(operand: Operand, words: bool) -> float:
    """The scale that both ends share; hundreds are shared in words alone: "two to three hundred"."""
    value = operand.number.low or 1.0
    return next((s for s in (1e12, 1e9, 1e6, 1e3) if abs(value) >= s), 100.0 if words else 1.0)


def _moved(tokens: list[Token], start: int) -> bool:
    """Whether a verb of rising, falling or moving stands before "from" in the same sentence."""
    for token in reversed(tokens[max(0, start - _WINDOW) : start]):
        if token.text in ".;?!":
            return False
        if token.low in read_words("trend_forms") or token.low in read_words("multiples", use="verb"):
            return True
    return False


def _changed(tokens: list[Token], start: int) -> bool:
    """Whether a verb of rising or falling stands right before the first end: "rose 2 % to 5 %"."""
    i = start - 1
    while i >= 0 and tokens[i].low in ("by", "about", "around", "nearly", "almost", "just", "some", "over"):
        i -= 1
    return i >= 0 and tokens[i].low in read_words("trend_forms", moves="trend")
