"""The stored groups of one kind: found by key or by fact, made, joined, rewritten, taken away."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, TextClause, bindparam, delete, select, text, update

from kb.model.tables import EntityRow, GroupKeyRow, NameRow, SeriesRow, table_of
from kb.resolve.keys.described import described_by
from kb.resolve.keys.names import folded_name
from kb.resolve.keys.tentative import Trait, trait_in, traits_between
from kb.resolve.things.groups import Group, Member
from kb.resolve.things.placed import Kind, Pointing
from kb.store import insert_rows, look_up, next_id, parts, set_links

_KEY, _NAME, _SERIES = table_of(GroupKeyRow), table_of(NameRow), table_of(SeriesRow)
_PAIRS = """
    SELECT json_extract(asked.value, '$[0]'), json_extract(asked.value, '$[1]')
    FROM json_each(:pairs) AS asked CROSS JOIN"""
_KEYS_OF = text(f"""{_PAIRS} group_key ON group_key.kind = :kind
    AND group_key.key = json_extract(asked.value, '$[1]')
    AND group_key.thing_id = json_extract(asked.value, '$[0]')""")
_NAMES_OF = text(f"""{_PAIRS} name ON :kind = 'entity' AND name.source = 'text'
    AND name.entity_id = json_extract(asked.value, '$[0]')
    AND name.spelling = json_extract(asked.value, '$[1]')""")
FROM_TEXT = "text"  # the source of a name that stands in an article
_TRAITS = text("""
    SELECT json_extract(asked.value, '$[0]'), group_key.key FROM json_each(:asked) AS asked
    CROSS JOIN group_key ON group_key.kind = :kind
        AND group_key.key >= json_extract(asked.value, '$[1]')
        AND group_key.key < json_extract(asked.value, '$[2]')""")
HELD = "!"  # before a key that a "different" keeps from joining


def stored_keys(group: Group) -> frozenset[str]:
    """The keys under which a group is found again."""
    keys = group.keys.union(*(one.forms() for one in group.tentative))
    return frozenset(HELD + key for key in keys) if group.held else keys


def described(group: Group) -> Mapping[str, str | None]:
    """The columns of a thing: of an event all reports have a say, else the member with the smallest uid.

    Articles of one text have facts of one uid, which may be read otherwise: by the days of publication.
    """
    first = group.members[0].about
    if "title" in first:
        return described_by(member.about for member in group.members)
    return min((member.about for member in group.members if member.uid == group.uid), key=_in_order)


def together(old: Mapping[str, str | None], new: Mapping[str, str | None]) -> dict[str, str | None]:
    """The uid and description of a thing whose two parts have these."""
    parts_told = sorted((old, new), key=lambda part: (part["uid"] or "", _in_order(part)))
    first = dict(parts_told[0])
    return {**first, **described_by([old, new])} if "title" in first else first


def _in_order(about: Mapping[str, str | None]) -> list[tuple[str, str]]:
    return sorted((column, value or "") for column, value in about.items())


def spellings(group: Group) -> frozenset[str]:
    """All the forms in which its members name it."""
    return frozenset(words for member in group.members for words in member.spellings)


@dataclass(frozen=True, slots=True)
class _Change:
    """A group on its way into a thing: `fresh` where that has neither keys nor names so far."""

    thing: int
    group: Group
    fresh: bool


class Things:
    """The things of one kind in a base that is being written.

    What is made, joined and rewritten is written by `flush`, in a few statements for all of it; what
    is looked up is what was flushed.
    """

    def __init__(self, connection: Connection, kind: Kind) -> None:
        self.connection = connection
        self.kind = kind
        self.moved: set[Pointing] = set()  # the rows that were pointed elsewhere
        self._things = table_of(kind.things)
        self._links: dict[Pointing, int | None] = {}
        self._gone: set[int] = set()
        self._new: list[dict[str, Any]] = []
        self._named: list[_Change] = []
        self._changes: list[_Change] = []

    def by_key(self, keys: Iterable[str]) -> tuple[dict[str, set[int]], set[str]]:
        """The things under each key, and those of the keys that are held from joining."""
        found: dict[str, set[int]] = defaultdict(set)
        held = set()
        forms = (form for key in keys for form in (key, HELD + key))
        for key, thing in self._of_index(("key", "thing_id"), "key", forms):
            plain = key.removeprefix(HELD)
            found[plain].add(thing)
            if plain != key:
                held.add(plain)
        return found, held

    def by_tentative(self, keys: Iterable[str]) -> dict[str, set[Trait]]:
        """Tentative keys -> what is told of the things that have them."""
        found: dict[str, set[Trait]] = {key: set() for key in keys}
        asked = json.dumps([[key, *traits_between(key)] for key in found])
        told = self.connection.execute(_TRAITS, {"asked": asked, "kind": self.kind.name}) if found else ()
        for key, form in told:
            found[key].add(trait_in(form))
        return found

    def _of_index(self, names: tuple[str, ...], by: str, values: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
        return look_up(self.connection, GroupKeyRow, names, by, values, kind=self.kind.name)

    def beside(self, things: Iterable[int]) -> set[int]:
        """The things that share a stored key with these: held apart from one that may be about to go."""
        keys = {key.removeprefix(HELD) for (key,) in self._of_index(("key",), "thing_id", things)}
        found, _ = self.by_key(keys)
        return {thing for sharing in found.values() for thing in sharing}

    def by_fact(self, uids: Iterable[str]) -> dict[str, set[int]]:
        """The things that each fact, in whatever article, points at."""
        found: dict[str, set[int]] = defaultdict(set)
        asked = list(uids)
        for source in self.kind.sources:
            for fact, thing in look_up(self.connection, source.rows, ("uid", source.link), "uid", asked):
                if thing is not None:
                    found[fact].add(thing)
        return found

    def owners(self, things: Iterable[int]) -> dict[str, int]:
        """Uids of things -> their rows."""
        return dict(look_up(self.connection, self.kind.things, ("uid", "id"), "id", things))

    def point(self, rows: Iterable[Pointing], thing: int | None) -> None:
        """Let these rows point at a thing, or at none."""
        self._links.update(dict.fromkeys(rows, thing))

    def create(self, group: Group, rows: Mapping[Member, Sequence[Pointing]]) -> None:
        """A new thing for a group, and its facts pointing at it."""
        thing = self._new[-1]["id"] + 1 if self._new else next_id(self.connection, self.kind.things)
        values: dict[str, Any] = dict.fromkeys(column.name for column in self._things.columns)
        self._new.append(values | dict(described(group), id=thing, uid=group.uid))
        self._change(_Change(thing, group, fresh=True), rows)

    def rewrite(self, thing: int, group: Group, rows: Mapping[Member, Sequence[Pointing]]) -> None:
        """A group into the row of a thing whose keys and names were taken away."""
        self._named.append(_Change(thing, group, fresh=True))
        self._change(self._named[-1], rows)

    def join(self, thing: int, group: Group, rows: Mapping[Member, Sequence[Pointing]]) -> None:
        """New members into a thing, which may give it another uid or description."""
        self._change(_Change(thing, group, fresh=False), rows)

    def forget_index(self, things: Iterable[int]) -> None:
        """Take away the keys and names of things that are about to be computed anew."""
        for part in parts(things):
            ours = (_KEY.c.kind == self.kind.name, _KEY.c.thing_id.in_(part))
            self.connection.execute(delete(_KEY).where(*ours))
            if self._has_names:
                ours = (_NAME.c.source == FROM_TEXT, _NAME.c.entity_id.in_(part))
                self.connection.execute(delete(_NAME).where(*ours))

    def remove(self, things: Iterable[int]) -> None:
        """Note things that have no member any more."""
        self._gone.update(things)

    def bury(self) -> None:
        """Take away what has no member any more; to be called when no series points at it either."""
        for part in parts(self._gone):
            self.connection.execute(delete(self._things).where(self._things.c.id.in_(part)))
        self._gone.clear()

    def flush(self) -> None:
        """Write what was made, joined, rewritten and pointed elsewhere."""
        if not self._links:
            return
        self._describe()
        insert_rows(self.connection, self.kind.things, self._new)
        for source in self.kind.sources:
            table = table_of(source.rows).name
            links = [(row, thing) for (name, row), thing in self._links.items() if name == table]
            set_links(self.connection, source.rows, source.link, links)
        self._add_keys()
        if self._has_names:
            self._add_names()
        self.moved.update(self._links)
        self._links, self._new, self._named, self._changes = {}, [], [], []

    @property
    def _has_names(self) -> bool:
        return self.kind.things is EntityRow

    def _change(self, change: _Change, rows: Mapping[Member, Sequence[Pointing]]) -> None:
        self._changes.append(change)
        self.point((row for member in change.group.members for row in rows[member]), change.thing)

    def _describe(self) -> None:
        """Name things after their groups."""
        joined = [change for change in self._changes if not change.fresh]
        named = {one.thing: {"uid": one.group.uid, **described(one.group)} for one in self._named}
        before = self._descriptions(change.thing for change in joined)
        for one in joined:
            old = named.get(one.thing, before[one.thing])
            new = together(old, {"uid": one.group.uid, **described(one.group)})
            if new != old:
                named[one.thing] = new
            if not self._has_names and new.get("name") != old.get("name"):  # conflicts are told of a measure
                self.moved |= self._pointing_at(one.thing)
        values = [{"row_id": thing, **description} for thing, description in named.items()]
        if values:
            self.connection.execute(
                update(self._things).where(self._things.c.id == bindparam("row_id")), values
            )
        if self._has_names:
            self._name_series(named)

    def _name_series(self, places: Iterable[int]) -> None:
        """Let the series at these places bear the names that the places have now."""
        name = select(self._things.c.name).where(self._things.c.id == _SERIES.c.place_entity_id)
        for part in parts(places):
            at = update(_SERIES).where(_SERIES.c.place_entity_id.in_(part))
            self.connection.execute(at.values(place=name.scalar_subquery()))

    def _pointing_at(self, thing: int) -> set[Pointing]:
        """All rows that point at a thing."""
        found: set[Pointing] = set()
        for source in self.kind.sources:
            table = table_of(source.rows)
            rows = self.connection.execute(select(table.c.id).where(source.pointer == thing)).scalars()
            found |= {(table.name, row) for row in rows}
        return found

    def _descriptions(self, things: Iterable[int]) -> dict[int, dict[str, str | None]]:
        """Things -> their uid and description as stored."""
        names = ("uid", *self.kind.description)
        rows = look_up(self.connection, self.kind.things, ("id", *names), "id", set(things))
        return {thing: dict(zip(names, said, strict=True)) for thing, *said in rows}

    def _add_keys(self) -> None:
        wanted = {(one.thing, key) for one in self._changes for key in stored_keys(one.group)}
        known = self._known(_KEYS_OF, wanted)
        rows = [
            {"kind": self.kind.name, "key": key, "thing_id": thing} for thing, key in sorted(wanted - known)
        ]
        insert_rows(self.connection, GroupKeyRow, rows)

    def _add_names(self) -> None:
        wanted = {(one.thing, name) for one in self._changes for name in spellings(one.group)}
        known = self._known(_NAMES_OF, wanted)
        untold = {"source": FROM_TEXT, "language": None, "script": None}
        rows = [
            {"entity_id": thing, "spelling": name, "key": folded_name(name), **untold}
            for thing, name in sorted(wanted - known)
        ]
        insert_rows(self.connection, NameRow, rows)

    def _known(self, query: TextClause, wanted: set[tuple[int, str]]) -> set[tuple[int, str]]:
        """Those of the pairs of a thing and a value that are stored, of things that were there."""
        there = {one.thing for one in self._changes if not one.fresh}
        asked = {"kind": self.kind.name, "pairs": json.dumps([pair for pair in wanted if pair[0] in there])}
        return {(one, said) for one, said in self.connection.execute(query, asked)}
