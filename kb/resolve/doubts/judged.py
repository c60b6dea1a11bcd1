"""What people say of single facts, and where two of them say different things of one.

What a person says of a fact is the last answer: that it is none; that it reads as it did then; or, of
the fields that this person corrected, how they read. Two persons differ if one of them rejects what the
other does not, or if a field that both speak of reads otherwise for one than for the other. Who accepts
a corrected fact agrees with the correction; who accepted it without, before or in another base, does not.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, text

from kb.model.show import number_with_unit

_REJECTED: Mapping[str, str] = {"": "rejected"}  # what a rejection says of the field of no name
_STANDING = """
    SELECT fact, fact_kind, verdict, field, value, accepted_as, "by", recorded_at FROM standing_review
    WHERE fact IN ({0})
    ORDER BY fact, recorded_at, id"""
_BY_SEVERAL = 'SELECT fact FROM standing_review GROUP BY fact HAVING count(DISTINCT "by") > 1'
_AMONG = "SELECT value FROM json_each(:facts)"
# A tag that somebody took off who had not put it there: taking back one's own says nothing.
_TAGS = """
    SELECT coalesce(
            (SELECT uid FROM article WHERE uid = tag.target),
            (
                SELECT min(article.uid) FROM article_uid JOIN article ON article.id = article_uid.article_id
                WHERE article_uid.uid = tag.target
            ),
            tag.target
        ) AS target,
        lower(tag.tag) AS word, tag.tag, tag.verdict, tag."by",
        NOT EXISTS (SELECT 1 FROM tag AS later WHERE later.withdraws = tag.uid) AS stands,
        (SELECT own."by" FROM tag AS own WHERE own.uid = tag.withdraws) AS taken_from
    FROM tag
    WHERE lower(tag.tag) IN (SELECT lower(tag) FROM tag AS off WHERE off.verdict = 'withdrawn')
    ORDER BY target, word, tag.recorded_at, tag.id"""
_DEFINITIONS = """
    SELECT DISTINCT claim.measure_id, made.measure, made.definition, made."by", made.recorded_at, made.id
    FROM measure_definition AS made
    JOIN claim ON claim.uid = made.measure AND claim.measure_id IS NOT NULL
    WHERE made.withdraws IS NULL
        AND NOT EXISTS (SELECT 1 FROM measure_definition AS later WHERE later.withdraws = made.uid)
    ORDER BY claim.measure_id, made.recorded_at, made.id"""
_NUMBER = ("comparator", "low", "high")
_DERIVED = ("earliest", "latest")  # a date sets them too, and tells what they are


@dataclass(frozen=True, slots=True)
class Disputed:
    """Facts (by uid) of which people say different things, the same ones of each; the last word last.

    `last_by` is who said it.
    """

    kind: str
    facts: tuple[str, ...]
    said: str
    last_by: str


def disputed_facts(connection: Connection, among: Collection[str] = ()) -> tuple[Disputed, ...]:
    """Facts that people judge differently; mentions of one name that got the same answers are one.

    With `among` (uids) no others are looked at.
    """
    facts: dict[tuple[str, str], list[RowMapping]] = defaultdict(list)
    query = text(_STANDING.format(_AMONG if among else _BY_SEVERAL))
    for row in connection.execute(query, {"facts": json.dumps(sorted(among))} if among else {}).mappings():
        facts[row["fact"], row["fact_kind"]].append(row)
    found: dict[tuple[str, str, str, frozenset[Any]], list[str]] = defaultdict(list)
    for (fact, kind), rows in facts.items():
        said = _said(rows)
        if said is not None:
            answers = frozenset((row["by"], row["recorded_at"]) for row in rows)
            found[kind, said, rows[-1]["by"], answers].append(fact)
    disputed = (Disputed(kind, tuple(sorted(uids)), said, by) for (kind, said, by, _), uids in found.items())
    return tuple(sorted(disputed, key=lambda one: (one.kind, one.facts)))


def _said(rows: Sequence[RowMapping]) -> str | None:
    """What people say of a fact, where two of them differ; `rows` are its answers that stand, in order."""
    last: dict[str, RowMapping] = {}
    corrected: dict[str, dict[str, str]] = defaultdict(dict)
    present: dict[str, str] = {}
    meant: dict[str, Mapping[str, str | None]] = {}  # what each says of which field, None: as extracted
    fields = dict.fromkeys(row["field"] for row in rows if row["field"] is not None)
    for row in rows:
        by = row["by"]
        last.pop(by, None)  # in the order of their last answers
        last[by] = row
        if row["verdict"] == "corrected":
            present[row["field"]] = corrected[by][row["field"]] = row["value"]
            meant[by] = dict(corrected[by])
        elif row["verdict"] == "accepted":
            corrected[by].clear()
            accepted = json.loads(row["accepted_as"]) if row["accepted_as"] else present
            meant[by] = {field: accepted.get(field) for field in fields}
        else:
            meant[by] = _REJECTED
    disputed = {field for field in ("", *fields) if _differs(field, meant.values())}
    if not disputed:
        return None
    return "; ".join(f"{by}: {_in_words(row['verdict'], meant[by], disputed)}" for by, row in last.items())


def _differs(field: str, meant: Collection[Mapping[str, str | None]]) -> bool:
    if not field:
        return 0 < sum(one is _REJECTED for one in meant) < len(meant)
    return len({one[field] for one in meant if field in one}) > 1


def _in_words(verdict: str, meant: Mapping[str, str | None], disputed: Collection[str]) -> str:
    told = {name: meant[name] for name in meant if name in disputed and name not in _DERIVED and name}
    if verdict == "accepted" and told and not any(told.values()):
        return "accepted as extracted"
    if verdict != "corrected" or not told:
        return verdict
    if not told.keys().isdisjoint(_NUMBER) and meant.keys() >= set(_NUMBER):
        told = {"value": _value(meant), **{name: told[name] for name in told if name not in _NUMBER}}
    return "corrected " + ", ".join(f"{name}: {value or 'not said'}" for name, value in told.items())


def _value(meant: Mapping[str, str | None]) -> str:
    """The number that a correction makes of a figure, as a reader writes it."""
    low, high = (float(end) if end else None for end in (meant["low"], meant["high"]))
    return number_with_unit(meant["comparator"] or "=", low, high, None)


def disputed_tags(connection: Connection) -> Iterator[Disputed]:
    """Articles and facts that one files under a word, and another took from under it."""
    last: dict[tuple[str, str], dict[str, RowMapping]] = defaultdict(dict)
    for row in connection.execute(text(_TAGS)).mappings():
        people = last[row["target"], row["word"]]
        people.pop(row["by"], None)
        if (row["verdict"] == "tagged" and row["stands"]) or row["taken_from"] not in (None, row["by"]):
            people[row["by"]] = row
    for (target, _), people in last.items():
        if len({row["verdict"] for row in people.values()}) > 1:
            verbs = {"tagged": "filed under", "withdrawn": "not under"}
            said = "; ".join(f"{by}: {verbs[row['verdict']]} {row['tag']}" for by, row in people.items())
            yield Disputed("tag", (target,), said, list(people)[-1])


def disputed_definitions(connection: Connection) -> Iterator[Disputed]:
    """Measures (by a claim) that two people define differently."""
    last: dict[int, dict[str, RowMapping]] = defaultdict(
        dict
    )  # measures -> people in the order of their words
    for row in connection.execute(text(_DEFINITIONS)).mappings():
        people = last[row["measure_id"]]
        people.pop(row["by"], None)
        people[row["by"]] = row
    for people in last.values():
        if len({row["definition"] for row in people.values()}) > 1:
            *_, (last_by, newest) = people.items()
            said = "; ".join(f"{by}: {row['definition']}" for by, row in people.items())
            yield Disputed("definition", (newest["measure"],), said, last_by)
