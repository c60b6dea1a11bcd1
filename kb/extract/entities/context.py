"""What stands around a candidate tells of its kind: the model's label, prepositions, appositions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from itertools import takewhile

from kb.extract.document import Document
from kb.extract.entities.parts import Part
from kb.extract.entities.vocabulary import is_common_word
from kb.lexicon import read_table, read_words
from kb.names.known import is_given_name, is_surname, known_names

LABELS = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place"}
_WITHIN = re.compile(r"in|near|nearby|at|outside|around|across|throughout|inside|via")
_TOWARDS = re.compile(r"from|to|toward|towards|into|off|over")
_ROW_BEHIND = re.compile(r"\s\(\d{1,3}\)(?:,|,?\sand)\s[^\W\d_]+\s\(\d")
_ROW_BEFORE = re.compile(r"\b[^\W\d_]+\s\(\d{1,3}\)(?:,|,?\sand)\s$")
_AGE = re.compile(r",\s(?:aged?\s)?\d{1,2},|\s\(\d{1,2}\)")
_WHO = re.compile(r",?\s+(?:who|whom)\b")
_OF = re.compile(r"\b(\w+) of (?:the )?$")
_NOUN_BEFORE = re.compile(
    r"\b([\w-]+)(?:,? (?:to be|is|was|also|formerly|now))?,? [\"“'‘—–]?"
    r"(?:(?:including|such as|of|like|called|named|nicknamed|dubbed|titled|entitled|codenamed) )?"
    r"[\"“'‘]?(?:the )?$"
)
_APPOSED = re.compile(r",\s+(?:an?|the|one of the|his|her|their|its)\s((?:[\w’'-]+\s){0,6}[\w’'-]+)")
_LIST = re.compile(r"(?:[A-Z][\w.&’'-]*(?: [A-Z][\w.&’'-]*){0,3}(?:,? (?:and|or) |, ))+(?:the )?$")
_WITHIN_LIST = re.compile(r"\b(?:in|near|at|outside|around|across)\s(?:[A-Z][\w’'-]*(?:,? (?:and|or) |, ))+$")
_OFFICER = re.compile(
    r"\bdirectors? (?:of|for|at) the $|\b(?:chair(?:man|woman|person)?|president|head|chief|leader|members?|"
    r"(?:co-)?founder|spokes(?:man|woman|person)|employees?|analyst|economist|researchers?|fellow|secretary|executive)"
    r"\s(?:of|for|at|with)\s(?:the\s)?$"
)
_MANY_BEHIND = re.compile(r"(?:(?:,? and |, )[A-Z][\w’'-]+){0,5} ([a-z]+s)\b")
_CAMEL = re.compile(r"(?!Ma?c[A-Z]|De[A-Z]|La[A-Z]|Le[A-Z]|Di[A-Z])[A-Z][a-z]{2,}(?:[A-Z][a-z]+)+")
_SOURCE = re.compile(r"\b(?:according to|\w+ed by|told|owner of|founded|with) $", re.IGNORECASE)
_RULING = re.compile(r"\b(?:ruling|governing|opposition)\s$")
_PUBLISHED = re.compile(r"\bpublished\s(?:[\w,]+\s){0,4}in\s$")
_BEHIND = re.compile(r" ((?:[a-z-]+ )?[a-z-]+)\b")
_IN_PLACE = re.compile(r", (?:the )?((?:[A-Z]\.){2,}|[A-Z][\w-]+(?: [A-Z][\w-]+){0,2})(?!\w| [A-Z])")
_QUOTED = re.compile(r"[,.?!]?[”\"]")
_ROLE = re.compile(r"[a-z]{2,}(?:ologist|ist|ician|man|woman|person)")
_NOUN_ENDS = re.compile(r"of|in|at|on|for|from|to|with|by|who|which|that|and|or|is|was|has|had|as|whose|near")


@cache
def _class_nouns() -> dict[str, str]:
    return {row["word"]: {"thing": "none"}.get(row["kind"], row["kind"]) for row in read_table("class_nouns")}


def _class_of_many(word: str) -> str | None:
    """The kind that a plural calls the names behind it: `chains`, `companies`."""
    if word in ("children", "men", "women", "grandchildren"):
        return "person"
    if not word.endswith("s"):
        return None
    nouns = _class_nouns()
    singular = f"{word[:-3]}y" if word.endswith("ies") else word[:-1]
    return nouns.get(word) or nouns.get(singular)


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
        score["person"] *= (
            0.6 if _is_somebodys(part.words[0].bare) else 0.5
        )  # to a small model all may be persons
    if len(part.words) == 1 and "organisation" in score:
        score["organisation"] *= 0.75
    if not labels and not any(token.pos_ == "PROPN" for token in span):
        score["none"] = 1.0
    return score


def _is_somebodys(word: str) -> bool:
    """Whether a word is a surname or a given name, and no other word."""
    return (is_surname(word) or is_given_name(word) is not None) and not is_common_word(word)


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
    elif _WITHIN_LIST.search(before) and len(part.words) == 1:
        score["place"] += 1.5  # `in Tema and Koforidua`
    elif word == "the":
        score["person"] -= 2
        score["organisation"] += 0.4
    if len(part.words) == 1 and _CAMEL.fullmatch(part.words[0].text) and _SOURCE.search(before):
        score["organisation"] += 1.5  # `measured by RealClearPolitics`
    if _AGE.match(after) and not _is_in_row(before, part, after):
        score["person"] += 4
    if _WHO.match(after):
        score["person"] += 1.5
    if _lemma_behind(document, part.end) in _speech():
        score["person"] += 0.7
    if word in ("a", "an") and len(part.words) > 1 and _is_one_of_many(document, part):
        score["none"] += 8  # `a Level 2 Burns Unit`, `a Honda Civic`: one of many
    return score


def _is_in_row(before: str, part: Part, after: str) -> bool:
    """Whether one of several single words bears the number, as places do: "Kharkiv (12), Odesa (9)"."""
    if len(part.words) > 1 or not after.startswith(" ("):
        return False
    return _ROW_BEHIND.match(after) is not None or _ROW_BEFORE.search(before) is not None


def class_of(document: Document, part: Part) -> dict[str, float]:
    """What the words around a candidate call it: one mention is enough to tell for all."""
    text = document.text
    before = text[max(0, part.start - 60) : part.start]
    after = text[part.end : part.end + 80]
    score: dict[str, float] = defaultdict(float)
    if _lies_in(after):
        score["place"] += 3.5
    match = _MANY_BEHIND.match(after) if len(part.words) == 1 and not part.words[0].possessive else None
    in_row = match is not None and (match.start(1) > 1 or before.endswith((" and ", ", ")))
    if match and in_row and _class_of_many(match[1]) == "place":
        score["place"] += 3  # `Gorkha and Dolakha districts`
    if len(part.words) > 1 and part.title is None and is_given_name(part.words[0].bare) is not True:
        if _OFFICER.search(before):
            score["organisation"] += 2.5
        elif _RULING.search(before):
            score["organisation"] += 3
        elif _PUBLISHED.search(before):
            score["organisation"] += 4
    if before[-1:] in ("“", '"', "#") and _QUOTED.match(after) and len(part.words) > 1:
        score["none"] += 3  # a title of a work, a slogan
    for source in (
        _apposition(before, after),
        _class_behind(after, many=len(part.words) > 1, the=before.lower().endswith("the ")),
    ):
        for kind, value in source.items():
            score[kind] += value
    return score


def _lies_in(after: str) -> bool:
    """Whether a comma and the state or country of a town follow: `Windsor Locks, Connecticut`."""
    match = _IN_PLACE.match(after)
    if match is None or after[match.end() : match.end() + 2] in ("'s", "’s"):
        return False
    known = known_names().get(match[1])
    return known is not None and known.type in ("country", "state", "county", "region", "island")


def _is_one_of_many(document: Document, part: Part) -> bool:
    """Whether an article before a name is the name's own, not that of a noun: `a Labour Party spokesman`."""
    if document.text[part.start : part.end] in known_names() or is_given_name(part.words[0].bare):
        return False
    span = document.doc.char_span(part.start, part.end, alignment_mode="expand")
    if span is None or span.root.dep_ in ("compound", "amod", "nmod", "poss", "npadvmod"):
        return False
    next_character = document.text[part.end : part.end + 1]
    behind = document.doc.char_span(part.end + 1, part.end + 2, alignment_mode="expand")
    if next_character == " " and behind and behind[0].pos_ in ("NOUN", "PROPN", "ADJ"):
        return False
    return next_character not in ("'", "’", "-")


