"""An event of the draft: whether the base has it, and of which day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import RowMapping, text

from kb.compare.draft import DraftEvent
from kb.compare.rows import Bearing, Comparison, Evidence, Looked, Verdict
from kb.query.rows import Report
from kb.query.select import columns_of, typed
from kb.resolve.measures import telling_words
from kb.resolve.reports import event_keys
from kb.resolve.things import HELD
from kb.store import Store, parts

_ANY = dt.date(1, 1, 1)  # a day that stands for any in a key
_REAL = ("asserted", "alleged", "planned")
_NEAR = 366  # days within which one kind of thing that happens again to somebody is taken for one
_KEYS = """
    SELECT "key", thing_id FROM group_key
    WHERE kind = 'event'
        AND ("key" >= :start AND "key" < :stop OR "key" >= :held_start AND "key" < :held_stop)"""


@dataclass(frozen=True, slots=True)
class _Told:
    """A report of the base of an event that may be the draft's, and how the two times stand."""

    bearing: Bearing
    reason: str
    report: Report
    root: str
    apart: int


def compare_event(draft: DraftEvent, store: Store, as_of: dt.date, looked: Looked) -> Comparison:
    """What the base tells of an event: the same day, another one, or nothing.

    An event of the base is the draft's if the rules of grouping would join them, were they told of one
    date: the same kind, the same people or places. Where such things happen again, one that is more than
    a year off is another one.
    """
    told = [found for row in _candidates(draft, store) if (found := _bearing(draft, row))]
    verdict, reason = _verdict(told)
    evidence = tuple(_evidence(told, verdict))
    report = draft.report
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
        place=None,
        date=report.date,
        earliest=report.earliest,
        latest=report.latest,
        speaker=None,
        stance=report.stance,
        as_of=as_of,
        is_disputed=verdict in ("same", "compatible")
        and any(one.bearing == "contradicts" for one in evidence),
        remarks=() if report.stance == "asserted" else (f"the draft tells it as {report.stance}",),
        evidence=evidence,
        looked=looked,
    )


def _candidates(draft: DraftEvent, store: Store) -> Sequence[RowMapping]:
    """The reports of events that share a key with the draft's, whatever the date."""
    day = _ANY.isoformat()
    undated = replace(draft.told, date=day, earliest=day, latest=day)
    things: set[int] = set()
    for key in event_keys(undated):
        happening, _, what = key.split("|", 2)
        values = {"start": f"{happening}|", "stop": f"{happening}}}"}
        values |= {f"held_{name}": HELD + value for name, value in values.items()}
        for stored, thing in store.connection.execute(text(_KEYS), values):
            if stored.split("|", 2)[-1] == what:
                things.add(thing)
    found: list[RowMapping] = []
    for part in parts(sorted(things)):
        listed = ", ".join(f":thing_{i}" for i in range(len(part)))
        query = f"""
            SELECT {columns_of(Report, prefix="reports.")}, reports.status, reports.event,
                independent_source.root
            FROM reports
            JOIN event ON event.uid = reports.event_uid
            JOIN article ON article.uid = reports.article_uid
            JOIN independent_source ON independent_source.article_id = article.id
            WHERE event.id IN ({listed}) AND reports.status <> 'rejected'
            ORDER BY reports.published, reports.uid"""
        values_of = {f"thing_{i}": thing for i, thing in enumerate(part)}
        found += store.connection.execute(text(query), values_of).mappings()
    return found


def _bearing(draft: DraftEvent, row: RowMapping) -> _Told | None:
    """What a report of the base is to the draft's event, None where it is of another one."""
    report = typed(Report, row)
    mine = draft.report
    if report.stance not in _REAL:
        return None
    if mine.date == report.date and mine.date is not None:
        return _Told("same", "the base has it on the same date", report, row["root"], 0)
    if mine.date is None or report.date is None:
        return _Told("compatible", "one of them does not say when", report, row["root"], 0)
    if _overlap(mine, report):
        return _Told("compatible", f"the base has it, dated {report.date}", report, row["root"], 0)
    apart = _apart(mine, report)
    if apart > _NEAR and not _is_once(draft) and not _is_one(draft, row):
        return None
    return _Told(
        "contradicts", f"the base dates it {report.date}, not {mine.date}", report, row["root"], apart
    )


def _is_once(draft: DraftEvent) -> bool:
    """Whether such a thing happens once in a life: its keys have no date."""
    return any(key.split("|", 2)[1] == "" for key in event_keys(draft.told))


def _is_one(draft: DraftEvent, row: RowMapping) -> bool:
    """Whether the sentences tell more that is alike than the kind and who took part."""
    names = {word for _, key in draft.told.who for word in key.split(":", 1)[-1].split()}
    mine = telling_words(draft.title) - names
    return bool(mine & telling_words(row["event"] or ""))


def _verdict(told: Sequence[_Told]) -> tuple[Verdict, str]:
    for bearing in ("same", "compatible", "contradicts"):
        of_it = [one for one in told if one.bearing == bearing]
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


def _apart(a: Report, b: Report) -> int:
    """The days between two times that do not overlap."""
    (_, end), (start, _) = sorted(
        (one.earliest or one.latest or _ANY, one.latest or one.earliest or _ANY) for one in (a, b)
    )
    return (start - end).days
