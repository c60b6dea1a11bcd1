"""Votes told as two numbers: "voted 66 to 27 to ban bags", "passed by a vote of 230 to 197": on what."""

from __future__ import annotations

import re

from kb.extract.claims.clauses import Clause
from kb.extract.claims.governing import completes, object_of, subject_of, verb_above
from kb.model.values import Quantity

_SECOND = re.compile(r"(?: votes)?[-–\s]+(?:(?:to|against)[-–\s]+)?\d")
_FIRST = re.compile(r"\d(?: votes)?[-–\s]+(?:(?:to|against)[-–\s]+)?$")
_BEFORE = 16  # characters
_PASSING = frozenset(["pass", "approve", "adopt", "ratify", "clear", "back", "endorse", "confirm", "carry"])


def votes_of(quantity: Quantity, clause: Clause) -> str | None:
    """What one number of a pair of votes measures: "votes to ban bags", "votes against the bill".

    None where the quantity is no such number, or nothing tells what was voted on.
    """
    text = clause.reading.document.text
    start, end = quantity.span.start_char, quantity.span.end_char
    first = _SECOND.match(text, end) is not None
    if quantity.unit != "votes" or not (first or _FIRST.search(text, max(0, start - _BEFORE), start)):
        return None
    verb = verb_above(clause.node)
    if verb is None:
        return None
    if verb.lemma_ == "vote":
        infinitive = next(
            (child for child in verb.rights if completes(child, verb) or child.dep_ == "advcl"), None
        )
        if infinitive is None or infinitive.tag_ != "VB":
            return None
        aim = f"to {infinitive.lemma_} {clause.words(object_of(infinitive)) or ''}".rstrip()
        return f"votes {aim}" if first else f"votes against motion {aim}"
    what = clause.words(object_of(verb)) or clause.words(subject_of(verb))
    if verb.lemma_ not in _PASSING or not what or what in ("vote", "votes"):
        return None
    return f"votes {'for' if first else 'against'} {what}"
