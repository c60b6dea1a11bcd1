"""Series and what clashes in them."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import RowMapping

from kb.errors import UsageError
from kb.query.answer import Answer
from kb.query.filters import Filter
from kb.query.rows import Conflict, Figure, Series
from kb.query.select import columns_of, selected, typed
from kb.store import Store

CONFLICTS = ("conflict", "later take", "restatement")
# A claim is in a series while it stands; two articles of one text have claims of one uid.
_FIGURES = """
    FROM claim
    JOIN revision ON revision.id = claim.revision_id
    JOIN article ON article.id = revision.article_id
    JOIN figures ON figures.uid = claim.uid AND figures.article_uid = article.uid"""


def series(
    store: Store,
    measure: str | None = None,
    *,
    place: str | None = None,
    since: str | None = None,
    until: str | None = None,
    limit: int | None = None,
) -> Answer[Series]:
    """The series whose measure has all the words, at a place, those with the most sources first.

    `since` and `until` keep the figures that overlap that time. `place` may be given by any of its names.

    Raises:
        UsageError: `since` or `until` is no date.
    """
    asked = Filter()
    asked.words("(measure.name || ' ' || measure.unit)", measure)
    asked.names("series.place", place)
    asked.overlap(since, until, "figures.")
    query = f"""
        SELECT series.uid AS series_uid, measure.name AS measure_name, measure.kind AS measure_kind,
            series.place AS series_place, independent_source.root,
            (SELECT count(*) FROM conflict WHERE conflict.series_id = series.id) AS clashes,
            {columns_of(Figure, prefix="figures.")}
        {_FIGURES}
        JOIN series ON series.id = claim.series_id
        JOIN measure ON measure.id = series.measure_id
        JOIN independent_source ON independent_source.article_id = article.id
        WHERE {asked.where}
        ORDER BY coalesce(figures.latest, figures.earliest) IS NULL,
            coalesce(figures.latest, figures.earliest), figures.published, figures.uid"""
    found: dict[str, list[RowMapping]] = defaultdict(list)
    for row in selected(store, query, asked):
        found[row["series_uid"]].append(row)
    lines = sorted(
        map(_series, found.values()), key=lambda line: (-line.sources, -len(line.figures), line.uid)
    )
    return Answer(lines[:limit])


def _series(rows: list[RowMapping]) -> Series:
    first = rows[0]
    return Series(
        uid=first["series_uid"],
        measure=first["measure_name"],
        kind=first["measure_kind"],
        place=first["series_place"],
        sources=len({row["root"] for row in rows}),
        clashes=first["clashes"],
        figures=tuple(typed(Figure, row) for row in rows),
    )


def conflicts(
    store: Store, measure: str | None = None, *, place: str | None = None, kind: str | None = None
) -> Answer[Conflict]:
    """Claims that do not fit together, each with its figures; by series, the newest first.

    `measure` are words of what is counted, `kind` is one of `CONFLICTS`.

    Raises:
        UsageError: there is no such kind.
    """
    if kind not in (None, *CONFLICTS):
        raise UsageError(f"no kind {kind!r}: say one of {', '.join(CONFLICTS)}")
    asked = Filter()
    asked.words("(measure.name || ' ' || measure.unit)", measure)
    asked.names("series.place", place)
    asked.equal("conflict.kind", kind)
    query = f"""
        SELECT conflict.uid AS conflict_uid, conflict.kind AS conflict_kind, conflict.explanation,
            {columns_of(Figure, prefix="figures.")}
        {_FIGURES}
        JOIN conflict_claim ON conflict_claim.claim_id = claim.id
        JOIN conflict ON conflict.id = conflict_claim.conflict_id
        JOIN series ON series.id = conflict.series_id
        JOIN measure ON measure.id = series.measure_id
        WHERE {asked.where}
        ORDER BY series.uid, conflict.uid, conflict_claim.position"""
    found: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    for row in selected(store, query, asked):
        found[row["conflict_uid"], row["conflict_kind"], row["explanation"]].append(typed(Figure, row))
    return Answer(Conflict(*said, tuple(figures)) for said, figures in found.items())
