"""The time for which a figure holds.

"Currently" and "as of Sunday" go first, then the time of its noun, of its clause, of the clause's subject
("Wednesday's quake injured 5") and the one that opens the sentence; then the last "as of" of the paragraph;
then, for a statement in the present, the day of publication ("there are over 800": on the day it was
written). A past statement without a time has none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from kb.dates.edtf import interval_of
from kb.extract.claims.asides import level_with_time
from kb.extract.claims.clause_tense import is_present, is_told_state
from kb.extract.claims.dated_by import (
    during,
    of_clause,
    of_first_clause,
    of_happening,
    of_main_clause,
    of_relative,
    of_source,
    shared_end,
    since_clause,
    since_joined,
    told_of_happening,
)
from kb.extract.claims.governing import VERBS, subject_of, verb_above
from kb.extract.claims.phrases import Reading, tokens_of
from kb.extract.dating.happenings import is_happening
from kb.extract.dating.timing import Timing, times_of_sentence
from kb.lexicon import read_words
from kb.model.values import Interval, Quantity, Time

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_AS_OF = re.compile(r"\b(?:as of|as at)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_NEXT = re.compile(r"\s*(?:(?:in|on|for|during|over|by) (?:the )?)?")
_BY = re.compile(r"\bby\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_SINCE_IT = re.compile(r"\bsince +(?:[^\s,;.]+ +){1,5}(?:on|of|in) +$", re.IGNORECASE)
_ZONE = re.compile(r"\b(?:UTC|GMT)\b")
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_NOW = frozenset(["currently", "now", "presently", "nowadays"])
_BEFORE = 30  # characters before a time in which "as of" can stand
_LONGEST_CLIMB = 40


def holding_of(reading: Reading, anchor: Token, quantity: Quantity) -> Interval | None:
    """The time in the quantity's own sentence for which it holds, or None.

    The level before a change ("from fourteen") held before the time of the clause: it has only a time
    that follows at once ("from fourteen in 2020").
    """
    beside = level_with_time(reading, quantity)
    if beside or quantity.level == "before":
        inside = _within(reading, beside.start_char, beside.end_char) if beside else []
        return inside[-1].interval if inside else None
    sentence = reading.document.sentence_at(anchor.idx)
    if _is_now(anchor) and _ahead(reading, anchor) is None and (today := _publication(reading)):
        return today
    if stated := as_of(reading, sentence.start_char, sentence.end_char):
        return stated
    times = tuple(
        time for time in times_of_sentence(reading.times, sentence) if not _is_of_zone(reading, time)
    )
    if not times:
        return None
    timing = Timing(sentence, times)
    if compared := _right_behind(reading, quantity, timing):
        return compared
    for node in _own_clauses(anchor):
        if found := timing.of(node):
            return _held(reading, found)
    if since := since_clause(anchor, timing) or since_joined(anchor, timing):
        return since
    found = (
        of_relative(reading, anchor, times)
        or timing.of(anchor)
        or shared_end(anchor, timing)
        or _of_subject(reading, anchor, times)
        or _opening(anchor, timing)
        or during(anchor, timing)
        or of_clause(anchor, timing)
        or (None if is_present(anchor) else _of_story(reading, anchor, timing))
        or of_source(reading, times)
        or _since(reading, sentence, times)
        or _of_own_clause(anchor, timing)
        or _ahead(reading, anchor)
    )
    return _held(reading, found) if found else None


def _is_of_zone(reading: Reading, time: Time) -> bool:
    """Whether a time in brackets is the one before it in another zone: "on Saturday (2242 Friday, UTC)"."""
    text, start = reading.document.text, time.span.start_char
    opened = text.rfind("(", max(0, start - _BEFORE), start)
    closed = text.find(")", time.span.end_char - 1, time.span.end_char + _BEFORE)
    inside = text[opened:closed] if 0 <= opened < closed else ""
    return _ZONE.search(inside) is not None and "(" not in inside[1:] and ")" not in inside


def _right_behind(reading: Reading, quantity: Quantity, timing: Timing) -> Interval | None:
    """The time of a number that another is set against: "up 31 % in May after 33 % in April"."""
    for time in timing.aside:
        if _NEXT.fullmatch(reading.document.text[quantity.span.end_char : time.span.start_char]):
            return time.interval
    return None


def _of_own_clause(anchor: Token, timing: Timing) -> Time | None:
    """The time of what those counted did, where the sentence has no other: "52 men who fled in May"."""
    told = (child for child in anchor.rights if child.dep_ == "relcl" and child.tag_ == "VBD")
    return next((found for clause in told if (found := timing.of(clause))), None)


def _since(reading: Reading, sentence: TokenSpan, times: tuple[Time, ...]) -> Time | None:
    """The day of a happening that the sentence opens with: "Since the quake of May 28, 300 have died"."""
    first = times[0]
    near = first.span.start_char - sentence.start_char <= 2 * _BEFORE
    opens = near and sentence.text.lstrip()[:6].lower() == "since "
    return first if opens and _SINCE_IT.search(_before(reading, first, 2 * _BEFORE)) else None


def _of_story(reading: Reading, anchor: Token, timing: Timing) -> Time | None:
    """The time of what the clause goes on about."""
    return (
        told_of_happening(anchor, timing)
        or of_happening(reading, anchor, timing)
        or of_first_clause(anchor, timing)
        or of_main_clause(anchor, timing)
    )


def as_of(reading: Reading, start_char: int, end_char: int) -> Interval | None:
    """The last time that the stretch of text gives with "as of", or None."""
    for time in reversed(_within(reading, start_char, end_char)):
        if time.interval and (_AS_OF.search(_before(reading, time)) or _AS_OF.match(time.span.words + " ")):
            return _end_of(time.interval)
    return None


def of_publication(reading: Reading, anchor: Token) -> Interval | None:
    """The day of publication, for a statement about the present; None for others, and without that day."""
    return _publication(reading) if is_present(anchor) else None


def of_telling(reading: Reading, anchor: Token) -> Interval | None:
    """The day of publication, for a state that somebody told of as theirs: "said 50 were still in prison"."""
    return _publication(reading) if is_told_state(anchor) else None


def _publication(reading: Reading) -> Interval | None:
    day = reading.document.published
    if day is not None:
        return Interval(day.isoformat(), day, day, "publication")
    month = reading.document.article.published or ""
    return interval_of(month, "publication") if _MONTH.fullmatch(month) else None


def _within(reading: Reading, start_char: int, end_char: int) -> list[Time]:
    """The times that begin in the half-open stretch, in order."""
    first = bisect_left(reading.times, start_char, key=_start)
    return list(reading.times[first : bisect_left(reading.times, end_char, lo=first, key=_start)])


def _start(time: Time) -> int:
    return time.span.start_char


def _before(reading: Reading, time: Time, reach: int = _BEFORE) -> str:
    return reading.document.text[max(0, time.span.start_char - reach) : time.span.start_char]


def _held(reading: Reading, time: Time) -> Interval | None:
    """The interval; what is told "by Friday", a figure reached until then, holds on that day."""
    if time.interval and _BY.search(_before(reading, time)):
        return _end_of(time.interval)
    return _from_on(reading, time) or time.interval


def _from_on(reading: Reading, time: Time) -> Interval | None:
    """The time since a happening of a day: "since the quake on May 28, 300 have died", or None."""
    date = time.interval.date if time.interval else None
    if not date or "/" in date or not _SINCE_IT.search(_before(reading, time, 2 * _BEFORE)):
        return None
    return interval_of(f"{date}/..", "text")


def _end_of(interval: Interval) -> Interval:
    """The end of an interval that is open at its beginning: a count up to Friday is that of Friday."""
    if interval.date is None or not interval.date.startswith("../"):
        return interval
    return interval_of(interval.date[3:], interval.basis)


def _is_now(anchor: Token) -> bool:
    """Whether the quantity's own clause says "currently" or "now"."""
    for node in (anchor, verb_above(anchor)):
        if node is not None and any(child.lower_ in _NOW for child in node.children):
            return True
    return False


