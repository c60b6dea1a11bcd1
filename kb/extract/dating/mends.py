"""Clauses that the parser hangs together wrongly, mended by the order and the forms of their words.

"Issued a cease and desist order" holds one verb, not two; in "asked that the law be repealed in 2014" the
asking is dated; what "to undo the orders signed since 1995" dates is the signing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_SUBJECTS = frozenset(["nsubj", "nsubjpass", "csubj", "expl"])


def mended(verb: Token, node: Token) -> Token:
    """The verb that the time phrase `node` dates where the parser hangs it on `verb`."""
    if is_attributive(verb):
        return verb.head
    return _demanding(verb) or _participle_since(verb, node) or verb


def is_attributive(verb: Token) -> bool:
    """Whether a bare verb is half of what stands before a noun: "a cease and desist order"."""
    doc, at = verb.doc, verb.i
    if (
        verb.dep_ != "conj"
        or verb.tag_ not in ("VB", "VBP")
        or at < 3
        or doc[at - 1].lower_ not in ("and", "or")
    ):
        return False
    first = doc[at - 2]
    bare = not any(child.dep_ in _SUBJECTS or child.dep_ == "aux" for child in verb.children)
    past = verb.head.tag_ in ("VBD", "VBZ", "VBN", "VBG")  # of which a bare verb is no second one
    return (
        bare and past and first.head.i == verb.head.i and any(child.pos_ == "DET" for child in first.children)
    )


def _demanding(verb: Token) -> Token | None:
    """The verb that governs a subjunctive: "asked that the law be repealed"."""
    helping = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    subject = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
    if subject is None or [child.lower_ for child in helping] != ["be"]:
        return None
    if verb.dep_ == "ccomp" and verb.head.pos_ == "VERB":
        return verb.head
    taken = (child for child in subject.children if child.dep_ == "amod" and child.tag_ in ("VBD", "VBN"))
    return next((child for child in taken if any(below.dep_ in _SUBJECTS for below in child.children)), None)


def _participle_since(verb: Token, node: Token) -> Token | None:
    """The participle before "since" under an infinitive: "to undo the orders signed since 1995"."""
    if node.lower_ != "since" or verb.tag_ != "VB" or verb.i > node.i:
        return None
    if not any(child.lower_ == "to" for child in verb.children if child.dep_ == "aux"):
        return None
    between = verb.doc[verb.i + 1 : node.left_edge.i]
    inner = [token for token in between if token.dep_ in ("acl", "relcl") and token.tag_ in ("VBN", "VBD")]
    return inner[-1] if inner else None


def head_of_time(span: TokenSpan) -> Token:
    """The word of a time expression by which it hangs in the sentence.

    In "in May, 2018" it is the month after the preposition, whatever the parser makes of the year.
    """
    root, first = span.root, span[0]
    torn = root.i > first.i and root.head.i >= span.end
    return first if torn and first.dep_ == "pobj" and first.head.i == span.start - 1 else root
