"""What a clause says of one of its parts, in the clause's own words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kb.extract.phrases import Reading, joined, limited
from kb.lexicon import read_table
from kb.model.values import Reference

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass")
_COMPLEMENTS = ("acomp", "oprd", "prt", "xcomp")
_EMPTY_VERBS = frozenset(["be", "have", "include", "do", "get", "see", "contain", "comprise"])


@cache
def _change_verbs() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("change_verbs"))


def verb_above(node: Token) -> Token | None:
    """The verb that governs the word, through prepositions and nouns, or None in a headline or a list."""
    for _ in range(12):
        if node.head.i == node.i:
            return None
        node = node.head
        if node.pos_ in ("VERB", "AUX"):
            return node
    return None


def subject_of(verb: Token) -> Token | None:
    """The verb's subject; a relative pronoun's noun; for a joined or a reduced clause that of its head."""
    for _ in range(6):
        for child in verb.children:
            if child.dep_ in _SUBJECTS:
                relative = child.lower_ in ("who", "which", "that") and verb.dep_ == "relcl"
                return verb.head if relative else child
        if verb.dep_ == "acl":
            return verb.head
        if verb.dep_ not in ("conj", "advcl", "xcomp", "pcomp") or verb.head.i == verb.i:
            return None
        verb = verb.head.head if verb.dep_ == "pcomp" else verb.head
        if verb.pos_ not in ("VERB", "AUX"):
            return None
    return None


def object_of(verb: Token) -> Token | None:
    """The verb's direct object, or None."""
    return next((child for child in verb.children if child.dep_ in ("dobj", "obj")), None)


def clause_words(
    reading: Reading, node: Token, without: frozenset[int], place: Reference | None
) -> tuple[str, str | None]:
    """What the clause says of the noun `node`, to stand after it ("the party gained"), and its subject."""
    verb = node.head
    if node.head.i == node.i or verb.pos_ not in ("VERB", "AUX"):
        return "", None
    rest = without | {token.i for token in node.subtree}
    if node.dep_ in _SUBJECTS:
        return _predicate(reading, verb, rest, place), None
    subject = subject_of(verb)
    owner = _noun(reading, subject, rest, place)
    if node.dep_ in ("dobj", "obj", "dative", "oprd"):
        if verb.lemma_ in _EMPTY_VERBS:
            return (f"of {owner}" if owner else ""), owner
        return " ".join(filter(None, [owner, _verb(verb), _adjuncts(reading, verb, rest, place)])), owner
    if node.dep_ == "attr":
        expletive = any(child.dep_ == "expl" for child in verb.children)
        return (_adjuncts(reading, verb, rest, place), None) if expletive else (owner or "", owner)
    return "", None


def _noun(
    reading: Reading, head: Token | None, without: frozenset[int], place: Reference | None
) -> str | None:
    if head is None or head.pos_ == "PRON" or head.i in without:
        return None
    return joined(limited(reading, head, without, place)) or None


def _verb(verb: Token) -> str:
    """The verb with its particle."""
    return joined([verb, *(child for child in verb.children if child.dep_ == "prt")])


def _predicate(reading: Reading, verb: Token, without: frozenset[int], place: Reference | None) -> str:
    """What is said of a subject: a participle after a passive, else "that" and the verb with its object."""
    if verb.lemma_ == "be":
        complement = next((child for child in verb.children if child.dep_ in ("acomp", "attr", "oprd")), None)
        if complement is not None:
            return joined(limited(reading, complement, without, place))
        return _adjuncts(reading, verb, without, place)
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    adjective = next((child for child in verb.children if child.dep_ in ("acomp", "oprd")), None)
    if adjective is not None and verb.lemma_ not in _change_verbs():
        parts = [_verb(verb), joined(limited(reading, adjective, without, place))]
    else:
        target = object_of(verb)
        parts = [_verb(verb), _noun(reading, target, without, place) or ""]
    said = " ".join(filter(None, [*parts, _adjuncts(reading, verb, without, place)]))
    return said if passive else f"that {said}"


def _adjuncts(reading: Reading, verb: Token, without: frozenset[int], place: Reference | None) -> str:
    """The verb's first prepositional phrase that is no time, no place and no source."""
    for child in verb.rights:
        if (
            child.dep_ in ("prep", "agent")
            and child.i not in without
            and child.lower_ not in ("according", "as")
        ):
            words = limited(reading, child, without, place)
            if len(words) > 1 and not (place and place.span and place.span.words in joined(words)):
                return joined(words)
    return ""


def part_words(
    reading: Reading, node: Token, without: frozenset[int], place: Reference | None
) -> tuple[str, str | None]:
    """What takes the value that stands at `node` in its clause: "the toll rose to 31": the toll."""
    verb = verb_above(node)
    if verb is None:
        root = node.head if node.head.i != node.i else node
        return (joined(limited(reading, root, without, place)) if root.i != node.i else ""), None
    subject, target = subject_of(verb), object_of(verb)
    owner = _noun(reading, subject, without, place)
    if verb.lemma_ in _change_verbs() or verb.lemma_ == "be":
        if target is not None and target.i != node.i and (words := _noun(reading, target, without, place)):
            return words, owner
        return owner or "", None
    thing = _noun(reading, target, without, place) if target is not None and target.i != node.i else None
    parts = [owner, _verb(verb), thing, _adjuncts(reading, verb, without, place)]
    return " ".join(filter(None, parts)), owner
