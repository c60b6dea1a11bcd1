"""A draft against the base: what is known of each of its figures and events. Nothing is stored.

source    a draft from a file, a pipe or a string
draft     its facts, read and keyed as those of stored articles are
base      the series and claims of the base
matching  which series a figure belongs to, and which are close to it             (pure)
numbers   how one number stands to another: comparators, rounding                 (pure)
times     how one time stands to another, and what "now" is                       (pure)
speakers  whether two attributions are to one speaker                             (pure)
last      which claims no later one takes the place of                            (pure)
sides     what is alike in a figure and a claim, and what cannot both be         (pure)
judging   what one claim of the base is to a figure                               (pure)
figures   all of it for one figure, and the verdict
events    the same for an event
rows      what a comparison answers with
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import text

from kb.compare.base import Base
from kb.compare.draft import read_draft
from kb.compare.events import compare_event, is_of_somebody
from kb.compare.figures import compare_figure
from kb.compare.rows import Comparison, Evidence, Looked, Verdict
from kb.compare.source import draft_in_file, draft_in_text
from kb.model.plain import folded
from kb.model.values import Article
from kb.query.answer import Answer
from kb.store import Store

__all__ = ["Comparison", "Evidence", "Looked", "Verdict", "compare", "draft_in_file", "draft_in_text"]

_LOOKED = """
    SELECT count(DISTINCT CASE WHEN source_kind = 'page' THEN article_uid END) AS articles,
        count(DISTINCT CASE WHEN source_kind <> 'page' THEN article_uid END) AS notes,
        count(DISTINCT publisher) AS publishers, min(published) AS first, max(published) AS last
    FROM source"""


def compare(store: Store, article: Article) -> Answer[Comparison]:
    """What the base has on each figure and event of a text, in the order of the text.

    The text is read as an article is, on its day of publication: it must have one.
    """
    assert article.published_day is not None
    draft = read_draft(article, store)
    looked = looked_at(store)
    ends = (end for figure in draft.figures for end in (figure.told.low, figure.told.high) if end is not None)
    base = Base(store, ends)
    found = [compare_figure(figure, base, article.published_day, looked) for figure in draft.figures]
    events = [(event, compare_event(event, store, article.published_day, looked)) for event in draft.events]
    found += [row for event, row in events if is_of_somebody(event) or not _is_told_by(row, found)]
    return Answer(sorted(found, key=lambda one: (one.start_char, one.kind == "event")), Comparison)


def _is_told_by(event: Comparison, figures: Iterable[Comparison]) -> bool:
    """Whether an event is nothing but what a figure counts: "killed 3,085 people"."""
    return any(figure.quote == event.quote and folded(figure.phrase) in event.reading for figure in figures)


def looked_at(store: Store) -> Looked:
    """What there is to look at in the base."""
    row = store.connection.execute(text(_LOOKED)).mappings().one()
    return Looked(row["articles"], row["notes"], row["publishers"], row["first"], row["last"])
