"""Why a row of the release before is gone, or reads otherwise: what the base says of it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import text

from kb.export.changes import Row, rows_of
from kb.store import Store
from kb.store.lookup import first_withdrawal, known_as

_GROUPS = ("series", "measure_kind", "event", "part_of", "origin", "root")  # columns that more texts change
_THINGS = {"events": ("event", "report"), "entities": ("entity", "mention")}  # groups, and of which facts
# A thing has the uid of one of its facts: this leads to where the fact is from, and what it is part of now.
_HOME = """
    SELECT article.uid AS source, thing.uid AS thing FROM {fact} AS fact
    JOIN revision ON revision.id = fact.revision_id JOIN article ON article.id = revision.article_id
    LEFT JOIN {thing} AS thing ON thing.id = fact.{thing}_id
    WHERE fact.uid = :uid"""
_CORRECTED = "SELECT 1 FROM correction WHERE fact = :uid"
_MEMBER_CORRECTED = """
    SELECT 1 FROM {thing} AS thing JOIN {fact} AS fact ON fact.{thing}_id = thing.id
    JOIN correction ON correction.fact = fact.uid WHERE thing.uid = :uid"""
_WITHDRAWN = "SELECT 1 FROM withdrawal WHERE uid <> :uid"
_STATUS = "SELECT status FROM fact_status WHERE fact = :uid"


class Reasons:
    """The reason of each change, for a person who reads CHANGES.csv; to be used within `released`."""

    def __init__(self, store: Store, previous: Path | None) -> None:
        self._connection = store.connection
        self._previous = previous

    def __call__(self, table: str, row: Row, column: str | None) -> str:
        """Why a row of a table went (no column), or has another value in a column (the row as it is now)."""
        if column is None:
            return self._gone(table, row)
        if column == "status":
            return "review taken back" if row[column] == "machine" else f"{row[column]} in review"
        corrected = _CORRECTED
        if table in _THINGS:
            thing, fact = _THINGS[table]
            corrected = _MEMBER_CORRECTED.format(thing=thing, fact=fact)
        if self._value(corrected, row["uid"]) is not None:
            return "corrected in review"
        return "grouped otherwise" if table in _THINGS or column in _GROUPS else "read anew"

    def _gone(self, table: str, row: Row) -> str:
        uid = row["uid"]
        source, joined = uid if table == "sources" else row.get("source"), None
        if table == "events":
            source = self._sources_of_events.get(uid)
        if table in _THINGS:
            thing, fact = _THINGS[table]
            query = text(_HOME.format(thing=thing, fact=fact))
            for found in self._connection.execute(query, {"uid": uid}).mappings():
                source, joined = found["source"], found["thing"]
        known = known_as(self._connection, source) if source else None
        withdrawal = first_withdrawal(self._connection, known) if known else None
        if withdrawal is None and known not in (None, source):
            return f"the source has its address now, and is {known}"
        if withdrawal is not None:
            return f"source withdrawn: {withdrawal.reason}"
        if self._value(_STATUS, uid) == "rejected":
            return "rejected in review"
        if joined not in (None, uid):
            return f"now part of {joined}"
        return "not named any more" if table == "entities" else "not read or not selected any more"

    @cached_property
    def _sources_of_events(self) -> dict[str, str]:
        """The source of the report whose uid an event had, by the release before.

        Of what was withdrawn the base has no facts any more.
        """
        if self._previous is None or self._value(_WITHDRAWN, "") is None:
            return {}
        reports = rows_of(self._previous / "reports.csv")
        return {row["uid"]: row["source"] for row in reports if row["uid"] == row["event"]}

    def _value(self, query: str, uid: str) -> Any:
        return self._connection.execute(text(query), {"uid": uid}).scalar()
