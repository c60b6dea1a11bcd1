"""What people decided on who and what is one, and what is left to decide."""

from __future__ import annotations

import dataclasses

from kb.query.answer import Answer
from kb.query.filters import Filter
from kb.query.rows import Candidate, Decision, Listed
from kb.query.select import at_most, selected, typed
from kb.resolve import stored_candidates
from kb.store import Store
from kb.store.connection import explained


def decisions(store: Store) -> Answer[Decision]:
    """Every "same" and "different", the newest first, with what was taken back marked so."""
    query = f"""
        SELECT made.uid, made.kind, made.verdict, made.uid_a, made.uid_b, made."by", made.recorded_at,
            made.note, {_told("uid_a")} AS a, {_told("uid_b")} AS b,
            EXISTS (SELECT 1 FROM identity_decision AS later WHERE later.withdraws = made.uid) AS withdrawn
        FROM identity_decision AS made WHERE made.verdict <> 'withdrawn'
        ORDER BY made.recorded_at DESC, made.id DESC"""
    found = (typed(Decision, row) for row in selected(store, query, Filter()))
    return Answer((dataclasses.replace(made, withdrawn=bool(made.withdrawn)) for made in found), Decision)


def _told(column: str) -> str:
    """The SQL of how a fact reads: a name, a happening or what is measured; its uid where it is gone."""
    return f"""coalesce(
        (SELECT name FROM mention WHERE mention.uid = made.{column} LIMIT 1),
        (SELECT title FROM report WHERE report.uid = made.{column} LIMIT 1),
        (SELECT measure FROM claim WHERE claim.uid = made.{column} LIMIT 1),
        made.{column})"""


def candidates(store: Store, *, limit: int | None = None) -> Answer[Candidate]:
    """Pairs of entities that may be one and that nobody decided on, the likeliest first."""
    at_most(limit)
    with explained(store.path):
        found = stored_candidates(store.connection)[:limit]
        named = {row["uid"]: row["name"] for row in selected(store, "SELECT uid, name FROM entity", Filter())}
    pairs = (
        Candidate(
            pair.a.name,
            pair.b.name,
            pair.a.kind,
            round(pair.score, 3),
            tuple(sorted(named[uid] for uid in pair.company)),
            pair.a.uid,
            pair.b.uid,
        )
        for pair in found
    )
    return Answer(pairs, Candidate)


def names(store: Store) -> Answer[Listed]:
    """The spellings that users listed and nobody took back, by name."""
    query = """
        SELECT uid, kind, name, spelling, source, "by", recorded_at FROM alias AS made
        WHERE withdraws IS NULL
            AND NOT EXISTS (SELECT 1 FROM alias AS later WHERE later.withdraws = made.uid)
        ORDER BY name, spelling, uid"""
    return Answer((typed(Listed, row) for row in selected(store, query, Filter())), Listed)
