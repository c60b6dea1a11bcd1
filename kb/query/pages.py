"""What stands on a page about one thing: an article, an entity, an event, a clash; and what is in a base.

Each is a bounded number of SELECTs by key, so that it costs what the thing has, not what the base has.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import RowMapping

from kb.errors import UsageError
from kb.query.filters import Filter
from kb.query.heads import event_head, series_heads
from kb.query.page_rows import ArticlePage, Company, EntityPage, Name, Overview, Source, Spelling
from kb.query.rows import Conflict, Event, Figure, Report
from kb.query.select import columns_of, selected, typed
from kb.store import Store
from kb.store.lookup import known_as

T = TypeVar("T")
MOST = 200  # facts of one kind that a page shows; the questions show the rest
_NOTES = 10  # articles that are looked at for one of the newest: a table of notes has many on one address
_PARTNERS = 20  # who else is named in the sentences of an entity

_BEST_FIRST = ("double-checked", "corrected", "accepted", "machine", "rejected")  # as in the view timeline
_COUNTS = {
    "articles": "SELECT count(*) FROM article",
    "figures": "SELECT count(*) FROM claim",
    "events": "SELECT count(*) FROM event",
    "names": "SELECT count(*) FROM entity",
    "series": "SELECT count(*) FROM series",
    "conflicts": "SELECT count(*) FROM conflict",
}
_SOURCE = """
    SELECT article.uid, article.kind, revision.title, revision.publisher, revision.published, article.url,
        article.cites_url, revision.id AS revision_id, article.id AS article_id, revision.modified,
        strftime('%Y-%m-%dT%H:%M:%SZ', revision.retrieved_at) AS retrieved_at, article.language,
        revision.seq AS revisions, revision.text,
        (SELECT count(*) FROM claim WHERE claim.revision_id = revision.id) AS figures,
        EXISTS (SELECT 1 FROM withdrawn WHERE withdrawn.article_id = article.id) AS gone
    FROM article JOIN revision ON revision.article_id = article.id
        AND revision.seq = (SELECT max(seq) FROM revision AS other WHERE other.article_id = article.id)
