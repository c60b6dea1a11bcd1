"""Keys of names: facts of one kind that share a key are taken for facts about one thing.

A key says what is beyond doubt and no more. A bare surname is no key of a person: facts without a key
stay alone until somebody joins them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from kb.model.values import EntityKind
from kb.names.keys import (
    body_key,
    countries_with,
    folded_name,
    is_common_name,
    is_generic,
    is_local,
    is_shared_name,
    listed,
    national,
    person_key,
    place_key,
)
from kb.names.senses import Around, field_of, is_of_a_part, namesake_places, place_meant
from kb.resolve.keys.tentative import Tentative

__all__ = [
    "folded_name",
    "folded_place",
    "is_doubtful",
    "is_telling",
    "mention_keys",
    "name_keys",
    "publisher_keys",
    "tentative_keys",
    "wants_sentences",
]

_ACRONYM = 5  # letters of an acronym that may stand for several things


@lru_cache(maxsize=4096)
def folded_place(words: str) -> str:
    """The `folded_name` of a place as it is written: few places are written in very many claims."""
    return folded_name(words)


def name_keys(kind: EntityKind, name: str, spellings: Iterable[str]) -> frozenset[str]:
    """The keys of somebody or something named in one article: `name` in full, and in other spellings.

    Persons have one for each spelling of two words or more; places and organisations one for the
    name, and one for the name that the lexicon knows a spelling by ("EU": European Union).
    """
    return frozenset(f"{kind}:{key}" for key in _keys(kind, name, spellings))


def mention_keys(
    kind: EntityKind,
    name: str,
    spellings: Iterable[str],
    home: str | None,
    company: Collection[str] = (),
    *,
    surnames: Collection[str] = (),
    around: Collection[Around] = (),
) -> frozenset[str]:
    """The keys by which an article's entity joins those of other articles.

    As `name_keys`, but a name that bodies or places of several countries have (`Ministry of Health`,
    `Cambridge`), that others may well have (`John Smith`), or that is a mere acronym, tells nothing without
    the country: its own (`US Senate`), else the one that the whole article is about (`home`, a country's
    key). Without it there is no key. Persons and acronyms are told by their company, too: by the keys of
    somebody or something rare that the article names. `around` is what stands before and behind the name in
    each of its sentences: it tells the state of New York from the city, a state's court from the country's,
    a singer from a senator. A listed word that is a surname of the article (`surnames`, folded) is in doubt.
    """
    country = home.removeprefix("place:") if home else None
    if kind == "person":
        found = set(_persons(dict.fromkeys((name, *spellings)), country, company, around))
    elif _is_surname_too(kind, name, surnames) or _is_bare_river(kind, name, around):
        found = set()
    elif kind == "place" and place_key(name) in namesake_places():
        meant = place_meant(place_key(name), around)
        found = {place_key(meant)} if meant else set()
    else:
        spellings = tuple(spellings)
        found = _with_country(kind, name, spellings, country)
        if any(is_generic(kind, words) for words in (name, *spellings)) and is_of_a_part(around):
            found = set()
        if _is_acronym(kind, name):
            found |= {f"{body_key(name)}&{other}" for other in company}
    return frozenset(f"{kind}:{key}" for key in found)


def wants_sentences(kind: EntityKind, name: str, spellings: Iterable[str]) -> bool:
    """Whether what stands around a name tells which of several things of that name it is."""
    if kind == "person":
        return any(map(is_shared_name, (name, *spellings)))
    if kind == "place":
        return place_key(name) in namesake_places() or _is_river(kind, name)
    return any(is_generic(kind, words) for words in (name, *spellings))


def tentative_keys(
    kind: EntityKind, name: str, spellings: Iterable[str], home: str | None, around: Collection[Around] = ()
) -> frozenset[Tentative]:
    """The keys by which a person of a usual name is the one of other articles, if nothing contradicts.

    What may contradict is the country that an article is about (`home`), and the field that somebody is
    known for. Where many have the name, it takes the country to join them.
    """
    found: set[Tentative] = set()
    country = [("home", home.removeprefix("place:"))] if home else []
    field = [("field", known)] if kind == "person" and (known := field_of(around)) else []
    for spelling in dict.fromkeys((name, *spellings)) if kind == "person" else ():
        key = person_key(spelling)
        if key and _may_be_shared(spelling, key):
            if not is_common_name(spelling):
                found.add(Tentative(f"person:{key}", frozenset((*country, *field))))
            for _, at in country:
                found.add(Tentative(f"person:{key}@{at}", frozenset(field)))
    return frozenset(found)


def _may_be_shared(spelling: str, key: str) -> bool:
    """Whether a name is usual in one of the spellings that have its key, so that others have it too."""
    if is_shared_name(spelling):
        return True
    return listed("person", spelling) is None and key != folded_name(spelling)


def _persons(
    spellings: Iterable[str], home: str | None, company: Collection[str], around: Collection[Around]
) -> Iterator[str]:
    for spelling in spellings:
        key = person_key(spelling)
        if key and is_shared_name(spelling):
            yield from (f"{key}&{other}" for other in company if other != f"person:{key}")
            field = field_of(around)
            if home and field:
                yield f"{key}@{home}#{field}"
        elif key:
            yield key


def _is_bare_river(kind: EntityKind, name: str, around: Collection[Around]) -> bool:
    """Whether what is taken for a river never has its article: `Amazon` may be a company's name."""
    told = any(re.search(r"\bthe $", before, re.IGNORECASE) for before, _ in around)
    return bool(around) and not told and _is_river(kind, name)


