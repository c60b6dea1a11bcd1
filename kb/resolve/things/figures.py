"""Figures of a base as members of measures: by their words, else by where they stand in their articles."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, RowMapping, select, text

from kb.model.tables import ClaimRow, table_of
from kb.resolve.keys.measures import Measured, measured, reason
from kb.resolve.things.groups import Member
from kb.resolve.things.placed import Placed
from kb.resolve.things.readings import CORRECTION, as_read
from kb.resolve.things.subjects import Context, in_context, needs_context

_CLAIM = table_of(ClaimRow)
_WHOLE, _OUTER = _CLAIM.alias("whole"), _CLAIM.alias("outer_whole")  # and that of which the whole is a part
_READ, _READ_WHOLE, _READ_OUTER = (CORRECTION.alias(f"{of}_correction") for of in ("own", "whole", "outer"))
# By which a claim's measure is told.
_COUNTED = ("measure", "unit", "relation", "place", "earliest", "latest")
# Where somebody corrected the measure, that is what the figure counts.
_CONTEXTS = text("""
    SELECT claim.id, CAST(nullif(coalesce(correction.low, claim.low), '') AS REAL) AS low,
        CAST(nullif(coalesce(correction.high, claim.high), '') AS REAL) AS high,
        sentence.folded AS quote, revision.title,
        coalesce(article.cites_url, revision.url, article.url) AS url
    FROM json_each(:keys) AS asked
    CROSS JOIN claim ON claim.id = asked.value
    CROSS JOIN span AS sentence ON sentence.id = claim.sentence_span_id
    CROSS JOIN revision ON revision.id = claim.revision_id
    CROSS JOIN article ON article.id = revision.article_id
    LEFT JOIN correction ON correction.fact = claim.uid
    WHERE correction.measure IS NULL""")


def claims(connection: Connection, where: ColumnElement[bool]) -> list[Placed]:
    """Claims as members of measures; `where` is a condition on their rows."""
    return [_placed(row, what) for row, what in _read(connection, where)]


def reasons(connection: Connection, measure_id: int) -> dict[str, tuple[str | None, str]]:
    """The claims (by uid) of a measure, each with the key of its words and what in them gives it."""
    found = {}
    for row, what in _read(connection, _CLAIM.c.measure_id == measure_id):
        said = row["measure"] or "", row["unit"] or ""
        found[row["uid"]] = what.key, reason(*said, what, is_part=row["whole_id"] is not None)
    return found


def _read(connection: Connection, where: ColumnElement[bool]) -> Iterator[tuple[RowMapping, Measured]]:
    """Claims with what they count; of a part, its whole has a say, and that of which this is a part."""
    rows = _rows(connection, where)
    contexts = _contexts(connection, (key for row in rows for key in _open(row)))
    for row in rows:
        outer = _measured(row, "outer_", contexts) if row["outer_id"] is not None else None
        whole = _measured(row, "whole_", contexts, outer) if row["whole_id"] is not None else None
        yield row, _measured(row, "", contexts, whole)


def _rows(connection: Connection, where: ColumnElement[bool]) -> Sequence[RowMapping]:
    """Claims with what tells their measures, and that of the wholes of which they are parts, and theirs."""
    query = (
        select(
            *(_CLAIM.c[name] for name in ("id", "uid", "measure_id")),
            *(as_read(_CLAIM, _READ, name) for name in _COUNTED),
            _WHOLE.c.id.label("whole_id"),
            *(as_read(_WHOLE, _READ_WHOLE, name).label(f"whole_{name}") for name in _COUNTED),
            _OUTER.c.id.label("outer_id"),
            *(as_read(_OUTER, _READ_OUTER, name).label(f"outer_{name}") for name in _COUNTED),
        )
        .outerjoin(_READ, _READ.c.fact == _CLAIM.c.uid)
        .outerjoin(_WHOLE, _WHOLE.c.id == _CLAIM.c.part_of_id)
        .outerjoin(_READ_WHOLE, _READ_WHOLE.c.fact == _WHOLE.c.uid)
        .outerjoin(_OUTER, _OUTER.c.id == _WHOLE.c.part_of_id)
        .outerjoin(_READ_OUTER, _READ_OUTER.c.fact == _OUTER.c.uid)
        .where(where)
        .order_by(_CLAIM.c.id)
    )
    return connection.execute(query).mappings().all()


def _open(row: RowMapping) -> Iterator[int]:
    """The claim and its wholes, if their own words leave open what they count."""
    for prefix in ("", "whole_", "outer_"):
        key = row[f"{prefix}id"]
        if key is not None:
            what, said = _by_words(row, prefix), (row[f"{prefix}unit"] or "", row[f"{prefix}relation"])
            if needs_context(what, *said, since=_is_since(row, prefix)):
                yield key


def _contexts(connection: Connection, claims: Iterable[int]) -> Mapping[int, Context]:
    asked: Collection[int] = sorted(set(claims))
    if not asked:
        return {}
    rows = connection.execute(_CONTEXTS, {"keys": json.dumps(asked)})
    return {key: Context(*said) for key, *said in rows}


def _measured(
    row: RowMapping, prefix: str, contexts: Mapping[int, Context], whole: Measured | None = None
) -> Measured:
    what, context = _by_words(row, prefix, whole), contexts.get(row[f"{prefix}id"])
    if context is None or whole is not None:
        return what
    return in_context(what, _words(row, prefix), row[f"{prefix}unit"] or "", context)


def _by_words(row: RowMapping, prefix: str, whole: Measured | None = None) -> Measured:
    relation, since = row[f"{prefix}relation"], _is_since(row, prefix)
    return measured(
        _words(row, prefix), row[f"{prefix}unit"] or "", relation=relation, since=since, whole=whole
    )


def _words(row: RowMapping, prefix: str) -> str:
    """The measure without its place where that owns it: "Latvia's inflation" in Latvia is inflation."""
    measure, place = row[f"{prefix}measure"] or "", row[f"{prefix}place"]
    kept = re.sub(rf"\b{re.escape(place)}['’]s\s+", "", measure) if place else measure
    return kept or measure


def _is_since(row: RowMapping, prefix: str) -> bool:
    return row[f"{prefix}earliest"] is not None and row[f"{prefix}latest"] is None


def _placed(row: RowMapping, what: Measured) -> Placed:
    about = {"name": what.name, "unit": row["unit"] or "", "kind": what.kind}
    things = frozenset() if row["measure_id"] is None else frozenset([row["measure_id"]])
    member = Member((row["uid"],), frozenset({what.key} if what.key else ()), about)
    return Placed(member, (("claim", row["id"]),), things)
