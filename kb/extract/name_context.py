"""What stands around a candidate tells of its kind: the model's label, prepositions, appositions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from itertools import takewhile

from kb.extract.document import Document
from kb.extract.name_parts import Part
from kb.lexicon import read_table, read_words

LABELS = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place"}
_WITHIN = re.compile(r"in|near|at|outside|around|across|throughout|inside|via")
_TOWARDS = re.compile(r"from|to|toward|towards|into|off|over")
_AGE = re.compile(r",\s(?:aged?\s)?\d{1,2},|\s\(\d{1,2}\)")
_WHO = re.compile(r",?\s+(?:who|whom)\b")
_OF = re.compile(r"\b(\w+) of (?:the )?$")
_NOUN_BEFORE = re.compile(
    r"\b([\w-]+),? [\"“'‘—–]?(?:(?:including|such as|of|called|named|dubbed|titled|entitled|codenamed) )?"
    r"[\"“'‘]?(?:the )?$"
)
_APPOSED = re.compile(r",\s+(?:an?|the|one of the|his|her|their|its)\s((?:[\w’'-]+\s){0,6}[\w’'-]+)")
_NOUN_ENDS = re.compile(r"of|in|at|on|for|from|to|with|by|who|which|that|and|or|is|was|has|had|as|whose|near")


@cache
def _class_nouns() -> dict[str, str]:
    return {row["word"]: {"thing": "none"}.get(row["kind"], row["kind"]) for row in read_table("class_nouns")}


@cache
def _speech() -> frozenset[str]:
    return read_words("reporting_verbs", use="speech")


def label_of(document: Document, part: Part) -> dict[str, float]:
    """SpaCy's label of the words, in proportion to how many of them have it."""
    span = document.doc.char_span(part.start, part.end, alignment_mode="expand")
    if span is None or not len(span):
        return {}
    labels = Counter(LABELS.get(token.ent_type_, "none") for token in span if token.ent_type_)
    score = {label: 2.2 * number / len(span) for label, number in labels.items()}
    if len(part.words) == 1 and "person" in score:
        score["person"] *= 0.6  # a single strange word is a person to a small model
    if not labels and not any(token.pos_ == "PROPN" for token in span):
        score["none"] = 1.0
    return score


def context_of(document: Document, part: Part) -> dict[str, float]:
    """What the words before and behind a candidate tell."""
    text = document.text
    before = text[max(0, part.start - 60) : part.start]
    after = text[part.end : part.end + 80]
    score: dict[str, float] = defaultdict(float)
    word = before.split()[-1].lower() if before.split() else ""
    if _WITHIN.fullmatch(word):
        score["place"] += 1.5
    elif _TOWARDS.fullmatch(word):
        score["place"] += 0.5
    elif word == "the":
        score["person"] -= 2
        score["organisation"] += 0.4
    if _AGE.match(after):
        score["person"] += 4
    if _WHO.match(after):
        score["person"] += 1.5
    if len(part.words) > 1 and _lemma_behind(document, part.end) in _speech():
        score["person"] += 0.7
    score.update(_apposition(before, after))
    return score


def _lemma_behind(document: Document, end: int) -> str:
    """The dictionary form of the word behind an offset, empty if there is none."""
    span = document.doc.char_span(end + 1, end + 2, alignment_mode="expand")
    return span[0].lemma_ if span is not None and len(span) else ""


def _apposition(before: str, after: str) -> dict[str, float]:
    """What a class noun beside a name calls it: `the town of X`, `newspaper X`, `X, a river in ...`."""
    nouns = _class_nouns()
    score: dict[str, float] = defaultdict(float)
    match = _OF.search(before)
    if match and nouns.get(match[1].lower()) == "place":
        score["place"] += 3
    match = _NOUN_BEFORE.search(before)
    if match and not (_OF.search(before)) and match[1] in nouns:
        score[nouns[match[1]]] += 2.5
    match = _APPOSED.match(after)
    if match:
        phrase = list(takewhile(lambda word: not _NOUN_ENDS.fullmatch(word), match[1].split()))
        kinds = [nouns[word] for word in phrase if word in nouns]
        if kinds:
            score[kinds[-1]] += 2.5
    return score
