"""Articles that nobody wrote: extracted ones with other names, numbers and days, for large bases.

Every name but a country's becomes another of as many letters: so each word stays where it is, and facts
still stand in the words they point at. What is counted gets another name, too. How often a name comes back
is as it is in news: a few are everywhere, most are rare, and new ones never cease to come.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from kb.model.values import Claim, Facts, Interval, Span
from kb.names.keys import listed

_WORD = re.compile(r"[^\W\d_]+")
_YEARS = 20  # over which the days are spread
_MEASURES = 100_000  # things that may be counted
_LETTERS = ("bcdfghklmnprstvz", "aeiou")


class Variation:
    """One article's words as other ones; the same number makes the same words."""

    def __init__(self, facts: Facts, number: int) -> None:
        self._chance = random.Random(number)
        self._shift = dt.timedelta(days=self._chance.randrange(365 * _YEARS))
        self._facts = facts
        self._number = number
        names = (entity.name for entity in facts.entities if not _is_fixed(entity.kind, entity.name))
        self._words: dict[str, str] = {
            word: self._other(word) for name in names for word in _WORD.findall(name) if word[0].isupper()
        }
        self._text = self._varied(facts.article.text)

    def facts(self) -> Facts:
        """The article and all its facts in other words."""
        made: Facts = self._of(self._facts)
        url = f"https://example.org/{self._number}"
        article = replace(made.article, text=self._text, url=url, raw=b"", publisher=self._publisher())
        return replace(made, article=article, times=())

    def _publisher(self) -> str:
        return f"Daily {self._rank(200)}"

    def _other(self, word: str) -> str:
        """Another word of as many letters."""
        other = _name(len(word), self._rank(15 ** (len(word) // 2) * 5 ** ((len(word) + 1) // 2)))
        return other.upper() if word.isupper() else other

    def _rank(self, size: int) -> int:
        """A place in a list of this size, the first ones far more often (Zipf's law)."""
        return int(size ** self._chance.random()) - 1

    def _varied(self, words: str) -> str:
        return _WORD.sub(lambda match: self._words.get(match[0], match[0]), words)

    def _of(self, value: Any) -> Any:
        """A value with all the words in it varied, spans by their place in the text."""
        if isinstance(value, Span):
            return Span(value.start_char, value.end_char, self._text[value.start_char : value.end_char])
        if isinstance(value, Interval):
            return self._later(value)
        if isinstance(value, Claim):
            return self._counted(replace(value, **self._parts(value)))
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **self._parts(value))
        if isinstance(value, tuple):
            return tuple(map(self._of, value))
        return self._varied(value) if isinstance(value, str) else value

    def _parts(self, value: Any) -> Mapping[str, Any]:
        return {field.name: self._of(getattr(value, field.name)) for field in fields(value)}

    def _later(self, interval: Interval) -> Interval:
        """An interval as many days later as all of the article; without an end where it had none."""
        ends = [end + self._shift if end else None for end in (interval.earliest, interval.latest)]
        first, last = (end.isoformat() if end else ".." for end in ends)
        if interval.date is None:
            return interval
        return Interval(first if first == last else f"{first}/{last}", ends[0], ends[1], interval.basis)

    def _counted(self, claim: Claim) -> Claim:
        """A figure of another size, of something else that is counted."""
        factor = self._chance.randrange(1, 10)
        low, high = (None if bound is None else bound * factor for bound in (claim.low, claim.high))
        return replace(
            claim, low=low, high=high, measure=f"{claim.measure} {_name(7, self._rank(_MEASURES))}"
        )


def _is_fixed(kind: Any, name: str) -> bool:
    known = listed(kind, name)
    return known is not None and known.type in ("country", "international", "capital")


def _name(letters: int, number: int) -> str:
    """The made-up name of so many letters that has this number: `Dabe`."""
    name = ""
    for at in range(letters):
        name += _LETTERS[at % 2][number % len(_LETTERS[at % 2])]
        number //= len(_LETTERS[at % 2])
    return name.capitalize()


def lead(facts: Facts, sentences: int = 3) -> Facts:
    """The first sentences of an article as one of its own, with the facts in them."""
    end = max((span.end_char for span in facts.sentences[:sentences]), default=0)

    def within(spans: Iterable[Span]) -> bool:
        return all(span.end_char <= end for span in spans)

    entities = (
        replace(entity, mentions=tuple(m for m in entity.mentions if m.span.end_char <= end))
        for entity in facts.entities
    )
    claims = (claim for claim in facts.claims if within(_spans(claim)))
    reports = (report for report in facts.reports if within(_spans(report)))
    return replace(
        facts,
        article=replace(facts.article, text=facts.article.text[:end]),
        sentences=facts.sentences[:sentences],
        times=(),
        entities=tuple(entity for entity in entities if entity.mentions),
        claims=tuple(replace(claim, part_of=None) for claim in claims),
        reports=tuple(reports),
    )


def _spans(value: Any) -> Iterator[Span]:
    """All spans in a fact."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        yield from (span for part in value for span in _spans(part))
    elif is_dataclass(value) and not isinstance(value, type):
        yield from (span for field in fields(value) for span in _spans(getattr(value, field.name)))
