"""Names of an article: spaCy's, corrected by rules and data, grouped into entities."""

from __future__ import annotations

from kb.extract.document import Document
from kb.model.values import Entity


def find_entities(document: Document) -> tuple[Entity, ...]:
    """The article's persons, organisations and places in order of their first mention."""
    return ()
