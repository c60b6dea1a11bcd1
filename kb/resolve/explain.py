"""Why two claims were put side by side: one sentence with both quotes, their sources and days. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import RowMapping

from kb.resolve.relations import Relation

_WHY: Mapping[Relation, str] = {
    "conflict": "{a} and {b} cannot both hold{when}",
    "later take": "{b} is a later take of the text that has {a}{when}",
    "restatement": "{b} is less than {a} before it, though the count can only grow",
}


def explanation(relation: Relation, a: RowMapping, b: RowMapping) -> str:
    """The sentence: what is counted, both phrases with speaker, publisher and day, and what is wrong.

    `a` is the earlier claim; both are rows of the view `figures` with `measure_name`.
    """
    place = f" in {a['place']}" if a["place"] else ""
    when = f" of {a['date']}" if a["date"] and a["date"] == b["date"] else ""
    said = _WHY[relation].format(a=_said(a), b=_said(b), when=when)
    return f"Of {a['measure_name']}{place}: {said}."


def _said(row: RowMapping) -> str:
    who = row["speaker"]
    where = row["publisher"] or row["title"]
    source = ", ".join(part for part in (who, where, row["date"]) if part)
    return f"“{row['phrase']}” ({source})" if source else f"“{row['phrase']}”"
