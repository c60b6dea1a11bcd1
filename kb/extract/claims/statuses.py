"""How final a figure is by its own text: provisional, revised, an estimate, a forecast."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, cast

from kb.extract.attribution.reporting import is_aside, use_of
from kb.lexicon import read_table
from kb.model.values import Status

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONGEST_CLIMB = 40
_OWN_CLAUSES = ("acl", "relcl", "advcl", "pcomp")
_SOURCE_PREPOSITIONS = frozenset(["to", "by", "from", "on"])  # according to a model, based on modelling
_ADJUSTMENTS = frozenset(["seasonally", "inflation", "for"])  # what is no correction of a number


@cache
def _statuses(role: str) -> dict[str, Status]:
    rows = (row for row in read_table("status_words") if row["role"] == role)
    return {row["word"]: cast(Status, row["status"]) for row in rows}


def status_of(anchor: Token) -> Status | None:
    """What the quantity's phrase, its clause or its source says of how final it is.

    A model, a simulation or what is only believed gives an estimate and no count: "modelling by the agency
    suggests that 40,000 fled", "is thought to have killed 12".
    """
    if any(child.dep_ == "relcl" and use_of(child) for child in anchor.children):
        return None  # "twice the 25,000 that the governor spoke of": somebody else's number
    node = anchor
    for _ in range(_LONGEST_CLIMB):
        for token in (node, *node.children, *_before_subjects(node)):
            if found := _by_word(token, node):
                return found
        for clause in (node, *filter(is_aside, node.children)):
            if found := _by_source(clause) or _by_belief(clause):
                return found
        if node.head.i == node.i or node.dep_ in _OWN_CLAUSES:
            return None
        node = node.head
    return None


def _before_subjects(verb: Token) -> Iterator[Token]:
    """What stands before the nouns that the clause is about: "a preliminary count showed"."""
    return (inside for child in verb.children if child.dep_ == "nsubj" for inside in child.lefts)


def _by_word(token: Token, node: Token) -> Status | None:
    clause = token.pos_ in ("VERB", "AUX") and token.i != node.i and token.dep_ != "amod"
    if clause or (token.lower_ == "adjusted" and _is_adjustment(token)):
        return None
    word = token.lemma_.lower() if token.pos_ in ("NOUN", "VERB") else token.lower_
    table = _statuses("")
    return table.get(token.lower_) or table.get(word)


def _is_adjustment(participle: Token) -> bool:
    """Whether a number is cleared of something and not corrected: "seasonally adjusted", "adjusted for"."""
    around = participle.doc[max(0, participle.i - 2) : participle.i + 2]
    return any(token.lower_ in _ADJUSTMENTS for token in around)


def _by_source(node: Token) -> Status | None:
    """An estimate, where who says so is a model: its verb's subject, or what "according to" names."""
    table = _statuses("source")
    for child in node.children:
        source: Token | None = child if child.dep_ == "nsubj" and use_of(node) else None
        if child.dep_ in ("prep", "agent") and child.lower_ in ("according", *_SOURCE_PREPOSITIONS):
            last = next((inside for inside in child.children if inside.dep_ == "prep"), child)
            source = next((inside for inside in last.children if inside.dep_ == "pobj"), None)
            if source is not None and child.lower_ != "according" and not _is_basis(child):
                source = None
        if source is not None and (found := table.get(source.lemma_.lower()) or table.get(source.lower_)):
            return found
    return None


def _is_basis(preposition: Token) -> bool:
    """Whether a preposition names what a statement rests on: "based on modelling", "estimated by a model"."""
    before = preposition.head
    return use_of(before) is not None or before.lemma_.lower() in ("base", "produce", "calculate")


def _by_belief(verb: Token) -> Status | None:
    """An estimate, where something is only taken to be so: "are believed to have died"."""
    passive = verb.tag_ == "VBN" and any(child.dep_ == "auxpass" for child in verb.children)
    return _statuses("belief").get(verb.lemma_.lower()) if passive else None
