"""Measures: what is counted, which figures are of one, and why."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import RowMapping

from kb.desk.definitions import measure_of
from kb.errors import UsageError
from kb.model.tables.things import MEASURE_KINDS
from kb.query.answer import Answer
from kb.query.filters import Filter
from kb.query.rows import Figure
from kb.query.select import columns_of, selected, typed
from kb.resolve.series.lent import lent_in
from kb.resolve.things.figures import reasons
from kb.store import Store
from kb.store.connection import explained


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted: `kind` tells how its numbers run, `definition` is what a user says that it means.

    `figures` are those that count now, `sources` the independent ones among theirs, `places` where they
    hold. `definition_uid` is that of the decision, by which it can be taken back.
    """

    uid: str
    name: str
    unit: str
    kind: str | None
    definition: str | None
    definition_uid: str | None
    defined_by: str | None
    figures: int
    sources: int
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure of a measure, and why it is one of it: the key of its words, and what these say.

    Figures that share a key are of one measure, if no decision parts them. `decisions` are those on the
    figure itself, in words.
    """

    uid: str
    key: str | None
    why: str
    decisions: tuple[str, ...]
    figure: Figure


@dataclass(frozen=True, slots=True)
class MeasureFigures:
    """A measure with all its figures, in order of their time."""

    measure: Measure
    figures: tuple[Counted, ...]


def measures(
    store: Store, words: str | None = None, *, kind: str | None = None, limit: int | None = None
) -> Answer[Measure]:
    """The measures whose name, unit or definition has all the words, those with the most sources first.

    Raises:
        UsageError: there is no such kind.
    """
    if kind not in (None, *MEASURE_KINDS):
        raise UsageError(f"no kind {kind!r}: say one of {', '.join(MEASURE_KINDS)}")
    asked = Filter()
    asked.words("(measure.name || ' ' || measure.unit || ' ' || coalesce(measure.definition, ''))", words)
    asked.equal("measure.kind", kind)
    return Answer((_measure(row) for row in _counted(store, asked, limit)), Measure)


def measure(store: Store, said: str) -> MeasureFigures:
    """One measure, by its uid, that of a figure, or its words: which figures are of it, and why.

    Raises:
        UsageError: there is no such measure, or the words fit several.
    """
    with explained(store.path):
        claim = measure_of(store.connection, said)
    asked = Filter()
    asked.equal("claim.uid", claim)
    query = f"SELECT measure_id FROM claim WHERE measure_id IS NOT NULL AND {asked.where}"
    found = selected(store, query, asked)
    if not found:
        raise UsageError(f"the figure {claim} stands no more: it is of no measure")
    asked = Filter()
    asked.among("measure.id", [found[0]["measure_id"]])
    (row,) = _counted(store, asked, None)
    return MeasureFigures(_measure(row), _figures(store, row["id"]))


def _counted(store: Store, asked: Filter, limit: int | None) -> list[RowMapping]:
    query = f"""
        SELECT measure.id, measure.uid, measure.name, measure.unit, measure.kind, measure.definition,
            count(DISTINCT claim.uid) AS figures, count(DISTINCT independent_source.root) AS sources,
            json_group_array(DISTINCT series.place) AS places,
            (
                SELECT json_array(made.uid, made."by") FROM measure_definition AS made
                JOIN claim AS defined ON defined.uid = made.measure AND defined.measure_id = measure.id
                WHERE made.withdraws IS NULL AND made.definition = measure.definition
                    AND NOT EXISTS (
                        SELECT 1 FROM measure_definition AS later WHERE later.withdraws = made.uid
                    )
                ORDER BY made.recorded_at DESC, made.id DESC LIMIT 1
            ) AS decision
        FROM measure
        JOIN claim ON claim.measure_id = measure.id
        JOIN revision ON revision.id = claim.revision_id
        JOIN independent_source ON independent_source.article_id = revision.article_id
        LEFT JOIN series ON series.id = claim.series_id
        WHERE {asked.where}
        GROUP BY measure.id ORDER BY sources DESC, figures DESC, measure.name, measure.uid"""
    return list(selected(store, query, asked, limit))


def _measure(row: RowMapping) -> Measure:
    decision = json.loads(row["decision"]) if row["decision"] else (None, None)
    places = tuple(sorted(place for place in json.loads(row["places"]) if place))
    return typed(Measure, row, definition_uid=decision[0], defined_by=decision[1], places=places)


def _figures(store: Store, measure_id: int) -> tuple[Counted, ...]:
    asked = Filter()
    asked.among("claim.measure_id", [measure_id])
    query = f"""
        SELECT {columns_of(Figure, prefix="figures.")} FROM claim
        JOIN revision ON revision.id = claim.revision_id
        JOIN article ON article.id = revision.article_id
        JOIN figures ON figures.uid = claim.uid AND figures.article_uid = article.uid
        WHERE {asked.where}
        ORDER BY coalesce(figures.latest, figures.earliest) IS NULL,
            coalesce(figures.latest, figures.earliest), figures.published, figures.uid"""
    rows = selected(store, query, asked)
    with explained(store.path):
        why = reasons(store.connection, measure_id)
        lent = {one.uid: one.place for one in lent_in(store.connection, _series(store, measure_id))}
    decided = _decisions(store, measure_id)
    found = []
    for row in rows:
        if (uid := row["uid"]) in why:
            key, said = why[uid]
            if uid in lent and row["place"] is None:
                said += f"; in {lent[uid]}, as another telling of the same sentence says"
            found.append(Counted(uid, key, said, tuple(decided[uid]), typed(Figure, row)))
    return tuple(found)


def _series(store: Store, measure_id: int) -> list[int]:
    asked = Filter()
    asked.among("measure_id", [measure_id])
    return [row["id"] for row in selected(store, f"SELECT id FROM series WHERE {asked.where}", asked)]


def _decisions(store: Store, measure_id: int) -> dict[str, list[str]]:
    """What stands of decisions on the claims of a measure, in words, by claim."""
    asked = Filter()
    asked.among("claim.measure_id", [measure_id])
    query = f"""
        SELECT DISTINCT claim.uid, made.uid AS decision, made.verdict, made."by", made.note,
            made.id, substr(made.recorded_at, 1, 10) AS day,
            (SELECT measure FROM claim AS other
                WHERE other.uid = iif(made.uid_a = claim.uid, made.uid_b, made.uid_a) LIMIT 1) AS other
        FROM claim
        JOIN identity_decision AS made ON claim.uid IN (made.uid_a, made.uid_b)
        WHERE made.kind = 'measure' AND made.verdict <> 'withdrawn' AND {asked.where}
            AND NOT EXISTS (SELECT 1 FROM identity_decision AS later WHERE later.withdraws = made.uid)
        ORDER BY made.id"""
    found: dict[str, list[str]] = defaultdict(list)
    for row in selected(store, query, asked):
        is_so = "the same as" if row["verdict"] == "same" else "not"
        note = f": {row['note']}" if row["note"] else ""
        said = f"{is_so} “{row['other']}”, says {row['by']} on {row['day']}{note} ({row['decision']})"
        found[row["uid"]].append(said)
    return found
