"""Series that may count the same as another at its place, as long as nobody decided on it."""

from __future__ import annotations

from collections.abc import Collection

from kb.query.beside import Near
from kb.query.filters import Filter
from kb.query.select import selected
from kb.resolve import near_series
from kb.store import Store, parts
from kb.store.connection import explained

_MOST = 3  # that are told of a series


def near(store: Store, keys: Collection[int]) -> dict[int, tuple[Near, ...]]:
    """For each series (by key) the likeliest of those that may count the same; see `kb candidates`."""
    with explained(store.path):
        found = near_series(store.connection, keys)
    others = {line.key for pairs in found.values() for pair in pairs for line in (pair.a, pair.b)}
    figures: dict[int, int] = {}
    for part in parts(sorted(others)):
        asked = Filter()
        asked.among("series_id", part)
        query = f"SELECT series_id, count(*) AS figures FROM claim WHERE {asked.where} GROUP BY series_id"
        figures |= {row["series_id"]: row["figures"] for row in selected(store, query, asked)}
    told: dict[int, tuple[Near, ...]] = {}
    for key, pairs in found.items():
        lines = [(pair.b if pair.a.key == key else pair.a, pair.explanation) for pair in pairs[:_MOST]]
        told[key] = tuple(
            Near(line.uid, line.measure_uid, line.heading, figures[line.key], why) for line, why in lines
        )
    return told
