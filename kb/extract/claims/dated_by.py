"""Times that a figure takes from what its clause is about: a happening, a document, the clause beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kb.dates.edtf import interval_of
from kb.extract.claims.governing import VERBS, verb_above
from kb.extract.claims.phrases import Reading, tokens_of
from kb.extract.dating.happenings import is_happening
from kb.extract.dating.timing import Timing
from kb.lexicon import read_words
from kb.model.values import Interval, Time

if TYPE_CHECKING:
    from spacy.tokens import Token

_BEFORE_IT = frozenset(["before", "until", "till", "to"])
_AFTER = frozenset(["after", "following", "against", "than"])
_WHEN = frozenset(["when", "as", "while"])
_WITHIN = frozenset(["in", "at", "during"])
_LONGEST_CLIMB = 40


def of_relative(reading: Reading, anchor: Token, times: tuple[Time, ...]) -> Time | None:
    """The time that the quantity's clause tells of: "on May 5, when 3 died"."""
    node = anchor
    for _ in range(_LONGEST_CLIMB):
        when = next((child for child in node.children if child.lower_ == "when"), None)
        timed = _dated_before(reading, when) if when is not None else node.head
        if (node.dep_ == "relcl" or when is not None) and timed is not None and timed.i in reading.timed:
            inside = [t for t in times if t.span.start_char <= timed.idx < t.span.end_char]
            return _itself(inside[0], when) if inside else None
        if node.head.i == node.i:
            return None
        node = node.head
    return None


def _itself(time: Time, when: Token | None) -> Time:
    """The time that "when" goes back to, without the bound of its clause: "the worst since 2022, when"."""
    date = time.interval.date if time.interval else None
    if when is None or date is None or date.count("..") != 1:
        return time
    return replace(time, interval=interval_of(date.replace("..", "").strip("/"), "text"))


def _dated_before(reading: Reading, when: Token) -> Token | None:
    """The last word of the time that "when" goes back to: "in 2019, when"."""
    before = when.i - 1
    if before > 0 and when.doc[before].text == ",":
        before -= 1
    return when.doc[before] if before >= 0 and before in reading.timed else None


def of_clause(anchor: Token, timing: Timing) -> Time | None:
    """The time of the clause that tells when: "5 died when a bomb exploded on Monday"."""
    node: Token | None = anchor
    for _ in range(_LONGEST_CLIMB):
        node = verb_above(node) if node is not None else None
        if node is None:
            return None
        joined = [child for child in node.children if child.dep_ == "conj" and child.pos_ in VERBS]
        for clause in [*node.children, *(inside for verb in joined for inside in verb.children)]:
            when = any(child.lower_ in _WHEN for child in clause.children)
            if clause.dep_ == "advcl" and when and (found := timing.of(clause)):
                return found
    return None


def since_clause(anchor: Token, timing: Timing) -> Interval | None:
    """The time since a happening told in a clause: "213 have died since the war began on 2 May"."""
    node: Token | None = anchor
    for _ in range(_LONGEST_CLIMB):
        node = verb_above(node) if node is not None else None
        if node is None or not _goes_on(node):
            return None
        for clause in node.children:
            since = clause.dep_ == "advcl" and any(mark.lower_ == "since" for mark in clause.lefts)
            found = timing.of(clause) if since and clause.pos_ in VERBS else None
            date = found.interval.date if found is not None and found.interval else None
            if date and "/" not in date:
                return interval_of(f"{date}/..", "text")
    return None


def since_joined(anchor: Token, timing: Timing) -> Interval | None:
    """The time since when a row of verbs went on: "has killed 23 and burnt 4,600 homes since 1 July"."""
    verb = verb_above(anchor)
    first = verb
    while first is not None and _leans(first):
        first = first.head
    if verb is None or first is None or not _goes_on(first):
        return None
    last = verb
    while joined := next((child for child in last.rights if _leans(child)), None):
        last = joined
    dates = [time.interval for time in timing.own(last)] if last.i != verb.i else []
    return next((found for found in dates if found and (found.date or "").endswith("/..")), None)


def shared_end(anchor: Token, timing: Timing) -> Time | None:
    """The time behind a second participle: "12 civilians were killed and 40 wounded in May"."""
    verb = verb_above(anchor)
    if verb is None or not any(child.dep_ == "auxpass" for child in verb.children):
        return None
    joined = next((child for child in verb.rights if is_elliptic(child)), None)
    behind = (time for time in timing.own(joined) if time.span.start_char > joined.idx) if joined else ()
    return next(iter(behind), None)


def is_elliptic(verb: Token) -> bool:
    """Whether a joined participle of some more leaves "were" to the verb before it."""
    auxiliary = any(child.dep_ in ("aux", "auxpass") for child in verb.children)
    more = any(child.dep_ in ("nsubj", "nsubjpass") and child.like_num for child in verb.lefts)
    joined = verb.dep_ == "conj" and verb.tag_ in ("VBN", "VBD") and verb.head.tag_ == "VBN"
    return joined and more and not auxiliary


