"""The things of one kind brought up to date, in proportion to what changed.

A new member finds its thing by its keys: one look into an index, whatever the size of the base.
Only where that is not enough (two things become one, a decision has its say, a fact fell away) are
the groups concerned read as a whole and computed anew, by the same function that computes all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

from sqlalchemy import ColumnElement, Connection, and_, not_, select, text

from kb.model.tables import table_of
from kb.resolve.keys.tentative import agree, form_of, told_together
from kb.resolve.things.groups import Decision, Member, groups
from kb.resolve.things.placed import Kind, Placed, Source, rows_of
from kb.resolve.things.stored import Things
from kb.store import parts
from kb.store.called import called

_DECISIONS = text("""
    SELECT uid, uid_a, uid_b, verdict, withdraws FROM identity_decision
    WHERE kind = :kind ORDER BY recorded_at, id""")
_ARTICLES = text("""
    SELECT uid_a FROM identity_decision JOIN article_uid ON article_uid.uid = uid_a WHERE kind = 'entity'
    UNION SELECT uid_b FROM identity_decision JOIN article_uid ON article_uid.uid = uid_b
    WHERE kind = 'entity'""")


def decisions(connection: Connection, kind: str) -> tuple[Decision, ...]:
    """What was decided on things of one kind and is not withdrawn; the last word on a pair counts."""
    made = connection.execute(_DECISIONS, {"kind": kind}).mappings().all()
    gone = {row["withdraws"] for row in made}
    now = articles_decided(connection) if kind == "entity" else {}
    last = {}
    for turn, row in enumerate(made):
        a, b = (now.get(uid, uid) for uid in (row["uid_a"], row["uid_b"]))
        if row["verdict"] != "withdrawn" and row["uid"] not in gone and a != b:
            last[frozenset((a, b))] = Decision(a, b, row["verdict"] == "same", turn)
    return tuple(last.values())


def articles_decided(connection: Connection) -> Mapping[str, str]:
    """Uids by which decisions name articles (for their publishers) that have another now, with that."""
    return called(connection, connection.execute(_ARTICLES).scalars())


def _as_called(connection: Connection, facts: Iterable[str]) -> set[str]:
    """Facts, with articles (for their publishers) under the uids that they have."""
    asked = set(facts)
    now = called(connection, asked)
    return {now.get(uid, uid) for uid in asked}


class Regrouping:
    """One kind of thing in one transaction."""

    def __init__(self, connection: Connection, kind: Kind) -> None:
        self.connection = connection
        self.kind = kind
        self.things = Things(connection, kind)
        self.decisions = decisions(connection, kind.name)
        self.decided = {uid for decision in self.decisions for uid in (decision.uid_a, decision.uid_b)}

    def of_revision(self, revision_id: int, read_before: Sequence[int]) -> None:
        """Put the revision's members into things, and take out of them what it superseded.

        `read_before` are the revisions of its article, one a reading, if it was read before.
        """
        fresh = self.kind.standing(self.connection, revision=revision_id)
        stale = self.kind.superseded(self.connection, read_before) if read_before else []
        self.things.point((row for placed in stale for row in placed.rows), None)
        kept = self._take_over(fresh, stale)
        self.things.flush()
        fallen = [placed for placed in stale if placed.member not in kept]
        lost = {thing for placed in fallen for thing in placed.things}
        new = [placed for placed in fresh if placed.member not in kept]
        doubtful = self._place(new, self.decided | {uid for placed in fallen for uid in placed.member.facts})
        if doubtful or lost:
            self._rebuild([placed for placed in new if placed.member in doubtful], lost)

    def of_members(self, before: Sequence[Placed], after: Sequence[Placed], decided: Iterable[str]) -> None:
        """Put members into things, and take out what stood before them; see `regroup_articles`."""
        touched = [
            *self.things.by_fact(_as_called(self.connection, decided)).values(),
            *(placed.things for placed in before),
        ]
        self.things.point((row for placed in before for row in placed.rows), None)
        self.things.flush()
        self._rebuild(after, {thing for things in touched for thing in things})

    def of_everything(self) -> None:
        """Compute all things of the kind anew, and take out what stands no more."""
        for source in self.kind.sources:
            table = table_of(source.rows)
            fallen = select(table.c.id).where(not_(source.stands), source.pointer.is_not(None))
            rows = self.connection.execute(fallen).scalars().all()
            self.things.point(((table.name, row) for row in rows), None)
        self.things.flush()
        things = self.connection.execute(select(table_of(self.kind.things).c.id)).scalars()
        self._rebuild(self.kind.standing(self.connection), things)

    def around(self, facts: Iterable[str]) -> None:
        """Compute anew what hangs together with these facts."""
        found = self.things.by_fact(_as_called(self.connection, facts))
        self._rebuild([], {thing for things in found.values() for thing in things})

    def hanging_together(self, facts: Iterable[str]) -> list[Member]:
        """All members that hang together with these facts."""
        found = self.things.by_fact(facts)
        members, _ = self._closure([], {thing for things in found.values() for thing in things})
        return list(rows_of(members))

    def of_facts(self, source: Source, where: ColumnElement[bool]) -> None:
        """Put facts that may read otherwise now where they belong, and take out those that stand no more."""
        columns = (table_of(source.rows).c.id, source.pointer)
        fallen = self.connection.execute(
            select(*columns).where(where, not_(source.stands), source.pointer.is_not(None))
        ).all()
        fresh = source.members(self.connection, and_(where, source.stands))
        lost = {thing for _, thing in fallen} | {thing for placed in fresh for thing in placed.things}
        self.things.point(((table_of(source.rows).name, row) for row, _ in fallen), None)
        self.things.flush()
        self._rebuild(fresh, lost)

    def _take_over(self, fresh: Sequence[Placed], stale: Sequence[Placed]) -> set[Member]:
        """What reads as it did before stays in its thing: the members for which that holds."""
        before = {placed.member: placed for placed in stale if len(placed.things) == 1}
        kept = set()
        for placed in fresh:
            old = before.get(placed.member)
            if old:
                self.things.point(placed.rows, *old.things)
                kept.add(placed.member)
        return kept

    def _place(self, new: Sequence[Placed], unsettled: Set[str]) -> set[Member]:
        """New members into the one thing that they lead to, or one of their own; those left in doubt.

        Keys alone do not place a fact (by uid) that is `unsettled`.
        """
        rows = rows_of(new)
        told = told_together(one for member in rows for one in member.tentative)
        by_key, held = self.things.by_key(_forms(rows))
        before = self.things.by_tentative(key for key in told if form_of(key) in by_key)
        by_fact = self.things.by_fact({uid for member in rows for uid in member.facts})
        doubtful: set[Member] = set()
        for group in groups(rows):
            joining = {one.key for one in group.tentative if agree(before.get(one.key, ()))}
            known = {*group.keys, *map(form_of, joining)}
            things = {thing for key in known for thing in by_key.get(key, ())}
            # facts that stand in another article of the same text are where that one's are
            things |= {thing for uid in group.facts for thing in by_fact.get(uid, ())}
            parting = any(key in before and not agree(before[key] | told[key]) for key in joining)
            if len(things) > 1 or parting or known & held or group.facts & unsettled:
                doubtful.update(group.members)
            elif things:
                self.things.join(things.pop(), group, rows)
            else:
                self.things.create(group, rows)
        self.things.flush()
        return doubtful

    def _rebuild(self, new: Sequence[Placed], lost: Iterable[int]) -> None:
        """Compute anew all groups that the new members and the things can reach by keys and decisions."""
        members, reached = self._closure(new, set(lost))
        rows = rows_of(members)
        owners = self.things.owners(reached)
        self.things.forget_index(reached)
        for group in groups(rows, self.decisions):
            owner = next((owners[uid] for uid in sorted(group.facts) if uid in owners), None)
            if owner is not None:  # the one with the smallest uid, so that no uid is ever given twice
                reached.discard(owner)
                self.things.rewrite(owner, group, rows)
            else:
                self.things.create(group, rows)
        self.things.flush()
        self.things.remove(reached)

    def _closure(self, new: Sequence[Placed], things: set[int]) -> tuple[list[Placed], set[int]]:
        """All members that hang together with these, and the things that they are in so far."""
        members = {placed.rows: placed for placed in new}
        reached: set[int] = set()
        frontier = things | self.things.beside(things) | self._neighbours(new)
        while frontier:
            reached |= frontier
            found = [
                placed
                for part in parts(frontier)
                for placed in self.kind.standing(self.connection, things=part)
            ]
            members.update((placed.rows, placed) for placed in found)
            frontier = self._neighbours(found) - reached
        return list(members.values()), reached

    def _neighbours(self, members: Sequence[Placed]) -> set[int]:
        """The things that members lead to: by a key, a fact of the same text, or a decision."""
        by_key, _ = self.things.by_key(_forms(placed.member for placed in members))
        uids = {uid for placed in members for uid in placed.member.facts}
        by_fact = self.things.by_fact(self._decided_with(uids))
        return {thing for found in (by_key, by_fact) for things in found.values() for thing in things}

    def _decided_with(self, uids: set[str]) -> set[str]:
        """Facts with those that decisions tie them to, also by way of facts that are not there (yet)."""
        found, frontier = set(uids), set(uids)
        while frontier:
            pairs = [(a, b) for d in self.decisions for a, b in ((d.uid_a, d.uid_b), (d.uid_b, d.uid_a))]
            frontier = {b for a, b in pairs if a in frontier} - found
            found |= frontier
        return found


def _forms(members: Iterable[Member]) -> set[str]:
    """The keys of members as they are stored, the traits of tentative ones aside."""
    return {form for one in members for form in (*one.keys, *(form_of(t.key) for t in one.tentative))}
