"""Sentences that go on about what the one before told, and so share its time.

A sentence goes on where it opens with "at the time", where its subject is a pronoun or has "this" or
"that", where it speaks of "the quake" after a sentence about a quake, and where it tells of victims after
a sentence about an attack or an accident.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kb.extract.claims.governing import subject_of, verb_above
from kb.extract.claims.phrases import Reading
from kb.extract.dating.happenings import happening_words, is_happening, kind_of_words
from kb.extract.dating.timing import Timing, times_of_sentence
from kb.model.values import Interval, Time

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_OPENING = re.compile(r"(?:at (?:the|that|this) time|by then|in the event|on that occasion)\b", re.IGNORECASE)
_PRONOUNS = frozenset(["it", "they", "he", "she", "this", "that", "these", "those"])
_DEMONSTRATIVES = frozenset(["this", "that", "these", "those", "such"])
_ANY_HAPPENING = frozenset(["incident", "event", "tragedy", "disaster", "accident", "catastrophe", "ordeal"])
_KNOWN = frozenset(["the"])
_SENTENCES_BACK = 2
_DAY = len("2026-06-03")
_HARM = frozenset(["died", "killed", "injured"])
_CAUSES = frozenset(["attack", "disaster", "accident", "fighting"])


def time_continued(reading: Reading, anchor: Token) -> Interval | None:
    """The time of the sentences before, of the same paragraph, that the quantity's sentence goes on about."""
    sentence = reading.document.sentence_at(anchor.idx)
    for _ in range(_SENTENCES_BACK):
        topic = _topic(sentence, anchor)
        if topic is None or sentence.start == 0:
            return None
        previous = reading.document.sentence_at(sentence.start_char - 1)
        gap = reading.document.text[previous.start_char : sentence.start_char]
        if previous.start == sentence.start or "\n\n" in gap.rstrip(" ").replace(" ", ""):
            return None
        if found := _time_in(reading, previous, topic):
            return replace(found, basis="text")
        sentence, anchor = previous, previous.root
    return None


def has_time(reading: Reading, anchor: Token) -> bool:
    """Whether the quantity's sentence gives any time, be it of something else."""
    sentence = reading.document.sentence_at(anchor.idx)
    return any(time.interval for time in times_of_sentence(reading.times, sentence))


def is_before(anchor: Token) -> bool:
    """Whether the clause tells of the time before something known: "before this vote"."""
    for node in (anchor, *anchor.ancestors):
        for child in node.children:
            if child.dep_ == "prep" and child.lower_ in ("before", "until"):
                return any(_has_determiner(noun, _DEMONSTRATIVES | {"the"}) for noun in child.children)
    return False


def _topic(sentence: TokenSpan, anchor: Token) -> Token | None:
    """What the sentence goes on about: its subject, or a happening that is told as known."""
    if _OPENING.match(sentence.text):
        return sentence[0]
    verb = anchor if anchor.pos_ in ("VERB", "AUX") else verb_above(anchor)
    subject = subject_of(verb) if verb is not None else None
    of_root = [child for child in sentence.root.children if child.dep_ in ("nsubj", "nsubjpass")]
    for token in (subject, *of_root):
        if token is not None and (token.lower_ in _PRONOUNS or _has_determiner(token, _DEMONSTRATIVES)):
            return token
        if token is not None and token.lemma_.lower() in _ANY_HAPPENING and _has_determiner(token, _KNOWN):
            return token
    known = (t for t in sentence if is_happening(t) and _has_determiner(t, frozenset(["the"])))
    return next(known, verb if verb is not None and _tells_of_victims(verb) else None)


def _tells_of_victims(verb: Token) -> bool:
    """Whether the clause tells of harm: "5 were hurt", "there was one worker injured"."""
    participles = [child for child in verb.children if child.tag_ == "VBN"]
    return any(kind_of_words(word.lemma_.lower(), "verb") in _HARM for word in (verb, *participles))


def _has_determiner(noun: Token, words: frozenset[str]) -> bool:
    return any(child.dep_ == "det" and child.lower_ in words for child in noun.children)


def _time_in(reading: Reading, sentence: TokenSpan, topic: Token) -> Interval | None:
    """The time that the sentence gives to what the topic takes up."""
    timing = Timing(sentence, times_of_sentence(reading.times, sentence))
    dated = [time for time, _ in timing.anchors if time.type in ("DATE", "TIME")]
    if topic.pos_ == "VERB":
        found = _of_happening(timing, sentence, _CAUSES)
        return found.interval if found else None
    if topic.pos_ not in ("NOUN", "PROPN", "PRON", "DET"):  # "at the time"
        return dated[-1].interval if dated else None
    if topic.pos_ in ("NOUN", "PROPN"):
        demonstrative = _has_determiner(topic, _DEMONSTRATIVES) or topic.lemma_.lower() in _ANY_HAPPENING
        kind = _kind(topic)
        found = _of_happening(timing, sentence, frozenset([kind] if kind else []))
        if found is None and demonstrative:
            found = _of_happening(timing, sentence, None)
        if found or not demonstrative:
            return found.interval if found else None
    found = timing.of(sentence.root)
    days = [time for time in dated if time.type == "DATE" and len(time.value) == _DAY]
    if found is None and len({time.value for time in days}) == 1:
        found = days[0]
    return found.interval if found else None


def _of_happening(timing: Timing, sentence: TokenSpan, kinds: frozenset[str] | None) -> Time | None:
    """The time of the sentence's last happening of the kinds that has one; of any kind, its very own."""
    for token in reversed(list(sentence)):
        if not is_happening(token) or (kinds is not None and _kind(token) not in kinds):
            continue
        if own := timing.own(token):
            return own[-1]
        if kinds is not None and (found := timing.of(token)):
            return found
    return None


def _kind(noun: Token) -> str | None:
    words = happening_words(noun)
    return kind_of_words(words, "noun") or words if words else None
