"""Figures of an article: quantities with what they measure, where, when, and who says so.

find           all of an article, one for each quantity
measure        what a figure measures, and who or what has it
participles    what was done to the things counted
bearings       distances with a direction: of what, and from where
tallies        votes told as two numbers: on what
aged           whose age stands in apposition
amounts        what a clause says of a level, a term, a price, a stretch of time
dimensions     what a unit measures where the text names no dimension
governing      which verb governs a word, and that verb's own parts
clauses        what a clause says of one of its parts, in its own words
phrases        a quantity's anchor, a noun with what limits it, and what all that is read from
places         where a figure holds
describing     places that only tell who somebody is
shares         of what a share is that names no whole
shared_ends    what two counts that "and" joins share: their time and place
article_place  the one place that an article is about
addresses      places that the address of a page tells
national_sites whose site a page is on: national bodies, by their hosts
statuses       how final a figure is: provisional, revised, an estimate, a forecast
holding        the time for which a figure holds
indicators     figures of one release, which names their period once
told_on        figures that go on in the words of somebody named before
dated_by       times of what a figure's clause is about: a happening, a document, the clause beside it
clause_tense   whether a clause speaks of the present
baseline       what a change or a ratio is compared with
asides         stretches of a sentence that are about another time or place
movement       a figure with the change that led to it
parts          which figures are parts of another
context        what a figure takes from the text around its sentence
continuing     sentences that go on about what the one before told
"""

from __future__ import annotations

from kb.extract.claims.find import find_claims

__all__ = ["find_claims"]
