"""Which words of a sentence name a dated happening, and with which of its times.

Every time is anchored to a word (`timing`), which leads to the words that it dates (`dated`); a word
with several times has all of a list, else the one that tells most; a verb without a time of its own may
share that of a happening beside it (`sharing`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kb.dates.edtf import interval_of
from kb.extract.dating.happenings import happening_words, kind_of
from kb.extract.dating.timing import VERBS, Timing, times_of_sentence
from kb.extract.document import Document
from kb.extract.reports.dated import dated_words, only_shows
from kb.extract.reports.distances import distances
from kb.extract.reports.phrasals import Phrase, phrase_of
from kb.extract.reports.plans import is_empty, is_moved, is_until, lasts_until
from kb.extract.reports.sharing import lasting, sharing, without_bound
from kb.extract.reports.told import Told
from kb.lexicon import read_words
from kb.model.values import Interval, Time

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

    Read = dict[int, list[tuple[Token, Interval]]]  # the dated words of a sentence, with their intervals

_CLOCK = re.compile(r"\d|noon|midnight|o['’]clock")
_DAY = re.compile(
    r"\b(?:(?!midday)\w*day|tomorrow|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\b(?:night|morning|evening|afternoon)"
)
_YEAR = re.compile(r"\d{4}")
_DATE = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
_CLAUSES = frozenset(["relcl", "acl", "advcl", "ccomp"])
_MOST_TIMES = 24
_LONGEST = 250  # tokens of a sentence; a longer one is a list or a table
_BETWEEN = 9  # words between two times of a list, at most
_AT = frozenset(["at", "by", "since", "until", "till", "around", "from", "before", "after"])
_SPANNING = frozenset(["cover", "span", "reach", "enter", "approach", "near", "await", "spend", "exclude"])
_NAMING_DAYS = frozenset(["declare", "mark", "celebrate", "name", "designate", "call", "proclaim", "dub"])


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that name a happening: the word by which they hang in the parse, their tokens, when it is."""

    token: Token
    phrase: Phrase
    interval: Interval


def find_triggers(document: Document, times: tuple[Time, ...]) -> Iterator[Trigger]:
    """The dated happenings of the article, in the order of their words."""
    told = Told()
    for sentence in document.sentences:
        own = list(times_of_sentence(times, sentence))
        read = _in_sentence(document, sentence, own, told)
        found = [(token, phrase_of(token), i) for pairs in read.values() for token, i in pairs]
        for token, phrase, interval in found if len(sentence) <= _LONGEST else ():
            told.add(token, phrase, interval)
        yield from sorted((Trigger(*each) for each in found), key=_position)


def _position(trigger: Trigger) -> tuple[int, str]:
    return trigger.phrase.start, trigger.interval.date or ""


def _count(sentence: TokenSpan, times: list[Time], read: Read, told: Told) -> None:
    """Date what the sentence tells by its distance from something dated: there, or before in the text."""
    for distance in distances(sentence, times) if len(sentence) <= _LONGEST else ():
        token, other = distance.token, distance.other
        own, given = _date_of(token, read), _date_of(other, read) or _date_told_of(other, read)
        interval = None
        if own is None and (base := given or told.of(other)) is not None:
            interval = distance.from_other(base)
        elif own is not None and given is None:
            token, interval = other, distance.to_other(own)
        if interval is not None:
            read[token.i] = [(token, interval)]


def _date_of(token: Token, read: Read) -> Interval | None:
    pairs = read.get(token.i)
    return pairs[0][1] if pairs and pairs[0][1].date is not None else None


def _date_told_of(noun: Token, read: Read) -> Interval | None:
    """The date of a happening that a clause behind it tells: "the summit, held on 9 January"."""
    for clause in noun.children:
        if clause.dep_ in ("relcl", "acl") and (date := _date_of(clause, read)) is not None:
            words = happening_words(noun)
            kind = kind_of(noun, words) if words else None
            occurs = clause.lemma_.lower() in read_words("occurrence_verbs")
            if occurs or (kind is not None and kind == phrase_of(clause).kind):
                return date
    return None


def _in_sentence(document: Document, sentence: TokenSpan, times: list[Time], told: Told) -> Read:
    timing = Timing(sentence, times)
    dated: dict[int, tuple[Token, list[Time]]] = {}
    for time, anchor in timing.anchors:
        if _is_clock(time) or _is_occasion(document, time) or _is_object(document, time):
            continue
        for token in dated_words(document, timing, time, anchor):
            found = dated.setdefault(token.i, (token, []))[1]
            if not found or found[-1] is not time:
                found.append(time)
    read: Read = {}
    for token, found in dated.values():
        whole = _from_to(document, found)
        for time in _chosen(document, timing, token, found):
            interval = whole or _interval(document, time, token)
            pairs = read.setdefault(token.i, [])
            if interval not in (known for _, known in pairs):  # "on May 5 and 6" is one interval, told twice
                pairs.append((token, interval))
    _count(sentence, times, read, told)
    for token, interval in [pair for pairs in read.values() for pair in pairs]:
        for verb, shared in sharing(token, interval):
            if verb.i not in read and not timing.own(verb) and not is_empty(verb) and not only_shows(verb):
                read[verb.i] = [(verb, shared)]
    return read


