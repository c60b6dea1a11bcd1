"""Figures that people concluded for one series and time, and spellings they list, where two of them differ.

Of each person the last word counts that stands. Two assessments differ in their values: by which rule, and
how sure, is theirs to say. Two persons differ on a spelling if they list it for two names that nothing else
makes one, or if one of them takes back what another listed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, RowMapping, text

from kb.model.show import number
from kb.resolve.doubts.judged import Disputed
from kb.resolve.keys.names import folded_name

# The series of an assessment is the one that most of the claims are in that it used.
_ASSESSMENTS = """
    SELECT made.uid, made.date, made.earliest, made.latest, made.low, made.best, made.high, made."by",
        used.claim, series.uid AS series
    FROM assessment AS made
    JOIN assessment_claim AS used ON used.assessment_id = made.id AND used.treatment = 'used'
    JOIN (SELECT DISTINCT uid, series_id FROM claim WHERE series_id IS NOT NULL) AS counted
        ON counted.uid = used.claim
    JOIN series ON series.id = counted.series_id
    WHERE made.withdraws IS NULL
        AND NOT EXISTS (SELECT 1 FROM assessment AS later WHERE later.withdraws = made.uid)
        AND EXISTS (SELECT 1 FROM assessment AS other WHERE other."by" <> made."by")
    ORDER BY made.recorded_at, made.id"""
_LISTED = """
    SELECT made.uid, made.kind, made.name, made.spelling, made."by", made.withdraws IS NULL AS lists,
        NOT EXISTS (SELECT 1 FROM alias AS later WHERE later.withdraws = made.uid) AS stands,
        (SELECT own."by" FROM alias AS own WHERE own.uid = made.withdraws) AS taken_from
    FROM alias AS made ORDER BY made.recorded_at, made.id"""
_Line = tuple[str, str]  # of a kind of entity a folded name, or a folded spelling


def disputed_assessments(connection: Connection) -> Iterator[Disputed]:
    """Series (by a claim of theirs) for which two people conclude different figures for one time."""
    rows: dict[str, list[RowMapping]] = defaultdict(list)
    for row in connection.execute(text(_ASSESSMENTS)).mappings():
        rows[row["uid"]].append(row)
    last: dict[tuple[str, ...], dict[str, RowMapping]] = defaultdict(dict)
    claims: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for found in rows.values():
        times: dict[str, int] = defaultdict(int)
        for row in found:
            times[row["series"]] += 1
        series = min(times, key=lambda one: (-times[one], one))
        made = found[0]
        about = (series, *(made[name] or "" for name in ("date", "earliest", "latest")))
        claims[about] |= {row["claim"] for row in found if row["series"] == series}
        last[about].pop(made["by"], None)
        last[about][made["by"]] = made
    for about, people in last.items():
        if len({_values(row) for row in people.values()}) > 1:
            said = "; ".join(f"{by}: {_concluded(row)}" for by, row in people.items())
            yield Disputed("assessment", (min(claims[about]),), said, list(people)[-1])


def _values(row: RowMapping) -> tuple[float | None, ...]:
    return row["low"], row["best"], row["high"]


def _concluded(row: RowMapping) -> str:
    """An assessment in words: 45 (40 to 50) for 2024."""
    low, best, high = (None if value is None else number(value) for value in _values(row))
    if low is not None and high is not None:
        ends = f"{low} to {high}"
    else:
        ends = f"at least {low}" if low is not None else f"at most {high}" if high is not None else ""
    told = f"{best} ({ends})" if best and ends else best or ends
    return f"{told} for {row['date']}" if row["date"] else told


def disputed_spellings(connection: Connection) -> Iterator[Disputed]:
    """Spellings (by a line) that two people list for different names, or one lists and another not."""
    lines: dict[tuple[str, str, str], dict[str, RowMapping]] = defaultdict(dict)
    uids: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in connection.execute(text(_LISTED)).mappings():
        kind, name, spelling = row["kind"], folded_name(row["name"]), folded_name(row["spelling"])
        people = lines[kind, name, spelling]
        people.pop(row["by"], None)
        if (row["lists"] and row["stands"]) or row["taken_from"] not in (None, row["by"]):
            people[row["by"]] = row
        if row["lists"]:
            uids[kind, spelling].add(row["uid"])
    for (kind, _, spelling), people in lines.items():
        if len({row["lists"] for row in people.values()}) > 1:
            yield _spelling(uids[kind, spelling], people)
    yield from _for_several(lines, uids)


def _for_several(
    lines: Mapping[tuple[str, str, str], Mapping[str, RowMapping]],
    uids: Mapping[tuple[str, str], set[str]],
) -> Iterator[Disputed]:
    """Spellings listed by two people for two names that nobody lists for each other."""
    standing: dict[tuple[str, str], dict[str, dict[str, RowMapping]]] = defaultdict(dict)
    tied: dict[str, set[frozenset[str]]] = defaultdict(set)
    for (kind, name, spelling), people in lines.items():
        listing = {by: row for by, row in people.items() if row["lists"]}
        if listing:
            standing[kind, spelling][name] = listing
            tied[kind].add(frozenset((name, spelling)))
    for (kind, spelling), names in standing.items():
        apart = {
            name
            for name in names
            for other in names
            if name != other
            and frozenset((name, other)) not in tied[kind]
            and names[name].keys() != names[other].keys()
        }
        if apart:
            rows = [row for name in apart for row in names[name].values()]
            said = sorted(f"{row['by']}: {row['spelling']} is {row['name']}" for row in rows)
            last = max(rows, key=lambda row: row["uid"])
            yield Disputed("spelling", (min(uids[kind, spelling]),), "; ".join(said), last["by"])


def _spelling(uids: set[str], people: Mapping[str, RowMapping]) -> Disputed:
    said = "; ".join(
        f"{by}: {row['spelling']} {'is' if row['lists'] else 'is not'} {row['name']}"
        for by, row in people.items()
    )
    return Disputed("spelling", (min(uids),), said, list(people)[-1])
