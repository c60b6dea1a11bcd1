"""Hints: what two names share that may be one, to find the pairs worth a look without comparing all.

A hint is far weaker than a key: it only says which names are worth comparing.
"""

from __future__ import annotations

from functools import lru_cache

from kb.model.values import EntityKind
from kb.names.known import is_given_name
from kb.names.sounds import sounds
from kb.names.spelling import folded, is_small, parsed

_CLASSES = str.maketrans("bvdgzxSZJcCTqw", "pftksksssssttf")
_SILENT = str.maketrans("", "", "aeiouyhw")
SHORTEST = 2  # consonants of a hint


@lru_cache(maxsize=50_000)
def hints(kind: EntityKind, spelling: str) -> frozenset[str]:
    """What a name shares with those that it may be another form of.

    Of each word of a name that is no given name, its consonants in broad classes; of a name of several
    words that is no person's, its initials too.

    >>> bool(hints("person", "Kolesnikova") & hints("person", "Марыя Калеснікава"))
    True
    """
    words = [word for word in parsed(spelling).words if not is_small(word)]
    told = [word for word in words[1:] or words if kind != "person" or not is_given_name(word)] or words[-1:]
    found = {_consonants(word) for word in told}
    if kind != "person" and len(words) > 1:
        found.add("".join(folded(word)[:1] for word in words))
    elif kind != "person":
        found.add(folded(spelling))
    return frozenset(hint for hint in found if len(hint) >= SHORTEST)


def _consonants(word: str) -> str:
    row = sounds(word).translate(_CLASSES).translate(_SILENT)
    return "".join(a for a, b in zip(row, f" {row}") if a != b)
