"""Which verb governs a word, and what that verb's own parts are: subject, object, particle."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kb.extract.claims.phrases import is_past_share, joined
from kb.lexicon import read_table, read_words

if TYPE_CHECKING:
    from spacy.tokens import Token

VERBS = ("VERB", "AUX")
SUBJECTS = ("nsubj", "nsubjpass")
OBJECTS = ("dobj", "obj")
_PLURAL = ("NNS", "NNPS")
_PUTTING = frozenset(["put", "impose", "place", "levy", "open", "cause", "do", "have"])
_AIMED = frozenset(["for", "to", "on", "against"])
_FOR = frozenset(["for", "after", "of", "with"])
_LONGEST_CLIMB = 12


@cache
def change_verbs(**where: str) -> frozenset[str]:
    """The verbs by which a level comes to a figure; with `direction=""` those of reaching it."""
    return frozenset(
        row["word"] for row in read_table("change_verbs") if all(row[k] == v for k, v in where.items())
    )


def verb_above(node: Token) -> Token | None:
    """The verb that governs the word, through prepositions and nouns, or None in a headline or a list."""
    first = node
    for _ in range(_LONGEST_CLIMB):
        if node.head.i == node.i:
            return None
        node = node.head
        if node.pos_ in VERBS and node.dep_ != "prep" and not is_of_some(first, node):
            return node  # "including" and "following" govern as prepositions
    return None


def is_of_some(node: Token, verb: Token) -> bool:
    """Whether a verb tells of some of those only, not of all: "90 boats, 12 of which sank"."""
    depth = numbers = 0
    for token in node.doc[node.i + 1 : verb.i]:
        depth += (token.text == "(") - (token.text == ")")
        numbers += int(token.like_num and depth == 0)  # "12 (3 of them new) of which" are those 12
        if token.lower_ == "of" and token.nbor().lower_ in ("whom", "which"):
            return numbers > 0
    return False


def subject_of(verb: Token) -> Token | None:
    """The verb's subject; a relative pronoun's noun; for a joined or a reduced clause that of its head."""
    for _ in range(_LONGEST_CLIMB):
        for child in verb.children:
            if child.dep_ in SUBJECTS and not _is_before_semicolon(child, verb):
                relative = child.lower_ in ("who", "which", "that") and verb.dep_ == "relcl"
                return _of_relative(verb, child) if relative else child
        if verb.dep_ == "acl":
            above = verb_above(verb.head.head.head) if is_past_share(verb) else None
            return subject_of(above) if above is not None else verb.head
        if nearest := _participle_of(verb) or _taken_for_object(verb):
            return nearest
        if verb.dep_ not in ("conj", "advcl", "xcomp", "pcomp") or verb.head.i == verb.i:
            return None
        done = verb.dep_ == "pcomp" and verb.head.lower_ in _FOR
        verb = verb.head.head if verb.dep_ == "pcomp" else verb.head
        if verb.pos_ not in VERBS:
            return None
        blamed = done and {verb.lemma_.lower(), verb.lower_} & read_words("dimensions", role="blame")
        if blamed and (whom := object_of(verb)):
            return whom  # "jailed a broker for selling 40 visas"
    return None


def _is_before_semicolon(subject: Token, verb: Token) -> bool:
    """Whether the parser gave a verb the subject of the clause before: "lists fare; parties must win"."""
    between = subject.doc[subject.i + 1 : verb.i]
    return any(token.text == ";" and token.head.i == verb.i for token in between)


def _of_relative(verb: Token, pronoun: Token) -> Token:
    """What a relative clause tells of; "who" goes past the place that it was hung on: "Bell of Kent, who"."""
    node = verb.head
    if pronoun.lower_ != "who" or node.ent_type_ not in ("GPE", "LOC", "FAC"):
        return node
    for _ in range(_LONGEST_CLIMB):
        if node.head.i == node.i or node.head.pos_ in VERBS:
            break
        node = node.head
    return node if node.pos_ in ("NOUN", "PROPN") else verb.head


def _participle_of(verb: Token) -> Token | None:
    """The noun right before the comma before a participle: "a storm, estimated to have done damage"."""
    if verb.dep_ != "advcl" or verb.tag_ not in ("VBN", "VBD") or verb.left_edge.i < 2:
        return None
    before = verb.left_edge.i - 1
    if verb.doc[before].text != "," or verb.doc[before - 1].pos_ not in ("NOUN", "PROPN"):
        return None
    return verb.doc[before - 1]


def _taken_for_object(verb: Token) -> Token | None:
    """The subject that was taken for the object of "said": "the agency said winds were near 180 mph"."""
    if verb.dep_ != "ccomp" or verb.i < 1 or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    before = next((child for child in verb.head.children if child.dep_ in OBJECTS), None)
    return before if before is not None and before.right_edge.i + 1 == verb.left_edge.i else None


def object_of(verb: Token) -> Token | None:
    """The verb's direct object, or None."""
    return next((child for child in verb.children if child.dep_ in OBJECTS), None)


