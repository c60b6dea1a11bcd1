"""The revisions of an article in their order."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from kb.model.tables import RevisionRow, table_of

_REVISION = table_of(RevisionRow)


def newest_of(connection: Connection, article: int) -> int:
    """The newest revision of an article, by their keys."""
    query = select(_REVISION.c.id).where(_REVISION.c.article_id == article)
    return int(connection.execute(query.order_by(_REVISION.c.seq.desc()).limit(1)).scalar_one())


def number_revisions(connection: Connection, article: int) -> None:
    """Number the revisions of an article in the order of when they were had."""
    query = select(_REVISION.c.id, _REVISION.c.seq).where(_REVISION.c.article_id == article)
    rows = connection.execute(query.order_by(_REVISION.c.recorded_at, _REVISION.c.uid)).all()
    if [row.seq for row in rows] == list(range(1, len(rows) + 1)):
        return
    above = max(row.seq for row in rows)
    for shift in (above, 0):  # no two may have one number at any time
        for number, row in enumerate(rows, shift + 1):
            connection.execute(update(_REVISION).where(_REVISION.c.id == row.id).values(seq=number))
