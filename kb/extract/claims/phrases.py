"""Words of a parse put together again: a quantity's anchor, a noun phrase with what limits it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kb.extract.document import Document
from kb.extract.entities.mentions import Mentions
from kb.extract.quantities.bounding import is_mark
from kb.model.values import Quantity, Reference, Span, Time

if TYPE_CHECKING:
    from spacy.tokens import Token

NOMINAL = frozenset(["NOUN", "PROPN", "NUM", "PRON", "ADJ", "SYM", "DET"])
_IN_NOUN_PHRASES = frozenset(
    ["amod", "compound", "nmod", "poss", "case", "prep", "pobj", "acl", "npadvmod", "advmod", "nummod"]
)
_IN_CLAUSES = frozenset(["pcomp", "dobj", "prt", "agent", "quantmod", "punct", "acomp", "dative", "oprd"])
_LIMITING = _IN_NOUN_PHRASES | _IN_CLAUSES
_CLAUSES = ("acl", "prep", "agent", "pcomp", "advcl")
# Prepositions and participles that begin what says no more of the thing measured.
UNLIMITING = frozenset(
    [
        *("including", "according", "as", "despite", "following", "such", "like", "with", "during", "per"),
        *("owing", "due", "regarding", "concerning", "amid", "after", "before", "because"),
    ]
)
_WITH_UNITS = ("money", "percent", "measurement", "duration", "age")
_MOST_WORDS = 10
_COMMON_ENDINGS = ("tion", "sion", "ment", "ness", "ity", "ance", "ence", "ship", "ism", "age", "ure")


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as its figures are read: the analysis with its times, names and numbers looked up by word.

    `timed` and `numbered` are the positions of the tokens inside time expressions, and of those that
    make up quantities, but for the nouns counted; `aside` of those that are said of something else, the
    baselines of changes and ratios.
    """

    document: Document
    times: tuple[Time, ...]
    mentions: Mentions
    timed: frozenset[int]
    numbered: frozenset[int]
    aside: frozenset[int] = frozenset()

    @classmethod
    def of(
        cls,
        document: Document,
        times: tuple[Time, ...],
        mentions: Mentions,
        quantities: tuple[Quantity, ...],
    ) -> Reading:
        timed = {token.i for time in times for token in tokens_of(document, time.span)}
        numbered = {token.i for quantity in quantities for token in number_tokens(document, quantity)}
        return cls(document, times, mentions, frozenset(timed), frozenset(numbered))

    def besides(self, baselines: Iterable[Span]) -> Reading:
        """The same without the times and the places of the baselines."""
        aside = frozenset(token.i for span in baselines for token in tokens_of(self.document, span))
        times = tuple(
            time
            for time in self.times
            if not aside.intersection(token.i for token in tokens_of(self.document, time.span))
        )
        return replace(self, times=times, aside=aside)


def tokens_of(document: Document, span: Span) -> list[Token]:
    """The tokens that the span touches."""
    found = document.doc.char_span(span.start_char, span.end_char, alignment_mode="expand")
    return list(found or ())


def number_tokens(document: Document, quantity: Quantity) -> list[Token]:
    """The tokens of the phrase that are no noun counted: number, comparator, determiner, unit."""
    counts = quantity.noun is not None and quantity.kind not in _WITH_UNITS
    noun = {token.i for token in tokens_of(document, quantity.noun)} if counts and quantity.noun else set()
    return [token for token in tokens_of(document, quantity.span) if token.i not in noun]


def anchor_of(document: Document, quantity: Quantity) -> Token:
    """Where the quantity hangs in the parse: the head of the noun counted, else of number and unit."""
    tokens = tokens_of(document, quantity.noun) if quantity.noun else []
    if quantity.kind != "count" or not tokens:
        tokens = sorted({*tokens, *tokens_of(document, quantity.number)}, key=lambda token: token.i)
    inside = {token.i for token in tokens}
    outward = (token for token in tokens if token.head.i not in inside or token.head.i == token.i)
    anchor = next(outward, tokens[-1])
    if quantity.noun is None and anchor.dep_ == "nummod" and is_mark(anchor.head):
        return anchor.head
    if quantity.noun is None and anchor.dep_ == "nummod" and _is_cut_off(anchor):
        before = anchor.doc[max(0, tokens[0].i - 1)]
        return before if before.dep_ == "prep" else anchor
    return anchor


def _is_cut_off(number: Token) -> bool:
    """Whether the parser gave a number to a noun of the next clause: "rose to 31 as more bodies"."""
    between = number.doc[number.i + 1 : number.head.i]
    return any(token.pos_ in ("SCONJ", "ADP") or token.lower_ == "as" for token in between)


def limited(
    reading: Reading,
    head: Token,
    without: frozenset[int],
    place: Reference | None = None,
    short: bool = False,
) -> list[Token]:
    """The noun phrase of `head` with what limits it, in order: no determiner, time, apposition or place.

    `without` are positions of tokens to leave out with all that hangs on them. Other figures that stand
    in the phrase are left out, with the clause or prepositional phrase that holds them. A `short` phrase
    ends with its head or an "of" after it.
    """
    kept: list[Token] = []
    stack = [head]
    while stack:
        token = stack.pop()
        kept.append(token)
        stack.extend(
            child
            for child in token.children
            if child.i not in without
            and (child.dep_ in _LIMITING or child.lower_ == "no" or _is_role(token, child))
            and not (short and _is_long(token, child))
            and _belongs(reading, token, child, place)
        )
    kept.sort(key=lambda token: token.i)
    return _nearest(kept, head)


