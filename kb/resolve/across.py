"""One number in two series: claims of neighbouring measures at one place that may be of one count.

Such a pair belongs to the series of its earlier claim. It is looked for wherever one of its series
changes, by the number: what that costs does not depend on the size of the base.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from sqlalchemy import Connection, RowMapping, bindparam, text

from kb.model.uids import uid_of
from kb.resolve.conflicts import Clash, counted_once, told_claims, told_where
from kb.resolve.explain import doubled
from kb.resolve.keys import folded_name
from kb.resolve.measures import Measured, measured
from kb.resolve.same_numbers import Counting, are_neighbours, is_telling, mistaken
from kb.store import parts

# The order of the tables is that of the search: by number, or from the few corrections on.
_AT = """
    SELECT claim.id, claim.unit, series.place, measure.name
    FROM {}
    CROSS JOIN series ON series.id = claim.series_id
    JOIN measure ON measure.id = series.measure_id
    WHERE {} IN :numbers AND claim.series_id <> :series AND series.place_entity_id IS :entity"""
_BY_NUMBER = text(_AT.format("claim", "claim.low")).bindparams(bindparam("numbers", expanding=True))
_BY_CORRECTION = text(
    _AT.format("correction CROSS JOIN claim ON claim.uid = correction.fact", "CAST(correction.low AS REAL)")
).bindparams(bindparam("numbers", expanding=True))


def doubles(connection: Connection, rows: Sequence[RowMapping]) -> Iterator[tuple[int, Clash]]:
    """The pairs of a claim of this series and one of another; with the series that each belongs to.

    `rows` are all claims of the series, of `told_rows`.
    """
    mine = [row for row in counted_once(rows) if _is_telling(row)]
    if not mine:
        return
    others = _with_numbers(connection, mine)
    if not others:
        return
    counted = _counted(connection, [*mine, *others])
    series = {row["id"]: int(row["series_id"]) for row in (*mine, *others)}
    said = {row["id"]: row for row in (*mine, *others)}
    by_number: dict[tuple[int, float], list[Counting]] = defaultdict(list)
    for key, claim in counted.items():
        by_number[series[key], claim.told.low or 0.0].append(claim)
    own = int(mine[0]["series_id"])
    for (other, number), claims in sorted(by_number.items(), key=lambda item: item[0]):
        pair = mistaken(by_number[own, number], claims) if other != own else None
        if pair is not None:
            a, b = (said[claim.id] for claim in pair)
            uid = uid_of("other measure", *sorted((a["uid"], b["uid"])))
            yield series[a["id"]], Clash(uid, "other measure", doubled(a, b), (int(a["id"]), int(b["id"])))


def forget_doubles(connection: Connection, series: Iterable[int], claims: Iterable[int]) -> None:
    """Delete the pairs that a claim is in, or a claim of a series."""
    for column, keys in (("series_id", series), ("id", claims)):
        query = text(f"""
            DELETE FROM conflict WHERE kind = 'other measure' AND id IN (
                SELECT conflict_id FROM conflict_claim JOIN claim ON claim.id = conflict_claim.claim_id
                WHERE claim.{column} IN :keys
            )""").bindparams(bindparam("keys", expanding=True))
        for part in parts(sorted(keys)):
            connection.execute(query, {"keys": part})


@lru_cache(maxsize=4096)
def _measured(measure: str, unit: str) -> Measured:
    return measured(measure, unit)


def _is_telling(row: RowMapping) -> bool:
    return row["relation"] == "value" and row["low"] is not None and is_telling(row["low"])


def _with_numbers(connection: Connection, mine: Sequence[RowMapping]) -> list[RowMapping]:
    """The claims of neighbouring measures at the same place that have one of the numbers, as read now."""
    first, found = mine[0], set[int]()
    place = folded_name(first["series_place"] or "")
    own = {_measured(row["measure_name"], row["unit"] or "") for row in mine}
    for numbers in parts(sorted({row["low"] for row in mine})):
        asked = {"numbers": numbers, "series": first["series_id"], "entity": first["series_place_entity"]}
        for query in (_BY_NUMBER, _BY_CORRECTION):
            found |= {
                row["id"]
                for row in connection.execute(query, asked).mappings()
                if (first["series_place_entity"] is not None or folded_name(row["place"] or "") == place)
                and any(are_neighbours(_measured(row["name"], row["unit"] or ""), what) for what in own)
            }
    numbers_of_mine = {row["low"] for row in mine}
    return [
        row
        for row in counted_once(told_where(connection, "id", found))
        if _is_telling(row) and row["low"] in numbers_of_mine
    ]


def _counted(connection: Connection, rows: Sequence[RowMapping]) -> dict[int, Counting]:
    told = told_claims(connection, rows)
    return {
        row["id"]: Counting(
            row["id"],
            told[row["id"]],
            _measured(row["measure_name"], row["unit"] or ""),
            row["series_place"] is not None,
        )
        for row in rows
    }
