"""What people conclude: one's own figure for a series and a time, with the rule that gave it.

It is never a source. All claims of the series for that time are named in it, as used or as set aside: so
it is known which came later. A series may get another uid when claims come in; an assessment finds it by
its claims.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, RowMapping, select, text

from kb.dates import parse_interval
from kb.desk.called import decision_uid
from kb.desk.person import person
from kb.errors import ParseError, UsageError
from kb.model.plain import folded
from kb.model.tables import AssessmentClaimRow, AssessmentRow, now, table_of
from kb.model.values import Interval
from kb.resolve.keys.names import folded_name
from kb.store import Store, insert_rows, next_id
from kb.store.facts import interval_columns

_ASSESSMENT = table_of(AssessmentRow)
_MANY = 12  # series to choose from in a message
_SERIES = """
    SELECT series.id, series.uid, series.place, series.place_entity_id, measure.name, measure.unit
    FROM series JOIN measure ON measure.id = series.measure_id"""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What somebody concludes: the lowest, best and highest value for a time, and by which rule.

    `date` is written as elsewhere: 2026-02, 2026-02-28, since 2020. `used` and `set_aside` are uids of
    claims; if one of them is empty, the other claims of the series for that time are in it.
    """

    date: str
    rule: str
    low: float | None = None
    best: float | None = None
    high: float | None = None
    used: Collection[str] = ()
    set_aside: Collection[str] = ()
    is_provisional: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Assessed:
    """An assessment as it was appended: its uid, that of its series, and its claims."""

    uid: str
    series: str
    used: tuple[str, ...] = field(default=())
    set_aside: tuple[str, ...] = field(default=())


def assess(
    store: Store, series: str, conclusion: Conclusion, *, place: str | None = None, by: str | None = None
) -> Assessed:
    """Append a figure of one's own for a series, given by its uid, that of a claim of it, or by its words.

    Raises:
        UsageError: no series is meant, or several are; the values are in no order, the date is none, or
            a claim is not of the series; nothing of the series is of that time and none of it is used.
        StoreError: the base cannot be written.
    """
    _check(conclusion)
    interval = _interval(conclusion.date)
    with store.transaction() as connection:
        row = series_named(connection, series, place)
        used, set_aside = _claims(connection, row["id"], conclusion, interval)
        made = Assessed(_new_uid(connection, row["uid"], conclusion, by), row["uid"], used, set_aside)
        values = {
            "low": conclusion.low,
            "best": conclusion.best,
            "high": conclusion.high,
            "rule": folded(conclusion.rule),
            "provisional": conclusion.is_provisional,
            **interval_columns(interval),
        }
        _append(connection, made, values, None, by, conclusion.note)
    return made


def withdraw_assessment(store: Store, uid: str, *, by: str | None, note: str | None = None) -> Assessed:
    """Take an assessment back; it is told no more.

    Raises:
        UsageError: no assessment that stands has the uid.
        StoreError: the base cannot be written.
    """
    with store.transaction() as connection:
        query = select(_ASSESSMENT).where(_ASSESSMENT.c.uid == uid, _ASSESSMENT.c.withdraws.is_(None))
        row = connection.execute(query).mappings().one_or_none()
        gone = select(_ASSESSMENT.c.id).where(_ASSESSMENT.c.withdraws == uid)
        if row is None or connection.execute(gone).first():
            raise UsageError(f"no assessment that stands has the uid {uid}: kb assess --list has them")
        made = Assessed(
            decision_uid(connection, AssessmentRow, "assessment", "withdrawn", uid, by=by), row["series"]
        )
        nothing = dict.fromkeys(("low", "best", "high"))
        values = {**nothing, "rule": row["rule"], "provisional": False, **interval_columns(None)}
        _append(connection, made, values, uid, by, note)
    return made


def series_named(connection: Connection, said: str, place: str | None) -> RowMapping:
    """The one series that has a uid, or a claim of it, or whose measure has the words, at a place.

    Raises:
        UsageError: there is none, or more than one.
    """
    condition = """
        WHERE series.uid = :said
            OR series.id IN (SELECT series_id FROM claim WHERE uid = :said AND series_id IS NOT NULL)"""
    found = connection.execute(text(_SERIES + condition), {"said": said}).mappings().all()
    if not found:
        found = _in_words(connection, said, place)
    if len(found) == 1:
        return found[0]
    if not found:
        where = f" in {place}" if place else ""
        raise UsageError(f"no series has the uid or the words {said!r}{where}: kb series shows them")
    listed = ", ".join(f"{row['uid']} ({_heading(row)})" for row in found[:_MANY])
    raise UsageError(f"{said!r} fits {len(found)} series, say which by its uid or --place: {listed}")


