"""Which series of the base a draft's figure belongs to, and which are close to it.

A figure is of a series if it shares the key of its measure, as stored claims are. Measures that no table
knows are told by their words: those that have all words in common, place and unit included, are one;
those that have most of them in common may be, and are never more than compatible.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import product
from typing import Literal

from kb.compare.base import Base, Line, Stored, place_words, unit_of, words_of
from kb.compare.draft import DraftFigure
from kb.resolve.keys.names import folded_name
from kb.resolve.keys.nouns import PEOPLE
from kb.resolve.relations.same_numbers import SURE, is_telling, significant_digits

# "one": the same measure; "alike": told in words that are nearly the same.
Sameness = Literal["one", "alike"]
Where = Literal["same", "untold", "other"]
_SHARED = 2  # words that two measures told alike have in common at least
_MOST = 0.6  # of the words of the shorter one
_BY_WORDS = "words|"  # how the keys of measures begin that no table knows


@dataclass(frozen=True, slots=True)
class Match:
    """A series that a draft's figure may belong to."""

    line: Line
    measure: Sameness
    where: Where


def matches(draft: DraftFigure, base: Base) -> list[Match]:
    """The series of the figure's measure, at its place and at others."""
    lines = {line for key in draft.keys for line in base.by_key.get(key, ())}
    lines.update(base.by_unit.get(_unit(draft), ()))
    found = ((line, _sameness(draft, line)) for line in sorted(lines, key=lambda line: line.id))
    return [Match(line, measure, where(draft, line)) for line, measure in found if measure]


def where(draft: DraftFigure, line: Line) -> Where:
    """How the place of the figure stands to that of a series."""
    place = draft.figure.place
    if line.place_entity is not None and line.place_entity in draft.places:
        return "same"
    if place is None and line.place is None:
        return "same"
    if place is None or line.place is None:
        named = place_words(place or line.place)
        told = words_of(draft.keys, draft.measure) if place is None else line.words
        return "same" if named <= told else "untold"  # "the quake near Mandalay"
    if folded_name(place) == folded_name(line.place):
        return "same"
    if not draft.is_placed:
        return "untold"
    mine, theirs = set(folded_name(place).split()), set(folded_name(line.place).split())
    inside = mine <= line.words and theirs <= words_of(draft.keys, draft.measure)
    return "same" if inside else "other"  # "sold to Russia" of Belarus, and "Belarus sold" of Russia


def may_be_one(draft: DraftFigure, claim: Stored) -> bool:
    """Whether a claim whose measure is told alike can be of the draft's.

    Where the measure is nothing but what is counted ("40 officials"), the sentences must tell of one thing.
    """
    if draft.keys and claim.line.keys:
        return True
    return bool(draft.told.about & claim.told.about)


def tell_the_same(draft: DraftFigure, claim: Stored) -> bool:
    """Whether all words by which one tells its measure stand in the sentence of the other, too."""
    if not (_by_words(draft.keys) and _by_words(claim.line.keys)):
        return False
    mine, theirs = _words(draft), claim.line.words | place_words(claim.line.place)
    return mine <= theirs | _sentence(claim.figure.quote) and theirs <= mine | _sentence(draft.figure.quote)


def is_related(draft: DraftFigure, line: Line) -> bool:
    """Whether one number in both can be more than chance, the measure being another one."""
    number = draft.told.low if draft.told.low is not None else draft.told.high
    assert number is not None
    shared = _words(draft) & (line.words | place_words(line.place))
    if len(shared) >= _SHARED and len(shared) >= _MOST * min(len(_words(draft)), len(line.words)):
        return True
    if not is_telling(number):
        return False
    if significant_digits(number) >= SURE and shared:
        return True
    return _unit(draft) == line.unit and (where(draft, line) != "other" or len(shared) >= _SHARED)


def is_unit_alone(draft: DraftFigure, line: Line) -> bool:
    """Whether nothing but the unit tells the two measures apart: euros here, dollars there."""
    mine, theirs = words_of(draft.keys, draft.measure), line.words
    return _unit(draft) != line.unit and mine - {_unit(draft)} == theirs - {line.unit}


def nearest(draft: DraftFigure, base: Base, limit: int) -> list[Line]:
    """The series whose words come nearest to those of the figure, the place counting as much as a word."""
    mine = _words(draft)
    shared_by: Counter[Line] = Counter(line for word in mine for line in base.by_word.get(word, ()))
    scored = []
    for line, shared in shared_by.items():
        if shared >= _SHARED or _unit(draft) == line.unit:
            scored.append((-shared - (_unit(draft) == line.unit), line.heading, line))
    found: dict[str, Line] = {}
    for _, heading, line in sorted(scored, key=lambda one: one[:2]):
        found.setdefault(heading, line)
    return list(found.values())[:limit]


def _sameness(draft: DraftFigure, line: Line) -> Sameness | None:
    if draft.keys & line.keys:
        return "one"
    if _unit(draft) != line.unit:
        return None
    if not (_by_words(draft.keys) and _by_words(line.keys)):
        return "alike" if any(map(_is_less_exact, product(draft.keys, line.keys))) else None
    mine, theirs = _words(draft), line.words | place_words(line.place)
    shared = mine & theirs
    if not draft.keys and not line.keys and words_of((), draft.measure) == line.words:
        return "alike"
    if mine == theirs:
        return "one" if draft.keys and line.keys else "alike"
    if len(shared) >= _SHARED and len(shared) >= _MOST * min(len(mine), len(theirs)):
        return "alike"
    return None


def _is_less_exact(keys: tuple[str, str]) -> bool:
    """Whether two measures are of persons in one state, whom one names more exactly: "prisoners"."""
    a, b = (key.split("|") for key in keys)
    if len(a) != len(b) or a[1:] != b[1:] or PEOPLE in (a[0], b[0]):
        return False
    mine, theirs = set(a[0].split()), set(b[0].split())
    return mine < theirs or theirs < mine


def _sentence(quote: str) -> frozenset[str]:
    """The words of a sentence, nouns in the singular too."""
    words = folded_name(quote).split()
    return frozenset(words) | {word.removesuffix("s") for word in words}


def _by_words(keys: frozenset[str]) -> bool:
    return all(key.startswith(_BY_WORDS) for key in keys)


def _words(draft: DraftFigure) -> frozenset[str]:
    return words_of(draft.keys, draft.measure) | place_words(draft.figure.place)


def _unit(draft: DraftFigure) -> str:
    return unit_of(draft.keys, draft.figure.unit or "")
