"""Groups of a base brought up to date after an article came in, in the transaction that stores it.

A new member finds its thing by its keys: one look into an index, whatever the size of the base.
Only where that is not enough (two things become one, a decision has its say, a fact fell away) are
the groups concerned read as a whole and computed anew, by the same function that computes all.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from itertools import product

from sqlalchemy import ColumnElement, Connection, and_, not_, select, text

from kb.model.tables import ClaimRow, table_of
from kb.resolve.keys.tentative import agree, form_of, told_together
from kb.resolve.series.aligned import align
from kb.resolve.things.by_name import claims_by_name
from kb.resolve.things.definitions import define_measures
from kb.resolve.things.groups import Decision, Member, groups
from kb.resolve.things.members import KINDS, resting_on
from kb.resolve.things.placed import Kind, Placed, Pointing, Source, rows_of
from kb.resolve.things.stored import Things
from kb.store import look_up, parts

_CLAIM = table_of(ClaimRow)
_READINGS = text("""
    SELECT reading.revision_id FROM revision AS newest
    JOIN revision ON revision.article_id = newest.article_id
    JOIN reading ON reading.revision_id = revision.id
    WHERE newest.id = :revision ORDER BY revision.seq, reading.recorded_at, reading.id""")
_OF_ARTICLES = text("""
    SELECT claim.id FROM json_each(:articles) AS asked
    CROSS JOIN revision ON revision.article_id = asked.value
    CROSS JOIN claim ON claim.revision_id = revision.id
    WHERE claim.series_id IS NOT NULL""")
_DECISIONS = text("""
    SELECT uid, uid_a, uid_b, verdict, withdraws FROM identity_decision
    WHERE kind = :kind ORDER BY recorded_at, id""")


def regroup(connection: Connection, revision_id: int, articles: Iterable[int] = ()) -> None:
    """Bring all groups up to date with the facts of a revision that was just stored or read again.

    `articles` are others of which something changed that their claims' conflicts depend on.
    """
    read_before = _read_before(connection, revision_id)
    regroupings = []
    for kind in KINDS:
        regroupings.append(_Regrouping(connection, kind))
        regroupings[-1].of_revision(revision_id, read_before)
    _settle(connection, regroupings, _claims_of(connection, articles), redated=False)


def regroup_around(connection: Connection, kind: str, facts: Iterable[str]) -> None:
    """Bring the groups of some facts (by uid) up to date after a decision on them was appended."""
    (of_kind,) = (one for one in KINDS if one.name == kind)
    regrouping = _Regrouping(connection, of_kind)
    regrouping.around(facts)
    _settle(connection, [regrouping], redated=False)


def regroup_facts(connection: Connection, table: str, uids: Collection[str]) -> None:
    """Bring all groups up to date after some facts of one table (by uid) were reviewed, or added by hand.

    What rests on them follows: the events that a name took part in, the parts of a figure.
    """
    regroupings = []
    for kind, source, where in resting_on(table, uids):
        regroupings.append(_Regrouping(connection, kind))
        regroupings[-1].of_facts(source, where)
    claims: set[int] = set()
    if table == "claim":
        claims |= set(connection.execute(select(_CLAIM.c.id).where(_CLAIM.c.uid.in_(uids))).scalars())
    _settle(connection, regroupings, claims)


def members_of(connection: Connection, articles: Collection[int]) -> dict[str, list[Placed]]:
    """What stands in articles now, by kind of thing: what `regroup_articles` takes out of its things."""
    found: dict[str, list[Placed]] = {kind.name: [] for kind in KINDS}
    for kind, part in product(KINDS, list(parts(sorted(articles)))):
        found[kind.name] += kind.standing(connection, articles=part)
    return found


def regroup_articles(
    connection: Connection,
    articles: Collection[int],
    before: Mapping[str, Sequence[Placed]],
    decided: Mapping[str, Collection[str]],
    rooted: Iterable[int],
) -> None:
    """Bring all groups up to date after articles lost or got readings, or decisions on facts.

    `before` are their members as they were, `decided` the facts (uids by kind of thing) on which there
    are other decisions now, `rooted` articles whose text comes from elsewhere now.
    """
    after = members_of(connection, articles)
    regroupings = []
    for kind in KINDS:
        regroupings.append(_Regrouping(connection, kind))
        regroupings[-1].of_members(before.get(kind.name, ()), after[kind.name], decided.get(kind.name, ()))
    _settle(connection, regroupings, _claims_of(connection, rooted))


def regroup_all(connection: Connection) -> None:
    """Compute all groups of a base anew: after a change of the rules by which they are made.

    Things keep their uids where their smallest fact is the same.
    """
    regroupings = []
    for kind in KINDS:
        regroupings.append(_Regrouping(connection, kind))
        regroupings[-1].of_everything()
    _settle(connection, regroupings, connection.execute(select(_CLAIM.c.id)).scalars())


def hanging_together(connection: Connection, kind: str, facts: Iterable[str]) -> list[Member]:
    """All members that keys and decisions tie to some facts (by uid) of a kind of thing."""
    (of_kind,) = (one for one in KINDS if one.name == kind)
    return _Regrouping(connection, of_kind).hanging_together(facts)


def _settle(
    connection: Connection,
    regroupings: Sequence[_Regrouping],
    claims: Iterable[int] = (),
    *,
    redated: bool = True,
) -> None:
    """Bring up to date what rests on the groups of claims: series, their conflicts, definitions.

    `claims` are those that may be elsewhere now beside those that were moved; `redated` if claims may have
    had another time or number before.
    """
    moved = {row for regrouping in regroupings for row in regrouping.things.moved}
    concerned = {*claims, *_rows(moved, "claim"), *_claims_at(connection, _rows(moved, "mention"))}
    align(connection, concerned, redated=redated)
    for regrouping in regroupings:
        regrouping.things.bury()  # now that no series points at them
    define_measures(connection)


def _rows(moved: Iterable[Pointing], table: str) -> set[int]:
    return {row for name, row in moved if name == table}


def _read_before(connection: Connection, revision_id: int) -> list[int]:
    """The revisions of the same article, one a reading in their order; none if this is the first one."""
    readings = list(connection.execute(_READINGS, {"revision": revision_id}).scalars())
    return readings if len(readings) > 1 else []


def _claims_of(connection: Connection, articles: Iterable[int]) -> set[int]:
    """The claims of articles that are in a series."""
    asked = {"articles": json.dumps(sorted(articles))}
    return set(connection.execute(_OF_ARTICLES, asked).scalars())


def _claims_at(connection: Connection, mentions: Iterable[int]) -> set[int]:
    """The claims whose place or speaker is one of these mentions, or has a name of theirs from a person."""
    found = claims_by_name(connection, mentions)
    for part in parts(sorted(mentions)):
        for column in ("place_mention_id", "speaker_mention_id"):
            found |= {claim for (claim,) in look_up(connection, ClaimRow, ("id",), column, part)}
    return found


def decisions(connection: Connection, kind: str) -> tuple[Decision, ...]:
    """What was decided on things of one kind and is not withdrawn; the last word on a pair counts."""
    made = connection.execute(_DECISIONS, {"kind": kind}).mappings().all()
    gone = {row["withdraws"] for row in made}
    last = {
        frozenset((row["uid_a"], row["uid_b"])): Decision(
            row["uid_a"], row["uid_b"], row["verdict"] == "same", turn
        )
        for turn, row in enumerate(made)
        if row["verdict"] != "withdrawn" and row["uid"] not in gone
    }
    return tuple(last.values())


def _forms(members: Iterable[Member]) -> set[str]:
    """The keys of members as they are stored, the traits of tentative ones aside."""
    return {form for one in members for form in (*one.keys, *(form_of(t.key) for t in one.tentative))}


class _Regrouping:
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
        touched = [*self.things.by_fact(decided).values(), *(placed.things for placed in before)]
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
        found = self.things.by_fact(facts)
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
