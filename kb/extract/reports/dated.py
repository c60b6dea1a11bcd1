"""From the word that a time is anchored to, to the words whose happening it dates.

A happening noun names itself; a verb names what it says; "be" and "have" leave it to the noun ("there
were 40 arrests on Monday"); coordinated verbs share a time that stands before them; a "when" clause
shares the time that it explains; an infinitive is dated where it is a plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kb.extract.dating.attachment import child_of
from kb.extract.dating.happenings import is_happening, kind_of_words
from kb.extract.dating.mends import is_attributive
from kb.extract.dating.timing import VERBS, Timing
from kb.extract.document import Document
from kb.extract.reports.being import dated_by_being
from kb.extract.reports.last_times import is_last_time
from kb.extract.reports.phrasals import idiom_of
from kb.extract.reports.plans import begun, governing, is_empty, is_until, rescheduled
from kb.lexicon import read_words
from kb.model.values import Time

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAUSES = frozenset(["relcl", "acl", "advcl", "ccomp"])
_COMPOUNDING = frozenset(["election", "protest", "fighting", "coup", "attack", "contest"])
_WITNESSING = frozenset(["see", "witness", "bring", "mark"])
_RELATIVES = frozenset(["which", "that", "who", "whose", "whom"])
_PERCEIVING = frozenset(["observe", "see", "hear", "spot", "notice", "film", "photograph", "watch", "catch"])
_TIMELY = frozenset(["in", "on", "at", "during", "since", "until", "till", "from", "between"])
_AT_ONCE = frozenset(["issue", "announce", "order", "sign", "approve", "declare", "rule", "pass", "decide"])
_DAYS = frozenset(["day", "date", "night", "morning", "evening", "week", "month", "year", "time", "moment"])
_EQUATING = frozenset(["as", "is", "was", "being", "the", "a", "very", "first", "last"])


def dated_words(document: Document, timing: Timing, time: Time, anchor: Token) -> Iterator[Token]:
    """The words whose happening the time dates, given the word that it is anchored to."""
    for clause in _when_clauses(document, time):
        yield from _of_verb(document, timing, time, clause)
    if identified := tuple(_identified(document, time)):
        yield from identified
        return
    if time.span.start_char <= anchor.idx < time.span.end_char or is_last_time(document, time):
        return
    if anchor.pos_ in VERBS:
        yield from _of_verb(document, timing, time, anchor)
    elif is_happening(anchor):
        yield _carrier(document, timing, time, anchor)
    elif anchor.pos_ in ("NOUN", "PROPN"):
        yield from _compounds(anchor)
        if (verb := _at_once(anchor, time)) is not None:
            yield from _of_verb(document, timing, time, verb)


def _due(verb: Token) -> Token:
    """What somebody is scheduled to do, for the verb that says so: "miners are set to block the bridge"."""
    planned = verb.lemma_.lower() in (*read_words("planning_verbs"), "expect")
    due = child_of(verb, "xcomp") if planned and verb.tag_ == "VBN" else None
    present = any(
        child.lower_ in ("is", "are") for child in verb.children if child.dep_ in ("aux", "auxpass")
    )
    return due if due is not None and present and due.pos_ == "VERB" else verb


def _at_once(noun: Token, time: Time) -> Token | None:
    """The verb behind an act of some day: "in last month's twist a court fined it"."""
    preposition = noun.head
    owned = any(child.dep_ == "poss" and child.idx < time.span.end_char for child in noun.children)
    if not owned or noun.dep_ != "pobj" or preposition.lower_ not in ("in", "at", "during"):
        return None
    verb = preposition.head
    return verb if verb.pos_ == "VERB" and verb.tag_ == "VBD" and preposition.i < verb.i else None


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
            break


def _identified(document: Document, time: Time) -> Iterator[Token]:
    """What happened on a day that is itself the matter: "lists 3 May as the day the ferry sank"."""
    end = time.span.end_char
    span = document.doc.char_span(time.span.start_char, end, alignment_mode="expand")
    for word in document.doc[span.end : span.end + 4] if span else ():
        if word.lower_ in _DAYS and word.i > span.end:
            yield from (child for child in word.children if child.dep_ == "relcl" and child.pos_ in VERBS)
        if word.lower_ not in _EQUATING:
            return


def _finite(verb: Token) -> bool:
    tags = {verb.tag_, *(child.tag_ for child in verb.children if child.dep_ in ("aux", "auxpass"))}
    return bool(tags & {"VBD", "VBZ", "VBP", "MD"})


def _carrier(document: Document, timing: Timing, time: Time, noun: Token) -> Token:
    """The noun, or the verb that it is the object of where the time may as well be that verb's."""
    verb = noun.head.head if is_attributive(noun.head) else noun.head
    if begun(document, time, verb) is not None:
        return noun
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
    if (matter := begun(document, time, verb)) is not None:
        yield matter
        return
    lemma = verb.lemma_.lower()
    if lemma in _WITNESSING and _is_subject(time, verb):
        yield from _witnessed(verb)
        return
    if lemma == "be":
        found = tuple(dated_by_being(verb, time))
        happened = None if found else _just_before(verb, time)
        yield from found or ((happened,) if happened else ())
    elif lemma == "have":
        target = child_of(verb, "dobj", "obj")
        yield from (target,) if target is not None and is_happening(target) else ()
    elif lemma in read_words("rescheduling_verbs") and is_until(document, time):
        yield from rescheduled(verb)
    elif lemma in _AT_ONCE and is_until(document, time) and (lasting := _just_before(verb, time)):
        yield lasting
    elif lemma in ("follow", "precede") and not child_of(verb, "auxpass") and not idiom_of(verb):
        subject = child_of(verb, "nsubj")
        if _object_is_dated(verb, time):
            yield from (child for child in verb.children if child.dep_ in ("dobj", "obj"))
        elif subject is not None and subject.idx < time.span.start_char < verb.idx and is_happening(subject):
            yield subject  # "the visit next week follows talks"
    else:
        verb = governing(document, time, _due(verb))
        if _holds_today(verb, time):
            return
        if perceived := _perceived(verb):
            yield perceived
        elif not is_empty(verb) and not only_shows(verb):
            yield verb
        elif _object_is_dated(verb, time):
            yield from (child for child in verb.children if child.dep_ in ("dobj", "obj"))
        elif lemma == "involve":
            yield from _involving(verb)
        elif happened := _just_before(verb, time) or _when(verb):
            yield happened
    nearer = any(other.span.start_char > verb.idx for other in timing.own(verb))
    if time.span.start_char < verb.idx and not nearer and not _is_era(time):
        for other in verb.children:
            yield from (
                token
                for joined in _joined_verbs(other)
                if not timing.own(joined)
                for token in _of_verb(document, timing, time, joined)
            )


