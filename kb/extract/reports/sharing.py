"""Happenings dated through another one of the same clause: "with Sunday's vote the council ended the strike".

A verb without a time of its own has that of the dated happening that it stands with: the time itself
("killed in the 2014 attack", "Monday's quake damaged 40 houses"), or one side of it ("jailed after the
2020 protests").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kb.dates.edtf import interval_of
from kb.extract.dating.happenings import happening_words, kind_of_words
from kb.extract.dating.timing import VERBS
from kb.lexicon import read_words
from kb.model.values import Interval

if TYPE_CHECKING:
    from spacy.tokens import Token

_DURING = frozenset(["in", "during", "at", "amid"])
_SINCE = frozenset(["since", "after", "following"])
_UNTIL = frozenset(["until", "till", "before"])
_AFTERMATH = frozenset(["wake", "aftermath"])
_EVE = frozenset(["eve", "run", "runup", "lead", "leadup"])
# Happenings whose effects come at once: a verb that they are the subject of happens on their day.
_LINKING = frozenset(["result", "lead", "mean", "prompt", "raise"])
_SUDDEN = frozenset(["disaster", "accident", "attack"])


def without_bound(interval: Interval) -> Interval:
    """The interval of the bare time: 2020 for `2020/..` and `../2020`."""
    date = interval.date or ""
    if date.startswith("../") or date.endswith("/.."):
        return interval_of(date.removeprefix("../").removesuffix("/.."), interval.basis)
    return interval


def lasting(interval: Interval) -> Interval:
    """The interval of what lasts until this one: `../2020-05-01` for the day."""
    last = (interval.date or "").rpartition("/")[2]
    return interval_of(f"../{last}", interval.basis) if last not in ("", "..") else interval


def sharing(token: Token, interval: Interval) -> Iterator[tuple[Token, Interval]]:
    """The verbs that share the interval of the happening `token` names, each with its own interval."""
    if interval.date is None:
        return
    preposition = token.head
    if token.pos_ in VERBS:
        yield from _issued(token, interval)
        yield from _meanwhile(token, interval)
        yield from _when(token, interval)
        yield from ((verb, interval) for verb in _same_object(token))
        passive = any(child.dep_ == "auxpass" for child in token.head.children)
        more = any(child.dep_ in ("nsubj", "nsubjpass") and child.like_num for child in token.lefts)
        if passive and more and token.dep_ == "conj" and _leaves_out(token):
            yield token.head, interval  # "12 were killed and 40 wounded in May"
        since = token.dep_ == "pcomp" and preposition.lower_ == "since" and preposition.head.pos_ == "VERB"
        bound = _bounded(preposition, interval) if since else None
        if bound is not None:
            yield preposition.head, bound  # "since coming to power in 1994, he has changed the law twice"
    elif token.dep_ == "nsubj" and token.head.pos_ == "VERB":
        if _comes_at_once(token, token.head, interval):
            yield token.head, interval
    elif token.dep_ == "pobj" and preposition.i < token.i:
        if preposition.lower_ in ("of", "to") and preposition.head.lemma_.lower() in (*_AFTERMATH, *_EVE):
            preposition = preposition.head.head  # "in the wake of the protests"
        bound = _bounded(preposition, interval) if preposition.head.pos_ == "VERB" else None
        if bound is not None:
            yield preposition.head, bound


def _meanwhile(verb: Token, interval: Interval) -> Iterator[tuple[Token, Interval]]:
    """What happened when something dated did, or since: "20 people died when a ferry sank on Monday"."""
    marks = {child.lower_ for child in verb.children if child.dep_ in ("advmod", "mark")}
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and marks & {"when", "while"}:
        yield from ((main, interval) for main in _main_verb_after(verb))
    if verb.dep_ != "advcl" or verb.head.pos_ != "VERB" or verb.head.i > verb.i:
        return
    start, slash, end = (interval.date or "").partition("/")
    if "while" in marks and verb.doc[verb.left_edge.i - 1].text == ",":
        return  # of two things set side by side the first may have any time
    if marks & {"when", "while"}:
        yield verb.head, interval
        if verb.head.dep_ == "conj" and _leaves_out(verb.head):
            yield verb.head.head, interval
    elif "since" in marks and start not in ("", ".."):
        yield verb.head, interval_of(f"{start}/..", "text")
    elif marks & {"until", "till"} and (last := end if slash else start) not in ("", ".."):
        yield verb.head, interval_of(f"../{last}", "text")


def _when(verb: Token, interval: Interval) -> Iterator[tuple[Token, Interval]]:
    """What happened while something dated was going on: "on Monday he was flying home when he fell ill"."""
    going = verb.tag_ == "VBG" and any(child.lower_ in ("was", "were") for child in verb.children)
    below = (token for token in verb.subtree if token.i > verb.i) if going else ()
    for clause in below:
        marked = any(child.lower_ == "when" for child in clause.children if child.dep_ in ("advmod", "mark"))
        if marked and clause.dep_ == "advcl" and clause.tag_ == "VBD":
            yield clause, interval
            return


def _leaves_out(verb: Token) -> bool:
    """Whether a participle leaves "were" to the verb before it: "two were killed and five wounded"."""
    first = verb.head
    auxiliary = any(child.dep_ in ("aux", "auxpass") for child in verb.children)
    return verb.tag_ == first.tag_ == "VBN" and first.pos_ == "VERB" and not auxiliary


def _main_verb_after(participle: Token) -> Iterator[Token]:
    """The finite verb that a clause without a subject precedes: "police, when searching it in May, found"."""
    end = participle.right_edge.i + 1
    for token in participle.doc[end : min(end + 4, participle.sent.end)]:
        if token.tag_ == "VBD" and token.pos_ == "VERB":
            yield token
        if not (token.is_punct or token.pos_ == "NUM"):
            return


def _same_object(verb: Token) -> Iterator[Token]:
    """The verb that shares all that follows this one: "police cordoned and searched the square on Monday"."""
    first = verb.head
    joined = verb.dep_ == "conj" and first.pos_ == "VERB" and verb.i == first.i + 2
    if joined and verb.doc[verb.i - 1].dep_ == "cc" and first.tag_ == verb.tag_:
        yield first


def _issued(verb: Token, interval: Interval) -> Iterator[tuple[Token, Interval]]:
    """What a dated document does: "in an advisory issued on Sunday, the centre upgraded the storm"."""
    if (main := document_verb(verb)) is not None:
        yield main, interval


def document_verb(participle: Token) -> Token | None:
    """What was done by a document: "in an advisory issued on Sunday it upgraded the storm"."""
    noun, preposition = participle.head, participle.head.head
    if participle.dep_ != "acl" or noun.dep_ != "pobj":
        return None
    by_it = preposition.lower_ in ("in", "with", "by", "through") and preposition.head.pos_ == "VERB"
    document = noun.lemma_.lower() in read_words("sources", kind="document")
    return preposition.head if by_it and document else None


def _comes_at_once(noun: Token, verb: Token, interval: Interval) -> bool:
    """Whether what a sudden happening did is as old as itself: on its day, or where it killed or hurt."""
    words = happening_words(noun)
    if words is None or kind_of_words(words, "noun") not in _SUDDEN or verb.lemma_ in _LINKING:
        return False
    of_a_day = interval.earliest is not None and interval.earliest == interval.latest
    return of_a_day or kind_of_words(verb.lemma_.lower(), "verb") in ("killed", "injured")


def _bounded(preposition: Token, interval: Interval) -> Interval | None:
    """The interval seen through the preposition, or None where it tells no time."""
    word = preposition.lower_
    inside = {child.lemma_.lower() for child in preposition.children if child.dep_ == "pobj"}
    if inside & _AFTERMATH:
        word = "after"
    elif inside & _EVE:
        word = "before"
    if any(child.dep_ in ("npadvmod", "advmod") for child in preposition.children):
        return None  # "two days after the quake"
    if word in _DURING:
        return interval
    start, slash, end = (interval.date or "").partition("/")
    if word in _SINCE and start not in ("", ".."):
        return interval_of(f"{start}/..", "text")
    last = end if slash else start
    if word in _UNTIL and last not in ("", ".."):
        return interval_of(f"../{last}", "text")
    return None
