"""Keys that join as long as nothing contradicts: a person of a usual name, an event told by its month.

Beside the key, what is told of the bearer stands in traits: the country that the article is about, the day.
Members that share the key are one thing if all of them together tell at most one value of each trait.
Where they tell two (two countries, two days), the key joins none of them: who tells neither may be either.
So what is joined follows from all members, not from the order in which they came. Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

Trait = tuple[str, str]  # what is told, and what it is told to be
_MARK = "~"


@dataclass(frozen=True, slots=True)
class Tentative:
    """A key with the traits that its member tells."""

    key: str
    traits: frozenset[Trait] = field(default_factory=frozenset)

    def forms(self) -> Iterator[str]:
        """What is stored of it: the key, and the key with each trait.

        >>> sorted(Tentative("person:ann lee", frozenset({("home", "ghana")})).forms())
        ['~person:ann lee', '~person:ann lee ~home=ghana']
        """
        yield form_of(self.key)
        for trait, value in self.traits:
            yield f"{form_of(self.key)} {_MARK}{trait}={value}"


def form_of(key: str) -> str:
    """How a tentative key is stored among others."""
    return _MARK + key


def traits_between(key: str) -> tuple[str, str]:
    """The first form of the key with a trait that can be, and what is behind the last one."""
    return f"{form_of(key)} {_MARK}", f"{form_of(key)} {chr(ord(_MARK) + 1)}"


def trait_in(form: str) -> Trait:
    """The trait that a stored form tells.

    >>> trait_in("~person:ann lee ~home=ghana")
    ('home', 'ghana')
    """
    trait, value = form.rsplit(f" {_MARK}", 1)[1].split("=", 1)
    return trait, value


def agree(traits: Iterable[Trait]) -> bool:
    """Whether each trait is told to be one thing."""
    found: dict[str, str] = {}
    return all(found.setdefault(trait, value) == value for trait, value in traits)


def told_together(keys: Iterable[Tentative]) -> dict[str, set[Trait]]:
    """Keys -> all that is told of their bearers."""
    found: dict[str, set[Trait]] = defaultdict(set)
    for one in keys:
        found[one.key] |= one.traits
    return found
