"""Why claims were put side by side: one sentence with their words, sources and days. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import RowMapping

from kb.model.show import number_with_unit
from kb.resolve.relations.multiples import told_as
from kb.resolve.relations.pairs import Relation
from kb.resolve.relations.told import day_in, known_in, may_grow

if TYPE_CHECKING:
    from kb.resolve.relations.wholes import Misfit

_WHY: Mapping[Relation, str] = {
    "agree": "{a} and {b} can both hold",
    "update": "{b} updates {a}, told of an earlier time",
    "conflict": "{a} and {b} cannot both hold{when}",
    "later take": "{b} is a later take of the text that has {a}{when}",
    "restatement": "{b} is less than {a} before it, though the count can only grow",
    "quoted differently": "{a} and {b} are of one speaker; {own} is from that speaker's own publication",
}


def explanation(relation: Relation, a: RowMapping, b: RowMapping, own: RowMapping | None = None) -> str:
    """The sentence: what is counted, both phrases with speaker, publisher and day, and what is wrong.

    `a` is the earlier claim, `own` the one in its speaker's own publication; all are rows of the view
    `figures` with `measure_name`.
    """
    when = f" of {a['date']}" if a["date"] and a["date"] == b["date"] else ""
    mine = f"“{own['phrase']}”" if own is not None else ""
    why = _WHY[relation]
    if relation == "later take" and not _is_later(a, b):
        why = "{a} and {b} stand in two takes of one text{when}"
    if relation == "update" and (day_in(a) or dt.date.max) >= (day_in(b) or dt.date.max):
        why = "{b}, published later, updates {a}"  # both are dated by what happened
    said = why.format(a=_said(a), b=_said(b), when=when, own=mine)
    if relation == "conflict" and (may_grow(a) or may_grow(b)):
        said += ", unless the count grew within that time"
    return f"Of {counted_in(a)}: {said}."


def _is_later(a: RowMapping, b: RowMapping) -> bool:
    """Whether the days, or moments where both are known, of publication tell that the second came later."""
    one, other = a["published"] or "", b["published"] or ""
    known = min(len(one), len(other))
    return bool(one and other) and one[:known] < other[:known]


def parts_explained(misfit: Misfit, whole: RowMapping, parts: Sequence[RowMapping]) -> str:
    """The sentence for parts that do not fit into the whole that one article tells them of."""
    listed = [f"“{row['phrase']}”" for row in parts]
    together = " and ".join(filter(None, (", ".join(listed[:-1]), listed[-1])))
    added = number_with_unit("=", sum(row["low"] or 0.0 for row in parts), None, None, None)
    if misfit == "more":
        return (
            f"Of {counted_in(whole)}: {together} is told as a part of {_said(whole)}, but is more than that."
        )
    but = "but are parts of no more than" if misfit == "together more" else "but are told as the parts of"
    told = f"{together} together make {added}, {but} {_said(whole)}"
    return f"Of {counted_in(whole)}: {told}."


def multiple_explained(bound: str, ratio: RowMapping, level: RowMapping, figure: RowMapping) -> str:
    """The sentence for a multiple, and a figure that is not what the multiple makes of its baseline."""
    said = f"{_said(level)} is “{ratio['phrase']}” {told_as(ratio['baseline'])}"
    return (
        f"Of {counted_in(figure)}: {said}; that makes it {bound}, but {_said(figure)} is told of that time."
    )


def doubled(a: RowMapping, b: RowMapping) -> str:
    """The sentence for one number that is told of two things; `a` is the earlier claim."""
    kinds = {a["measure_kind"], b["measure_kind"]}
    runs = ""
    if kinds == {"stock", "cumulative"}:
        stock, total = sorted((a, b), key=lambda row: str(row["measure_kind"] != "stock"))
        runs = f" (“{stock['phrase']}” are those at one time, “{total['phrase']}” all up to then)"
    place = next((f" in {row['place']}" for row in (a, b) if row["place"]), "")
    return (
        f"One number is told of two things{place}: {_said(a)} as {a['measure_name']},"
        f" {_said(b)} as {b['measure_name']}{runs}; one may be mistaken for the other."
    )


def counted_in(row: RowMapping) -> str:
    """What is counted, with its place: `political prisoners held in Belarus`."""
    return f"{row['measure_name']} in {row['place']}" if row["place"] else str(row["measure_name"])


def _said(row: RowMapping) -> str:
    who = row["speaker"]
    where = row["publisher"] or row["title"]
    late = f"published {row['published'][:10]}" if day_in(row) != known_in(row) else None
    source = ", ".join(part for part in (who, where, row["date"], late) if part)
    return f"“{row['phrase']}” ({source})" if source else f"“{row['phrase']}”"
