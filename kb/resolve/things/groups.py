"""Members into groups, by the keys they share and by what people decided. Pure: rows in, groups out.

Which facts are one thing follows from all members and decisions together, never from the order in
which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kb.resolve.keys.tentative import Tentative, agree, told_together


@dataclass(frozen=True, slots=True)
class Member:
    """What is grouped: one or more facts that belong together anyhow (an article's mentions of one name).

    `facts` are their uids in order, never empty. Two members that share a key, or a fact, are about
    one thing; those that share a `tentative` key are if nothing told contradicts. `about` describes the
    thing as this member sees it, `spellings` how it names it.
    """

    facts: tuple[str, ...]
    keys: frozenset[str]
    about: Mapping[str, str | None] = field(default_factory=dict, hash=False)
    spellings: tuple[str, ...] = ()
    tentative: frozenset[Tentative] = frozenset()

    @property
    def uid(self) -> str:
        """The smallest uid of its facts."""
        return min(self.facts)


@dataclass(frozen=True, slots=True)
class Decision:
    """That two facts are about the same thing, or are not; as it stands, nothing withdrawn.

    `turn` is its place among the decisions of the base: a later one has a higher number.
    """

    uid_a: str
    uid_b: str
    same: bool
    turn: int = 0


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

    @property
    def tentative(self) -> frozenset[Tentative]:
        """The tentative keys of all its members."""
        return frozenset(one for member in self.members for one in member.tentative)


def groups(members: Iterable[Member], decisions: Iterable[Decision] = ()) -> tuple[Group, ...]:
    """The members in groups of one thing each, both in order of their smallest uid.

    A group that a "different" runs through is not joined by keys at all, only by its "same"s: taking
    a part of its links away would make the result depend on which. Of contradicting decisions on the same
    two things the last one counts, whichever of their facts they name.
    """
    everyone = sorted(members, key=_order)
    decisions = _last_words(everyone, tuple(decisions))
    apart = [(decision.uid_a, decision.uid_b) for decision in decisions if not decision.same]
    found: list[Group] = []
    for joined in _components(everyone, decisions, by_key=True):
        group = Group(joined)
        if apart and _runs_through(apart, group.facts):
            found += [Group(part, held=True) for part in _components(joined, decisions, by_key=False)]
        else:
            found.append(group)
    return tuple(sorted(found, key=lambda group: group.uid))


def decided_pairs(
    members: Sequence[Member], decisions: Sequence[Decision]
) -> dict[Decision, frozenset[Hashable]]:
    """Which two things each decision is about: two that are told by them have an equal pair.

    A thing is what keys make one. Where a "different" runs through that (namesakes), its facts stand for
    themselves.
    """
    by_key, by_fact = _sets(members, by_key=True), _sets(members, by_key=False)
    ends = {one: (("fact", one.uid_a), ("fact", one.uid_b)) for one in decisions}
    parted = {
        by_key.root(a) for one, (a, b) in ends.items() if not one.same and by_key.root(a) == by_key.root(b)
    }

    def thing(fact: Hashable) -> Hashable:
        root = by_key.root(fact)
        return by_fact.root(fact) if root in parted else root

    return {one: frozenset((thing(a), thing(b))) for one, (a, b) in ends.items()}


def _last_words(members: Sequence[Member], decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """The decisions without those that a later one on the same two things contradicts."""
    if len({one.same for one in decisions}) < 2:
        return decisions
    pairs = decided_pairs(members, decisions)
    last: dict[frozenset[Hashable], int] = {}
    for one, pair in pairs.items():
        last[pair] = max(one.turn, last.get(pair, one.turn))
    said = {(pair, one.same) for one, pair in pairs.items() if one.turn == last[pair]}
    return tuple(one for one in decisions if (pairs[one], one.same) in said)


def _runs_through(pairs: Iterable[tuple[str, str]], facts: frozenset[str]) -> bool:
    return any(a in facts and b in facts for a, b in pairs)


def _order(member: Member) -> tuple[object, ...]:
    about = sorted((key, value or "") for key, value in member.about.items())
    tentative = sorted(form for one in member.tentative for form in one.forms())
    return member.uid, member.facts, sorted(member.keys), about, member.spellings, tentative


def _components(
    members: Sequence[Member], decisions: Iterable[Decision], *, by_key: bool
) -> list[tuple[Member, ...]]:
    """What hangs together by shared facts, by "same" and, if wanted, by shared keys."""
    sets = _sets(members, by_key=by_key)
    for decision in decisions:
        if decision.same:
            sets.join(("fact", decision.uid_a), ("fact", decision.uid_b))
    found: dict[Hashable, list[Member]] = defaultdict(list)
    for i, member in enumerate(members):
        found[sets.root(i)].append(member)
    return [tuple(group) for group in found.values()]


def _sets(members: Sequence[Member], *, by_key: bool) -> _DisjointSets:
    """Members (by number) with their facts and, if wanted, their keys."""
    sets = _DisjointSets()
    for i, member in enumerate(members):
        for uid in member.facts:
            sets.join(i, ("fact", uid))
        if by_key:
            for key in member.keys:
                sets.join(i, ("key", key))
    if by_key:
        told = told_together(one for member in members for one in member.tentative)
        joining = {key for key, traits in told.items() if agree(traits)}
        for i, member in enumerate(members):
            for one in member.tentative:
                if one.key in joining:
                    sets.join(i, ("tentative", one.key))
    return sets


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
