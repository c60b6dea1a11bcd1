"""Which time belongs to a verb, a noun or a number: its own, the clause's, else the sentence's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.extract.document import Document
from kb.model.values import Time

if TYPE_CHECKING:
    from spacy.tokens import Token


def time_of(document: Document, times: tuple[Time, ...], token: Token) -> Time | None:
    """The time expression that tells when the happening named by `token` is, or None."""
    return None