def _class_behind(after: str, *, many: bool, the: bool) -> dict[str, float]:
    """What the noun right behind a name calls it: `the Falcon Heavy rocket`, `the Khurais oil field`."""
    match = _BEHIND.match(after)
    if match is None:
        return {}
    nouns, words = _class_nouns(), match[1].split()
    if many and the and words[0] in read_words("name_words", position="tract"):
        return {"place": 4.5}  # `the Nob Hill area`
    if words[0] in nouns and nouns[words[0]] != "person":
        return {nouns[words[0]]: (5.0 if many else 2.5) if nouns[words[0]] == "none" else 1.5}
    if len(words) > 1 and nouns.get(words[1]) in ("place", "none") and not _NOUN_ENDS.fullmatch(words[0]):
        return {nouns[words[1]]: 2.5 if nouns[words[1]] == "place" else 1.0}
    return {}


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
    if match and not (_OF.search(before)):
        kind = nouns.get(match[1]) or ("person" if _ROLE.fullmatch(match[1]) else None)
        many = _class_of_many(match[1])
        if kind or many:
            score[kind or many or ""] += 4 if many else 2.5
    listed = _LIST.search(before)
    match = _NOUN_BEFORE.search(before[: listed.start()]) if listed else None
    if match:
        kind = _class_of_many(match[1])
        if kind:
            score[kind] += 4  # `the chains Alpha and Beta`
    match = _APPOSED.match(after)
    if match:
        phrase = list(takewhile(lambda word: not _NOUN_ENDS.fullmatch(word), match[1].split()))
        kinds = [nouns[word] for word in phrase if word in nouns]
        if kinds:
            score[kinds[-1]] += 2.5
    return score
