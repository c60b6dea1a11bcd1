"""A token of a time expression, and the letter that stands for its class in a pattern."""

from __future__ import annotations

from dataclasses import dataclass

_FIRST_LETTER = 0x4E00  # a block of letters without meaning here, none special in a regular expression
_LETTERS: dict[str, str] = {}
_IRRELEVANT = ("OTHER", "PUNCTUATION", "WORD")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text with its class and the value that the tables give it; offsets are half-open."""

    kind: str
    text: str
    start: int
    end: int
    value: str = ""


def letter(kind: str) -> str:
    """The letter of a class, one and the same throughout a process; `_` for what is in no expression."""
    if kind in _IRRELEVANT:
        return "_"
    return _LETTERS.setdefault(kind, chr(_FIRST_LETTER + len(_LETTERS)))
