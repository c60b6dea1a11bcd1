"""Whose text an article has, where articles of its family are not published yet: traced anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Connection, bindparam, delete, select, text

from kb.model.tables import OriginRow, SketchRow, table_of
from kb.resolve import trace
from kb.store import parts

_SKETCH, _ORIGIN = table_of(SketchRow), table_of(OriginRow)


def families_of(connection: Connection, articles: Collection[int]) -> frozenset[int]:
    """All articles whose texts are one with those of some, these among them.

    Texts of one family have one root, and hashes in common; an agency alone is the root of many
    families.
    """
    query = "SELECT article_id, root FROM independent_source"
    roots: dict[int, str] = dict(connection.exec_driver_sql(query).all())
    of_root: dict[str, set[int]] = defaultdict(set)
    for article, root in roots.items():
        if root.startswith("article "):
            of_root[root].add(article)
    alike = text("""
        SELECT DISTINCT own.article_id, other.article_id FROM sketch AS own
        JOIN sketch AS other ON other.hash = own.hash AND other.article_id <> own.article_id
        WHERE own.article_id IN :articles""").bindparams(bindparam("articles", expanding=True))
    found: set[int] = set()
    frontier = set(articles)
    while frontier:
        found |= frontier
        reached = {other for article in frontier for other in of_root.get(roots[article], ())}
        for part in parts(sorted(frontier)):
            pairs = connection.execute(alike, {"articles": part})
            reached |= {other for article, other in pairs if roots[article] == roots[other]}
        frontier = reached - found
    return frozenset(found)


def origins_of(connection: Connection, articles: Collection[int]) -> frozenset[int]:
    """The keys of all that is said of where these articles have their texts from."""
    found: set[int] = set()
    for part in parts(sorted(articles)):
        query = select(_ORIGIN.c.id).where(_ORIGIN.c.article_id.in_(part))
        found |= set(connection.execute(query).scalars())
    return frozenset(found)


def articles_of(connection: Connection, origins: Collection[int]) -> set[int]:
    """The articles that origins (by key) are of."""
    found: set[int] = set()
    for part in parts(sorted(origins)):
        query = select(_ORIGIN.c.article_id).where(_ORIGIN.c.id.in_(part))
        found |= set(connection.execute(query).scalars())
    return found


def trace_again(connection: Connection, articles: Collection[int]) -> set[int]:
    """Trace the articles that are left as if they came in one after the other, in their order.

    Those whose root changes on the way.
    """
    for part in parts(sorted(articles)):
        connection.execute(delete(_SKETCH).where(_SKETCH.c.article_id.in_(part)))
    newest = text("""
        SELECT revision.id, current_reading.run_id FROM current_reading
        JOIN revision ON revision.id = current_reading.revision_id
        WHERE revision.article_id = :article
        ORDER BY current_reading.run_id LIMIT 1""")
    moved: set[int] = set()
    for article in sorted(articles):
        row = connection.execute(newest, {"article": article}).one_or_none()
        if row is not None:
            moved |= trace(connection, *row)
    return moved
