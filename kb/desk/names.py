"""Spellings that users list for a name: what kb's own lexicon does not know.

A listed spelling joins by itself, in articles that are in and in those to come. Taking a line back parts
what only it had joined.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from sqlalchemy import Connection, Select, or_, select, text

from kb.desk.called import decision_uid
from kb.desk.person import person
from kb.errors import ReadError, UsageError
from kb.model.tables import AliasRow, now, table_of
from kb.model.values import EntityKind
from kb.resolve import regroup_around
from kb.resolve.keys.names import folded_name
from kb.store import Store, insert_rows, next_id

_ALIAS = table_of(AliasRow)
_COLUMNS = ("name", "spelling")
_KINDS = get_args(EntityKind)


@dataclass(frozen=True, slots=True)
class Alias:
    """A listed spelling: the name it stands for, and where that is from."""

    uid: str
    kind: str
    name: str
    spelling: str
    source: str


def add_names(store: Store, path: Path, *, by: str | None = None) -> list[Alias]:
    """Append the lines of a CSV: `name`, `spelling`, and if wanted `kind` (person) and `source` (the file).

    A line that is listed already is passed over. All lines go in, or none.

    Raises:
        ReadError: the file cannot be read, or a line of it lacks a name, a spelling or a known kind.
        StoreError: the base cannot be written.
    """
    lines = list(_lines(path))
    with store.transaction() as connection:
        known = {(row.kind, row.name, row.spelling) for row in connection.execute(_standing())}
        new = [line for line in dict.fromkeys(lines) if line[:3] not in known]
        added = [Alias(decision_uid(connection, AliasRow, "alias", *line, by=by), *line) for line in new]
        for alias in added:
            _append(connection, alias, None, by)
        _regroup(connection, added)
    return added


def remove_name(store: Store, said: str, *, by: str | None = None) -> Alias:
    """Take a listed spelling back, given by its uid or as it is written.

    Raises:
        UsageError: nothing that is listed has the uid or is spelled so, or several names are.
        StoreError: the base cannot be written.
    """
    with store.transaction() as connection:
        asked = _standing().where(or_(_ALIAS.c.uid == said, _ALIAS.c.spelling == said))
        rows = connection.execute(asked).all()
        if not rows:
            raise UsageError(f"no listed spelling is, or has the uid, {said!r}: kb names list shows them")
        if len(rows) > 1:
            listed = ", ".join(f"{row.uid} ({row.name}, {row.kind})" for row in rows)
            raise UsageError(f"{said!r} is listed for {len(rows)} names, say which by its uid: {listed}")
        row = rows[0]
        line = (row.kind, row.name, row.spelling, row.source)
        removed = Alias(decision_uid(connection, AliasRow, "alias", *line, by=by), *line)
        _append(connection, removed, row.uid, by)
        _regroup(connection, [removed])
    return removed


def _lines(path: Path) -> Iterator[tuple[str, str, str, str]]:
    """Kind, name, spelling and source of each line."""
    if path.exists() and not path.is_file():
        raise ReadError(f"{path} is no file: name a CSV")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            missing = [column for column in _COLUMNS if column not in (rows.fieldnames or ())]
            if missing:
                raise ReadError(f"{path} has no column {' and '.join(missing)}: its first line names them")
            for row in rows:
                yield _line(row, f"{path}, line {rows.line_num}", path.name)
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ReadError(f"{path} is not UTF-8 (byte {error.start}): save it as UTF-8") from error


def _line(row: dict[str, str | None], where: str, file: str) -> tuple[str, str, str, str]:
    name, spelling = ((row.get(column) or "").strip() for column in _COLUMNS)
    kind = (row.get("kind") or "person").strip()
    if not folded_name(name) or not folded_name(spelling):
        raise ReadError(f"{where}: it needs both a name and a spelling")
    if kind not in _KINDS:
        raise ReadError(f"{where}: no kind {kind!r}; say one of {', '.join(_KINDS)}")
    return kind, name, spelling, (row.get("source") or file).strip()


def _standing() -> Select[Any]:
    """The lines that are listed and not taken back."""
    gone = select(_ALIAS.c.withdraws).where(_ALIAS.c.withdraws.is_not(None))
    return select(_ALIAS).where(_ALIAS.c.withdraws.is_(None), _ALIAS.c.uid.not_in(gone))


def _append(connection: Connection, alias: Alias, withdraws: str | None, by: str | None) -> None:
    row = {
        "id": next_id(connection, AliasRow),
        "uid": alias.uid,
        "kind": alias.kind,
        "name": alias.name,
        "spelling": alias.spelling,
        "source": alias.source,
        "withdraws": withdraws,
        "by": person(by),
        "recorded_at": now(),
    }
    insert_rows(connection, AliasRow, [row])


def _regroup(connection: Connection, aliases: Iterable[Alias]) -> None:
    """Compute the entities that have one of the names or spellings anew."""
    query = text("""
        SELECT entity.uid FROM entity JOIN name ON name.entity_id = entity.id
        WHERE name.key = :key OR entity.name = :name""")
    uids = {
        uid
        for alias in aliases
        for words in (alias.name, alias.spelling)
        for uid in connection.execute(query, {"key": folded_name(words), "name": words}).scalars()
    }
    if uids:
        regroup_around(connection, "entity", sorted(uids))
