"""The last thing that a person decided and did not take back: what "undo" means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kb.query.filters import Filter
from kb.query.select import selected, typed
from kb.store import Store

_ANSWERS = """
    SELECT review.uid, 'review' AS kind, review.verdict, review.fact AS about, review.recorded_at,
        coalesce(
            (SELECT span.folded FROM claim JOIN span ON span.id = claim.phrase_span_id
                WHERE claim.uid = review.fact LIMIT 1),
            (SELECT title FROM report WHERE report.uid = review.fact LIMIT 1),
            (SELECT name FROM mention WHERE mention.uid = review.fact LIMIT 1)
        ) AS words
    FROM (
        SELECT * FROM standing_review WHERE "by" = {by} ORDER BY recorded_at DESC, id DESC LIMIT 1
    ) AS review
    UNION ALL
    SELECT made.uid, 'decision', made.verdict, made.uid_a, made.recorded_at,
        coalesce(
            (SELECT measure FROM claim WHERE claim.uid = made.uid_a LIMIT 1),
            (SELECT title FROM report WHERE report.uid = made.uid_a LIMIT 1),
            (SELECT name FROM mention WHERE mention.uid = made.uid_a LIMIT 1)
        )
    FROM (
        SELECT * FROM identity_decision AS decision
        WHERE verdict <> 'withdrawn' AND "by" = {by} AND NOT EXISTS (
            SELECT 1 FROM identity_decision AS later WHERE later.withdraws = decision.uid
        ) ORDER BY recorded_at DESC, id DESC LIMIT 1
    ) AS made
    ORDER BY recorded_at DESC"""


@dataclass(frozen=True, slots=True)
class LastAnswer:
    """A review of a fact, or a decision that two things are one or not; `uid` takes it back.

    `words` are those of the fact, or of the first of the two; `about` is its uid.
    """

    uid: str
    kind: Literal["review", "decision"]
    verdict: str
    about: str
    words: str | None


def last_answer(store: Store, by: str) -> LastAnswer | None:
    """What a person decided last of all that stands; None where there is nothing."""
    asked = Filter()
    for row in selected(store, _ANSWERS.format(by=asked.value(by)), asked, 1):
        return typed(LastAnswer, row)
    return None
