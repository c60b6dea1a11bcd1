"""Claims into series: one measure at one place, and what in it does not fit together.

A series follows from its claims alone: their measure, and the entity that their place names (or the
place as written where it names none). A place may be lent by another telling of the same text (`lent`).
Its conflicts follow from its claims. Both are written anew for the series that a change touches, in the
transaction of the change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from kb.model.tables import ClaimRow, SeriesRow, table_of
from kb.model.uids import uid_of
from kb.resolve.relations.multiples import bounds_by
from kb.resolve.series.clashing import conflict_differences, relate
from kb.resolve.series.lent import Claims, lent_by, with_lent_places
from kb.resolve.series.naming import misnamed, name_series
from kb.resolve.series.neighbours import Affected, Change
from kb.resolve.series.placed_claims import Line, placed_claims
from kb.resolve.series.subgroups import link_subgroups, wholes_of
from kb.store import insert_rows, next_id, parts, set_links

_SERIES = table_of(SeriesRow)


def align(connection: Connection, moved: Iterable[int], *, redated: bool = True) -> None:
    """Put claims whose measure or place changed, or that stand no more, into their series anew.

    `moved` are keys of claims. Unless `redated`, none of them had another time or number before: then
    their series are not read as a whole, but around them (see `neighbours`).
    """
    rows = _claims(connection, moved)
    claims = [row["id"] for row in rows]
    touched = {row[name] for row in rows for name in ("series_id", "whole_series_id")} - {None}
    by_line: dict[tuple[Any, ...], list[Mapping[str, Any]]] = defaultdict(list)
    leaving = []
    for row in rows:
        if row["stands"] and row["measure_id"] is not None:
            by_line[Line.of(row).key].append(row)
        else:
            leaving.append(row["id"])
    was = {row["id"]: row["series_id"] for row in rows}
    set_links(connection, ClaimRow, "series_id", ((row, None) for row in leaving if was[row] is not None))
    before, ratios = _with_baselines(connection, claims)
    homes = _stored_lines(connection, {line[0] for line in by_line})
    made = _make(connection, {key: members for key, members in by_line.items() if key not in homes}, homes)
    links = {row["id"]: homes[key] for key, members in by_line.items() for row in members}
    set_links(connection, ClaimRow, "series_id", (link for link in links.items() if was[link[0]] != link[1]))
    after, others = _with_baselines(connection, claims)
    changed = touched | before | after | set(links.values())
    dependent = _dependent(connection, changed)
    lines = name_series(connection, changed)
    affected = {key: Affected(line.kind, redated or key in made) for key, line in lines.items()}
    was_in = {claim: {series, links.get(claim)} - {None} for claim, series in was.items()}
    change = Change(connection, affected, was_in)
    relate(connection, change, affected, lines, set(claims), ratios | others)
    link_subgroups(connection, changed | dependent)


def series_differences(connection: Connection) -> Iterator[str]:
    """What is stored of series and conflicts otherwise than the claims make it, one sentence each."""
    lines: dict[int, set[tuple[Any, ...]]] = defaultdict(set)
    homes: dict[tuple[Any, ...], set[int | None]] = defaultdict(set)
    names: dict[int, str | None] = {}
    for claim in with_lent_places(connection, placed_claims(connection)):
        if claim["stands"] and claim["measure_id"] is not None:
            homes[Line.of(claim).key].add(claim["series_id"])
            lines[claim["series_id"]].add(Line.of(claim).key)
            names[claim["series_id"]] = claim["place_name"]
        elif claim["series_id"] is not None:
            yield f"claim {claim['uid']} is in a series, but stands no more"
    for line, series in homes.items():
        if None in series or len(series) > 1:
            yield f"claims of measure {line[0]} at {line[2] or line[1]} are not in one series"
    stored_series = connection.execute(select(_SERIES).order_by(_SERIES.c.id)).mappings().all()
    wholes = wholes_of(connection, (row["id"] for row in stored_series))
    for row in stored_series:
        if row["part_of_id"] != wholes[row["id"]]:
            yield f"series {row['uid']} is a part of another than its claims make it"
        if row["place_entity_id"] is not None and row["place"] != names.get(row["id"]):
            yield f"series {row['uid']} has another place than its claims make it"
        if len(lines[row["id"]]) > 1:
            yield f"series {row['uid']} holds other claims"
    for uid, named in misnamed(connection, (row["id"] for row in stored_series)):
        yield f"series {uid} {'holds no claims' if named is None else 'has another uid or place'}"
    yield from conflict_differences(connection, (row["id"] for row in stored_series))


def _claims(connection: Connection, moved: Iterable[int]) -> Claims:
    """Some claims, and those whose place they lend or lent, with what makes their series."""
    rows = placed_claims(connection, moved)
    there = {row["id"] for row in rows}
    rows += placed_claims(connection, lent_by(connection, rows) - there)
    return with_lent_places(connection, rows)


def _stored_lines(connection: Connection, measures: Iterable[int]) -> dict[tuple[Any, ...], int]:
    """The series of these measures, by what their claims share."""
    columns = (_SERIES.c.id, _SERIES.c.measure_id, _SERIES.c.place_entity_id, _SERIES.c.place)
    found = {}
    for part in parts(sorted(measures)):
        query = select(*columns).where(_SERIES.c.measure_id.in_(part)).order_by(_SERIES.c.id.desc())
        for row in connection.execute(query).mappings():
            found[Line(row["measure_id"], row["place_entity_id"], row["place"]).key] = int(row["id"])
    return found


def _with_baselines(connection: Connection, claims: Iterable[int]) -> tuple[set[int], set[int]]:
    """The series of what multiples beside these claims are set against; and these multiples."""
    found: set[int] = set()
    bounds = bounds_by(connection, claims)
    for bound in bounds:
        at = _SERIES.c.place_entity_id == bound.place_entity
        query = select(_SERIES.c.id).where(_SERIES.c.measure_id == bound.measure, at)
        found |= set(connection.execute(query).scalars()) if bound.is_elsewhere else {bound.series}
    return found, {bound.ratio for bound in bounds}


def _dependent(connection: Connection, series: Iterable[int]) -> set[int]:
    """The series of subgroups of these."""
    found: set[int] = set()
    for part in parts(sorted(series)):
        found |= set(connection.execute(select(_SERIES.c.id).where(_SERIES.c.part_of_id.in_(part))).scalars())
    return found


def _make(
    connection: Connection,
    lines: Mapping[tuple[Any, ...], Sequence[Mapping[str, Any]]],
    homes: dict[tuple[Any, ...], int],
) -> set[int]:
    """New series for claims that have none, noted in `homes`; which these are."""
    first = next_id(connection, SeriesRow)
    rows = []
    for series, (key, members) in enumerate(lines.items(), first):
        line = Line.of(members[0])
        homes[key] = series
        values = {"measure_id": line.measure, "place": line.place, "place_entity_id": line.place_entity}
        uid = uid_of("new series", series)  # until its claims give it one
        rows.append({"id": series, "uid": uid, "part_of_id": None, **values})
    insert_rows(connection, SeriesRow, rows)
    return {homes[key] for key in lines}
