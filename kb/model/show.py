"""Values as a reader writes them."""

from __future__ import annotations

_SIGNS = {"=": "", "~": "~", ">": "> ", ">=": "≥ ", "<": "< ", "<=": "≤ ", "between": ""}
_ARROWS = {"up": "up ", "down": "down "}


def number_with_unit(
    comparator: str, low: float | None, high: float | None, unit: str | None, direction: str | None = None
) -> str:
    """A value as a reader writes it: `> 800 people`, `2,000-3,000 EUR`, `up 3%`."""
    ends = dict.fromkeys(number(end) for end in (low, high) if end is not None)
    counted = f" {unit}" if unit and unit != "%" else unit or ""
    return f"{_ARROWS.get(direction or '', '')}{_SIGNS[comparator]}{'-'.join(ends)}{counted}"


def number(value: float) -> str:
    """Thousands separated, no digit lost and none added."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.15g}"
