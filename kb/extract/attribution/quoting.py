"""Who speaks in a quotation: the reporting verb that introduces it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.extract.attribution.reporting import reporter_of, use_of
from kb.extract.document import Document
from kb.extract.quotations import Quotation, opening_of, quotation_at

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_SENTENCES_BACK = 6
_MAKING = frozenset(["make", "issue", "give", "release", "post", "publish", "send", "read"])
_STATEMENTS = frozenset(["announcement", "statement", "comment", "remark", "declaration", "tweet", "message"])


def introducing_verb(document: Document, quotation: Quotation) -> Token | None:
    """The reporting verb beside the quotation, else beside the paragraph in which it opened."""
    opening = opening_of(document.text, quotation)
    return _verb_beside(document, quotation) or (
        _verb_beside(document, opening) if opening != quotation else None
    )


def _verb_beside(document: Document, quotation: Quotation) -> Token | None:
    """The reporting verb in the quotation's sentences, else before it in the paragraph."""
    text = document.text
    first = document.sentence_at(quotation.start_char)
    last = document.sentence_at(max(quotation.start_char, quotation.end_char - 1))
    candidates = [
        *verbs_outside(text, first),
        *(verbs_outside(text, last) if last.start != first.start else ()),
    ]
    if candidates:
        return min(candidates, key=lambda verb: _distance(verb, quotation))
    after = quotation.end_char
    if after < len(text) and "\n" not in text[after : after + 2]:
        following = document.sentence_at(min(after + 1, len(text) - 1))
        if (
            following.start_char >= after
            and (verbs := verbs_outside(text, following))
            and verbs[0].i - following.start < 4
        ):
            return verbs[0]
    sentence = first
    for _ in range(_SENTENCES_BACK):
        if sentence.start == 0:
            return None
        previous = document.sentence_at(sentence.start_char - 1)
        if previous.start == sentence.start or _new_paragraph(text, previous, sentence):
            return None
        if verbs := verbs_outside(text, previous):
            return verbs[-1]
        sentence = previous
    return None


def _new_paragraph(text: str, previous: TokenSpan, sentence: TokenSpan) -> bool:
    gap = text[previous.start_char : sentence.start_char + 1]
    return "\n\n" in gap.replace(" ", "") and not previous.text.rstrip().endswith(":")


def verbs_outside(text: str, sentence: TokenSpan) -> list[Token]:
    """The reporting verbs of a sentence that stand outside quotation marks and have a subject."""
    return [
        token
        for token in sentence
        if (use_of(token) in ("speech", "record") or _makes_statement(token))
        and not quotation_at(text, token.idx)
        and (subject := reporter_of(token)) is not None
        and not quotation_at(text, subject.idx)
    ]


def _makes_statement(verb: Token) -> bool:
    """Whether a verb with its object speaks: "made the following announcement"."""
    if verb.pos_ != "VERB" or verb.lemma_ not in _MAKING:
        return False
    return any(child.dep_ == "dobj" and child.lemma_ in _STATEMENTS for child in verb.rights)


def _distance(verb: Token, quotation: Quotation) -> int:
    at = int(verb.idx)
    return min(abs(at - quotation.start_char), abs(at - quotation.end_char))
