"""All groups computed anew from facts and decisions, and compared with what is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from kb.model.tables import EntityRow, GroupKeyRow, NameRow, table_of
from kb.resolve.series.aligned import series_differences
from kb.resolve.things.definitions import definition_differences
from kb.resolve.things.groups import groups
from kb.resolve.things.members import KINDS
from kb.resolve.things.placed import Kind, Pointing, rows_of
from kb.resolve.things.regrouping import decisions
from kb.resolve.things.stored import FROM_TEXT, described, spellings, stored_keys

_KEY, _NAME = table_of(GroupKeyRow), table_of(NameRow)
Picture = dict[str, Any]  # what belongs to a thing: its facts' rows, its description, keys and names


def differences(connection: Connection) -> Iterator[str]:
    """What is stored of groups otherwise than facts and decisions make it, one sentence each."""
    for kind in KINDS:
        computed, stored = _computed(connection, kind), _stored(connection, kind)
        for uid in sorted(computed.keys() | stored.keys()):
            if uid not in stored:
                yield f"{kind.name} {uid} is missing: its facts are grouped otherwise"
            elif uid not in computed:
                yield f"{kind.name} {uid} is stored, but no facts make it"
            else:
                wrong = [name for name in computed[uid] if computed[uid][name] != stored[uid][name]]
                if wrong:
                    yield f"{kind.name} {uid} has other {', '.join(wrong)} than its facts make"
    yield from series_differences(connection)
    yield from definition_differences(connection)


def _computed(connection: Connection, kind: Kind) -> dict[str, Picture]:
    rows = rows_of(kind.standing(connection))
    return {
        group.uid: {
            "facts": {row for member in group.members for row in rows[member]},
            "description": dict(described(group)),
            "keys": set(stored_keys(group)),
            "names": set(spellings(group)),
        }
        for group in groups(rows, decisions(connection, kind.name))
    }


def _stored(connection: Connection, kind: Kind) -> dict[str, Picture]:
    things = table_of(kind.things)
    members: dict[int, set[Pointing]] = defaultdict(set)
    for source in kind.sources:
        rows = table_of(source.rows)
        pointing = _by_thing(connection, source.pointer, rows.c.id, source.pointer.is_not(None))
        for thing, ids in pointing.items():
            members[thing] |= {(rows.name, row) for row in ids}
    keys = _by_thing(connection, _KEY.c.thing_id, _KEY.c.key, _KEY.c.kind == kind.name)
    names = (
        _by_thing(connection, _NAME.c.entity_id, _NAME.c.spelling, _NAME.c.source == FROM_TEXT)
        if kind.things is EntityRow
        else {}
    )
    return {
        row["uid"]: {
            "facts": members.get(row["id"], set()),
            "description": {name: row[name] for name in kind.description},
            "keys": keys.get(row["id"], set()),
            "names": names.get(row["id"], set()),
        }
        for row in connection.execute(select(things)).mappings()
    }


def _by_thing(connection: Connection, thing: Any, value: Any, where: Any) -> dict[int, set[Any]]:
    found: dict[int, set[Any]] = defaultdict(set)
    for key, one in connection.execute(select(thing, value).where(where)):
        found[key].add(one)
    return found
