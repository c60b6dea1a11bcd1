"""Quantities of an article: the numbers that the grammar finds, with what they count.

find              all of an article, in order
named             numbers that are none: in names, ordinals, pronouns
counted           the noun that a number counts, from the parse
ages              ages said without their unit
ellipsis          units left out beside a number
beside            numbers that go on with the figure beside them
carried           the noun that a number alone takes over from an earlier figure or a noun near it
counted_subjects  what a number without a noun counts, from its verb and subject
downed            drones and missiles that a number alone stands for
joint_nouns       nouns and currencies that two numbers share
bounding          verbs that bind a level, and "over" that does not
currencies        whose currency a name means that several countries use
trends            rising and falling: the difference of a change, the level left or reached
partitives        members of a group, which count nothing
concepts          the content words of what a quantity is said of
"""

from __future__ import annotations

from kb.extract.quantities.find import find_quantities

__all__ = ["find_quantities"]
