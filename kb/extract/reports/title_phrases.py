"""The words of a noun's phrase that a title keeps: no relative clause, no apposition, no time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from spacy.tokens import Token

_DROPPED = frozenset(["relcl", "advcl", "appos", "parataxis", "punct", "mark", "intj", "meta", "preconj"])
_CONJUNCTIONS = frozenset(["after", "before", "since", "until"])


def is_timed(preposition: Token, timed: Collection[int]) -> bool:
    """Whether the preposition leads to a time ("on Monday", "as of Monday") or to a source."""
    inside = [child for child in preposition.children if child.dep_ in ("pobj", "prep", "pcomp")]
    if preposition.lower_ == "according":
        return True
    return any(token.i in timed or (token.dep_ == "prep" and is_timed(token, timed)) for token in inside)


def _ends_in_time(participle: Token, timed: Collection[int]) -> bool:
    """Whether nothing but a time follows the participle: "an order dated Monday"."""
    return participle.tag_ == "VBN" and all(
        token.i in timed for token in participle.subtree if token.i > participle.i
    )


def torn(preposition: Token) -> bool:
    """Whether the parser took a clause for a noun: "after one of the girls fled"."""
    nouns = (child for child in preposition.children if child.dep_ == "pobj")
    clauses = (child for noun in nouns for child in noun.subtree if child.dep_ in ("relcl", "acl"))
    return preposition.lower_ in _CONJUNCTIONS and any(
        clause.tag_ in ("VBD", "VBN") and not any(child.tag_[0] == "W" for child in clause.children)
        for clause in clauses
    )


def keep_noun(head: Token, kept: set[int], timed: Collection[int]) -> None:
    """The phrase of a noun without relative clauses, appositions and times."""
    stack = [head]
    within: set[int] = set()
    while stack:
        token = stack.pop()
        within.add(token.i)
        kept.add(token.i)
        for child in token.children:
            if child.i in timed or (child.dep_ in _DROPPED and child.text != "-"):
                continue
            if child.dep_ == "prep" and is_timed(child, timed):
                continue
            if child.dep_ == "acl" and _ends_in_time(child, timed):
                continue
            if (
                child.i in within
                or child.tag_ == "WP$"
                or (child.dep_ == "acl" and child.doc[child.left_edge.i - 1].is_punct)
            ):
                continue
            stack.append(child)
