"""Keys of facts: facts of one kind that share a key are taken for facts about one thing.

A key says what is beyond doubt and no more. A bare surname is no key of a person, a date without
anybody who took part none of an event: facts without a key stay alone until somebody joins them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from anyascii import anyascii

from kb.lexicon import read_table

_POSSESSIVE = re.compile(r"['`]s\b|['`](?=\s|$)")
_DOTS = re.compile(r"(?<=\b\w)\.")
_OTHER = re.compile(r"[^0-9a-z]+")
_ARTICLE = re.compile(r"^(?:the )+(?=.)")
ALIASES = {"place": ("countries", "places"), "organisation": ("organisations",)}


def folded_name(words: str) -> str:
    """A name without case, script, diacritics, punctuation, possessive and a leading "the".

    >>> folded_name("the Łódź Film School's"), folded_name("U.S.")
    ('lodz film school', 'us')
    """
    plain = _POSSESSIVE.sub("", anyascii(words).lower())
    return _ARTICLE.sub("", _OTHER.sub(" ", _DOTS.sub("", plain)).strip())


def name_keys(kind: str, name: str, spellings: Iterable[str]) -> frozenset[str]:
    """The keys of somebody or something named in one article: `name` in full, and in other spellings.

    Persons have one for each spelling of two words or more; places and organisations one for the
    name, and one for the name that the lexicon knows a spelling by ("EU": European Union).
    """
    folds = {folded_name(spelling) for spelling in (name, *spellings)} - {""}
    if kind == "person":
        found = {fold for fold in folds if " " in fold}
    else:
        known = _aliases(kind)
        found = {known[fold] for fold in folds if fold in known} or {folded_name(name)} - {""}
    return frozenset(f"{kind}:{fold}" for fold in found)


@cache
def _aliases(kind: str) -> dict[str, str]:
    """Folded other names -> the folded name of the lexicon, of one kind; a name of two is no alias."""
    found: dict[str, str] = {}
    doubtful = set()
    for table in ALIASES.get(kind, ()):
        for row in read_table(table):
            canonical = folded_name(row["name"])
            others = (row.get("aliases") or "").split("|") + (row.get("acronyms") or "").split("|")
            for fold in {folded_name(other) for other in others} - {""} | {canonical}:
                if found.setdefault(fold, canonical) != canonical:
                    doubtful.add(fold)
    return {fold: name for fold, name in found.items() if fold not in doubtful or fold == name}
