"""Whom a pronoun stands for, where that is safe to tell.

A personal pronoun is taken for the subject of its own sentence's earlier part, else for the subject of
the sentence before, else for the only person named there. What remains in doubt is None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.extract.document import Document
from kb.extract.entities.mentions import Mentions, reference
from kb.lexicon import read_words
from kb.model.values import EntityKind, Reference

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_PERSONAL = frozenset(["he", "she", "him", "her", "his", "hers"])
_NEUTER = frozenset(["it", "its", "they", "them", "their", "theirs", "we", "our"])
_SENTENCES_BACK = 3
_SUBJECT_DEPS = ("nsubj", "nsubjpass")
_PLURAL = ("NNS", "NNPS")
_SUBJECTS = ("nsubj", "nsubjpass", "agent")


def antecedent(document: Document, pronoun: Token, mentions: Mentions) -> Reference | None:
    """The name that the pronoun stands for, with the pronoun's own span, or None where it is not safe."""
    kinds: tuple[EntityKind, ...]
    if pronoun.lower_ in _PERSONAL:
        kinds = ("person",)
    elif pronoun.lower_ in _NEUTER:
        kinds = ("organisation",)
    else:
        return None
    end = pronoun.idx
    for _ in range(_SENTENCES_BACK):
        sentence = document.sentence_at(end)
        if found := _named_in(sentence, end, mentions, kinds):
            return Reference(found.name, document.span(pronoun.idx, pronoun.idx + len(pronoun)))
        end = sentence.start_char - 1
        if end < 0:
            break
    return None


def _named_in(
    sentence: TokenSpan, end_char: int, mentions: Mentions, kinds: tuple[EntityKind, ...]
) -> Reference | None:
    """The subject among the names before `end_char`, else the only one."""
    for token in sentence:
        if token.idx >= end_char:
            break
        if token.dep_ in _SUBJECTS or (token.dep_ == "pobj" and token.head.dep_ == "agent"):
            found = mentions.at(token)
            if found and found[1].kind in kinds:
                return reference(found[0])
    named = list(mentions.within(sentence.start_char, end_char, *kinds))
    if named and len({entity.name for _, entity in named}) == 1:
        return reference(named[-1][0])
    return None


def subject_before(pronoun: Token) -> Token | None:
    """The subject that a pronoun goes back to: the nearest before it in its sentence, or that of the last."""
    if pronoun.lower_ not in ("it", "they", "he", "she"):
        return None
    sentence = pronoun.sent
    start = sentence.start
    for _ in range(2):
        before = [
            token
            for token in pronoun.doc[start : pronoun.i]
            if token.dep_ in _SUBJECT_DEPS
            and token.pos_ in ("NOUN", "PROPN")
            and (token.tag_ in _PLURAL) == (pronoun.lower_ == "they")
            and _may_be(token, pronoun)
        ]
        if before:
            return before[-1] if start == sentence.start else before[0]
        if start == 0:
            return None
        start = pronoun.doc[start - 1].sent.start
    return None


def _may_be(subject: Token, pronoun: Token) -> bool:
    """Whether the pronoun may stand for the subject: "he" and "she" for no thing."""
    if pronoun.lower_ not in ("he", "she"):
        return True
    if subject.pos_ == "PROPN":
        return not any(token.text.isupper() and len(token) > 2 for token in subject.subtree)  # NBC News
    role = subject.lemma_.lower() in read_words("sources", kind="role")
    return role or subject.lower_ in read_words("people_nouns")
