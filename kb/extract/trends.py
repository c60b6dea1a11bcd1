"""Rising and falling: which numbers are the difference of a change, the level left or the level reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, cast

from kb.lexicon import read_table
from kb.model.values import Direction, Level

if TYPE_CHECKING:
    from spacy.tokens import Token
    from spacy.tokens import Span as TokenSpan

Source = Literal["verb", "noun", "adverb"]
_LINKS = frozenset({"by", "to", "from", "at"})
_SKIPPED = frozenset({"ADV", "PART"})


@dataclass(frozen=True, slots=True)
class Trend:
    """The movement that a number belongs to: `level` is None for the difference itself."""

    direction: Direction
    source: Source
    level: Level | None
    word: int


@cache
def _table(pos: str) -> Mapping[str, tuple[Direction, bool]]:
    return {
        row["word"]: (cast(Direction, row["direction"]), row["moves"] == "yes")
        for row in read_table("trends")
        if row["pos"] == pos
    }


def trend_of(phrase: TokenSpan, covered: Mapping[int, int]) -> Trend | None:
    """The trend that the phrase of a quantity stands in, None for none.

    `covered` maps the last token of every quantity's phrase to its first: "rose 18 sen to RM23.50" is
    read across the first figure.
    """
    return _before(phrase, covered) or _noun_after(phrase) or _from_parse(phrase)


def _before(phrase: TokenSpan, covered: Mapping[int, int]) -> Trend | None:
    """A verb or adverb to the left, with nothing between but "by", "to", adverbs and other figures."""
    doc, i = phrase.doc, phrase.start - 1
    link = ""
    start = phrase.sent.start
    crossed = False
    while i >= start:
        token = doc[i]
        if i in covered and link in ("to", "at", "from"):
            i, crossed = covered[i] - 1, True
            continue
        if token.lower_ in _LINKS:
            link = link or token.lower_
        elif found := _trend_word(token, link):
            direction, source = found
            return Trend(direction, source, _level(link), i)
        elif not (token.pos_ in _SKIPPED or token.is_space or token.lower_ in ("a", "an", "another", "further", "additional")):
            break
        elif crossed and token.is_punct:
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
        return Trend(_table("noun")[doc[end].lemma_.lower()][0], "noun", None, end)
    i = phrase.start - 1
    if i > 0 and doc[i].lower_ == "of" and doc[i - 1].pos_ == "NOUN" and doc[i - 1].lemma_.lower() in _table("noun"):
        return Trend(_table("noun")[doc[i - 1].lemma_.lower()][0], "noun", None, i - 1)
    return None


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
    return Trend(found[0], found[1], _level(link), head.i) if found else None


