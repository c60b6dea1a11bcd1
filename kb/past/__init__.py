"""What was known when: a base as it was at a moment, and by the sources that were published then.

moments   days and moments as people give them
leaving   which rows a past state does not have yet
homes     which article a text belonged to, where its address was given later
families  whose text an article has, where some of its family are not published yet
state     a base in a past state, to be asked like any other
"""

from kb.past.moments import Day, last_day, moment_of
from kb.past.state import as_of

__all__ = ["Day", "as_of", "last_day", "moment_of"]
