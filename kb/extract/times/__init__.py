"""Time expressions of an article, each with the interval that its context gives it.

find          all of an article, in order
tense         whether words are a time, and whether their clause tells of the past
year_numbers  whether a number of four digits is a year
positions     tokens by the character at which they begin
anchors       what a relative time counts from
bounded       the words around a time that change its interval: since, by, from ... to
"""

from __future__ import annotations

from kb.extract.times.find import find_times

__all__ = ["find_times"]
