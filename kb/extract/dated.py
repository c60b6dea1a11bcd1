"""From the word that a time is anchored to, to the words whose happening it dates.

A happening noun names itself; a verb names what it says; "be" and "have" leave it to the noun ("there
were 40 arrests on Monday"); coordinated verbs share a time that stands before them; a "when" clause
shares the time that it explains; an infinitive is dated where it is a plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kb.extract.document import Document
from kb.extract.happenings import is_happening, kind_of_words
from kb.extract.timing import VERBS, Timing
from kb.lexicon import read_words
from kb.model.values import Time

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAUSES = frozenset(["relcl", "acl", "advcl", "ccomp"])
_UNTIL = frozenset(["until", "till", "til", "to", "through"])
_COMPOUNDING = frozenset(["election", "protest", "fighting", "coup", "attack", "contest"])
_WITNESSING = frozenset(["see", "witness", "bring", "mark"])
_PARTS_OF_HAPPENINGS = frozenset(
    [
        "target",
        "victim",
        "scene",
        "site",
        "subject",
        "start",
        "beginning",
        "end",
        "part",
        "result",
        "home",
        "witness",
    ]
)
_PROLONGING = frozenset(["extend", "prolong", "lengthen", "renew"])
_RELATIVES = frozenset(["which", "that", "who", "whose", "whom"])
_STATE_PREPOSITIONS = frozenset(["in", "on", "under", "at", "out"])


def dated_words(document: Document, timing: Timing, time: Time, anchor: Token) -> Iterator[Token]:
    """The words whose happening the time dates, given the word that it is anchored to."""
    for clause in _when_clauses(document, time):
        yield from _of_verb(document, timing, time, clause)
    if time.span.start_char <= anchor.idx < time.span.end_char:
        return
    if anchor.pos_ in VERBS:
        yield from _of_verb(document, timing, time, anchor)
    elif is_happening(anchor):
        yield _carrier(timing, time, anchor)
    elif anchor.pos_ in ("NOUN", "PROPN"):
        yield from _compounds(anchor)


def _compounds(noun: Token) -> Iterator[Token]:
    """The happening inside a noun that is none: "the 2017 election results"."""
    for child in noun.children:
        if child.dep_ == "compound" and kind_of_words(child.lemma_.lower(), "noun") in _COMPOUNDING:
            yield child


def _when_clauses(document: Document, time: Time) -> Iterator[Token]:
    """Clauses that tell what happened at the time: "in 2010, when he won", "the day the war began"."""
    doc = document.doc
    span = doc.char_span(time.span.start_char, time.span.end_char, alignment_mode="expand")
    if not span:
        return
    for token in span:
        for child in token.children:
            clause = child.dep_ in _CLAUSES and child.i >= span.end and child.pos_ in VERBS
            if clause and _finite(child) and child.left_edge.lower_ not in (*_RELATIVES, "when"):
                yield child
    for word in doc[span.end : span.end + 2]:
        if word.lower_ == "when" and word.head.pos_ in VERBS and word.head.i > word.i:
            yield word.head
        if word.text != ",":
            return


def _finite(verb: Token) -> bool:
    tags = {verb.tag_, *(child.tag_ for child in verb.children if child.dep_ in ("aux", "auxpass"))}
    return bool(tags & {"VBD", "VBZ", "VBP", "MD"})


def _carrier(timing: Timing, time: Time, noun: Token) -> Token:
    """The noun, or the verb that it is the object of where the time may as well be that verb's."""
    verb = noun.head
    takes = noun.dep_ in ("dobj", "obj") and verb.pos_ in VERBS and not _follows_of(noun, time)
    if takes and time.span.start_char > noun.idx and not timing.own(verb) and not is_empty(verb):
        return verb
    return noun


def _follows_of(noun: Token, time: Time) -> bool:
    """Whether the time limits the noun beyond doubt: "the protests of 2014"."""
    return time.span.start_char > noun.idx and any(
        child.lower_ == "of" and child.idx < time.span.start_char <= child.right_edge.idx
        for child in noun.children
    )


