"""What a relative time counts from: the day of publication, or the time that the text spoke of last."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from kb.dates.periods import Period
from kb.dates.reading import Context, Match, Order, Reading
from kb.dates.years import year_of
from kb.extract.document import Document
from kb.extract.quotations import quotation_at
from kb.extract.times.positions import TokenAt
from kb.lexicon import read_table, read_words
from kb.model.values import Article

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEICTIC = ("TODAY", "TONIGHT", "WEEKDAY", "AGO")
_TEXTUAL = ("THAT", "SAME", "FOLLOW", "PREV")
_SPOKEN = ("TODAY", "TONIGHT", "THIS", "NOW")
_YEARS = ("YEAR", "YEARS", "ERA")
_NARRATIVE_SHARE = 4  # so many stated years of other times for each "today" or weekday
_NARRATIVE_YEARS = 10
_FEW_YEARS = 6  # enough where hardly anything points at the day of publication, and no year is near it
_OLD_YEARS = 3  # enough where nothing does
_NEAR_SHARE = 2  # more than so many stated years of other times for each near the day of publication
_BACK = ("AGO", "EARLIER", "PREV", "LAST", "PAST", "BEFORE")  # a look back does not move the story
_COARSE = ("millennium", "century", "decade", "year", "half", "season")
_NEAR = 2  # years
_STRETCHES = ("P6M", "P9M", "P12M")  # what results are told of beside quarters
_TITLE_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SENTENCE = 120  # characters within which a bare year repeats the date before it
_DESCRIBING = ("acl", "relcl")  # clauses that describe a noun
_CLIMB = 8  # words looked at on the way up the tree
_AHEAD = 6  # stated years to look ahead


@dataclass(frozen=True, slots=True)
class Stated:
    """A year that the text states at a character, with its month where that stands there too."""

    char: int
    year: int
    month: int | None


class Story:
    """The running state of a text: its publication, and the time that it spoke of last."""

    def __init__(
        self,
        document: Document,
        at: TokenAt,
        narrative: bool,
        before_christ: bool,
        stated: tuple[Stated, ...],
    ) -> None:
        self.narrative = narrative
        self.before_christ = before_christ
        self.anchor: Period | None = None
        self._document = document
        self._at = at
        self._mentioned: Period | None = None
        self._day: Period | None = None
        self._quarter: Period | None = None
        self._last_quarter: Period | None = None
        self._stated = stated
        self._chars = [date.char for date in stated]
        self._anchor_at = -1
        self._months_at = -1
        self._year: tuple[int, int, int] | None = None  # a bare year, where it stands and how far it reaches

    def context(self, match: Match, tense: int, order: Order | None) -> Context:
        """What is known where the words stand."""
        at = bisect_right(self._chars, match.start)
        following = self._stated[at : at + _AHEAD]
        month = next((d for d in following if d.month), None)
        return Context(
            published=self._document.published,
            anchor=self.anchor,
            tense=tense,
            narrative=self.narrative,
            order=order,
            before_christ=self.before_christ,
            quarter=self._quarter if not self._of_months(match) else None,
            last_quarter=self._last_quarter,
            mentioned=self._mentioned,
            day=self._day,
            sentence_year=self._year_of_sentence(match, tense),
            horizon=Period.of("month", month.year, month.month or 1) if month else None,
        )

    def _of_months(self, match: Match) -> bool:
        """Whether the sentence compares stretches that are no quarters: "the first nine months"."""
        return self._months_at >= int(self._document.sentence_at(match.start).start_char)

    def _year_of_sentence(self, match: Match, tense: int) -> int | None:
        if self._year is None:
            return None
        year, char, reach = self._year
        if tense > 0 and not self._one_clause(char, match.start):
            return None  # "joined in 2011 and is due to retire in May"
        within = char >= self._document.sentence_at(match.start).start_char and match.start < reach
        return year if within else None

    def _one_clause(self, first: int, second: int) -> bool:
        """Whether the verb of one character's clause governs the other's."""
        one, other = self._at(first), self._at(second)
        verbs = {verb.i for verb in _verbs_above(one)[:1]}
        return bool(verbs & {verb.i for verb in _verbs_above(other)})

    def told(self, match: Match, reading: Reading) -> None:
        """Remember the time that was read, unless the story only looks aside to it."""
        period = reading.period
        if reading.value in _STRETCHES:
            self._months_at = match.start
        if period is None or reading.type not in ("DATE", "TIME"):
            return
        if not self.narrative and match.has(*_SPOKEN) and quotation_at(self._document.text, match.start):
            return  # "this morning" is the speaker's, whose day need not be the story's
        self._mentioned = period
        if period.grain == "day":
            self._day = period
        if match.rule == "year" and match.before and match.before[-1].kind in ("IN", "DURING"):
            self._year = period.year, match.start, self._reach(match)
        if period.grain == "quarter":
            self._quarter = self._quarter or period
            self._last_quarter = period
        looks_aside = match.has(*_BACK) or self._aside(match, period) or self._of_saying(match, period)
        since = bool(match.before) and match.before[-1].kind == "SINCE" and not self.narrative
        looks_aside = looks_aside or since or self._since(match)
        if self.anchor is not None and looks_aside:
            return
        self.anchor, self._anchor_at = period, match.start

    def _reach(self, match: Match) -> int:
        """Up to which character a bare year is that of the clause: of one that describes a noun, its end."""
        for token in _climb(self._at(match.start)):
            if token.dep_ in _DESCRIBING:
                last = token.right_edge
                return int(last.idx + len(last))
        text = self._document.text
        clause = text.find("; ", match.end)
        return clause if clause >= 0 else len(text)

    def _of_saying(self, match: Match, period: Period) -> bool:
        """Whether the day is only that on which somebody told what happened in a longer time."""
        token = self._at(match.start)
        while token is not None and token.dep_ in ("compound", "nummod", "pobj", "prep", "npadvmod"):
            token = token.head
        if token is None or token.lemma_.lower() not in read_words("reporting_verbs", use="speech"):
            return False
        told = any(child.dep_ == "ccomp" for child in token.lefts)
        begun = self._document.sentence_at(match.start).start_char
        if told and self.anchor is not None and period.grain == "day" and self._anchor_at >= begun:
            return True  # "41 were in jail on 1 December, the group said on Thursday"
        return told and self.anchor is not None and self.anchor.grain in _COARSE and period.grain == "day"

    def _since(self, match: Match) -> bool:
        """Whether the time only tells since when: "the most since it began its count in 1992"."""
        return any(
            token.dep_ == "advcl" and any(child.lower_ == "since" for child in token.children)
            for token in _climb(self._at(match.start))
        )

    def _aside(self, match: Match, period: Period) -> bool:
        """A look at another time: the year that the text states next is nearer to the story's than to it."""
        if self.anchor is None:
            return False
        now, new = self.anchor.year, period.year
        if now == new:
            return period.grain in _COARSE and match.start - self._anchor_at < _SENTENCE
        at = bisect_right(self._chars, match.end)
        following = self._stated[at : at + 1]
        if not following or (period.grain not in _COARSE and abs(now - new) <= _NEAR):
            return False
        return abs(following[0].year - now) < abs(following[0].year - new)


