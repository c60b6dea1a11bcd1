"""Which time belongs to a verb, a noun or a number: its own, the clause's, else the sentence's.

A time expression is first anchored: to the happening noun that it modifies ("the 2020 protests"), else
to the verb of its clause. A word then has the time that is anchored to it, or to what it stands under:
a number to its noun, a noun to its verb, a verb to the verb that it is coordinated with or completes.
A time of another clause is never taken.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from kb.extract.dating.attachment import LONGEST_CLIMB, PRENOMINAL, VERBS, dated_word
from kb.extract.dating.mends import head_of_time
from kb.extract.dating.periods import with_periods
from kb.extract.document import Document
from kb.lexicon import read_words
from kb.model.values import Time

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

__all__ = ["VERBS", "Timing", "dates_something", "time_of", "times_of_sentence"]

_SUBJECTS = frozenset(["nsubj", "nsubjpass", "csubj", "expl"])
# Words of a time of day beside the expression itself: "at 7:37 p.m. local time on Wednesday".
_CLOCK = frozenset(["a.m.", "p.m.", "am", "pm", "time", "utc", "gmt", "edt", "est", "cet", "o'clock", "hour"])
_PARTS_OF_DAY = frozenset(["morning", "afternoon", "evening", "night", "noon", "midnight", "dawn", "dusk"])
_YEARS = frozenset(["year"])  # "in the 2019/20 financial year"
_PARTS_OF_TIMES = frozenset(
    ["week", "day", "month", "half", "part", "beginning", "start", "middle", "end", "weekend"]
)
_SET_AGAINST = frozenset(
    [("up", "from"), ("down", "from"), ("compared", "with"), ("compared", "to"), ("change", "from")]
)
_CLAUSE = 15  # words back to what a number is set against
_PERCENT = frozenset(["%", "percent", "points"])
_MOST_TIMES = 100  # of a sentence
_RELATIVE = frozenset(["early", "earlier", "late", "later", "ago", "as", "since", "until", "till"])


class Timing:
    """The times of one sentence, each anchored to the word that it dates.

    In a "sentence" of very many times, a table or an index, none is anchored.
    """

    def __init__(self, sentence: TokenSpan, times: Iterable[Time]) -> None:
        self._inside: set[int] = set()
        spans = []
        some = list(islice(times, _MOST_TIMES + 1))
        for time in some if len(some) <= _MOST_TIMES else ():
            if span := _tokens_of(sentence, time):
                spans.append((time, span))
                self._inside.update(token.i for token in span if dates_something(time))
        self._anchored: dict[int, list[Time]] = {}
        anchors: list[tuple[Time, Token]] = []
        self.aside: list[Time] = []  # of numbers that another is set against
        self.adjuncts: set[int] = set()  # where the times begin that hang on their anchor itself
        for time, span in spans:
            aside = _is_compared_with(span) or _is_base_of_change(time, span)
            if dates_something(time) and not aside and _is_of_level(span):
                self.aside.append(time)
            elif dates_something(time) and not aside:
                anchor = self._anchor(span)
                anchors.append((time, anchor))
                if self._out_of_time(span).head.i == anchor.i:
                    self.adjuncts.add(time.span.start_char)
        self.anchors = with_periods(anchors)
        for time, anchor in self.anchors:
            self._anchored.setdefault(anchor.i, []).append(time)

    def of(self, token: Token) -> Time | None:
        """The time of what the token names, or None."""
        node, seen = token, 0
        while seen < LONGEST_CLIMB:
            if found := self._own(node, token):
                return found
            above = self._above(node)
            if above is None:
                return None
            node, seen = above, seen + 1
        return None

    def own(self, token: Token) -> tuple[Time, ...]:
        """All times anchored to the very word, in order."""
        return tuple(self._anchored.get(token.i, ()))

    def _own(self, node: Token, asking: Token) -> Time | None:
        found = [time for time in self._anchored.get(node.i, ()) if not self._contains(time, asking)]
        if not found:
            return None
        dated = [time for time in found if time.type == "DATE"] or found
        return min(dated, key=lambda time: abs(time.span.start_char - asking.idx))

    @staticmethod
    def _contains(time: Time, token: Token) -> bool:
        return bool(time.span.start_char <= token.idx < time.span.end_char)

    def _above(self, node: Token) -> Token | None:
        """The word whose time `node` shares, or None where its clause ends."""
        head = node.head
        if head.i == node.i:
            return None
        if node.pos_ not in VERBS:
            return head
        if node.dep_ in ("xcomp", "pcomp", "aux", "auxpass"):
            return head
        if node.dep_ == "conj":
            return head if _shares(node, self._anchored.get(head.i, ())) else None
        if node.dep_ == "advcl" and node.tag_ == "VBG":
            return head
        if node.dep_ in ("acl", "relcl") and node.tag_ == "VB" and head.dep_ == "attr":
            return head  # "on Friday she became the first to swim 9 km"
        if node.dep_ == "ccomp" and head.pos_ in VERBS:
            return head if self._reported_time(node, head) else None
        return None

    def _reported_time(self, node: Token, head: Token) -> bool:
        """Whether the time of the governing clause is the complement's: it opens the sentence."""
        reporting = head.lemma_.lower() in read_words("reporting_verbs")
        first = node.sent.start_char + 2
        return not reporting or any(t.span.start_char <= first + 12 for t in self._anchored.get(head.i, ()))

    def _anchor(self, span: TokenSpan) -> Token:
        """The happening noun that the time modifies, else the verb of its clause."""
        node = self._out_of_time(span)
        if span.root.dep_ in PRENOMINAL and _is_day_after_on(span, node):
            preposition = span.doc[span.start - 1]
            return dated_word(preposition.head, preposition)
        if node.head.i == node.i:
            return node
        return dated_word(node.head, node)

    def _out_of_time(self, span: TokenSpan) -> Token:
        """The last word, going up from the time, that still belongs to the adverbial phrase of time."""
        node = head_of_time(span)
        for _ in range(LONGEST_CLIMB):
            head = node.head
            if head.i == node.i or head.pos_ in VERBS:  # "who I am today" holds no "a.m."
                return node
            preposition = head.pos_ in ("ADP", "SCONJ") and node.dep_ in ("pobj", "pcomp", "prep", "npadvmod")
            part = node.lower_ == "of" and head.lemma_.lower() in _PARTS_OF_TIMES
            part = part or (node.dep_ in PRENOMINAL and head.lower_ in _YEARS)
            clock = part or head.lower_ in _CLOCK or head.lower_ in _PARTS_OF_DAY or head.lower_ in _RELATIVE
            if not (preposition or clock or head.i in self._inside):
                return node
            node = head
        return node


