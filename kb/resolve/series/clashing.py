"""The stored conflicts of series: brought up to date where claims changed, compared with those computed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count

from sqlalchemy import Connection, TextClause, text

from kb.model.tables import ConflictClaimRow, ConflictRow
from kb.resolve.relations.across import doubles
from kb.resolve.relations.conflicts import Clash, clashes_of, multiples_of, parts_of
from kb.resolve.relations.multiples import Bound, bounds_on
from kb.resolve.series.naming import Named
from kb.resolve.series.neighbours import Affected, Change, Surroundings
from kb.store import insert_rows, next_id

_AT_ONCE = (
    5_000  # claims that are looked at together: so many fit into memory with the openings of their articles
)
_OF_CLAIMS = """
    DELETE FROM conflict WHERE id IN (
        SELECT conflict_id FROM json_each(:keys) AS asked
        CROSS JOIN conflict_claim ON conflict_claim.claim_id = asked.value {}
    ) {}"""
_OF_SERIES = text("DELETE FROM conflict WHERE series_id IN (SELECT value FROM json_each(:keys))")
_DOUBLES_OF_SERIES = text("""
    DELETE FROM conflict WHERE kind = 'other measure' AND id IN (
        SELECT conflict_id FROM json_each(:keys) AS asked
        CROSS JOIN claim ON claim.series_id = asked.value
        CROSS JOIN conflict_claim ON conflict_claim.claim_id = claim.id
    )""")
_WITH_ANY = text(_OF_CLAIMS.format("", ""))
_MULTIPLES = text(_OF_CLAIMS.format("", "AND kind = 'baseline'"))
_DOUBLES = text(_OF_CLAIMS.format("", "AND kind = 'other measure'"))
_OF_PARTS = text(_OF_CLAIMS.format("AND position = 1", "AND kind = 'parts'"))
_PAIRS = text(
    _OF_CLAIMS.format(
        "AND position = 2",
        "AND kind IN ('conflict', 'later take', 'restatement', 'quoted differently')",
    )
)
_SIZES = text("""
    SELECT asked.value, (SELECT count(*) FROM claim WHERE claim.series_id = asked.value)
    FROM json_each(:keys) AS asked""")
_STORED = text("""
    SELECT conflict.series_id, conflict.uid, conflict.kind, conflict.explanation
    FROM json_each(:keys) AS asked CROSS JOIN conflict ON conflict.series_id = asked.value""")
_UIDS = text("""
    SELECT series.id, series.uid, measure.kind, series.measure_id, series.place_entity_id
    FROM series JOIN measure ON measure.id = series.measure_id""")


def relate(
    connection: Connection,
    change: Change,
    affected: Mapping[int, Affected],
    lines: Mapping[int, Named],
    moved: Collection[int],
    multiples: Collection[int],
) -> None:
    """Look up anew what does not fit together in the series affected, and between them and others.

    `moved` are the claims that changed, `multiples` those told beside them.
    """
    _forget(connection, _WITH_ANY, moved)
    _forget(connection, _MULTIPLES, multiples)
    full = {series for series, one in affected.items() if one.everything}
    _forget(connection, _DOUBLES_OF_SERIES, full)
    _forget(connection, _OF_SERIES, full)
    if len(full) < len(affected):
        _forget(connection, _OF_PARTS, change.wholes)
    found: dict[str, tuple[int, Clash]] = {}
    for some in _portions(connection, affected):
        those = {series: affected[series] for series in some}
        bounds = bounds_on(connection, {s: (lines[s].measure, lines[s].place_entity) for s in some})
        around = change.around(those, bounds)
        _forget(connection, _PAIRS, around.later)
        _forget(connection, _DOUBLES, around.numbered)
        _forget(connection, _MULTIPLES, {bound.ratio for told in bounds.values() for bound in told})
        for owner, clash in _computed(connection, around, bounds, those):
            found[clash.uid] = owner, clash
    _store(connection, list(found.values()))


def conflict_differences(connection: Connection, series: Iterable[int]) -> Iterator[str]:
    """The series whose stored conflicts are not those that their claims make, one sentence each."""
    lines = {key: tuple(line) for key, *line in connection.execute(_UIDS)}
    everything = {key: Affected(lines[key][1], everything=True) for key in series}
    change = Change(connection, everything, {})
    for some in _portions(connection, everything):
        those = {key: everything[key] for key in some}
        bounds = bounds_on(connection, {key: lines[key][2:] for key in some})
        computed: dict[int, set[tuple[str, str, str]]] = defaultdict(set)
        for owner, clash in _computed(connection, change.around(those, bounds), bounds, those):
            computed[owner].add((clash.uid, clash.kind, clash.explanation))
        stored: dict[int, set[tuple[str, str, str]]] = defaultdict(set)
        for key, *said in connection.execute(_STORED, {"keys": json.dumps(some)}):
            stored[key].add((said[0], said[1], said[2]))
        for key in some:
            if stored[key] != computed[key]:
                yield f"series {lines[key][0]} has other conflicts than its claims make"


def _computed(
    connection: Connection,
    around: Surroundings,
    bounds: Mapping[int, Sequence[Bound]],
    affected: Mapping[int, Affected],
) -> Iterator[tuple[int, Clash]]:
    """What in the surroundings of a change does not fit together, with the series that it belongs to."""
    yield from clashes_of(connection, around.by_day, lambda series, day: affected[series].has(day))
    yield from parts_of(connection, around.wholes)
    yield from multiples_of(connection, around.by_day, bounds)
    yield from doubles(connection, around.by_number)


def _portions(connection: Connection, affected: Mapping[int, Affected]) -> Iterator[list[int]]:
    """The series in lists of some that are looked at together."""
    some: list[int] = []
    claims = 0
    for series, size in connection.execute(_SIZES, {"keys": json.dumps(sorted(affected))}).all():
        if some and claims + size > _AT_ONCE:
            yield some
            some, claims = [], 0
        some.append(series)
        claims += size if affected[series].everything else 0
    if some:
        yield some


def _forget(connection: Connection, query: TextClause, keys: Collection[int]) -> None:
    if keys:
        connection.execute(query, {"keys": json.dumps(sorted(keys))})


def _store(connection: Connection, found: Collection[tuple[int, Clash]]) -> None:
    first, link = next_id(connection, ConflictRow), count(next_id(connection, ConflictClaimRow))
    rows, links = [], []
    for key, (series, clash) in enumerate(found, first):
        values = {"id": key, "uid": clash.uid, "kind": clash.kind, "explanation": clash.explanation}
        rows.append(values | {"series_id": series})
        links += [
            {"id": next(link), "conflict_id": key, "position": position, "claim_id": claim}
            for position, claim in enumerate(clash.claims, 1)
        ]
    insert_rows(connection, ConflictRow, rows)
    insert_rows(connection, ConflictClaimRow, links)
