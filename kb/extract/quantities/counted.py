"""The noun that a number counts: the words between the number and its head, from the parse."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kb.lexicon import read_table, read_words
from kb.model.values import Quantity
from kb.quantities.lexer import tokens_of
from kb.quantities.units import plural, read_unit

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

_NOUNS = frozenset({"NOUN", "PROPN"})
_NUMBER_DEPS = frozenset({"nummod", "amod", "compound", "quantmod", "nmod", "det", "predet"})
_JOINTS = frozenset({"-", "'", "’", "'s", "’s", "&"})
_CONJUNCTIONS = frozenset({"as", "when", "while", "so", "since", "then", "before", "after", "where"})
_TODAY = frozenset({"today", "yesterday", "tomorrow", "tonight", "overnight"})
_MANY = 100  # nobody writes "900 confirmed case"
_REACH = 8  # tokens between a number and the noun that it counts


def tokens_at(doc: Doc, start_char: int, end_char: int) -> TokenSpan:
    """The tokens that cover the characters, whole tokens even where they are only a part of one."""
    found = doc.char_span(start_char, end_char, alignment_mode="expand")
    assert found is not None
    return found


def counted_noun(number: TokenSpan, after: int, vague: bool) -> TokenSpan | None:
    """The noun phrase counted by a number, without determiners: from token `after` to its head noun.

    `vague` numbers ("dozens of") and shares count the noun after "of". None where no noun follows.
    """
    doc, i = number.doc, after
    whole = False
    if i < len(doc) and doc[i].lower_ == "of":
        if not vague and not _is_part_of(doc, i):
            return None
        i, whole = i + 1, True
    if not whole and not vague and i < len(doc) and doc[i].lower_ in ("the", "a", "an"):
        return None  # 1,200 the year before
    while i < len(doc) and doc[i].pos_ in ("DET", "PRON") and doc[i].dep_ in ("det", "poss", "predet"):
        i += 1
    head = _head(number, i)
    if head is None or (whole and _is_owner(head)):
        return None  # six of the country's eight regions
    if whole:
        i = max([i, *(token.i + 1 for token in doc[i : head.i] if token.tag_ == "POS")])
    start = _without_adverbs(doc, i, head.i)
    return doc[start : head.i + 1]


def _is_owner(noun: Token) -> bool:
    """Whether a noun or its compound only has what is counted: "the island state's 9,000 people"."""
    for after in noun.doc[noun.i + 1 : noun.i + 3]:
        if after.tag_ == "POS":
            return True
        if after.pos_ not in _NOUNS:
            return False
    return False


def is_crowd(quantity: Quantity, noun: TokenSpan) -> bool:
    """Whether a verb in the present was taken for the noun counted: "thousands march", "millions dwell"."""
    singular = noun[-1].tag_ == "NN" and noun[-1].lower_ not in read_words("plurals", "plural")
    if noun[0].tag_ in ("VBN", "VBD") and len(noun) == 2 and singular and (quantity.low or 0) >= _MANY:
        return True  # "a million expressed interest"
    many = quantity.vague and quantity.number.words.endswith("s") and quantity.number.words[0] != "a"
    if not many or len(noun) != 1 or noun[0].tag_ not in ("NN", "VB", "VBP") or noun.start_char == 0:
        return False
    led = noun.doc[noun.start - 1].lower_ == "of"
    return not led and noun[0].is_lower and noun[0].lower_ not in read_words("plurals", "plural")


def _is_part_of(doc: Doc, i: int) -> bool:
    """Whether "of" leads to the whole that things are counted out of: "all 5 of its seats"."""
    j = i + 1
    if j >= len(doc) or doc[j].lower_ in ("them", "whom", "which", "us", "you"):
        return False
    if doc[j].lower_ in ("these", "those"):
        return j + 1 < len(doc) and doc[j + 1].pos_ in ("NOUN", "ADJ")
    owned = any(token.text in ("'s", "’s", "'", "’") for token in doc[j : j + 4])
    return doc[j].dep_ in ("det", "poss") or owned


def _head(number: TokenSpan, i: int) -> Token | None:
    """The noun at token `i` or a little after it that the number belongs to."""
    doc, root = number.doc, number.root
    run = _run(doc, i, min(len(doc), i + _REACH))
    if not run:
        return None
    head = root.head
    if not (root.dep_ in _NUMBER_DEPS and head.pos_ in _NOUNS and i <= head.i <= run[-1].i):
        head = run[-1]
    if (
        head.tag_ == "NN"
        and run[0].tag_ == "NN"
        and run[0] != head
        and number.text.lower() not in ("one", "1")
    ):
        mass = head.lower_ in read_words("plurals", "plural")
        return head if mass or doc[run[0].i + 1].text == "-" else run[0]  # a 149 vote margin
    return head


def _run(doc: Doc, i: int, end: int) -> list[Token]:
    """The nouns of the phrase that begins at token `i`, as far as adjectives and nouns go on."""
    nouns: list[Token] = []
    j = i
    while j < end:
        token = doc[j]
        after = doc[j + 1] if j + 1 < end else None
        if token.is_sent_start or _is_time(token, after):
            break
        if token.pos_ in _NOUNS and token.lower_ not in ("%", "percent"):
            if nouns and nouns[-1].tag_ == "NNS" and not _joins_plural(nouns[-1], token):
                break  # "66 seats Thursday": a plural ends the phrase
            nouns.append(token)
        elif token.pos_ == "ADJ" or _is_participle(token, after):
            if nouns and doc[j - 1].text != "-":
                break
        elif not (_goes_on(doc, j, end) if nouns else _leads_on(token, after, first=j == i)):
            break
        j += 1
    return nouns


def _joins_plural(plural_noun: Token, token: Token) -> bool:
    """Whether a plural is part of the name or the compound that goes on: "503 media workers"."""
    if token.pos_ == plural_noun.pos_ == "PROPN":
        return True
    return bool(token.tag_ == "NNS" and plural_noun.dep_ == "compound" and plural_noun.head.i == token.i)


def _is_time(token: Token, after: Token | None) -> bool:
    """Whether words of time follow, which nothing counts: "969 last week", "66 Thursday"."""
    if token.lower_ in _TODAY:
        return after is None or after.tag_ != "NNS"
    if token.lower_ in ("last", "next", "this", "each", "every") and after is not None:
        unit = read_unit(tokens_of(after.text), 0)
        return unit is not None and unit[0].kind == "time"
    days = read_words("time_words", "phrase", **{"class": "WEEKDAY"})
    return token.text in days and (after is None or after.pos_ not in _NOUNS)


def _leads_on(token: Token, after: Token | None, first: bool) -> bool:
    """Whether a word before any noun belongs to the phrase: "most expensive", "AK-47", "737 Max"."""
    if not token.is_alpha and token.text[0].isalpha() and token.text[-1].isdigit():
        return True
    if after is None:
        return False
    if token.pos_ == "NUM" and after.text == "-" and not token.whitespace_:
        return True  # two 12-roll packs
    if token.pos_ == "ADV":
        return after.pos_ in ("ADJ", "VERB") and token.lower_ not in _CONJUNCTIONS
    if first:
        return False
    if token.lower_ in ("and", ",", "or"):
        return bool(after.pos_ == "ADJ")
    return token.text in _JOINTS or (token.pos_ == "NUM" and after.pos_ == "PROPN")


def _goes_on(doc: Doc, j: int, end: int) -> bool:
    """Whether the phrase goes on over token `j` after its first noun: hyphens, "'s", models, "and"."""
    token = doc[j]
    if token.text in _JOINTS or (token.pos_ == "NUM" and doc[j - 1].pos_ in ("PROPN", "ADJ")):
        return True
    return token.lower_ == "and" and _joins_names(doc, j, end)


def _is_participle(token: Token, after: Token | None) -> bool:
    """Whether a participle limits the noun after it: "confirmed cases", not "three facing trial"."""
    if token.tag_ == "VBG":
        return bool(token.dep_ == "amod")
    noun_follows = after is not None and after.pos_ in _NOUNS
    if token.tag_ == "VBD" and any(child.dep_ == "nsubj" for child in token.lefts):
        return False  # 900,000 expressed interest, 4 million crossed borders
    return token.tag_ == "VBN" or (token.tag_ == "VBD" and token.pos_ == "VERB" and noun_follows)


def _joins_names(doc: Doc, j: int, end: int) -> bool:
    """Whether "and" joins two names before one plural: "460 Kia and Hyundai vehicles"."""
    if j + 2 >= end or doc[j - 1].pos_ not in ("PROPN", "ADJ") or doc[j + 1].pos_ not in ("PROPN", "ADJ"):
        return False
    return bool(doc[j + 2].tag_ == "NNS")


def _without_adverbs(doc: Doc, start: int, end: int) -> int:
    while start < end and (
        doc[start].pos_ in ("ADV", "PUNCT", "DET") or doc[start].lower_ in ("of", "more", "most")
    ):
        start += 1
    return start


def unit_of(noun: TokenSpan, number: str = "one") -> str:
    """The unit that a noun phrase gives: its words, the head in the plural, white space folded.

    A singular after a number other than one is its own plural ("eleven crew") unless another noun follows
    ("a 149 vote margin").
    """
    doc, head = noun.doc, noun[-1]
    words = " ".join(noun.text.split())
    if noun[0].is_sent_start and noun[0].pos_ in ("NOUN", "ADJ") and noun[0].text[1:].islower():
        words = words[0].lower() + words[1:]
    one = number.lower() in ("one", "1")
    if head.tag_ == "NN" and (one or (noun.end < len(doc) and doc[noun.end].pos_ in _NOUNS)):
        low = head.lower_
        if low in read_words("plurals", "plural"):
            return words
        many = {row["singular"]: row["plural"] for row in read_table("plurals")}.get(low) or plural(head.text)
        words = words[: len(words) - len(head.text)] + many
    return words


def state_after(doc: Doc, i: int) -> TokenSpan | None:
    """The word of a state that people are counted in right after a number: "five dead", "30 injured"."""
    if i < len(doc) and doc[i].lower_ in read_words("casualties", pos="state"):
        return doc[i : i + 1]
    return None


def state_of(doc: Doc, i: int) -> TokenSpan | None:
    """The word of a state after "of the": "four of the deceased", not "four of the injured men"."""
    if i + 2 >= len(doc) or doc[i].lower_ != "of" or doc[i + 1].lower_ not in ("the", "those"):
        return None
    if doc[i + 2].lower_ not in read_words("casualties", pos="state"):
        return None
    after = doc[i + 3] if i + 3 < len(doc) else None
    noun_follows = after is not None and (after.pos_ in _NOUNS or after.pos_ == "ADJ" or after.text == "-")
    return None if noun_follows else doc[i + 2 : i + 3]


def people_after(doc: Doc, i: int) -> TokenSpan | None:
    """The name of a people that is the same in the plural, right after a number: "25 million Sudanese"."""
    if i < len(doc) and doc[i].text in _unchanged_peoples():
        return doc[i : i + 1]
    return None


@cache
def _unchanged_peoples() -> frozenset[str]:
    words = {word for row in read_table("countries") for word in row["demonyms"].split("|")}
    return frozenset(word for word in words if word.endswith(("ese", "ss", "sh", "ch")))
