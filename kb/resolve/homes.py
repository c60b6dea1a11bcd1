"""The country that each reading of an article is about: what its doubtful names and its events lie in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection, select

from kb.model.tables import MentionRow, ReadingRow, RunRow, table_of
from kb.resolve.keys import name_keys
from kb.resolve.reports import home_of
from kb.store import parts

_MENTION, _READING, _RUN = table_of(MentionRow), table_of(ReadingRow), table_of(RunRow)
Reading = tuple[int, int]  # revision, run


def homes(connection: Connection, revisions: Iterable[int]) -> Mapping[Reading, str | None]:
    """The country, as the key of a place, that each reading of these revisions is about, or None.

    It follows from the places as a tool read them, whatever was corrected in single ones; what a person
    added is about the country of the newest reading by a tool.
    """
    found: dict[Reading, str | None] = {}
    for part in parts(sorted(set(revisions))):
        found |= _of_part(connection, part)
    return found


def _of_part(connection: Connection, revisions: Collection[int]) -> dict[Reading, str | None]:
    columns = (_MENTION.c.revision_id, _MENTION.c.run_id, _MENTION.c.name)
    mentions = select(*columns).where(_MENTION.c.revision_id.in_(revisions), _MENTION.c.kind == "place")
    places: dict[Reading, Counter[str]] = defaultdict(Counter)
    for revision, run, name in connection.execute(mentions):
        places[revision, run].update(name_keys("place", name, ()))
    found = {reading: home_of(named) for reading, named in places.items()}
    readings = (
        select(_READING.c.revision_id, _READING.c.run_id, _RUN.c.person)
        .join(_RUN, _RUN.c.id == _READING.c.run_id)
        .where(_READING.c.revision_id.in_(revisions))
        .order_by(_RUN.c.person.is_not(None), _READING.c.id)
    )
    by_tool: dict[int, str | None] = {}
    for revision, run, person in connection.execute(readings):  # tools come first
        if person is None:
            by_tool[revision] = found.get((revision, run))
        else:
            found[revision, run] = by_tool.get(revision)
    return found
