"""Names -> keys: names with one key are, as far as names tell, names of one person, body or place.

A key says what is beyond doubt: names that the lexicon lists for one thing, and names that differ only in
case, script, diacritics, punctuation, titles or romanization. A bare surname has no key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from anyascii import anyascii

from kb.lexicon import read_table, read_words
from kb.model.values import EntityKind
from kb.names.known import (
    Known,
    country_names,
    demonyms,
    is_common_surname,
    is_given_name,
    is_surname,
    known_names,
)
from kb.names.sounds import script_of
from kb.names.spelling import parsed

_POSSESSIVE = re.compile(r"['`]s\b|['`](?=\s|$)")
_DOTS = re.compile(r"(?<=\b\w)\.")
_OTHER = re.compile(r"[^0-9a-z]+")
_ARTICLE = re.compile(r"^(?:the )+(?=.)")
_SLAVIC = re.compile(
    r"(?:[oea]v|[oea]va|[oei]u|enk[oa]|sk[iya]+|[sc]kaja|[oea]vich|[oea]vych|chuk|yuk|iuk|chyk|yka|iko|ko|yi|yy|iy)$"
)
_PERHAPS_SLAVIC = re.compile(r"(?:[iy]n|[iy]na|[iy]ch|uk|ets|ka|o)$")
_PATRONYMIC = re.compile(
    r"(?:[oea]vi?ch|[oea]vych|[oea]vn[ay]|[oea]va?na|yevich|yevna|ic?hna|ovitj|ovics|owitsj)$"
)
_SPELT = {"organisation": "organization", "centre": "center", "defence": "defense", "labour": "labor"}
_EAST_SLAVIC = (
    (r"shch|sch", "Q"), (r"sh", "S"), (r"zh", "Z"), (r"kh", "X"), (r"ch|cz", "C"), (r"w", "v"), (r"x", "ks"),
    (r"([oeau])u(?=s|$)", r"\1v"), (r"[iyj]+", "i"), (r"i(?=[aeou])", ""), (r"ck", "k"), (r"h", "g"),
    (r"dz", "d"), (r"ts|tz|c(?=[ei])", "c"), (r"c(?=[ie])", "t"), (r"o", "a"), (r"(.)\1+", r"\1"),
)  # fmt: skip
_SLAVIC_GIVEN = _EAST_SLAVIC[:-1]  # `Anna` is another name than `Ana`; doubles that vary are listed
_ARABIC = (
    (r"ou|oo|o", "u"), (r"ee|ei|ai|ay|ey|e|y", "i"), (r"q", "k"), (r"gh", "g"), (r"kh", "x"), (r"d?h$", ""),
    (r"dh", "d"), (r"th", "t"), (r"ph", "f"), (r"(.)\1+", r"\1"),
)  # fmt: skip
_ARABIC_SMALL = re.compile(r"al|el|ul|ad|as|ar|ash|bin|ben|ibn|bint|abd?")


@lru_cache(maxsize=16_384)
def folded_name(words: str) -> str:
    """A name without case, script, diacritics, punctuation, possessive and a leading "the".

    >>> folded_name("the Łódź Film School's"), folded_name("U.S.")
    ('lodz film school', 'us')
    """
    plain = _POSSESSIVE.sub("", anyascii(words).lower())
    return _ARTICLE.sub("", _OTHER.sub(" ", _DOTS.sub("", plain)).strip())


@cache
def _listed() -> dict[tuple[str, str], Known]:
    """(Kind, folded spelling) -> what the lexicon knows by it; a spelling of two things of a kind is none."""
    found: dict[tuple[str, str], Known] = {}
    doubtful = set()
    for spelling, known in known_names().items():
        at = (known.kind, folded_name(spelling))
        if found.setdefault(at, known).name != known.name and folded_name(known.name) != at[1]:
            doubtful.add(at)
        elif folded_name(known.name) == at[1]:
            found[at] = known
    return {at: known for at, known in found.items() if at not in doubtful}


def listed(kind: EntityKind, spelling: str) -> Known | None:
    """What the lexicon knows by a spelling of any script and case, among names of one kind."""
    return _listed().get((kind, folded_name(spelling)))


def person_key(spelling: str) -> str | None:
    """The key of a person by one spelling, None for a bare surname or given name.

    >>> person_key("Maria Kolesnikova") == person_key("Марыя Калеснікава")
    True
    >>> person_key("Kolesnikova") is None
    True
    """
    known = listed("person", spelling)
    if known is not None:
        return folded_name(known.name)
    words = [part for word in parsed(spelling).words for part in re.split(r"[-'’]", word) if part]
    if len(words) < 2:
        return None
    plain = [re.sub(r"[^a-z]", "", anyascii(word).lower()) for word in words]
    plain = [word for index, word in enumerate(plain) if word and (len(word) > 1 or index == 0)]
    if len(plain) < 2 or len(plain[0]) == 1:
        return " ".join(plain) if len(plain) > 1 else None
    return _romanized_key(plain, cyrillic=script_of(words[-1]) == "CYRILLIC")


def is_common_name(spelling: str) -> bool:
    """Whether so many people have this name that it tells nobody by itself: `John Smith`, `Wang Wei`.

    Whom the lexicon knows by it is told all the same.
    """
    words = parsed(spelling).words
    if len(words) != 2 or listed("person", spelling) is not None:
        return False
    return is_common_surname(words[1]) or (is_common_surname(words[0]) and not is_given_name(words[0]))


def is_shared_name(spelling: str) -> bool:
    """Whether others may well have this name: a usual given name and a usual surname, and nothing more."""
    words = parsed(spelling).words
    if len(words) != 2 or listed("person", spelling) is not None:
        return False
    return is_common_name(spelling) or (is_given_name(words[0]) is not None and is_surname(words[1]))


def _romanized_key(words: list[str], *, cyrillic: bool) -> str:
    """The words of a full name in one romanization, as far as its tradition can be told."""
    slavic = _given("East Slavic").get(_rewritten(words[0], _SLAVIC_GIVEN))
    english = words[0] in _english()
    if slavic and (
        cyrillic or _SLAVIC.search(words[-1]) or (not english and _PERHAPS_SLAVIC.search(words[-1]))
    ):
        if len(words) == 3:
            words = [word for i, word in enumerate(words) if i in (0, 2) or not _PATRONYMIC.search(word)]
        return " ".join((slavic, *(_rewritten(word, _EAST_SLAVIC) for word in words[1:])))
    arabic = _given("Arabic")
    rewritten = [_rewritten(word, _ARABIC) for word in words]
    if any(word in arabic for word in rewritten):
        kept = [
            arabic.get(word, word) for word, at in zip(rewritten, words) if not _ARABIC_SMALL.fullmatch(at)
        ]
        return " ".join(kept)
    return " ".join(words)


def _rewritten(word: str, rules: Iterable[tuple[str, str]]) -> str:
    for pattern, plain in rules:
        word = re.sub(pattern, plain, word)
    return word


@cache
def _given(tradition: str) -> dict[str, str]:
    """Forms of given names, rewritten -> the first form of their line."""
    rules = _SLAVIC_GIVEN if tradition == "East Slavic" else _ARABIC
    table: dict[str, str] = {}
    for row in read_table("given_variants"):
        if row["source"] == tradition:
            forms = [_OTHER.sub("", anyascii(form).lower()) for form in row["forms"].split("|")]
            for form in forms:
                table.setdefault(_rewritten(form, rules), forms[0])
    return table


@cache
def _english() -> frozenset[str]:
    """Given names that are as usual in English as in a Slavic language: `Peter`, `Mary`."""
    rows = read_table("given_variants")
    return frozenset(
        folded_name(form) for row in rows if row["source"] == "short form" for form in row["forms"].split("|")
    )


def body_key(spelling: str) -> str:
    """The key of an organisation by one spelling: the lexicon's name, or its words in one form.

    >>> body_key("Defence Ministry"), body_key("Ministry of Defense")
    ('ministry defense', 'ministry defense')
    """
    known = listed("organisation", spelling)
    text = known.name if known is not None else " ".join(parsed(spelling).words) or spelling
    words = [_SPELT.get(word, word) for word in folded_name(text).split() if word not in ("of", "for", "the")]
    if words and words[-1] in ("ministry", "department"):
        words = [words[-1], *words[:-1]]
    return " ".join(words) or folded_name(spelling)


def place_key(spelling: str) -> str:
    """The key of a place by one spelling: the lexicon's name, or its folded words."""
    known = listed("place", spelling)
    return folded_name(known.name if known is not None else spelling)


