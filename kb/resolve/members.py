"""Facts of a base as members of groups: what each kind of thing reads of its facts.

What an article says of its publisher is a fact about an entity too; its uid is the article's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, select
from sqlalchemy.engine import RowMapping

from kb.model.tables import (
    AliasRow,
    ArticleRow,
    ClaimRow,
    EntityRow,
    EventRow,
    MeasureRow,
    MentionRow,
    ParticipantRow,
    ReportRow,
    RevisionRow,
    SpanRow,
    table_of,
)
from kb.model.values import EntityKind
from kb.resolve.groups import Member
from kb.resolve.keys import folded_name, is_doubtful, mention_keys, name_keys, publisher_keys
from kb.resolve.measures import Measured, measured
from kb.resolve.placed import Kind, Placed, Source
from kb.resolve.reports import Told, event_keys, home_of
from kb.store import parts

_ALIAS = table_of(AliasRow)
_MENTION, _REPORT, _CLAIM = table_of(MentionRow), table_of(ReportRow), table_of(ClaimRow)
_PARTICIPANT, _SPAN = table_of(ParticipantRow), table_of(SpanRow)
_REVISION, _ARTICLE = table_of(RevisionRow), table_of(ArticleRow)
_PLACE, _WHOLE = _MENTION.alias("place"), _CLAIM.alias("whole")
_COUNTED = ("measure", "unit", "relation", "earliest", "latest")  # by which a claim's measure is told
_EVENT = ("title", "kind", "place", "date", "earliest", "latest", "date_basis")


Listed = Mapping[tuple[str, str], Collection[str]]  # (kind, folded spelling) -> folded names it is listed for


def _mentions(connection: Connection, where: ColumnElement[bool]) -> list[Placed]:
    columns = (_MENTION, _SPAN.c.folded.label("words"))
    query = (
        select(*columns).join(_SPAN, _SPAN.c.id == _MENTION.c.span_id).where(where).order_by(_MENTION.c.id)
    )
    chains: dict[tuple[Any, ...], list[RowMapping]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        chains[row["revision_id"], row["run_id"], row["chain"]].append(row)
    doubtful = {at[0] for at, rows in chains.items() if is_doubtful(rows[0]["kind"], rows[0]["name"])}
    homes: dict[tuple[int, int], str | None] = {}
    for revisions in parts(sorted(doubtful)):
        homes.update(_homes(connection, _MENTION.c.revision_id.in_(revisions)))
    listed = listed_spellings(connection)
    return [_chain(rows, homes.get(at[:2]), listed) for at, rows in chains.items()]


def listed_spellings(connection: Connection) -> Listed:
    """What users list: (kind, folded spelling) -> the folded names that it stands for, nothing withdrawn."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    gone = select(_ALIAS.c.withdraws).where(_ALIAS.c.withdraws.is_not(None))
    query = select(_ALIAS).where(_ALIAS.c.withdraws.is_(None), _ALIAS.c.uid.not_in(gone))
    for row in connection.execute(query).mappings():
        name = folded_name(row["name"])
        for spelling in (name, folded_name(row["spelling"])):
            found[row["kind"], spelling].add(name)
    return found


def _chain(rows: list[RowMapping], home: str | None, listed: Listed) -> Placed:
    first = rows[0]
    kind, name = first["kind"], first["name"]
    spellings = tuple(sorted({row["words"] for row in rows}))
    keys = mention_keys(kind, name, spellings, home) | _listed_keys(kind, (name, *spellings), listed)
    uids = tuple(sorted(row["uid"] for row in rows))
    member = Member(uids, keys, {"kind": kind, "name": name}, spellings)
    at = tuple(("mention", row["id"]) for row in rows)
    return Placed(member, at, _things(row["entity_id"] for row in rows))


def _listed_keys(kind: EntityKind, spellings: Iterable[str], listed: Listed) -> frozenset[str]:
    names = (name for words in spellings for name in listed.get((kind, folded_name(words)), ()))
    return frozenset(f"{kind}:listed {name}" for name in names)


def _publishers(connection: Connection, where: ColumnElement[bool]) -> list[Placed]:
    query = (
        select(_ARTICLE.c.id, _ARTICLE.c.uid, _ARTICLE.c.publisher_id, _REVISION.c.publisher, _REVISION.c.url)
        .join(_REVISION, _REVISION.c.article_id == _ARTICLE.c.id)
        .where(where, _REVISION.c.publisher.is_not(None))
        .order_by(_ARTICLE.c.id)
    )
    listed = listed_spellings(connection)
    return [_publisher(row, listed) for row in connection.execute(query).mappings()]


def _publisher(row: RowMapping, listed: Listed) -> Placed:
    name = row["publisher"]
    keys = publisher_keys(name, row["url"]) | _listed_keys("organisation", [name], listed)
    member = Member((row["uid"],), keys, {"kind": "organisation", "name": name}, (name,))
    return Placed(member, (("article", row["id"]),), _things([row["publisher_id"]]))


