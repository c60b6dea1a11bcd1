"""Numbers that go on with the figure beside them and leave its unit out: compared, listed, part of it."""

from __future__ import annotations

import re

from kb.extract.document import Document
from kb.extract.quantities.carried import is_in_brackets, is_where
from kb.model.values import Quantity

_COMPARED = re.compile(
    r"\b(?:up|down|compared (?:with|to)|against|versus|than|from|rather than|instead of) (?:from )?(?:the )?$"
)
_OF_WHICH = re.compile(r"[^.;:]{0,40}\b(?:of|from) which (?:only |just )?")
_PARALLEL = re.compile(
    r"[,;]? (?:while|whereas|and|but) [^.;:,0-9]{1,60} (?P<lead>is|was|are|were|costs?|at) "
)
_LISTED = re.compile(r" (?P<lead>in|for|on|at|from) [^.;:,0-9]{1,40}(?:,|,? and) ")
_PLACED = re.compile(r" (?P<lead>in|for|on|at|from) ")
_SHARES = ("percent", "share", "times", "duration")
_MILLIONS = frozenset({"million", "billion", "trillion", "mln", "bln"})
_ADDED = re.compile(r",?\s*(?:and|or)(?: as)?\s*")
_MULTIPLE = re.compile(
    r"\b(?:twice|thrice|double|triple|quadruple|half|times)\s+"
    r"(?:the|(?:as (?:many|much|high) as|that of)(?: the)?)\s+$"
)


def compared(document: Document, quantity: Quantity, before: list[Quantity]) -> Quantity | None:
    """The figure that a bare number is compared with: "6 hectares (15 acres), up from 2.5"."""
    lead = document.text[max(0, quantity.span.start_char - 18) : quantity.span.start_char].lower()
    if not _COMPARED.search(lead):
        return None
    sentence = document.sentence_at(quantity.number.start_char)
    if before and before[-1].kind == "duration" and lead.endswith(("rather than ", "instead of ")):
        return before[-1]  # 75 days rather than 30
    inside = [earlier for earlier in before if earlier.span.start_char >= sentence.start_char]
    levels = [earlier for earlier in inside if earlier.relation == "value" or earlier.kind != "percent"]
    for earlier in reversed(levels or inside):  # "5,100 cases, 20 % fewer than the 6,375 of May"
        placed = earlier.kind == "count" and is_where(document, earlier)
        aside = placed or is_in_brackets(document, earlier)
        if not aside and earlier.kind not in ("bare", "duration", "age", "share"):
            return earlier
    return None


def multiplied(document: Document, quantity: Quantity, before: list[Quantity]) -> Quantity | None:
    """The figure that is told to be a multiple of this one: "48,000, nearly twice the 25,000 that"."""
    start = document.sentence_at(quantity.number.start_char).start_char
    lead = document.text[max(start, quantity.span.start_char - 40) : quantity.span.start_char]
    if _MULTIPLE.search(lead) is None:
        return None
    inside = (other for other in reversed(before) if other.span.start_char >= start)
    return next((other for other in inside if other.kind not in ("bare", "times")), None)


def is_added(document: Document, quantity: Quantity, before: Quantity) -> bool:
    """Whether a bound goes on with the measure before it: "as much as 40 hectares and as little as two"."""
    between = document.text[before.span.end_char : quantity.span.start_char]
    bounded = quantity.comparator not in ("=", "~") and before.comparator not in ("=", "~")
    return bounded and before.kind not in ("bare", "age") and _ADDED.fullmatch(between) is not None


def is_listed(document: Document, quantity: Quantity, before: Quantity) -> bool:
    """Whether a list goes on without its unit: "2.4 % in Spain and 1.1 in Italy"."""
    if before.kind not in ("measurement", "money", "percent"):
        return False
    text = document.text
    between = text[before.span.end_char : quantity.span.start_char]
    after = text[quantity.span.end_char : quantity.span.end_char + 8]
    first, second = _LISTED.fullmatch(between), _PLACED.match(after)
    return first is not None and second is not None and first["lead"] == second["lead"]


def is_parallel(document: Document, quantity: Quantity, before: Quantity) -> bool:
    """Whether two clauses tell the same of two things: "one bid is 12 euros, while the other is 8"."""
    text, start = document.text, quantity.span.start_char
    if before.kind not in ("measurement", "money", "percent") or before.noun is None:
        return False
    between = text[before.span.end_char : start]
    link = _PARALLEL.fullmatch(between)
    lead = text[max(0, before.span.start_char - 6) : before.span.start_char].split()
    return link is not None and bool(lead) and lead[-1] == link["lead"]


def is_part_of_measure(document: Document, quantity: Quantity, before: Quantity) -> bool:
    """Whether the number is a part of the measure before it: "12 km, of which 4 are paved"."""
    between = document.text[before.span.end_char : quantity.span.start_char]
    return before.kind in ("measurement", "money") and _OF_WHICH.fullmatch(between) is not None


def sum_beside(document: Document, quantity: Quantity, before: list[Quantity]) -> Quantity | None:
    """The sum in whose currency millions alone are told: "1.2 billion euros, missing the 1.4 billion"."""
    words = quantity.number.words.split()
    if quantity.noun is not None or words[-1].lower() not in _MILLIONS:
        return None
    start = document.sentence_at(quantity.number.start_char).start_char
    inside = (other for other in reversed(before) if other.span.start_char >= start)
    last = next((other for other in inside if other.kind not in _SHARES), None)
    if last is None or last.kind != "money" or is_in_brackets(document, last):
        return None  # after "2 billion shekels ($590 million)" either may be meant
    return last
