"""What a series is told of beside its own figures: its whole, its subgroups, and what multiples say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import RowMapping, bindparam, text

from kb.query.rows import Implied, Linked, Series
from kb.resolve.relations.multiples import Bound, bounds_of, is_of_time, told_as
from kb.resolve.series.relating import told_of
from kb.store import Store, parts
from kb.store.connection import explained

_LINKED = """
    SELECT series.id AS series_id, other.uid, measure.name, other.place,
        series.part_of_id = other.id AS is_whole,
        (SELECT count(*) FROM claim WHERE claim.series_id = other.id) AS figures
    FROM series
    JOIN series AS other ON other.id = series.part_of_id OR other.part_of_id = series.id
    JOIN measure ON measure.id = other.measure_id
    WHERE series.id IN :keys
    ORDER BY series.id, figures DESC, other.uid"""


def linked(store: Store, keys: Iterable[int]) -> dict[int, tuple[Linked | None, tuple[Linked, ...]]]:
    """The whole of each series, and its subgroups, those with the most figures first."""
    keys = list(keys)
    wholes: dict[int, Linked] = {}
    subgroups: dict[int, list[Linked]] = defaultdict(list)
    query = text(_LINKED).bindparams(bindparam("keys", expanding=True))
    with explained(store.path):
        for part in parts(keys):
            for row in store.connection.execute(query, {"keys": part}).mappings():
                heading = f"{row['name']} in {row['place']}" if row["place"] else row["name"]
                other = Linked(row["uid"], heading, row["figures"])
                if row["is_whole"]:
                    wholes[row["series_id"]] = other
                else:
                    subgroups[row["series_id"]].append(other)
    return {key: (wholes.get(key), tuple(subgroups[key])) for key in keys}


def implied(store: Store, lines: Mapping[int, Series]) -> dict[int, tuple[Implied, ...]]:
    """What multiples of the figures of each series say of times and places of which nothing else is told."""
    found: dict[int, list[Implied]] = {key: [] for key in lines}
    with explained(store.path):
        for bound in bounds_of(store.connection, lines):
            told = told_of(store.connection, bound)
            if not any(is_of_time(bound, claim) for claim in told):
                found[bound.series].append(_implied(_quoted(store, bound), bound, lines[bound.series]))
    return {key: tuple(bounds) for key, bounds in found.items()}


def _implied(quoted: Mapping[int, RowMapping], bound: Bound, line: Series) -> Implied:
    ratio, level = quoted[bound.ratio], quoted[bound.level]
    place = f" in {bound.place}" if bound.place else ""
    when = f" ({bound.date})" if bound.date else ""
    multiple = f"“{level['words']}” is “{ratio['words']}” {told_as(bound.words)}"
    said = f"{multiple}, so there were {bound.said} {line.measure}{place}{when}"
    return Implied(bound.ratio_uid, bound.said, bound.place, bound.date, said)


def _quoted(store: Store, bound: Bound) -> dict[int, RowMapping]:
    """The words of a multiple and of its level."""
    query = text("""
        SELECT claim.id, span.folded AS words FROM claim JOIN span ON span.id = claim.phrase_span_id
        WHERE claim.id IN (:ratio, :level)""")
    asked = {"ratio": bound.ratio, "level": bound.level}
    return {row["id"]: row for row in store.connection.execute(query, asked).mappings()}
