"""Rising and falling: which numbers are the difference of a change, the level left or the level reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal, cast

from kb.extract.document import Document
from kb.extract.quantities.counted import tokens_at
from kb.lexicon import read_table, read_words
from kb.model.values import Direction, Level, Quantity

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

Source = Literal["verb", "noun", "adverb"]
_LINKS = frozenset({"by", "to", "from", "at"})
_VERBS_OF_UP = frozenset(
    {"go", "be", "move", "edge", "inch", "tick", "creep", "shoot", "end", "close", "finish", "come"}
    | {"settle", "open", "start", "trade", "drift", "nudge", "hover"}
)
_WEAK = frozenset({"add"})
_LEVELS = frozenset({"above", "below", "beyond", "past"})  # "climbed above 8,000" names a level
_PERCENT = frozenset({"%", "percent", "cent", "pct"})
_POINTS = frozenset({"point", "points"})
_SKIPPED = frozenset({"ADV", "PART"})


@dataclass(frozen=True, slots=True)
class Trend:
    """The movement that a number belongs to: `level` is None for the difference itself.

    `link` is the preposition between, `weak` marks words that move sums and shares alone ("add").
    """

    direction: Direction
    source: Source
    level: Level | None
    link: str = ""
    weak: bool = False
    lemma: str = ""


@cache
def _of_counts() -> frozenset[str]:
    return read_words("trends", moves="counts")


@cache
def _table(pos: str) -> Mapping[str, tuple[Direction, bool]]:
    return {
        row["word"]: (cast(Direction, row["direction"]), row["moves"] != "by")
        for row in read_table("trends")
        if row["pos"] == pos
    }


def with_trends(document: Document, quantities: list[Quantity]) -> list[Quantity]:
    """The quantities with relation, direction and level where they belong to a rise or a fall."""
    doc = document.doc
    phrases = [tokens_at(doc, q.span.start_char, q.span.end_char) for q in quantities]
    covered = {phrase.end - 1: phrase.start for phrase in phrases}
    found: list[Quantity] = []
    for quantity, phrase in zip(quantities, phrases):
        trend = trend_of(phrase, covered) if quantity.relation == "value" else None
        if quantity.kind == "times" and quantity.number.words.lower().endswith("fold"):
            moved = trend_of(phrase, covered)
            quantity = replace(quantity, direction=moved.direction if moved else quantity.direction)
        if trend is None:
            found.append(_alternative(document, quantity, found))
        elif quantity.kind == "age" or not _can_change(quantity, trend) or _travels(phrase, quantity, trend):
            found.append(quantity)
        elif trend.level or phrase[0].lower_ in _LEVELS:
            found.append(replace(quantity, level=trend.level or "after"))
        else:
            found.append(replace(quantity, relation="change", direction=trend.direction))
    return _with_distant_levels(document, found)


def _can_change(quantity: Quantity, trend: Trend) -> bool:
    """Whether a number of this kind is the difference that the word tells of: nobody is "down two weeks"."""
    if trend.level:
        return quantity.kind != "share" or trend.source == "adverb"  # "up from a fifth"
    if quantity.kind in ("duration", "share"):
        return trend.source == "verb" and trend.link == "by"
    if quantity.kind == "count" and trend.source == "verb" and trend.link != "by":
        return trend.lemma in _of_counts()
    if trend.weak:
        return (quantity.kind in ("money", "percent") and not quantity.vague) or quantity.unit == "points"
    return True


def _travels(phrase: TokenSpan, quantity: Quantity, trend: Trend) -> bool:
    """Whether a length is a way and no change: "the bus plunged 60 metres", but "the river rose 2 metres"."""
    if trend.source != "verb" or trend.level or trend.link or quantity.unit not in _lengths():
        return False
    head = phrase.root.head
    subjects = [child.lemma_.lower() for child in head.children if child.dep_ in ("nsubj", "nsubjpass")]
    return not any(subject in read_words("levels") for subject in subjects)


@cache
def _lengths() -> frozenset[str]:
    return read_words("units", "name", kind="length")


def _alternative(document: Document, quantity: Quantity, before: list[Quantity]) -> Quantity:
    """A difference told a second time: "up 17 points, or 0.2 %", "rose 5 km (3 miles)"."""
    if not before or before[-1].relation != "change" or quantity.relation != "value":
        return quantity
    between = document.text[before[-1].span.end_char : quantity.span.start_char].strip()
    if between not in (", or", "or", "("):
        return quantity
    return replace(quantity, relation="change", direction=before[-1].direction)


def _with_distant_levels(document: Document, quantities: list[Quantity]) -> list[Quantity]:
    """Levels with words of time between them: "from 20 in 2008 to 29"."""
    text = document.text
    for k in range(len(quantities) - 1):
        first, last = quantities[k], quantities[k + 1]
        between = text[first.span.end_char : last.span.start_char].rstrip()
        lead = text[max(0, first.span.start_char - 6) : first.span.start_char]
        if (
            len(between) < 25
            and between.endswith(" to")
            and lead.rstrip().endswith("from")
            and "." not in between
        ):
            quantities[k] = replace(first, level="before", relation="value", direction=None)
            quantities[k + 1] = replace(last, level="after", relation="value", direction=None)
    return quantities


def trend_of(phrase: TokenSpan, covered: Mapping[int, int]) -> Trend | None:
    """The trend that the phrase of a quantity stands in, None for none.

    `covered` maps the last token of every quantity's phrase to its first: "rose 18 sen to RM23.50" is
    read across the first figure.
    """
    return _before(phrase, covered) or _noun_after(phrase) or _compared(phrase) or _from_parse(phrase)


def _before(phrase: TokenSpan, covered: Mapping[int, int]) -> Trend | None:
    """A verb or adverb to the left, with nothing between but "by", "to", adverbs and other figures."""
    doc, i = phrase.doc, phrase.start - 1
    link = ""
    crossed = False
    while i >= 0 and not doc[i + 1].is_sent_start:
        token = doc[i]
        if i in covered and link in ("to", "at", "from"):
            i, crossed = covered[i] - 1, True
            continue
        if token.lower_ in _LINKS:
            link = link or token.lower_
        elif found := _trend_word(token, link):
            lemma = token.lemma_.lower()
            return Trend(*found, _level(link), link, lemma in _WEAK, lemma)
        elif not (
            token.pos_ in _SKIPPED
            or token.is_space
            or (link and token.ent_type_ in ("DATE", "TIME"))
            or token.lower_ in ("a", "an", "another", "further", "additional")
        ) or (crossed and token.is_punct):
            break
        i -= 1
    return None


def _level(link: str) -> Level | None:
    return {"to": "after", "at": "after", "from": "before"}.get(link)  # type: ignore[return-value]


def _trend_word(token: Token, link: str) -> tuple[Direction, Source] | None:
    lemma = token.lemma_.lower()
    if token.lower_ in _table("adverb"):
        direction, moves = _table("adverb")[token.lower_]
        if token.lower_ == "off" and token.dep_ != "advmod":
            return None
        if token.lower_ == "down" and token.i and token.nbor(-1).lemma_.lower() == "shoot":
            return None  # "shot down 17 drones"
        if token.dep_ == "prt" and token.head.lemma_.lower() not in _VERBS_OF_UP:
            return None  # "make up 16 %"
        return (direction, "adverb") if moves or link == "by" else None
    if token.pos_ in ("VERB", "AUX") and lemma in _table("verb"):
        direction, moves = _table("verb")[lemma]
        return (direction, "verb") if moves or link in ("by", "to", "from") else None
    return None


def _noun_after(phrase: TokenSpan) -> Trend | None:
    """A noun of change that the number modifies or that holds it: "a 5 % drop", "a rise of 3 %"."""
    doc = phrase.doc
    end = phrase.end
    if end < len(doc) and doc[end].pos_ == "NOUN" and doc[end].lemma_.lower() in _table("noun"):
        return Trend(_table("noun")[doc[end].lemma_.lower()][0], "noun", None)
    i = phrase.start - 1
    if (
        i > 0
        and doc[i].lower_ == "of"
        and doc[i - 1].pos_ == "NOUN"
        and doc[i - 1].lemma_.lower() in _table("noun")
    ):
        return Trend(_table("noun")[doc[i - 1].lemma_.lower()][0], "noun", None)
    return None


def _compared(phrase: TokenSpan) -> Trend | None:
    """A share or points that something is more or less by: "31 % more than in 2024", "3 % cheaper"."""
    doc, i = phrase.doc, phrase.end
    shared = phrase[-1].lower_ in _PERCENT or phrase[-1].lower_ in _POINTS
    found = _table("adjective").get(doc[i].lower_) if shared and i < len(doc) else None
    return Trend(found[0], "noun", None) if found else None


def _from_parse(phrase: TokenSpan) -> Trend | None:
    """The verb that governs the phrase directly or through "by", "to", "from"."""
    root = phrase.root
    head, link = root.head, ""
    if root.dep_ == "pobj" and head.lower_ in _LINKS:
        link, head = head.lower_, head.head
    if root.dep_ not in ("dobj", "npadvmod", "pobj", "advmod", "attr", "obj") or head.i > phrase.start:
        return None
    if root.dep_ == "pobj" and not link:
        return None
    if head.pos_ != "VERB" or (link == "" and head.i < phrase.start - 4):
        return None
    found = _trend_word(head, link)
    lemma = head.lemma_.lower()
    return Trend(*found, _level(link), link, lemma in _WEAK, lemma) if found else None
