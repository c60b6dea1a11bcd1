"""A name taken apart for comparison: its words in Latin letters, without titles and legal forms.

`Putin, Vladimir`, `PUTIN Vladimir` and `Президент Путин` are read as names of persons are written;
`Siemens AG` as a name with the legal form of a company.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from anyascii import anyascii

from kb.lexicon import read_table

_QUOTES = re.compile(r"[\"“”„«»]")
_WORD = re.compile(r"[^\W_]+(?:['’ʻʼ-]?[^\W_]+)*")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_LOOKALIKES = str.maketrans("0195", "oigs")
_SMALL = frozenset(
    [
        "the",
        "of",
        "and",
        "for",
        "de",
        "la",
        "del",
        "van",
        "von",
        "der",
        "den",
        "di",
        "da",
        "dos",
        "du",
        "le",
        "al",
        "el",
        "bin",
        "ben",
        "ibn",
        "bint",
        "abu",
        "abd",
    ]
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A name's words in order, as written, the classes of its legal forms, and the numbers in it.

    `reordered` tells that a comma had put the surname first.
    """

    words: tuple[str, ...]
    forms: frozenset[str]
    numbers: frozenset[str]
    reordered: bool = False


@cache
def _legal_forms() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {row["form"]: row["class"] for row in read_table("legal_forms")}
    forms = "|".join(map(re.escape, sorted(table, key=len, reverse=True)))
    return re.compile(rf"(?<![\w.])(?:{forms})(?!\w)", re.IGNORECASE), table


@cache
def _titles() -> frozenset[str]:
    kinds = ("honorific", "office", "rank", "royal")
    english = {row["word"].lower().rstrip(".") for row in read_table("titles") if row["type"] in kinds}
    return frozenset(english | {row["word"] for row in read_table("foreign_titles")})


@lru_cache(maxsize=50_000)
def parsed(name: str) -> Parsed:
    """A name of a person or a body, taken apart."""
    text = _QUOTES.sub(" ", name)
    pattern, classes = _legal_forms()
    forms = frozenset(classes[match.group().lower()] for match in pattern.finditer(text))
    bare = pattern.sub(" ", text) if forms else text
    text = bare if _WORD.search(bare) else text
    text = _INITIALS.sub(lambda match: match.group().replace(".", ""), text)
    surname, comma, given = text.partition(",")
    reordered = bool(comma and given.strip() and not forms and "," not in given and len(surname.split()) < 4)
    if reordered:
        text = f"{given} {surname}"
    words = [part for word in _WORD.findall(text) for part in _CAMEL.split(re.sub(r"['’][sS]$", "", word))]
    words = [_plain_digits(part) for word in words for part in _without_article(word)]
    named = [word for word in words if word.lower() not in _titles()]
    words = named or words
    numbers = frozenset(word for word in words if word.isdigit())
    return Parsed(tuple(word for word in words if not word.isdigit()), forms, numbers, reordered)


def _without_article(word: str) -> list[str]:
    """A word with an article of its language before a hyphen as two: `al-Hassan`."""
    first, hyphen, rest = word.partition("-")
    return [first, rest] if hyphen and rest and is_small(first) else [word]


def _plain_digits(word: str) -> str:
    """A word with digits put for letters written in letters: `Sech1n`."""
    letters = sum(character.isalpha() for character in word)
    return word.translate(_LOOKALIKES) if letters >= 2 and letters < len(word) and word[0].isalpha() else word


def is_small(word: str) -> bool:
    """Whether a word of a name says nothing by itself: an article, `bin`, `von`."""
    return word.lower() in _SMALL


@lru_cache(maxsize=100_000)
def folded(word: str) -> str:
    """A word in lower-case Latin letters alone."""
    return re.sub(r"[^a-z0-9]", "", anyascii(word).lower())


@cache
def _variants() -> dict[str, frozenset[int]]:
    table: dict[str, set[int]] = {}
    for number, row in enumerate(read_table("given_variants")):
        for form in row["forms"].split("|"):
            table.setdefault(folded(form), set()).add(number)
    return {form: frozenset(rows) for form, rows in table.items()}


def is_variant(a: str, b: str) -> bool:
    """Whether two given names are forms of one: `Sergei` and `Siarhei`, `Bill` and `William`."""
    table = _variants()
    return bool(table.get(folded(a), frozenset()) & table.get(folded(b), frozenset()))


def is_listed_given(word: str) -> bool:
    """Whether a word is a given name that has other forms."""
    return folded(word) in _variants()
