"""What people concluded, and what has become of the claims that they concluded it from."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import RowMapping

from kb.query.answer import Answer
from kb.query.filters import Filter
from kb.query.rows import Assessment
from kb.query.select import selected
from kb.store import Store, parts

_ASSESSMENTS = """
    SELECT made.*, EXISTS (SELECT 1 FROM assessment AS later WHERE later.withdraws = made.uid) AS is_withdrawn
    FROM assessment AS made
    WHERE made.withdraws IS NULL
    ORDER BY made.recorded_at DESC, made.id DESC"""
# A claim as it counts now, with the series that it is in; one that was rejected is in none.
_NOW = """
    SELECT DISTINCT figures.uid, figures.phrase, figures.publisher, figures.title, figures.date,
        figures.earliest, figures.latest, figures.status, claim.series_id, series.uid AS series_uid,
        series.place, measure.name, measure.unit
    FROM figures
    JOIN article ON article.uid = figures.article_uid
    JOIN revision ON revision.article_id = article.id
    JOIN current_reading ON current_reading.revision_id = revision.id
    JOIN claim ON claim.uid = figures.uid AND claim.revision_id = revision.id
        AND claim.run_id = current_reading.run_id
    LEFT JOIN series ON series.id = claim.series_id
    LEFT JOIN measure ON measure.id = series.measure_id
    WHERE {0}
    ORDER BY figures.uid"""
_REVIEWED = """
    SELECT fact, verdict, "by", max(recorded_at) AS recorded_at FROM review WHERE {0} GROUP BY fact"""
# The readings of a claim, the newest first: what it said in each.
_READ = """
    SELECT claim.uid, reading.recorded_at, claim.comparator, claim.low, claim.high, claim.unit,
        claim.measure, claim.place, claim.date
    FROM claim
    JOIN reading ON reading.revision_id = claim.revision_id AND reading.run_id = claim.run_id
    JOIN run ON run.id = claim.run_id
    WHERE run.tool IS NOT NULL AND {0}
    ORDER BY reading.recorded_at DESC, claim.id DESC"""


def assessments(
    store: Store, *, series: Iterable[int] | None = None, withdrawn: bool = True
) -> Answer[Assessment]:
    """What people concluded, the newest first, each with what makes it stale; of some series, or of all.

    `series` are keys of rows. With `withdrawn` what was taken back is told too, and marked so.
    """
    made = [row for row in selected(store, _ASSESSMENTS, Filter()) if withdrawn or not row["is_withdrawn"]]
    if not made:
        return Answer((), Assessment)
    treated = _treated(store)
    wanted = None if series is None else set(series)
    claims = {claim for row in made for claim in treated[row["id"]]}
    current = _by_uid(_asked(store, _NOW, "claim.uid", claims))
    reviewed = {row["fact"]: row for row in _asked(store, _REVIEWED, "fact", claims)}
    read: dict[str, list[RowMapping]] = defaultdict(list)
    for row in _asked(store, _READ, "claim.uid", claims):
        read[row["uid"]].append(row)
    homes = {row["id"]: _home(treated[row["id"]], current) for row in made}
    here: dict[int, list[RowMapping]] = defaultdict(list)
    keys = {home["series_id"] for home in homes.values() if home is not None}
    for row in _asked(store, _NOW, "claim.series_id", keys):
        here[row["series_id"]].append(row)
    found = []
    for row in made:
        home = homes[row["id"]]
        if wanted is not None and (home is None or home["series_id"] not in wanted):
            continue
        stale = [
            *_changed(row, treated[row["id"]], home, current, reviewed, read),
            *(_arrived(row, treated[row["id"]], here[home["series_id"]]) if home is not None else ()),
        ]
        found.append(_assessment(row, treated[row["id"]], home, tuple(stale)))
    return Answer(found, Assessment)


def _assessment(
    row: RowMapping, treated: Mapping[str, str], home: RowMapping | None, stale: tuple[str, ...]
) -> Assessment:
    days = {name: dt.date.fromisoformat(row[name]) if row[name] else None for name in ("earliest", "latest")}
    place = f" in {home['place']}" if home is not None and home["place"] else ""
    return Assessment(
        uid=row["uid"],
        series=home["series_uid"] if home is not None else None,
        heading=f"{home['name']}{place}" if home is not None else None,
        unit=home["unit"] if home is not None else None,
        date=row["date"],
        **days,
        low=row["low"],
        best=row["best"],
        high=row["high"],
        rule=row["rule"],
        provisional=bool(row["provisional"]),
        used=tuple(sorted(uid for uid, how in treated.items() if how == "used")),
        set_aside=tuple(sorted(uid for uid, how in treated.items() if how != "used")),
        stale=stale,
        by=row["by"],
        recorded_at=row["recorded_at"],
        note=row["note"],
        withdrawn=bool(row["is_withdrawn"]),
    )


def _changed(
    row: RowMapping,
    treated: Mapping[str, str],
    home: RowMapping | None,
    current: Mapping[str, RowMapping],
    reviewed: Mapping[str, RowMapping],
    read: Mapping[str, list[RowMapping]],
) -> Iterable[str]:
    """What happened to the claims of an assessment since it was made, a sentence each."""
    for uid in sorted(treated):
        claim, review = current.get(uid), reviewed.get(uid)
        if review is not None and review["recorded_at"] > row["recorded_at"]:
            verdict = "taken back" if review["verdict"] == "withdrawn" else review["verdict"]
            yield f"{_named(uid, claim)}: a review by {review['by']} ({verdict})"
        elif claim is None:
            yield f"{_named(uid, claim)}: gone from the base, or read as something else"
        elif home is not None and claim["series_id"] != home["series_id"]:
            yield f"{_named(uid, claim)}: in another series now"
        elif _is_read_otherwise(read[uid], row["recorded_at"]):
            yield f"{_named(uid, claim)}: read otherwise now"


def _arrived(row: RowMapping, treated: Mapping[str, str], claims: Iterable[RowMapping]) -> Iterable[str]:
    """The claims of the series for that time that the assessment does not know."""
    for claim in claims:
        if claim["uid"] not in treated and claim["status"] != "rejected" and _overlap(row, claim):
            yield f"{_named(claim['uid'], claim)}: came in since"


def _is_read_otherwise(readings: list[RowMapping], recorded_at: str) -> bool:
    """Whether the newest reading of a claim says something else than the last one before a moment."""
    before = [reading for reading in readings if reading["recorded_at"] <= recorded_at]
    return bool(before) and tuple(before[0].values())[2:] != tuple(readings[0].values())[2:]


def _named(uid: str, claim: RowMapping | None) -> str:
    if claim is None:
        return uid
    where = claim["publisher"] or claim["title"]
    source = ", ".join(part for part in (where, claim["date"]) if part)
    return f"{uid} “{claim['phrase']}”" + (f" ({source})" if source else "")


def _overlap(row: RowMapping, claim: RowMapping) -> bool:
    if claim["date"] is None:
        return False
    starts = row["earliest"] is None or claim["latest"] is None or claim["latest"] >= row["earliest"]
    return starts and (
        row["latest"] is None or claim["earliest"] is None or claim["earliest"] <= row["latest"]
    )


def _home(treated: Mapping[str, str], current: Mapping[str, RowMapping]) -> RowMapping | None:
    """The series in which most of the claims are now: uids of series change when claims come in."""
    there = [current[uid] for uid in sorted(treated) if uid in current and current[uid]["series_id"]]
    counts = Counter(row["series_id"] for row in there)
    return min(there, key=lambda row: (-counts[row["series_id"]], row["series_uid"])) if there else None


def _treated(store: Store) -> Mapping[int, dict[str, str]]:
    """The claims of every assessment, and whether it used them."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for row in selected(store, "SELECT assessment_id, claim, treatment FROM assessment_claim", Filter()):
        found[row["assessment_id"]][row["claim"]] = row["treatment"]
    return found


def _by_uid(rows: Iterable[RowMapping]) -> dict[str, RowMapping]:
    return {row["uid"]: row for row in rows}


def _asked(store: Store, query: str, column: str, values: Iterable[str | int]) -> list[RowMapping]:
    found: list[RowMapping] = []
    for part in parts(sorted(values)):
        asked = Filter()
        asked.among(column, part)
        found += selected(store, query.format(asked.where), asked)
    return found
