"""A draft, read as an article is: stored in a base of its own for a moment, so that the same functions
tell what its figures and events are about as tell it of stored ones. The base itself is not written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, select, text, true

from kb.extract import VERSION
from kb.model.tables import AliasRow, table_of
from kb.model.values import Article
from kb.pipeline import TOOL, load_article
from kb.query.rows import Figure, Report
from kb.query.select import typed
from kb.resolve.keys.reports import Told as ToldReport
from kb.resolve.relations.pairs import Told
from kb.resolve.relations.told import told_claims, told_where
from kb.resolve.things.members import KINDS, told_reports
from kb.resolve.things.stored import Things
from kb.store import Store, insert_rows

_ALIAS = table_of(AliasRow)


@dataclass(frozen=True, slots=True)
class DraftFigure:
    """A figure of the draft: `keys` of its measure, and the base's entities that its names may be.

    `is_placed` tells that its place stands in the text, and is not taken for that of the whole text.
    """

    figure: Figure
    told: Told
    measure: str
    kind: str | None
    keys: frozenset[str]
    said_status: str | None
    date_basis: str | None
    places: frozenset[int]
    speakers: frozenset[int]
    is_placed: bool


@dataclass(frozen=True, slots=True)
class DraftEvent:
    """An event of the draft, as a report and as what tells which event it is of.

    `named` are the entities of the base that take part in it, or are its place.
    """

    report: Report
    title: str
    place: str | None
    told: ToldReport
    named: frozenset[int]


@dataclass(frozen=True, slots=True)
class Draft:
    """The facts of a draft, in the order of its text."""

    figures: tuple[DraftFigure, ...]
    events: tuple[DraftEvent, ...]


def read_draft(article: Article, base: Store) -> Draft:
    """The facts of a text that is not stored, with the keys by which the base would group them."""
    with TemporaryDirectory(prefix="kb-draft-") as folder, _empty_base(Path(folder)) as store:
        aliases = base.connection.execute(select(_ALIAS).order_by(_ALIAS.c.id)).mappings().all()
        with store.transaction() as connection:
            insert_rows(connection, AliasRow, [dict(row) for row in aliases])
        load_article(store, article, store.start_run(TOOL, VERSION))
        names = _keys(store.connection, "entity", "mention")
        known, _ = Things(base.connection, _kind("entity")).by_key(set().union(*names.values()))
        entities = {
            mention: frozenset(thing for key in keys for thing in known.get(key, ()))
            for mention, keys in names.items()
        }
        return Draft(tuple(_figures(store.connection, entities)), tuple(_events(store.connection, entities)))


def _empty_base(folder: Path) -> Store:
    path = folder / "draft.db"
    path.write_bytes(_nothing())
    return Store.open(path)


@cache
def _nothing() -> bytes:
    """The file of a base with nothing in it: to make one takes longer than to read a draft."""
    with TemporaryDirectory(prefix="kb-draft-") as folder:
        path = Path(folder) / "empty.db"
        Store.open(path).close()
        return path.read_bytes()


def _figures(draft: Connection, entities: Mapping[int, frozenset[int]]) -> Iterable[DraftFigure]:
    revisions = draft.execute(text("SELECT id FROM revision")).scalars().all()
    rows = sorted(told_where(draft, "revision_id", revisions), key=lambda row: row["start_char"])
    told = told_claims(draft, rows)
    measures = _keys(draft, "measure", "claim")
    at = {row["id"]: row for row in draft.execute(text("SELECT * FROM claim")).mappings()}
    for row in rows:
        claim = at[row["id"]]
        yield DraftFigure(
            figure=typed(Figure, row),
            told=told[row["id"]],
            measure=row["measure_name"],
            kind=row["measure_kind"],
            keys=measures.get(row["id"], frozenset()),
            said_status=row["said_status"],
            date_basis=row["date_basis"],
            places=entities.get(claim["place_mention_id"], frozenset()),
            speakers=entities.get(claim["speaker_mention_id"], frozenset()),
            is_placed=claim["place_span_id"] is not None,
        )


def _events(draft: Connection, entities: Mapping[int, frozenset[int]]) -> Iterable[DraftEvent]:
    told = {row["uid"]: one for row, one in told_reports(draft, true())}
    query = text("""
        SELECT reports.*, report.place_mention_id, (
                SELECT group_concat(mention_id) FROM participant WHERE participant.report_id = report.id
            ) AS took_part
        FROM reports
        JOIN report ON report.uid = reports.uid
        ORDER BY reports.start_char""")
    for row in draft.execute(query).mappings():
        mentions = [int(key) for key in (row["took_part"] or "").split(",") if key]
        named = (entities.get(key, frozenset()) for key in (*mentions, row["place_mention_id"]))
        everybody: frozenset[int] = frozenset().union(*named)
        yield DraftEvent(typed(Report, row), row["event"], row["place"], told[row["uid"]], everybody)


def _kind(name: str) -> Any:
    return next(kind for kind in KINDS if kind.name == name)


def _keys(connection: Connection, kind: str, table: str) -> dict[int, frozenset[str]]:
    """The keys of the things of a kind by the rows of their facts."""
    return {
        key: placed.member.keys
        for placed in _kind(kind).standing(connection)
        for rows_of, key in placed.rows
        if rows_of == table
    }
