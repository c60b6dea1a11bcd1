"""What a quantity is said of: the content words of its subject, of the whole that it is a part of, of the noun it modifies."""

from __future__ import annotations

from kb.extract.document import Document
from kb.model.values import Quantity


def concept_words(
    document: Document, quantity: Quantity, quantities: tuple[Quantity, ...]
) -> tuple[str, ...]:
    """The content words of what the quantity is said of, nearest first; empty where nothing can be told."""
    return ()