def _of_verb(document: Document, timing: Timing, time: Time, verb: Token) -> Iterator[Token]:
    lemma = verb.lemma_.lower()
    if lemma in _WITNESSING and _is_subject(time, verb):
        yield from _witnessed(verb)
        return
    if lemma == "be":
        yield from _of_being(verb, time)
    elif lemma == "have":
        target = _child(verb, "dobj", "obj")
        yield from (target,) if target is not None and is_happening(target) else ()
    elif lemma in read_words("rescheduling_verbs") and is_until(document, time):
        yield from _rescheduled(verb)
    elif lemma in ("follow", "precede") and not _child(verb, "auxpass"):
        if _object_is_dated(verb, time):
            yield from (child for child in verb.children if child.dep_ in ("dobj", "obj"))
    else:
        verb = _governing(document, time, verb)
        if _holds_today(verb, time):
            return
        if not is_empty(verb) and not only_shows(verb):
            yield verb
        elif _object_is_dated(verb, time):
            yield from (child for child in verb.children if child.dep_ in ("dobj", "obj"))
    if time.span.start_char < verb.idx and not _is_era(time):
        for other in verb.children:
            yield from (
                token
                for joined in _joined_verbs(other)
                if not timing.own(joined)
                for token in _of_verb(document, timing, time, joined)
            )


def _is_era(time: Time) -> bool:
    """Whether the time is so long that a clause joined to the dated one may lie anywhere in it."""
    interval = time.interval
    if interval is None or interval.earliest is None or interval.latest is None:
        return False
    return (interval.latest - interval.earliest).days > 20 * 366


def _holds_today(verb: Token, time: Time) -> bool:
    """Whether a state of the present is told: "today we find ourselves alone"."""
    present = verb.tag_ in ("VBP", "VBZ") and _child(verb, "aux", "auxpass") is None
    return present and time.span.words.lower() in ("today", "nowadays", "these days", "at present")


def _joined_verbs(child: Token) -> Iterator[Token]:
    """The verb coordinated by this child: itself, or one hung on an adjective ("rescued alive and flown")."""
    if child.dep_ == "conj" and child.pos_ in VERBS and not _has_other_time(child):
        yield child
    elif child.dep_ in ("oprd", "acomp"):
        yield from (
            other for other in child.children if other.dep_ == "conj" and other.tag_ in ("VBN", "VBD")
        )


def _has_other_time(verb: Token) -> bool:
    """Whether an adverb sets the verb at another time than the verb before it: "and was once a forest"."""
    vague = read_words("vague_times")
    return any(child.lower_ in vague for child in verb.children if child.dep_ in ("advmod", "npadvmod"))


def _object_is_dated(verb: Token, time: Time) -> bool:
    """Whether the time is the object's: "followed a quake the day before", "reports 16 deaths since 2015"."""
    target = _child(verb, "dobj", "obj")
    return bool(target is not None and is_happening(target) and target.idx < time.span.start_char)


def only_shows(verb: Token) -> bool:
    """Whether the verb presents evidence: "in 2020, when he showed that he would not yield"."""
    return _child(verb, "ccomp") is not None and verb.lemma_.lower() in read_words(
        "reporting_verbs", use="evidence"
    )


def is_empty(verb: Token) -> bool:
    """Whether the verb names no happening: it reports speech or thought, or says that something is."""
    lemma = verb.lemma_.lower()
    if lemma == "call" and _child(verb, "dobj", "oprd", "prt", "nsubjpass") is None:
        return any(child.lower_ in ("for", "on", "upon") for child in verb.children if child.dep_ == "prep")
    if lemma == "appear":
        return _child(verb, "xcomp", "acomp", "oprd", "ccomp") is not None
    if lemma in ("expect", "anticipate") and verb.tag_ == "VBN":
        return _child(verb, "dobj", "xcomp", "ccomp") is not None
    return lemma in read_words("speech_verbs") or lemma in read_words("stative_verbs")


def _is_subject(time: Time, verb: Token) -> bool:
    """Whether the time is what "saw" or "brought" something: the verb's subject, or in its place."""
    subject = _child(verb, "nsubj", "nsubjpass")
    if subject is None:
        before = verb.doc[verb.left_edge.i : verb.i]
        return all(token.idx < time.span.end_char or token.pos_ == "ADV" for token in before)
    return bool(time.span.start_char <= subject.idx < time.span.end_char)


def _witnessed(verb: Token) -> Iterator[Token]:
    """What "Monday saw" or "2014 brought"."""
    target = _child(verb, "dobj", "obj") or _child(verb, "ccomp")
    if target is None:
        return
    subject = _child(target, "nsubj", "nsubjpass")
    if subject is not None and is_happening(subject):
        yield subject
        return
    if target.pos_ in VERBS or is_happening(target):
        yield target
        return
    below = [token for token in verb.subtree if token.i > target.i and token.tag_ in ("VBG", "VB", "VBN")]
    yield from below[:1]


