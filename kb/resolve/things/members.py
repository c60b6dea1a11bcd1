"""Facts of a base as members of groups: what each kind of thing reads of its facts.

What an article says of its publisher is a fact about an entity too; its uid is the article's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, not_, or_, select, text
from sqlalchemy.engine import RowMapping

from kb.model.tables import (
    ArticleRow,
    ClaimRow,
    EntityRow,
    EventRow,
    MeasureRow,
    MentionRow,
    ParticipantRow,
    ReportRow,
    RevisionRow,
    RunRow,
    SpanRow,
    table_of,
)
from kb.model.values import EntityKind
from kb.names.senses import Around, is_chamber
from kb.resolve.keys.grains import tentative_event_keys
from kb.resolve.keys.names import (
    folded_name,
    is_doubtful,
    mention_keys,
    name_keys,
    publisher_keys,
    tentative_keys,
    wants_sentences,
)
from kb.resolve.keys.reports import Told, event_keys
from kb.resolve.things.figures import claims
from kb.resolve.things.groups import Member
from kb.resolve.things.homes import Setting, homes, settings
from kb.resolve.things.placed import Kind, Placed, Source
from kb.resolve.things.readings import CORRECTION, as_read, chained, is_rejected
from kb.resolve.things.surroundings import surroundings

_ALIASES = text("""
    SELECT kind, name, spelling FROM alias
    WHERE withdraws IS NULL AND uid NOT IN (SELECT withdraws FROM alias WHERE withdraws IS NOT NULL)""")
_MENTION, _REPORT, _CLAIM = table_of(MentionRow), table_of(ReportRow), table_of(ClaimRow)
_PARTICIPANT, _SPAN = table_of(ParticipantRow), table_of(SpanRow)
_SENTENCE = _SPAN.alias("sentence")
_REVISION, _ARTICLE, _RUN = table_of(RevisionRow), table_of(ArticleRow), table_of(RunRow)
_PLACE, _WHOLE = _MENTION.alias("place"), _CLAIM.alias("whole")
_READ, _READ_WHOLE, _READ_PLACE = (CORRECTION.alias(f"{of}_correction") for of in ("own", "whole", "place"))
_ADDED_NAME = case((_RUN.c.person.is_not(None), _MENTION.c.name))
_EVENT = ("title", "kind", "place", "date", "earliest", "latest", "date_basis")


Listed = Mapping[tuple[str, str], Collection[str]]  # (kind, folded spelling) -> folded names it is listed for


def _mentions(connection: Connection, where: ColumnElement[bool]) -> list[Placed]:
    query = (
        select(
            *(_MENTION.c[name] for name in ("id", "uid", "revision_id", "run_id", "chain", "entity_id")),
            _SPAN.c.folded.label("words"),
            *(as_read(_MENTION, _READ, name) for name in ("name", "kind")),
            func.coalesce(_READ.c.name, _ADDED_NAME).label("given"),
        )
        .join(_SPAN, _SPAN.c.id == _MENTION.c.span_id)
        .outerjoin(_RUN, _RUN.c.id == _MENTION.c.run_id)  # a run is never where to begin
        .outerjoin(_READ, _READ.c.fact == _MENTION.c.uid)
        .where(where)
        .order_by(_MENTION.c.id)
    )
    chains: dict[tuple[Any, ...], list[RowMapping]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        who = (row["kind"], row["name"], row["given"])  # a correction parts a mention from its chain
        chains[row["revision_id"], row["run_id"], row["chain"], *who].append(row)
    doubtful = {
        at[0] for at, rows in chains.items() if is_doubtful(rows[0]["kind"], rows[0]["name"], _words(rows))
    }
    about = settings(connection, doubtful)
    around = _around(connection, chains)
    listed = listed_spellings(connection)
    return [_chain(rows, about.get(at[:2], Setting()), around[at], listed) for at, rows in chains.items()]


def _around(
    connection: Connection, chains: Mapping[tuple[Any, ...], Sequence[RowMapping]]
) -> Mapping[tuple[Any, ...], list[Around]]:
    """What stands around names that are told by it; of a chamber, around its sister, too."""
    asked = {
        at for at, rows in chains.items() if wants_sentences(rows[0]["kind"], rows[0]["name"], _words(rows))
    }
    found = surroundings(connection, (row["id"] for at in asked for row in chains[at]))
    around: dict[tuple[Any, ...], list[Around]] = defaultdict(list)
    chambers: dict[tuple[Any, ...], list[Around]] = defaultdict(list)
    for at in asked:
        around[at] = [found[row["id"]] for row in chains[at] if row["id"] in found]
        if is_chamber(chains[at][0]["name"]):
            chambers[at[:2]] += around[at]
    for at in asked:
        if is_chamber(chains[at][0]["name"]):
            around[at] = chambers[at[:2]]
    return around


def _words(rows: Iterable[RowMapping]) -> set[str]:
    return {row["words"] for row in rows}


def listed_spellings(connection: Connection) -> Listed:
    """What users list: (kind, folded spelling) -> the folded names that it stands for, nothing withdrawn."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in connection.execute(_ALIASES).mappings():
        name = folded_name(row["name"])
        for spelling in (name, folded_name(row["spelling"])):
            found[row["kind"], spelling].add(name)
    return found


