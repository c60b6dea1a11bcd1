"""Places that the address of a page tells, where its text names none: in its path, or by whose site it is.

Such a place has no words in the text: it is a name without a span, and no mention.
"""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from kb.extract.claims.national_sites import country_of_site
from kb.extract.claims.places import demonyms
from kb.extract.dating.happenings import kind_of_words
from kb.extract.document import Document
from kb.lexicon import read_table, read_words
from kb.model.values import Reference

_SHORTEST = 4  # letters of a name in an address


def place_of_address(url: str | None) -> Reference | None:
    """The country that the path of an address names, as headlines in addresses do; without a span.

    Of several, it is the only one that something happened in: "turkish-quake-aid-from-greece".

    >>> place_of_address("https://example.org/2026/latvian-ferry-runs-aground").name
    'Latvia'
    """
    said = _path(url)
    named = _countries_of_path(said)
    found = set(named.values())
    if len(found) > 1:
        after = ((country, said.partition(f" {name} ")[2].split()) for name, country in named.items())
        found = {country for country, words in after if words and kind_of_words(words[0], "noun")}
    return Reference(found.pop(), None) if len(found) == 1 else None


def place_of_site(document: Document) -> Reference | None:
    """The country of the national body that published a text which names no place; without a span.

    Also the address may name no other country, and the text not speak of the world.
    """
    article = document.article
    url = article.url if article.kind == "page" else article.cites_url
    country = country_of_site(url)
    if country is None or set(_countries_of_path(_path(url)).values()) - {country}:
        return None
    words = re.findall(r"[^\W\d_]+", f"{article.title or ''}\n{document.text}")
    if not _everywhere().isdisjoint(word.lower() for word in words) or _names_any_place(words):
        return None
    return Reference(country, None)


def _names_any_place(words: list[str]) -> bool:
    """Whether words are the name of a country or its people, a capital, a province or a sea."""
    said = f" {' '.join(words)} "
    told = {word for word in words if word[0].isupper()}
    return any(f" {name} " in said for name in _place_names() if name.split(" ", 1)[0] in told)


@cache
def _place_names() -> frozenset[str]:
    """Names of places and of peoples, in words alone."""
    rows = read_table("countries")
    names = [row["name"] for row in (*rows, *read_table("places"))] + [row["capital"] for row in rows]
    for row in (*rows, *read_table("places")):
        names += [*row["aliases"].split("|"), *row.get("demonyms", "").split("|")]
    return frozenset(" ".join(re.findall(r"[^\W\d_]+", name)) for name in names) - {""}


@cache
def _everywhere() -> frozenset[str]:
    """Words by which a text speaks of more than one country."""
    return read_words("place_words", use="everywhere") | read_words("place_words", use="world")


def _path(url: str | None) -> str:
    """The words of an address's path, in lower case."""
    try:
        path = urlsplit(url or "").path
    except ValueError:  # brackets around what is no IPv6 address
        path = ""
    return f" {' '.join(re.findall(r'[a-z]+', path.lower()))} "


def _countries_of_path(said: str) -> dict[str, str]:
    """The countries that the words of a path name, by the names that stand there."""
    return {name: country for name, country in _in_addresses().items() if f" {name} " in said}


@cache
def _in_addresses() -> dict[str, str]:
    """The names of countries and of their people, as addresses write them."""
    named = {**{row["name"]: row["name"] for row in read_table("countries")}, **demonyms()}
    plain = {" ".join(re.findall(r"[a-z]+", name.lower())): country for name, country in named.items()}
    return {name: country for name, country in plain.items() if len(name) >= _SHORTEST}