def _from_to(document: Document, times: list[Time]) -> Interval | None:
    """The stretch between two values with their times: "rose from 49 % in 2020 to 63 % in 2025"."""
    if len(times) != 2:
        return None
    first, second = times
    one, other = first.interval, second.interval
    if one is None or other is None:
        return None
    before = document.text[max(0, first.span.start_char - 60) : first.span.start_char].lower().split()
    between = document.text[first.span.end_char : second.span.start_char].lower().split()
    start, end = one.date or "", other.date or ""
    if "from" not in before[-5:] or between[:1] != ["to"] or "/" in start + end or not (start and end):
        return None
    in_order = one.earliest is not None and other.latest is not None and one.earliest <= other.latest
    return interval_of(f"{start}/{end}", one.basis) if in_order else None


def _interval(document: Document, time: Time, token: Token) -> Interval:
    """When the happening is: the time's interval, without a bound that belongs to another word.

    In "since the January 7 quake" and "by 2010, when he won" the quake is on the day, he won in the year.
    """
    assert time.interval is not None
    prenominal = token.pos_ not in VERBS and time.span.start_char < token.idx
    when = (
        token.dep_ in _CLAUSES
        and document.text[time.span.end_char : token.left_edge.idx + 4].strip(", ") == "when"
    )
    if prenominal or when or (is_moved(token) and is_until(document, time)):
        return without_bound(time.interval)
    return lasting(time.interval) if lasts_until(document, time, token) else time.interval


def _is_clock(time: Time) -> bool:
    """Whether the expression is a time of day alone, which tells no day by itself."""
    words = time.span.words.lower()
    return time.type == "TIME" and _CLOCK.search(words) is not None and _DAY.search(words) is None


def _is_occasion(document: Document, time: Time) -> bool:
    """Whether the words mean an occasion or a length told before: "met again, that time in Rome"."""
    before = document.text[max(0, time.span.start_char - 12) : time.span.start_char].lower().split()
    return time.span.words.lower() == "that time" and (not before or before[-1] not in _AT)


def _is_object(document: Document, time: Time) -> bool:
    """Whether the time is what was named something ("declared Friday a day of mourning") or measured out."""
    span = document.doc.char_span(time.span.start_char, time.span.end_char, alignment_mode="expand")
    if not span or span.end + 1 >= len(document.doc):
        return False
    verb, after = span.root.head, document.doc[span.end]
    if span.root.dep_ == "dobj" and verb.lemma_.lower() in _SPANNING:
        return True  # "covering January to June", "as the campaign reached July"
    named = verb.lemma_.lower() in _NAMING_DAYS and span.start == verb.i + 1
    return bool(named and (after.lower_ in ("a", "an", "the", "as") or verb.lemma_ == "celebrate"))


def _chosen(document: Document, timing: Timing, token: Token, times: list[Time]) -> list[Time]:
    """The times of one word that stand: all of a coordination, else the one that tells most.

    A word with very many is a row of a table or an index, and tells no happening.
    """
    if len(times) < 2:
        return times
    if len(times) == 2 and (day := _of_year(times, token)):
        return [day]
    if len(times) > _MOST_TIMES:
        return []
    times = [time for time in times if not any(_is_within(other, time) for other in times)] or times
    groups: list[list[Time]] = []
    for time in times:
        if groups and _is_coordinated(document, groups[-1][-1], time, token):
            groups[-1].append(time)
        else:
            groups.append([time])

    def rank(group: list[Time]) -> tuple[bool, bool, int]:
        far = not any(time.span.start_char in timing.adjuncts for time in group)
        return is_until(document, group[0]), far, min(abs(t.span.start_char - token.idx) for t in group)

    return min(groups, key=rank)


def _of_year(times: list[Time], token: Token) -> Time | None:
    """The day of the year that stands before the noun: "the 2020 election on November 3"."""
    year, day = times
    one, other = year.interval, day.interval
    if one is None or other is None or token.pos_ in VERBS:
        return None
    around = year.span.end_char <= token.idx < day.span.start_char
    stated = _YEAR.search(day.span.words)
    if not around or stated or not _YEAR.fullmatch(one.date or "") or not _DATE.fullmatch(other.date or ""):
        return None
    return replace(day, interval=interval_of(f"{one.date}{(other.date or '')[4:]}", "text"))


def _is_within(inner: Time, outer: Time) -> bool:
    """Whether the first interval lies strictly in the second."""
    a, b = inner.interval, outer.interval
    if (
        a is None
        or b is None
        or a.earliest is None
        or a.latest is None
        or b.earliest is None
        or b.latest is None
    ):
        return False
    same = (a.earliest, a.latest) == (b.earliest, b.latest)
    return b.earliest <= a.earliest and a.latest <= b.latest and not same


def _is_coordinated(document: Document, first: Time, second: Time, token: Token) -> bool:
    """Whether the second time continues a list: "in 2008-10 and 2015-20", "on May 1, Fiji on May 7"."""
    text = document.text
    if first.span.end_char <= token.idx < second.span.start_char:
        return False  # "despite a lull on Sunday, it struck on Monday"
    between = text[first.span.end_char : second.span.start_char].lower().split()
    if all(word.strip(",") in ("", "and", "or", "then", "again", "in", "on", "also") for word in between):
        return bool(between)
    if not any(word == "and" or word.endswith(",") for word in between):
        return False  # "to 5.4% in September from 5.1% in August"
    before = text[max(0, first.span.start_char - 12) : first.span.start_char].lower().split()
    same_preposition = bool(before) and before[-1] == between[-1]
    return same_preposition and len(first.value) == len(second.value) and len(between) <= _BETWEEN
