"""The words of a text as names are made of them, and the runs of capitalised words that may be names.

A word keeps its inner hyphens, apostrophes and full stops (`el-Sisi`, `O'Brien`, `U.S.`, `news.com`) and
leaves a possessive ending aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kb.lexicon import read_words
from kb.names.known import is_given_name

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?"  # U.S., J.R.R.
    r"|[A-Z]{2,4}/[A-Z]{2,4}\b"  # RFE/RL
    r"|[^\W_]+(?:(?:[-–'’&](?=[^\W_])|\.(?=[a-z]{2,}\b))[^\W_]+)*"
)
_POSSESSIVE = re.compile(r"['’][sS]$")
_JOINS = re.compile(r"[ \t\xa0]{1,3}|[ \t]?\n[ \t]?")
_OPENING = re.compile(r"[ \xa0][\"“'‘]")
_CLOSING = re.compile(r"[\"”'’] (?=[A-Z])")
LONGEST_RUN = 40  # words; no name is longer, and what a run costs grows faster than it
WRAPPED = 50  # characters of a line that may go on in the next one
_PREFIX = re.compile(r"(?:then|ex|now)-(?=[A-Z])")
CONNECTORS = frozenset({"of", "and", "for", "on", "the", "&", "in"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text without its possessive ending; `possessive` tells that it had one."""

    start: int
    end: int
    text: str
    possessive: bool = False

    @property
    def capital(self) -> bool:
        """Whether it is written like a part of a name: `Minsk`, `el-Sisi`, `d'Ivoire`, `G7`, `iTunes`."""
        if self.text[0].isupper():
            return True
        return any(character.isupper() for character in self.text[1:]) and not self.text[0].isdigit()

    @property
    def number(self) -> bool:
        return self.text[0].isdigit()

    @property
    def bare(self) -> str:
        """The word without the full stop of an abbreviation."""
        return self.text.rstrip(".") if len(self.text) > 2 else self.text


@cache
def particles() -> frozenset[str]:
    """Small words between the parts of a name: `de`, `von`, `bin`."""
    return read_words("name_words", position="particle")


@cache
def _abbreviations() -> frozenset[str]:
    """Words that are written with a full stop: titles, company forms, `St.`."""
    words = {word[:-1] for word in read_words("titles") if word.endswith(".")}
    return frozenset(words | {"St", "Mt", "Ft", "Jr", "Sr", "Inc", "Ltd", "Corp", "Co", "Bros", "Kft", "Zrt"})


def words_of(text: str) -> list[Word]:
    """All words of the text in order; `text[w.start:w.end] == w.text`."""
    found = []
    for match in _WORD.finditer(text):
        start, end, word = match.start(), match.end(), match.group()
        possessive = _POSSESSIVE.search(word) is not None
        if possessive:
            end -= 2
            word = text[start:end]
        elif text[end : end + 1] in ("'", "’") and word.endswith("s") and text[end + 1 : end + 2] == " ":
            possessive = True
        elif text[end : end + 1] == "." and (word in _abbreviations() or (len(word) == 1 and word.isupper())):
            end += 1
            word = text[start:end]
        prefix = _PREFIX.match(word)
        if prefix:
            start += prefix.end()
            word = word[prefix.end() :]
        if word:
            found.append(Word(start, end, word, possessive))
    return found


def runs(text: str, words: list[Word], breaks: frozenset[int]) -> Iterator[list[Word]]:
    """Runs of capitalised words with the small words between them, within one sentence each.

    `breaks` holds the offsets at which a sentence begins. A run begins and ends with a capitalised word
    or a number.
    """
    run: list[Word] = []
    for word in words:
        follows = run and (_follows(text, run[-1], word) or _nicknamed(text, run, word))
        if run and (word.start in breaks or len(run) == LONGEST_RUN or not follows):
            yield from _closed(run)
            run = []
        if word.capital or word.number or (run and (word.text in CONNECTORS or word.text in particles())):
            run.append(word)
        else:
            yield from _closed(run)
            run = []
    yield from _closed(run)


def _follows(text: str, before: Word, word: Word) -> bool:
    """Whether nothing but a space, `&`, a possessive ending or a comma before Inc. stands between words."""
    gap = text[before.end : word.start]
    if "\n" in gap and before.end - text.rfind("\n", 0, before.start) < WRAPPED:
        return False  # a short line is a heading or a cell, no line of a wrapped paragraph
    if before.possessive:
        gap = gap.lstrip("'’sS") if gap[:1] in ("'", "’") else gap
    if gap == ", ":
        return before.capital and word.text in read_words("name_words", position="after_comma")
    return _JOINS.fullmatch(gap) is not None or gap == " & "


def _nicknamed(text: str, run: list[Word], word: Word) -> bool:
    """Whether a word is somebody's nickname in quotation marks, or the surname behind it: `Ann "Bo" Hill`."""
    gap = text[run[-1].end : word.start]
    if _OPENING.fullmatch(gap):
        return (
            word.capital
            and run[-1].capital
            and is_given_name(run[-1].text) is not None
            and _CLOSING.match(text, word.end) is not None
        )
    quoted = len(run) > 1 and _OPENING.fullmatch(text[run[-2].end : run[-1].start])
    return bool(quoted) and word.capital and gap in ('" ', "” ", "’ ", "' ")


def _closed(run: list[Word]) -> Iterator[list[Word]]:
    """A run cut behind its last capitalised word or number; none if it has no capitalised word."""
    end = len(run)
    while end and not (run[end - 1].capital or run[end - 1].number):
        end -= 1
    if any(word.capital for word in run[:end]):
        yield run[:end]
