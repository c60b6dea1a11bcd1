"""In which country a place lies, told by keys of places, and which country an article is about. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kb.lexicon import read_table
from kb.resolve.keys.names import folded_name


def country_of(key: str) -> str | None:
    """The country (as the key of a place) that a place's key lies in or is, or None."""
    return _lies_in().get(key)


@cache
def country_keys() -> frozenset[str]:
    """The countries, as keys of places."""
    return frozenset(f"place:{folded_name(row['name'])}" for row in read_table("countries"))


@cache
def capital_keys() -> frozenset[str]:
    """Their capitals, as keys of places."""
    return frozenset(f"place:{folded_name(row['capital'])}" for row in read_table("countries"))


@cache
def _lies_in() -> Mapping[str, str]:
    """Keys of countries, capitals, regions and cities -> the country's key."""
    found: dict[str, str] = {}
    by_code: dict[str, str] = {}
    for row in read_table("countries"):
        country = f"place:{folded_name(row['name'])}"
        by_code[row["code"]] = country
        for name in (row["name"], row["capital"], *row["aliases"].split("|")):
            if name:
                found.setdefault(f"place:{folded_name(name)}", country)
    for table in ("places", "cities"):
        for row in read_table(table):
            if row["country"] in by_code and not row.get("ambiguous"):
                found.setdefault(f"place:{folded_name(row['name'])}", by_code[row["country"]])
    return found


def home_of(places: Mapping[str, int]) -> str | None:
    """The country that an article is about: half or more of its named places lie there.

    `places` are keys of places with the number of their mentions.
    """
    named: dict[str, int] = {}
    for key, number in places.items():
        if country := country_of(key):
            named[country] = named.get(country, 0) + number
    if not named:
        return None
    first = max(sorted(named), key=lambda country: named[country])
    return first if 2 * named[first] >= sum(named.values()) else None
