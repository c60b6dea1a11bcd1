"""Which figures are parts of another: "20 bodies, eleven women and nine men", "1,376 people, 177 women"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.extract.document import words_in
from kb.model.values import Quantity

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_INCLUDING = frozenset(["including", "among", "comprising"])
_ANAPHORS = frozenset(["whom", "which", "them", "these", "those", "this", "that"])
_TOLERANCE = 0.02  # by which parts may miss their whole: sources round and err
OF_WHOM = re.compile(r"\s*(?:\([^()\n]{1,80}\)\s*)?of (?:whom|which)\b")
_AMONG_THEM = re.compile(r"\b(?:among|of) (?:them|whom|these|those),? $", re.IGNORECASE)
_COMPARED = re.compile(
    r"\b(?:than|from|against|versus|compared (?:with|to)|on) (?:the |its )?$", re.IGNORECASE
)
_NEAR = 16  # characters
_COUNTS = ("count", "bare")
_COUNTED = ("nsubj", "nsubjpass", "dobj", "obj", "attr")  # what a verb can have counted
_LONGEST_CLIMB = 12


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity with the token by which it hangs in the parse, and its sentence."""

    quantity: Quantity
    anchor: Token
    sentence: TokenSpan


def parts_of(counted: Sequence[Counted]) -> list[int | None]:
    """For each of the quantities, which are in order, the position of its whole, or None."""
    found: list[int | None] = [None] * len(counted)
    by_anchor = {item.anchor.i: index for index, item in enumerate(counted)}
    for index, item in enumerate(counted):
        whole = _included_in(item.anchor, by_anchor)
        if whole is None:
            whole = _of_opening(item.anchor, by_anchor)
        if whole is None and _of_anaphor(item):
            whole = _last_whole(counted, index, found)
        if whole is not None and whole < index and _fits(counted[whole], item):
            found[index] = whole
    _sums(counted, found)
    return found


def _fits(whole: Counted, part: Counted) -> bool:
    """Whether the one can be a part of the other: counts, and no larger; a share of a count."""
    if whole.quantity.kind not in _COUNTS or part.quantity.kind not in (*_COUNTS, "percent", "share"):
        return False
    if part.quantity.kind not in _COUNTS:
        return True
    bounds = (part.quantity.low, whole.quantity.high or whole.quantity.low)
    return bounds[0] is None or bounds[1] is None or bounds[0] <= bounds[1]


def _included_in(anchor: Token, by_anchor: dict[int, int]) -> int | None:
    """The whole that "including" or an apposition ties the quantity to."""
    node, tied = anchor, False
    for _ in range(_LONGEST_CLIMB):
        head = node.head
        if head.i == node.i:
            return None
        tied = tied or (node.dep_ == "prep" and node.lower_ in _INCLUDING)
        if tied and head.i in by_anchor:
            return by_anchor[head.i]
        if tied and (counted := _counted_of(head, by_anchor)) is not None:
            return counted
        if node.lower_ in _INCLUDING and head.pos_ in ("VERB", "AUX"):
            return _counted_with(head, node, by_anchor)
        if node.dep_ not in ("pobj", "conj", "prep", "nmod", "appos"):
            return None
        node = head
    return None


def _counted_of(noun: Token, by_anchor: dict[int, int]) -> int | None:
    """The count that a noun is of: "the deaths of 70 people, including 12 women"."""
    of = (inside for child in noun.rights if child.lower_ == "of" for inside in child.rights)
    return next((by_anchor[inside.i] for inside in of if inside.i in by_anchor), None)


def _counted_with(verb: Token, including: Token, by_anchor: dict[int, int]) -> int | None:
    """The count nearest before that a verb has: "40 people were killed on Monday, including 12 children"."""
    counted = [child for child in verb.children if child.dep_ in _COUNTED and child.i < including.i]
    return next((by_anchor[child.i] for child in reversed(counted) if child.i in by_anchor), None)


def _of_opening(anchor: Token, by_anchor: dict[int, int]) -> int | None:
    """The whole that a sentence opens with: "of the 90 inmates, 12 are women"."""
    verb = anchor.head
    if verb.pos_ not in ("VERB", "AUX") or anchor.dep_ not in ("nsubj", "nsubjpass"):
        return None
    for child in verb.lefts:
        if child.dep_ == "prep" and child.lower_ in ("of", "among"):
            return next((by_anchor[inside.i] for inside in child.children if inside.i in by_anchor), None)
    return None


def _of_anaphor(item: Counted) -> bool:
    """Whether the quantity is said "of whom", "of these", "out of them"."""
    if _of_whom(item) or _is_among_them(item):
        return True
    for child in item.anchor.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "among"):
            return any(
                inside.lower_ in _ANAPHORS and not any(c.dep_ in ("relcl", "acl") for c in inside.children)
                for inside in child.children
            )
    opening = [token.lower_ for token in item.sentence[:4]]
    return opening[:1] in (["of"], ["out"], ["among"]) and any(word in _ANAPHORS for word in opening)


def _is_among_them(item: Counted) -> bool:
    """Whether "among them" stands right before, wherever the parser hung it."""
    start, sentence = item.quantity.span.start_char, item.sentence
    return _AMONG_THEM.search(words_in(sentence, start - _NEAR, start)) is not None


def _of_whom(item: Counted) -> bool:
    """Whether "of whom" follows, also after a bracket: "1,374 (168 of them women) of whom are held"."""
    sentence, end = item.sentence, item.quantity.span.end_char
    return bool(OF_WHOM.match(words_in(sentence, end, sentence.end_char)))


def _last_whole(counted: Sequence[Counted], index: int, found: list[int | None]) -> int | None:
    """The last count before that is no part itself."""
    for before in range(index - 1, max(-1, index - 6), -1):
        whole = counted[before]
        if found[before] is None and whole.quantity.kind == "count" and not _is_compared(whole):
            return before
    return None


def _is_compared(item: Counted) -> bool:
    """Whether a count is only what another is compared with: "an increase on the 975 of 2024"."""
    start = item.quantity.span.start_char
    lead = words_in(item.sentence, start - _NEAR, start)
    return item.quantity.level == "before" or _COMPARED.search(lead) is not None


def _sums(counted: Sequence[Counted], found: list[int | None]) -> None:
    """Coordinated counts that add up to the count before them, in the same sentence, are its parts."""
    for index, item in enumerate(counted):
        total = item.quantity.low
        if item.quantity.kind != "count" or not total or found[index] is not None:
            continue
        parts: list[int] = []
        for after in range(index + 1, min(index + 8, len(counted))):
            part = counted[after]
            same = part.sentence.start == item.sentence.start
            if (
                not same
                or part.quantity.kind != "count"
                or part.quantity.low is None
                or found[after] is not None
            ):
                break
            parts.append(after)
            added = sum(counted[position].quantity.low or 0 for position in parts)
            if len(parts) > 1 and abs(added - total) <= _TOLERANCE * total:
                for position in parts:
                    found[position] = index
                break
