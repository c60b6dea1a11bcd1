"""Words of a text: spaCy's tokenizer, with one thing that it lacks, a limit.

Its time grows with the square of a run without spaces, and pages hold such runs: encoded images,
rows of dots, generated links. A run too long to be a word of any language becomes one token.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

LONGEST_WORD = 200  # characters; longer runs are left whole
_LONG_RUN = re.compile(rf"\S{{{LONGEST_WORD + 1},}}[ ]?")


@dataclass(frozen=True, slots=True)
class LimitedTokenizer:
    """Tokenizes like the tokenizer it is given, in time that grows with the text alone."""

    tokenizer: Tokenizer
    vocab: Vocab

    def __call__(self, text: str) -> Doc:
        from spacy.tokens import Doc

        parts: list[Doc] = []
        done = 0
        for run in _LONG_RUN.finditer(text):
            if run.start() > done:
                parts.append(self.tokenizer(text[done : run.start()]))
            word = run.group().removesuffix(" ")
            parts.append(Doc(self.vocab, words=[word], spaces=[word != run.group()]))
            done = run.end()
        if not parts:
            return self.tokenizer(text)
        if done < len(text):
            parts.append(self.tokenizer(text[done:]))
        return Doc.from_docs(parts, ensure_whitespace=False)
