"""Decisions of people that contradict each other: all of them stay, and the last one counts.

Told from the decisions as they are stored, so one is gone as soon as it is taken back or decided anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, text

from kb.resolve.doubts.concluded import disputed_assessments, disputed_spellings
from kb.resolve.doubts.judged import disputed_definitions, disputed_facts, disputed_tags
from kb.resolve.regroup import hanging_together
from kb.resolve.things.groups import Decision, Group, decided_pairs, groups
from kb.resolve.things.regrouping import articles_decided

_STANDING = """
    SELECT made.kind, made.uid_a, made.uid_b, made.verdict, made."by" FROM identity_decision AS made
    WHERE made.verdict <> 'withdrawn' AND NOT EXISTS (
        SELECT 1 FROM identity_decision AS later WHERE later.withdraws = made.uid)
    ORDER BY made.recorded_at, made.id"""


@dataclass(frozen=True, slots=True)
class Opposed:
    """A pair of facts, or one fact (`b` is None), on which people say different things, the last one last.

    `kind` is entity, event or measure of a pair, mention, report or claim of a fact, tag of what is filed
    under a word and is not, definition of a measure, assessment of a series (`a` is a claim of it), spelling
    of a name (`a` is a listed line); `a` and `b` are uids, `others` those of facts for which
    the same answers hold: the other mentions of a name.
    """

    kind: str
    a: str
    b: str | None
    said: str
    others: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.kind} {' and '.join(filter(None, (self.a, self.b)))}: {self.said}"


def opposed(connection: Connection) -> tuple[Opposed, ...]:
    """Where in a base people contradict each other and nobody took it back."""
    return (
        *_pairs(connection),
        *(
            Opposed(one.kind, one.facts[0], None, one.said, one.facts[1:])
            for one in disputed_facts(connection)
        ),
        *(
            Opposed(one.kind, one.facts[0], None, one.said)
            for told in (disputed_tags, disputed_definitions, disputed_assessments, disputed_spellings)
            for one in sorted(told(connection), key=lambda one: (one.facts, one.said))
        ),
    )


def _pairs(connection: Connection) -> Iterator[Opposed]:
    made: dict[str, dict[Decision, str]] = defaultdict(dict)  # of each kind of thing, by whom, in their turn
    now = articles_decided(connection)
    for turn, (kind, *uids, verdict, by) in enumerate(connection.execute(text(_STANDING))):
        a, b = (now.get(uid, uid) for uid in uids)
        if a != b:
            made[kind][Decision(a, b, verdict == "same", turn)] = by
    for kind, by in sorted(made.items()):
        if len({one.same for one in by}) > 1:
            facts = {uid for one in by for uid in (one.uid_a, one.uid_b)}
            members = hanging_together(connection, kind, facts)
            pairs = decided_pairs(members, tuple(by))
            found = (*_on_pairs(kind, pairs, by), *_through(kind, groups(members, by), pairs, by))
            yield from sorted(found, key=lambda one: (one.a, one.b or ""))


def _on_pairs(
    kind: str, pairs: Mapping[Decision, frozenset[object]], by: Mapping[Decision, str]
) -> Iterator[Opposed]:
    """Two things that are the same for one, and different for another, whichever of their facts they name."""
    last: dict[frozenset[object], dict[str, Decision]] = defaultdict(dict)
    for one, pair in pairs.items():
        last[pair][by[one]] = one  # the last word of each person: decisions come in their turn
    for words in last.values():
        if len({one.same for one in words.values()}) > 1:
            in_turn = sorted(words.values(), key=lambda one: one.turn)
            yield _opposed(kind, in_turn[-1], in_turn, by)


def _through(
    kind: str,
    found: Iterable[Group],
    pairs: Mapping[Decision, frozenset[object]],
    by: Mapping[Decision, str],
) -> Iterator[Opposed]:
    """Two things that are different for one, and joined by what is said of third ones."""
    for group in found:
        within = [one for one in by if {one.uid_a, one.uid_b} <= group.facts]
        joining = [one for one in within if one.same]
        told = {pairs[one] for one in joining}
        for apart in within:
            if not apart.same and joining and pairs[apart] not in told:
                yield _opposed(kind, apart, [*joining, apart], by)


def _opposed(kind: str, about: Decision, words: Iterable[Decision], by: Mapping[Decision, str]) -> Opposed:
    a, b = sorted((about.uid_a, about.uid_b))
    said = dict.fromkeys(f"{by[one]}: {'same' if one.same else 'different'}" for one in words)
    return Opposed(kind, a, b, "; ".join(said))
