"""Times that only tell when the like was last: "its first title since 1987", "the worst loss since May"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.extract.dating.timing import VERBS
from kb.extract.document import Document
from kb.lexicon import read_words
from kb.model.values import Time

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEAR = 10  # words between the ordinal or superlative and "since"


def is_last_time(document: Document, time: Time) -> bool:
    """Whether "since" stands behind a first or a worst of its kind, and tells of no state that began then."""
    span = document.doc.char_span(time.span.start_char, time.span.end_char, alignment_mode="expand")
    if not span or span.start == 0 or document.doc[span.start - 1].lower_ != "since":
        return False
    since = document.doc[span.start - 1]
    for word in reversed(document.doc[max(since.sent.start, since.i - _NEAR) : since.i]):
        if word.pos_ in VERBS and word.lemma_ != "be":
            return False
        if word.lower_ in read_words("ordinals") or word.lower_ == "only":
            alone = word.i + 1 == since.i and word.nbor(-1).lower_ != "the"  # "he first visited since"
            return not (alone or _lasts(word, "be"))
        if word.tag_ in ("JJS", "RBS"):
            return not _lasts(word)
    return False


def _lasts(word: Token, lemma: str | None = None) -> bool:
    """Whether the clause is in the perfect, as what has lasted is: "has led the largest party since 2010"."""
    verb = next((above for above in word.ancestors if above.pos_ in VERBS), None)
    if verb is None or (lemma is not None and verb.lemma_ != lemma):
        return False
    return any(child.lower_ in ("has", "have", "'s", "'ve") for child in verb.children if child.dep_ == "aux")