@cache
def _generic_words() -> frozenset[str]:
    heads = {row["word"].lower() for row in read_table("name_words") if row["position"] in ("last", "first")}
    portfolios = {word.lower() for word in read_words("titles", type="portfolio")}
    return read_words("generic_words") | heads | portfolios


@lru_cache(maxsize=10_000)
def national(spelling: str) -> tuple[str, str] | None:
    """The generic name in a national body's name, and the country: `US Senate`, `Parliament of Ukraine`."""
    words = spelling.split()
    for size in range(1, min(4, len(words))):
        for country, rest in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            if country == words[-size:]:
                if rest[-2:] == ["of", "the"]:
                    rest = rest[:-2]
                elif rest[-1] == "of" and country[0] != "the":
                    rest = rest[:-1]
                else:
                    continue
            found = _country(" ".join(country))
            if found and rest and is_generic("organisation", " ".join(rest)):
                return " ".join(rest), found
    return None


def _country(words: str) -> str | None:
    known = listed("place", words)
    if known is not None and known.type == "country":
        return known.name
    return demonyms().get(words)


@cache
def _countries_of() -> dict[str, tuple[str, ...]]:
    """Keys of places of one name in several countries -> the countries, the best known one first."""
    found: dict[str, list[str]] = {}
    for table in ("countries", "places", "cities"):
        for row in read_table(table):
            codes = [row.get("code") or row.get("country") or "", *(row.get("also_in") or "").split("|")]
            known = found.setdefault(folded_name(row["name"]), [])
            known += [country_names()[code] for code in codes if code in country_names()]
    return {key: tuple(dict.fromkeys(names)) for key, names in found.items() if len(set(names)) > 1}


def is_local(spelling: str) -> bool:
    """Whether even one country has many bodies of a generic name: `City Council`, `Embassy`."""
    local = read_words("generic_words", scope="local")
    return any(word in local for word in folded_name(spelling).split())


def countries_with(key: str) -> tuple[str, ...]:
    """The countries that a place's key may lie in where it is not told by itself, the best known first."""
    return _countries_of().get(key, ())


def is_generic(kind: EntityKind, spelling: str) -> bool:
    """Whether bodies or places of many countries have this name: `Ministry of Health`, `Central Station`.

    What the lexicon lists as one body or place is not.
    """
    known = listed(kind, spelling)
    if known is not None:
        return known.type == "generic"
    words = folded_name(spelling).split()
    return all(word in _generic_words() or word.isdigit() or len(word) == 1 for word in words)
