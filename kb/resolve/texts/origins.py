"""Whose text an article has: its own, an agency's, or another article's. Written when it comes in.

Articles whose texts are one (`kb.resolve.texts.takes`) make a family, and so do a page and the quotes and
notes that cite it. Its root is the agency or outlet that a member names, else the page, else the member
that was published first; every other member gets an `origin` that says so. A
family that an article joins, or two that it joins together, may get another root: then newer origins
say so, and the newest one counts; who is named as the source by a newer one is nobody's copy any more.
An article that was withdrawn is of no family: its copies are traced anew without it. All states of an
article tell whose text it has: a page that was changed was copied before, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from sqlalchemy import Connection, RowMapping, delete, select, text

from kb.model.tables import OriginRow, SketchRow, now, table_of
from kb.resolve.texts.agencies import agency_of
from kb.resolve.texts.takes import Kinship, kinship, sketch
from kb.store import insert_rows, next_id

_SKETCH, _ORIGIN = table_of(SketchRow), table_of(OriginRow)
_STANDING = text("SELECT kind FROM standing_origin WHERE article_id = :article")
_ARTICLE = "article "  # before the key of an article that is a root, in the view `independent_source`
_AGENCY = "agency "  # before the name of one that is none
_MOST = 50  # texts looked at in full: those that share most hashes; boilerplate alone brings more


@dataclass(frozen=True, slots=True)
class State:
    """A text of an article, and who it says wrote and published it."""

    text: str
    authors: tuple[str, ...]
    publisher: str | None


@dataclass(frozen=True, slots=True)
class Text:
    """An article's texts, the newest first, with what tells their place in a family."""

    id: int
    uid: str
    published: str
    states: tuple[State, ...]
    kind: str
    page: str | None
    root: str

    @property
    def order(self) -> tuple[bool, str, str]:
        """Pages come before what cites pages, the first published first; one without a date last."""
        return self.kind != "page", self.published or "9999", self.uid

    @property
    def owner(self) -> tuple[str, str] | None:
        """The agency or outlet whose text it says it is, and by what."""
        found = (agency_of(one.text, one.authors, one.publisher) for one in self.states)
        return min((owner for owner in found if owner is not None), default=None)


def trace(connection: Connection, revision_id: int, run_id: int) -> set[int]:
    """Find the family of a revision's article; the articles whose root is another than before.

    Costs what the family's texts cost to compare, whatever the size of the base.
    """
    (own,) = _texts(connection, [_article_of(connection, revision_id)])
    _index(connection, own)
    relatives = _relatives(connection, own) + _of_page(connection, own)
    family = {own.id: own, **{relative.id: relative for relative, _ in relatives}}
    joined = {relative.root for relative, _ in relatives}
    root = _agency(family.values(), joined)
    family |= {member.id: member for member in _members(connection, joined)}
    for other in sorted(joined - {root}):
        if other.startswith(_AGENCY):
            family |= _of_agency(connection, family, other)
    return _settle(connection, family, root or _agency(family.values()), run_id)


def trace_copies(connection: Connection, article_id: int) -> set[int]:
    """Trace what was a copy of an article that is withdrawn now; the articles whose root is another."""
    query = text("""
        SELECT DISTINCT origin.article_id,
            (SELECT id FROM revision WHERE article_id = origin.article_id ORDER BY seq DESC LIMIT 1) AS newest
        FROM origin
        WHERE origin.from_article_id = :article
            AND NOT EXISTS (SELECT 1 FROM withdrawn WHERE withdrawn.article_id = origin.article_id)
        ORDER BY origin.article_id""")
    copies = connection.execute(query, {"article": article_id}).all()
    moved = {article for article, _ in copies}
    for _, newest in copies:
        moved |= trace(connection, newest, run_of(connection, newest))
    return moved


def run_of(connection: Connection, revision: int) -> int:
    """The run that read a revision last: what is told of its text's origin is told by it."""
    query = text("""
        SELECT run_id FROM reading WHERE revision_id = :revision
        ORDER BY recorded_at DESC, id DESC LIMIT 1""")
    return int(connection.execute(query, {"revision": revision}).scalar_one())


def origins_of(connection: Connection, articles: Iterable[int]) -> dict[int, Kinship]:
    """What the texts of articles are to those of others, or of agencies; none of those that are their own."""
    found: dict[int, Kinship] = {}
    for article in articles:
        kind: Kinship | None = connection.execute(_STANDING, {"article": article}).scalar()
        if kind is not None:
            found[article] = kind
    return found


def _agency(family: Iterable[Text], roots: Iterable[str] = ()) -> str | None:
    """The agency or outlet whose text it is, as a root: one that a text names, or that its relatives have."""
    named = {f"{_AGENCY}{owner[0]}" for member in family if (owner := member.owner)}
    return min(named | {root for root in roots if root.startswith(_AGENCY)}, default=None)


def _of_agency(connection: Connection, family: Mapping[int, Text], root: str) -> dict[int, Text]:
    """Those whose texts are one with some of a family, by way of others too, and have an agency as root.

    An agency is the root of many texts: only those go with the family that hang together with it.
    """
    found: dict[int, Text] = {}
    frontier = [member for member in family.values() if member.root == root]
    while frontier:
        found |= {member.id: member for member in frontier}
        beside = {other.id: other for member in frontier for other, _ in _relatives(connection, member)}
        frontier = [other for key, other in beside.items() if other.root == root and key not in found]
    return found


