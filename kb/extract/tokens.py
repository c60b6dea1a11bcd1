"""Words of a text: spaCy's tokenizer with two things that it lacks, a limit and the legal forms of companies.

Its time grows with the square of a run without spaces, and pages hold such runs: encoded images,
rows of dots, generated links. A run too long to be a word of any language becomes one token. The full
stop of "Kft." or "S.p.A." ends no sentence: it belongs to the word, as that of "Inc." does for spaCy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.lexicon import read_words

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


def keep_legal_forms(tokenizer: Tokenizer) -> None:
    """Have the tokenizer keep the abbreviations of legal forms whole that end with a full stop."""
    from spacy.symbols import ORTH

    for form in read_words("legal_forms", "form"):
        if form.endswith(".") and " " not in form:
            mixed = form[0].upper() + form[1:-2] + form[-2:].upper()  # S.p.A.
            for word in {form.capitalize(), form.upper(), mixed if "." in form[:-1] else form.capitalize()}:
                tokenizer.add_special_case(word, [{ORTH: word}])
