"""Groups without an article that was withdrawn: its facts stand no more, and are about to go."""

from __future__ import annotations

from sqlalchemy import Connection, or_, select, update

from kb.model.tables import ArticleRow, ClaimRow, MentionRow, ReportRow, RevisionRow, Row, table_of
from kb.resolve.regroup import regroup_around
from kb.resolve.series.aligned import align
from kb.resolve.texts.origins import trace_copies

_ARTICLE, _REVISION, _CLAIM = table_of(ArticleRow), table_of(RevisionRow), table_of(ClaimRow)
_KINDS: tuple[tuple[str, type[Row]], ...] = (
    ("entity", MentionRow),
    ("event", ReportRow),
    ("measure", ClaimRow),
)


def regroup_without(connection: Connection, article_id: int) -> None:
    """Compute all groups that the article's facts are in anew, without them; call it before they go.

    The withdrawal must be there: it is what makes them stand no more. Series and conflicts follow.
    """
    revisions = select(_REVISION.c.id).where(_REVISION.c.article_id == article_id)
    for kind, row in _KINDS:
        fact = table_of(row)
        uids = set(connection.execute(select(fact.c.uid).where(fact.c.revision_id.in_(revisions))).scalars())
        if kind == "entity":  # its publisher is one
            uids |= set(
                connection.execute(select(_ARTICLE.c.uid).where(_ARTICLE.c.id == article_id)).scalars()
            )
        regroup_around(connection, kind, sorted(uids))
    connection.execute(update(_ARTICLE).where(_ARTICLE.c.id == article_id).values(publisher_id=None))
    moved = trace_copies(connection, article_id)
    told = select(_REVISION.c.id).where(_REVISION.c.article_id.in_(moved))
    claims = select(_CLAIM.c.id).where(
        or_(_CLAIM.c.revision_id.in_(revisions), _CLAIM.c.revision_id.in_(told))
    )
    align(connection, connection.execute(claims).scalars())
