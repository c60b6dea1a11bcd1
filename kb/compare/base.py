"""The base as a comparison asks it: its series with their words, and the claims that stand in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import RowMapping, text

from kb.query.rows import Figure
from kb.query.select import typed
from kb.resolve.conflicts import COUNTED, OPEN, told_claims, told_where
from kb.resolve.keys import folded_name
from kb.resolve.relations import Told
from kb.resolve.things import HELD
from kb.store import Store

_LINES = """
    SELECT series.id, series.place, series.place_entity_id, measure.id AS measure_id, measure.name,
        measure.unit, measure.kind, group_key."key"
    FROM series
    JOIN measure ON measure.id = series.measure_id
    LEFT JOIN group_key ON group_key.kind = 'measure' AND group_key.thing_id = measure.id
    ORDER BY series.id"""
# Of the series in which a number stands, as it was extracted or as somebody corrected it.
_WITH_NUMBER = """
    SELECT series_id FROM claim WHERE series_id IS NOT NULL AND ({0})
    UNION
    SELECT claim.series_id FROM claim
    JOIN corrected_claim AS corrected ON corrected.id = claim.id
    WHERE claim.series_id IS NOT NULL AND claim.uid IN (SELECT fact FROM correction) AND ({1})"""


@dataclass(frozen=True, slots=True)
class Line:
    """A series: one measure at one place. `keys` are those of the measure, without those that a
    decision holds from joining; `words` and `unit` are what the measure is told in.
    """

    id: int
    measure_id: int
    name: str
    unit: str
    kind: str | None
    place: str | None
    place_entity: int | None
    keys: frozenset[str]
    words: frozenset[str]

    @property
    def heading(self) -> str:
        """The measure with its place."""
        return f"{self.name} in {self.place}" if self.place else self.name


@dataclass(frozen=True, slots=True)
class Stored:
    """A claim of the base that stands and that nobody rejected; `is_count` tells that it says what is."""

    figure: Figure
    told: Told
    line: Line
    is_count: bool
    date_basis: str | None
    speaker: int | None
    publisher: int | None


class Base:
    """What is asked of a base while one draft is compared; every series is read once."""

    def __init__(self, store: Store) -> None:
        self._connection = store.connection
        self.lines = tuple(self._lines())
        self._claims: dict[int, list[Stored]] = {}

    def claims(self, lines: Iterable[Line]) -> list[Stored]:
        """The claims of these series."""
        wanted = {line.id: line for line in lines}
        missing = wanted.keys() - self._claims.keys()
        if missing:
            rows = told_where(self._connection, "series_id", missing)
            told = told_claims(self._connection, rows)
            read: dict[int, dict[tuple[str, str], Stored]] = defaultdict(dict)
            for row in rows:
                if row["status"] != "rejected":
                    claim = _stored(row, told[row["id"]], wanted[row["series_id"]])
                    read[row["series_id"]][row["uid"], row["article_uid"]] = claim
            self._claims.update({line: list(read[line].values()) for line in missing})
        return [claim for line in wanted for claim in self._claims[line]]

    def with_number(self, numbers: Iterable[float]) -> list[Line]:
        """The series in which one of the numbers stands, whatever they are about."""
        names = {f"number_{i}": number for i, number in enumerate(sorted(set(numbers)))}
        if not names:
            return []
        listed = ", ".join(f":{name}" for name in names)
        conditions = (
            f"{prefix}low IN ({listed}) OR {prefix}high IN ({listed})" for prefix in ("", "corrected.")
        )
        found = set(self._connection.execute(text(_WITH_NUMBER.format(*conditions)), names).scalars())
        return [line for line in self.lines if line.id in found]

    def _lines(self) -> Iterable[Line]:
        rows: dict[int, list[RowMapping]] = defaultdict(list)
        for row in self._connection.execute(text(_LINES)).mappings():
            rows[row["id"]].append(row)
        for first, *others in rows.values():
            keys = [row["key"] for row in (first, *others) if row["key"]]
            yield Line(
                id=first["id"],
                measure_id=first["measure_id"],
                name=first["name"],
                unit=unit_of(keys, first["unit"]),
                kind=first["kind"],
                place=first["place"],
                place_entity=first["place_entity_id"],
                keys=frozenset(key for key in keys if not key.startswith(HELD)),
                words=words_of(keys, first["name"]),
            )


def words_of(keys: Iterable[str], name: str) -> frozenset[str]:
    """The words of a measure: those of its keys, without its unit, else those of its name."""
    parts = [key.removeprefix(HELD).split("|") for key in keys]
    found = {word for part in parts for word in " ".join(part[:-1]).split()} - {"words"}
    return frozenset(found or folded_name(name).split())


def unit_of(keys: Iterable[str], unit: str) -> str:
    """The unit of a measure as its keys have it."""
    return next((key.rsplit("|", 1)[-1] for key in sorted(keys)), folded_name(unit) or unit)


def _stored(row: RowMapping, told: Told, line: Line) -> Stored:
    return Stored(
        figure=typed(Figure, row),
        told=told,
        line=line,
        is_count=row["stance"] in COUNTED and row["said_status"] not in OPEN,
        date_basis=row["date_basis"],
        speaker=row["speaker_entity"],
        publisher=row["publisher_entity"],
    )
