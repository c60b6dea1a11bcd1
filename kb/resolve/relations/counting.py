"""Up to which day a count that can only grow was told. Pure.

A toll is often dated by the disaster: "the quake of May 3 killed 412", published on May 8, is what was
known on May 8, and no other number of May 3 clashes with it. "By May 6, 388 had died" is what was known
on May 6, whenever it was published. Which it is stands in the sentence.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal

from kb.lexicon import read_table, read_words

# "up to": all that were counted up to its day; "within": those of its time ("12 died on Friday", "41 in
# January"); "after": those of a happening that is dated ("the quake of May 3"), whenever they died;
# "more": those that came on top of others ("three more bodies"), which no number of all can be set against;
# "undated": those known when it was published, as nothing tells of another time.
Counts = Literal["up to", "within", "after", "more", "undated"]

SETTLED = dt.timedelta(31)  # after a happening; what is told later of it is told of all its victims
_HARM = frozenset(["attack", "disaster", "accident", "fighting", "epidemic", "coup", "protest", "strike"])
_DAY = len("2026-06-03")
_MORE = re.compile(r"\b(?:more|further|additional|extra)\b(?! than)", re.IGNORECASE)
_BETWEEN = 6  # words between a happening and its date: "the quake that hit the north of Peru on Sunday"


def known_on(
    counts: Counts, earliest: dt.date | None, latest: dt.date | None, published: str | None
) -> dt.date | None:
    """The day up to which a count was told; that of an open time is the day of publication.

    What is told of a happening is what was known when it was published, at most `SETTLED` after it; what
    is told of a month or a year that is over is told of all of it.
    """
    told = dt.date.fromisoformat(published[:_DAY]) if published and len(published) >= _DAY else None
    if counts == "undated":
        return told
    if latest is None:
        return None if earliest is None or told is None else max(earliest, told)
    if counts == "up to" or told is None or (earliest is not None and told < earliest):
        return latest
    is_over = counts == "within" and is_span(earliest, latest)
    return min(told, latest if is_over else latest + SETTLED)


def is_span(earliest: dt.date | None, latest: dt.date | None) -> bool:
    """Whether a time is longer than a day."""
    return latest is not None and earliest is not None and earliest < latest


@lru_cache(maxsize=8192)
def counts_of(quote: str, phrase: str = "", *, of_its_day: bool = False) -> Counts:
    """How the sentence of a count that has a time tells of it; `of_its_day` if that is when it was published.

    `phrase` are the words of the number and of what is counted.

    >>> counts_of("By May 6, 388 people had died in the quake.")
    'up to'
    >>> counts_of("The quake of May 3 has killed 412 people.")
    'after'
    >>> counts_of("A storm killed 12 people on Friday.")
    'within'
    """
    if _MORE.search(phrase):
        return "more"
    if _until().search(quote):
        return "up to"
    goes_on = _perfect().search(quote) or _level().search(quote)
    if goes_on and of_its_day:
        return "up to"
    times = [match.span() for match in _time().finditer(quote)]
    happenings = [match.span() for match in _of_happening().finditer(quote)]
    tied = [time for time in times if any(start <= time[0] < end for start, end in happenings)]
    if len(tied) == len(times) and (times or (not of_its_day and _happening().search(quote))):
        return "after"  # without a time it has that of the sentence that told of the happening
    return "up to" if goes_on or (of_its_day and not times) else "within"


@cache
def _until() -> re.Pattern[str]:
    words, between = _any(_words("until")), _any(_words("between"))
    return re.compile(rf"\b(?i:{words})\s+(?i:(?:{between})[\s-]+){{0,4}}{_TIME}")


@cache
def _time() -> re.Pattern[str]:
    return re.compile(rf"\b{_TIME}")


@cache
def _of_happening() -> re.Pattern[str]:
    """A happening with its date: "the quake that hit Peru on Sunday", "the May 3 quake", "Sunday's quake"."""
    nouns = _any(_happenings())
    moves = _any([*_words("level") - {"hit"}, *_states()])
    gap = rf"(?:\s+(?!(?:{moves})\b)[\w’'-]+){{0,{_BETWEEN}}}?"
    return re.compile(
        rf"\b(?i:{nouns})\b(?i:{gap})\s+{_TIME}|\b{_TIME}(?:['’]s)?(?:\s+[\w.’'-]+){{0,3}}?\s+(?i:{nouns})\b"
    )


@cache
def _happening() -> re.Pattern[str]:
    return re.compile(rf"\b[Tt]h(?:e|is|at) (?:[\w.-]+ ){{0,2}}?(?:{_any(_happenings())})\b")


@cache
def _happenings() -> frozenset[str]:
    times = {row["phrase"].lower() for row in read_table("time_words")}  # a march, and March
    rows = (row for row in read_table("event_words") if row["pos"] == "noun" and row["kind"] in _HARM)
    words = (row["word"] for row in rows if row["word"] not in times)
    return frozenset(form for word in words for form in (word, f"{word}s"))


@cache
def _perfect() -> re.Pattern[str]:
    """Has (been) killed, has risen: what is counted up to the day of telling."""
    participles = _any([*_states(), *_words("level"), "claimed", "left", "taken"])
    return re.compile(rf"\b(?:{_any(_words('auxiliary'))})\s+(?:\w+\s+){{0,3}}?(?:{participles})\b", re.I)


@cache
def _level() -> re.Pattern[str]:
    """The toll stood at, the number of dead rose to; also "put the toll at"."""
    totals, verbs = _any(_words("total")), _any(_words("level"))
    after = rf"\b(?:{totals})\b[^.;]{{0,160}}?\b(?:{verbs})\b"
    return re.compile(rf"{after}|\b(?:{verbs})\b[^.;]{{0,40}}?\b(?:{totals})\b", re.IGNORECASE)


@cache
def _states() -> frozenset[str]:
    """The single words of the states in which people are counted: killed, died, injured."""
    phrases = (phrase for row in read_table("measure_states") for phrase in row["words"].split("|"))
    return frozenset(phrase for phrase in phrases if " " not in phrase)


def _words(role: str) -> frozenset[str]:
    return read_words("counting_words", role=role)


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _times() -> str:
    rows = read_table("time_words")
    months = _any(row["phrase"] for row in rows if row["class"] in ("MONTH", "MABBR"))
    days = _any(row["phrase"] for row in rows if row["class"] == "WEEKDAY")
    day = r"\d{1,2}(?:st|nd|rd|th)?"
    month = rf"(?:{day}\s+)?(?:{months})\b\.?(?:\s+{day}\b)?(?:,?\s+\d{{4}}\b)?"
    span = r"(?:[Ll]ast|[Tt]his|[Pp]ast)\s+(?:week|weekend|month|year)\b"
    span = rf"{span}|(?:days?|weeks?|months?|years?)\s+ago\b"
    return rf"(?:(?:{days})\b|{month}|(?:[Yy]esterday|[Tt]oday)\b|{span}|(?:19|20)\d\d\b)"


_TIME = _times()
