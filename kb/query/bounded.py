"""Series of which a multiple alone tells: of Estonia "800, three times as many as in Estonia"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import RowMapping

from kb.model.uids import uid_of
from kb.query.filters import Filter
from kb.query.rows import Series
from kb.query.select import selected
from kb.query.wholes import implied_by
from kb.resolve.keys.names import folded_name
from kb.resolve.relations.multiples import Bound, bounds_by
from kb.store import Store
from kb.store.connection import explained

_Line = tuple[int, int | None, str | None]  # measure, entity of the place, else the place as written


def bounded(
    store: Store,
    measure: str | None,
    *,
    uid: str | None,
    place: str | None,
    since: str | None,
    until: str | None,
) -> list[Series]:
    """The series that have no figures of their own, by what multiples elsewhere say of them; by uid.

    Their uids are made of those of the multiples, as long as nobody tells a figure. What is asked for is
    as in `kb.query.series`.
    """
    found: list[Series] = []
    for (counted, *_), bounds in _unfigured(store, place, since, until).items():
        row = _measure(store, counted, measure)
        if row is None:
            continue
        own = uid_of("bounded series", min(bound.ratio_uid for bound in bounds))
        if uid in (None, own):
            found.append(
                Series(
                    uid=own,
                    measure=row["name"],
                    kind=row["kind"],
                    place=bounds[0].place,
                    sources=0,
                    voices=0,
                    clashes=0,
                    figures=(),
                    implied=implied_by(store, bounds, row["name"]),
                    measure_uid=row["uid"],
                    definition=row["definition"],
                )
            )
    return sorted(found, key=lambda line: line.uid)


def _unfigured(
    store: Store, place: str | None, since: str | None, until: str | None
) -> Mapping[_Line, Sequence[Bound]]:
    """What multiples say of places of which the same is told by no figure."""
    asked = Filter()
    asked.names("claim.baseline_place", place)
    asked.overlap(since, until, "claim.baseline_")
    query = f"""
        SELECT claim.id FROM claim INDEXED BY ix_claim_ratio
        WHERE claim.relation = 'ratio' AND claim.baseline_place IS NOT NULL AND {asked.where}"""
    ratios = {row["id"] for row in selected(store, query, asked)}
    with explained(store.path):
        told = bounds_by(store.connection, ratios)
    lines: dict[_Line, list[Bound]] = defaultdict(list)
    for bound in sorted(told, key=lambda bound: bound.ratio_uid):
        if bound.is_elsewhere and bound.ratio in ratios:
            lines[_line(bound)].append(bound)
    return {line: bounds for line, bounds in lines.items() if not _has_series(store, line)}


def _line(bound: Bound) -> _Line:
    if bound.place_entity is not None:
        return bound.measure, bound.place_entity, None
    return bound.measure, None, folded_name(bound.place or "")


def _has_series(store: Store, line: _Line) -> bool:
    asked = Filter()
    asked.among("measure_id", [line[0]])
    query = f"SELECT place, place_entity_id FROM series WHERE {asked.where} AND place IS NOT NULL"
    return any(
        line[1] == row["place_entity_id"] if line[1] is not None else line[2] == folded_name(row["place"])
        for row in selected(store, query, asked)
    )


def _measure(store: Store, key: int, words: str | None) -> RowMapping | None:
    asked = Filter()
    asked.among("id", [key])
    asked.words("(name || ' ' || unit)", words)
    query = f"SELECT uid, name, kind, definition FROM measure WHERE {asked.where}"
    return next(iter(selected(store, query, asked)), None)
