"""The questions: each a SELECT over the public views, answered with typed rows."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import RowMapping, text

from kb.errors import UsageError
from kb.model.plain import folded
from kb.query.answer import Answer
from kb.query.filters import Filter
from kb.query.rows import Conflict, Event, Figure, Hit, Named, Report
from kb.store import Store
from kb.store.connection import explained
from kb.store.search import find_passages

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

R = TypeVar("R", bound="DataclassInstance")
KINDS_OF_ENTITY = ("person", "organisation", "place")
# In the order of what is known of the date: a bare year before its months, the undated last.
_BY_DATE = """
    ORDER BY coalesce(earliest, latest) IS NULL, coalesce(earliest, latest),
        latest IS NOT NULL, latest DESC, uid"""
_DAYS = ("earliest", "latest")
TIMELINE_STANCES = ("asserted", "alleged", "planned")
_MANY = 5_000  # values in one statement


def figures(
    store: Store,
    measure: str | None = None,
    *,
    place: str | None = None,
    speaker: str | None = None,
    since: str | None = None,
    until: str | None = None,
    limit: int | None = None,
) -> Answer[Figure]:
    """The figures whose measure, or phrase, has all the words, in order of the time for which they hold.

    `place` and `speaker` may be given by any of their names; `since` and `until` keep what overlaps.

    Raises:
        UsageError: `since` or `until` is no date.
    """
    asked = Filter()
    asked.words("(coalesce(measure, '') || ' ' || phrase)", measure)
    asked.names("place", place)
    asked.names("speaker", speaker)
    asked.overlap(since, until)
    query = f"SELECT {_columns(Figure)} FROM figures WHERE {asked.where} {_BY_DATE}"
    return Answer(_made(Figure, row) for row in _rows(store, query, asked, limit))


def timeline(
    store: Store,
    *,
    entity: str | None = None,
    place: str | None = None,
    kind: str | None = None,
    since: str | None = None,
    until: str | None = None,
    limit: int | None = None,
) -> Answer[Event]:
    """What happened, was alleged or is planned, in order of what is known of the date.

    `entity` took part or is the place; both may be given by any of their names.

    Raises:
        UsageError: `since` or `until` is no date.
    """
    asked = Filter()
    asked.names("(coalesce(participants, '') || '; ' || coalesce(place, ''))", entity)
    asked.names("place", place)
    asked.equal("kind", kind)
    asked.overlap(since, until)
    columns = _columns(Event, "reports")
    rows = _rows(store, f"SELECT {columns} FROM timeline WHERE {asked.where} {_BY_DATE}", asked, limit)
    told = _reports(store, rows)
    return Answer(_made(Event, row, reports=tuple(told[row["uid"]])) for row in rows)


def entities(
    store: Store, name: str | None = None, *, kind: str | None = None, limit: int | None = None
) -> Answer[Named]:
    """Persons, organisations and places of which one name has all the words, the most named first.

    Raises:
        UsageError: there is no such kind.
    """
    if kind not in (None, *KINDS_OF_ENTITY):
        raise UsageError(f"no kind {kind!r}: say one of {', '.join(KINDS_OF_ENTITY)}")
    asked = Filter()
    asked.equal("kind", kind)
    if name is not None:
        has_words = asked.has_words("(spelling || ' ' || key)", name)
        named = f"SELECT entity.uid FROM entity JOIN name ON name.entity_id = entity.id WHERE {has_words}"
        asked.conditions.append(f"entity_uid IN ({named})")
    query = f"""
        SELECT entity_uid AS uid, entity AS name, kind, json_group_array(DISTINCT mention) AS forms,
            count(*) AS mentions, count(DISTINCT article_uid) AS articles, quote, title, url, min(uid)
        FROM mentions WHERE {asked.where}
        GROUP BY entity_uid ORDER BY mentions DESC, name, entity_uid"""
    rows = _rows(store, query, asked, limit)
    return Answer(_made(Named, row, forms=tuple(sorted(json.loads(row["forms"])))) for row in rows)


def search(store: Store, words: str, *, limit: int = 20) -> Answer[Hit]:
    """The sentences and titles that hold all the words, or "phrases in quotes", the best first."""
    with explained(store.path):
        found = find_passages(store.connection, words, limit=limit)
    sources = _sources(store, {hit.revision_id for hit in found})
    return Answer(
        _made(
            Hit,
            sources[hit.revision_id],
            quote=folded(hit.words),
            marked=folded(_marked(hit.words, hit.marks)),
            start_char=hit.start_char,
            end_char=hit.end_char,
        )
        for hit in found
        if hit.revision_id in sources
    )


def conflicts(store: Store) -> Answer[Conflict]:
    """Claims that cannot all hold as they stand, each with its figures."""
    query = """
        SELECT conflict.uid, conflict.kind, conflict.explanation, claim.uid AS figure
        FROM conflict
        JOIN conflict_claim ON conflict_claim.conflict_id = conflict.id
        JOIN claim ON claim.id = conflict_claim.claim_id
        ORDER BY conflict.uid, conflict_claim.position"""
    rows = _rows(store, query, Filter())
    figure = {row["uid"]: _made(Figure, row) for row in _of(store, Figure, "figures", "uid", rows, "figure")}
    found: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    for row in rows:
        found[row["uid"], row["kind"], row["explanation"]].append(figure[row["figure"]])
    return Answer(Conflict(*said, tuple(figures)) for said, figures in found.items())


def _reports(store: Store, events: Sequence[RowMapping]) -> dict[str, list[Report]]:
    """The reports of events that count for the timeline, the oldest publication first."""
    told: dict[str, list[Report]] = defaultdict(list)
    found = [_made(Report, row) for row in _of(store, Report, "reports", "event_uid", events, "uid")]
    for report in sorted(found, key=lambda report: (report.published or "9", report.uid)):
        if report.stance in TIMELINE_STANCES:
            told[report.event_uid].append(report)
    return told


def _sources(store: Store, revisions: Collection[int]) -> dict[int, RowMapping]:
    """What there is to say of the sources of revisions, by revision."""
    asked = Filter()
    asked.among("revision_id", revisions)
    query = f"""
        SELECT revision_id, article_uid AS uid, title, publisher, published, url, source_kind
        FROM source WHERE {asked.where}"""
    return {row["revision_id"]: row for row in _rows(store, query, asked)}


def _of(
    store: Store, row_type: type[R], view: str, column: str, rows: Sequence[RowMapping], name: str
) -> list[RowMapping]:
    """The rows of a view whose column has one of the values that other rows have under a name."""
    found: list[RowMapping] = []
    values = sorted({row[name] for row in rows})
    for start in range(0, len(values), _MANY):
        asked = Filter()
        asked.among(column, values[start : start + _MANY])
        found += _rows(store, f"SELECT {_columns(row_type)} FROM {view} WHERE {asked.where}", asked)
    return found


def _columns(row_type: type[R], *without: str) -> str:
    """The columns of a view that a row has, for a SELECT."""
    return ", ".join(f'"{name.name}"' for name in dataclasses.fields(row_type) if name.name not in without)


def _rows(store: Store, query: str, asked: Filter, limit: int | None = None) -> Sequence[RowMapping]:
    if limit is not None:
        query = f"{query} LIMIT {int(limit)}"
    with explained(store.path):
        return store.connection.execute(text(query), asked.values).mappings().all()


def _made(row_type: type[R], row: RowMapping, **more: Any) -> R:
    """A typed row from columns of the same names; days become dates."""
    values = {field.name: row[field.name] for field in dataclasses.fields(row_type) if field.name in row}
    values |= {day: dt.date.fromisoformat(values[day]) for day in _DAYS if values.get(day)}
    return row_type(**values | more)


def _marked(words: str, marks: Sequence[tuple[int, int]]) -> str:
    for start, end in reversed(marks):
        words = f"{words[:start]}[[{words[start:end]}]]{words[end:]}"
    return words
