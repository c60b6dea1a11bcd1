"""Claims with what makes their series: their measure, the place that they tell, and whether they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, and_, or_, select

from kb.model.tables import ClaimRow, EntityRow, MentionRow, RunRow, table_of
from kb.resolve.keys.names import folded_place
from kb.resolve.things.by_name import with_named_places
from kb.resolve.things.readings import CORRECTION, as_read, standing
from kb.store import parts

_CLAIM = table_of(ClaimRow)
_WHOLE = _CLAIM.alias("whole")
_MANY = 500  # claims for which it is told sooner what additions hide anywhere than what hides each of them
_MENTION, _ENTITY, _RUN = table_of(MentionRow), table_of(EntityRow), table_of(RunRow)


@dataclass(frozen=True, slots=True)
class Line:
    """What makes a series: the measure, and the place as an entity or as written."""

    measure: int
    place_entity: int | None
    place: str | None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Line:
        """The series that a claim belongs to."""
        if row["place_entity_id"] is not None:
            return cls(row["measure_id"], row["place_entity_id"], row["place_name"])
        return cls(row["measure_id"], None, row["place"])

    @property
    def key(self) -> tuple[int, int | None, str | None]:
        """What two claims of one series share."""
        return self.measure, *self.at

    @property
    def at(self) -> tuple[int | None, str | None]:
        """What two claims at one place share: places as written are compared without case and script."""
        written = folded_place(self.place) if self.place_entity is None and self.place else None
        return self.place_entity, written


def placed_claims(connection: Connection, ids: Iterable[int] | None = None) -> list[dict[str, Any]]:
    """Claims (by key; else all) as rows, places that no mention tells looked up by their names."""
    if ids is None:
        return with_named_places(connection, connection.execute(_placed()).mappings())
    found: list[RowMapping] = []
    for part in parts(sorted(set(ids))):
        query = _placed(few=len(part) < _MANY)
        found += connection.execute(query.where(_CLAIM.c.id.in_(part))).mappings()
    return with_named_places(connection, found)


@cache
def _placed(*, few: bool = False) -> Select[Any]:
    """Claims with their measure, their place and whether they stand."""
    return (
        select(
            _CLAIM.c.id,
            _CLAIM.c.uid,
            _CLAIM.c.measure_id,
            _CLAIM.c.series_id,
            _WHOLE.c.series_id.label("whole_series_id"),
            _CLAIM.c.revision_id,
            as_read(_CLAIM, CORRECTION, "place"),
            or_(
                CORRECTION.c.place.is_not(None),
                _RUN.c.person.is_not(None),
                and_(_CLAIM.c.place_mention_id.is_(None), _CLAIM.c.place.is_not(None)),
            ).label("by_name"),
            _MENTION.c.entity_id.label("place_entity_id"),
            _ENTITY.c.name.label("place_name"),
            standing(ClaimRow, few=few).label("stands"),
        )
        .outerjoin(_RUN, _RUN.c.id == _CLAIM.c.run_id)  # a run is never where to begin
        .outerjoin(CORRECTION, CORRECTION.c.fact == _CLAIM.c.uid)
        .outerjoin(_MENTION, _MENTION.c.id == _CLAIM.c.place_mention_id)
        .outerjoin(_ENTITY, _ENTITY.c.id == _MENTION.c.entity_id)
        .outerjoin(_WHOLE, _WHOLE.c.id == _CLAIM.c.part_of_id)
        .order_by(_CLAIM.c.id)
    )