def _is_compared_with(span: TokenSpan) -> bool:
    """Whether the time is what another is set against: "twice as many as in January", "than in 1990"."""
    node = span.root
    while node.dep_ in ("pobj", "pcomp", "prep") and node.head.i < node.i:
        node = node.head
        after = node.doc[node.i + 1].lower_ if node.i + 1 < len(node.doc) else ""
        if node.lower_ == "than" or (node.lower_ == "as" and after in ("in", "on", "at", "during", "last")):
            return True
    return False


def _is_base_of_change(time: Time, span: TokenSpan) -> bool:
    """Whether the time is what a change is against: "down 14 % on 2022", "up on last year"."""
    node = span.root
    while node.dep_ in ("nummod", "compound", "amod", "nmod", "det") and node.head.i in range(
        span.start, span.end
    ):
        node = node.head
    before = span.doc[span.start - 1] if span.start else None
    on = before is not None and before.lower_ == "on"
    if _of_same_period(span):
        return True
    return on and len(time.value) <= len("2022-12") and not any(t.ent_type_ == "TIME" for t in span)


def _of_same_period(span: TokenSpan) -> bool:
    """Whether the time only tells what a change is on: "a rise on the same period in 2025"."""
    words = [token.lower_ for token in span.doc[max(span.sent.start, span.start - 5) : span.start]]
    if words[-1:] and words[-1] in ("in", "of", "a"):
        words.pop()
    same = len(words) > 2 and words[-2] in ("same", "corresponding", "comparable")
    return same and words[-1] in ("period", "month", "quarter", "time", "week") and "on" in words[:-2]


