"""Which facts to review next: in conflict, uncertain, the rest, newest first, without a look at all.

`pending` tells of facts in an order over the whole base, for which it has to read the whole base. A page of
the queue shows a few: these are found by walking from the newest article on until there are enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kb.errors import UsageError
from kb.query.filters import Filter
from kb.query.pending import KINDS, FactKind
from kb.query.select import selected
from kb.resolve.doubts.judged import disputed_facts
from kb.store import Store
from kb.store.connection import explained

_TABLES: Mapping[FactKind, tuple[str, str]] = {
    "figure": ("claim", "phrase_span_id"),
    "event": ("report", "trigger_span_id"),
    "name": ("mention", "span_id"),
}
# What nobody reviewed reads as it was extracted: the reasons of `pending`, in SQL.
_UNCERTAIN: Mapping[FactKind, str] = {
    "figure": """fact.date IS NULL OR fact.stance <> 'asserted' OR fact.voice = 'unnamed'
        OR fact.id IN (SELECT claim_id FROM conflict_claim)""",
    "event": "fact.date IS NULL OR fact.stance <> 'asserted' OR fact.kind IS NULL",
    "name": "fact.kind = 'person' AND instr(fact.name, ' ') = 0",
}
# A name stands once an article, with its first mention.
_ONCE = """NOT EXISTS (
    SELECT 1 FROM corrected_mention AS other
    WHERE other.revision_id = fact.revision_id AND other.run_id = fact.run_id AND other.chain = fact.chain
        AND other.name = fact.name AND other.kind = fact.kind AND other.id < fact.id)"""
# A LIMIT within has SQLite sort the revisions first, and look at the facts of the first ones alone.
_QUERY = """
    SELECT fact.uid FROM (
        SELECT id, article_id FROM revision WHERE {of_article} ORDER BY published DESC LIMIT -1
    ) AS newest
    CROSS JOIN {table} AS fact ON fact.revision_id = newest.id
    CROSS JOIN span AS words ON words.id = fact.{words}
    CROSS JOIN current_reading ON current_reading.revision_id = fact.revision_id
        AND current_reading.run_id = fact.run_id
    WHERE {where}
        AND fact.id NOT IN (SELECT id FROM hidden_fact WHERE kind = '{table}')
        AND NOT EXISTS (SELECT 1 FROM standing_review WHERE standing_review.fact = fact.uid)"""


def waiting(
    store: Store,
    measure: str | None = None,
    *,
    place: str | None = None,
    url: str | None = None,
    kind: str | None = None,
    limit: int,
) -> tuple[str, ...]:
    """Uids of facts that nobody reviewed, so many of each kind: those to look at first, as `pending` asks.

    Raises:
        UsageError: there is no such kind.
    """
    if kind is not None and kind not in KINDS:
        raise UsageError(f"no kind {kind!r}: say one of {', '.join(KINDS)}")
    kinds = [one for one in KINDS if kind in (None, one)]
    if measure:
        kinds = [one for one in kinds if one == "figure"]
    elif place:
        kinds = [one for one in kinds if one != "name"]
    found: list[str] = []
    for one in kinds:
        is_uncertain = f"coalesce({_UNCERTAIN[one]}, 0)"
        uncertain = tuple(_first(store, one, is_uncertain, measure, place, url, limit))
        found += uncertain
        if len(uncertain) < limit:
            found += _first(store, one, f"NOT {is_uncertain}", measure, place, url, limit)
    return tuple(dict.fromkeys(found))


def _first(
    store: Store,
    kind: FactKind,
    which: str,
    measure: str | None,
    place: str | None,
    url: str | None,
    limit: int,
) -> Iterator[str]:
    asked = Filter()
    asked.conditions.append(which)
    asked.words("(coalesce(fact.measure, '') || ' ' || words.folded)", measure)
    asked.names("fact.place", place)
    if kind == "name":
        asked.conditions.append(_ONCE)
    of_article = "1"
    if url is not None:
        said = asked.value(url)
        known = f"SELECT article_id FROM article_uid WHERE uid = {said}"
        of_article = f"article_id IN (SELECT id FROM article WHERE {said} IN (url, cites_url) UNION {known})"
    table, words = _TABLES[kind]
    query = _QUERY.format(of_article=of_article, table=table, words=words, where=asked.where)
    return (row["uid"] for row in selected(store, query, asked, limit))


def clashing(
    store: Store,
    words: str | None = None,
    *,
    place: str | None = None,
    url: str | None = None,
    by: str | None = None,
    limit: int,
) -> tuple[str, ...]:
    """What is to be reviewed first: facts that people judge differently, then figures in conflict.

    Uids of those that show, without what `by` (a person) said the last word on; the figures in conflict
    that nobody reviewed, by clash, so many of them as `limit` says: with all the words in their measure or
    phrase, at a place of this name, of the article with this address (or uid).
    """
    asked = Filter()
    asked.words("(coalesce(claim.measure, '') || ' ' || phrase.folded)", words)
    asked.names("claim.place", place)
    if url is not None:
        asked.conditions.append(f"{asked.value(url)} IN (article.url, article.cites_url, article.uid)")
    query = f"""
        SELECT DISTINCT claim.uid FROM (SELECT id, uid FROM conflict ORDER BY uid LIMIT -1) AS clash
        CROSS JOIN conflict_claim ON conflict_claim.conflict_id = clash.id
        CROSS JOIN claim ON claim.id = conflict_claim.claim_id
        CROSS JOIN span AS phrase ON phrase.id = claim.phrase_span_id
        CROSS JOIN revision ON revision.id = claim.revision_id
        CROSS JOIN article ON article.id = revision.article_id
        WHERE {asked.where}
            AND NOT EXISTS (SELECT 1 FROM standing_review WHERE standing_review.fact = claim.uid)"""
    clashing = (row["uid"] for row in selected(store, query, asked, limit))
    return (*_disputed(store, by), *clashing)


def _disputed(store: Store, by: str | None) -> Iterator[str]:
    """The facts in the queue that people judge differently: of a name its first mention that reads so."""
    with explained(store.path):
        found = [one for one in disputed_facts(store.connection) if one.last_by != by]
    for one in found:
        asked = Filter()
        asked.among("fact.uid", one.facts)
        first = """AND NOT EXISTS (
            SELECT 1 FROM corrected_mention AS earlier
            WHERE earlier.revision_id = fact.revision_id AND earlier.run_id = fact.run_id
                AND earlier.chain = fact.chain AND earlier.name = fact.name AND earlier.kind = fact.kind
                AND earlier.id < fact.id)"""
        query = f"""
            SELECT fact.uid FROM corrected_{one.kind} AS fact
            JOIN current_reading USING (revision_id, run_id)
            WHERE {asked.where} {first if one.kind == "mention" else ""} ORDER BY fact.id"""
        yield from (row["uid"] for row in selected(store, query, asked, 1))