def _just_before(verb: Token, time: Time) -> Token | None:
    """The happening whose phrase ends right before the time: "a supporter of the strike in 2003"."""
    inside = [token for token in verb.subtree if token.idx >= time.span.start_char]
    if not inside or inside[0].i - 2 <= verb.i or verb.doc[inside[0].i - 1].lower_ not in _TIMELY:
        return None
    word = verb.doc[inside[0].i - 2]
    while word.i > verb.i and word.pos_ not in VERBS:
        if is_happening(word) and word.dep_ == "pobj":
            return word
        word = word.head
        if word.i >= inside[0].i - 1:
            return None
    return None


def _when(verb: Token) -> Token | None:
    """What happened when something was said: "last year illness was named when he stepped down"."""
    clause = child_of(verb, "advcl")
    when = clause is not None and any(child.lower_ == "when" for child in clause.children)
    return clause if when and clause is not None and clause.tag_ == "VBD" and not is_empty(clause) else None


def _perceived(verb: Token) -> Token | None:
    """What somebody was perceived to do: "was seen leaving"."""
    if verb.lemma_.lower() not in _PERCEIVING or child_of(verb, "auxpass") is None:
        return None
    done = child_of(verb, "xcomp", "advcl")
    return done if done is not None and done.tag_ == "VBG" and done.i > verb.i else None


