"""Which time belongs to which word: what is dated in a sentence, for claims and reports.

timing      the time of a verb, a noun or a number: its own, its clause's, its sentence's
attachment  from the word that the parser hangs a time on to the word that it dates
periods     results of one period told on one day
mends       clauses that the parser hangs together wrongly
happenings  nouns that name a happening by themselves
"""
