"""Whose currency a name means that several countries use: the rubles of Minsk, the crowns of Oslo.

The lexicon gives a bare name its usual currency (ISO 4217). Where a text gives the currency in full
once ("10 Norwegian crowns") or is about another country that has one of this name, that one is meant.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from kb.extract.document import Document
from kb.lexicon import read_table
from kb.model.values import Quantity
from kb.quantities.units import plural

_EVERYWHERE = frozenset({"dollar", "mark"})  # names that a text means in their usual sense unless it says so
_KINDS = ("money", "count", "rate")
_GONE = frozenset({"IEP"})  # replaced by the euro while its neighbour's stayed
_LEAST = 2  # mentions of a country in a text that is about it
_FEW = 50  # of things that bear the same name
_LONGEST = 100_000  # characters of a text that tell what it is about
Shared = dict[str, dict[str, str]]


def with_currencies(document: Document, quantities: Iterable[Quantity]) -> list[Quantity]:
    """The quantities, amounts in a currency whose name several have with the code of the one meant."""
    meant: dict[str, str | None] = {}
    return [_with_currency(document, quantity, meant) for quantity in quantities]


def _with_currency(document: Document, quantity: Quantity, meant: dict[str, str | None]) -> Quantity:
    word = _currency_word(quantity)
    if word is None:
        return quantity
    if word not in meant:
        usual = quantity.kind == "money"
        meant[word] = _of_text(document.text[:_LONGEST], word, _LEAST if usual else 1)
    code = meant[word] or _of_sentence(document, quantity, word)
    if code is None or code == quantity.unit:
        return quantity
    if quantity.kind == "rate":
        _, per, base = quantity.unit.partition(" per ")
        return replace(quantity, unit=f"{code}{per}{base}")
    return replace(quantity, unit=code, kind="money")


def _currency_word(quantity: Quantity) -> str | None:
    """The bare name of a currency by which the amount is told, in the singular; None where it has none."""
    if quantity.kind not in _KINDS or quantity.noun is None:
        return None
    words = quantity.noun.words.lower().split()
    if len(words) != 1 or (quantity.kind == "count" and (quantity.low or quantity.high or 0) < _FEW):
        return None  # two crowns that a queen wore
    usual = quantity.kind == "money" or quantity.unit.partition(" per ")[0].lower() == words[0]
    return _singulars().get(words[0]) if usual else None


def _of_sentence(document: Document, quantity: Quantity, word: str) -> str | None:
    """The currency of the one country that the sentence names before an amount in a text that tells none."""
    start = document.sentence_at(quantity.number.start_char).start_char
    named = _named(document.text[start : quantity.span.start_char], word)
    return _shared()[word][next(iter(named))] if len(named) == 1 else None


def _of_text(text: str, word: str, least: int) -> str | None:
    """The currency that the text names in full, else that of the country it names most; None in doubt."""
    codes = _shared()[word]
    full = Counter(_full_names(word)[found.lower()] for found in _full(word).findall(text))
    if len(full) == 1:
        return next(iter(full))
    named = _named(text, word).most_common(2)
    if not named or named[0][1] < least or (len(named) > 1 and named[0][1] == named[1][1]):
        return None
    return codes[named[0][0]]


def _named(text: str, word: str) -> Counter[str]:
    """How often the text names each country that has a currency of this name, by its code."""
    pattern, countries = _names(word)
    return Counter(countries[found] for found in pattern.findall(text) if countries[found])


@cache
def _adjectives() -> dict[str, str]:
    """The words for a country and its people, in lower case, with its code."""
    return {
        word.lower(): row["code"]
        for row in read_table("countries")
        for word in (row["name"], *row["demonyms"].split("|"), *row["aliases"].split("|"))
        if word
    }


@cache
def _shared() -> Shared:
    """Names of currencies that more than one country uses, in the singular: the codes by country."""
    found: Shared = defaultdict(dict)
    for row in read_table("currencies"):
        for name in row["names"].split("|"):
            whose, _, word = name.rpartition(" ")
            country = _adjectives().get(whose)
            if country and row["code"] not in _GONE:
                found[word].setdefault(country, row["code"])
    return {word: codes for word, codes in found.items() if len(codes) > 1 and word not in _EVERYWHERE}


@cache
def _singulars() -> dict[str, str]:
    return {form: word for word in _shared() for form in (word, plural(word))}


@cache
def _full_names(word: str) -> dict[str, str]:
    """The full names of these currencies, singular and plural, with their codes."""
    return {
        f"{whose} {form}": codes[country]
        for codes in (_shared()[word],)
        for whose, country in _adjectives().items()
        if country in codes
        for form in (word, plural(word))
    }


@cache
def _full(word: str) -> re.Pattern[str]:
    longest = sorted(_full_names(word), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b", re.IGNORECASE)


@cache
def _names(word: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of the names of countries, and what each names: one of those with the currency, or "" ."""
    codes, countries = _shared()[word], {}
    for row in read_table("countries"):
        for name in (row["name"], row["capital"], *row["demonyms"].split("|"), *row["aliases"].split("|")):
            if name:
                countries[name] = row["code"] if row["code"] in codes else ""
    for row in read_table("cities"):
        if row["country"] in codes and not (row["ambiguous"] or row["also_in"]):
            countries.setdefault(row["name"], row["country"])
    longest = sorted(countries, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b"), countries
