"""One number in two series: claims of neighbouring measures at one place that may be of one count.

Such a pair belongs to the series of its earlier claim. It is looked for wherever one of its series
changes, by the number: what that costs does not depend on the size of the base.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, RowMapping, bindparam, text

from kb.model.uids import uid_of
from kb.resolve.conflicts import Clash, counted_once, told_claims, told_where
from kb.resolve.explain import doubled
from kb.resolve.keys import folded_name
from kb.resolve.measures import measured
from kb.resolve.same_numbers import Counting, is_telling, mistaken
from kb.store import parts


def doubles(connection: Connection, rows: Sequence[RowMapping]) -> Iterator[tuple[int, Clash]]:
    """The pairs of a claim of this series and one of another; with the series that each belongs to.

    `rows` are all claims of the series, of `told_rows`.
    """
    mine = [row for row in counted_once(rows) if _is_telling(row)]
    if not mine:
        return
    others = _with_numbers(connection, mine)
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


def _is_telling(row: RowMapping) -> bool:
    return row["relation"] == "value" and row["low"] is not None and is_telling(row["low"])


def _with_numbers(connection: Connection, mine: Sequence[RowMapping]) -> list[RowMapping]:
    """The claims of other series at the same place that have one of the numbers, corrected or as read."""
    first = mine[0]
    query = text("""
        SELECT claim.id, series.place FROM claim
        JOIN series ON series.id = claim.series_id
        WHERE (
            claim.low IN :numbers
            OR claim.uid IN (SELECT fact FROM correction WHERE CAST(low AS REAL) IN :numbers)
        )
        AND claim.series_id <> :series AND series.place_entity_id IS :entity
        """).bindparams(bindparam("numbers", expanding=True))
    place = folded_name(first["series_place"] or "")
    found: set[int] = set()
    for numbers in parts(sorted({row["low"] for row in mine})):
        asked = {
            "numbers": numbers,
            "series": first["series_id"],
            "entity": first["series_place_entity"],
        }
        rows = connection.execute(query, asked).mappings()
        found |= {
            row["id"]
            for row in rows
            if first["series_place_entity"] is not None or folded_name(row["place"] or "") == place
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
            measured(row["measure_name"], row["unit"] or ""),
            row["series_place"] is not None,
        )
        for row in rows
    }
