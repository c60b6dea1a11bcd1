"""Every question of the product: SELECTs over the public views, typed answers with their sources.

rows       what the questions answer with
answer     an answer: rows, and their way into JSON
filters    conditions with their values
questions  on figures, events, names and words
decisions  on what people decided, and what is left to decide
pending    on what there is to review
decided    on all that was decided on a fact
pages      on one thing, for its page; heads: on lists, a line each
last_answer  on what a person decided last
tags       on what is filed under which tag
lines      on series, and what clashes in them
assessments  on what people conclude, and whether it still stands
history    on what happened to an article, step by step
counted    on what is counted, and which figures are of it
select     rows of the views as typed rows
"""

from kb.query.answer import Answer
from kb.query.assessments import assessments
from kb.query.beside import Related
from kb.query.counted import Counted, Measure, MeasureFigures, measure, measures
from kb.query.decided import Entry, decided, is_fact
from kb.query.decisions import candidates, decisions, names
from kb.query.history import Step, article_history
from kb.query.last_answer import LastAnswer, last_answer
from kb.query.lines import CONFLICTS, conflicts, series
from kb.query.pending import Pending, pending
from kb.query.questions import STANCES, TIMELINE_STANCES, entities, figures, search, timeline
from kb.query.rows import (
    Assessment,
    Candidate,
    Conflict,
    Decision,
    Event,
    Figure,
    Hit,
    Listed,
    Named,
    Report,
    Series,
)
from kb.query.tags import Filed, Tag, filed, tags

__all__ = [
    "CONFLICTS",
    "STANCES",
    "TIMELINE_STANCES",
    "Answer",
    "Assessment",
    "Candidate",
    "Conflict",
    "Counted",
    "Decision",
    "Entry",
    "Event",
    "Figure",
    "Filed",
    "Hit",
    "LastAnswer",
    "Listed",
    "Measure",
    "MeasureFigures",
    "Named",
    "Pending",
    "Related",
    "Report",
    "Series",
    "Step",
    "Tag",
    "article_history",
    "assessments",
    "candidates",
    "conflicts",
    "decided",
    "decisions",
    "entities",
    "figures",
    "filed",
    "is_fact",
    "last_answer",
    "measure",
    "measures",
    "names",
    "pending",
    "search",
    "series",
    "tags",
    "timeline",
]
