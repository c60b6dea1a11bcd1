"""Who says so, and how firmly: speaker, voice and stance of what a word tells, for claims and reports.

voice      the speaker of a fact, and whether the text quotes or reports them
speakers   the name of a speaker, as written
reporting  reporting verbs: what they report, and who does
quoting    the reporting verb that introduces a quotation
stance     how far the text commits itself: asserted, hedged, planned, denied, ...
"""