def _leans(verb: Token) -> bool:
    """Whether a joined verb leaves its subject and its auxiliary to the one before it."""
    own = any(child.dep_ in ("nsubj", "nsubjpass", "aux") for child in verb.children)
    return verb.dep_ == "conj" and verb.tag_ in ("VBN", "VBD") and verb.head.pos_ in VERBS and not own


def _goes_on(verb: Token) -> bool:
    """Whether the clause tells of what went on until now: "have died", "bringing the total to"."""
    return verb.tag_ == "VBG" or any(child.lemma_ == "have" for child in verb.children if child.dep_ == "aux")


def during(anchor: Token, timing: Timing) -> Time | None:
    """The time of a happening that the clauses place themselves in: "in the 2018 elections"."""
    node = anchor
    for _ in range(_LONGEST_CLIMB):
        for child in node.children:
            if child.dep_ == "prep" and child.lower_ in _WITHIN:
                for noun in child.children:
                    if is_happening(noun) and (own := timing.own(noun)):
                        return own[0]
        if node.head.i == node.i or node.dep_ == "relcl":
            return None
        node = node.head
    return None


def _is_compared(reading: Reading, noun: Token) -> bool:
    """Whether a happening has a number of its own that a change is set against: "after growth of 2 %"."""
    if noun.head.lower_ not in _AFTER or noun.dep_ != "pobj":
        return False
    amounts = (child for child in noun.rights if child.lower_ == "of")
    return any(token.i in reading.numbered for of in amounts for token in of.subtree)


def of_happening(reading: Reading, anchor: Token, timing: Timing) -> Time | None:
    """The time of a happening in the clause: "2 died in an attack that happened on June 27"."""
    verb = verb_above(anchor)
    for noun in verb.subtree if verb is not None else ():
        if is_happening(noun) and noun.head.lower_ not in _BEFORE_IT:
            if _is_compared(reading, noun):
                continue
            if own := timing.own(noun):
                return own[0]
            for clause in noun.children:
                if clause.dep_ in ("relcl", "acl") and (found := timing.of(clause)):
                    return found
    return None


def told_of_happening(anchor: Token, timing: Timing) -> Time | None:
    """The time of the happening that the clause tells more of: "a flood on Monday, which killed 5"."""
    node = anchor
    for _ in range(_LONGEST_CLIMB):
        if node.head.i == node.i:
            return None
        if node.dep_ in ("relcl", "acl") and is_happening(node.head):
            own = timing.own(node.head)
            argument = node.head.dep_ in ("dobj", "nsubj", "nsubjpass")
            return own[0] if own else timing.of(node.head) if argument else None
        if node.dep_ == "advcl" and any(child.lower_ == "which" for child in node.lefts):
            return timing.of(node.head)
        node = node.head
    return None


def of_first_clause(anchor: Token, timing: Timing) -> Time | None:
    """The time of the clause that the figure's own is joined to: "it burned on Monday, and 5 died"."""
    verb = verb_above(anchor)
    if verb is None or verb.dep_ != "conj" or not (_is_past(verb) and _is_past(verb.head)):
        return None
    own = timing.own(verb.head)
    return own[0] if len(own) == 1 and own[0].type == "DATE" else None


def of_main_clause(anchor: Token, timing: Timing) -> Time | None:
    """The time of the clause that a "when" goes on with: "it was shut in March, when the firm paid $5"."""
    verb = verb_above(anchor)
    if verb is None or verb.dep_ != "advcl" or not (_is_past(verb) and _is_past(verb.head)):
        return None
    if not any(child.lower_ in ("when", "as") and child.i < verb.i for child in verb.children):
        return None
    own = timing.own(verb.head)
    return own[0] if len(own) == 1 and own[0].type == "DATE" else None


def _is_past(verb: Token) -> bool:
    """Whether the verb is in the simple past, active or passive."""
    if any(child.lower_ in ("had", "has", "have") for child in verb.children if child.dep_ == "aux"):
        return False
    passive = any(child.dep_ == "auxpass" and child.tag_ == "VBD" for child in verb.children)
    return verb.tag_ == "VBD" or passive


def of_source(reading: Reading, times: tuple[Time, ...]) -> Time | None:
    """The day of the document that the sentence goes by: "according to a report on Saturday"."""
    for time in times:
        node = tokens_of(reading.document, time.span)[0]
        for _ in range(_LONGEST_CLIMB):
            if node.lower_ == "according":
                return time if time.interval else None
            finite = node.pos_ in VERBS and node.dep_ not in ("acl", "relcl")
            if node.head.i == node.i or finite:
                break
            node = node.head
    return _after_source(reading, times)


def _after_source(reading: Reading, times: tuple[Time, ...]) -> Time | None:
    """The day right after the document, wherever it was hung: "according to the report yesterday, 5 had"."""
    for time in times:
        first = tokens_of(reading.document, time.span)[0]
        i = first.i - 1
        if i > 0 and first.nbor(-1).pos_ == "ADP":
            i -= 1
        document = first.doc[i] if i > first.sent.start else None
        if document is None or document.lemma_.lower() not in read_words("sources", kind="document"):
            continue
        above = {token.lower_ for token in document.ancestors if token.i < document.i}
        if "according" in above and time.interval:
            return time
    return None
