"""An event of the draft: whether the base has it, and of which day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import RowMapping, text

from kb.compare.draft import DraftEvent
from kb.compare.rows import Bearing, Comparison, Evidence, Looked, Verdict
from kb.model.tables import ReportRow, table_of
from kb.query.rows import Report
from kb.query.select import columns_of, typed
from kb.resolve.keys.names import folded_name
from kb.resolve.keys.reports import Told, event_keys
from kb.resolve.keys.telling import telling_words
from kb.resolve.things.members import told_reports
from kb.store import Store, parts

_REPORT = table_of(ReportRow)
_ANY = "2000-01-01"  # the day of which two events are told when only their dates are left to compare
_REAL = ("asserted", "alleged", "planned")
_NEAR = 366  # days within which what happens again to somebody is taken for one event told of two dates
_ALIKE = 0.6  # of the words of the shorter line that two share if they are told alike
_MANY = 5_000  # reports of one kind that are looked at, the newest first
_CANDIDATES = """
    SELECT DISTINCT report.id FROM report
    JOIN current_reading ON current_reading.revision_id = report.revision_id
        AND current_reading.run_id = report.run_id
    LEFT JOIN mention AS place ON place.id = report.place_mention_id
    LEFT JOIN participant ON participant.report_id = report.id
    LEFT JOIN mention ON mention.id = participant.mention_id
    WHERE report.kind IS :kind
        AND (
            mention.entity_id IN ({named}) OR place.entity_id IN ({named}) OR report.kind IN ({public})
            OR report.date = :date
        )
    ORDER BY report.id DESC LIMIT :most"""
_PUBLIC = ("coup", "election", "referendum", "protest")  # of a country, which their sentences may not name


@dataclass(frozen=True, slots=True)
class _Told:
    """A report of an event that may be the draft's, and how many days off; `is_wide`: it is less precise."""

    bearing: Bearing
    reason: str
    report: Report
    root: str
    apart: int
    is_wide: bool = False


def compare_event(draft: DraftEvent, store: Store, as_of: dt.date, looked: Looked) -> Comparison:
    """What the base tells of an event: the same day, another one, or nothing.

    An event of the base is the draft's if the rules of grouping would join them, were they told of one
    day: the same kind, the same people or places. What happened to a named person is contradicted by
    another date; what happens again in a place or between two is another event there.
    """
    told = [found for row, keys in _candidates(draft, store) if (found := _bearing(draft, row, keys))]
    verdict, reason = _verdict(told)
    evidence = tuple(_evidence(told, verdict))
    report = draft.report
    against = any(one.bearing == "contradicts" for one in evidence)
    return Comparison(
        kind="event",
        verdict=verdict,
        reason=reason,
        phrase=report.trigger,
        start_char=report.start_char,
        end_char=report.end_char,
        quote=report.quote,
        reading=draft.title,
        measure=None,
        place=draft.place,
        date=report.date,
        earliest=report.earliest,
        latest=report.latest,
        speaker=None,
        stance=report.stance,
        as_of=as_of,
        looked=looked,
        is_disputed=against and verdict in ("same", "compatible"),
        remarks=() if report.stance == "asserted" else (f"the draft tells it as {report.stance}",),
        evidence=evidence,
    )


def is_of_somebody(draft: DraftEvent) -> bool:
    """Whether a person is named as having taken part."""
    return any(key.startswith("person:") for _, key in draft.told.who)


def _candidates(draft: DraftEvent, store: Store) -> Iterable[tuple[RowMapping, frozenset[str]]]:
    """The reports that would be of the draft's event, were both told of one day, with the keys they share."""
    mine = _undated_keys(draft.told)
    shared: dict[str, frozenset[str]] = {}
    for ids in parts(_of_its_kind(draft, store)):
        for row, told in told_reports(store.connection, _REPORT.c.id.in_(ids)):
            keys = mine & _undated_keys(told)
            if keys or _is_told_alike(draft.told, told):
                shared[row["uid"]] = keys
    for uids in parts(sorted(shared)):
        listed = ", ".join(f":uid_{i}" for i in range(len(uids)))
        query = f"""
            SELECT {columns_of(Report, prefix="reports.")}, reports.event, independent_source.root
            FROM reports
            JOIN article ON article.uid = reports.article_uid
            JOIN independent_source ON independent_source.article_id = article.id
            WHERE reports.uid IN ({listed}) AND reports.status <> 'rejected' AND reports.event_uid IS NOT NULL
            ORDER BY reports.published, reports.uid"""
        values = {f"uid_{i}": uid for i, uid in enumerate(uids)}
        for row in store.connection.execute(text(query), values).mappings():
            yield row, shared[row["uid"]]


