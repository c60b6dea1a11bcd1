"""The words of a text as names are made of them, and the runs of capitalised words that may be names.

A word keeps its inner hyphens, apostrophes and full stops (`el-Sisi`, `O'Brien`, `U.S.`, `Znak.com`) and
leaves a possessive ending aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kb.lexicon import read_words

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![\w]))?"  # U.S., J.R.R.
    r"|[^\W_]+(?:[-–'’.&/](?=[^\W_])[^\W_]+)*"
)
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$", re.IGNORECASE)
_ABBREVIATED = re.compile(
    r"^(?:[^\W\d_]|St|Mt|Ft|Jr|Sr|Dr|Mr|Mrs|Ms|Prof|Rev|Gen|Col|Lt|Sgt|Capt|Gov|Sen|Rep|Inc|Ltd|Corp|Co|Kft|Bros)$"
)
_JOINS = re.compile(r"[ \t\xa0]{1,3}\n?[ \t]?|\n[ \t]?")
PARTICLES = frozenset(
    "de del della delle dei di da dos das do du des la le las los el al ar ash bin ibn ben bint van von "
    "der den ter ten zu zur y e et i und af av".split()
)
CONNECTORS = frozenset({"of", "and", "for", "on", "the", "&", "in"}) | PARTICLES


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


@cache
def _not_abbreviated() -> frozenset[str]:
    return read_words("titles")


def words_of(text: str) -> list[Word]:
    """All words of the text in order; `text[w.start:w.end] == w.text`."""
    found = []
    for match in _WORD.finditer(text):
        start, end, word = match.start(), match.end(), match.group()
        possessive = _POSSESSIVE.search(word)
        if possessive:
            end = start + possessive.start()
            word = text[start:end]
        elif text[end : end + 1] in "'’" and word.endswith("s") and text[end + 1 : end + 2].isspace():
            possessive = match
        elif text[end : end + 1] == "." and (_ABBREVIATED.match(word) or f"{word}." in _not_abbreviated()):
            end += 1
            word = text[start:end]
        if word:
            found.append(Word(start, end, word, possessive is not None))
    return found


def runs(text: str, words: list[Word], breaks: frozenset[int]) -> Iterator[list[Word]]:
    """Runs of capitalised words with the small words between them, within one sentence each.

    `breaks` holds the offsets at which a sentence begins. A run begins and ends with a capitalised word.
    """
    run: list[Word] = []
    for word in words:
        if run and (word.start in breaks or not _follows(text, run[-1], word)):
            yield from _closed(run)
            run = []
        if word.capital or (run and (word.text in CONNECTORS or word.text[0].isdigit())):
            run.append(word)
        else:
            yield from _closed(run)
            run = []
    yield from _closed(run)


def _follows(text: str, before: Word, word: Word) -> bool:
    """Whether nothing but a space (or `&`, or a possessive ending) stands between two words."""
    gap = text[before.end : word.start]
    if before.possessive:
        gap = gap.lstrip("'’sS") if gap[:1] in "'’" else gap
    return _JOINS.fullmatch(gap) is not None or gap == " & "


def _closed(run: list[Word]) -> Iterator[list[Word]]:
    while (
        run and not run[-1].capital and not (run[-1].text[0].isdigit() and len(run) > 1 and run[-2].capital)
    ):
        run = run[:-1]
    if run:
        yield run
