"""What in the claims of series does not fit together, with the words that say so."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, RowMapping, text

from kb.model.uids import uid_of
from kb.resolve.keys.measures import part_named
from kb.resolve.relations.explain import explanation, multiple_explained, parts_explained
from kb.resolve.relations.multiples import Bound, misfit
from kb.resolve.relations.pairs import Relation, Told, clashes
from kb.resolve.relations.told import as_told, counted_once, known_in, told_where
from kb.resolve.relations.voices import Voice, heard, names_in
from kb.resolve.relations.wholes import Part, is_listed, misfits

ClashKind = Relation | Literal["other measure", "parts", "baseline"]
NOBODY = Voice(None, primary=False)
_PARTS = text("""
    SELECT claim.id FROM json_each(:keys) AS asked CROSS JOIN claim ON claim.part_of_id = asked.value""")


@dataclass(frozen=True, slots=True)
class Clash:
    """Claims that do not fit together: uid of them, what they are to each other, why, their rows."""

    uid: str
    kind: ClashKind
    explanation: str
    claims: tuple[int, ...]


def clashes_of(
    connection: Connection,
    rows_of: Mapping[int, Sequence[RowMapping]],
    is_asked: Callable[[int, dt.date], bool] = lambda _series, _day: True,
) -> Iterator[tuple[int, Clash]]:
    """The pairs of claims of one series that somebody should look at, each with its series.

    `rows_of` are claims of each, of `told_rows`: all, or those of some time and before. Only pairs are
    told whose later claim is of a day that is asked for.
    """
    counted = {series: counted_once(rows) for series, rows in rows_of.items()}
    names = names_in(connection, [row for rows in counted.values() for row in rows])
    for series, rows in counted.items():
        by_uid = {row["uid"]: row for row in rows}
        kind = next((row["measure_kind"] for row in rows), None)
        for earlier, later, what in clashes(told_by_day(rows, names), kind):
            if later.known is not None and is_asked(series, later.known):
                a, b = by_uid[earlier.uid], by_uid[later.uid]
                own = a if earlier.primary else b
                uid = uid_of("conflict", *sorted((earlier.uid, later.uid)))
                yield series, Clash(uid, what, explanation(what, a, b, own), (int(a["id"]), int(b["id"])))


def told_by_day(rows: Collection[RowMapping], names: Mapping[int, frozenset[str]]) -> list[Told]:
    """The dated claims, in their order: who speaks is told by all that is said of one day."""
    days: dict[dt.date, list[RowMapping]] = defaultdict(list)
    for row in rows:
        day = known_in(row)
        if day is not None:
            days[day].append(row)
    voices: dict[int, Voice] = {}
    for of_day in days.values():
        voices |= heard(of_day, names) if len(of_day) > 1 else {of_day[0]["id"]: NOBODY}
    return [as_told(row, voices[row["id"]]) for row in rows if row["id"] in voices]


def parts_of(connection: Connection, wholes: Collection[RowMapping]) -> Iterator[tuple[int, Clash]]:
    """The parts told in one article that do not fit into one of these claims, each with its series."""
    by_key = {int(row["id"]): row for row in wholes}
    of_whole: dict[int, list[RowMapping]] = defaultdict(list)
    told = connection.execute(_PARTS, {"keys": json.dumps(sorted(by_key))}).scalars()
    for row in counted_once(told_where(connection, "id", told)):
        if row["relation"] == "value" and row["unit"] not in ("%", "share"):
            of_whole[row["part_of_id"]].append(row)
    for key, rows in of_whole.items():
        whole = by_key[key]
        parts_told = {row["uid"]: row for row in rows}
        said = [
            Part(
                as_told(row, NOBODY),
                part_named(row["unit"] or ""),
                is_listed(row["quote"], whole["phrase"], row["phrase"]),
            )
            for row in parts_told.values()
        ]
        for what, wrong in misfits(as_told(whole, NOBODY), said):
            those = [parts_told[part.told.uid] for part in wrong]
            uid = uid_of("parts", whole["uid"], *(row["uid"] for row in those))
            sentence = parts_explained(what, whole, those)
            keys = (key, *(int(row["id"]) for row in those))
            yield int(whole["series_id"]), Clash(uid, "parts", sentence, keys)


def multiples_of(
    connection: Connection,
    rows_of: Mapping[int, Sequence[RowMapping]],
    bounds_of: Mapping[int, Sequence[Bound]],
) -> Iterator[tuple[int, Clash]]:
    """The figures of series that do not fit what multiples of others (`bounds_of`) make of them.

    `rows_of` are the claims of each series, at least those of the times of these bounds.
    """
    keys = {key for bounds in bounds_of.values() for bound in bounds for key in (bound.ratio, bound.level)}
    said = {row["id"]: row for row in told_where(connection, "id", keys)}
    for series, bounds in bounds_of.items():
        figures = {row["uid"]: row for row in counted_once(rows_of.get(series, ()))} if bounds else {}
        told = [as_told(row, NOBODY) for row in figures.values()]
        for bound in bounds:
            wrong = misfit(bound, told)
            if wrong is not None and bound.ratio in said and bound.level in said:
                figure, ratio, level = figures[wrong.uid], said[bound.ratio], said[bound.level]
                uid = uid_of("baseline", ratio["uid"], figure["uid"])
                sentence = multiple_explained(bound.said, ratio, level, figure)
                claims = dict.fromkeys((int(ratio["id"]), int(level["id"]), int(figure["id"])))
                yield series, Clash(uid, "baseline", sentence, tuple(claims))
