"""What on a saved page is not the article: share bars, teasers, notices, captions, labels.

The words are data: lexicon/furniture.csv and lexicon/credits.csv.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kb.lexicon import read_table

LONGEST_START = 160  # characters; a longer line that begins like furniture is prose
LONGEST_NOTICE = 600  # characters of a cookie notice or a disclaimer
LONGEST_CAPTION = 400
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ORNAMENT = re.compile(r"^[^\w©(\[<\"'#$€£]+|[\s:»›→>|•·…]+$")
_CREDITED = re.compile(
    r"\b(?:photo|photograph|picture|image|foto|illustration|graphic)(?: (?:by|credit|courtesy))?\s*:", re.I
)
_DOMAIN_END = re.compile(r"(?:^|[\s(/])(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\)?$")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class Rules:
    """The table by how it is looked up; `starts` by first word, so that a line meets few of them."""

    wholes: Mapping[str, str]
    starts: Mapping[str, tuple[tuple[str, str], ...]]
    parts: tuple[tuple[str, str], ...]


@cache
def _rules() -> Rules:
    wholes: dict[str, str] = {}
    starts: dict[str, list[tuple[str, str]]] = {}
    parts: list[tuple[str, str]] = []
    for row in read_table("furniture"):
        words, kind = row["words"], row["class"]
        if kind.startswith("label-"):
            continue
        if row["match"] == "whole":
            wholes[words] = kind
        elif row["match"] == "start":
            starts.setdefault(_first_word(words), []).append((words, kind))
        else:
            parts.append((words, kind))
    return Rules(wholes, {first: tuple(found) for first, found in starts.items()}, tuple(parts))


def _first_word(words: str) -> str:
    return re.split(r"[\s:|#]", words, maxsplit=1)[0]


def plain(line: str) -> str:
    """The line as the tables are written: lower case, plain quotes, `#` for numbers.

    >>> plain("Reading  time: 12 minutes")
    'reading time: # minutes'
    """
    return _NUMBER.sub("#", " ".join(line.translate(_PLAIN).split()).lower())


def furniture_class(line: str) -> str | None:
    """The class of a line of furniture (see the table), or None for what may belong to the article.

    >>> furniture_class("3 mins read"), furniture_class("He shared it."), furniture_class("Leave a Reply")
    ('line', None, 'cut')
    """
    if len(line) > LONGEST_NOTICE:
        return None
    words = plain(line)
    bare = _ORNAMENT.sub("", words)
    rules = _rules()
    if bare in rules.wholes:
        return rules.wholes[bare]
    if not bare:
        return "line"
    if (kind := _by_start(bare or words, len(line))) is not None:
        return kind
    return next((kind for part, kind in rules.parts if part in words), None)


def _by_start(words: str, length: int) -> str | None:
    for start, kind in _rules().starts.get(_first_word(words), ()):
        if not words.startswith(start):
            continue
        rest = words[len(start) :]
        if rest[:1].isalnum() or (kind == "section" and (len(rest) > 50 or rest.endswith("."))):
            continue
        if length <= LONGEST_START or start.endswith(":") or kind == "disclaimer":
            return kind
    return None


@cache
def _credits() -> tuple[frozenset[str], tuple[str, ...]]:
    rows = read_table("credits")
    ends = frozenset(row["words"] for row in rows if row["match"] == "end")
    return ends, tuple(row["words"] for row in rows if row["match"] == "part")


def is_caption(line: str) -> bool:
    """Whether the line is a photograph's caption: short, and ends with whom the picture is from.

    >>> is_caption("The minister in Riga. Jane Roe / Reuters"), is_caption("He told Reuters.")
    (True, False)
    """
    if len(line) > LONGEST_CAPTION:
        return False
    words = " ".join(line.translate(_PLAIN).split())
    lower = words.lower()
    ends, parts = _credits()
    if _CREDITED.search(words) and not re.search(r"[.?!]$", words):
        return True
    if any(part in lower for part in parts) and not re.search(r"[^).\]]\.[\"']?$", words[:-1]):
        return True
    if _DOMAIN_END.search(words) and "://" not in words and "@" not in words and " " in words:
        return True
    last = re.split(r"\s*[/|©–—]\s*|\s-\s|[.!?\"'):]\s+|\s*[(\[]", lower.rstrip(" )]"))[-1].strip()
    return last in ends and last != lower
