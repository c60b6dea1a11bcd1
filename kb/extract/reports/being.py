"""What "be" dates: happenings that are there, offices and states with a beginning or an end, what is due."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kb.extract.dating.attachment import child_of
from kb.extract.dating.happenings import is_happening
from kb.lexicon import read_words
from kb.model.values import Time

if TYPE_CHECKING:
    from spacy.tokens import Token

_STATE_PREPOSITIONS = frozenset(["in", "on", "under", "at", "out"])


def dated_by_being(verb: Token, time: Time) -> Iterator[Token]:
    """What "be" dates: the happening that is there or is called something, else a state ("in force").

    Being something is dated where the text tells its beginning or end: "has been mayor since 1998".
    """
    complement = child_of(verb, "acomp")
    if complement is not None and complement.lower_ in ("due", "expected", "scheduled", "planned"):
        inner = child_of(complement, "xcomp")
        yield complement if inner is None else inner
        return
    measured = child_of(verb, "npadvmod") is not None  # "the storm was 90 miles off the coast"
    for noun in (child_of(verb, "attr"), None if measured else child_of(verb, "nsubj")):
        if noun is not None and is_happening(noun):
            yield noun
            return
    if complement is not None:
        inner = child_of(complement, "xcomp")
        if inner is not None and inner.pos_ == "VERB":
            yield inner
        elif _begins(verb, time):
            yield complement
        return
    role = child_of(verb, "attr") or _role_as_adverb(verb)
    if role is not None and role.lemma_.lower() in read_words("parts_of_happenings"):
        below = (*role.children, *verb.children)
        of = [
            child_of(child, "pobj")
            for child in below
            if child.lower_ in ("of", "in", "to") and child.i > role.i
        ]
        if target := next((noun for noun in of if noun is not None and is_happening(noun)), None):
            yield target  # "was the target of an attack"
            return
    if role is not None and _is_role(role) and "/" in ((time.interval and time.interval.date) or ""):
        if child_of(verb, "expl") is None:
            yield role
        return
    yield from _state(verb, lasting="/" in ((time.interval and time.interval.date) or ""))


def _is_role(word: Token) -> bool:
    return word.pos_ == "NOUN" or (word.pos_ == "PROPN" and word.text in read_words("titles", type="office"))


def _begins(verb: Token, time: Time) -> bool:
    """Whether a state begins with the time: "set to be ready in May", "has been full since May"."""
    due = verb.dep_ == "xcomp" and verb.head.lemma_.lower() in (*read_words("planning_verbs"), "expect")
    return due or ((time.interval and time.interval.date) or "").endswith("/..")


def _role_as_adverb(verb: Token) -> Token | None:
    """The noun that the parser takes for an adverb: "has been home to protests"."""
    after = child_of(verb, "advmod")
    return after if after is not None and after.lower_ == "home" else None


def _state(verb: Token, *, lasting: bool) -> Iterator[Token]:
    """The preposition of a state that "be" is in: "in force", and "behind bars" where it lasts."""
    for preposition in verb.children:
        noun = child_of(preposition, "pobj") if preposition.dep_ == "prep" else None
        if (
            noun is None
            or noun.i != preposition.i + 1
            or noun.pos_ != "NOUN"
            or child_of(noun, "det", "poss")
        ):
            continue
        if lasting or (preposition.lower_ in _STATE_PREPOSITIONS and noun.tag_ == "NN"):
            yield preposition
            return