def _of_its_kind(draft: DraftEvent, store: Store) -> list[int]:
    """The reports of the draft's kind that name somebody or some place that it names, or are of its date."""
    kind = draft.told.kind
    values: dict[str, object] = {f"named_{i}": entity for i, entity in enumerate(sorted(draft.named))}
    named = ", ".join(f":{name}" for name in values) or "NULL"
    values |= {"kind": kind, "date": draft.told.date, "most": _MANY}
    public = f"'{kind}'" if kind in _PUBLIC else "NULL"
    query = _CANDIDATES.format(named=named, public=public)
    return list(store.connection.execute(text(query), values).scalars())


def _undated_keys(told: Told) -> frozenset[str]:
    """The keys of the event, were it told of a certain day: by whom and where it is known alone."""
    return event_keys(replace(told, date=_ANY, earliest=_ANY, latest=_ANY))


def _is_told_alike(a: Told, b: Told) -> bool:
    """Whether two reports of one date, of nobody by name, are told in much the same words."""
    if a.date is None or a.date != b.date:
        return False
    mine, theirs = telling_words(a.title), telling_words(b.title)
    shared = len(mine & theirs)
    is_most = shared > 1 and shared >= _ALIKE * min(len(mine), len(theirs))
    return is_most or folded_name(a.title) == folded_name(b.title)


def _bearing(draft: DraftEvent, row: RowMapping, keys: frozenset[str]) -> _Told | None:
    """What a report of the base is to the draft's event, None where it is of another one."""
    report, mine = typed(Report, row), draft.report
    if report.stance not in _REAL:
        return None
    if not keys:
        reason = f"the base tells something like it of the same date: “{row['event']}”"
        return _Told("compatible", reason, report, row["root"], 0)
    if mine.date is not None and mine.date == report.date:
        return _Told("same", "the base has it on the same date", report, row["root"], 0)
    if mine.date is None or report.date is None:
        silent = "the draft" if mine.date is None else "the base"
        reason = f"the base has it; {silent} does not say when ({report.date or mine.date or 'no date'})"
        return _Told("compatible", reason, report, row["root"], 0)
    if _overlap(mine, report):
        is_wide = not _holds(mine, report)
        return _Told("compatible", f"the base has it, dated {report.date}", report, row["root"], 0, is_wide)
    apart = _apart(mine, report)
    of_somebody = any("|person:" in key for key in keys)
    once_in_a_life = any(key.split("|")[1] == "" for key in keys)
    if not of_somebody or (apart > _NEAR and not once_in_a_life):
        return None
    reason = f"the base dates it {report.date}, not {mine.date}"
    return _Told("contradicts", reason, report, row["root"], apart)


def _verdict(told: Sequence[_Told]) -> tuple[Verdict, str]:
    # A report that is no more precise than the draft says less than one of another day.
    order = (("same", False), ("compatible", False), ("contradicts", False), ("compatible", True))
    for bearing, is_wide in order:
        of_it = [one for one in told if (one.bearing, one.is_wide) == (bearing, is_wide)]
        if of_it:
            best = min(of_it, key=lambda one: one.apart)
            return best.bearing, best.reason  # type: ignore[return-value]
    return "not found", "nothing in the base tells of it"


def _evidence(told: Sequence[_Told], verdict: Verdict) -> Iterable[Evidence]:
    groups: dict[tuple[str, str | None, str], list[_Told]] = defaultdict(list)
    for one in told:
        groups[one.bearing, one.report.date, one.report.event_uid].append(one)
    ordered = sorted(
        groups.values(), key=lambda of_it: (of_it[0].bearing != verdict, of_it[0].apart, of_it[0].report.uid)
    )
    for of_it in ordered:
        best = min(
            of_it,
            key=lambda one: (one.report.source_kind == "note", one.report.published or "9", one.report.uid),
        )
        roots = {one.root for one in of_it}
        yield Evidence(best.bearing, best.reason, best.report, len(roots), 0, len(of_it) - 1)


def _overlap(a: Report, b: Report) -> bool:
    return (a.earliest or dt.date.min) <= (b.latest or dt.date.max) and (b.earliest or dt.date.min) <= (
        a.latest or dt.date.max
    )


def _holds(whole: Report, part: Report) -> bool:
    return (whole.earliest or dt.date.min) <= (part.earliest or dt.date.min) and (
        part.latest or dt.date.max
    ) <= (whole.latest or dt.date.max)


def _apart(a: Report, b: Report) -> int:
    """The days between two times that do not overlap."""
    spans = sorted((one.earliest or one.latest, one.latest or one.earliest) for one in (a, b))
    (_, end), (start, _) = spans
    assert start is not None
    assert end is not None
    return (start - end).days
