"""A figure in words and in numbers, as the formats of others want it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kb.export.delimited import whole
from kb.model.show import number_with_unit

Row = Mapping[str, Any]


def in_words(row: Row) -> str:
    """A figure as a reader writes it: `> 800 political prisoners`."""
    return number_with_unit(row["comparator"], row["low"], row["high"], row["unit"], row["direction"])


def bounds(row: Row) -> tuple[Any, Any]:
    """The lowest and the highest number, whole ones without their `.0`; None where there is none."""
    return whole(row["low"]), whole(row["high"])


def is_exact(row: Row) -> bool:
    """Whether the figure is one number, and no bound, range or approximation."""
    return bool(row["comparator"] == "=" and row["low"] == row["high"] and row["low"] is not None)
