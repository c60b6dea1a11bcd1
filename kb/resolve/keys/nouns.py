"""Nouns that are counted: their singular and plural, folded to lower case. Pure."""

from __future__ import annotations

PEOPLE = "people"  # of whom no noun says more


def plural_part(word: str) -> str:
    """A part's name in one form, whichever it was told in."""
    same = {
        "woman": "women",
        "female": "women",
        "females": "women",
        "man": "men",
        "male": "men",
        "males": "men",
        "child": "children",
        "minors": "children",
        "minor": "children",
    }
    return same.get(word, word if word.endswith("s") or word in same.values() else f"{word}s")


def plural_head(name: str) -> str:
    """The name of what is counted in the plural, as figures are headed."""
    name, of, what = name.partition(" of ")
    return f"{_plural_noun(name)}{of}{what}"


def _plural_noun(name: str) -> str:
    if name == PEOPLE or name.endswith("s"):
        return name
    if name.endswith("y") and name[-2:-1] not in "aeiou":
        return name[:-1] + "ies"
    return name + ("es" if name.endswith(("x", "ch", "sh")) else "s")


def singular(word: str) -> str:
    """A noun in the singular, by its ending; others as they are."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word
