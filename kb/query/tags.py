"""What is filed under which tag."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kb.errors import UsageError
from kb.model.plain import folded
from kb.query.answer import Answer
from kb.query.filters import Filter
from kb.query.select import selected, typed
from kb.store import Hit, Store

# Tags are told apart without case; each is shown as it was first written.
_FACTS = """
    SELECT claim.uid, measure AS about, claim.revision_id, span.folded AS words, span.start_char,
        span.end_char
    FROM corrected_claim AS claim JOIN span ON span.id = phrase_span_id
    UNION ALL SELECT report.uid, title, report.revision_id, span.folded, span.start_char, span.end_char
    FROM corrected_report AS report JOIN span ON span.id = trigger_span_id
    UNION ALL SELECT mention.uid, name, mention.revision_id, span.folded, span.start_char, span.end_char
    FROM corrected_mention AS mention JOIN span ON span.id = span_id"""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag with how many articles and facts are filed under it, and when the last one was (UTC)."""

    tag: str
    articles: int
    facts: int
    last: str


@dataclass(frozen=True, slots=True)
class Filed:
    """An article or a fact that is filed under a tag; `about` is its title, or what it is of in words."""

    uid: str
    kind: str
    tag: str
    about: str | None
    url: str | None
    by: str
    recorded_at: str
    note: str | None


def tags(store: Store) -> Answer[Tag]:
    """The tags in use, by name."""
    query = """
        SELECT min(tag) AS tag, sum(target_kind = 'article') AS articles,
            sum(target_kind <> 'article') AS facts, max(recorded_at) AS last
        FROM standing_tag GROUP BY lower(tag) ORDER BY lower(tag)"""
    return Answer((typed(Tag, row) for row in selected(store, query, Filter())), Tag)


def filed(store: Store, tag: str) -> Answer[Filed]:
    """What is filed under a tag, in the order in which it was.

    Raises:
        UsageError: nothing is.
    """
    asked = Filter()
    asked.conditions.append(f"lower(standing_tag.tag) = lower({asked.value(folded(tag))})")
    query = f"""
        SELECT standing_tag.target AS uid, target_kind AS kind, tag, standing_tag."by",
            standing_tag.recorded_at, standing_tag.note,
            coalesce(
                (SELECT title FROM source WHERE article_uid = target LIMIT 1),
                (SELECT about FROM ({_FACTS}) WHERE uid = target LIMIT 1)
            ) AS about,
            coalesce(
                (SELECT coalesce(url, cites_url) FROM article WHERE uid = target),
                (
                    SELECT coalesce(article.url, article.cites_url) FROM ({_FACTS}) AS fact
                    JOIN revision ON revision.id = fact.revision_id
                    JOIN article ON article.id = revision.article_id
                    WHERE fact.uid = target LIMIT 1
                )
            ) AS url
        FROM standing_tag WHERE {asked.where} ORDER BY standing_tag.id"""
    found = Answer((typed(Filed, row) for row in selected(store, query, asked)), Filed)
    if not found:
        raise UsageError(f"nothing is filed under {tag!r}: kb tags lists the tags")
    return found


class Dossier:
    """What a tag takes in of texts: articles as a whole, and the words of facts."""

    def __init__(self, store: Store, tag: str) -> None:
        asked = Filter()
        word = asked.value(folded(tag))
        query = f"""
            SELECT current_reading.revision_id, NULL AS start_char, NULL AS end_char FROM standing_tag
            JOIN article ON article.uid = standing_tag.target
            JOIN current_reading ON current_reading.article_id = article.id
            WHERE lower(tag) = lower({word})
            UNION SELECT fact.revision_id, fact.start_char, fact.end_char FROM standing_tag
            JOIN ({_FACTS}) AS fact ON fact.uid = standing_tag.target
            WHERE lower(tag) = lower({word})"""
        self._revisions: set[int] = set()
        self._words: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for row in selected(store, query, asked):
            if row["start_char"] is None:
                self._revisions.add(row["revision_id"])
            else:
                self._words[row["revision_id"]].append((row["start_char"], row["end_char"]))

    def takes_in(self, hit: Hit) -> bool:
        """Whether a passage is of an article of the dossier, or holds the words of a fact of it."""
        if hit.revision_id in self._revisions:
            return True
        start, end = hit.start_char, hit.end_char
        if start is None or end is None:
            return False
        return any(start < last and first < end for first, last in self._words.get(hit.revision_id, ()))
