"""The tokens of a document by the character at which they begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.extract.document import Document

if TYPE_CHECKING:
    from spacy.tokens import Token


class TokenAt:
    """The tokens of a document by character offset."""

    def __init__(self, document: Document) -> None:
        self._doc = document.doc
        self._index = {token.idx: token.i for token in document.doc}

    def __call__(self, char: int) -> Token | None:
        """The token that begins at the character, or None."""
        index = self._index.get(char)
        return self._doc[index] if index is not None else None
