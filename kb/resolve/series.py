"""Claims into series: one measure at one place, and what in it does not fit together.

A series follows from its claims alone: their measure, and the entity that their place names (or the
place as written where it names none). Its conflicts follow from its claims. Both are written anew for
the series that a change touches, in the transaction of the change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Connection,
    RowMapping,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    delete,
    or_,
    select,
    update,
)

from kb.model.tables import (
    ClaimRow,
    ConflictClaimRow,
    ConflictRow,
    EntityRow,
    MentionRow,
    RunRow,
    SeriesRow,
    table_of,
)
from kb.model.uids import uid_of
from kb.resolve.across import doubles, forget_doubles
from kb.resolve.by_name import with_named_places
from kb.resolve.conflicts import Clash, conflicts_in, told_rows, told_where
from kb.resolve.keys import folded_name
from kb.resolve.multiples import bounds_by
from kb.resolve.readings import CORRECTION, as_read, standing
from kb.resolve.subgroups import link_subgroups, wholes_of
from kb.store import insert_rows, next_id, parts, set_links

_CLAIM, _SERIES, _CONFLICT = table_of(ClaimRow), table_of(SeriesRow), table_of(ConflictRow)
_WHOLE = _CLAIM.alias("whole")
_MENTION, _ENTITY, _RUN = table_of(MentionRow), table_of(EntityRow), table_of(RunRow)


@dataclass(frozen=True, slots=True)
class Line:
    """What makes a series: the measure, and the place as an entity or as written."""

    measure: int
    place_entity: int | None
    place: str | None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Line:
        """The series that a claim belongs to."""
        if row["place_entity_id"] is not None:
            return cls(row["measure_id"], row["place_entity_id"], row["place_name"])
        return cls(row["measure_id"], None, row["place"])

    @property
    def key(self) -> tuple[int, int | None, str | None]:
        """What two claims of one series share: places as written are compared without case and script."""
        written = folded_name(self.place) if self.place_entity is None and self.place else None
        return self.measure, self.place_entity, written


def align(connection: Connection, moved: Iterable[int]) -> None:
    """Put claims whose measure or place changed, or that stand no more, into their series anew.

    `moved` are keys of claims. Costs what the series concerned cost to read.
    """
    rows = _claims(connection, moved)
    touched = {row[name] for row in rows for name in ("series_id", "whole_series_id")} - {None}
    by_line: dict[tuple[Any, ...], list[Mapping[str, Any]]] = defaultdict(list)
    leaving = []
    for row in rows:
        if row["stands"] and row["measure_id"] is not None:
            by_line[Line.of(row).key].append(row)
        else:
            leaving.append(row["id"])
    set_links(connection, ClaimRow, "series_id", ((row, None) for row in leaving))
    touched |= _with_baselines(connection, (row["id"] for row in rows))
    homes = _stored_lines(connection, {line[0] for line in by_line})
    alone = _make(connection, {key: members for key, members in by_line.items() if key not in homes}, homes)
    links = ((row["id"], homes[key]) for key, members in by_line.items() for row in members)
    changed = touched | {homes[key] for key in by_line}
    forget_doubles(connection, changed, (row["id"] for row in rows))
    set_links(connection, ClaimRow, "series_id", links)
    changed |= _with_baselines(connection, (row["id"] for row in rows))
    dependent = _dependent(connection, changed)
    _unname(connection, changed - alone.keys())
    rows_of = {series: _refresh(connection, series) for series in sorted(changed - alone.keys())}
    for told in told_where(connection, "series_id", alone):
        rows_of[told["series_id"]] = [told]
    _relate(connection, rows_of)
    named = [{"row_id": series, "uid": series_uid([claim])} for series, claim in alone.items()]
    if named:  # last, for the claim may have given its uid to the series that it left
        connection.execute(update(_SERIES).where(_SERIES.c.id == bindparam("row_id")), named)
    link_subgroups(connection, changed | dependent)


def _unname(connection: Connection, series: Iterable[int]) -> None:
    """Take their uids away until they are named anew: the claim that gave one may be in another by now."""
    for part in parts(sorted(series)):
        unnamed = update(_SERIES).where(_SERIES.c.id.in_(part))
        connection.execute(unnamed.values(uid=cast(_SERIES.c.id, String)))


def series_differences(connection: Connection) -> Iterator[str]:
    """What is stored of series and conflicts otherwise than the claims make it, one sentence each."""
    lines: dict[int, set[tuple[Any, ...]]] = defaultdict(set)
    homes: dict[tuple[Any, ...], set[int | None]] = defaultdict(set)
    names: dict[int, str | None] = {}
    for claim in with_named_places(connection, connection.execute(_placed_claims()).mappings()):
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
        rows = told_rows(connection, row["id"])
        if not rows or len(lines[row["id"]]) > 1:
            yield f"series {row['uid']} holds {'other claims' if rows else 'no claims'}"
        elif row["uid"] != series_uid(told["uid"] for told in rows):
            yield f"series {row['uid']} has another uid than its claims make"
        elif row["place_entity_id"] is None and row["place"] != min(rows, key=_uid)["place"]:
            yield f"series {row['uid']} has another place than its claims make it"
        else:
            query = select(_CONFLICT.c.uid, _CONFLICT.c.kind, _CONFLICT.c.explanation)
            stored = set(map(tuple, connection.execute(query.where(_CONFLICT.c.series_id == row["id"]))))
            computed = conflicts_in(connection, rows)
            computed += [clash for owner, clash in doubles(connection, rows) if owner == row["id"]]
            if stored != {(clash.uid, clash.kind, clash.explanation) for clash in computed}:
                yield f"series {row['uid']} has other conflicts than its claims make"


def _claims(connection: Connection, ids: Iterable[int]) -> list[dict[str, Any]]:
    found: list[RowMapping] = []
    for part in parts(sorted(set(ids))):
        found += connection.execute(_placed_claims().where(_CLAIM.c.id.in_(part))).mappings()
    return with_named_places(connection, found)


def _placed_claims() -> Select[Any]:
    """Claims with their measure, their place and whether they stand."""
    return (
        select(
            _CLAIM.c.id,
            _CLAIM.c.uid,
            _CLAIM.c.measure_id,
            _CLAIM.c.series_id,
            _WHOLE.c.series_id.label("whole_series_id"),
            _CLAIM.c.revision_id,
            as_read(_CLAIM, CORRECTION, "place"),
            or_(
                CORRECTION.c.place.is_not(None),
                _RUN.c.person.is_not(None),
                and_(_CLAIM.c.place_mention_id.is_(None), _CLAIM.c.place.is_not(None)),
            ).label("by_name"),
            _MENTION.c.entity_id.label("place_entity_id"),
            _ENTITY.c.name.label("place_name"),
            standing(ClaimRow).label("stands"),
        )
        .join(_RUN, _RUN.c.id == _CLAIM.c.run_id)
        .outerjoin(CORRECTION, CORRECTION.c.fact == _CLAIM.c.uid)
        .outerjoin(_MENTION, _MENTION.c.id == _CLAIM.c.place_mention_id)
        .outerjoin(_ENTITY, _ENTITY.c.id == _MENTION.c.entity_id)
        .outerjoin(_WHOLE, _WHOLE.c.id == _CLAIM.c.part_of_id)
        .order_by(_CLAIM.c.id)
    )


def _stored_lines(connection: Connection, measures: Iterable[int]) -> dict[tuple[Any, ...], int]:
    """The series of these measures, by what their claims share."""
    columns = (_SERIES.c.id, _SERIES.c.measure_id, _SERIES.c.place_entity_id, _SERIES.c.place)
    found = {}
    for part in parts(sorted(measures)):
        query = select(*columns).where(_SERIES.c.measure_id.in_(part)).order_by(_SERIES.c.id.desc())
        for row in connection.execute(query).mappings():
            found[Line(row["measure_id"], row["place_entity_id"], row["place"]).key] = int(row["id"])
    return found


def _with_baselines(connection: Connection, claims: Iterable[int]) -> set[int]:
    """The series of what these claims, multiples or their levels, are set against."""
    found: set[int] = set()
    for bound in bounds_by(connection, claims):
        at = _SERIES.c.place_entity_id == bound.place_entity
        query = select(_SERIES.c.id).where(_SERIES.c.measure_id == bound.measure, at)
        found |= set(connection.execute(query).scalars()) if bound.is_elsewhere else {bound.series}
    return found


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
) -> dict[int, str]:
    """New series for claims that have none, noted in `homes`; those with one claim alone, and its uid."""
    first = next_id(connection, SeriesRow)
    rows = []
    for series, (key, members) in enumerate(lines.items(), first):
        line = Line.of(members[0])
        homes[key] = series
        values = {"measure_id": line.measure, "place": line.place, "place_entity_id": line.place_entity}
        uid = uid_of("new series", series)  # until its claims give it one
        rows.append({"id": series, "uid": uid, "part_of_id": None, **values})
    insert_rows(connection, SeriesRow, rows)
    return {homes[key]: members[0]["uid"] for key, members in lines.items() if len(members) == 1}


def _refresh(connection: Connection, series: int) -> Sequence[RowMapping]:
    """Name a series after its claims, which it returns, without its conflicts; without a claim it goes."""
    connection.execute(delete(_CONFLICT).where(_CONFLICT.c.series_id == series))
    rows = told_rows(connection, series)
    if not rows:
        connection.execute(update(_SERIES).where(_SERIES.c.part_of_id == series).values(part_of_id=None))
        connection.execute(delete(_SERIES).where(_SERIES.c.id == series))
        return rows
    first = min(rows, key=_uid)
    place = case((_SERIES.c.place_entity_id.is_(None), first["place"]), else_=_SERIES.c.place)
    values = {"uid": series_uid([first["uid"]]), "place": place}
    connection.execute(update(_SERIES).where(_SERIES.c.id == series).values(values))
    return rows


def _uid(row: RowMapping) -> str:
    return str(row["uid"])


def _relate(connection: Connection, rows_of: Mapping[int, Sequence[RowMapping]]) -> None:
    """Look up anew what does not fit together in series, given by their claims, and with others."""
    found: dict[str, tuple[int, Clash]] = {}
    for series, rows in rows_of.items():
        found |= {clash.uid: (series, clash) for clash in conflicts_in(connection, rows)}
        found |= {clash.uid: (owner, clash) for owner, clash in doubles(connection, rows)}
    for owner, clash in found.values():
        _store(connection, owner, clash)


def series_uid(claims: Iterable[str]) -> str:
    """The uid of a series: made of the smallest uid of its claims."""
    return uid_of("series", min(claims))


def _store(connection: Connection, series: int, clash: Clash) -> None:
    key = next_id(connection, ConflictRow)
    values = {"id": key, "uid": clash.uid, "kind": clash.kind, "explanation": clash.explanation}
    insert_rows(connection, ConflictRow, [values | {"series_id": series}])
    first = next_id(connection, ConflictClaimRow)
    insert_rows(
        connection,
        ConflictClaimRow,
        [
            {"id": first + i, "conflict_id": key, "position": i + 1, "claim_id": claim}
            for i, claim in enumerate(clash.claims)
        ],
    )
