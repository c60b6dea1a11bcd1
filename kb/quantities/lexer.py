"""A text as tokens for the grammar of quantities: numerals, words and signs with their offsets.

Each token is one match of one pattern without nested repetition, so a text is read in linear time.
Letters and digits are apart even where nothing divides them: "3.5bn" is a numeral and a word.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

TokenKind = Literal["number", "word", "sign"]

_TOKEN = re.compile(
    r"""
      (?P<number> (?<![0-9.,])[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+(?![0-9])   # 12 345
                | [0-9]+(?:[.,'’][0-9]+)*
                | (?<![\w.])\.[0-9]+ )
    | (?P<word>   (?:[A-Za-z]\.){2,}
                | [^\W\d_]+(?:['’][^\W\d_]+)* )
    | (?P<sign>   \S )
    """,
    re.VERBOSE,
)
HYPHENS = frozenset("-‐‑–—−")
MINUS = frozenset("-−–")


class Token(NamedTuple):
    """A piece of the text; `glued` tells that no white space stands before it."""

    text: str
    low: str
    start: int
    end: int
    kind: TokenKind
    glued: bool

    @property
    def is_hyphen(self) -> bool:
        return self.text in HYPHENS


def tokens_of(text: str) -> list[Token]:
    """All tokens of the text in order; white space alone is left out."""
    found: list[Token] = []
    end = -1
    for match in _TOKEN.finditer(text):
        words = match.group()
        kind: TokenKind = match.lastgroup  # type: ignore[assignment]
        low = words.lower().replace("’", "'") if kind == "word" else words
        found.append(Token(words, low, match.start(), match.end(), kind, match.start() == end))
        end = match.end()
    return found
