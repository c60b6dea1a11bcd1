"""Which article a text belonged to: one that got its address later had none, or was another article.

A text that came without an address is brought to the article that has it with one as soon as there is one
(`kb.resolve.addresses`), its revisions with it. Before that it was an article of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select, text, update

from kb.model.tables import ArticleRow, AuthorRow, RevisionRow, table_of
from kb.model.uids import article_uid, uid_of
from kb.store import insert_rows, next_id, parts
from kb.store.called import call
from kb.store.revisions import number_revisions

_ARTICLE, _REVISION, _AUTHOR = table_of(ArticleRow), table_of(RevisionRow), table_of(AuthorRow)
_STATED = ("url", "title", "publisher", "published", "modified")
_AGAIN = 4  # times that one state of an article may have come back
_STATES = text("""
    SELECT id, uid, article_id, url, title, publisher, published, modified, raw_sha256, text_sha256
    FROM revision WHERE article_id IN :articles ORDER BY article_id, seq""").bindparams(
    bindparam("articles", expanding=True)
)


@dataclass(frozen=True, slots=True)
class Home:
    """An article as it is called now, before anything is taken out."""

    id: int
    kind: str
    cites_url: str | None
    genre: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class _State:
    """A revision, as far as it tells what its article was called; `said` are the columns of `_STATED`."""

    id: int
    uid: str
    said: tuple[str | None, ...]
    raw_sha256: str | None
    text_sha256: str
    authors: tuple[str, ...]

    @property
    def url(self) -> str | None:
        """The address that the page was had with."""
        return self.said[0]

    def is_of(self, uid: str) -> bool:
        """Whether it was stored as a state of the article that is called so."""
        said = [value or "" for value in self.said]
        known = (uid_of("revision", uid, self.text_sha256, *said, *self.authors, n) for n in range(1, _AGAIN))
        return self.uid in known


def homes_of(connection: Connection, articles: Collection[int]) -> dict[int, Home]:
    """These articles by their keys."""
    columns = [_ARTICLE.c[name] for name in ("id", "kind", "cites_url", "genre", "language")]
    found: dict[int, Home] = {}
    for part in parts(sorted(articles)):
        rows = connection.execute(select(*columns).where(_ARTICLE.c.id.in_(part)))
        found |= {row.id: Home(*row) for row in rows}
    return found


def part_again(connection: Connection, homes: Mapping[int, Home]) -> frozenset[int]:
    """Give what is left of articles the names, and the articles, that it had without what is gone.

    The articles (by key) that are others now, or called otherwise.
    """
    left = set(homes_of(connection, homes))
    changed: set[int] = set()
    for key, states in _states(connection, homes).items():
        home = homes[key]
        if home.kind != "page":
            if home.cites_url and not any(_is_called(home, state) for state in states):
                _call_by_text(connection, key, home.kind, states[0])
                changed.add(key)
            continue
        told = [state for state in states if state.url]
        apart = [state for state in states if not any(_is_one(state, one) for one in told)]
        if not told and key in left:
            _call_by_text(connection, key, home.kind, states[0])
            changed.add(key)
        elif apart:
            changed |= {key} & left
            changed |= {_found(connection, home, group) for group in _groups(apart)}
    return frozenset(changed)


def _states(connection: Connection, articles: Iterable[int]) -> dict[int, list[_State]]:
    found: dict[int, list[_State]] = defaultdict(list)
    for part in parts(sorted(articles)):
        for row in connection.execute(_STATES, {"articles": part}).mappings():
            said = tuple(row[name] for name in _STATED)
            bylines = select(_AUTHOR.c.name).where(_AUTHOR.c.revision_id == row["id"])
            authors = tuple(connection.execute(bylines.order_by(_AUTHOR.c.position)).scalars())
            hashes = row["raw_sha256"], row["text_sha256"]
            found[row["article_id"]].append(_State(row["id"], row["uid"], said, *hashes, authors))
    return found


def _is_one(state: _State, other: _State) -> bool:
    """Whether both are of one article by themselves: one text, or the same bytes read otherwise."""
    bytes_too = state.raw_sha256 is not None and state.raw_sha256 == other.raw_sha256
    return state.text_sha256 == other.text_sha256 or bytes_too


def _is_called(home: Home, state: _State) -> bool:
    """Whether a quote or note was known by its page's address when this state of it was stored."""
    by_text, by_page = (article_uid(home.kind, url, state.text_sha256) for url in (None, home.cites_url))
    return state.is_of(by_page) or not state.is_of(by_text)


def _groups(states: Iterable[_State]) -> list[list[_State]]:
    """The states that are of one article by themselves, together."""
    groups: list[list[_State]] = []
    for state in states:
        own = next((group for group in groups if any(_is_one(state, one) for one in group)), None)
        if own is None:
            groups.append([state])
        else:
            own.append(state)
    return groups


def _call_by_text(connection: Connection, key: int, kind: str, first: _State) -> None:
    uid = article_uid(kind, None, first.text_sha256)
    values = {"uid": uid, "url": None, "cites_url": None}
    connection.execute(update(_ARTICLE).where(_ARTICLE.c.id == key).values(values))


def _found(connection: Connection, home: Home, states: Sequence[_State]) -> int:
    """Make the article that some states without an address were of; its key."""
    key = next_id(connection, ArticleRow)
    values = {"id": key, "uid": article_uid(home.kind, None, states[0].text_sha256), "kind": home.kind}
    values |= {"url": None, "cites_url": None, "genre": home.genre, "language": home.language}
    query = select(_REVISION.c.recorded_at).where(_REVISION.c.id == states[0].id)
    values["recorded_at"] = connection.execute(query).scalar_one()
    insert_rows(connection, ArticleRow, [values])
    call(connection, key, [str(values["uid"])])
    above = max(state.id for state in states)
    for number, state in enumerate(states, above + 1):
        connection.execute(
            update(_REVISION).where(_REVISION.c.id == state.id).values(article_id=key, seq=number)
        )
    number_revisions(connection, key)
    return key
