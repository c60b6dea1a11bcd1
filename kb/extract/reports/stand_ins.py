"""What the pronouns and the elided nouns of a title stand for, in words of the sentences before.

A title is read alone: "they pulled a man alive" tells nobody who. Only what is beyond much doubt is put in:
"it" and "they" that begin a sentence's first clause, for the subject of the sentence before where that has
the same number, and an ordinal alone ("the second") for the noun that another ordinal limits there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.lexicon import read_words

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

    from kb.extract.document import Document

_SUBJECTS = ("nsubj", "nsubjpass")
_SINGULAR = ("NN", "NNP")
_PLURAL = ("NNS", "NNPS")
_BEFORE_HEAD = frozenset(["amod", "compound", "nummod", "quantmod", "nmod", "poss", "case", "advmod"])
_MOST_WORDS = 6
_LONGEST_SENTENCE = 120  # tokens; a longer "sentence" is a list or a table, and says of whom nothing


def stand_ins(document: Document, token: Token) -> dict[int, str]:
    """What to put for a pronoun or an ordinal in the clause of `token`, by the offset of that word."""
    sentence = document.sentence_at(token.idx)
    if sentence.start_char == 0 or len(sentence) > _LONGEST_SENTENCE:
        return {}
    before = document.sentence_at(sentence.start_char - 1)
    if len(before) > _LONGEST_SENTENCE:
        return {}
    subject = _first_subject(sentence)
    if subject is None:
        return {}
    if subject.lower_ in ("it", "its", "they") and (words := _named_before(subject, before)):
        return {subject.idx: words}
    if subject.lower_ in read_words("ordinals") and (noun := _limited_by_ordinal(before)):
        return {subject.idx: f"{subject.text} {noun.text}"}
    return {}


def _first_subject(sentence: TokenSpan) -> Token | None:
    """The subject of the first clause, or None where that has none."""
    return next((token for token in sentence if token.dep_ in _SUBJECTS), None)


def _named_before(pronoun: Token, before: TokenSpan) -> str | None:
    """The noun phrase that is the main subject of the sentence before, if it agrees with the pronoun."""
    root = before.root
    subjects = [child for child in root.children if child.dep_ in _SUBJECTS]
    if len(subjects) != 1:
        return None
    subject = subjects[0]
    number = _PLURAL if pronoun.lower_ == "they" else _SINGULAR
    if subject.tag_ not in number or subject.ent_type_ == "PERSON":
        return None
    start = subject.i
    while start > before.start and subject.doc[start - 1].dep_ in _BEFORE_HEAD:
        start -= 1
    return str(subject.doc[start : subject.i + 1].text) if subject.i - start < _MOST_WORDS else None


def _limited_by_ordinal(before: TokenSpan) -> Token | None:
    """The noun of "the first reset"."""
    ordinals = read_words("ordinals")
    limited = (token for token in before if token.lower_ in ordinals and token.dep_ == "amod")
    return next((token.head for token in limited if token.head.pos_ == "NOUN"), None)
