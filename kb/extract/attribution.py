"""Who says so: the speaker of a fact, and whether the text quotes or reports them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.extract.document import Document
from kb.model.values import Entity, Reference, Voice

if TYPE_CHECKING:
    from spacy.tokens import Token


def speaker_of(
    document: Document, token: Token, entities: tuple[Entity, ...]
) -> tuple[Reference | None, Voice]:
    """The speaker of what the sentence says at `token`, as written, and the voice.

    `own` is the article's own words, without a speaker; `quoted` is in quotation marks; `reported` is
    put in the article's words; `unnamed` is ascribed to nobody in particular ("reportedly").
    """
    return None, "own"
