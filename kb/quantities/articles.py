"""An article for the number one: "under a hectare", "more than a year", "a day and a half"."""

from __future__ import annotations

from kb.lexicon import read_words
from kb.quantities.cardinals import and_a_part
from kb.quantities.comparators import comparator_before
from kb.quantities.lexer import Token
from kb.quantities.number_words import Numeral
from kb.quantities.operands import Operand
from kb.quantities.units import Unit, read_money_after, read_unit

_MEASURED = frozenset({"time", "length", "area", "mass", "volume", "percent", "money", "energy", "power"})
_NOT_AFTER = frozenset({"later", "after", "to", "and", "or", "in", "of"})
_PLACES = frozenset({"over", "under", "beyond", "near", "above", "below", "beneath", "around"})


def read_article(tokens: list[Token], i: int) -> Operand | None:
    """The operand of "a" or "an" at token `i` before a unit, where a comparator or a half makes it one."""
    if tokens[i].low not in ("a", "an") or i + 1 >= len(tokens) or tokens[i + 1].kind != "word":
        return None
    bound = comparator_before(tokens, i)
    found = read_unit(tokens, i + 1) or read_money_after(tokens, i + 1)
    if found and found[0].kind in _MEASURED and (part := and_a_part(tokens, found[1])):
        end, value = part[0], 1 + round(part[1], 3)
        return Operand(i, end, Numeral(i, end, value, value), unit=found[0], noun=(i + 1, found[1]))
    if bound is None or bound[0] == "=" or found is None:
        return None
    unit, end = found
    if unit.kind not in _MEASURED or _is_no_measure(tokens, bound[1], unit, end):
        return None
    return Operand(i, end, Numeral(i, i + 1, 1.0, 1.0), unit=unit, noun=(i + 1, end))


def _is_no_measure(tokens: list[Token], start: int, unit: Unit, end: int) -> bool:
    """Whether the words speak of a thing: "a film about a day", "over a barrel", "a second chance"."""
    word = tokens[end - 1]
    if end < len(tokens) and tokens[end].is_hyphen and tokens[end].glued:
        return True  # over a year-long ban
    if end < len(tokens) and tokens[end].low in ("ago", "earlier", "before", "on"):
        return True  # higher than a year ago
    noun_follows = end < len(tokens) and tokens[end].kind == "word"
    if word.low == "second" and noun_follows and tokens[end].low not in _NOT_AFTER:
        return True
    if tokens[start].low == "about" and start:
        return tokens[start - 1].low in read_words("not_figures", **{"class": "topic"})
    return tokens[start].low in _PLACES and unit.name in ("barrels", "yards", "leagues", "pounds")
