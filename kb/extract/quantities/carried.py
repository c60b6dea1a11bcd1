"""The noun that a number left alone takes over from an earlier figure of the text, or from a noun near it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from kb.extract.document import Document
from kb.extract.quantities.counted import counted_noun, unit_of
from kb.lexicon import read_words
from kb.model.values import Direction, Quantity
from kb.quantities.units import money_factor

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

SENTENCES_BACK = 3
TOPIC_REACH = 1500  # characters over which a text goes on speaking of one number
_FIGURES_BACK = 40
_PART = re.compile(
    r"\b(?:including|comprising|among (?:them|whom|those|these)|of (?:them|whom|these|those)),?\s+$",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"\b(?:in|across|throughout|over|from|through|via|at|into)\s+(?:(?:about|some|nearly|all|at least)\s+)?$",
    re.IGNORECASE,
)
Topics = list[tuple[int, str]]
_COUNTS = frozenset({"count", "rate"})
_SUMMED = frozenset({"number", "figure", "total", "count", "tally", "sum"})
_EXTREMES = frozenset({"record", "high", "low", "peak", "maximum", "minimum"})
_COUNTING = frozenset(
    {"count", "list", "put", "have", "report", "record", "register", "document", "give", "estimate", "name"}
)
_SPEAKING = frozenset({"speak", "talk", "tell", "know"})
_WHOLES = frozenset({"them", "whom", "those", "these"})
_COMPARED = frozenset({"fewer", "more", "higher", "lower", "less", "greater", "larger", "smaller"})
_DOWN = frozenset({"fewer", "lower", "less", "smaller"})
_AUXILIARIES = frozenset({"AUX", "PART", "ADV"})


def is_of_persons(unit: str) -> bool:
    """Whether a unit counts persons, by its last word."""
    last = unit.lower().split()[-1] if unit.split() else ""
    return last in read_words("people_nouns") or last.endswith(("ers", "ists", "ians", "ees", "men", "ors"))


def difference(number: TokenSpan) -> Direction | None:
    """The direction of a number before a comparative that ends the phrase: "60 higher", "158 fewer than"."""
    doc, i = number.doc, number.end
    if i >= len(doc) or doc[i].lower_ not in _COMPARED:
        return None
    after = doc[i + 1].lower_ if i + 1 < len(doc) else "."
    if after == "than" or (doc[i].lower_ != "more" and not (after.isalpha() and doc[i + 1].pos_ == "NOUN")):
        return "down" if doc[i].lower_ in _DOWN else "up"
    return None


def carried_noun(
    document: Document, quantity: Quantity, before: list[Quantity], number: TokenSpan
) -> str | None:
    """What a bare number counts by the earlier figures, None where that is not safe to tell.

    The same number with "the" is the same count; a number of something ("six of them") takes the noun of
    the last count some sentences back.
    """
    if same := _same_number(quantity, before, number):
        return same
    if _of_a_body(number):
        return "people"
    if whole := _whole(number):
        return counted_before(document, quantity, before) or _plural_before(whole)
    return None


def carried_level(
    document: Document, quantity: Quantity, before: list[Quantity], topics: Topics, number: TokenSpan
) -> str | None:
    """What a number put at a level or counted by somebody counts: the topic of the text or the last count."""
    if not _is_of_number(number):
        return None
    at = bisect_left(topics, (quantity.span.start_char, ""))
    if at and quantity.span.start_char - topics[at - 1][0] < TOPIC_REACH:
        return topics[at - 1][1]
    return counted_before(document, quantity, before)


def topics_of(document: Document) -> Topics:
    """The nouns whose number the text speaks of, with their offsets: "how many prisoners"."""
    found: Topics = []
    doc = document.doc
    for token in doc[1:-1]:
        low = token.lower_
        if (low == "many" and doc[token.i - 1].lower_ == "how") or (
            low == "of" and doc[token.i - 1].lower_ in ("number", "numbers")
        ):
            i = token.i + 1
            i += doc[i].pos_ == "DET"
            noun = counted_noun(doc[token.i : token.i + 1], i, vague=False)
            if doc[i].lower_ in read_words("casualties", pos="state"):
                found.append((int(doc[i].idx), "people"))  # "the number of missing"
            elif noun is not None and noun[-1].tag_ == "NNS":
                found.append((noun.start_char, unit_of(noun)))
    return found


def counted_before(document: Document, quantity: Quantity, before: list[Quantity]) -> str | None:
    """The noun of the last count not in brackets, up to three sentences back."""
    sentence = document.sentence_at(quantity.number.start_char)
    start = sentence.start_char
    for _ in range(SENTENCES_BACK):
        if start > 0:
            start = document.sentence_at(start - 1).start_char
    for earlier in reversed(before[-_FIGURES_BACK:]):
        if earlier.span.start_char < start:
            return None
        if earlier.kind not in _COUNTS or not earlier.unit or earlier.unit.startswith("per "):
            continue
        aside = is_in_brackets(document, earlier) or is_part(document, earlier)
        if not (aside or is_where(document, earlier)):
            return earlier.unit.partition(" per ")[0]
    return None


def is_part(document: Document, quantity: Quantity) -> bool:
    """Whether a count is told as a part of the one before it: "among them three children"."""
    return (
        _PART.search(document.text, max(0, quantity.span.start_char - 24), quantity.span.start_char)
        is not None
    )


def is_where(document: Document, quantity: Quantity) -> bool:
    """Whether a count only tells where something is: "in 47 countries"."""
    return (
        _WHERE.search(document.text, max(0, quantity.span.start_char - 24), quantity.span.start_char)
        is not None
    )


def predicated(number: TokenSpan) -> str | None:
    """The plural that the number is said to be: "95 are women", "six of them children"."""
    doc, i = number.doc, number.end
    whole = _whole(number) is not None and i + 1 < len(doc) and doc[i].lower_ == "of"
    if whole:
        i += 2
    if i >= len(doc) or doc[i].is_sent_start:
        return None
    if doc[i].lower_ in ("are", "were"):
        i += 1
    elif not whole:
        return None
    start = i
    while i < min(len(doc), start + 4) and doc[i].pos_ in ("ADJ", "ADV", "NOUN", "PROPN", "DET"):
        start += doc[i].pos_ in ("ADV", "DET") and start == i
        if doc[i].tag_ in ("NNS", "NNPS"):
            demonym = doc[i].tag_ == "NNPS" or doc[i].text[0].isupper()
            anybody = doc[i].lower_ in read_words("counted_people", role="any")
            if demonym or anybody:
                return "people"  # three are Poles
            unit = unit_of(doc[start : i + 1])
            return unit if is_of_persons(unit) else None
        i += 1
    return None


def in_strength(number: TokenSpan) -> str | None:
    """Who the number is of that is so many strong: "the fans turned out 20,000 strong"."""
    doc, i = number.doc, number.end
    if i >= len(doc) or doc[i].lower_ != "strong":
        return None
    for token in (number.root, *number.root.ancestors):
        for child in token.children:
            if child.dep_ == "nsubj" and child.tag_ in ("NNS", "NNPS"):
                return unit_of(
                    child.doc[child.left_edge.i if child.tag_ == "NNPS" else child.i : child.i + 1]
                )
    return "people"


def with_fate(number: TokenSpan) -> bool:
    """Whether the words after the number tell what became of people, or where they are.

    "200 are still missing", "300 have not been found", "40 remain in hospital".
    """
    doc, i = number.doc, number.end
    if [token.lower_ for token in doc[i : i + 2]] == ["on", "board"] or (
        i < len(doc) and doc[i].lower_ == "aboard"
    ):
        return True
    verb = False
    while i < len(doc) and i < number.end + 6 and not doc[i].is_sent_start:
        low = doc[i].lower_
        if verb and (
            low in read_words("casualties", pos="state")
            or low in read_words("casualties", pos="fate")
            or doc[i].lemma_.lower() in read_words("casualties", pos="verb")
        ):
            return True
        if verb and low == "in":
            return i + 1 < len(doc) and doc[i + 1].lower_ in read_words("casualties", pos="where")
        if doc[i].lemma_ in ("be", "have", "remain", "stay"):
            verb = True
        elif doc[i].pos_ not in _AUXILIARIES and low not in ("each", "more", "others"):
            return False
        i += 1
    return False


def _of_a_body(number: TokenSpan) -> bool:
    """Whether the number is of members of a force: "seventeen from the Armed Forces"."""
    doc = number.doc
    i = number.end + (number.end < len(doc) and doc[number.end].lower_ == "each")
    if i >= len(doc) or doc[i].lower_ != "from":
        return False
    return any(token.lower_ in read_words("casualties", pos="body") for token in doc[i + 1 : i + 6])


def _same_number(quantity: Quantity, before: list[Quantity], number: TokenSpan) -> str | None:
    """The noun that the same number counted before, where "the" or "those" refers back to it."""
    determined = number.start and number.doc[number.start - 1].lower_ in ("the", "those", "these")
    if not determined or quantity.low != quantity.high:
        return None
    for earlier in reversed(before[-_FIGURES_BACK:]):
        if earlier.kind == "count" and earlier.unit and (earlier.low, earlier.high) == (quantity.low,) * 2:
            return earlier.unit
    return None


def _whole(number: TokenSpan) -> Token | None:
    """The pronoun of the whole after a number: "six of them", "of whom 12", "of those, 14"."""
    doc, i = number.doc, number.end
    if i + 1 < len(doc) and doc[i].lower_ == "of" and doc[i + 1].lower_ in _WHOLES:
        return doc[i + 1]
    j = number.start - 1
    while j > 0 and number.start - j < 4 and (doc[j].text == "," or doc[j].pos_ in ("ADV", "ADP")):
        j -= 1
    if j > 0 and doc[j].lower_ in _WHOLES and doc[j - 1].lower_ in ("of", "among"):
        return doc[j]
    return None


def _is_of_number(number: TokenSpan) -> bool:
    """Whether the number is the level of a number, or is counted, or spoken of, by somebody."""
    doc = number.doc
    root = next((token for token in number if token.pos_ == "NUM"), number.root)  # of a range the first end
    if "." in number.text and not number.text[-1].isalpha():
        return False
    head = root.head
    if root.dep_ == "npadvmod" and head.lower_ in _COMPARED:
        return True
    if root.dep_ == "appos":
        return head.lemma_ in _SUMMED | _EXTREMES and head.left_edge.lower_ in ("the", "a", "its", "their")
    if root.dep_ == "dobj":
        return head.lemma_ in _COUNTING and root.pos_ == "NUM"
    if root.dep_ == "attr":
        return any(child.lemma_ in _SUMMED and child.dep_ == "nsubj" for child in head.children)
    if root.dep_ != "pobj":
        return False
    if head.lower_ == "of":
        return head.head.lemma_ in _SUMMED | _SPEAKING
    if head.lower_ in ("at", "as", "to", "from", "by"):
        verb = head.head
        return any(
            child.lemma_ in _SUMMED
            and child.dep_ in ("nsubj", "nsubjpass", "dobj")
            and child.i < number.start
            for child in verb.children
        ) or any(token.lemma_ in _SUMMED for token in doc[max(number.sent.start, head.i - 3) : head.i])
    return False


def is_in_brackets(document: Document, quantity: Quantity) -> bool:
    """Whether a bracket opened in its sentence before the quantity is still open."""
    start = document.sentence_at(quantity.number.start_char).start_char
    lead = document.text[max(start, quantity.span.start_char - 200) : quantity.span.start_char]
    return lead.rfind("(") > lead.rfind(")")


def _plural_before(pronoun: Token) -> str | None:
    """The nearest plural of persons before a pronoun, else the nearest plural, two sentences back at most."""
    doc, sentences = pronoun.doc, 0
    nearest: str | None = None
    for i in range(pronoun.i - 1, max(-1, pronoun.i - 60), -1):
        if doc[i].tag_ == "NNS" and doc[i].lower_ in read_words("people_nouns"):
            return unit_of(doc[i : i + 1])
        if doc[i].tag_ == "NNS" and nearest is None and re.fullmatch(r"[a-z]+", doc[i].text):
            nearest = doc[i].text
        sentences += bool(doc[i].is_sent_start)
        if sentences > 1:
            break
    return nearest


def in_unit_of(measured: Quantity, quantity: Quantity) -> Quantity:
    """The bare number in the unit of a figure near it; hundredths ("35 cents") stay hundredths."""
    factor = money_factor(measured.noun.words) if measured.noun and measured.kind == "money" else 1.0
    low, high = (
        None if end is None else float(f"{end * factor:.15g}") for end in (quantity.low, quantity.high)
    )
    return replace(quantity, low=low, high=high, unit=measured.unit, kind=measured.kind)