def aimed_from(noun: Token) -> Token | None:
    """The object before "on" or "against", wherever the parser hung that: "put sanctions on 40 officials"."""
    preposition, verb = noun.head, noun.head.head
    if noun.dep_ != "pobj" or preposition.lower_ not in ("on", "against") or verb.pos_ not in VERBS:
        return None
    before = object_of(verb)
    return before if before is not None and before.i + 1 == preposition.i and before.pos_ == "NOUN" else None


def is_aimed(preposition: Token, noun: Token) -> bool:
    """Whether a noun with a preposition tells what those counted got: "damage to 60 cars"; no rise on 60."""
    trend = noun.lemma_.lower() in read_words("trends", pos="noun")
    return preposition.lower_ in _AIMED and noun.pos_ == "NOUN" and not trend


def is_lent(noun: Token) -> bool:
    """Whether the verb above the noun says no more than the noun: "carried out attacks", "put sanctions"."""
    verb = noun.head
    if noun.dep_ not in OBJECTS or verb.pos_ not in VERBS:
        return True
    particles = [child.lower_ for child in verb.children if child.dep_ == "prt"]
    return " ".join([verb.lemma_, *particles]) in read_words("support_verbs") | _PUTTING


def says_what(subject: Token) -> bool:
    """Whether the clause only says what its subject is: "three are Poles"."""
    verb = subject.head
    named = any(child.dep_ == "attr" and child.tag_ in _PLURAL for child in verb.children)
    return subject.dep_ == "nsubj" and verb.lemma_ == "be" and named


def with_particles(verb: Token) -> str:
    """The verb with its negation and its particle."""
    parts = [child for child in verb.children if child.dep_ == "prt" or child.lower_ == "not"]
    return joined(sorted([verb, *parts], key=lambda token: token.i))


def only_reports(verb: Token) -> bool:
    """Whether the verb only tells who gives the figure."""
    return verb.lemma_.lower() in read_words("reporting_verbs", use="record")


def completes(child: Token, verb: Token) -> bool:
    """Whether an infinitive completes the verb: "tried to leave", "are needed to win"."""
    purpose = child.dep_ == "advcl" and verb.tag_ == "VBN" and child.left_edge.i == verb.i + 1
    return (child.dep_ == "xcomp" or purpose) and has_to(child)


def has_to(verb: Token) -> bool:
    """Whether the verb is an infinitive with "to"."""
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def is_lost(node: Token) -> bool:
    """Whether a sum is what somebody loses or gains, and no level: "the firm lost $5 million"."""
    return node.dep_ == "dobj" and node.head.lemma_.lower() in read_words("trends", moves="counts")


def is_of_be(node: Token) -> bool:
    """Whether the verb above is "be"."""
    verb = verb_above(node)
    return verb is not None and verb.lemma_ == "be"


def stands_at_be(node: Token) -> bool:
    """Whether the verb above only says what something is: "winds were near 180 mph"."""
    verb = verb_above(node)
    if verb is None or not is_of_be(node):
        return False
    return not any(child.dep_ == "attr" and not child.is_ancestor(node) for child in verb.children)
