"""What the clause around a happening does to its reality: a condition takes it, a definite noun keeps it.

"If the talks fail, troops will leave in May" plans nothing. "They did not accept the result of the 2020
election" denies no election: who speaks of the election of a year takes it for granted. "The vote was not
held in 2020" does deny it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kb.extract.reports.titles import clause_of
from kb.lexicon import read_words

if TYPE_CHECKING:
    from spacy.tokens import Token

_CONDITIONS = frozenset({"if", "unless", "provided"})
_CONCEDING = frozenset({"even", "as"})  # `even if` supposes nothing of what it leaves as it is
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_FARTHEST = 3  # words between a noun of happening and the verb of its clause


def is_conditional(trigger: Token) -> bool:
    """Whether the happening hangs on a condition of the same sentence."""
    verb = _verb_of(trigger)
    return verb is not None and any(child.dep_ == "advcl" and _supposes(child) for child in verb.children)


def is_taken_for_granted(trigger: Token, timed: frozenset[int]) -> bool:
    """Whether a negated verb says nothing against the happening that is its definite subject or object.

    `timed` are the positions of the words that date something: an object has to have its time itself.
    """
    noun = clause_of(trigger) or trigger
    if noun.pos_ not in ("NOUN", "PROPN") or not _is_definite(noun):
        return False
    verb = _verb_of(noun)
    if verb is None or verb.lemma_.lower() in _lending() or not _is_negated(verb):
        return False
    return noun.dep_ == "nsubj" or any(token.i in timed for token in noun.subtree)


def _supposes(clause: Token) -> bool:
    marks = [child for child in clause.children if child.dep_ in ("mark", "advmod")]
    words = {child.lower_ for child in marks}
    before = {clause.doc[child.i - 1].lower_ for child in marks if child.i > 0}
    return bool(words & _CONDITIONS) and not (words | before) & _CONCEDING


def _verb_of(word: Token) -> Token | None:
    """The verb of the clause in which a word is a subject, an object, or a part of one."""
    for _ in range(_FARTHEST):
        if word.pos_ in ("VERB", "AUX"):
            return word
        if word.head.i == word.i:
            return None
        word = word.head
    return word if word.pos_ in ("VERB", "AUX") else None


def _is_definite(noun: Token) -> bool:
    return any(child.lower_ in _DEFINITE or child.dep_ == "poss" for child in noun.children)


def _is_negated(verb: Token) -> bool:
    return any(child.dep_ == "neg" for child in verb.children)


@cache
def _lending() -> frozenset[str]:
    """Verbs by which a noun of happening happens, so that to negate them is to negate it."""
    lists = ("occurrence_verbs", "support_verbs", "aspectual_verbs", "rescheduling_verbs")
    return frozenset(word for name in lists for word in read_words(name)) | {"be", "come", "take", "see"}
