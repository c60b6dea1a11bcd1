"""Members into groups, by the keys they share and by what people decided. Pure: rows in, groups out.

Which facts are one thing follows from all members and decisions together, never from the order in
which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Member:
    """What is grouped: one or more facts that belong together anyhow (an article's mentions of one name).

    `facts` are their uids in order, never empty. Two members that share a key, or a fact, are about
    one thing. `about` describes the thing as this member sees it, `spellings` how it names it.
    """

    facts: tuple[str, ...]
    keys: frozenset[str]
    about: Mapping[str, str | None] = field(default_factory=dict, hash=False)
    spellings: tuple[str, ...] = ()

    @property
    def uid(self) -> str:
        """The smallest uid of its facts."""
        return min(self.facts)


@dataclass(frozen=True, slots=True)
class Decision:
    """That two facts are about the same thing, or are not; as it stands, nothing withdrawn."""

    uid_a: str
    uid_b: str
    same: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The members that are about one thing, in order of their uids, never none.

    `held` tells that a "different" keeps its keys from joining it to others.
    """

    members: tuple[Member, ...]
    held: bool = False

    @property
    def uid(self) -> str:
        """The thing's uid: the smallest of its facts'."""
        return self.members[0].uid

    @property
    def facts(self) -> frozenset[str]:
        """The uids of all its facts."""
        return frozenset(uid for member in self.members for uid in member.facts)

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all its members."""
        return frozenset(key for member in self.members for key in member.keys)


def groups(members: Iterable[Member], decisions: Iterable[Decision] = ()) -> tuple[Group, ...]:
    """The members in groups of one thing each, both in order of their smallest uid.

    A group that a "different" runs through is not joined by keys at all, only by its "same"s: taking
    a part of its links away would make the result depend on which.
    """
    everyone = sorted(members, key=_order)
    decisions = tuple(decisions)
    apart = [(decision.uid_a, decision.uid_b) for decision in decisions if not decision.same]
    found: list[Group] = []
    for joined in _components(everyone, decisions, by_key=True):
        group = Group(joined)
        if apart and _runs_through(apart, group.facts):
            found += [Group(part, held=True) for part in _components(joined, decisions, by_key=False)]
        else:
            found.append(group)
    return tuple(sorted(found, key=lambda group: group.uid))


def _runs_through(pairs: Iterable[tuple[str, str]], facts: frozenset[str]) -> bool:
    return any(a in facts and b in facts for a, b in pairs)


def _order(member: Member) -> tuple[object, ...]:
    about = sorted((key, value or "") for key, value in member.about.items())
    return member.uid, member.facts, sorted(member.keys), about, member.spellings


def _components(
    members: Sequence[Member], decisions: Iterable[Decision], *, by_key: bool
) -> list[tuple[Member, ...]]:
    """What hangs together by shared facts, by "same" and, if wanted, by shared keys."""
    sets = _DisjointSets()
    for i, member in enumerate(members):
        for uid in member.facts:
            sets.join(i, ("fact", uid))
        if by_key:
            for key in member.keys:
                sets.join(i, ("key", key))
    for decision in decisions:
        if decision.same:
            sets.join(("fact", decision.uid_a), ("fact", decision.uid_b))
    found: dict[Hashable, list[Member]] = defaultdict(list)
    for i, member in enumerate(members):
        found[sets.root(i)].append(member)
    return [tuple(group) for group in found.values()]


class _DisjointSets:
    """Sets that are joined and never parted (Tarjan's union-find with path halving)."""

    def __init__(self) -> None:
        self._above: dict[Hashable, Hashable] = {}

    def root(self, item: Hashable) -> Hashable:
        above = self._above
        above.setdefault(item, item)
        while above[item] != item:
            above[item] = above[above[item]]
            item = above[item]
        return item

    def join(self, a: Hashable, b: Hashable) -> None:
        self._above[self.root(a)] = self.root(b)
