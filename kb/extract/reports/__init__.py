"""Dated events of an article: what the text itself dates, with kind, stance and who took part.

find           all of an article, in the order of their triggers
triggers       which words name a dated happening, and with which time
dated          from the word that a time is anchored to, to the words that it dates
being          what "be" dates: offices, states, what is due
plans          what was done, what is due, and what has a new time
sharing        happenings dated through another one of the same clause
phrasals       the words of a trigger: verb and particle, noun and compound
moods          conditions that take a happening's reality, and nouns that keep it
participants   who took part, and how
titles         the line that a timeline gives a happening
stand_ins      what pronouns and elided nouns of a title stand for
title_phrases  the words of a noun's phrase that a title keeps
"""

from __future__ import annotations

from kb.extract.reports.find import find_reports

__all__ = ["find_reports"]
