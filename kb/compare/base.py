"""The base as a comparison asks it: its series with their words, and the claims that stand in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import RowMapping, text

from kb.query.rows import Figure
from kb.query.select import typed
from kb.resolve.keys.names import folded_name
from kb.resolve.relations.pairs import Told
from kb.resolve.relations.told import COUNTED, OPEN, told_claims, told_where
from kb.resolve.things.stored import HELD
from kb.store import Store, parts

_LINES = """
    SELECT series.id, series.place, series.place_entity_id, measure.id AS measure_id, measure.name,
        measure.unit, measure.kind, group_key."key"
    FROM series
    JOIN measure ON measure.id = series.measure_id
    LEFT JOIN group_key ON group_key.kind = 'measure' AND group_key.thing_id = measure.id
    ORDER BY series.id"""
# The series in which numbers stand, as they were extracted or as somebody corrected them.
_WITH_NUMBERS = """
    SELECT series_id, low, high FROM claim WHERE series_id IS NOT NULL AND (low IN ({0}) OR high IN ({0}))
    UNION
    SELECT claim.series_id, corrected.low, corrected.high FROM claim
    JOIN corrected_claim AS corrected ON corrected.id = claim.id
    WHERE claim.series_id IS NOT NULL AND claim.uid IN (SELECT fact FROM correction)"""


@dataclass(frozen=True, slots=True, eq=False)  # one object a series: told apart by what it is
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
    """What is asked of a base while one draft is compared: every series is read once, all numbers at once.

    `by_key`, `by_unit` and `by_word` find series by what their measures are told in, the words of their
    places among it.
    """

    def __init__(self, store: Store, numbers: Iterable[float]) -> None:
        self._connection = store.connection
        self._claims: dict[int, list[Stored]] = {}
        self.by_key: dict[str, list[Line]] = defaultdict(list)
        self.by_unit: dict[str, list[Line]] = defaultdict(list)
        self.by_word: dict[str, list[Line]] = defaultdict(list)
        lines = {line.id: line for line in self._lines()}
        for line in lines.values():
            for key in line.keys:
                self.by_key[key].append(line)
            for word in line.words | place_words(line.place):
                self.by_word[word].append(line)
            self.by_unit[line.unit].append(line)
        self._with_number: dict[float, set[Line]] = defaultdict(set)
        for series, number in self._numbers(numbers):
            self._with_number[number].add(lines[series])

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
        found = {line for number in numbers for line in self._with_number.get(number, ())}
        return sorted(found, key=lambda line: line.id)

    def _numbers(self, numbers: Iterable[float]) -> Iterable[tuple[int, float]]:
        wanted = set(numbers)
        for part in parts(wanted):
            names = {f"number_{i}": number for i, number in enumerate(part)}
            listed = ", ".join(f":{name}" for name in names)
            for series, *ends in self._connection.execute(text(_WITH_NUMBERS.format(listed)), names):
                yield from ((series, end) for end in ends if end in wanted)

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
    told = [key.removeprefix(HELD).split("|")[:-1] for key in keys]
    found = {word for part in told for word in " ".join(part).split()} - {"words"}
    return frozenset(found or folded_name(name).split())


def unit_of(keys: Iterable[str], unit: str) -> str:
    """The unit of a measure as its keys have it."""
    return next((key.rsplit("|", 1)[-1] for key in sorted(keys)), folded_name(unit) or unit)


def place_words(place: str | None) -> frozenset[str]:
    """The words of a place's name, folded; none where there is no place."""
    return frozenset(folded_name(place).split()) if place else frozenset()


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
