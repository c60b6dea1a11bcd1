"""Quantities told in two units or more: "2 hours 1 minute 39 seconds", "six feet five inches".

Joined by "and" or a comma they are two figures ("seven years and six months").
"""

from __future__ import annotations

from dataclasses import replace

from kb.model.values import Quantity, Span
from kb.quantities.lexer import Token
from kb.quantities.operands import read_operand

_PARTS = {  # of a unit the smaller one that may follow it, and how many make one
    "years": ("months", 12),
    "days": ("hours", 24),
    "hours": ("minutes", 60),
    "minutes": ("seconds", 60),
    "feet": ("inches", 12),
    "pounds": ("ounces", 16),
}
_MOST = 2  # smaller units after the first


def with_smaller_units(text: str, tokens: list[Token], quantity: Quantity, end: int) -> tuple[Quantity, int]:
    """The quantity with what follows it in smaller units, in the smallest of them, and the token after it."""
    for _ in range(_MOST):
        if quantity.unit not in _PARTS or quantity.vague or end >= len(tokens):
            break
        unit, factor = _PARTS[quantity.unit]
        operand = read_operand(tokens, end)
        if operand is None or operand.unit is None or operand.unit.name != unit or operand.start != end:
            break
        if operand.hyphened or operand.number.vague or not 0 < operand.low < factor:
            break
        added = operand.low
        low, high = (None if v is None else v * factor + added for v in (quantity.low, quantity.high))
        last = tokens[operand.end - 1].end
        span = Span(quantity.span.start_char, last, text[quantity.span.start_char : last])
        quantity, end = replace(quantity, span=span, low=low, high=high, unit=unit), operand.end
    return quantity, end
