"""What a change or a ratio is compared with: "three times larger than the number in 1985".

The words are those of the text after the comparing word, up to the end of their phrase; place and time
are the ones named in them.
"""

from __future__ import annotations

from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from kb.extract.claims.phrases import Reading
from kb.extract.entities.mentions import reference
from kb.lexicon import read_table
from kb.model.values import Baseline, Quantity, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_CUT = ("relcl", "advcl", "cc", "conj", "ccomp", "parataxis")
_OBJECTS = ("pobj", "pcomp", "prep", "advcl", "npadvmod")
_PERIODS = frozenset(["year", "quarter", "month", "week", "decade"])
_DETERMINERS = frozenset(["the", "that", "those", "what", "its", "their", "last", "this"])
_FARTHEST = 14  # words between the quantity and the comparing word


@cache
def _markers() -> tuple[tuple[tuple[str, ...], str], ...]:
    """The comparing words, longest first, with what they follow."""
    rows = [(tuple(row["word"].split()), row["follows"]) for row in read_table("baseline_words")]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def baseline_span(reading: Reading, quantity: Quantity) -> Span | None:
    """The words that the quantity is compared with, or None where it is neither change nor ratio."""
    if quantity.relation == "value":
        return None
    sentence = reading.document.sentence_at(quantity.span.start_char)
    after = [token for token in sentence if token.idx >= quantity.span.end_char]
    if quantity.relation == "ratio" and after and after[0].lower_ in _DETERMINERS:
        return _to_clause_end(reading, after)  # "three times the number that"
    after = [token for token in sentence if token.idx >= quantity.number.end_char]
    for index, token in enumerate(after[:_FARTHEST]):
        if token.text in (";", ":"):
            return None
        for words, follows in _markers():
            here = after[index : index + len(words)]
            if follows in ("any", quantity.relation) and tuple(t.lower_ for t in here) == words:
                found = _phrase(reading, here[-1], quantity)
                if found:
                    return found
    return None


def _to_clause_end(reading: Reading, tokens: list[Token]) -> Span:
    """The words up to the next comma, colon or full stop."""
    kept = list(takewhile(lambda token: not token.is_punct or token.text in ("-", "'"), tokens))
    return reading.document.span(kept[0].idx, kept[-1].idx + len(kept[-1]))


def _phrase(reading: Reading, marker: Token, quantity: Quantity) -> Span | None:
    """The phrase that the comparing word governs, without the clauses and coordinations in it."""
    objects = [child for child in marker.rights if child.dep_ in _OBJECTS]
    if not objects and marker.i + 1 < len(marker.doc) and marker.dep_ == "mark":
        objects = [marker.head]
    if not objects:
        return None
    end = _extended(marker, _end(objects[0]))
    start = marker.i + 1
    if end < start:
        return None
    last = marker.doc[end]
    first = marker.doc[start]
    if marker.lower_ == "on" and first.lemma_.lower() == marker.doc[marker.i - 1].lemma_.lower():
        return None  # "up 5 % year on year in May"
    # "on" compares with a period only: "up 5 % on last year", not "on Monday"
    if marker.lower_ == "on" and not any(
        token.lemma_.lower() in _PERIODS for token in marker.doc[start : end + 1]
    ):
        return None
    if marker.lower_ == "as" and quantity.relation == "ratio" and first.pos_ in ("ADJ", "ADV"):
        return None  # the first "as" of "twice as many as"
    return reading.document.span(first.idx, last.idx + len(last))


def _extended(marker: Token, end: int) -> int:
    """The end with the prepositional phrases that follow at once, wherever the parser hung them."""
    document, last = marker.doc, marker.sent.end - 1
    while end < last and document[end + 1].dep_ == "prep":
        after = _end(document[end + 1])
        if after <= end + 1:
            break
        end = after
    return end


def _end(head: Token) -> int:
    """The position of the phrase's last word."""
    end = int(head.i)
    for child in head.rights:
        if child.dep_ in _CUT or (child.is_punct and child.text not in ("-", "'")):
            break
        end = max(end, _end(child))
    return end


def baseline_of(reading: Reading, words: Span) -> Baseline:
    """The baseline with the place and the time that its words name."""
    place = next(
        (
            reference(mention)
            for mention, _ in reading.mentions.within(words.start_char, words.end_char, "place")
        ),
        None,
    )
    time = next((time for time in reading.times if time.interval and time.span.overlaps(words)), None)
    return Baseline(words.words, place, time.interval if time else None)
