"""Whose a figure is: who speaks in it, and from which source all who have it took it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import RowMapping, bindparam, text

from kb.query.rows import Figure
from kb.query.select import typed
from kb.resolve.relations.voices import Voice, voices
from kb.store import Store, parts
from kb.store.connection import explained

ARROW = " -> "
_AGENCY = "agency "  # before the name of a root that is no article
_CLAIMS = """
    SELECT claim.id, claim.uid, claim.series_id, said.comparator, said.low, said.high, said.speaker,
        said.voice, article.id AS article_id, article.uid AS article_uid, article.url, article.cites_url,
        revision.publisher, revision.published, revision.title, independent_source.root,
        CASE WHEN said.speaker IS claim.speaker THEN mention.entity_id END AS speaker_entity,
        article.publisher_id AS publisher_entity
    FROM claim
    JOIN corrected_claim AS said ON said.id = claim.id
    JOIN revision ON revision.id = claim.revision_id
    JOIN article ON article.id = revision.article_id
    JOIN current_reading ON current_reading.revision_id = claim.revision_id
        AND current_reading.run_id = claim.run_id
    JOIN independent_source ON independent_source.article_id = article.id
    LEFT JOIN mention ON mention.id = claim.speaker_mention_id
    WHERE {} IN :keys"""

_SERIES = "SELECT DISTINCT series_id FROM claim WHERE uid IN :keys AND series_id IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Behind:
    """Who is behind a figure: its voice, the root of its article's text, and the chain from there."""

    voice: Voice
    root: str
    chain: str | None

    @property
    def who(self) -> str:
        """The one who speaks: the speaker, or where nobody is quoted the source itself."""
        return self.voice.speaker or self.root


Key = tuple[str, str]  # uids of a claim and of its article: articles of one text have claims of one uid


def with_sources(store: Store, rows: Sequence[RowMapping]) -> list[Figure]:
    """Rows of the view `figures`, with `article_uid`, as figures that tell whose they are."""
    found = behind(store, rows)
    figures = []
    for row in rows:
        who = found[row["uid"], row["article_uid"]]
        figures.append(typed(Figure, row, primary=who.voice.primary, chain=who.chain))
    return figures


def behind(store: Store, rows: Sequence[RowMapping]) -> dict[Key, Behind]:
    """Who is behind each claim (`uid`, `article_uid`), by all that the base has in its series."""
    asked = {(row["uid"], row["article_uid"]) for row in rows}
    uids = {uid for uid, _ in asked}
    lines = {row["series_id"] for row in _read(store, _SERIES, uids)}
    around = {row["id"]: row for row in _read(store, _CLAIMS.format("claim.series_id"), lines)}
    alone = {uid for uid, _ in asked - {(row["uid"], row["article_uid"]) for row in around.values()}}
    around |= {row["id"]: row for row in _read(store, _CLAIMS.format("claim.uid"), alone)}
    own = {key: row for key, row in around.items() if (row["uid"], row["article_uid"]) in asked}
    with explained(store.path):
        heard = voices(store.connection, [dict(row) for row in around.values()])
    chains = _chains(store, list(around.values()))
    return {
        (row["uid"], row["article_uid"]): Behind(heard[key], row["root"], chains.get(_figure(row)))
        for key, row in own.items()
    }


def _figure(row: RowMapping) -> tuple[Any, ...]:
    """What all have in common that tell one figure from one source."""
    return row["root"], row["series_id"] or row["uid"], row["comparator"], row["low"], row["high"]


def _chains(store: Store, rows: Sequence[RowMapping]) -> dict[tuple[Any, ...], str]:
    """The chain from the root to those who have each figure, where it is told by more than its root."""
    telling: dict[tuple[Any, ...], list[RowMapping]] = defaultdict(list)
    for row in rows:
        telling[_figure(row)].append(row)
    roots = _names(store, {row["root"] for row in rows})
    found = {}
    for figure, told in telling.items():
        root = roots[figure[0]]
        ordered = sorted(told, key=lambda row: (row["published"] or "9", row["article_uid"]))
        names = [name for name in dict.fromkeys(map(_name, ordered)) if name != root]
        if names:
            found[figure] = root + ARROW + ", ".join(names)
    return found


def _names(store: Store, roots: Iterable[str]) -> dict[str, str]:
    """What each root is called: an agency by its name, an article as its outlet or its title."""
    named = {root: root.removeprefix(_AGENCY) for root in roots if root.startswith(_AGENCY)}
    articles = {int(root.split()[1]): root for root in roots if root not in named}
    query = """
        SELECT article.id, article.uid AS article_uid, article.url, article.cites_url, revision.publisher,
            revision.title
        FROM article JOIN revision ON revision.article_id = article.id
        WHERE article.id IN :keys ORDER BY revision.seq"""
    for row in _read(store, query, articles):
        named[articles[row["id"]]] = _name(row)
    return named


def _name(row: RowMapping) -> str:
    """An article as its outlet: the publisher, else the site, else the title or the uid."""
    host = urlsplit(row["url"] or row["cites_url"] or "").hostname or ""
    return row["publisher"] or host.removeprefix("www.") or row["title"] or row["article_uid"]


def _read(store: Store, query: str, keys: Iterable[Any]) -> list[RowMapping]:
    found: list[RowMapping] = []
    statement = text(query).bindparams(bindparam("keys", expanding=True))
    with explained(store.path):
        for part in parts(sorted(keys)):
            found += store.connection.execute(statement, {"keys": part}).mappings()
    return found
