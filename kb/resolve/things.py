"""The stored groups of one kind: found by key or by fact, made, joined, rewritten, taken away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, delete, select, update

from kb.model.tables import EntityRow, GroupKeyRow, NameRow, table_of
from kb.resolve.groups import Group, Member
from kb.resolve.keys import folded_name
from kb.resolve.members import Kind
from kb.store import insert_rows, next_id, set_links

_KEY, _NAME = table_of(GroupKeyRow), table_of(NameRow)
FROM_TEXT = "text"  # the source of a name that stands in an article
HELD = "!"  # before a key that a "different" keeps from joining
_MANY = 5_000  # values in one statement; SQLite allows 32,766

Value = TypeVar("Value")


def stored_keys(group: Group) -> frozenset[str]:
    """The keys under which a group is found again."""
    return frozenset(HELD + key for key in group.keys) if group.held else group.keys


def described(group: Group) -> Mapping[str, str | None]:
    """The columns of a thing: as the member with the smallest uid sees it."""
    return group.members[0].about


def spellings(group: Group) -> frozenset[str]:
    """All the forms in which its members name it."""
    return frozenset(words for member in group.members for words in member.spellings)


def parts(values: Iterable[Value]) -> Iterator[list[Value]]:
    """The values in lists that fit into one statement."""
    everything = list(values)
    for start in range(0, len(everything), _MANY):
        yield everything[start : start + _MANY]


class Things:
    """The things of one kind in a base that is being written; `moved` are the facts' rows pointed anew."""

    def __init__(self, connection: Connection, kind: Kind) -> None:
        self.moved: set[int] = set()
        self.connection = connection
        self.kind = kind
        self._facts = table_of(kind.facts)
        self._things = table_of(kind.things)
        self._link = self._facts.c[kind.link]

    def by_key(self, keys: Iterable[str]) -> tuple[dict[str, set[int]], set[str]]:
        """The things under each key, and those of the keys that are held from joining."""
        found: dict[str, set[int]] = defaultdict(set)
        held = set()
        for part in parts(form for key in keys for form in (key, HELD + key)):
            query = select(_KEY.c.key, _KEY.c.thing_id)
            for key, thing in self.connection.execute(
                query.where(_KEY.c.kind == self.kind.name, _KEY.c.key.in_(part))
            ):
                plain = key.removeprefix(HELD)
                found[plain].add(thing)
                if plain != key:
                    held.add(plain)
        return found, held

    def by_fact(self, uids: Iterable[str]) -> dict[str, set[int]]:
        """The things that each fact, in whatever article, points at."""
        found: dict[str, set[int]] = defaultdict(set)
        for part in parts(uids):
            query = select(self._facts.c.uid, self._link)
            for uid, thing in self.connection.execute(
                query.where(self._facts.c.uid.in_(part), self._link.is_not(None))
            ):
                found[uid].add(thing)
        return found

    def owners(self, things: Iterable[int]) -> dict[str, int]:
        """Uids of things -> their rows."""
        found: dict[str, int] = {}
        for part in parts(things):
            query = select(self._things.c.uid, self._things.c.id).where(self._things.c.id.in_(part))
            found.update((uid, thing) for uid, thing in self.connection.execute(query))
        return found

    def point(self, rows: Iterable[int], thing: int | None) -> None:
        """Let the facts of these rows point at a thing, or at none."""
        rows = list(rows)
        self.moved.update(rows)
        set_links(self.connection, self.kind.facts, self.kind.link, ((row, thing) for row in rows))

    def create(self, group: Group, rows: Mapping[Member, Sequence[int]]) -> None:
        """A new thing for a group, and its facts pointing at it."""
        thing = next_id(self.connection, self.kind.things)
        values: dict[str, Any] = dict.fromkeys(column.name for column in self._things.columns)
        insert_rows(
            self.connection, self.kind.things, [values | dict(described(group), id=thing, uid=group.uid)]
        )
        self._describe(thing, group, rows)

    def rewrite(self, thing: int, group: Group, rows: Mapping[Member, Sequence[int]]) -> None:
        """A group into the row of a thing whose keys and names were taken away."""
        self._name(thing, group)
        self._describe(thing, group, rows)

    def join(self, thing: int, group: Group, rows: Mapping[Member, Sequence[int]]) -> None:
        """New members into a thing; it keeps its uid and description unless theirs is the smaller uid."""
        uid = self.connection.execute(
            select(self._things.c.uid).where(self._things.c.id == thing)
        ).scalar_one()
        if group.uid < uid:
            self._name(thing, group)
        self._describe(thing, group, rows)

    def forget_index(self, things: Iterable[int]) -> None:
        """Take away the keys and names of things that are about to be computed anew."""
        for part in parts(things):
            self.connection.execute(
                delete(_KEY).where(_KEY.c.kind == self.kind.name, _KEY.c.thing_id.in_(part))
            )
            if self._named:
                self.connection.execute(
                    delete(_NAME).where(_NAME.c.source == FROM_TEXT, _NAME.c.entity_id.in_(part))
                )

    def remove(self, things: Iterable[int]) -> None:
        """Take away things that have no member any more."""
        for part in parts(things):
            self.connection.execute(delete(self._things).where(self._things.c.id.in_(part)))

    @property
    def _named(self) -> bool:
        return self.kind.things is EntityRow

    def _name(self, thing: int, group: Group) -> None:
        values = dict(described(group), uid=group.uid)
        self.connection.execute(update(self._things).where(self._things.c.id == thing).values(values))

    def _describe(self, thing: int, group: Group, rows: Mapping[Member, Sequence[int]]) -> None:
        self.point((row for member in group.members for row in rows[member]), thing)
        self._add_keys(thing, stored_keys(group))
        if self._named:
            self._add_names(thing, spellings(group))

    def _add_keys(self, thing: int, keys: frozenset[str]) -> None:
        here = select(_KEY.c.key).where(_KEY.c.kind == self.kind.name, _KEY.c.thing_id == thing)
        new = keys - self._known(here, _KEY.c.key, keys)
        first = next_id(self.connection, GroupKeyRow)
        rows = [
            {"id": first + i, "kind": self.kind.name, "key": key, "thing_id": thing}
            for i, key in enumerate(sorted(new))
        ]
        insert_rows(self.connection, GroupKeyRow, rows)

    def _add_names(self, thing: int, names: frozenset[str]) -> None:
        here = select(_NAME.c.spelling).where(_NAME.c.entity_id == thing, _NAME.c.source == FROM_TEXT)
        new = names - self._known(here, _NAME.c.spelling, names)
        first = next_id(self.connection, NameRow)
        unknown = {"language": None, "script": None}
        rows = [
            {
                "id": first + i,
                "entity_id": thing,
                "spelling": name,
                "key": folded_name(name),
                "source": FROM_TEXT,
            }
            | unknown
            for i, name in enumerate(sorted(new))
        ]
        insert_rows(self.connection, NameRow, rows)

    def _known(self, query: Select[Any], column: ColumnElement[str], values: frozenset[str]) -> set[str]:
        found: set[str] = set()
        for part in parts(values):
            found |= {value for (value,) in self.connection.execute(query.where(column.in_(part)))}
        return found