"""


def overview(store: Store, *, newest: int = 12, series: int = 12) -> Overview:
    """What is in a base, with so many of its newest articles and largest series."""
    counts = {name: _number(store, query) for name, query in _COUNTS.items()}
    last = f"SELECT id FROM article ORDER BY id DESC LIMIT {newest * _NOTES}"
    rows = _rows(store, f"{_SOURCE} WHERE article.id IN ({last}) ORDER BY article.id DESC")
    found = _folded(_all(Source, rows))
    sources = sorted(found[:newest], key=lambda source: source.published or "", reverse=True)
    return Overview(counts, tuple(sources), series_heads(store, limit=series))


def _folded(sources: Iterable[Source]) -> list[Source]:
    """Sources in their order, notes on one address as the first of them, with how many more there are."""
    found: dict[str, Source] = {}
    for source in sources:
        one = source.cites_url if source.kind == "note" and source.cites_url else source.uid
        there = found.get(one)
        found[one] = source if there is None else replace(there, more=there.more + 1)
    return list(found.values())


def article_page(store: Store, uid: str) -> ArticlePage:
    """All that is known of one article (by uid, also the one it has where it was loaded in another order).

    Raises:
        UsageError: there is none.
    """
    asked = _of("article.uid", uid)
    row = next(iter(selected(store, f"{_SOURCE} WHERE {asked.where}", asked)), None)
    if row is None:
        known = known_as(store.connection, uid) or uid
        if known == uid:
            raise UsageError(f"no article has the uid {uid!r}")
        return article_page(store, known)
    facts = _of("article_uid", uid)
    figures = _facts(store, Figure, "figures", facts, "start_char")
    lines = """
        SELECT claim.uid AS claim, series.uid AS series
        FROM claim JOIN series ON series.id = claim.series_id WHERE claim.revision_id = :revision"""
    series = _rows(store, lines, revision=row["revision_id"])
    authors = "SELECT name FROM author WHERE revision_id = :revision ORDER BY position"
    tags = "SELECT DISTINCT tag FROM standing_tag WHERE target = :uid ORDER BY tag"
    return ArticlePage(
        source=typed(Source, row),
        cites_url=row["cites_url"],
        modified=row["modified"],
        retrieved_at=row["retrieved_at"],
        language=row["language"],
        authors=tuple(line["name"] for line in _rows(store, authors, revision=row["revision_id"])),
        text=None if row["gone"] else row["text"],
        revisions=row["revisions"],
        origin=_origin(store, row["article_id"]),
        relatives=_relatives(store, row["article_id"]),
        tags=tuple(line["tag"] for line in _rows(store, tags, uid=uid)),
        figures=figures,
        reports=_facts(store, Report, "reports", facts, "start_char"),
        names=_facts(store, Name, "mentions", facts, "start_char"),
        series={line["claim"]: line["series"] for line in series},
    )


def entity_page(store: Store, uid: str) -> EntityPage:
    """A person, an organisation or a place (by uid): names, mentions, company.

    Raises:
        UsageError: there is none.
    """
    asked = _of("entity.uid", uid)
    entity = _one(store, f"SELECT * FROM entity WHERE {asked.where}", asked, f"no name has the uid {uid!r}")
    spellings = """
        SELECT DISTINCT spelling, language, script, source FROM name WHERE entity_id = :entity
        ORDER BY script, spelling"""
    company = f"""
        SELECT other.uid, other.name, other.kind, count(DISTINCT theirs.sentence_span_id) AS sentences
        FROM mention AS own
        JOIN mention AS theirs
            ON theirs.sentence_span_id = own.sentence_span_id AND theirs.run_id = own.run_id
        JOIN entity AS other ON other.id = theirs.entity_id AND other.id <> own.entity_id
        WHERE own.entity_id = :entity
        GROUP BY other.id ORDER BY sentences DESC, other.name LIMIT {_PARTNERS}"""
    published = (
        f"{_SOURCE} WHERE article.publisher_id = :entity ORDER BY revision.published DESC LIMIT {MOST}"
    )
    named = "SELECT count(*) AS number FROM mention WHERE entity_id = :entity"
    return EntityPage(
        uid,
        entity["name"],
        entity["kind"],
        entity["wikidata"],
        _all(Spelling, _rows(store, spellings, entity=entity["id"])),
        _newest_names(store, uid, entity["id"]),
        _rows(store, named, entity=entity["id"])[0]["number"],
        _all(Company, _rows(store, company, entity=entity["id"])),
        _all(Source, _rows(store, published, entity=entity["id"])),
    )


def event_page(store: Store, uid: str) -> Event:
    """An event (by uid) with its reports, however they are told.

    Raises:
        UsageError: there is none.
    """
    asked = _of("uid", uid)
    columns = columns_of(Event, "reports", "sources", "status", "participants")
    row = _one(
        store, f"SELECT {columns} FROM event WHERE {asked.where}", asked, f"no event has the uid {uid!r}"
    )
    reports = _facts(store, Report, "reports", _of("event_uid", uid), "published IS NULL, published, uid")
    told = event_head(store, uid)
    more = {
        "participants": told and told.participants,
        "sources": told.sources if told else 0,
        "status": _status(store, uid),
    }
    return typed(Event, row, reports=reports, **more)


def conflict_page(store: Store, uid: str) -> Conflict:
    """A clash (by uid) with all its figures in order.

    Raises:
        UsageError: there is none.
    """
    asked = _of("uid", uid)
    row = _one(store, f"SELECT * FROM conflict WHERE {asked.where}", asked, f"no clash has the uid {uid!r}")
    claims = """
        SELECT claim.uid, article.uid AS article FROM conflict_claim
        JOIN claim ON claim.id = conflict_claim.claim_id
        JOIN revision ON revision.id = claim.revision_id JOIN article ON article.id = revision.article_id
        WHERE conflict_id = :conflict ORDER BY position"""
    figures: list[Figure] = []
    for claim in _rows(store, claims, conflict=row["id"]):
        of_claim = _of("uid", claim["uid"])
        of_claim.equal("article_uid", claim["article"])
        figures += _facts(store, Figure, "figures", of_claim, "uid")
    return Conflict(uid, row["kind"], row["explanation"], tuple(figures))


def _newest_names(store: Store, uid: str, entity: int) -> tuple[Name, ...]:
    """Where an entity (by uid and key) was named last: those rows of the view are asked for alone."""
    newest = f"""
        SELECT mention.uid FROM mention JOIN revision ON revision.id = mention.revision_id
        WHERE mention.entity_id = :entity ORDER BY revision.published DESC, mention.uid LIMIT {MOST}"""
    asked = _of("entity_uid", uid)
    asked.among("uid", dict.fromkeys(row["uid"] for row in _rows(store, newest, entity=entity)))
    return _facts(store, Name, "mentions", asked, "published DESC, uid", limit=MOST)


def _status(store: Store, event: str) -> str:
    """Where review of an event stands: what was looked at best among its reports."""
    query = "SELECT DISTINCT status FROM reports WHERE event_uid = :event"
    found = {row["status"] for row in _rows(store, query, event=event)}
    return next((status for status in _BEST_FIRST if status in found), "machine")


def _origin(store: Store, article: int) -> str | None:
    """Where its text is from, in words."""
    query = """
        SELECT origin.kind, origin.agency, revision.title, other.url FROM standing_origin AS origin
        LEFT JOIN article AS other ON other.id = origin.from_article_id
        LEFT JOIN revision ON revision.article_id = other.id AND revision.seq = 1
        WHERE origin.article_id = :article"""
    for row in _rows(store, query, article=article):
        return f"{row['kind']} of {row['agency'] or row['title'] or row['url'] or 'another article'}"
    return None


def _relatives(store: Store, article: int) -> tuple[Source, ...]:
    """Articles that have their text from it, or from where it has its own."""
    query = f"""{_SOURCE} WHERE article.id <> :article AND article.id IN (
            SELECT article_id FROM origin WHERE from_article_id = :article
            UNION SELECT from_article_id FROM origin WHERE article_id = :article
            UNION SELECT theirs.article_id FROM origin AS own
                JOIN origin AS theirs ON theirs.from_article_id = own.from_article_id
                WHERE own.article_id = :article
        ) ORDER BY revision.published, article.uid LIMIT {MOST}"""
    return _all(Source, _rows(store, query, article=article))


def _of(column: str, value: str) -> Filter:
    asked = Filter()
    asked.equal(column, value)
    return asked


def _facts(
    store: Store, row_type: type[T], view: str, asked: Filter, order: str, limit: int | None = None
) -> tuple[T, ...]:
    columns = columns_of(row_type)  # type: ignore[type-var]
    query = f"SELECT {columns} FROM {view} WHERE {asked.where} ORDER BY {order}"
    return _all(row_type, selected(store, query, asked, limit))


def _rows(store: Store, query: str, **values: Any) -> list[RowMapping]:
    asked = Filter()
    asked.values |= values
    return list(selected(store, query, asked))


def _one(store: Store, query: str, asked: Filter, missing: str) -> RowMapping:
    for row in selected(store, query, asked):
        return row
    raise UsageError(missing)


def _number(store: Store, query: str) -> int:
    return int(next(iter(_rows(store, query)[0].values())))


def _all(row_type: type[T], rows: Iterable[RowMapping]) -> tuple[T, ...]:
    return tuple(typed(row_type, row) for row in rows)  # type: ignore[type-var]