def _settle(
    connection: Connection,
    family: Mapping[int, Text],
    agency: str | None,
    run_id: int,
) -> set[int]:
    """Append the origins that give all of the family one root; the articles whose root is another now."""
    first = min(family.values(), key=lambda member: member.order)
    root = agency or f"{_ARTICLE}{first.id}"
    kinds = origins_of(connection, family)
    rows: list[dict[str, object]] = []
    moved = set()
    for member in sorted(family.values(), key=lambda member: member.order):
        if member is first and not agency:
            moved |= {member.id} if member.root != root else set()
            continue
        kind, evidence = _tie(member, first)
        if member.root == root and kinds.get(member.id) == kind:
            continue
        moved |= {member.id} if member.root != root else set()
        tag = member.owner
        rows.append(
            {
                "article_id": member.id,
                "kind": kind,
                "from_article_id": None if agency else first.id,
                "agency": agency.removeprefix(_AGENCY) if agency else None,
                "evidence": tag[1] if agency and tag else evidence,
                "run_id": run_id,
                "recorded_at": now(),
            }
        )
    key = next_id(connection, OriginRow)
    insert_rows(connection, OriginRow, [row | {"id": key + i} for i, row in enumerate(rows)])
    return moved


def _tie(member: Text, first: Text) -> tuple[Kinship, str]:
    """What a member is to the root, seen by comparing the two; so it does not depend on who came when."""
    found = _kinship(first, member) if member is not first else None
    if found is None and member.page is not None and member is not first and member.page == first.page:
        found = ("excerpt", f"of the page {member.page}")
    return found or ("reprint", "by way of other texts of the same family")


def _article_of(connection: Connection, revision_id: int) -> int:
    query = text("SELECT article_id FROM revision WHERE id = :revision")
    return int(connection.execute(query, {"revision": revision_id}).scalar_one())


def _index(connection: Connection, own: Text) -> None:
    """Keep the sketch of its texts, by which later ones find them."""
    connection.execute(delete(_SKETCH).where(_SKETCH.c.article_id == own.id))
    first = next_id(connection, SketchRow)
    rows = [
        {"id": first + i, "article_id": own.id, "hash": value}
        for i, value in enumerate(sorted({value for one in own.states for value in sketch(one.text)}))
    ]
    insert_rows(connection, SketchRow, rows)


def _relatives(connection: Connection, own: Text) -> list[tuple[Text, tuple[Kinship, str]]]:
    """The articles whose texts and this one's are one, and what the later is to the earlier."""
    other = _SKETCH.alias()
    query = (
        select(other.c.article_id)
        .join(_SKETCH, _SKETCH.c.hash == other.c.hash)
        .where(_SKETCH.c.article_id == own.id, other.c.article_id != own.id)
    )
    shared: dict[int, int] = {}
    for article in connection.execute(query).scalars():
        shared[article] = shared.get(article, 0) + 1
    nearest = sorted(shared, key=lambda article: (-shared[article], article))[:_MOST]
    found = []
    for candidate in _texts(connection, nearest):
        earlier, later = sorted((own, candidate), key=lambda one: one.order)
        if (kind := _kinship(earlier, later)) is not None:
            found.append((candidate, kind))
    return found


def _kinship(earlier: Text, later: Text) -> tuple[Kinship, str] | None:
    """What the later of two articles is to the earlier, by the newest of their texts that are one."""
    found = (kinship(a.text, b.text) for a, b in product(earlier.states, later.states))
    return next((kind for kind in found if kind is not None), None)


def _of_page(connection: Connection, own: Text) -> list[tuple[Text, tuple[Kinship, str]]]:
    """The page that a quote or note is about, and the others about it; of a page, the quotes and notes."""
    if own.page is None:
        return []
    query = text("""
        SELECT id FROM article WHERE cites_url = :page
        UNION SELECT id FROM article WHERE url = :page AND kind = 'page'""")
    found = set(connection.execute(query, {"page": own.page}).scalars()) - {own.id}
    return [(other, ("excerpt", f"of the page {own.page}")) for other in _texts(connection, sorted(found))]


def _members(connection: Connection, roots: Iterable[str]) -> list[Text]:
    """All articles that have one of these roots, an agency's own left out: its stories are many texts."""
    asked = {root for root in roots if root.startswith(_ARTICLE)}
    query = select(_ORIGIN.c.article_id).where(_ORIGIN.c.from_article_id.in_(_number(root) for root in asked))
    ids = {_number(root) for root in asked} | set(connection.execute(query).scalars())
    return [member for member in _texts(connection, sorted(ids)) if member.root in asked]


def _number(root: str) -> int:
    return int(root.removeprefix(_ARTICLE))


def _texts(connection: Connection, articles: Iterable[int]) -> list[Text]:
    query = text("""
        SELECT article.id, article.uid, article.kind, revision.published, revision.text,
            revision.publisher, independent_source.root,
            CASE article.kind WHEN 'page' THEN article.url ELSE article.cites_url END AS page,
            (SELECT group_concat(author.name, char(10)) FROM author WHERE author.revision_id = revision.id)
                AS authors
        FROM article
        JOIN independent_source ON independent_source.article_id = article.id
        JOIN revision ON revision.article_id = article.id
        WHERE article.id = :article
            AND NOT EXISTS (SELECT 1 FROM withdrawn WHERE withdrawn.article_id = article.id)
        ORDER BY revision.seq DESC""")
    asked = ({"article": article} for article in dict.fromkeys(articles))
    found = (connection.execute(query, one).mappings().all() for one in asked)
    return [_text(rows) for rows in found if rows]


def _text(rows: Sequence[RowMapping]) -> Text:
    """An article of its revisions, the newest first."""
    states = dict.fromkeys(
        State(
            row["text"], tuple((row["authors"] or "").split("\n")) if row["authors"] else (), row["publisher"]
        )
        for row in rows
    )
    newest = rows[0]
    said = (newest[name] for name in ("kind", "page", "root"))
    return Text(newest["id"], newest["uid"], newest["published"] or "", tuple(states), *said)
