"""Numbers that are others in another take of a text: "12 people were killed", then "19 people". Pure.

A number is known by the words around it. What tells when a text was written (a dateline, a clock, the
day of an update) changes with every outlet, and says nothing of what the text tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kb.lexicon import read_table, read_words

_TOKEN = re.compile(r"\d{4}-\d\d-\d\d|\d+(?::\d+)+|\d[\d.,]*|[^\W\d]+")
_CLOCK = re.compile(r"[-:]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE_YEARS = frozenset(
    ["in", "since", "from", "until", "till", "of", "by", "during", "to", "before", "after"]
)
_NUMBER = "0"  # what stands for any number among the words around another
_AMBIGUOUS = frozenset(["one", "zero"])  # "one of those who"

_Around = tuple[str, str, str]


def changed_numbers(original: str, other: str) -> list[str]:
    """The numbers of the other text that stand where the original has another one, in order.

    >>> changed_numbers("A flood killed at least 12 people.", "A flood killed at least 19 people.")
    ['19']
    >>> changed_numbers("OSLO, May 3 - It rained for two days.", "OSLO, May 4 - It rained for 2 days.")
    []
    """
    before: dict[_Around, set[str]] = {}
    for around, number in _numbers(original):
        before.setdefault(around, set()).add(number)
    told = {number for numbers in before.values() for number in numbers}
    after: dict[_Around, set[str]] = {}
    for around, number in _numbers(other):
        after.setdefault(around, set()).add(number)
    told_now = {number for numbers in after.values() for number in numbers}
    found: dict[str, None] = {}
    for around, numbers in after.items():
        was = before.get(around)
        # Sentences that changed places bring numbers to each other's words: then both have them all.
        if was and not numbers & was and (numbers - told or was - told_now):
            found.update(dict.fromkeys(sorted(numbers)))
    return list(found)


def _numbers(text: str) -> Iterator[tuple[_Around, str]]:
    """Each number that counts something, with two words before and one behind it, and the other way round."""
    tokens = _TOKEN.findall(text)
    values = [_value(token) for token in tokens]
    words = [_NUMBER if value else token.lower() for token, value in zip(tokens, values, strict=True)]
    words = ["", "", *words, "", ""]
    for i, value in enumerate(values, 2):
        if value and not _is_time(words[i - 1], tokens[i - 2], words[i + 1]):
            yield (words[i - 2], words[i - 1], words[i + 1]), value
            yield (words[i - 1], words[i + 1], words[i + 2]), value


def _value(token: str) -> str:
    """A number as plain digits, empty for a word."""
    if token[0].isdigit():
        return token.rstrip(".,:").replace(",", "")
    return _written().get(token.lower(), "")


def _is_time(before: str, token: str, behind: str) -> bool:
    """Whether a number is a day, a year, a time of day."""
    if _CLOCK.search(token) or before in _of_days() or behind in _of_days():
        return True
    return before in _BEFORE_YEARS and bool(_YEAR.fullmatch(token.rstrip(".,")))


@cache
def _written() -> dict[str, str]:
    """Numbers below one hundred that are one word, and their digits."""
    rows = (row for row in read_table("numbers") if row["kind"] in ("unit", "teen", "tens"))
    return {row["word"]: row["value"] for row in rows if row["word"] not in _AMBIGUOUS}


@cache
def _of_days() -> frozenset[str]:
    """Words beside which a number is a day or a time of day."""
    kinds = ("MONTH", "MABBR", "WEEKDAY", "WABBR", "AMPM", "ZONE")
    words = {word for kind in kinds for word in read_words("time_words", "phrase", **{"class": kind})}
    return frozenset(word.rstrip(".").lower() for word in words)
