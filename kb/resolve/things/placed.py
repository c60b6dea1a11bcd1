"""What is grouped, as rows of a base: where members are read, and which things their rows point at.

Only what stands counts (`readings`): facts of the newest reading of the newest revision of an article,
and what that revision says of its publisher.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, column, exists, not_, select, table

from kb.model.tables import RevisionRow, Row, table_of
from kb.resolve.things.groups import Member
from kb.resolve.things.readings import standing

_CURRENT = table("current_reading", column("revision_id"), column("run_id"))  # a view
_REVISION = table_of(RevisionRow)

Pointing = tuple[str, int]  # a row that points at a thing: its table and its key


@dataclass(frozen=True, slots=True)
class Placed:
    """A member with the rows it is made of (by table and key), and the things that they point at so far."""

    member: Member
    rows: tuple[Pointing, ...]
    things: frozenset[int]


@dataclass(frozen=True, slots=True)
class Source:
    """A table whose rows are grouped: the column that points at their thing, and how to read members.

    `members` takes a condition on the rows and on the `revision` that each was read in.
    """

    rows: type[Row]
    link: str
    revision: ColumnElement[int]
    members: Callable[[Connection, ColumnElement[bool]], list[Placed]]

    @property
    def pointer(self) -> ColumnElement[int | None]:
        """The column that points at the thing."""
        return table_of(self.rows).c[self.link]

    @property
    def stands(self) -> ColumnElement[bool]:
        """The condition that a row counts now."""
        return (
            standing(self.rows) if self._of_run else exists().where(_CURRENT.c.revision_id == self.revision)
        )

    def stands_in(self, revision: int) -> ColumnElement[bool]:
        """The condition that a row is of a revision and counts now."""
        counts = standing(self.rows, revision) if self._of_run else self.stands
        return and_(self.revision == revision, counts)

    def superseded(self, connection: Connection, readings: Sequence[int]) -> list[Placed]:
        """What earlier readings of an article (by revision, in their order) still point at things with."""
        if self._of_run:
            gone = and_(self.revision.in_(readings), not_(self.stands))
        else:  # an article's one row: it points at what the reading before the last one said
            gone = self.revision == readings[-2]
        return self.members(connection, and_(gone, self.pointer.is_not(None)))

    @property
    def _of_run(self) -> bool:
        """Whether the rows are facts, of which every reading has its own."""
        return "run_id" in table_of(self.rows).c


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing: its table, the columns of it that its members tell, and where these come from."""

    name: str
    things: type[Row]
    description: tuple[str, ...]
    sources: tuple[Source, ...]

    def standing(
        self,
        connection: Connection,
        *,
        revision: int | None = None,
        articles: Collection[int] | None = None,
        things: Collection[int] | None = None,
    ) -> list[Placed]:
        """The members that count now: of a revision, of articles, of what points at things, or else all."""
        found = []
        for source in self.sources:
            where = [source.stands if revision is None else source.stands_in(revision)]
            if articles is not None:
                revisions = select(_REVISION.c.id).where(_REVISION.c.article_id.in_(articles))
                where.append(source.revision.in_(revisions))
            if things is not None:
                where.append(source.pointer.in_(things))
            found += source.members(connection, and_(*where))
        return found

    def superseded(self, connection: Connection, readings: Sequence[int]) -> list[Placed]:
        """The members that stand no more but still point at things, of an article read before."""
        return [placed for source in self.sources for placed in source.superseded(connection, readings)]


def rows_of(members: Iterable[Placed]) -> Mapping[Member, list[Pointing]]:
    """Members -> their rows; two articles of one text have members that are equal."""
    found: dict[Member, list[Pointing]] = {}
    for placed in members:
        found.setdefault(placed.member, []).extend(placed.rows)
    return found