def _is_river(kind: EntityKind, name: str) -> bool:
    known = listed(kind, name) if kind == "place" and " " not in name.strip() else None
    return known is not None and known.type == "river"


def _is_surname_too(kind: EntityKind, name: str, surnames: Collection[str]) -> bool:
    """Whether what is taken for a place or a body may be somebody whom the article names in full."""
    return _may_be_surname(kind, name) and folded_name(name) in surnames


def _may_be_surname(kind: EntityKind, name: str) -> bool:
    if kind == "person" or " " in name.strip():
        return False
    known = listed(kind, name)
    return known is not None and known.type not in ("country", "capital", "city", "international")


def publisher_keys(name: str, url: str | None) -> frozenset[str]:
    """The keys by which a publisher joins bodies that are named, and itself in other articles.

    A name that bodies of several countries have (`Ministry of Health`) tells it only on one site.
    """
    found = mention_keys("organisation", name, (), None)
    host = urlsplit(url).hostname if url and not found else None
    return frozenset([f"organisation:{body_key(name)}@{host}"]) if host else found


def is_doubtful(kind: EntityKind, name: str, spellings: Iterable[str] = ()) -> bool:
    """Whether the keys of the name depend on what the article is about, or on what stands around it."""
    if wants_sentences(kind, name, spellings) or _may_be_surname(kind, name):
        return True
    return (kind == "place" and _wants_country(name)) or _is_acronym(kind, name) or is_generic(kind, name)


def is_telling(kind: EntityKind, name: str) -> bool:
    """Whether a name is so rare that whoever is named beside it is told by that."""
    if " " not in name.strip() or kind == "place" or listed(kind, name) is not None:
        return False
    return not (is_common_name(name) if kind == "person" else is_doubtful(kind, name))


def _is_general(name: str) -> bool:
    """Whether many bodies have a name."""
    return is_generic("organisation", name) or _is_acronym("organisation", name)


def _is_acronym(kind: EntityKind, name: str) -> bool:
    """Whether a name is letters that may stand for anything: `DRM`, not `NATO`."""
    short = len(name) <= _ACRONYM and name.isalpha() and name.isupper()
    return kind == "organisation" and short and listed(kind, name) is None


def _keys(kind: EntityKind, name: str, spellings: Iterable[str]) -> set[str]:
    everything = dict.fromkeys((name, *spellings))
    if kind == "person":
        return {key for key in map(person_key, everything) if key}
    key_of = body_key if kind == "organisation" else place_key
    known = {key_of(spelling) for spelling in everything if _is_one(kind, spelling)}
    return (known or {key_of(name)}) - {""}


def _is_one(kind: EntityKind, spelling: str) -> bool:
    return listed(kind, spelling) is not None and not is_generic(kind, spelling)


def _with_country(kind: EntityKind, name: str, spellings: Iterable[str], home: str | None) -> set[str]:
    if kind == "organisation":
        for spelling in dict.fromkeys((name, *spellings)):
            found = national(spelling)
            if found is not None:
                return {f"{body_key(found[0])}@{folded_name(found[1])}"} if not is_local(found[0]) else set()
    keys = _keys(kind, name, spellings)
    if kind == "organisation" and _is_general(name) and keys == {body_key(name)}:
        return {f"{key}@{home}" for key in keys if home and not is_local(name)}
    if kind == "place" and _wants_country(name) and keys == {place_key(name)}:
        return {at for key in keys for at in _at_home(key, home)}
    return keys


def _wants_country(name: str) -> bool:
    """Whether a place's name tells the place only within a country: shared, generic, or one unlisted word."""
    if listed("place", name) is None:
        return is_generic("place", name) or " " not in name.strip()
    return bool(countries_with(place_key(name)))


def _at_home(key: str, home: str | None) -> set[str]:
    """The key of a place within the country that the article is about."""
    if is_generic("place", key):
        return set()
    countries = [folded_name(country) for country in countries_with(key)]
    known = listed("place", key)
    if countries and known is not None and known.type != "city":
        return {f"{key}@{home}" if home in countries[1:] else key}
    if countries:
        return {key if home == countries[0] else f"{key}@{home}"} if home in countries else set()
    return {f"{key}@{home}"} if home else set()