def _of_being(verb: Token, time: Time) -> Iterator[Token]:
    """What "be" dates: the happening that is there or is called something, else a state ("in force").

    Being something is dated where the text tells its beginning or end: "has been mayor since 1998".
    """
    complement = _child(verb, "acomp")
    if complement is not None and complement.lower_ in ("due", "expected", "scheduled", "planned"):
        inner = _child(complement, "xcomp")
        yield complement if inner is None else inner
        return
    measured = _child(verb, "npadvmod") is not None  # "the storm was 90 miles off the coast"
    for noun in (_child(verb, "attr"), None if measured else _child(verb, "nsubj")):
        if noun is not None and is_happening(noun):
            yield noun
            return
    if complement is not None:
        yield from (child for child in complement.children if child.dep_ == "xcomp" and child.pos_ == "VERB")
        return
    role = _child(verb, "attr")
    if role is not None and role.lemma_.lower() in _PARTS_OF_HAPPENINGS:
        of = [_child(child, "pobj") for child in role.children if child.lower_ in ("of", "in", "to")]
        if target := next((noun for noun in of if noun is not None and is_happening(noun)), None):
            yield target  # "was the target of an attack"
            return
    if role is not None and role.pos_ == "NOUN" and "/" in ((time.interval and time.interval.date) or ""):
        if _child(verb, "expl") is None:
            yield role
        return
    yield from _state(verb, lasting="/" in ((time.interval and time.interval.date) or ""))


def _state(verb: Token, *, lasting: bool) -> Iterator[Token]:
    """The preposition of a state that "be" is in: "in force", and "behind bars" where it lasts."""
    for preposition in verb.children:
        noun = _child(preposition, "pobj") if preposition.dep_ == "prep" else None
        if noun is None or noun.i != preposition.i + 1 or noun.pos_ != "NOUN" or _child(noun, "det", "poss"):
            continue
        if lasting or (preposition.lower_ in _STATE_PREPOSITIONS and noun.tag_ == "NN"):
            yield preposition
            return


def _rescheduled(verb: Token) -> Iterator[Token]:
    """What lasts until, or happens at, the new time of a verb like "extend" or "postpone"."""
    passive = _child(verb, "auxpass") is not None
    noun = _child(verb, "nsubjpass") if passive else _child(verb, "dobj", "obj")
    if noun is not None and is_happening(noun):
        yield noun
    elif verb.lemma_.lower() in _PROLONGING:
        yield verb


def _governing(document: Document, time: Time, verb: Token) -> Token:
    """The verb that the time dates: the infinitive, or what was done to bring it about.

    "Voted to lift it on Saturday" dates the vote, "expected to end on Saturday" the end.
    """
    for _ in range(4):
        above = _step_up(document, time, verb)
        if above is None:
            return verb
        verb = above
    return verb


def _step_up(document: Document, time: Time, verb: Token) -> Token | None:
    head = verb.head
    if verb.dep_ == "pcomp" and head.lower_ == "without" and head.head.pos_ in VERBS:
        return head.head
    if verb.dep_ in ("relcl", "acl") and head.dep_ == "attr" and head.head.lemma_ == "become":
        return head.head  # "became the first woman to lead the bank in 2007"
    if verb.dep_ != "xcomp" or head.pos_ != "VERB":
        return None
    to = any(child.lower_ == "to" for child in verb.children if child.dep_ == "aux")
    if verb.tag_ != "VBG" and not to and verb.i - head.i > 1:
        return None
    lemma = head.lemma_.lower()
    if lemma in read_words("aspectual_verbs"):
        return head
    if is_empty(head) or lemma in read_words("planning_verbs"):
        return None
    latest, published = time.interval.latest if time.interval else None, document.published
    return head if latest is not None and published is not None and latest <= published else None


def lasts_until(document: Document, time: Time, token: Token) -> bool:
    """Whether the time is the new end of what `token` names: "extended the curfew to Friday"."""
    verb = token if token.pos_ in VERBS else token.head
    return verb.lemma_.lower() in _PROLONGING and is_until(document, time)


def is_until(document: Document, time: Time) -> bool:
    """Whether the time is an end: "to May 1", "until Friday"."""
    before = document.text[max(0, time.span.start_char - 12) : time.span.start_char].lower().split()
    first = time.span.words.lower().split()[0]
    return first in _UNTIL or (bool(before) and before[-1] in _UNTIL)


def _child(token: Token, *deps: str) -> Token | None:
    return next((child for child in token.children if child.dep_ in deps), None)