def _climb(word: Token | None) -> Iterator[Token]:
    """A word and those that govern it, the nearest first, so many steps up the tree."""
    if word is not None:
        yield from islice(chain((word,), word.ancestors), _CLIMB)


def _verbs_above(word: Token | None) -> list[Token]:
    """The verbs that govern a word, from the nearest up to one that is joined to another."""
    verbs: list[Token] = []
    for token in _climb(word):
        if token.pos_ in ("VERB", "AUX"):
            verbs.append(token)
            if token.dep_ == "conj":
                break
    return verbs


def _points_at_now(match: Match) -> bool:
    """Whether a time counts from the day of publication: "last year", but not "the same year"."""
    return match.has(*_DEICTIC) or (match.rule == "rel" and not match.has(*_TEXTUAL))


def _stated(matches: list[tuple[str, Match]], before_christ: bool) -> Iterator[Stated]:
    """The years that the text states, in order."""
    for _, match in matches:
        year = match.number("YEAR")
        month = match.number("MONTH", "MABBR")
        if match.has("ERA") and before_christ:
            year = year_of(match.tokens)
        if year is not None:
            yield Stated(match.start, year, month)


def story_of(document: Document, matches: list[tuple[str, Match]], at: TokenAt) -> Story:
    """Whether the text tells of other times than its own: many stated years, few weekdays and "today"."""
    now = document.published.year if document.published else 0
    deictic = sum(_points_at_now(match) for _, match in matches)
    years = [token for _, match in matches for token in match.tokens if token.kind in _YEARS]
    other = sum(1 for token in years if not token.text[:4].isdigit() or abs(int(token.text[:4]) - now) > 1)
    before_christ = sum(token.kind == "ERA" and token.value == "-1" for token in years)
    near = len(years) - other
    few = _FEW_YEARS if deictic <= 1 and not near else _NARRATIVE_YEARS
    if deictic == 0 and not near:
        few = _OLD_YEARS
    told = other >= few and other >= _NARRATIVE_SHARE * deictic and other > _NEAR_SHARE * near
    titled = _TITLE_YEAR.findall(document.article.title or "")
    # "On the campaign trail, May 2020": what such a text looks back to is background.
    narrative = before_christ > 2 or (told and not any(abs(int(year) - now) <= 1 for year in titled))
    return Story(document, at, narrative, before_christ > 2, tuple(_stated(matches, before_christ > 2)))


def numeric_order(article: Article) -> Order | None:
    """How the publisher's country writes 3/4/2026: by the country code of the URL, else unknown."""
    host = re.match(r"https?://([^/:]+)", article.url or "")
    if not host:
        return None
    code = host[1].rsplit(".", 1)[-1].lower()
    for row in read_table("date_orders"):
        if code in row["domains"].split():
            return "MDY" if row["order"] == "MDY" else "DMY"
    return None
