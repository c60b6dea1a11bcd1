"""A knowledge base in Python: one class, whose methods bear the names of the commands.

opened     the file behind it
loading    what brings sources in and keeps the base whole
asking     the questions
comparing  a draft against the base
concluding figures of one's own for a series
deciding   the decisions of people
keeping    what becomes of articles once they are in
sharing    what leaves a base for others
looking    one thing with all that is known of it
reviewing  the verdicts of people on facts
"""

from __future__ import annotations

from kb.knowledge.asking import Asking
from kb.knowledge.comparing import Comparing
from kb.knowledge.concluding import Concluding
from kb.knowledge.deciding import Deciding
from kb.knowledge.keeping import Keeping
from kb.knowledge.loading import Loading
from kb.knowledge.looking import Looking
from kb.knowledge.reviewing import Reviewing
from kb.knowledge.sharing import Sharing


class KnowledgeBase(Loading, Asking, Comparing, Concluding, Deciding, Reviewing, Keeping, Looking, Sharing):
    """A base of facts in one SQLite file: made and brought up to date at first use.

    Use it as a context manager, from as many threads as you like. Answers are tuples of frozen rows, each
    with the words and the source that it rests on; they turn into plain data by `to_dicts()` and
    `to_json()`, into data frames by `to_pandas()` and `to_polars()`, and show as tables in Jupyter.

    >>> with KnowledgeBase("kb.db") as base:  # doctest: +SKIP
    ...     base.load("article.txt", url="https://example.org/a", published="2026-06-03")
    ...     for figure in base.figures("political prisoners", since="2020"):
    ...         print(figure.value, figure.date, figure.quote, figure.url)
    """
