"""What each reading of an article is about: its country, and the rare names in it. By these doubtful names,
and events, are told.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, text

from kb.model.tables import MentionRow
from kb.names.keys import national
from kb.resolve.keys.countries import home_of
from kb.resolve.keys.names import folded_name, is_telling, name_keys
from kb.store import look_up, parts

_READINGS = text("""
    SELECT reading.revision_id, reading.run_id, run.person FROM json_each(:revisions) AS asked
    CROSS JOIN reading ON reading.revision_id = asked.value
    JOIN run ON run.id = reading.run_id
    ORDER BY run.person IS NOT NULL, reading.recorded_at, reading.id""")
Reading = tuple[int, int]  # revision, run


@dataclass(frozen=True, slots=True)
class Setting:
    """The country (as the key of a place) that a reading is about, if any, and the keys of its rare names.

    Where its places do not tell the country, bodies that bear a country's name do (`U.S. Senate`).
    `surnames` are those, folded, of the persons whom it names in full.
    """

    home: str | None = None
    company: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()


def homes(connection: Connection, revisions: Iterable[int]) -> Mapping[Reading, str | None]:
    """The country, as the key of a place, that each reading of these revisions is about, or None."""
    return {reading: setting.home for reading, setting in settings(connection, revisions).items()}


def settings(connection: Connection, revisions: Iterable[int]) -> Mapping[Reading, Setting]:
    """What each reading of these revisions is about, where it names anything.

    It follows from the names as a tool read them, whatever was corrected in single ones; what a person
    added is about what the newest reading by a tool is about.
    """
    found: dict[Reading, Setting] = {}
    for part in parts(sorted(set(revisions))):
        found |= _of_part(connection, set(part))
    return found


def _of_part(connection: Connection, revisions: Collection[int]) -> dict[Reading, Setting]:
    columns = ("revision_id", "run_id", "kind", "name")
    places: dict[Reading, Counter[str]] = defaultdict(Counter)
    bodies: dict[Reading, Counter[str]] = defaultdict(Counter)
    rare: dict[Reading, set[str]] = defaultdict(set)
    surnames: dict[Reading, set[str]] = defaultdict(set)
    for revision, run, kind, name in look_up(connection, MentionRow, columns, "revision_id", revisions):
        if kind == "place":
            places[revision, run].update(name_keys(kind, name, ()))
        elif is_telling(kind, name):
            rare[revision, run] |= name_keys(kind, name, ())
        if kind == "organisation" and (body := national(name)):
            bodies[revision, run].update(name_keys("place", body[1], ()))
        if kind == "person" and " " in name:
            surnames[revision, run].add(folded_name(name.split()[-1]))
    found = {
        reading: Setting(
            home_of(places[reading]) or home_of(places[reading] + bodies[reading]),
            frozenset(rare[reading]),
            frozenset(surnames[reading]),
        )
        for reading in places.keys() | bodies.keys() | rare.keys() | surnames.keys()
    }
    readings = connection.execute(_READINGS, {"revisions": json.dumps(sorted(revisions))})
    by_tool: dict[int, Setting] = {}
    for revision, run, person in readings:  # tools come first
        if person is None:
            by_tool[revision] = found.get((revision, run), Setting())
        else:
            found[revision, run] = by_tool.get(revision, Setting())
    return found