def _is_long(head: Token, child: Token) -> bool:
    """Whether a dependent makes a phrase longer than its subject's name need be."""
    owner = child.dep_ == "poss" and head.pos_ == "PROPN"
    return owner or (child.dep_ in _CLAUSES and child.lower_ != "of" and not _is_dealing(head, child))


def _belongs(reading: Reading, head: Token, child: Token, place: Reference | None) -> bool:
    """Whether a dependent says more of what is measured, and nothing that the claim says elsewhere."""
    if child.i in reading.timed or child.i in reading.numbered:
        return False
    if child.dep_ == "poss" and child.pos_ == "PRON":
        return False
    if child.is_punct:
        return bool(child.text == "-")
    if child.dep_ == "advmod":
        return bool(head.pos_ in ("ADJ", "VERB"))
    if child.dep_ not in _CLAUSES:
        return True
    if _is_role(head, child):
        return not any(token.i in reading.numbered or token.i in reading.timed for token in child.subtree)
    limiting = child.lower_ not in UNLIMITING or _is_dealing(head, child)
    if not limiting or (child.dep_ == "prep" and child.i < head.i):
        return False
    if any(token.i in reading.numbered for token in child.subtree):
        return False
    if child.dep_ == "acl" and child.tag_ == "VBN" and child.doc[child.left_edge.i - 1].text == ",":
        return False  # "9 seats, followed by"
    if child.dep_ == "acl" and (is_past_share(child) or any(t.i in reading.timed for t in child.children)):
        return False
    return child.dep_ not in ("prep", "agent") or _limits(reading, child, place)


def is_past_share(participle: Token) -> bool:
    """Whether it tells of who has a share and not of its whole: "with 20 % of the vote, earning"."""
    of = participle.head.head
    if participle.tag_ != "VBG" or participle.head.dep_ != "pobj" or of.lower_ != "of":
        return False
    return bool(of.head.lower_ in ("%", "percent") or of.head.like_num)


def _is_dealing(head: Token, child: Token) -> bool:
    """Whether "with" tells which of them: "the contract with Boeing", "states with high rates"."""
    if child.lower_ != "with" or head.pos_ != "NOUN" or child.i != head.i + 1:
        return False
    many = head.tag_ == "NNS" and head.dep_ not in ("dobj", "pobj")
    return any(inside.pos_ == "PROPN" or (many and inside.pos_ == "NOUN") for inside in child.children)


def _is_role(head: Token, child: Token) -> bool:
    """Whether the one tells what the other is taken for: "recognised (by groups) as held on bail"."""
    if child.i < head.i or child.left_edge.lower_ != "as" or child.dep_ not in ("prep", "advcl"):
        return False
    return bool(head.tag_ == "VBN" or (head.head.dep_ == "agent" and head.head.head.tag_ == "VBN"))


def _limits(reading: Reading, preposition: Token, place: Reference | None) -> bool:
    inside = [child for child in preposition.children if child.dep_ in ("pobj", "pcomp")]
    if not inside or any(child.i in reading.timed for child in inside):
        return False
    return place is None or not any(is_of_place(child, place) for child in inside)


def is_of_place(token: Token, place: Reference) -> bool:
    """Whether the token is a word of the place's name; a people ("of Kenyans") is no place."""
    span = place.span
    return span is not None and span.words == place.name and span.start_char <= token.idx < span.end_char


def _nearest(tokens: list[Token], head: Token) -> list[Token]:
    """At most so many words, those around the head."""
    if len(tokens) <= _MOST_WORDS:
        return tokens
    at = tokens.index(head)
    start = max(0, min(at - _MOST_WORDS // 2, len(tokens) - _MOST_WORDS))
    return tokens[start : start + _MOST_WORDS]


def inserted(tokens: list[Token], head: Token, words: str) -> str:
    """A noun phrase with words right after its head."""
    before, after = ([token for token in tokens if (token.i <= head.i) == first] for first in (True, False))
    return " ".join(filter(None, [joined(before), words, joined(after)]))


def uncapitalised(tokens: list[Token], text: str) -> str:
    """The tokens' words, without the capital that a common word has only as the first of its sentence.

    A singular is one only by its ending or where the text has it in small letters, too: names of storms
    look like it.
    """
    words = joined(tokens)
    first = tokens[0]
    kept = not first.is_sent_start or first.pos_ == "PROPN" or first.ent_type_ or words[:2].isupper()
    common = first.lower_.endswith(_COMMON_ENDINGS) or f" {first.lower_}" in text
    kept = kept or (first.tag_ == "NN" and not common)
    return words if kept else words[:1].lower() + words[1:]


def joined(tokens: Iterable[Token]) -> str:
    """The tokens' words: with one space between, none where the text has none between neighbours."""
    words = ""
    last: Token | None = None
    for token in tokens:
        if last is not None and not (token.i == last.i + 1 and not last.whitespace_):
            words += " "
        words += token.text
        last = token
    return " ".join(words.split())
