"""Measures that may be one and that nothing joins: "prisoners" beside "political prisoners" of one country.

The words of the one are among those of the other, both are counted in one state at one place, and near in
time there is a number that both can mean. Who says more words may mean a part of the others, so nothing is
joined: where one text tells both with numbers that differ, they are two things. Measures of mere people, and
those of women, children or soldiers among them, are wholes and parts (`kb.resolve.series.subgroups`); but of
people who are held nobody may have said what for.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from sqlalchemy import Connection, RowMapping, text

from kb.resolve.keys.measures import HELD
from kb.resolve.keys.names import folded_place
from kb.resolve.keys.nouns import PEOPLE
from kb.resolve.relations.counting import known_on
from kb.resolve.relations.pairs import allowed
from kb.resolve.relations.told import COUNTED, OPEN, day_of

REACH = dt.timedelta(92)  # between the days of two counts that may be one
OPEN_END = 2.0  # as many times its bound a number may be of which only one is told: "over 1,000"
_MORE = 2  # words that the one may have more than the other
_MOST_WORDS = 200  # by which SQLite narrows what it looks at; "" stands in every key
_SERIES = """
    SELECT series.id, series.uid, series.measure_id, series.place, series.place_entity_id, series.part_of_id,
        measure.uid AS measure_uid, measure.name, measure.kind, group_key.key
    FROM {}
    CROSS JOIN series ON series.id = asked.value AND series.place IS NOT NULL
    CROSS JOIN measure ON measure.id = series.measure_id
    CROSS JOIN group_key INDEXED BY ix_group_key_thing
        ON group_key.kind = 'measure' AND group_key.thing_id = series.measure_id
    {}
    ORDER BY series.id, group_key.key"""
_ALL = text(_SERIES.format("(SELECT id AS value FROM series) AS asked", ""))
_ASKED = text(_SERIES.format("json_each(:keys) AS asked", ""))
_WRITTEN = text("SELECT DISTINCT place FROM series WHERE place_entity_id IS NULL AND place IS NOT NULL")
# Which lines are beside others is told by SQLite: a country has thousands of series.
_BESIDE = text(
    _SERIES.format(
        """(
        SELECT series.id AS value FROM json_each(:entities) AS place
        CROSS JOIN series ON series.place_entity_id = place.value
        UNION ALL
        SELECT id FROM series
        WHERE place_entity_id IS NULL AND place IN (SELECT value FROM json_each(:written))
    ) AS asked""",
        "WHERE EXISTS (SELECT 1 FROM json_each(:words) AS word WHERE instr(group_key.key, word.value) > 0)",
    )
)
_CLAIMS = text("""
    SELECT claim.series_id, claim.revision_id,
        nullif(coalesce(correction.comparator, claim.comparator), '') AS comparator,
        CAST(nullif(coalesce(correction.low, claim.low), '') AS REAL) AS low,
        CAST(nullif(coalesce(correction.high, claim.high), '') AS REAL) AS high,
        nullif(coalesce(correction.earliest, claim.earliest), '') AS earliest,
        nullif(coalesce(correction.latest, claim.latest), '') AS latest,
        coalesce(correction.stance, claim.stance) AS stance, claim.status, revision.published,
        phrase.folded AS phrase, sentence.folded AS quote
    FROM json_each(:keys) AS asked
    CROSS JOIN claim ON claim.series_id = asked.value AND claim.relation = 'value'
    JOIN revision ON revision.id = claim.revision_id
    JOIN span AS phrase ON phrase.id = claim.phrase_span_id
    JOIN span AS sentence ON sentence.id = claim.sentence_span_id
    LEFT JOIN correction ON correction.fact = claim.uid
    ORDER BY claim.uid, claim.id""")
_DECIDED = text("""
    SELECT a.measure_id AS a, b.measure_id AS b FROM identity_decision AS made
    JOIN claim AS a ON a.uid = made.uid_a JOIN claim AS b ON b.uid = made.uid_b
    WHERE made.kind = 'measure' AND made.verdict <> 'withdrawn' AND NOT EXISTS (
        SELECT 1 FROM identity_decision AS later WHERE later.withdraws = made.uid)""")


@dataclass(frozen=True, slots=True)
class Line:
    """A series with what its measure is called by: the words, and what two of them must share.

    `names` are pairs of both, one for each key of the measure.
    """

    key: int
    uid: str
    measure: int
    measure_uid: str
    heading: str
    at: tuple[int | None, str | None]
    part_of: int | None
    names: frozenset[tuple[tuple[str, ...], frozenset[str]]]


@dataclass(frozen=True, slots=True)
class Count:
    """A figure of a series: the least and the most that it may mean, when, and where it stands."""

    revision: int
    least: float
    most: float
    first: dt.date
    last: dt.date
    phrase: str
    quote: str

    def may_be(self, other: Count) -> bool:
        """Whether one number can be what both say."""
        return max(self.least, other.least) <= min(self.most, other.most)

    def apart(self, other: Count) -> dt.timedelta:
        """The time between both; nothing where they overlap."""
        return max(self.first - other.last, other.first - self.last, dt.timedelta(0))


@dataclass(frozen=True, slots=True)
class Alike:
    """Two series that may count one thing, the one with fewer words first, by the figures that say so."""

    a: Line
    b: Line
    said_a: Count
    said_b: Count
    score: float

    @property
    def explanation(self) -> str:
        """Why, in a sentence with both quotes."""
        told = [f"“{said.phrase}” ({_days(said)}): “{said.quote}”" for said in (self.said_a, self.said_b)]
        return f"near in time both may be one number: {told[0]}; {told[1]}"


def alike_measures(connection: Connection) -> tuple[Alike, ...]:
    """All pairs of measures of a base that may be one, each at the place where that is likeliest; best first.

    What was decided on is left out.
    """
    best: dict[frozenset[int], Alike] = {}
    for pair in _found(connection, _lines(connection.execute(_ALL).mappings())):
        best.setdefault(frozenset((pair.a.measure, pair.b.measure)), pair)
    return tuple(best.values())


def near_series(connection: Connection, series: Collection[int]) -> dict[int, tuple[Alike, ...]]:
    """For each of these series those at its place that may count the same, the likeliest first."""
    if not series:
        return {}
    own = _lines(connection.execute(_ASKED, {"keys": json.dumps(sorted(series))}).mappings())
    places = {line.at for line in own}
    written = {name for _, name in places if name is not None}
    spelled = connection.execute(_WRITTEN).scalars() if written else ()
    words = sorted(set(_words_shared(own)))
    asked = {
        "entities": sorted(entity for entity, _ in places if entity is not None),
        "written": sorted(place for place in spelled if folded_place(place) in written),
        "words": words if len(words) <= _MOST_WORDS else [""],
    }
    rows = connection.execute(_BESIDE, {name: json.dumps(told) for name, told in asked.items()}).mappings()
    found: dict[int, list[Alike]] = defaultdict(list)
    for pair in _found(connection, _lines(rows), set(series)):
        for line in (pair.a, pair.b):
            found[line.key].append(pair)
    return {key: tuple(found[key]) for key in series}


def _words_shared(lines: Iterable[Line]) -> Iterator[str]:
    """What stands in the key of a measure that may be one with one of these: at least one of it."""
    for line in lines:
        for (state, *_), words in line.names:
            yield from words if state != HELD else (f"|{HELD}|",)


def _found(connection: Connection, lines: Sequence[Line], among: Collection[int] = ()) -> list[Alike]:
    """The pairs of lines that may count one thing, the likeliest first; of each one of `among`, if given."""
    decided = {frozenset(row) for row in connection.execute(_DECIDED)}
    pairs = [
        (a, b)
        for a, b in _worded_alike(lines)
        if frozenset((a.measure, b.measure)) not in decided
        and a.key != b.part_of
        and b.key != a.part_of
        and (not among or a.key in among or b.key in among)
    ]
    counts = _counts(connection, {line.key for pair in pairs for line in pair})
    found = [alike for a, b in pairs if (alike := _alike(a, b, counts[a.key], counts[b.key])) is not None]
    return sorted(found, key=lambda alike: (-alike.score, alike.a.uid, alike.b.uid))


def _alike(a: Line, b: Line, of_a: Sequence[Count], of_b: Sequence[Count]) -> Alike | None:
    """Both lines with the two figures nearest in time that may be one; None where a text tells them apart."""
    near = [(one, other) for one, other in product(of_a, of_b) if one.apart(other) <= REACH]
    if any(one.revision == other.revision and not one.may_be(other) for one, other in near):
        return None
    fitting = [pair for pair in near if pair[0].may_be(pair[1]) and pair[0].revision != pair[1].revision]
    if not fitting:
        return None
    one, other = min(fitting, key=lambda pair: pair[0].apart(pair[1]))
    words = max((1 + len(mine)) / (1 + len(theirs)) for mine, theirs in _among(a, b))
    return Alike(a, b, one, other, round(words * (1 - one.apart(other) / (2 * REACH)), 3))


def _worded_alike(lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """The pairs of lines at one place of which the words of the first are among those of the second."""
    by_word: dict[tuple[Any, ...], set[int]] = defaultdict(set)
    for i, line in enumerate(lines):
        for shared, words in line.names:
            for word in ("", *words):
                by_word[line.at, shared, word].add(i)
    seen: set[tuple[int, int]] = set()
    for i, line in enumerate(lines):
        for shared, words in line.names:
            told = [by_word[line.at, shared, word] for word in words or ("",)]
            for other in set.intersection(*told) - {i}:
                if (i, other) not in seen and any(_among(line, lines[other])):
                    seen.add((i, other))
                    yield line, lines[other]


def _among(a: Line, b: Line) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """The names of two lines of which the first has some words of the second, and no others."""
    for (shared, words), (also, more) in product(a.names, b.names):
        if shared == also and words < more and len(more - words) <= _MORE:
            yield words, more


def _lines(rows: Iterable[RowMapping]) -> list[Line]:
    by_series: dict[int, list[RowMapping]] = defaultdict(list)
    for row in rows:
        by_series[row["id"]].append(row)
    found = []
    for key, told in by_series.items():
        row = told[0]
        written = folded_place(row["place"]) if row["place_entity_id"] is None else None
        names = frozenset(name for one in told if (name := _name(one["key"])) is not None)
        about = row["uid"], row["measure_id"], row["measure_uid"], f"{row['name']} in {row['place']}"
        at = row["place_entity_id"], written
        found.append(Line(key, *about, at, row["part_of_id"], names))
    return found


def _name(key: str) -> tuple[tuple[str, ...], frozenset[str]] | None:
    """What two measures must share, and the words of one of them, of a key of `Measured`; None for people."""
    fields = key.split("|")
    if fields[0] == "words" and len(fields) == 3:
        return ("", "", fields[2]), frozenset(fields[1].split())
    if len(fields) != 4:
        return None
    words = frozenset(fields[0].split()) - {PEOPLE}
    return ((fields[1], fields[2], fields[3]), words) if words or fields[1] == HELD else None


def _counts(connection: Connection, series: Collection[int]) -> Mapping[int, list[Count]]:
    """The figures of series that say what is, and when."""
    found: dict[int, list[Count]] = defaultdict(list)
    for row in connection.execute(_CLAIMS, {"keys": json.dumps(sorted(series))}).mappings():
        time = day_of(row["earliest"]), day_of(row["latest"])
        last = known_on("up to", *time, row["published"])
        if last is None or row["stance"] not in COUNTED or row["status"] in OPEN:
            continue
        least, most = allowed(row["comparator"], row["low"], row["high"])
        if row["high"] is None:
            most = OPEN_END * least
        elif row["low"] is None:
            least = most / OPEN_END
        first = time[0] if time[0] is not None and time[1] is not None else last
        said = row["phrase"], row["quote"]
        found[row["series_id"]].append(Count(row["revision_id"], least, most, first, last, *said))
    return found


def _days(count: Count) -> str:
    return count.last.isoformat() if count.first == count.last else f"{count.first} to {count.last}"