def _reports(connection: Connection, where: ColumnElement[bool]) -> list[Placed]:
    query = (
        select(
            _REPORT,
            _SPAN.c.folded.label("words"),
            _REVISION.c.text_sha256,
            _PLACE.c.name.label("place_name"),
            _PLACE.c.kind.label("place_kind"),
        )
        .join(_SPAN, _SPAN.c.id == _REPORT.c.trigger_span_id)
        .join(_REVISION, _REVISION.c.id == _REPORT.c.revision_id)
        .outerjoin(_PLACE, _PLACE.c.id == _REPORT.c.place_mention_id)
        .where(where)
        .order_by(_REPORT.c.id)
    )
    rows = connection.execute(query).mappings().all()
    who = _participants(connection, where)
    homes = _homes(connection, _MENTION.c.revision_id.in_(select(_REPORT.c.revision_id).where(where)))
    return [_report(row, who[row["id"]], homes.get((row["revision_id"], row["run_id"]))) for row in rows]


def _participants(connection: Connection, where: ColumnElement[bool]) -> dict[int, set[tuple[str, str]]]:
    """The keys of who took part in each report, with their roles."""
    query = (
        select(_PARTICIPANT.c.report_id, _PARTICIPANT.c.role, _MENTION.c.kind, _MENTION.c.name)
        .join(_REPORT, _REPORT.c.id == _PARTICIPANT.c.report_id)
        .join(_MENTION, _MENTION.c.id == _PARTICIPANT.c.mention_id)
        .where(where)
    )
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for report, role, kind, name in connection.execute(query):
        found[report] |= {(role, key) for key in name_keys(kind, name, ())}
    return found


def _homes(connection: Connection, where: ColumnElement[bool]) -> dict[tuple[int, int], str | None]:
    """The country that each reading is about, of readings whose mentions meet a condition."""
    query = select(_MENTION.c.revision_id, _MENTION.c.run_id, _MENTION.c.name).where(
        where, _MENTION.c.kind == "place"
    )
    places: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for revision, run, name in connection.execute(query):
        places[revision, run].update(name_keys("place", name, ()))
    return {reading: home_of(named) for reading, named in places.items()}


def _report(row: RowMapping, who: set[tuple[str, str]], home: str | None) -> Placed:
    told = Told(
        **{name: row[name] for name in ("kind", "stance", "date", "earliest", "latest", "title")},
        trigger=row["words"],
        who=frozenset(who),
        where=name_keys(row["place_kind"] or "place", row["place_name"] or row["place"] or "", ()),
        home=home,
        within=row["text_sha256"],
    )
    member = Member((row["uid"],), event_keys(told), {name: row[name] for name in _EVENT})
    return Placed(member, (("report", row["id"]),), _things([row["event_id"]]))


def _claims(connection: Connection, where: ColumnElement[bool]) -> list[Placed]:
    query = (
        select(
            *(_CLAIM.c[name] for name in ("id", "uid", "measure_id", *_COUNTED)),
            *(_WHOLE.c[name].label(f"whole_{name}") for name in ("id", *_COUNTED)),
        )
        .outerjoin(_WHOLE, _WHOLE.c.id == _CLAIM.c.part_of_id)
        .where(where)
        .order_by(_CLAIM.c.id)
    )
    return [_claim(row) for row in connection.execute(query).mappings()]


def _claim(row: RowMapping) -> Placed:
    whole = _measured(row, "whole_") if row["whole_id"] is not None else None
    what = _measured(row, "", whole)
    about = {"name": what.name, "unit": row["unit"], "kind": what.kind}
    return Placed(
        Member((row["uid"],), frozenset({what.key} if what.key else ()), about),
        (("claim", row["id"]),),
        _things([row["measure_id"]]),
    )


def _measured(row: RowMapping, prefix: str, whole: Measured | None = None) -> Measured:
    since = row[f"{prefix}earliest"] is not None and row[f"{prefix}latest"] is None
    measure, unit = row[f"{prefix}measure"], row[f"{prefix}unit"]
    return measured(measure, unit, relation=row[f"{prefix}relation"], since=since, whole=whole)


def _things(ids: Iterable[int | None]) -> frozenset[int]:
    return frozenset(thing for thing in ids if thing is not None)


KINDS = (
    Kind(
        "entity",
        EntityRow,
        ("kind", "name"),
        (
            Source(MentionRow, "entity_id", _MENTION.c.revision_id, _mentions),
            Source(ArticleRow, "publisher_id", _REVISION.c.id, _publishers),
        ),
    ),
    Kind("event", EventRow, _EVENT, (Source(ReportRow, "event_id", _REPORT.c.revision_id, _reports),)),
    Kind(
        "measure",
        MeasureRow,
        ("name", "unit", "kind"),
        (Source(ClaimRow, "measure_id", _CLAIM.c.revision_id, _claims),),
    ),
)