def _involving(verb: Token) -> Iterator[Token]:
    """The happening that somebody "was involved in"."""
    for preposition in verb.children:
        noun = child_of(preposition, "pobj") if preposition.lower_ == "in" else None
        if noun is not None and is_happening(noun):
            yield noun


def _is_era(time: Time) -> bool:
    """Whether the time is so long that a clause joined to the dated one may lie anywhere in it."""
    interval = time.interval
    if interval is None or interval.earliest is None or interval.latest is None:
        return False
    return (interval.latest - interval.earliest).days > 20 * 366


def _holds_today(verb: Token, time: Time) -> bool:
    """Whether a state of the present is told: "today we find ourselves alone"."""
    present = verb.tag_ in ("VBP", "VBZ") and child_of(verb, "aux", "auxpass") is None
    return present and time.span.words.lower() in ("today", "nowadays", "these days", "at present")


def _joined_verbs(child: Token) -> Iterator[Token]:
    """The verb coordinated by this child: itself, or one hung on an adjective ("rescued alive and flown")."""
    if child.dep_ == "conj" and child.pos_ in VERBS and not _has_other_time(child):
        yield child
    elif child.dep_ in ("oprd", "acomp"):
        yield from (
            other for other in child.children if other.dep_ == "conj" and other.tag_ in ("VBN", "VBD")
        )
    elif child.dep_ == "advcl" and child.tag_ == "VBD" and not _has_other_time(child):
        marks = (mark for mark in child.lefts if mark.dep_ == "mark")
        yield from (
            child for mark in marks if mark.lower_ in ("while", "whereas")
        )  # "in May 9 came, while 4 left"


def _has_other_time(verb: Token) -> bool:
    """Whether an adverb sets the verb at another time than the verb before it: "and was once a forest"."""
    vague = read_words("vague_times")
    return any(child.lower_ in vague for child in verb.children if child.dep_ in ("advmod", "npadvmod"))


def _object_is_dated(verb: Token, time: Time) -> bool:
    """Whether the time is the object's: "followed a quake the day before", "reports 16 deaths since 2015"."""
    target = child_of(verb, "dobj", "obj")
    return bool(target is not None and is_happening(target) and target.idx < time.span.start_char)


def only_shows(verb: Token) -> bool:
    """Whether the verb presents evidence: "in 2020, when he showed that he would not yield"."""
    evidence = verb.lemma_.lower() in read_words("reporting_verbs", use="evidence")
    return evidence and child_of(verb, "ccomp") is not None and idiom_of(verb) is None


def _is_subject(time: Time, verb: Token) -> bool:
    """Whether the time is what "saw" or "brought" something: the verb's subject, or in its place."""
    subject = child_of(verb, "nsubj", "nsubjpass")
    if subject is None:
        before = verb.doc[verb.left_edge.i : verb.i]
        return all(token.idx < time.span.end_char or token.pos_ == "ADV" for token in before)
    return bool(time.span.start_char <= subject.idx < time.span.end_char)


def _witnessed(verb: Token) -> Iterator[Token]:
    """What "Monday saw" or "2014 brought"."""
    target = child_of(verb, "dobj", "obj") or child_of(verb, "ccomp")
    if target is None:
        return
    subject = child_of(target, "nsubj", "nsubjpass")
    if subject is not None and is_happening(subject):
        yield subject
        return
    if target.pos_ in VERBS or is_happening(target):
        yield target
        return
    below = [token for token in verb.subtree if token.i > target.i and token.tag_ in ("VBG", "VB", "VBN")]
    yield from below[:1]
