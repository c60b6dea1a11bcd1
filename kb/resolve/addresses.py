"""Texts that came without an address, brought to the article at whose address they stand.

The same text with at most one address is one article, whichever came first. So a text that came without
belongs to the article that has it with an address; of several to one that was withdrawn, else to the one
with the smallest uid: that does not depend on what came when.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, text

from kb.model.values import Span
from kb.resolve.regroup import members_of, regroup_around, regroup_articles
from kb.resolve.texts.origins import run_of, trace
from kb.store.additions import carry_missing
from kb.store.called import call
from kb.store.connection import defer_references
from kb.store.lookup import stored_article
from kb.store.revisions import newest_of, number_revisions
from kb.store.search import index_passages

_SHARING = text("""
    SELECT DISTINCT other.article_id FROM revision AS own
    JOIN article ON article.id = own.article_id
    JOIN revision AS other ON other.text_sha256 = own.text_sha256 AND other.article_id <> own.article_id
    JOIN article AS there ON there.id = other.article_id AND there.kind = article.kind
    WHERE own.article_id IN :articles
        AND (other.url IS NULL OR own.url IS NULL)
    """).bindparams(bindparam("articles", expanding=True))
_ARTICLES = text("""
    SELECT article.id, article.uid, coalesce(article.url, article.cites_url) AS address, article.kind,
        EXISTS (SELECT 1 FROM withdrawn WHERE withdrawn.article_id = article.id) AS gone
    FROM article WHERE article.id IN :articles""").bindparams(bindparam("articles", expanding=True))
_STATES = text("""
    SELECT id, article_id, url, text_sha256 FROM revision WHERE article_id IN :articles
    ORDER BY article_id, seq""").bindparams(bindparam("articles", expanding=True))
_SENTENCES = text("""
    SELECT DISTINCT passage.start_char, passage.end_char FROM revision
    JOIN revision AS same ON same.text_sha256 = revision.text_sha256
    JOIN passage ON passage.revision_id = same.id AND passage.kind = 'sentence'
    WHERE revision.id = :revision ORDER BY passage.start_char""")
_EMPTY = (
    "DELETE FROM article_uid WHERE article_id = :article",
    "DELETE FROM sketch WHERE article_id = :article",
    "DELETE FROM origin WHERE :article IN (article_id, from_article_id)",
    "DELETE FROM article WHERE id = :article",
)


@dataclass(frozen=True, slots=True)
class _Sharing:
    """An article with the texts that it shares with others; `texts` are those that it has at its address."""

    id: int
    order: tuple[bool, str]
    address: str | None
    states: tuple[tuple[int, str], ...]  # revisions that came without an address, with their texts
    texts: frozenset[str]


def settle(connection: Connection, revision_id: int, before: str | None) -> None:
    """Bring a text that was just stored together with what others have of it; once it is grouped.

    `before` is the uid that its article had, None if it is new: one that got its address has another now.
    """
    query = text("""
        SELECT article.id, article.uid FROM article JOIN revision ON revision.article_id = article.id
        WHERE revision.id = :revision""")
    article, uid = connection.execute(query, {"revision": revision_id}).one()
    if before not in (None, uid):
        regroup_around(connection, "entity", [uid])  # its publisher's
    bring_home(connection, article)


def bring_home(connection: Connection, article_id: int) -> frozenset[int]:
    """Bring together what an article and others have of one text; the articles (by key) that this changed.

    Within a transaction, once the article is grouped. What is empty then is gone: its revisions, its uid
    and what was decided on it are those of the other one. Costs a look into an index where nothing is shared.
    """
    others = _sharing(connection, [article_id])
    if not others:
        return frozenset()
    cluster = {article_id, *others, *_sharing(connection, others)}
    articles = _read(connection, cluster)
    moves = dict(_moves(articles))
    if not moves:
        return frozenset()
    whose = {state: one.id for one in articles.values() for state, _ in one.states}
    concerned = frozenset({*moves.values(), *(whose[state] for state in moves)})
    defer_references(connection)
    before = members_of(connection, concerned)
    for state, home in moves.items():
        connection.execute(
            text("UPDATE revision SET article_id = :home, seq = :seq WHERE id = :state"),
            {"home": home, "state": state, "seq": _AFTER + state},
        )
    left = _known_by(connection, moves, whose, articles)
    copies = _copies_of(connection, concerned - left)
    for article in sorted(concerned - left):
        for statement in _EMPTY:
            connection.execute(text(statement), {"article": article})
    moved: set[int] = set()
    for article in sorted(left):
        number_revisions(connection, article)
        newest = newest_of(connection, article)
        if not articles[article].order[0]:
            continue
        carry_missing(connection, newest)
        _index(connection, newest)
        moved |= trace(connection, newest, run_of(connection, newest))
    for article in sorted(copies - concerned):
        newest = newest_of(connection, article)
        moved |= trace(connection, newest, run_of(connection, newest))
    regroup_articles(connection, left, before, {}, moved)
    return left


_AFTER = 1_000_000  # numbers of revisions until they are numbered anew


def _sharing(connection: Connection, articles: Iterable[int]) -> set[int]:
    return set(connection.execute(_SHARING, {"articles": sorted(articles)}).scalars())


def _read(connection: Connection, articles: Iterable[int]) -> dict[int, _Sharing]:
    asked = {"articles": sorted(articles)}
    states: dict[int, list[tuple[int, str]]] = defaultdict(list)
    texts: dict[int, set[str]] = defaultdict(set)
    rows = connection.execute(_ARTICLES, asked).mappings().all()
    of_page = {row["id"]: row["kind"] == "page" for row in rows}
    address = {row["id"]: row["address"] for row in rows}
    for key, article, url, sha256 in connection.execute(_STATES, asked):
        # Of quotes and notes a state does not tell whether the page was known.
        if address[article] and (url or not of_page[article]):
            texts[article].add(sha256)
        else:
            states[article].append((key, sha256))
    return {
        key: _Sharing(
            key, (not row["gone"], row["uid"]), row["address"], tuple(states[key]), frozenset(texts[key])
        )
        for row in rows
        for key in [row["id"]]
    }


def _moves(articles: Mapping[int, _Sharing]) -> Iterable[tuple[int, int]]:
    """Which revision belongs to which article, of those that are elsewhere."""
    homes: dict[str, list[_Sharing]] = defaultdict(list)
    for one in articles.values():
        for sha256 in one.texts:
            homes[sha256].append(one)
    for one in articles.values():
        known = [home for _, sha256 in one.states for home in homes.get(sha256, ())]
        for state, sha256 in sorted(one.states, key=lambda state: state[1] in homes):
            fitting = known if one.address is None else homes.get(sha256, ())
            home = min(fitting, key=lambda home: home.order, default=one)
            if home is not one:
                yield state, home.id


def _known_by(
    connection: Connection,
    moves: Mapping[int, int],
    whose: Mapping[int, int],
    articles: Mapping[int, _Sharing],
) -> frozenset[int]:
    """Let articles be known by the uids of what came to them; those that have revisions left."""
    empty = {
        key
        for key, one in articles.items()
        if one.states and not one.texts and set(dict(one.states)) <= set(moves)
    }
    for state, home in moves.items():
        source = whose[state]
        uids = "SELECT uid FROM article_uid WHERE article_id = :article"
        if source in empty:
            call(connection, home, connection.execute(text(uids), {"article": source}).scalars().all())
            _said(connection, source, home)
    return frozenset({*moves.values(), *(whose[state] for state in moves)} - empty)


def _said(connection: Connection, source: int, home: int) -> None:
    """Let an article be of the genre and language that the other one was known to be of, if it says none."""
    values = ", ".join(
        f"{name} = coalesce({name}, (SELECT {name} FROM article WHERE id = :source))"
        for name in ("genre", "language")
    )
    connection.execute(
        text(f"UPDATE article SET {values} WHERE id = :home"), {"source": source, "home": home}
    )


def _copies_of(connection: Connection, articles: Iterable[int]) -> set[int]:
    """The articles that are said to have their text from these."""
    query = text("SELECT article_id FROM origin WHERE from_article_id = :article")
    return {one for article in articles for one in connection.execute(query, {"article": article}).scalars()}


def _index(connection: Connection, newest: int) -> None:
    words = connection.execute(
        text("SELECT text FROM revision WHERE id = :revision"), {"revision": newest}
    ).scalar_one()
    rows = connection.execute(_SENTENCES, {"revision": newest})
    sentences = tuple(Span(start, end, words[start:end]) for start, end in rows)
    index_passages(connection, stored_article(connection, newest), sentences, newest)