def _chain(rows: list[RowMapping], about: Setting, around: Collection[Around], listed: Listed) -> Placed:
    first = rows[0]
    kind, name = first["kind"], first["name"]
    spellings = tuple(sorted(_words(rows)))
    telling = () if first["given"] else spellings  # where a person says who it is, the words do not
    keys = mention_keys(
        kind, name, telling, about.home, about.company, surnames=about.surnames, around=around
    )
    keys |= _listed_keys(kind, (name, *telling), listed)
    if first["given"]:
        spellings = tuple(sorted({name, *spellings}))
    uids = tuple(sorted(row["uid"] for row in rows))
    perhaps = tentative_keys(kind, name, telling, about.home, around)
    member = Member(uids, keys, {"kind": kind, "name": name}, spellings, perhaps)
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
    return [_report(row, told) for row, told in told_reports(connection, where)]


def told_reports(connection: Connection, where: ColumnElement[bool]) -> list[tuple[RowMapping, Told]]:
    """Reports as rows, each with what tells which event it is of."""
    query = (
        select(
            *(_REPORT.c[name] for name in ("id", "uid", "revision_id", "run_id", "event_id", "date_basis")),
            *(as_read(_REPORT, _READ, name) for name in _EVENT if name != "date_basis"),
            as_read(_REPORT, _READ, "stance"),
            _READ.c.place.label("corrected_place"),
            _SPAN.c.folded.label("words"),
            _SENTENCE.c.folded.label("sentence"),
            _REVISION.c.text_sha256,
            *(as_read(_PLACE, _READ_PLACE, name).label(f"place_{name}") for name in ("name", "kind")),
        )
        .join(_SPAN, _SPAN.c.id == _REPORT.c.trigger_span_id)
        .join(_SENTENCE, _SENTENCE.c.id == _REPORT.c.sentence_span_id)
        .join(_REVISION, _REVISION.c.id == _REPORT.c.revision_id)
        .outerjoin(_READ, _READ.c.fact == _REPORT.c.uid)
        .outerjoin(_PLACE, and_(_PLACE.c.id == _REPORT.c.place_mention_id, not_(is_rejected(_PLACE))))
        .outerjoin(_READ_PLACE, _READ_PLACE.c.fact == _PLACE.c.uid)
        .where(where)
        .order_by(_REPORT.c.id)
    )
    rows = connection.execute(query).mappings().all()
    who = _participants(connection, where)
    about = homes(connection, (row["revision_id"] for row in rows))
    return [(row, _told(row, who[row["id"]], about.get((row["revision_id"], row["run_id"])))) for row in rows]