def _in_words(connection: Connection, said: str, place: str | None) -> Sequence[RowMapping]:
    """The series whose measure is called just so, else those whose measure has all the words."""
    words = folded_name(said).split()
    rows = (
        connection.execute(text(f"{_SERIES} ORDER BY measure.name, series.place, series.uid"))
        .mappings()
        .all()
    )
    if place is not None:
        key = folded_name(place)
        named = text("SELECT entity_id FROM name WHERE key = :key")
        entities = set(connection.execute(named, {"key": key}).scalars())
        rows = [
            row
            for row in rows
            if row["place_entity_id"] in entities or folded_name(row["place"] or "") == key
        ]
    exact = [row for row in rows if folded_name(row["name"]).split() == words]
    return exact or [row for row in rows if words and set(words) <= set(folded_name(row["name"]).split())]


def _claims(
    connection: Connection, series: int, conclusion: Conclusion, interval: Interval
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The claims used and set aside: those named, and all others of the series for that time."""
    query = text("""
        SELECT DISTINCT figures.uid, figures.earliest, figures.latest, figures.date FROM figures
        JOIN claim ON claim.uid = figures.uid
        WHERE claim.series_id = :series AND figures.status <> 'rejected'""")
    rows = connection.execute(query, {"series": series}).mappings().all()
    ours = {row["uid"] for row in rows}
    used, set_aside = set(conclusion.used), set(conclusion.set_aside)
    for uid in sorted((used | set_aside) - ours):
        raise UsageError(f"no figure of the series has the uid {uid}: kb series --json lists those that do")
    for uid in sorted(used & set_aside):
        raise UsageError(f"{uid} cannot be used and set aside: name it once")
    others = {row["uid"] for row in rows if _is_of(row, interval)} - used - set_aside
    if used:
        set_aside |= others
    else:
        used = others
    if not used:
        raise UsageError(
            f"nothing of the series is of {conclusion.date}: say with --used which of its figures it rests on"
        )
    return tuple(sorted(used)), tuple(sorted(set_aside))


def _is_of(row: RowMapping, interval: Interval) -> bool:
    """Whether a claim is of a time that overlaps the interval; as the views have it, in ISO days."""
    if row["date"] is None:
        return False
    starts = (
        interval.earliest is None or row["latest"] is None or row["latest"] >= interval.earliest.isoformat()
    )
    ends = (
        interval.latest is None or row["earliest"] is None or row["earliest"] <= interval.latest.isoformat()
    )
    return starts and ends


def _check(conclusion: Conclusion) -> None:
    values = [value for value in (conclusion.low, conclusion.best, conclusion.high) if value is not None]
    if not values:
        raise UsageError("an assessment has a value: give --best, or --low and --high")
    if not all(map(math.isfinite, values)):
        raise UsageError("a value of an assessment is a finite number: leave out the end that is open")
    if values != sorted(values):
        raise UsageError("the lowest value comes before the best, and the best before the highest")
    if not folded(conclusion.rule):
        raise UsageError("an assessment has a rule or a reason: say it with --rule")


def _interval(date: str) -> Interval:
    try:
        return parse_interval(date)
    except ParseError as error:
        raise UsageError(str(error)) from error


def _heading(row: RowMapping) -> str:
    return f"{row['name']} in {row['place']}" if row["place"] else str(row["name"])


def _new_uid(connection: Connection, series: str, conclusion: Conclusion, by: str | None) -> str:
    values = (str(value) for value in (conclusion.low, conclusion.best, conclusion.high))
    said = ("assessment", series, conclusion.date, *values, folded(conclusion.rule))
    return decision_uid(connection, AssessmentRow, *said, by=by)


def _append(
    connection: Connection,
    made: Assessed,
    values: dict[str, object],
    withdraws: str | None,
    by: str | None,
    note: str | None,
) -> None:
    key = next_id(connection, AssessmentRow)
    row = {"id": key, "uid": made.uid, "series": made.series, "withdraws": withdraws}
    row |= {"by": person(by), "recorded_at": now(), "note": note, **values}
    insert_rows(connection, AssessmentRow, [row])
    first = next_id(connection, AssessmentClaimRow)
    named = [(uid, "used") for uid in made.used] + [(uid, "set aside") for uid in made.set_aside]
    rows = [
        {"id": first + i, "assessment_id": key, "claim": uid, "treatment": treatment}
        for i, (uid, treatment) in enumerate(named)
    ]
    insert_rows(connection, AssessmentClaimRow, rows)
