"""What people decide: that two facts are about one thing, or are not. Appended, never rewritten.

A decision names facts by uid, so it survives another reading of the same text. The groups that it
touches are computed anew in the same transaction; taking it back parts exactly what it had joined.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, RowMapping, select, text

from kb.desk.called import decision_uid
from kb.desk.definitions import measure_of, measures_named
from kb.desk.person import person
from kb.errors import UsageError
from kb.model.tables import IdentityDecisionRow, now, table_of
from kb.resolve import regroup_around
from kb.resolve.keys.names import folded_name
from kb.store import Store, insert_rows, next_id
from kb.store.lookup import known_as

Verdict = Literal["same", "different", "withdrawn"]
_DECISION = table_of(IdentityDecisionRow)
# Tables of facts -> the kind of their things: a thing's uid is that of a fact, a publisher's of an article.
_FACTS = {"mention": "entity", "article": "entity", "report": "event", "claim": "measure"}
_MANY = 12  # names to choose from in a message


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as it was appended: its uid, what it is about, and what it says."""

    uid: str
    kind: str
    uid_a: str
    uid_b: str
    verdict: Verdict


def decide(
    store: Store,
    a: str,
    b: str,
    verdict: Literal["same", "different"],
    *,
    by: str | None,
    note: str | None,
    across_kinds: bool = False,
) -> Decided:
    """Append that two things are the same, or different, and regroup what that touches.

    `a` and `b` are uids of things or of any of their facts, or names of entities; `by` is the
    person, by default the user of this machine. A person and a place are made one only if it is said that
    they are to be (`across_kinds`): where one of them was read as what it is not.

    Raises:
        UsageError: one of them is unknown or names several things, or the two are not of one kind.
        StoreError: the base cannot be written.
    """
    with store.transaction() as connection:
        kind_a, uid_a = _fact(connection, a)
        kind_b, uid_b = _fact(connection, b)
        if kind_a != kind_b:
            raise UsageError(f"{a} is an {kind_a} and {b} an {kind_b}: only things of one kind can be one")
        if uid_a == uid_b:
            raise UsageError(
                f"{a} and {b} are one already: kb candidates --decided shows what joined them, "
                f"and kb same --withdraw takes a decision back; else name two by their uids"
            )
        if verdict == "same" and not across_kinds:
            _refuse_two_kinds(connection, uid_a, uid_b)
        decided = Decided(_new_uid(connection, uid_a, uid_b, verdict, by), kind_a, uid_a, uid_b, verdict)
        _append(connection, decided, None, by, note)
    return decided


def withdraw_decision(store: Store, uid: str, *, by: str | None, note: str | None) -> Decided:
    """Take a decision back; what it had joined or kept apart is grouped as without it.

    Raises:
        UsageError: there is no such decision, or it is taken back already.
        StoreError: the base cannot be written.
    """
    with store.transaction() as connection:
        row = connection.execute(select(_DECISION).where(_DECISION.c.uid == uid)).mappings().one_or_none()
        if row is None or row["verdict"] == "withdrawn":
            raise UsageError(f"no decision has the uid {uid}: kb candidates --decided lists them")
        if connection.execute(select(_DECISION.c.id).where(_DECISION.c.withdraws == uid)).first():
            raise UsageError(f"the decision {uid} is taken back already")
        new = _new_uid(connection, row["uid_a"], row["uid_b"], "withdrawn", by)
        decided = Decided(new, row["kind"], row["uid_a"], row["uid_b"], "withdrawn")
        _append(connection, decided, uid, by, note)
    return decided


def _append(
    connection: Connection, decided: Decided, withdraws: str | None, by: str | None, note: str | None
) -> None:
    row = {
        "id": next_id(connection, IdentityDecisionRow),
        "uid": decided.uid,
        "kind": decided.kind,
        "uid_a": decided.uid_a,
        "uid_b": decided.uid_b,
        "verdict": decided.verdict,
        "withdraws": withdraws,
        "by": person(by),
        "recorded_at": now(),
        "note": note,
    }
    insert_rows(connection, IdentityDecisionRow, [row])
    regroup_around(connection, decided.kind, (decided.uid_a, decided.uid_b))


def _new_uid(connection: Connection, a: str, b: str, verdict: Verdict, by: str | None) -> str:
    return decision_uid(connection, IdentityDecisionRow, "identity", *sorted((a, b)), verdict, by=by)


def _fact(connection: Connection, said: str) -> tuple[str, str]:
    """The kind of thing and the uid of a fact of it, of a uid or of an entity's name."""
    for table, kind in _FACTS.items():
        if connection.execute(text(f"SELECT 1 FROM {table} WHERE uid = :uid"), {"uid": said}).first():
            return kind, said
    if (article := known_as(connection, said)) is not None:
        return _FACTS["article"], article
    found = _named(connection, said)
    if not found and (measures := measures_named(connection, said)):
        return "measure", measure_of(connection, measures[0][0] if len(measures) == 1 else said)
    if len(found) == 1:
        return "entity", found[0]["uid"]
    if not found:
        raise UsageError(f"nothing has the uid or the name {said!r}: kb entities lists names with their uids")
    listed = ", ".join(f"{row['uid']} ({row['name']}, {row['kind']})" for row in found[:_MANY])
    raise UsageError(f"{said!r} names {len(found)} things, say which by its uid: {listed}")


def _refuse_two_kinds(connection: Connection, uid_a: str, uid_b: str) -> None:
    """Refuse to make one of a person, an organisation and a place: nearly always a slip.

    Raises:
        UsageError: the two are of different kinds.
    """
    (name_a, kind_a), (name_b, kind_b) = (_kinds(connection, uid) for uid in (uid_a, uid_b))
    if kind_a and kind_b and kind_a != kind_b:
        raise UsageError(
            f"{name_a!r} ({uid_a}) is {_a(kind_a)} and {name_b!r} ({uid_b}) {_a(kind_b)}: if one of them was "
            f"read as what it is not, correct it (kb review --uid), or say --across-kinds to join them"
        )


def _a(kind: str) -> str:
    return f"an {kind}" if kind == "organisation" else f"a {kind}"


def _kinds(connection: Connection, fact: str) -> tuple[str | None, str | None]:
    """The name and kind of the entity that a fact is in; None where it is in none."""
    query = text("""
        SELECT entity.name, entity.kind FROM mention JOIN entity ON entity.id = mention.entity_id
        WHERE mention.uid = :uid
        UNION ALL SELECT entity.name, entity.kind FROM article JOIN entity ON entity.id = article.publisher_id
        WHERE article.uid = :uid""")
    found = connection.execute(query, {"uid": fact}).first()
    return (found[0], found[1]) if found else (None, None)


def _named(connection: Connection, name: str) -> Sequence[RowMapping]:
    query = text("""
        SELECT DISTINCT entity.uid, entity.name, entity.kind FROM entity
        JOIN name ON name.entity_id = entity.id
        WHERE name.key = :key ORDER BY entity.name, entity.uid""")
    return connection.execute(query, {"key": folded_name(name)}).mappings().all()
