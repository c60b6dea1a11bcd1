"""Every question of the product: SELECTs over the public views, typed answers with their sources.

rows       what the questions answer with
answer     an answer: rows, and their way into JSON
filters    conditions with their values
questions  on figures, events, names and words
decisions  on what people decided, and what is left to decide
pending    on what there is to review
lines      on series, and what clashes in them
history    on what happened to an article, step by step
counted    on what is counted, and which figures are of it
select     rows of the views as typed rows
"""

from kb.query.answer import Answer
from kb.query.counted import Counted, Measure, MeasureFigures, measure, measures
from kb.query.decisions import candidates, decisions, names
from kb.query.history import Step, article_history
from kb.query.lines import CONFLICTS, conflicts, series
from kb.query.pending import Pending, pending
from kb.query.questions import STANCES, TIMELINE_STANCES, entities, figures, search, timeline
from kb.query.rows import Candidate, Conflict, Decision, Event, Figure, Hit, Listed, Named, Report, Series

__all__ = [
    "CONFLICTS",
    "STANCES",
    "TIMELINE_STANCES",
    "Answer",
    "Candidate",
    "Conflict",
    "Counted",
    "Decision",
    "Event",
    "Figure",
    "Hit",
    "Listed",
    "Measure",
    "MeasureFigures",
    "Named",
    "Pending",
    "Report",
    "Series",
    "Step",
    "article_history",
    "candidates",
    "conflicts",
    "decisions",
    "entities",
    "figures",
    "measure",
    "measures",
    "names",
    "pending",
    "search",
    "series",
    "timeline",
]
