"""The questions: each a SELECT over the public views, answered with typed rows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, TypeVar, get_args

from sqlalchemy import RowMapping

from kb.errors import UsageError
from kb.lexicon import read_words
from kb.model import schema
from kb.model.plain import folded
from kb.model.values import Stance
from kb.query.answer import Answer
from kb.query.filters import Filter
from kb.query.rows import Event, Figure, Hit, Named, Report
from kb.query.select import at_most, columns_of, related, selected, typed
from kb.query.sources import with_sources
from kb.query.tags import Dossier
from kb.store import Store, parts
from kb.store.connection import explained
from kb.store.search import find_passages

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

R = TypeVar("R", bound="DataclassInstance")
KINDS_OF_ENTITY = ("person", "organisation", "place")
_FEW = 5_000  # events that are asked for by uid
_ALL = -1  # the limit of SQLite that is none
# In the order of what is known of the date: a bare year before its months, the undated last.
_BY_DATE = """
    ORDER BY coalesce(earliest, latest) IS NULL, coalesce(earliest, latest),
        latest IS NOT NULL, latest DESC, uid"""
TIMELINE_STANCES: tuple[Stance, ...] = ("asserted", "alleged", "planned")
STANCES: tuple[Stance, ...] = get_args(Stance)
# Who is named in a text, and who published one; where both tell of somebody, the text is quoted.
_NAMED = """
    SELECT entity_uid, entity, kind, mention, article_uid AS named, NULL AS published, quote, title, url,
        uid AS at
    FROM mentions
    UNION ALL
    SELECT entity.uid, entity.name, entity.kind, source.publisher, NULL, source.article_uid, NULL,
        source.title, source.url, '~' || source.article_uid
    FROM source
    JOIN article ON article.id = source.article_id
    JOIN entity ON entity.id = article.publisher_id"""


def figures(
    store: Store,
    measure: str | None = None,
    *,
    place: str | None = None,
    speaker: str | None = None,
    tag: str | None = None,
    primary: bool = False,
    since: str | None = None,
    until: str | None = None,
    limit: int | None = None,
) -> Answer[Figure]:
    """The figures whose measure, or phrase, has all the words, in order of the time for which they hold.

    `place` and `speaker` may be given by any of their names; `since` and `until` keep what overlaps;
    `primary` keeps what stands in its speaker's own publication.

    Raises:
        UsageError: `since` or `until` is no date.
    """
    asked = Filter()
    asked.words("(coalesce(measure, '') || ' ' || phrase)", measure)
    asked.names("place", place)
    asked.names("speaker", speaker)
    asked.tagged(tag, "figures.uid", "figures.article_uid")
    asked.overlap(since, until)
    query = (
        f"SELECT {columns_of(Figure)}, article_uid FROM figures WHERE {asked.where} {_BY_DATE}, article_uid"
    )
    at_most(limit)
    found = with_sources(store, selected(store, query, asked, None if primary else limit))
    return Answer([figure for figure in found if figure.primary or not primary][:limit], Figure)


def timeline(
    store: Store,
    *,
    entity: str | None = None,
    place: str | None = None,
    kind: str | None = None,
    tag: str | None = None,
    stances: Sequence[str] = TIMELINE_STANCES,
    since: str | None = None,
    until: str | None = None,
    limit: int | None = None,
) -> Answer[Event]:
    """What happened, was alleged or is planned, in order of what is known of the date.

    `entity` took part or is the place; both may be given by any of their names. `stances` are those of
    the reports that count, of `STANCES`.

    Raises:
        UsageError: `since` or `until` is no date, or there is no such kind or stance.
    """
    _require(kind, sorted(read_words("event_kinds", "kind")), "kind")
    stances = (stances,) if isinstance(stances, str) else stances
    for stance in stances:
        _require(stance, STANCES, "stance")
    asked = Filter()
    asked.takes_part("uid", entity)
    asked.happening_tagged(tag, "uid")
    asked.names("place", place)
    asked.equal("kind", kind)
    asked.overlap(since, until)
    at_most(limit)
    rows = _happened(store, asked, stances, limit)
    told = _reports(store, rows, stances)
    return Answer((typed(Event, row, reports=tuple(told[row["uid"]])) for row in rows), Event)


def entities(
    store: Store,
    name: str | None = None,
    *,
    kind: str | None = None,
    tag: str | None = None,
    limit: int | None = None,
) -> Answer[Named]:
    """Persons, organisations and places of which one name has all the words, the most named first.

    Publishers are among them, named in a text or not.

    Raises:
        UsageError: there is no such kind.
    """
    _require(kind, KINDS_OF_ENTITY, "kind")
    asked = Filter()
    asked.conditions.append("entity_uid IS NOT NULL")  # a rejected mention names nobody
    asked.tagged(tag, "at", "coalesce(named, published)")
    asked.equal("kind", kind)
    if name is not None:
        has_words = asked.has_words("(spelling || ' ' || key)", name)
        named = f"SELECT entity.uid FROM entity JOIN name ON name.entity_id = entity.id WHERE {has_words}"
        asked.conditions.append(f"entity_uid IN ({named})")
    query = f"""
        SELECT entity_uid AS uid, entity AS name, kind, json_group_array(DISTINCT mention) AS forms,
            count(named) AS mentions, count(DISTINCT named) AS articles,
            count(DISTINCT published) AS published, quote, title, url,
            min(at || ' ' || coalesce(named, published))
        FROM ({_NAMED}) WHERE {asked.where}
        GROUP BY entity_uid ORDER BY mentions DESC, published DESC, name, entity_uid"""
    rows = selected(store, query, asked, limit)
    return Answer((typed(Named, row, forms=tuple(sorted(json.loads(row["forms"])))) for row in rows), Named)


def search(store: Store, words: str, *, tag: str | None = None, limit: int = 20) -> Answer[Hit]:
    """The sentences and titles that hold all the words, or "phrases in quotes", the best first.

    With `tag` those of articles that are filed under it, and those that hold the words of such a fact.
    """
    at_most(limit)
    with explained(store.path):
        found = find_passages(store.connection, words, limit=limit if tag is None else _ALL)
    if tag is not None:
        dossier = Dossier(store, tag)
        found = tuple(hit for hit in found if dossier.takes_in(hit))[:limit]
    sources = _sources(store, {hit.revision_id for hit in found})
    hits = (
        typed(
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
    return Answer(hits, Hit)


def _require(value: str | None, known: Sequence[str], what: str) -> None:
    if value is not None and value not in known:
        raise UsageError(f"no {what} {value!r}: say one of {', '.join(known)}")


def _happened(store: Store, asked: Filter, stances: Sequence[str], limit: int | None) -> list[RowMapping]:
    """The events of a timeline in their order: found in their table first, so that no others are looked at.

    Where many are asked for it is quicker to look at all.
    """
    columns = columns_of(Event, "reports")
    query = f"SELECT uid FROM event WHERE {asked.where} {_BY_DATE}"
    uids = [row["uid"] for row in selected(store, query, asked)]
    if limit is None and len(uids) > _FEW:
        query = f"SELECT {columns} FROM {_events(stances)} WHERE {asked.where} {_BY_DATE}"
        return list(selected(store, query, asked))
    found: list[RowMapping] = []
    for part in map(dict.fromkeys, parts(uids)):
        if limit is not None and len(found) >= limit:
            break
        told = Filter()
        told.among("uid", part)
        rows = selected(store, f"SELECT {columns} FROM {_events(stances)} WHERE {told.where}", told)
        by_uid = {row["uid"]: row for row in rows}
        found += (by_uid[uid] for uid in part if uid in by_uid)
    return found[:limit]


def _events(stances: Sequence[str]) -> str:
    """The view `timeline`, or its SELECT with other stances in the place of those that it counts."""
    if set(stances) == set(TIMELINE_STANCES):
        return "timeline"
    _, select = schema.defined()["view", "timeline"].split(" AS ", 1)
    counted, wanted = (", ".join(f"'{stance}'" for stance in some) for some in (TIMELINE_STANCES, stances))
    assert counted in select
    return f"({select.replace(counted, wanted)})"


def _reports(store: Store, events: Sequence[RowMapping], stances: Sequence[str]) -> dict[str, list[Report]]:
    """The reports of events that have one of the stances, the oldest publication first."""
    told: dict[str, list[Report]] = defaultdict(list)
    found = [typed(Report, row) for row in related(store, Report, "reports", "event_uid", events, "uid")]
    for report in sorted(found, key=_by_publication):
        if report.stance in stances:
            told[report.event_uid].append(report)
    return told


def _by_publication(report: Report) -> tuple[str, ...]:
    """One text may stand in several articles: what the reports of it share does not tell them apart."""
    return report.published or "9", report.uid, report.url or "", report.source_kind, report.title or ""


def _sources(store: Store, revisions: Collection[int]) -> dict[int, RowMapping]:
    """What there is to say of the sources of revisions, by revision."""
    asked = Filter()
    asked.among("revision_id", revisions)
    query = f"""
        SELECT revision_id, article_uid AS uid, title, publisher, published, url, source_kind
        FROM source WHERE {asked.where}"""
    return {row["revision_id"]: row for row in selected(store, query, asked)}


def _marked(words: str, marks: Sequence[tuple[int, int]]) -> str:
    for start, end in reversed(marks):
        words = f"{words[:start]}[[{words[start:end]}]]{words[end:]}"
    return words
