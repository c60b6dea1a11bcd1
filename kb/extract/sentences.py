"""Where sentences may begin: a paragraph always begins one, and quotes stay with their sentence.

spaCy's parser sets sentence boundaries itself and honours those set before it runs.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

PIPE = "kb_paragraphs"


@Language.component(PIPE)
def paragraphs(doc: Doc) -> Doc:
    """Begin a sentence after each line break of two or more, and after a single one of a list or heading."""
    for token in doc[1:]:
        before = doc[token.i - 1]
        if before.is_space and "\n" in before.text and not token.is_space:
            token.is_sent_start = True
    return doc
