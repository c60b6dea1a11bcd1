"""Names that the lexicon knows: which kind each is, and which one thing several of them name.

`US`, `U.S.` and `United States` are one; `Minsk` is a city and the capital of Belarus. A name that is
also a common word or somebody's given name (`Sydney`, `Reading`) is known, but not surely meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from anyascii import anyascii

from kb.lexicon import read_table
from kb.model.values import EntityKind

LONGEST = 12  # words in a known name


@dataclass(frozen=True, slots=True)
class Known:
    """A lexicon's name: what it is called in full, its kind, and the subject matter it was listed under."""

    name: str
    kind: EntityKind
    type: str
    country: str = ""
    ambiguous: bool = False


def _cells(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


@cache
def known_names() -> dict[str, Known]:
    """Every spelling that the lexicon lists -> what it names. The first table that lists it wins."""
    names: dict[str, Known] = {}
    for row in read_table("countries"):
        country = Known(row["name"], "place", "country", row["code"])
        for spelling in (row["name"], *_cells(row["aliases"])):
            names.setdefault(spelling, country)
    for row in read_table("organisations"):
        body = Known(row["name"], "organisation", row["type"])
        for spelling in (row["name"], *_cells(row["acronyms"]), *_cells(row["aliases"])):
            names.setdefault(spelling, body)
            if spelling.startswith("The ") and spelling.count(" ") > 1:
                names.setdefault(spelling.removeprefix("The "), body)
    for row in read_table("persons"):
        person = Known(row["name"], "person", "person")
        for spelling in (row["name"], *_cells(row["spellings"])):
            names.setdefault(spelling, person)
    for row in read_table("countries"):
        if row["capital"]:
            names.setdefault(row["capital"], Known(row["capital"], "place", "capital", row["code"]))
    for row in read_table("places"):
        place = Known(row["name"], "place", row["type"], row["country"])
        for spelling in (row["name"], *_cells(row["aliases"])):
            names.setdefault(spelling, place)
    for row in read_table("cities"):
        city = Known(row["name"], "place", "city", row["country"], ambiguous=bool(row["ambiguous"]))
        names.setdefault(row["name"], city)
    return names


@cache
def known_surnames() -> frozenset[str]:
    """The last words of the names of persons whom the lexicon knows; each may be others' surname too."""
    spellings = (spelling for spelling, known in known_names().items() if known.kind == "person")
    return frozenset(spelling.split()[-1] for spelling in spellings if " " in spelling)


@cache
def demonyms() -> dict[str, str]:
    """Adjectives and nouns of nationality -> the country's name."""
    table: dict[str, str] = {}
    for row in read_table("countries"):
        for word in _cells(row["demonyms"]):
            table.setdefault(word, row["name"])
    return table


@cache
def country_names() -> dict[str, str]:
    """ISO code -> the country's name."""
    return {row["code"]: row["name"] for row in read_table("countries")}


@cache
def _given_names() -> dict[str, bool]:
    table: dict[str, bool] = {}
    for row in read_table("given_names"):
        key = anyascii(row["name"]).lower()
        table[key] = table.get(key, True) and not row["ambiguous"]
    return table


@cache
def _surnames() -> frozenset[str]:
    return frozenset(anyascii(row["name"]).lower() for row in read_table("surnames"))


def is_surname(word: str) -> bool:
    """Whether a word is a surname in some country; diacritics do not matter."""
    return anyascii(word).lower() in _surnames()


def is_given_name(word: str) -> bool | None:
    """Whether a word surely is a given name; None where it is none, False where it is another word too.

    Diacritics do not matter: `Gáspár` is `Gaspar`. A double name is one if its first part is.
    """
    table = _given_names()
    key = anyascii(word).lower()
    return table.get(key, table.get(key.split("-")[0]) if "-" in key else None)


@cache
def _common_surnames() -> frozenset[str]:
    return frozenset(anyascii(row["name"]).lower() for row in read_table("common_surnames"))


def is_common_surname(word: str) -> bool:
    """Whether very many people have the surname; diacritics do not matter."""
    return anyascii(word).lower() in _common_surnames()
