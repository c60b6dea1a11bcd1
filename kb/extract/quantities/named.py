"""Numbers that the parse shows to be no figures: parts of names ("S&P 500"), ordinals, "one" as a pronoun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.extract.quantities.of_names import in_gap
from kb.lexicon import read_words
from kb.model.values import Quantity

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_LAST_DAY = 31  # of a month
_LEVELS = frozenset(["record", "high", "low", "peak", "maximum", "minimum"])


def is_name_or_pronoun(number: TokenSpan, quantity: Quantity) -> bool:
    """Whether a number found by the grammar is none in its sentence."""
    if quantity.number.words.lower() == "one" and quantity.kind in ("bare", "count", "duration"):
        return _is_pronoun_one(number, quantity)
    if quantity.kind == "share":
        return _is_ordinal(number, quantity)
    if quantity.kind == "measurement" and _is_numbered(number, quantity):
        return True
    if quantity.kind not in ("bare", "rate"):
        return False
    return _is_in_name(number, quantity) or _is_street(number) or _is_year(number, quantity)


def _is_pronoun_one(number: TokenSpan, quantity: Quantity) -> bool:
    doc, root = number.doc, number.root
    before = doc[number.start - 1].lower_ if number.start else ""
    if root.dep_ == "dobj" and root.head.lemma_.lower() in read_words("casualties", pos="verb"):
        return False  # "it killed one and hurt eight people"
    if before == "that" and doc[number.start - 1].dep_ == "mark" and root.dep_ == "nummod":
        return False  # "the rule that one country may not judge another"
    if number.text == "One" and number.start and doc[number.start - 1].pos_ == "PROPN":
        return True  # Marine One
    if before in read_words("not_figures", **{"class": "idiom_before"}) or before == "not":
        return True  # "not one crown"
    after = doc[number.end] if number.end < len(doc) else None
    if after is None or after.lower_ in read_words("not_figures", **{"class": "one"}):
        return True
    if _is_some_person(after):
        return True
    if quantity.kind != "bare":
        return False
    return not (after.pos_ in ("NOUN", "PROPN", "ADJ") or (after.tag_ in ("VBN",) and root.dep_ == "nummod"))


def _is_numbered(number: TokenSpan, quantity: Quantity) -> bool:
    """Whether a number with a capital letter is the number of something: "Advisory Number 25A", "Gate 7B"."""
    words = quantity.span.words
    lettered = words[:-1].isdecimal() and words[-1].isupper() and words[-1].isalpha()
    before = number.doc[number.start - 1] if number.start else None
    return lettered and before is not None and (before.pos_ == "PROPN" or before.lower_ in ("number", "no."))


def _is_some_person(after: Token) -> bool:
    """Whether "one" is a certain person's: "reportedly one Otieno"."""
    noun_follows = after.dep_ in ("compound", "amod") and after.head.pos_ == "NOUN"
    return after.tag_ == "NNP" and after.ent_type_ == "PERSON" and not noun_follows


def _is_ordinal(number: TokenSpan, quantity: Quantity) -> bool:
    """Whether "a third", "a quarter" is an ordinal or a part of a year: no "of" after, nothing before."""
    doc = number.doc
    after = doc[number.end] if number.end < len(doc) else None
    words = quantity.number.words.lower()
    if words == "half":
        before = doc[number.start - 1] if number.start else None
        if before is not None and before.tag_ == "PRP$":
            return True  # "his half of the prize"
        return before is not None and before.pos_ in ("ADJ", "DET") and before.lower_ not in ("about",)
    if words.startswith("one ") and after is not None and after.tag_ == "NN" and quantity.comparator == "=":
        return True  # one third party
    if not words.startswith(("a ", "an ")):
        return False
    if quantity.number.words.split()[-1].istitle():
        return True  # a Fourth of July
    if quantity.comparator != "=" or (after is not None and after.lower_ in ("of", "were", "are", "have")):
        return False
    return not (
        number.start
        and doc[number.start - 1].lower_
        in ("by", "to", "than", "only", "just", "from", "about", "nearly", "almost")
    )


def _is_in_name(number: TokenSpan, quantity: Quantity) -> bool:
    """Directly after a capitalised name in the same noun phrase, with no noun of its own to count."""
    doc = number.doc
    if not number.start or number[0].is_sent_start:
        return False
    before = doc[number.start - 1]
    after = doc[number.end] if number.end < len(doc) else None
    if not number[0].text[0].isdigit():
        if not number[0].text.istitle() or not number[0].is_title:
            return False
        begun = before.is_punct or before.is_space or before.is_quote
        theme = after is not None and after.pos_ == "PROPN" and after.is_title and not begun
        return bool(before.pos_ == "PROPN" or (theme and before.is_lower))  # World War Two, the Six Flags
    counts = after is not None and after.pos_ in ("NOUN", "PROPN", "ADJ", "NUM")
    months = read_words("time_words", "phrase", **{"class": "MONTH"})
    if counts and before.text in months and (quantity.low or 0) > _LAST_DAY:
        return False  # "last September 52 prisoners"
    if not counts and in_gap(number) is not None:
        return False  # "Chad reported 17 and Niger 9"
    if before.is_space or not _is_name(before):
        level = quantity.comparator == "between" or before.dep_ == "npadvmod"
        level = level or number[-1].text.isalpha() or before.lower_ in _LEVELS  # "to a record 61 billion"
        return bool(before.pos_ == "NOUN" and not counts and not level)  # the sp 500 fell
    if not counts or after is None or len(before.text) == 1:
        return True
    return bool(number.root.head == before or before.head == number.root.head or after.pos_ == "PROPN")


def _is_street(number: TokenSpan) -> bool:
    """A number before names alone, none a plural: the number of a house ("36 Quai des Orfèvres")."""
    doc, j = number.doc, number.end
    if not number.text.isdecimal():
        return False
    while j < len(doc) and (
        doc[j].tag_ == "NNP" or doc[j].pos_ == "X" or doc[j].lower_ in ("des", "de", "la", "du")
    ):
        j += 1
    if j - number.end < 2:
        return False
    return j >= len(doc) or doc[j].pos_ not in ("NOUN", "PROPN")


def _is_name(token: Token) -> bool:
    return token.pos_ == "PROPN" or (
        token.text[:1].isupper() and not token.is_sent_start and token.pos_ in ("NOUN", "X")
    )


def _is_year(number: TokenSpan, quantity: Quantity) -> bool:
    """A bare number of four digits that reads as a year and counts nothing that follows."""
    words = quantity.number.words
    if not (words.isdecimal() and len(words) == 4 and 1900 <= int(words) <= 2099):
        return False
    if number.end < len(number.doc) and number.doc[number.end].lower_ in ("level", "levels", "baseline"):
        return True  # "37 % below 1990 levels"
    until = quantity.comparator == "<=" and int(words) % 100 != 0  # "up to 2015"
    if quantity.comparator != "=" and not until:
        return False
    doc = number.doc
    after = doc[number.end] if number.end < len(doc) else None
    return after is None or after.tag_ != "NNS" or int(words) % 100 != 0
