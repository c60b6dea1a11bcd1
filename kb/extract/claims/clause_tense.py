"""Whether a clause speaks of the present, by its tense."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.extract.attribution.reporting import use_of
from kb.extract.claims.governing import verb_above

if TYPE_CHECKING:
    from spacy.tokens import Token

_POSSIBLE = frozenset(["can", "could", "may", "might"])  # what may be, may be so now
_PRESENT_TAGS = ("VBP", "VBZ")
_LONGEST_CLIMB = 40


def is_present(anchor: Token) -> bool:
    """Whether the clause speaks of the present, by the tense of the verb that carries one."""
    verb = verb_above(anchor)
    for _ in range(_LONGEST_CLIMB):
        if verb is None:
            return False
        finite = _finite(verb)
        if finite is not None:
            possible = finite.lower_ in _POSSIBLE and not any(c.lower_ == "have" for c in verb.children)
            return finite.tag_ in _PRESENT_TAGS or possible
        verb = verb_above(verb)
    return False


def is_told_state(anchor: Token) -> bool:
    """Whether a past tense only follows that of "said": "said that 50 were still in prison", "had fled"."""
    verb = verb_above(anchor)
    finite = _finite(verb) if verb is not None else None
    if verb is None or finite is None:
        return False
    if verb.dep_ != "ccomp" or verb.head.tag_ not in ("VBD", "VBN") or use_of(verb.head) != "speech":
        return False
    if verb.head.i < verb.i and finite.lower_ == "had" and finite.dep_ == "aux":
        return True
    still = any(child.lower_ == "still" for child in verb.children)
    return finite.lower_ in ("was", "were") and (still or verb.tag_ == "VBG")


def _finite(verb: Token) -> Token | None:
    """What carries the tense: the verb or its first auxiliary; None for "to go", "going"."""
    if verb.tag_ in ("VBD", "VBP", "VBZ"):
        return verb
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass") and child.tag_ in ("VBD", "VBP", "VBZ", "MD"):
            return child
    return None
