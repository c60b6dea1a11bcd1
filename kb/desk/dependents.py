"""What rests on an article: for whoever is about to take it out of the base."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, RowMapping, text

from kb.model.plain import measure_with_place

Rests = Literal["series", "conflict", "assessment", "decision", "review", "tag", "reprint", "quote", "note"]

# The uids of everything that the article states or stated, and of itself.
_FACTS = """
    SELECT uid FROM claim WHERE revision_id IN (SELECT id FROM revision WHERE article_id = :article)
    UNION SELECT uid FROM report WHERE revision_id IN (SELECT id FROM revision WHERE article_id = :article)
    UNION SELECT uid FROM mention WHERE revision_id IN (SELECT id FROM revision WHERE article_id = :article)
    UNION SELECT uid FROM article_uid WHERE article_id = :article"""
_LATER = "NOT EXISTS (SELECT 1 FROM {0} AS later WHERE later.withdraws = {0}.uid)"

_SERIES = """
    SELECT series.uid, measure.name, series.place, count(*) AS figures,
        sum(claim.revision_id IN (SELECT id FROM revision WHERE article_id = :article)) AS own
    FROM series
    JOIN measure ON measure.id = series.measure_id
    JOIN claim ON claim.series_id = series.id
    GROUP BY series.id HAVING own > 0 ORDER BY measure.name, series.uid"""
_CONFLICTS = """
    SELECT DISTINCT conflict.uid, conflict.kind, conflict.explanation
    FROM conflict
    JOIN conflict_claim ON conflict_claim.conflict_id = conflict.id
    JOIN claim ON claim.id = conflict_claim.claim_id
    WHERE claim.revision_id IN (SELECT id FROM revision WHERE article_id = :article)
    ORDER BY conflict.uid"""
_ASSESSMENTS = f"""
    SELECT DISTINCT assessment.uid, assessment.rule, assessment."by" AS who
    FROM assessment
    JOIN assessment_claim ON assessment_claim.assessment_id = assessment.id
    WHERE assessment_claim.claim IN ({_FACTS}) AND assessment.withdraws IS NULL
        AND {_LATER.format("assessment")}
    ORDER BY assessment.uid"""
_DECISIONS = f"""
    SELECT uid, verdict, kind, "by" AS who FROM identity_decision
    WHERE (uid_a IN ({_FACTS}) OR uid_b IN ({_FACTS})) AND verdict <> 'withdrawn'
        AND {_LATER.format("identity_decision")}
    ORDER BY id"""
_REVIEWS = f"""
    SELECT uid, verdict, field, "by" AS who FROM review
    WHERE fact IN ({_FACTS}) AND verdict <> 'withdrawn' AND {_LATER.format("review")} ORDER BY id"""
_TAGS = f"""
    SELECT uid, tag, "by" AS who FROM tag
    WHERE target IN ({_FACTS}) AND verdict <> 'withdrawn' AND {_LATER.format("tag")} ORDER BY id"""
_COPIES = """
    SELECT DISTINCT article.uid, coalesce(article.url, newest.title, article.uid) AS name, origin.kind
    FROM article
    JOIN revision AS newest ON newest.article_id = article.id
        AND newest.seq = (SELECT max(seq) FROM revision WHERE article_id = article.id)
    LEFT JOIN standing_origin AS origin ON origin.article_id = article.id
        AND origin.from_article_id = :article
    WHERE article.id <> :article
        AND NOT EXISTS (SELECT 1 FROM withdrawn WHERE withdrawn.article_id = article.id)
        AND (
            origin.id IS NOT NULL
            OR newest.text_sha256 IN (SELECT text_sha256 FROM revision WHERE article_id = :article)
            OR newest.raw_sha256 IN (SELECT raw_sha256 FROM revision WHERE article_id = :article)
        )
    ORDER BY name"""
_ABOUT = """
    SELECT about.uid, about.kind, about.recorded_at FROM article
    JOIN article AS about ON about.cites_url = article.url AND about.kind <> 'page'
    WHERE article.id = :article ORDER BY about.id"""


@dataclass(frozen=True, slots=True)
class Dependent:
    """Something that rests on an article: what it is, its uid, and what becomes of it, in words."""

    kind: Rests
    uid: str
    what: str


def dependents(connection: Connection, article_id: int) -> tuple[Dependent, ...]:
    """What rests on an article: computed from its figures, decided about its facts, or copied from it.

    Series and conflicts are computed anew without it. Decisions stay, and hold nothing any more.
    Reprints, quotes and notes are sources of their own and stay as they are.
    """
    return tuple(_dependents(connection, article_id))


def _dependents(connection: Connection, article_id: int) -> Iterator[Dependent]:
    def rows(query: str) -> list[RowMapping]:
        return list(connection.execute(text(query), {"article": article_id}).mappings())

    for row in rows(_SERIES):
        measure = measure_with_place(row["name"], row["place"])
        yield Dependent("series", row["uid"], f"{measure}: loses {row['own']} of {row['figures']} figures")
    for row in rows(_CONFLICTS):
        yield Dependent("conflict", row["uid"], f"{row['kind']}: {row['explanation']}")
    for row in rows(_ASSESSMENTS):
        yield Dependent("assessment", row["uid"], f"by {row['who']}: {row['rule']}")
    for row in rows(_DECISIONS):
        yield Dependent("decision", row["uid"], f"{row['kind']}: {row['verdict']}, by {row['who']}")
    for row in rows(_REVIEWS):
        yield Dependent("review", row["uid"], _review(row))
    for row in rows(_TAGS):
        yield Dependent("tag", row["uid"], f"{row['tag']}, by {row['who']}")
    for row in rows(_COPIES):
        yield Dependent(
            "reprint", row["uid"], f"{row['name']}: {row['kind'] or 'has the same text or bytes'}"
        )
    for row in rows(_ABOUT):
        yield Dependent(row["kind"], row["uid"], f"a {row['kind']} about it, of {row['recorded_at'][:10]}")


def _review(row: Any) -> str:
    of = f" {row['field']}" if row["field"] else ""
    return f"{row['verdict']}{of}, by {row['who']}"
