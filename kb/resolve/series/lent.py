"""Places that claims have from another telling of their text: an excerpt leaves out where its page says so.

A claim that tells no place, in an article whose text has one root with another's (`kb.resolve.texts`), is at
the place of that article's claim of the same number in the same words, if the one's sentence stands word for
word in the other's. Where such claims are at several places it is at none. What a person said of a claim's
place, also that it tells none, goes before that; what was lent is not lent on.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, text

from kb.resolve.series.placed_claims import Line, placed_claims

_LEAST = 6  # words of a sentence that may stand in another: fewer stand in many
_ARTICLE = "article "  # before the key of an article that is a root, in the view `independent_source`
_ROOTS = """
    SELECT independent_source.article_id, independent_source.root
    FROM json_each(:keys) AS asked
    CROSS JOIN independent_source ON independent_source.article_id = asked.value"""
_ARTICLES = """
    SELECT DISTINCT revision.id, revision.article_id FROM json_each(:keys) AS asked
    CROSS JOIN revision ON revision.id = asked.value"""
_FROM = """
    SELECT DISTINCT origin.article_id FROM json_each(:keys) AS asked
    CROSS JOIN origin ON origin.from_article_id = asked.value"""
_ALIKE = """
    SELECT DISTINCT own.article_id, other.article_id FROM json_each(:keys) AS asked
    CROSS JOIN sketch AS own ON own.article_id = asked.value
    CROSS JOIN sketch AS other ON other.hash = own.hash AND other.article_id <> own.article_id"""
_CLAIMS_OF = """
    SELECT claim.id FROM json_each(:keys) AS asked
    CROSS JOIN revision ON revision.article_id = asked.value
    CROSS JOIN claim ON claim.revision_id = revision.id
    WHERE claim.measure_id IS NOT NULL"""
_UNPLACED_OF = f"{_CLAIMS_OF} AND claim.place IS NULL"
_LENT_IN = """
    SELECT claim.id FROM json_each(:keys) AS asked
    CROSS JOIN series ON series.id = asked.value AND series.place IS NOT NULL
    CROSS JOIN claim ON claim.series_id = series.id AND claim.place IS NULL"""
_WORDS = """
    SELECT claim.id, sentence.folded AS sentence, phrase.folded AS phrase, claim.relation,
        nullif(coalesce(correction.comparator, claim.comparator), '') AS comparator,
        CAST(nullif(coalesce(correction.low, claim.low), '') AS REAL) AS low,
        CAST(nullif(coalesce(correction.high, claim.high), '') AS REAL) AS high
    FROM json_each(:keys) AS asked
    CROSS JOIN claim ON claim.id = asked.value
    JOIN span AS sentence ON sentence.id = claim.sentence_span_id
    JOIN span AS phrase ON phrase.id = claim.phrase_span_id
    LEFT JOIN correction ON correction.fact = claim.uid"""

Claims = Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Lent:
    """The place of a claim as another one tells it: keys and uids of both."""

    claim: int
    uid: str
    lender: int
    lender_uid: str
    place: str


def with_lent_places(connection: Connection, claims: Claims) -> Claims:
    """Claims (of `placed_claims`), those without a place at that which is lent to them."""
    by_key = {claim["id"]: claim for claim in claims}
    for one, lender in _lenders(connection, claims).items():
        told = {name: lender[name] for name in ("place", "place_entity_id", "place_name")}
        by_key[one] = by_key[one] | told
    return list(by_key.values())


def lent_in(connection: Connection, series: Iterable[int]) -> list[Lent]:
    """The claims of series whose place is lent, with those that tell it."""
    keys = _keys(connection, _LENT_IN, series)
    claims = placed_claims(connection, keys)
    uids = {claim["id"]: claim["uid"] for claim in claims}
    found = _lenders(connection, claims).items()
    return [
        Lent(one, uids[one], lender["id"], lender["uid"], lender["place_name"] or lender["place"])
        for one, lender in sorted(found, key=lambda pair: uids[pair[0]])
    ]


def lent_by(connection: Connection, claims: Claims) -> set[int]:
    """The claims, telling no place, to which some may lend theirs, or lent it before they changed."""
    telling = {claim["revision_id"] for claim in claims if claim["place"] is not None}
    families = _families(connection, telling)
    relatives = {article for family in families.values() for article in family}
    was_in = {claim["series_id"] for claim in claims} - {None}
    return _keys(connection, _UNPLACED_OF, relatives) | _keys(connection, _LENT_IN, was_in)


def _lenders(connection: Connection, claims: Claims) -> dict[int, Mapping[str, Any]]:
    """Claims (by key) that are lent a place -> the claim that lends it, of several the first by uid."""
    asking = [
        claim for claim in claims if claim["stands"] and not claim["by_name"] and claim["place"] is None
    ]
    families = _families(connection, {claim["revision_id"] for claim in asking})
    asking = [claim for claim in asking if claim["revision_id"] in families]
    if not asking:
        return {}
    relatives = {article for family in families.values() for article in family}
    telling = placed_claims(connection, _keys(connection, _CLAIMS_OF, relatives))
    telling = [claim for claim in telling if claim["stands"] and claim["place"] is not None]
    told = _told(connection, (claim["id"] for claim in (*asking, *telling)))
    by_number: dict[tuple[Any, ...], list[Mapping[str, Any]]] = defaultdict(list)
    for claim in sorted(telling, key=lambda claim: (claim["uid"], claim["id"])):
        by_number[_number(told[claim["id"]])].append(claim)
    article = _articles(connection, {claim["revision_id"] for claim in telling})
    found = {}
    for claim in asking:
        own, family = told[claim["id"]], families[claim["revision_id"]]
        lenders = [
            other
            for other in by_number[_number(own)]
            if article[other["revision_id"]] in family
            and _stands_in(own["sentence"], told[other["id"]]["sentence"])
        ]
        if len({Line.of(lender).at for lender in lenders}) == 1:
            found[claim["id"]] = lenders[0]
    return found


def _stands_in(sentence: str, other: str) -> bool:
    return len(sentence.split()) >= _LEAST and f" {sentence.rstrip('. ')} " in f" {other.rstrip('. ')} "


def _number(told: RowMapping) -> tuple[Any, ...]:
    """What two claims of one number share: its words, and what they are read as."""
    return tuple(told[name] for name in ("phrase", "relation", "comparator", "low", "high"))


def _families(connection: Connection, revisions: Collection[int]) -> dict[int, frozenset[int]]:
    """Revisions -> the other articles whose text has one root with theirs; without those that have none."""
    article = _articles(connection, revisions)
    roots = _roots(connection, set(article.values()))
    first = {int(root.removeprefix(_ARTICLE)) for root in roots.values() if root.startswith(_ARTICLE)}
    by_agency = {one for one, root in roots.items() if not root.startswith(_ARTICLE)}
    near: dict[int, set[int]] = defaultdict(set)
    for one, other in _rows(connection, _ALIKE, by_agency):
        near[one].add(other)
    others = first | _keys(connection, _FROM, first) | {other for some in near.values() for other in some}
    of_root: dict[str, set[int]] = defaultdict(set)
    for one, root in _roots(connection, others).items():
        of_root[root].add(one)
    found = {}
    for revision, one in article.items():
        family = of_root[roots[one]] & near[one] if one in by_agency else of_root[roots[one]] - {one}
        if family:
            found[revision] = frozenset(family)
    return found


def _articles(connection: Connection, revisions: Collection[int]) -> dict[int, int]:
    return dict(_rows(connection, _ARTICLES, revisions))


def _roots(connection: Connection, articles: Collection[int]) -> dict[int, str]:
    return dict(_rows(connection, _ROOTS, articles))


def _told(connection: Connection, claims: Iterable[int]) -> dict[int, RowMapping]:
    asked = {"keys": json.dumps(sorted(claims))}
    return {row["id"]: row for row in connection.execute(text(_WORDS), asked).mappings()}


def _keys(connection: Connection, query: str, keys: Iterable[int]) -> set[int]:
    return {row[0] for row in _rows(connection, query, keys)}


def _rows(connection: Connection, query: str, keys: Iterable[int]) -> Sequence[Any]:
    asked = sorted(keys)
    return connection.execute(text(query), {"keys": json.dumps(asked)}).all() if asked else []