def _is_of_level(span: TokenSpan) -> bool:
    """Whether the time is that of a number another is set against: "31 deaths, up from 12 on Sunday"."""
    doc, numbers = span.doc, 0
    for at in range(span.start - 1, max(span.sent.start, span.start - _CLAUSE), -1):
        token = doc[at]
        if (token.pos_ in VERBS and token.lower_ != "compared") or token.text in (";", ":"):
            return False
        before = doc[at - 1]
        if token.lower_ == "to" and before.lower_ != "compared" and numbers:
            return False  # "up from 12 to 31 on Monday"
        if numbers and _sets_against(before, token):
            return True
        beside = span.root.dep_ not in PRENOMINAL  # "than in the 2017 election"
        if beside and token.lower_ == "than" and doc[at + 1].lower_ in ("in", "at", "on", "during"):
            return True  # "8 % fewer than at the peak in January"
        numbers += token.like_num and token.ent_type_ != "DATE"  # "moved up from May 2029 to May 2021"
    return False


def _sets_against(before: Token, token: Token) -> bool:
    """Whether the two words open the number that another is set against."""
    pair = (before.lower_, token.lower_)
    if pair in _SET_AGAINST or (before.text == "," and pair[1] in ("against", "versus")):
        return True
    if pair[1] == "after":  # "up 31 % in May after 33 % in April"
        return token.i + 2 < len(token.doc) and token.nbor(2).lower_ in _PERCENT
    reached = (other for other in token.doc[max(token.sent.start, token.i - _CLAUSE) : token.i])
    return pair[1] == "from" and any(  # "rose to 31 on Wednesday from 12 on Monday"
        other.lower_ == "to" and other.dep_ == "prep" and other.nbor().like_num for other in reached
    )


def dates_something(time: Time) -> bool:
    """Whether the expression lies on the calendar: no duration, no set, no vague "recently" or "now"."""
    if time.interval is None or time.type == "SET":
        return False
    return time.interval.date is not None or not time.value.endswith("_REF")


def _tokens_of(sentence: TokenSpan, time: Time) -> TokenSpan | None:
    return sentence.doc.char_span(time.span.start_char, time.span.end_char, alignment_mode="expand")


def _is_day_after_on(span: TokenSpan, node: Token) -> bool:
    """Whether the parser took "on Sunday teams had begun" for teams of a Sunday."""
    before = span.doc[span.start - 1] if span.start else None
    return (
        before is not None
        and before.lower_ == "on"
        and node.dep_ in ("compound", "nmod")
        and node.head.i >= span.end
        and before.head.i != before.i
    )


def _shares(verb: Token, of_first: Iterable[Time]) -> bool:
    """Whether a coordinated verb shares the first one's time: it stands before both, or there is no other.

    What is so has not the time of what was done: "closed one shop on Monday and has 60".
    """
    if verb.tag_ in ("VBZ", "VBP") and verb.head.tag_ == "VBD":
        return False
    return any(time.span.start_char < verb.head.idx for time in of_first) or not any(
        child.dep_ in _SUBJECTS for child in verb.children
    )


def times_of_sentence(times: tuple[Time, ...], sentence: TokenSpan) -> Iterator[Time]:
    """The times that begin in the sentence; `times` are in the order of the text."""
    for index in range(bisect_left(times, sentence.start_char, key=_start), len(times)):
        if times[index].span.start_char >= sentence.end_char:
            return
        yield times[index]


def _start(time: Time) -> int:
    return time.span.start_char


def time_of(document: Document, times: tuple[Time, ...], token: Token) -> Time | None:
    """The time expression that tells when the happening named by `token` is, or None.

    Only expressions with an interval count, also one that cannot be resolved: durations, sets and
    vague references ("recently") date nothing.
    """
    sentence = document.sentence_at(token.idx)
    return Timing(sentence, times_of_sentence(times, sentence)).of(token)
