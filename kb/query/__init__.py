"""Every question of the product: SELECTs over the public views, typed answers with their sources.

rows       what the questions answer with
answer     an answer: rows, and their way into JSON
filters    conditions with their values
questions  the questions themselves
"""

from kb.query.answer import Answer
from kb.query.questions import conflicts, entities, figures, search, timeline
from kb.query.rows import Conflict, Event, Figure, Hit, Named, Report

__all__ = [
    "Answer",
    "Conflict",
    "Event",
    "Figure",
    "Hit",
    "Named",
    "Report",
    "conflicts",
    "entities",
    "figures",
    "search",
    "timeline",
]
