"""Whose age stands in apposition: "Ada Bell, 39, left", "Ada Bell of Kent, now 39"."""

from __future__ import annotations

from kb.extract.claims.amounts import AmountClause
from kb.extract.claims.phrases import joined, limited

_NOW = frozenset(["now", "then", "aged", "only", "just"])


def person_aged(clause: AmountClause, start_char: int) -> str | None:
    """The person right before the age that begins at `start_char` at the clause's node, or None."""
    before = [token for token in clause.node.sent if token.idx < start_char]
    if before and before[-1].lower_ in _NOW:
        before.pop()
    if before and before[-1].pos_ == "PROPN" and clause.reading.document.text[start_char:].startswith("aged"):
        return clause.name_of_person(before[-1]) or before[-1].text  # "Bell aged 41"
    if len(before) < 2 or before[-1].text not in (",", "(") or before[-2].pos_ != "PROPN":
        return None
    named = before[-2]
    if named.i in clause.reading.timed:
        return None  # "On Friday, 28-year-old Ada Bell"
    found = clause.reading.mentions.at(named)
    if found is not None and found[1].kind == "place":
        return next(filter(None, map(clause.name_of_person, named.ancestors)), None)
    without = clause.without | {clause.node.i}
    return joined(limited(clause.reading, named, without, clause.place))
