"""The history of an article: its revisions, and what of its facts was added, dropped and changed in each.

Told apart by what they are: the publisher changed facts, or only words around them; what the source says
of itself changed; a newer reader or extractor of kb read the same page otherwise; a person added a fact.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Literal

from sqlalchemy import Connection, text

from kb.query.answer import Answer
from kb.resolve import Changes, FactChange, State, compare_states, states
from kb.resolve.changes.stated import stated
from kb.resolve.changes.states import METADATA
from kb.store import Store
from kb.store.connection import explained
from kb.store.lookup import Stored, find_articles

Own = Literal["first", "person", "withdrawn", "blank"]
Kind = Own | Literal["facts", "text", "metadata", "reader", "extractor", "nothing"]


@dataclass(frozen=True, slots=True)
class Said:
    """What a source says otherwise of itself: a field of a revision, and both values."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """A step in the history of an article, as `kind` says what it was; `seq` is the revision's number.

    `recorded_at` is when kb had it (UTC), `retrieved_at` when the page was asked for it. `facts` are what
    was added, dropped and changed with both quotes, `kept` how many stayed (in the first revision: how
    many there are, each name once). `who` is the person, `reason` that of a withdrawal.
    """

    article: str
    url: str | None
    kind: Kind
    recorded_at: str
    seq: int | None = None
    revision: str | None = None
    retrieved_at: str | None = None
    reader: str | None = None
    version: str | None = None
    text_changed: bool = False
    metadata: tuple[Said, ...] = ()
    facts: tuple[FactChange, ...] = ()
    kept: int = 0
    who: str | None = None
    reason: str | None = None


def article_history(store: Store, said: str) -> Answer[Step]:
    """All steps of the article that a URL or uid names (or of the quotes and notes about it), in order.

    Of a withdrawn article only its revisions are left, without their words.

    Raises:
        UsageError: there is none.
    """
    with explained(store.path):
        found = find_articles(store.connection, said)
        return Answer((step for article in found for step in _steps(store.connection, article)), Step)


def _steps(connection: Connection, article: Stored) -> list[Step]:
    everything = states(connection, article.uid)
    steps = [_first(connection, article, everything[0])]
    steps += [_step(article, compare_states(connection, *pair)) for pair in pairwise(everything)]
    if article.withdrawn_at:
        steps = [replace(step, kind="blank") for step in steps]
    steps += _by_persons(connection, article)
    steps += _withdrawal(connection, article)
    return sorted(steps, key=lambda step: step.recorded_at)


def _first(connection: Connection, article: Stored, state: State) -> Step:
    facts = stated(connection, state.revision_id, [state.run_id])
    number = len({(fact.kind, fact.about if fact.kind == "name" else fact.uid) for fact in facts})
    return Step(article.uid, article.url, "first", state.read_at, **_revision(state), kept=number)


def _step(article: Stored, changes: Changes) -> Step:
    before, after = changes.before, changes.after
    values = zip(METADATA, before.said, after.said, strict=True)
    return Step(
        article.uid,
        article.url,
        changes.kind,
        after.read_at,
        **_revision(after),
        text_changed=changes.text,
        metadata=tuple(Said(*value) for value in values if value[0] in changes.metadata),
        facts=changes.facts,
        kept=changes.kept,
    )


def _revision(state: State) -> dict[str, Any]:
    return {
        "seq": state.seq,
        "revision": state.revision_uid,
        "retrieved_at": state.retrieved_at,
        "reader": state.reader,
        "version": state.version,
    }


def _by_persons(connection: Connection, article: Stored) -> Iterator[Step]:
    """What persons added to the article by hand, a step each time."""
    query = text("""
        SELECT reading.revision_id, reading.run_id, reading.recorded_at, revision.seq, revision.uid,
            run.person
        FROM reading
        JOIN revision ON revision.id = reading.revision_id
        JOIN run ON run.id = reading.run_id
        WHERE revision.article_id = :article AND run.person IS NOT NULL
            AND reading.id = (SELECT min(id) FROM reading WHERE run_id = run.id)
        ORDER BY reading.id""")
    for row in connection.execute(query, {"article": article.id}).mappings():
        yield Step(
            article.uid,
            article.url,
            "person",
            row["recorded_at"],
            seq=row["seq"],
            revision=row["uid"],
            facts=tuple(
                FactChange("added", fact.kind, "person", fact.about, (), None, fact)
                for fact in stated(connection, row["revision_id"], [row["run_id"]])
            ),
            who=row["person"],
        )


def _withdrawal(connection: Connection, article: Stored) -> Iterator[Step]:
    query = text(
        'SELECT recorded_at, reason, "by" FROM withdrawn'
        " WHERE article_id = :article ORDER BY recorded_at, uid"
    )
    for row in connection.execute(query, {"article": article.id}).mappings():
        said = {"who": row["by"], "reason": row["reason"]}
        yield Step(article.uid, article.url, "withdrawn", row["recorded_at"], **said)