def _participants(connection: Connection, where: ColumnElement[bool]) -> dict[int, set[tuple[str, str]]]:
    """The keys of who took part in each report, with their roles."""
    query = (
        select(
            _PARTICIPANT.c.report_id,
            _PARTICIPANT.c.role,
            *(as_read(_MENTION, _READ, name) for name in ("kind", "name")),
        )
        .join(_REPORT, _REPORT.c.id == _PARTICIPANT.c.report_id)
        .join(_MENTION, _MENTION.c.id == _PARTICIPANT.c.mention_id)
        .outerjoin(_READ, _READ.c.fact == _MENTION.c.uid)
        .where(where, not_(is_rejected(_MENTION)))
    )
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for report, role, kind, name in connection.execute(query):
        found[report] |= {(role, key) for key in name_keys(kind, name, ())}
    return found


def _told(row: RowMapping, who: set[tuple[str, str]], home: str | None) -> Told:
    kind: EntityKind = row["place_kind"] or "place"
    where = row["place_name"] or row["place"] or ""
    if row["corrected_place"] is not None:
        kind, where = "place", row["place"] or ""
    return Told(
        **{name: row[name] for name in ("kind", "stance", "date", "earliest", "latest", "title")},
        trigger=row["words"],
        who=frozenset(who),
        where=name_keys(kind, where, ()),
        home=home,
        within=row["text_sha256"],
        sentence=row["sentence"] or "",
    )


def _report(row: RowMapping, told: Told) -> Placed:
    about = {name: row[name] for name in _EVENT}
    member = Member((row["uid"],), event_keys(told), about, tentative=tentative_event_keys(told))
    return Placed(member, (("report", row["id"]),), _things([row["event_id"]]))


def _things(ids: Iterable[int | None]) -> frozenset[int]:
    return frozenset(thing for thing in ids if thing is not None)


_OF_MENTIONS = Source(MentionRow, "entity_id", _MENTION.c.revision_id, _mentions)
_OF_PUBLISHERS = Source(ArticleRow, "publisher_id", _REVISION.c.id, _publishers)
_OF_REPORTS = Source(ReportRow, "event_id", _REPORT.c.revision_id, _reports)
_OF_CLAIMS = Source(ClaimRow, "measure_id", _CLAIM.c.revision_id, claims)
_ENTITIES = Kind("entity", EntityRow, ("kind", "name"), (_OF_MENTIONS, _OF_PUBLISHERS))
_EVENTS = Kind("event", EventRow, _EVENT, (_OF_REPORTS,))
_MEASURES = Kind("measure", MeasureRow, ("name", "unit", "kind"), (_OF_CLAIMS,))
KINDS = (_ENTITIES, _EVENTS, _MEASURES)


def resting_on(table: str, uids: Collection[str]) -> Iterator[tuple[Kind, Source, ColumnElement[bool]]]:
    """The facts that read otherwise, or fall away, when facts of a table do: which, as a condition on rows.

    A name's are all of its chain and the reports that it took part in; a figure's are its parts, and theirs.
    """
    if table == "mention":
        named = select(_PLACE.c.id).where(_PLACE.c.uid.in_(uids))
        took_part = select(_PARTICIPANT.c.report_id).where(_PARTICIPANT.c.mention_id.in_(named))
        yield _ENTITIES, _OF_MENTIONS, chained(uids)
        yield _EVENTS, _OF_REPORTS, or_(_REPORT.c.id.in_(took_part), _REPORT.c.place_mention_id.in_(named))
    elif table == "report":
        yield _EVENTS, _OF_REPORTS, _REPORT.c.uid.in_(uids)
    else:
        whole = _CLAIM.alias()
        wholes = select(whole.c.id).where(whole.c.uid.in_(uids))
        parts = select(_WHOLE.c.id).where(_WHOLE.c.part_of_id.in_(wholes))
        within = or_(_CLAIM.c.part_of_id.in_(wholes), _CLAIM.c.part_of_id.in_(parts))
        yield _MEASURES, _OF_CLAIMS, or_(_CLAIM.c.uid.in_(uids), within)
