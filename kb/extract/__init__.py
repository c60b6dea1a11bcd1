"""From an article's text to the facts that it states: a pure function, without a database.

document     text -> tokens, parse, sentences (spaCy), by the rules of tokens and sentences
quotations   what stands between quotation marks
times        -> time expressions with their intervals
quantities   -> numbers with comparator, bounds and unit
entities     -> names, grouped within the article
attribution  who says so, and how firmly: of claims and reports
dating       which time belongs to which word: of claims and reports
claims       -> figures: quantities with measure, place, time and speaker
reports      -> dated events with their participants
"""

from __future__ import annotations

from kb.extract.claims import find_claims
from kb.extract.entities import find_entities, with_nested
from kb.extract.quantities import find_quantities
from kb.extract.reports import find_reports
from kb.extract.times import find_times
from kb.model.values import Article, Facts

VERSION = "4"  # of the rules: a change that can read a text differently raises it
ENGLISH = "en"


def extract(article: Article) -> Facts:
    """All that the article states. An article in another language than English has no facts.

    Figures and events are read in English alone; a language that nobody told is taken for English.
    The result depends on nothing but the article, the version of the rules and of the model.
    """
    if article.language not in (None, ENGLISH) or not article.text.strip():
        return Facts(article)
    from kb.extract.document import analyse, trimmed

    document = analyse(article)
    times = find_times(document)
    quantities = find_quantities(document, times)
    entities = find_entities(document)
    claims = find_claims(document, times, quantities, entities)
    reports = find_reports(document, times, entities, claims)
    sentences = tuple(trimmed(article.text, sentence) for sentence in document.sentences)
    return Facts(article, sentences, times, with_nested(document, entities), claims, reports)
