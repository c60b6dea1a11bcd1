"""Words of a text: spaCy's tokenizer with what it lacks, a limit, the legal forms of companies, "per cent".

Its time grows with the square of a run without spaces, and pages hold such runs: encoded images,
rows of dots, generated links. A run too long to be a word of any language becomes one token. The full
stop of "Kft." or "S.p.A." ends no sentence: it belongs to the word, as that of "Inc." does for spaCy.
"Per cent" is one word, as "percent" is: the parser has learnt American English and takes the "cent" of
"61 per cent face charges" for part of a name.
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
_PER_CENT = re.compile(r"\b(?:per cent|Per cent|Per Cent|PER CENT)\b")
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
                parts.append(self._tokens(text[done : run.start()]))
            word = run.group().removesuffix(" ")
            parts.append(Doc(self.vocab, words=[word], spaces=[word != run.group()]))
            done = run.end()
        if not parts:
            return self._tokens(text)
        if done < len(text):
            parts.append(self._tokens(text[done:]))
        return Doc.from_docs(parts, ensure_whitespace=False)

    def _tokens(self, text: str) -> Doc:
        doc = self.tokenizer(text)
        spans = [doc.char_span(*run.span()) for run in _PER_CENT.finditer(text)]
        if any(spans):
            with doc.retokenize() as retokenizer:
                for span in filter(None, spans):
                    retokenizer.merge(span)
        return doc


def read_per_cent(vocab: Vocab) -> None:
    """Have the words "per cent" look like "percent" to the model, and in their lower case."""
    percent = vocab["percent"]
    for written in ("per cent", "Per cent", "Per Cent", "PER CENT"):
        lexeme = vocab[written]
        lexeme.lower_ = lexeme.norm_ = percent.lower_
        lexeme.shape_, lexeme.prefix_, lexeme.suffix_ = percent.shape_, percent.prefix_, percent.suffix_


def keep_legal_forms(tokenizer: Tokenizer) -> None:
    """Have the tokenizer keep the abbreviations of legal forms whole that end with a full stop."""
    from spacy.symbols import ORTH

    for form in read_words("legal_forms", "form"):
        if form.endswith(".") and " " not in form:
            mixed = form[0].upper() + form[1:-2] + form[-2:].upper()  # S.p.A.
            for word in {form.capitalize(), form.upper(), mixed if "." in form[:-1] else form.capitalize()}:
                tokenizer.add_special_case(word, [{ORTH: word}])
