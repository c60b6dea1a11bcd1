"""Every question of the product: SELECTs over the public views, typed answers with their sources.

rows       what the questions answer with
answer     an answer: rows, and their way into JSON
filters    conditions with their values
questions  on figures, events, names and words
decisions  on what people decided, and what is left to decide
lines      on series, and what clashes in them
select     rows of the views as typed rows
"""

from kb.query.answer import Answer
from kb.query.decisions import candidates, decisions, names
from kb.query.lines import CONFLICTS, conflicts, series
from kb.query.questions import STANCES, TIMELINE_STANCES, entities, figures, search, timeline
from kb.query.rows import Candidate, Conflict, Decision, Event, Figure, Hit, Listed, Named, Report, Series

__all__ = [
    "CONFLICTS",
    "STANCES",
    "TIMELINE_STANCES",
    "Answer",
    "Candidate",
    "Conflict",
    "Decision",
    "Event",
    "Figure",
    "Hit",
    "Listed",
    "Named",
    "Report",
    "Series",
    "candidates",
    "conflicts",
    "decisions",
    "entities",
    "figures",
    "names",
    "search",
    "series",
    "timeline",
]
