"""Quantities of an article: the grammar of `kb.quantities` with what the parse tells of units and nouns."""

from __future__ import annotations

from kb.extract.document import Document
from kb.model.values import Quantity, Time


def find_quantities(document: Document, times: tuple[Time, ...]) -> tuple[Quantity, ...]:
    """The article's quantities in order; numbers inside dates, names and labels are none."""
    return ()