def _ahead(reading: Reading, anchor: Token) -> Time | None:
    """The time to come that a figure is told to be of right behind it: "now sees growth of 2 % in 2027"."""
    today, end = reading.document.published, anchor.idx + len(anchor)
    for time in _within(reading, end, end + _BEFORE):
        between = reading.document.text[end : time.span.start_char]
        if today and time.interval and (time.interval.latest or today) > today and _NEXT.fullmatch(between):
            return time
    return None


def _own_clauses(anchor: Token) -> list[Token]:
    """The clauses that tell of the noun that a measurement modifies: "a 6.4 quake that hit in May"."""
    noun = anchor
    for child in noun.children:  # "60 % of those who left in May"
        if child.dep_ == "prep" and child.lower_ == "of":
            told = [inside for inside in child.children if inside.dep_ == "pobj" and inside.pos_ == "PRON"]
            return [clause for those in told for clause in those.children if clause.dep_ == "relcl"]
    if noun.dep_ in ("nummod", "compound", "nmod", "amod") and noun.head.pos_ == "NOUN":
        noun = noun.head
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and is_happening(noun.head.head):
        noun = noun.head.head  # "a quake of magnitude 6.4 that hit in May"
    return [child for child in noun.children if child.dep_ in ("relcl", "acl")] if noun.i != anchor.i else []


def _of_subject(reading: Reading, anchor: Token, times: tuple[Time, ...]) -> Time | None:
    """The time that the clause's subject bears: a happening, a document, or a thing of that time."""
    verb = verb_above(anchor)
    subject = subject_of(verb) if verb is not None else None
    if subject is None:
        return None
    within = subject.left_edge.i <= anchor.i <= subject.right_edge.i
    dated = is_happening(subject) or subject.lemma_.lower() in read_words("sources", kind="document")
    for time in times:
        if not time.interval or time.value.endswith("_REF"):
            continue
        for token in tokens_of(reading.document, time.span):
            near = dated and subject.i in (token.head.i, token.head.head.i)
            if _owns(subject, token) or (not within and (near or _has_acl_time(subject, token))):
                return time
    return None


def _owns(subject: Token, time: Token) -> bool:
    """Whether the time is the subject's owner: "Wednesday's storm"."""
    return bool(time.dep_ == "poss" and time.head.i == subject.i)


def _has_acl_time(subject: Token, token: Token) -> bool:
    """Whether the time belongs to a participle of the subject: "the advisory, released on Sunday"."""
    return any(
        child.dep_ == "acl" and child.left_edge.i <= token.i <= child.right_edge.i for child in subject.rights
    )


def _opening(anchor: Token, timing: Timing) -> Time | None:
    """The time that opens the sentence and so holds for all its clauses, unless they have their own."""
    node = anchor
    for _ in range(_LONGEST_CLIMB):
        if node.dep_ == "relcl":
            return None
        if node.head.i == node.i:
            break
        node = node.head
    if node.pos_ not in VERBS:
        return None
    subject = subject_of(node)
    return next(
        (
            time
            for time in timing.own(node)
            if subject is not None and time.span.start_char < subject.left_edge.idx
        ),
        None,
    )
